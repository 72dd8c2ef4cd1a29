import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { countInWords, matches } = load("gallery.js");

test("a chart is found by any of its words, in any order and any case", () => {
  const text = "price vs score what do models cost? fr-scatter";
  const typed = ["Score PRICE", " cost  models ", "", "fr-sc", "price apps"];
  assert.deepEqual(
    typed.map((words) => matches(text, words)),
    [true, true, true, true, false],
  );
});

test("the count says how many of all are shown", () => {
  assert.equal(countInWords(41, 41), "41 charts");
  assert.equal(countInWords(0, 41), "Showing 0 of 41 charts");
});
