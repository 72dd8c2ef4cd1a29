import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { chosenIn, fileName, linesWith, queryOf, tabAfterKey } = load("chart-page.js");

test("arrows go round the tabs, Home and End to the first and the last", () => {
  const keys = ["ArrowRight", "ArrowLeft", "Home", "End", "ArrowDown"];
  assert.deepEqual(
    keys.map((key) => tabAfterKey(key, 0, 2)),
    [1, 1, 0, 1, undefined],
  );
  assert.equal(tabAfterKey("ArrowRight", 1, 2), 0);
});

test("a view is what the address asks for of the chart's own controls", () => {
  const query = "?stack=share&tab=table&q=x&range=&m=a~b";
  assert.deepEqual(chosenIn(query, ["range", "stack"]), [["stack", "share"]]);
  assert.deepEqual(chosenIn(query, ["focus"]), [["m", "a~b"]]);
});

test("the link of a view can be read by people and has no markup", () => {
  const choices = [
    ["focus", "openai/gpt-5:free,b"],
    ["m", "<a&b>"],
  ];
  assert.equal(queryOf(choices), "focus=openai/gpt-5:free,b&m=%3Ca%26b%3E");
  assert.equal(queryOf([]), "");
});

test("the lines to paste ask for the choices of the view", () => {
  const lines = '<iframe src="https://x.example/embed/tok/?theme=light" title="a?theme=b">';
  const chosen = linesWith(lines, [
    ["stack", "share"],
    ["m", "$&"],
  ]);
  const src = "https://x.example/embed/tok/?theme=light&amp;stack=share&amp;m=%24%26";
  assert.equal(chosen, `<iframe src="${src}" title="a?theme=b">`);
  assert.equal(linesWith(lines, []), lines);
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
