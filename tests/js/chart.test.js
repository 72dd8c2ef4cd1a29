import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const chart = load("chart.js");
const { askedFor, day, recoloured, renamed, several, span, spoken, toggled } = chart;
const { Explorer, rangeAfterKey, wrapped } = load("explore.js");

const DAYS = ["2026-08-01", "2026-08-02", "2026-08-03", "2026-08-04"];

function overTime() {
  return {
    width: 640,
    height: 100,
    padding: { left: 0, top: 0 },
    data: [{ name: "rows", values: DAYS.map((date, at) => ({ date, author: "a", y: at })) }],
    marks: [],
    signals: [
      { name: "since", value: "" },
      { name: "stack", value: "abs" },
      { name: "byline", value: ["Tokens, 1 to 4 Aug 2026, two", "provisional."] },
    ],
    usermeta: {
      byline: "Tokens, {days}{provisional}.",
      columns: 28,
      days: "1 to 4 Aug 2026",
      provisional: ", two provisional",
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
            { value: "share", params: { stack: "share" }, byline: "Shares, {days}{provisional}." },
          ],
        },
        { key: "focus", field: "author", options: [{ value: "" }, { value: "a" }] },
      ],
    },
  };
}

/** @param {Record<string, string>} state */
function choices(state) {
  return new Explorer({ day, several, span, spoken }, overTime()).choices(state);
}

test("a range in an address is two days in order", () => {
  assert.deepEqual(span("2026-05-01..2026-06-30"), ["2026-05-01", "2026-06-30"]);
  assert.deepEqual(span("2026-05-01..2026-05-01"), ["2026-05-01", "2026-05-01"]);
  for (const text of [null, "", "2026-06-30..2026-05-01", "2026-05-01", "2026-13-01..2026-13-02"]) {
    assert.equal(span(text), null, text);
  }
});

test("a range is said with its year once", () => {
  assert.equal(spoken(["2026-05-01", "2026-06-30"]), "1 May to 30 Jun 2026");
  assert.equal(spoken(["2026-06-01", "2026-06-30"]), "1 to 30 Jun 2026");
  assert.equal(spoken(["2025-12-31", "2026-01-02"]), "31 Dec 2025 to 2 Jan 2026");
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

test("nothing chosen leaves every parameter as it was made", () => {
  const { signals, time } = choices({});
  assert.deepEqual(signals, {
    since: "",
    until: "9",
    stack: "abs",
    focus: [],
    byline: ["Tokens, 1 to 4 Aug 2026, two", "provisional."],
  });
  assert.deepEqual(time.shown, DAYS);
});

test("a range sets the ends of the days and says them, without the newest days' proviso", () => {
  const { signals, time } = choices({ range: "2026-08-02..2026-08-03" });
  assert.equal(signals.since, DAYS[1]);
  assert.equal(signals.until, DAYS[2]);
  assert.deepEqual(time.shown, DAYS.slice(1, 3));
  assert.deepEqual(signals.byline, ["Tokens, 2 to 3 Aug 2026.", ""]);
});

test("an option of the list counts from its first day to the newest, which may change", () => {
  const { signals, time } = choices({ range: "2d" });
  assert.deepEqual(time.shown, DAYS.slice(2));
  assert.equal(signals.until, "9");
  assert.deepEqual(signals.byline, ["Tokens, 3 to 4 Aug 2026, two", "provisional."]);
});

test("weeks are said from their first day on", () => {
  const spec = overTime();
  spec.usermeta.controls[0].days = 7;
  const explorer = new Explorer({ day, several, span, spoken }, spec);
  const { signals } = explorer.choices({ range: "2026-08-02..2026-08-03" });
  assert.equal(signals.byline[0], "Tokens, 27 Jul to 3 Aug");
});

test("a range of fewer than two days is missed and everything stays", () => {
  const { signals, time } = choices({ range: "2027-01-01..2027-02-01" });
  assert.equal(time.missed, true);
  assert.deepEqual(time.shown, DAYS);
  assert.deepEqual([signals.since, signals.until], ["", "9"]);
});

test("an option sets its parameters and its own subtitle", () => {
  const { signals } = choices({ stack: "share", focus: "a,x" });
  assert.equal(signals.stack, "share");
  assert.deepEqual(signals.focus, ["a"]);
  assert.deepEqual(signals.byline, ["Shares, 1 to 4 Aug 2026, two", "provisional."]);
});

test("a chart that is not over time has no days", () => {
  const explorer = new Explorer({ day, several, span, spoken }, { data: [], marks: [] });
  assert.equal(explorer.choices({ range: "2d" }).time, null);
});

test("a text is broken at spaces into lines of so many letters", () => {
  assert.deepEqual(wrapped("one two three four", 9), ["one two", "three", "four"]);
  assert.deepEqual(wrapped("unbreakable it", 4), ["unbreakable", "it"]);
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
