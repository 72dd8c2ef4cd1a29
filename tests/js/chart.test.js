import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const chart = load("chart.js");
const { askedFor, day, recoloured, renamed, several, short, span, spoken, toggled } = chart;
const { Explorer, dayLabels, monthLabels, opacityOf, rangeAfterKey, spread } = load("explore.js");

const DAYS = ["2026-08-01", "2026-08-02", "2026-08-03", "2026-08-04"];
const explorer = new Explorer({ day, several, short, span, spoken });

function overTime() {
  return {
    width: 640,
    height: 100,
    data: [
      { name: "rows", values: DAYS.map((date, at) => ({ date, author: "a", y: at })) },
      { name: "ticks", values: [] },
      { name: "derived" },
    ],
    marks: [{ type: "line", encode: { update: {} } }],
    signals: [
      { name: "first", value: Date.parse(DAYS[0]) },
      { name: "last", value: Date.parse(DAYS[3]) },
    ],
    usermeta: {
      controls: [
        {
          key: "range",
          field: "date",
          ticks: "ticks",
          options: [{ value: "" }, { value: "2d", since: DAYS[2] }],
        },
        { key: "focus", field: "author", options: [{ value: "" }, { value: "a" }] },
      ],
    },
  };
}

test("a range in an address is two days in order", () => {
  assert.deepEqual(span("2026-05-01..2026-06-30"), ["2026-05-01", "2026-06-30"]);
  assert.deepEqual(span("2026-05-01..2026-05-01"), ["2026-05-01", "2026-05-01"]);
  for (const text of [null, "", "2026-06-30..2026-05-01", "2026-05-01", "2026-13-01..2026-13-02"]) {
    assert.equal(span(text), null, text);
  }
});

test("a range is said with its year once", () => {
  assert.equal(spoken(["2026-05-01", "2026-06-30"]), "1 May – 30 Jun 2026");
  assert.equal(spoken(["2025-12-31", "2026-01-02"]), "31 Dec 2025 – 2 Jan 2026");
});

test("an id or an alias in a focus gives way to the series that it names", () => {
  const series = new Map([
    ["a/x", "a/x-20260709"],
    ["~a/latest", "a/x-20260709"],
  ]);
  assert.equal(renamed("a/x,b/y", series), "a/x-20260709,b/y");
  assert.equal(renamed("~a/latest", series), "a/x-20260709");
  assert.equal(renamed("", series), "");
});

test("a focus is one series, several, or none that is known", () => {
  assert.deepEqual(several("a,b", ["a", "b"]), ["a", "b"]);
  assert.deepEqual(several("a,b", ["a,b", "a"]), ["a,b"]);
  assert.deepEqual(several("a,a,x,", ["a", "b"]), ["a"]);
  assert.deepEqual(several("", ["a"]), []);
});

test("a second click takes a series out of the focus", () => {
  assert.deepEqual(toggled(["a"], "b"), ["a", "b"]);
  assert.deepEqual(toggled(["a", "b"], "a"), ["b"]);
});

test("the dark theme changes the neutral colours and nothing else", () => {
  const spec = { marks: [{ fill: "#fff", text: "constructor" }], usermeta: {} };
  spec.usermeta.recolour = { "#fff": "#000", "#000": "#fff" };
  const text = JSON.stringify(spec);
  assert.deepEqual(recoloured(text, false), spec);
  assert.deepEqual(recoloured(text, true).marks, [{ fill: "#000", text: "constructor" }]);
});

test("a range keeps its rows, moves the ends of the axis and labels the days", () => {
  const spec = overTime();
  const time = explorer.chosen(spec, { range: "2026-08-02..2026-08-03" });
  assert.deepEqual(time.all, DAYS);
  assert.deepEqual(time.shown, DAYS.slice(1, 3));
  assert.equal(time.past, true);
  assert.deepEqual(
    spec.data[0].values.map(({ date }) => date),
    DAYS.slice(1, 3),
  );
  assert.deepEqual(
    spec.signals.map(({ value }) => new Date(value).toISOString().slice(0, 10)),
    DAYS.slice(1, 3),
  );
  assert.deepEqual(
    spec.data[1].values.map(({ label }) => label),
    ["2 Aug", "3 Aug"],
  );
  assert.ok(!("values" in spec.data[2]));
});

test("an option of the list counts from its first day to the newest", () => {
  const time = explorer.chosen(overTime(), { range: "2d" });
  assert.deepEqual(time.shown, DAYS.slice(2));
  assert.equal(time.past, false);
});

test("a range of fewer than two days is missed and everything stays", () => {
  const spec = overTime();
  const time = explorer.chosen(spec, { range: "2027-01-01..2027-02-01" });
  assert.equal(time.missed, true);
  assert.deepEqual(time.shown, DAYS);
  assert.equal(spec.data[0].values.length, 4);
});

test("a chart that is not over time has no days", () => {
  assert.equal(explorer.chosen({ data: [], marks: [] }, { range: "2d" }), null);
});

test("a focus makes the others pale, groups and what follows the pointer excepted", () => {
  const spec = overTime();
  spec.marks = [
    { type: "group", encode: { update: {} }, marks: [{ type: "line", encode: { update: {} } }] },
    { type: "rule", name: "hover_0", encode: { update: {} } },
  ];
  explorer.chosen(spec, { focus: "a" });
  assert.equal(spec.marks[0].encode.update.opacity, undefined);
  assert.deepEqual(spec.marks[0].marks[0].encode.update.opacity, {
    signal: opacityOf("author", ["a"]),
  });
  assert.equal(spec.marks[1].encode.update.opacity, undefined);
});

test("an option can bring rows, rename fields, and change scales and signals", () => {
  const spec = overTime();
  spec.scales = [{ name: "y", zero: true }];
  const option = {
    value: "share",
    fields: { y: "share" },
    scales: { y: { zero: false } },
    params: { first: 7 },
    data: { ticks: [{ share: 1, y: 2 }] },
  };
  spec.usermeta.controls = [{ key: "stack", options: [{ value: "" }, option] }];
  explorer.chosen(spec, { stack: "share" });
  assert.deepEqual(spec.data[1].values, [{ share: 1, y: 1 }]);
  assert.equal(spec.data[0].values[3].y, 3);
  assert.equal(spec.scales[0].zero, false);
  assert.equal(spec.signals[0].value, 7);
});

test("names at the ends go to where their lines end in a range of the past", () => {
  const spec = overTime();
  spec.data.push({ name: "ends", values: [{ author: "a", from: 1 }, { author: "gone" }] });
  const time = explorer.chosen(spec, { range: "2026-08-01..2026-08-02" });
  const moved = [];
  const view = { scale: () => (y) => 50 - y, data: (name, rows) => moved.push(name, rows) };
  assert.equal(explorer.renamed(view, spec, time), true);
  assert.deepEqual(moved, ["ends", [{ author: "a", from: 49, more: "", py: 49 }]]);
  assert.equal(explorer.renamed(view, spec, { ...time, past: false }), false);
});

test("labels that stand too near are moved apart and stay inside", () => {
  const labels = [{ from: 98 }, { from: 0 }, { from: 97 }];
  spread(labels, 100);
  assert.deepEqual(
    labels.map(({ py }) => py),
    [6, 79, 94],
  );
});

test("as many days are labelled as have room, the newest always", () => {
  const written = dayLabels(DAYS, "date", 130, short).map(({ label }) => label);
  assert.deepEqual(written, ["", "2 Aug", "", "4 Aug"]);
});

test("a long axis names starts of months, with the year of the first and of each January", () => {
  const first = Date.UTC(2025, 9, 20);
  const days = Array.from({ length: 200 }, (_, at) =>
    new Date(first + at * 86_400_000).toISOString().slice(0, 10),
  );
  const labels = (/** @type {number} */ width) =>
    monthLabels(days, "date", width, short).map(({ date, label }) => `${date} ${label}`);
  assert.deepEqual(labels(330), [
    "2025-11-01 Nov 2025",
    "2026-01-01 Jan 2026",
    "2026-03-01 Mar",
    "2026-05-01 May",
  ]);
  assert.deepEqual(labels(240), ["2026-01-01 Jan 2026", "2026-04-01 Apr"]);
});

test("keys move, shorten and lengthen the days within those there are", () => {
  assert.deepEqual(rangeAfterKey("ArrowLeft", 1, 10, 11), [0, 9]);
  assert.deepEqual(rangeAfterKey("ArrowRight", 1, 10, 11), [2, 11]);
  assert.deepEqual(rangeAfterKey("ArrowRight", 2, 11, 11), [2, 11]);
  assert.deepEqual(rangeAfterKey("+", 1, 10, 11), [3, 10]);
  assert.deepEqual(rangeAfterKey("+", 1, 2, 11), [1, 2]);
  assert.deepEqual(rangeAfterKey("-", 1, 10, 11), [0, 10]);
  assert.deepEqual(rangeAfterKey("-", 0, 9, 11), [0, 11]);
  assert.deepEqual(rangeAfterKey("Home", 1, 10, 11), [0, 11]);
  assert.equal(rangeAfterKey("a", 1, 10, 11), undefined);
});

test("series are put into focus by focus=a,b, or by m=a~b as in comparisons", () => {
  const focus = (query) => askedFor(new URLSearchParams(query), "focus");
  assert.equal(focus("m=openai/gpt~google/gemini"), "openai/gpt,google/gemini");
  assert.equal(focus("m=a~b&focus=c"), "c");
  assert.equal(focus(""), "");
  assert.equal(askedFor(new URLSearchParams("m=a"), "range"), "");
});
