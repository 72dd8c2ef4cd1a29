import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { axes, blended, drawable, namePlace, perMillion, placed, readRatio, summary } =
  load("frontier.js");

const MODELS = [
  { name: "dear", index: 60, prompt: 3e-6, completion: 15e-6 },
  { name: "dull", index: 40, prompt: 2e-6, completion: 10e-6 },
  { name: "cheap", index: 50, prompt: 1e-7, completion: 4e-7 },
  { name: "twin", index: 50, prompt: 1e-7, completion: 4e-7 },
];

test("a ratio is a number from 0 to 1000", () => {
  assert.equal(readRatio("12.5"), 12.5);
  assert.equal(readRatio("0"), 0);
  for (const text of [null, "", "x", "-1", "1e9", "NaN"]) assert.equal(readRatio(text), null, text);
});

test("prices are blended in the ratio, without the noise of floating point", () => {
  assert.equal(blended({ prompt: 1e-7, completion: 2e-7 }, 3), 1.25e-7);
  assert.equal(blended({ prompt: 1e-7, completion: 2e-7 }, 0), 2e-7);
  assert.equal(blended({ prompt: 1e-7, completion: 1e-7 }, 2), 1e-7);
});

test("a model is beaten by the highest score that costs no more, and not by its equal", () => {
  const found = placed(MODELS, 3).map(({ name, rival }) => [name, rival?.name ?? null]);
  assert.deepEqual(found, [
    ["cheap", null],
    ["twin", null],
    ["dull", "cheap"],
    ["dear", null],
  ]);
});

test("the sentence on the frontier counts one model and several", () => {
  assert.equal(summary(1, 1, 3), "1 of 1 paid model is on the frontier at 3:1");
  assert.equal(summary(1, 2, 3), "1 of 2 paid models is on the frontier at 3:1");
  assert.equal(summary(2, 9, 0.5), "2 of 9 paid models are on the frontier at 0.5:1");
});

test("of models at one price the higher score is on the frontier", () => {
  const low = { name: "low", index: 40, prompt: 1e-7, completion: 4e-7 };
  const found = placed([low, MODELS[2]], 3).map(({ name, rival }) => [name, rival?.name ?? null]);
  assert.deepEqual(found, [
    ["cheap", null],
    ["low", "cheap"],
  ]);
});

test("less than ten cents a million keeps its digits, ten cents have two places", () => {
  assert.equal(perMillion(1e-7), "$0.10");
  assert.equal(perMillion(1.5e-8), "$0.015");
  assert.equal(perMillion(1.25e-7), "$0.12");
  assert.equal(perMillion(1.35e-7), "$0.14");
  assert.equal(perMillion(15e-6), "$15");
  assert.equal(perMillion(0.0123456), "$12,346");
  assert.equal(perMillion(3e-11), "$0.00003");
  assert.equal(perMillion(3.4567e-11), "$0.000035");
  assert.equal(perMillion(9.999e-8), "$0.10");
  assert.equal(perMillion(9.96e-7), "$1");
  assert.equal(perMillion(9.9996e-5), "$100");
  assert.equal(perMillion(0), "free");
});

test("the extreme prices and scores are the corners, with round ticks between", () => {
  const points = [
    { price: 2e-7, index: 21 },
    { price: 2e-5, index: 61 },
  ];
  const { x, y, prices, scores } = axes(points, 600, 400);
  assert.deepEqual([x(2e-7), x(2e-5)], [40, 584]);
  assert.deepEqual([y(21), y(61)], [346, 32]);
  assert.deepEqual(prices.map(perMillion), ["$1", "$10"]);
  assert.deepEqual(scores, [30, 40, 50, 60]);
});

test("one model alone is no division by zero", () => {
  const { x, y } = axes([{ price: 1e-6, index: 50 }], 600, 400);
  assert.ok(Number.isFinite(x(1e-6)) && Number.isFinite(y(50)));
});

test("a model whose output is free has no place in the drawing at a ratio of none to one", () => {
  const models = placed([...MODELS, { name: "gift", index: 5, prompt: 1e-6, completion: 0 }], 0);
  assert.equal(models[0].name, "gift");
  assert.deepEqual(
    drawable(models).map(({ name }) => name),
    ["cheap", "twin", "dull", "dear"],
  );
});

test("a name stands before its point, or after it, and nowhere if it would be cut off", () => {
  assert.deepEqual(namePlace(300, "GPT-5.6 Luna", 32, 360), { x: 294, anchor: "end" });
  assert.deepEqual(namePlace(60, "GPT-5.6 Luna", 32, 360), { x: 66, anchor: "start" });
  assert.equal(namePlace(100, "A name of forty characters and some more", 32, 300), null);
});
