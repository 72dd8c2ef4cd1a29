import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { fileName, tabAfterKey } = load("chart-page.js");

test("arrows go round the tabs, Home and End to the first and the last", () => {
  const keys = ["ArrowRight", "ArrowLeft", "Home", "End", "ArrowDown"];
  assert.deepEqual(
    keys.map((key) => tabAfterKey(key, 0, 2)),
    [1, 1, 0, 1, undefined],
  );
  assert.equal(tabAfterKey("ArrowRight", 1, 2), 0);
});

test("a file is named for its chart and its choices", () => {
  assert.equal(fileName("aa-bars", [], ".svg"), "aa-bars.svg");
  const choices = [
    ["focus", "openai/gpt-5:free,../b"],
    ["stack", "share"],
  ];
  const name = "tok_focus-openai-gpt-5-free-..-b_stack-share.png";
  assert.equal(fileName("tok", choices, ".png"), name);
  assert.ok(fileName("tok", [["m", "x".repeat(500)]], ".svg").length < 130);
});
