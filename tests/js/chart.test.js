import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { Choices, rangeAfterKey } = load("explore.js");

const DAYS = ["2026-08-01", "2026-08-02", "2026-08-03", "2026-08-04"];

function overTime() {
  return {
    width: 640,
    height: 100,
    padding: { left: 0, top: 0 },
    data: [{ name: "rows", values: DAYS.map((date, at) => ({ date, author: "a", y: at })) }],
    signals: [
      { name: "since", value: "" },
      { name: "until", value: "9" },
      { name: "stack", value: "abs" },
      { name: "blend", value: 3 },
      { name: "lines", value: ["Tokens, {days}{late}."] },
      { name: "byline", update: "split(lines)" },
    ],
    usermeta: {
      controls: [
        {
          key: "range",
          field: "date",
          options: [{ value: "" }, { value: "2d", params: { since: DAYS[2] } }],
        },
        {
          key: "stack",
          field: "",
          options: [
            { value: "" },
            { value: "share", params: { stack: "share", lines: ["Shares, {days}{late}."] } },
          ],
        },
        {
          key: "ratio",
          field: "",
          options: [{ value: "" }, { value: "10", params: { blend: 10 } }],
          any: { value: "{}", label: "{}:1", params: { blend: "{}", lines: ["At {}:1."] } },
          most: 1000,
        },
        {
          key: "focus",
          field: "author",
          options: ["", "a", "b", "c,d"].map((value) => ({ value })),
        },
      ],
    },
  };
}

const CHOICES = new Choices(overTime());

/** @param {string} key @param {string} value */
function accepted(key, value) {
  return CHOICES.accepted(CHOICES.control(key), value);
}

test("a range in an address is two days in order, with two days of the chart between", () => {
  for (const range of ["2026-08-02..2026-08-03", "2026-05-01..2026-08-02", "2d", ""]) {
    assert.equal(accepted("range", range), range);
  }
  for (const range of [
    "2026-08-03..2026-08-02",
    "2026-08-01",
    "2026-08-04..2026-09-04",
    "2027-01-01..2027-02-01",
    "..",
  ]) {
    assert.equal(accepted("range", range), "", range);
  }
});

test("a focus is one series, several, or none that is known", () => {
  assert.equal(accepted("focus", "a,b"), "a,b");
  assert.equal(accepted("focus", "c,d"), "c,d");
  assert.equal(accepted("focus", "a,a,x,"), "a");
  assert.equal(accepted("focus", "x"), "");
});

test("a ratio is a number from 0 to 1000", () => {
  for (const ratio of ["10", "12.5", "0", "1000"]) assert.equal(accepted("ratio", ratio), ratio);
  for (const ratio of ["", "-1", "x", "1e9", "NaN", "1001"]) {
    assert.equal(accepted("ratio", ratio), "", ratio);
  }
  assert.equal(accepted("ratio", "1e1"), "10");
  assert.equal(accepted("stack", "5"), "", "other controls take no numbers");
});

test("what is no entry of a list has a short name", () => {
  const label = (key, value) => CHOICES.label(CHOICES.control(key), value);
  assert.equal(label("focus", "a,b"), "2 together");
  assert.equal(label("range", "2026-08-02..2026-08-03"), "Chosen");
  assert.equal(label("ratio", "12.5"), "12.5:1");
});

test("nothing chosen leaves every parameter as it was made", () => {
  assert.deepEqual(CHOICES.signals({}), {
    since: "",
    until: "9",
    stack: "abs",
    blend: 3,
    focus: [],
    lines: ["Tokens, {days}{late}."],
  });
});

test("a range sets the ends of the days", () => {
  const { since, until } = CHOICES.signals({ range: "2026-08-02..2026-08-03" });
  assert.deepEqual([since, until], DAYS.slice(1, 3));
  assert.deepEqual(CHOICES.shown("2026-08-02..2026-08-03"), DAYS.slice(1, 3));
});

test("an option of the list counts from its first day to the newest, which may change", () => {
  const { since, until } = CHOICES.signals({ range: "2d" });
  assert.deepEqual([since, until], [DAYS[2], "9"]);
});

test("a range from the first day to the last is all", () => {
  assert.equal(CHOICES.range(DAYS[0], DAYS[3]), "");
  assert.equal(CHOICES.range(DAYS[1], DAYS[3]), "2026-08-02..2026-08-04");
});

test("an option sets its parameters, the subtitle among them, and a number its own", () => {
  const { stack, lines, focus } = CHOICES.signals({ stack: "share", focus: "a,x" });
  assert.deepEqual([stack, lines, focus], ["share", ["Shares, {days}{late}."], ["a"]]);
  const own = CHOICES.signals({ ratio: "12.5" });
  assert.deepEqual([own.blend, own.lines], [12.5, ["At 12.5:1."]]);
  assert.equal(CHOICES.signals({ ratio: "10" }).blend, 10);
});

test("a chart that is not over time has no days", () => {
  const still = new Choices({ data: [], signals: [{ name: "width", value: 9 }] });
  assert.deepEqual(still.signals({ range: "2d" }), { width: 9 });
});

test("keys move, shorten and lengthen the days within those there are", () => {
  assert.deepEqual(rangeAfterKey("ArrowLeft", [1, 10], 11), [0, 9]);
  assert.deepEqual(rangeAfterKey("ArrowRight", [1, 10], 11), [2, 11]);
  assert.deepEqual(rangeAfterKey("ArrowRight", [2, 11], 11), [2, 11]);
  assert.deepEqual(rangeAfterKey("+", [1, 10], 11), [3, 10]);
  assert.deepEqual(rangeAfterKey("+", [1, 2], 11), [1, 2]);
  assert.deepEqual(rangeAfterKey("-", [1, 10], 11), [0, 10]);
  assert.deepEqual(rangeAfterKey("-", [0, 9], 11), [0, 11]);
  assert.deepEqual(rangeAfterKey("Home", [1, 10], 11), [0, 11]);
  assert.equal(rangeAfterKey("a", [1, 10], 11), undefined);
});
