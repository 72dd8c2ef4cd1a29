import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { load } from "./load.js";

const calculator = load("calculator.js");
const VECTORS = new URL("../vectors/bills.json", import.meta.url);

test("each bill is that of the vectors that Python is held to", () => {
  const { vectors } = JSON.parse(readFileSync(VECTORS, "utf8"));
  assert.ok(vectors.length > 10);
  for (const { says, tiers, context, workload, bill } of vectors) {
    const made = calculator.monthlyBill({ tiers, context, batch: false }, workload);
    if (bill === null) assert.equal(made, null, says);
    else assert.ok(Math.abs(made - bill) <= 1e-9 * Math.max(1, bill), `${says}: ${made}`);
  }
});

test("a listing without known prices has no bill", () => {
  const workload = { tokens_in: 1, tokens_out: 1, cached: 0, requests: 1, turns: 1 };
  const tariff = { tiers: null, context: null, batch: false };
  assert.equal(calculator.monthlyBill(tariff, workload), null);
});

test("the lowest bill comes first, then free listings, then those without one", () => {
  const bills = [null, 0, 3, 0.5, null, 0];
  assert.deepEqual(bills.sort(calculator.compareBills), [0.5, 3, 0, 0, null, null]);
});

test("a number of an address keeps to its bounds, and what is none is the usual one", () => {
  const bounds = { usual: 7, least: 1, most: 500, whole: true };
  const texts = [null, "", " ", "x", "Infinity", "-3", "12.6", "900"];
  const numbers = texts.map((text) => calculator.numberOf(text, bounds));
  assert.deepEqual(numbers, [7, 7, 7, 7, 7, 1, 13, 500]);
  assert.equal(calculator.numberOf("12.5", { ...bounds, whole: false }), 12.5);
});

test("a percentage becomes a share", () => {
  const numbers = { in: 1, out: 2, cached: 80, requests: 3, turns: 4 };
  assert.deepEqual(calculator.workloadOf(numbers), {
    tokens_in: 1,
    tokens_out: 2,
    cached: 0.8,
    requests: 3,
    turns: 4,
  });
});
