import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { daysSince, fragment, isOld } = load("page.js");

test("the age of a page is counted in whole days of UTC", () => {
  assert.equal(daysSince("2026-08-18", Date.UTC(2026, 7, 18, 23, 59)), 0);
  assert.equal(daysSince("2026-08-18", Date.UTC(2026, 7, 21)), 3);
});

test("a page is old 48 hours after its day began, by the visitor's clock", () => {
  assert.equal(isOld("2026-08-18", Date.UTC(2026, 7, 19, 23, 59)), false);
  assert.equal(isOld("2026-08-18", Date.UTC(2026, 7, 20)), true);
  assert.equal(isOld("", Date.UTC(2026, 7, 20)), false);
});

test("the part of an address after # is decoded, and a broken one means nothing", () => {
  assert.equal(fragment("#caf%C3%A9"), "café");
  assert.equal(fragment(""), "");
  assert.equal(fragment("#%E0%A4%A"), "");
});
