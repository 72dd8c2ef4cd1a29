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

test("dark pictures follow the theme of the address, on screens only", () => {
  const dark = "(prefers-color-scheme: dark)";
  // The first two stand in pages of days that were kept as they were.
  const written = [`${dark} and (max-width: 40rem)`, dark, `screen and ${dark}`];
  const shown = written.map((media) => inside.pictureMedia(media, "dark"));
  assert.deepEqual(shown, ["screen and (max-width: 40rem)", "screen", "screen"]);
  assert.equal(inside.pictureMedia(written[0], "light"), "not all");
});

test("WordPress is told the height with the secret of its frame, and nobody else is", () => {
  const address = "https://x.example/embed/tok/?theme=light#?secret=a1B2c3";
  assert.equal(inside.wordPressSecret(address), "a1B2c3");
  assert.equal(inside.wordPressSecret("https://x.example/#?secret=<b>"), "");
  const told = inside.heightMessages("tok", address, 9);
  assert.deepEqual(told.at(-1), { message: "height", value: 9, secret: "a1B2c3" });
  assert.equal(JSON.parse(told[2]).src, "https://x.example/embed/tok/");
});

test("an embed answers who asks in our words, and WordPress that knows its secret", () => {
  assert.ok(inside.asksForHeight({ type: "orlb:ask" }, ""));
  assert.ok(inside.asksForHeight({ message: "ready", secret: "a1B2c3" }, "a1B2c3"));
  assert.ok(!inside.asksForHeight({ message: "ready", secret: "other" }, "a1B2c3"));
  assert.ok(!inside.asksForHeight({ message: "ready", secret: "" }, ""));
  assert.ok(!inside.asksForHeight("ready", "a1B2c3"));
});

test("a table shows the number of rows that an address asks for, up to those it has", () => {
  const rows = (query) => inside.askedRows(new URLSearchParams(query));
  const asked = ["rows=5", "rows=25", "rows=26", "rows=0", "rows=x", ""];
  assert.deepEqual(asked.map(rows), [5, 25, 0, 0, 0, 0]);
});

test("a frame is as wide as typed, within what charts are drawn for, or as its column", () => {
  const typed = ["600", "279", "1201", "", "wide"];
  assert.deepEqual(typed.map(dialog.frameWidth), ["600", "100%", "100%", "100%", "100%"]);
});

test("a height is told without the query of the address", () => {
  const [ours, , text] = inside.heightMessages("tok", "https://x.example/embed/tok/?theme=dark", 9);
  assert.deepEqual(ours, { type: "orlb:height", id: "tok", height: 9 });
  assert.equal(JSON.parse(text).src, "https://x.example/embed/tok/");
});

test("the lines to paste are those of the page, for another frame and escaped", () => {
  const script = '<script async src="https://x.example/static/js/embed-host.js"></script>';
  const lines = (src, title, size) =>
    `<iframe src="${src}" title="${title}" ${size}></iframe>\n${script}`;
  const frame = { src: "https://x.example/?a&b", title: 'a "<b>$&', width: "480", height: "400" };
  const before = lines("a", "b", 'width="100%" height="9"');
  const after = lines(
    frame.src.replace("&", "&#38;"),
    "a &#34;&#60;b&#62;$&#38;",
    'width="480" height="400"',
  );
  assert.equal(dialog.linesWith(before, frame), after);
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
