import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { countInWords, csv, csvField, fits, foldedAway, ordered, queryWords, sortValue } =
  load("table.js");

const letters = (values, descending) =>
  ordered(
    values.map((value, at) => [value, "abcdefg"[at]]),
    descending,
  ).join("");

test("thousands of rows are counted with a comma", () => {
  assert.equal(countInWords(1204, 4352, ""), "Showing 1,204 of 4,352");
  assert.equal(countInWords(4352, 4352, "models"), "4,352 models");
});

test("a missing value is null, and so is a price that varies", () => {
  assert.equal(sortValue("", "–", "tokens", true), null);
  assert.equal(sortValue("-1", "varies", "price", true), null);
  assert.equal(sortValue("-1", "−1", "points", true), -1);
  assert.equal(sortValue("new", "new", "moved", true), null);
  assert.equal(sortValue(undefined, "–", "tokens", true), null);
});

test("days sort by what is exact, names by what is seen, numbers as numbers", () => {
  assert.equal(sortValue("2026-08-18", "18 Aug 2026", "day", false), "2026-08-18");
  assert.equal(sortValue("a/b", "Name", "entity", false), "Name");
  assert.equal(sortValue("1000", "1,000", "tokens", true), 1000);
});

test("missing values come last in both directions and equal ones stay as they came", () => {
  assert.equal(letters([2, null, 10, 2, null], false), "adcbe");
  assert.equal(letters([2, null, 10, 2, null], true), "cadbe");
});

test("numbers inside of words count as numbers", () => {
  assert.equal(letters(["GPT-10", "gpt-9", "Ábel"], false), "cba");
});

test("what compares words is made only once words are compared", (context) => {
  const made = context.mock.method(Intl, "Collator");
  const fresh = load("table.js");
  fresh.ordered(
    [
      [1, "a"],
      [2, "b"],
    ],
    false,
  );
  assert.equal(made.mock.callCount(), 0);
  fresh.ordered(
    [
      ["x", "a"],
      ["y", "b"],
      ["z", "c"],
    ],
    false,
  );
  assert.equal(made.mock.callCount(), 1);
});

test("choices that are always in view are not counted with those that are folded away", () => {
  const folded = { closest: (/** @type {string} */ selector) => selector === "details" || null };
  const inView = { closest: () => null };
  assert.equal(foldedAway([folded, inView, folded]), 2);
  assert.equal(foldedAway([inView]), 0);
});

test("choices are held against the facts of a row", () => {
  const facts = {
    author: "Qwen",
    cost: "paid",
    input: "image text",
    context: "128000",
    price: "0",
    has: "open_weights tools",
    turn_range: "1-turn",
  };
  assert.ok(fits(facts, "turn_range", "1-turn"));
  assert.ok(!fits(facts, "turn_range", "1"));
  assert.ok(fits(facts, "author", "Qwen"));
  assert.ok(!fits(facts, "author", "Qw"));
  assert.ok(fits(facts, "cost", "paid"));
  assert.ok(!fits(facts, "cost", "free"));
  assert.ok(fits(facts, "input", "image"));
  assert.ok(!fits(facts, "input", "imag"));
  assert.ok(!fits(facts, "output", "text"));
  assert.ok(fits(facts, "tools", "yes"));
  assert.ok(!fits(facts, "reasoning", "yes"));
  assert.ok(fits(facts, "context", "128000"));
  assert.ok(!fits(facts, "context", "200000"));
  assert.ok(fits(facts, "price", "0"));
});

test("a row of which nothing is known fits no choice", () => {
  assert.ok(!fits({}, "tools", "yes"));
  assert.ok(!fits({}, "input", "text"));
  assert.ok(!fits({}, "author", "Qwen"));
  assert.ok(!fits({}, "price", "5"));
  assert.ok(!fits({}, "context", "32000"));
});

test("a query is cut into words", () => {
  assert.deepEqual(queryWords("  GPT  mini "), ["gpt", "mini"]);
  assert.deepEqual(queryWords(" "), []);
});

test("a saved field is quoted where CSV needs it and never a formula", () => {
  assert.equal(csvField("plain"), "plain");
  assert.equal(csvField('a "b", c'), '"a ""b"", c"');
  assert.equal(csvField("two\nlines"), '"two\nlines"');
  for (const sign of "=+-@\t") assert.ok(csvField(`${sign}SUM(A1)`).startsWith("'"), sign);
  assert.equal(csvField("\r=1"), `"'\r=1"`);
  assert.equal(csvField("-1.5e-7"), "-1.5e-7");
  assert.equal(csvField("-1-1"), "'-1-1");
});

test("each line of a saved file ends", () => {
  assert.equal(
    csv([
      ["a", "b"],
      ["1", ""],
    ]),
    "a,b\n1,\n",
  );
});
