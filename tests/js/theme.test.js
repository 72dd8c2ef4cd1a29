import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { colorMedia, firstTheme, nextTheme, pictureMedia } = load("theme.js");
const DARK = "(prefers-color-scheme: dark)";

test("the address comes before what is stored, and what is no theme is ignored", () => {
  assert.equal(firstTheme("dark", "light"), "dark");
  assert.equal(firstTheme("pink", "light"), "light");
  assert.equal(firstTheme(null, null), "auto");
});

test("the button goes round the three themes", () => {
  assert.deepEqual(["auto", "light", "dark"].map(nextTheme), ["light", "dark", "auto"]);
});

test("a dark picture shows on screens in the dark theme and never in the light one", () => {
  const narrow = `${DARK} and (max-width: 40rem)`;
  assert.equal(pictureMedia(narrow, "auto"), narrow);
  assert.equal(pictureMedia(narrow, "dark"), "screen and (max-width: 40rem)");
  assert.equal(pictureMedia(DARK, "dark"), "screen");
  assert.equal(pictureMedia(`screen and ${narrow}`, "dark"), "screen and (max-width: 40rem)");
  assert.equal(pictureMedia(`screen and ${DARK}`, "dark"), "screen");
  assert.equal(pictureMedia(DARK, "light"), "not all");
});

test("of the two theme colors the one of the chosen theme is used", () => {
  assert.equal(colorMedia(DARK, "auto"), DARK);
  assert.equal(colorMedia(DARK, "dark"), "all");
  assert.equal(colorMedia(DARK, "light"), "not all");
});
