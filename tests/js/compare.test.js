import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const compare = load("compare.js");

const MODELS = {
  "acme/one": {
    name: "Acme: One",
    author: "Acme",
    color: "#123456",
    values: { 0: 3, 1: "-1" },
    shown: { 1: "varies" },
    series: [1, null, 4],
    highest: "4.00 M",
    ids: ["acme/1", "~acme/latest"],
  },
  "acme/one-mini": {
    name: "One Mini",
    author: "Acme",
    color: "#123456",
    values: { 0: 6 },
    shown: {},
    series: [],
    highest: "",
    ids: [],
  },
};
const MEASURES = [
  { group: "Use", label: "Tokens", kind: "tokens", barred: true },
  { group: "Price", label: "Input", kind: "price", barred: false },
  { group: "Score", label: "Coding", kind: "score", barred: true },
];

test("an address names each model once; an empty list is not the usual one", () => {
  assert.deepEqual(compare.wantedKeys("?m=a/b~c/d~a/b", ["x/y"]), ["a/b", "c/d"]);
  assert.deepEqual(compare.wantedKeys("?theme=dark", ["x/y"]), ["x/y"]);
  assert.deepEqual(compare.wantedKeys("?m=", ["x/y"]), []);
});

test("what was written into an address is read from it", () => {
  for (const keys of [[], ["a/b"], ["a/b--free", "c/d & e"]]) {
    assert.deepEqual(compare.wantedKeys(compare.searchFor(keys), ["x/y"]), keys);
  }
  assert.equal(compare.searchFor(["a/b", "c/d"]), "?m=a/b~c/d");
});

test("an id or an alias stands for its model, and what names none stays as it was asked", () => {
  const asked = ["acme/one-mini", "acme/1", "acme/latest", "acme/one", "toString", "no/body"];
  const keys = ["acme/one-mini", "acme/one", "toString", "no/body"];
  assert.deepEqual(compare.resolvedKeys(MODELS, asked), keys);
  assert.deepEqual(compare.resolvedKeys(MODELS, []), []);
});

test("a name, key, id or alias means its model, with or without its author", () => {
  const one = { keys: ["acme/one"], whole: true };
  for (const typed of [" acme: ONE ", "ACME/ONE", "one", "acme/1", "~acme/latest", "latest"]) {
    assert.deepEqual(compare.matching(MODELS, typed), one, typed);
  }
  const mini = { keys: ["acme/one-mini"], whole: true };
  for (const typed of ["One Mini", "one-mini", "acme/one mini"]) {
    assert.deepEqual(compare.matching(MODELS, typed), mini, typed);
  }
});

test("a part of names and a name of two models leave the choice to the reader", () => {
  const both = ["acme/one", "acme/one-mini"];
  assert.deepEqual(compare.matching(MODELS, "acme"), { keys: both, whole: false });
  assert.deepEqual(compare.matching(MODELS, "mini"), { keys: ["acme/one-mini"], whole: false });
  assert.deepEqual(compare.matching(MODELS, "nobody"), { keys: [], whole: false });
  const twins = { "a/b": { name: "Twin", ids: [] }, "c/d": { name: "Twin", ids: [] } };
  assert.deepEqual(compare.matching(twins, "twin"), { keys: ["a/b", "c/d"], whole: true });
});

test("the status says how many models match, and how many of them are offered", () => {
  assert.equal(compare.offerOf(0), "No model of that name.");
  assert.equal(compare.offerOf(1), "1 model matches: choose it below.");
  assert.equal(compare.offerOf(12), "12 models match: choose one below.");
  assert.equal(compare.offerOf(13), "13 models match: choose one of the first 12, or type more.");
});

test("a table has the measures that some model has, by group, with the written texts", () => {
  const comparison = { measures: MEASURES, models: MODELS };
  const groups = compare.linesByGroup(comparison, ["acme/one", "acme/one-mini"]);
  assert.deepEqual([...groups.keys()], ["Use", "Price"]);
  const [tokens] = groups.get("Use");
  assert.deepEqual(tokens.cells, [
    { value: 3, text: "3" },
    { value: 6, text: "6" },
  ]);
  assert.equal(tokens.largest, 6);
  const [price] = groups.get("Price");
  assert.deepEqual(price.cells, [{ value: "-1", text: "varies" }, null]);
  assert.equal(price.largest, 0);
});

test("cells have the classes of the page that needs no script", () => {
  assert.equal(compare.cellClass("rank", { value: 1, text: "1" }), "n rank");
  assert.equal(compare.cellClass("rank", null), "n");
  assert.equal(compare.cellClass("price", { value: "0", text: "free" }), "n word");
  assert.equal(compare.cellClass("price", { value: "0.000001", text: "$1" }), "n");
  assert.equal(compare.cellClass("day", { value: "2026-08-18", text: "18 Aug 2026" }), "t day");
});

test("a line has a gap where a day is missing and a dot where a day stands alone", () => {
  assert.equal(compare.linePath([0, 5, null, 10], 10), "M0.0 200.0L240.0 100.0M720.0 0.0h.01");
  assert.equal(compare.linePath([null, null], 10), "");
});

test("the highest day is that of the largest series, in the words it was written with", () => {
  assert.deepEqual(compare.highestOf(Object.values(MODELS)), { value: 4, text: "4.00 M" });
  assert.deepEqual(compare.highestOf([]), { value: 0, text: "" });
});

test("the sentence and the status say what is shown and what is not", () => {
  assert.equal(compare.summaryOf([]), "Nothing chosen yet. Add two models.");
  assert.equal(compare.summaryOf(["A"]), "A. Add a second one to compare it with.");
  assert.equal(compare.summaryOf(["A", "B", "C"]), "A, B and C, side by side.");
  assert.equal(compare.statusOf(2, 1), "1 of the models asked for is not known here.");
  assert.equal(compare.statusOf(2, 2), "2 of the models asked for are not known here.");
  assert.equal(compare.statusOf(7, 0), "Six at most: the first six are shown.");
  assert.equal(compare.statusOf(6, 0), "6 of at most six");
});
