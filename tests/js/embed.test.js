import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const inside = load("embed.js");
const dialog = load("embed-dialog.js");
const element = load("leaderboard-chart.js");

test("an embed takes a theme that there is", () => {
  assert.equal(inside.askedTheme(new URLSearchParams("theme=dark")), "dark");
  assert.equal(inside.askedTheme(new URLSearchParams("theme=pink")), "");
  assert.equal(inside.askedTheme(new URLSearchParams("")), "");
});

test("dark pictures follow the theme of the address", () => {
  const narrow = "(prefers-color-scheme: dark) and (max-width: 40rem)";
  assert.equal(inside.pictureMedia(narrow, "dark"), "(max-width: 40rem)");
  assert.equal(inside.pictureMedia("(prefers-color-scheme: dark)", "dark"), "all");
  assert.equal(inside.pictureMedia(narrow, "light"), "not all");
});

test("a height is told without the query of the address", () => {
  const [ours, , text] = inside.heightMessages("tok", "https://x.example/embed/tok/?theme=dark", 9);
  assert.deepEqual(ours, { type: "orlb:height", id: "tok", height: 9 });
  assert.equal(JSON.parse(text).src, "https://x.example/embed/tok/");
});

test("the line to paste escapes what could end an attribute", () => {
  const frame = { src: "https://x.example/?a&b", title: 'a "<b>', width: "100%", height: "400" };
  const [iframe, script] = dialog.snippet(frame, "https://x.example/").split("\n");
  assert.ok(iframe.includes('src="https://x.example/?a&#38;b" title="a &#34;&#60;b&#62;"'));
  assert.ok(script.includes('src="https://x.example/static/js/embed-host.js"'));
});

test("the address of an embed has what was chosen and no more", () => {
  const choices = [
    ["theme", "dark"],
    ["title", ""],
  ];
  assert.equal(
    dialog.embedAddress("/d/2026-08-18/", "tok", choices),
    "/d/2026-08-18/embed/tok/?theme=dark",
  );
  assert.equal(dialog.embedAddress("/", "tok", []), "/embed/tok/");
});

test("the element asks for its chart, and a name that is none for nothing", () => {
  const address = (attributes) => element.embedAddress("/", (name) => attributes[name] ?? null);
  assert.equal(address({ name: "tok-top-bar", heading: "0" }), "/embed/tok-top-bar/?title=0");
  assert.equal(address({ name: "tok", day: "2026-08-18" }), "/d/2026-08-18/embed/tok/");
  assert.equal(address({ name: "tok", day: "../.." }), "/embed/tok/");
  assert.equal(address({ name: "../x" }), null);
  assert.equal(address({}), null);
});
