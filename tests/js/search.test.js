import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { afterArrow, byKind, entries, plain, ranked } = load("search.js");

const INDEX = {
  groups: [
    {
      kind: "Models",
      at: "models/",
      rows: [
        ["Anthropic: Claude Opus 5", "anthropic/claude-opus-5/", "opus"],
        ["Opus Magnum", "magnum/opus/"],
        ["Ópera-Mini", "opera/mini/"],
      ],
    },
    { kind: "Authors", at: "authors/", rows: [["Magnum", "magnum/"]] },
  ],
};

function namesFor(query) {
  return ranked(entries(INDEX), query).map(({ name }) => name);
}

test("case and accents make no difference", () => {
  assert.equal(plain("ÓperA"), "opera");
  assert.deepEqual(namesFor("OPERA"), ["Ópera-Mini"]);
  assert.deepEqual(namesFor("ópera"), ["Ópera-Mini"]);
});

test("a name that starts with the query comes first, then one with a part that does", () => {
  assert.deepEqual(namesFor("opus"), ["Opus Magnum", "Anthropic: Claude Opus 5"]);
  assert.deepEqual(namesFor("mini"), ["Ópera-Mini"]);
});

test("words that stand together come before words that stand apart", () => {
  const rows = [
    ["Opus for Claude", "a/"],
    ["Acme: Claude Opus", "b/"],
  ];
  const found = ranked(entries({ groups: [{ kind: "Models", at: "", rows }] }), "claude opus");
  assert.deepEqual(
    found.map(({ path }) => path),
    ["b/", "a/"],
  );
});

test("every word has to be there, in any order, in the name, the address or the kind", () => {
  assert.deepEqual(namesFor("5 claude"), ["Anthropic: Claude Opus 5"]);
  assert.deepEqual(namesFor("magnum authors"), ["Magnum"]);
  assert.deepEqual(namesFor("claude magnum"), []);
});

test("a query of nothing but blanks or accents finds nothing", () => {
  assert.deepEqual(namesFor("  "), []);
  assert.deepEqual(namesFor("\u0301"), []);
});

test("results keep the order of their kinds", () => {
  const kinds = byKind(ranked(entries(INDEX), "magnum"));
  assert.deepEqual([...kinds.keys()], ["Authors", "Models"]);
  assert.deepEqual(
    kinds.get("Models").map(({ path }) => path),
    ["models/magnum/opus/"],
  );
});

test("arrows go round through the suggestions and the box", () => {
  assert.deepEqual(
    [-1, 0, 1].map((at) => afterArrow(at, 1, 2)),
    [0, 1, -1],
  );
  assert.deepEqual(
    [-1, 0, 1].map((at) => afterArrow(at, -1, 2)),
    [1, -1, 0],
  );
});
