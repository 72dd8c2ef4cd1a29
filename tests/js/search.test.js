import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { afterArrow, byKind, distance, entries, find, idOf, plain, summaryOf, typedIdOf } =
  load("search.js");

// What a build made of the replies of August 2026, cut to a few rows of each kind.
const INDEX = {
  groups: [
    {
      kind: "Model",
      at: "models/",
      rows: [
        [
          "DeepSeek V4 Flash 0731",
          "deepseek/deepseek-v4-flash-20260731/",
          "DeepSeek · No. 1 · $0.14 / $0.28 per 1M",
          "deepseek/deepseek-v4-flash-0731 ~deepseek/deepseek-v4-flash-latest",
        ],
        [
          "GPT-5.6 Luna",
          "openai/gpt-5.6-luna-20260709/",
          "OpenAI · No. 3 · $0.20 / $1.20 per 1M",
          "openai/gpt-5.6-luna openai/gpt-5.6-luna-20260709",
        ],
        [
          "Claude Opus 5",
          "anthropic/claude-5-opus-20260724/",
          "Anthropic · No. 7 · $5 / $25 per 1M",
          "anthropic/claude-opus-5",
        ],
        [
          "GLM 5.2",
          "z-ai/glm-5.2-20260616/",
          "Z.ai · No. 9 · $0.60 / $2.20 per 1M",
          "z-ai/glm-5.2",
        ],
        ["Gemini 3.6 Flash", "google/gemini-3.6-flash-20260721/", "Google · No. 10", ""],
        ["Ópera-Mini", "opera/mini/", "Opera"],
        ["z-ai/glm-5.3-20260816", "z-ai/glm-5.3-20260816/", "Z.ai"],
      ],
    },
    {
      kind: "Author",
      at: "authors/",
      rows: [
        ["DeepSeek", "deepseek/", "No. 1 · 14 models", "deepseek"],
        ["OpenAI", "openai/", "No. 3 · 63 models", "openai"],
        ["Google", "google/", "No. 4 · 33 models", "google"],
        ["Anthropic", "anthropic/", "No. 5 · 17 models", "anthropic"],
        ["Z.ai", "z-ai/", "No. 6 · 14 models", "z-ai"],
      ],
    },
    {
      kind: "Page",
      at: "",
      rows: [
        ["Catalogue: all models", "models/", "", "", "context window, context length, free"],
        ["Authors by use", "rankings/authors/", "", "", "share of authors, market share"],
        ["Changes and feeds", "changes/", "", "", "what changed, news"],
        ["Data", "data/", "", "", "download, downloads, api, csv"],
        ["Embed guide", "embed-guide/", "", "", "embed, badge, iframe"],
      ],
    },
    {
      kind: "App",
      at: "apps/",
      rows: [
        ["Claude Code", "coding/cli-agent/#app-1", "CLI agent · No. 2 · 8.90 T tokens"],
        ["claude-mem (App 2605040)", "coding/#app-2605040", "Coding"],
        ["claude-mem (App 4474898)", "coding/#app-4474898", "Coding"],
      ],
    },
  ],
};
const ALL = entries(INDEX);
const namesFor = (typed) => find(ALL, typed).hits.map(({ name }) => name);

for (const [typed, first, how] of [
  ["cluade", "Claude Opus 5", "near"],
  ["gemni", "Gemini 3.6 Flash", "near"],
  ["deepsek", "DeepSeek", "near"],
  ["antropic", "Anthropic", "near"],
  ["deepsek v4", "DeepSeek V4 Flash 0731", "near"],
  ["gpt5.6", "GPT-5.6 Luna", "found"],
  ["GLM5.2", "GLM 5.2", "found"],
  ["gpt 56 luna", "GPT-5.6 Luna", "found"],
  ["luna gpt", "GPT-5.6 Luna", "found"],
  ["openai", "OpenAI", "found"],
  ["open ai", "OpenAI", "found"],
  ["anthropic", "Anthropic", "found"],
  ["google", "Google", "found"],
  ["deepseek", "DeepSeek", "found"],
  ["z ai", "Z.ai", "found"],
  ["anthrop", "Anthropic", "found"],
  ["claude code", "Claude Code", "found"],
  ["openai/gpt-5.6-luna", "GPT-5.6 Luna", "found"],
  ["anthropic/claude-opus-5", "Claude Opus 5", "found"],
  ["~deepseek/deepseek-v4-flash-latest", "DeepSeek V4 Flash 0731", "found"],
  ["context window", "Catalogue: all models", "found"],
  ["share of authors", "Authors by use", "found"],
  ["what changed", "Changes and feeds", "found"],
  ["badge", "Embed guide", "found"],
  ["embed", "Embed guide", "found"],
  ["download", "Data", "found"],
  ["api", "Data", "found"],
  ["OPERA", "Ópera-Mini", "found"],
  ["ópera mini", "Ópera-Mini", "found"],
  ["zorp", "Z.ai", "closest"],
]) {
  test(`"${typed}" finds ${first} first`, () => {
    const found = find(ALL, typed);
    assert.equal(found.hits[0]?.name, first);
    assert.equal(found.how, how);
  });
}

test("an author's page comes before the models, and these in the order of use", () => {
  assert.deepEqual(namesFor("z ai"), ["Z.ai", "GLM 5.2", "z-ai/glm-5.3-20260816"]);
});

test("every word has to be there, in the name, the address, the author or the kind", () => {
  assert.deepEqual(namesFor("5 claude"), ["Claude Opus 5"]);
  assert.deepEqual(namesFor("opus anthropic model"), ["Claude Opus 5"]);
  assert.equal(find(ALL, "claude luna").how, "closest");
});

test("an entry says what it is, whose, which rank it has, and its prices", () => {
  assert.deepEqual(
    ALL.slice(1, 2).map(({ kind, what }) => `${kind} · ${what}`),
    ["Model · OpenAI · No. 3 · $0.20 / $1.20 per 1M"],
  );
});

test("a query of nothing but blanks or accents finds nothing", () => {
  for (const typed of ["", "  ", "\u0301", "?!"]) assert.deepEqual(namesFor(typed), []);
});

test("at most three are named as the closest, and none that has no letter in common", () => {
  assert.equal(find(ALL, "gptchat").hits.length, 3);
  assert.deepEqual(namesFor("жжж"), []);
});

test("common words of a question are passed over where nothing has them", () => {
  assert.deepEqual(namesFor("which model is the best for context"), ["Catalogue: all models"]);
  assert.equal(find(ALL, "how many downloads").how, "found");
  assert.deepEqual(namesFor("what changed"), ["Changes and feeds"]);
});

for (const typed of [
  "gpt vs claude",
  "is gpt more used than claude",
  "what is the difference between GPT-5.6 and Claude Opus?",
]) {
  test(`"${typed}" is answered by a comparison and the models in it`, () => {
    const { hits, how } = find(ALL, typed);
    assert.equal(how, "found");
    assert.deepEqual(
      hits.map(({ name }) => name),
      ["Compare GPT-5.6 Luna and Claude Opus 5", "GPT-5.6 Luna", "Claude Opus 5"],
    );
    const address = "compare/?m=openai/gpt-5.6-luna-20260709~anthropic/claude-5-opus-20260724";
    assert.equal(hits[0].path, address);
  });
}

test("of several models a comparison names each", () => {
  const [first] = find(ALL, "gpt vs claude vs glm").hits;
  assert.equal(first.name, "Compare GPT-5.6 Luna, Claude Opus 5 and GLM 5.2");
});

test("nothing is compared that has one name only, twice the same model or none", () => {
  for (const typed of ["or claude", "claude vs claude", "claude vs gpt vs pie"]) {
    assert.ok(
      find(ALL, typed).hits.every(({ path }) => !path.startsWith("compare/?")),
      typed,
    );
  }
});

test("what has all words of a query comes before a comparison", () => {
  const chart = { kind: "Chart", at: "charts/", rows: [["GPT vs Claude by week", "versus/"]] };
  const [first] = find(entries({ groups: [...INDEX.groups, chart] }), "gpt vs claude").hits;
  assert.equal(first.path, "charts/versus/");
});

test("the closest have the most words of a query, however their names are spelled", () => {
  assert.equal(namesFor("anthropic embed iframe")[0], "Embed guide");
});

test("short words and numbers are not taken for mistyped ones", () => {
  assert.equal(find(ALL, "glm 5.9").how, "closest");
  assert.equal(find(ALL, "gpx").how, "closest");
});

test("a letter added, left out, changed or swapped is one error", () => {
  for (const typed of ["cclaude", "clade", "claode", "cluade"]) {
    assert.equal(distance(typed, "claude"), 1, typed);
  }
  assert.equal(distance("claude", "claude"), 0);
  assert.equal(distance("", "abc"), 3);
});

test("the id that was typed is shown, else the public one", () => {
  const luna = ALL[1];
  assert.equal(idOf(luna, "luna-2026"), "openai/gpt-5.6-luna-20260709");
  assert.equal(idOf(luna, "gpt luna"), "openai/gpt-5.6-luna");
  assert.equal(idOf(ALL[5], "opera"), "");
});

test("a suggestion shows an id to those who type one, and not for a name or an author", () => {
  const luna = ALL[1];
  assert.equal(typedIdOf(luna, "openai/gpt-5.6-l"), "openai/gpt-5.6-luna");
  assert.equal(typedIdOf(luna, "luna-2026"), "openai/gpt-5.6-luna-20260709");
  for (const typed of ["openai", "gpt 5.6", "", "cluade"]) assert.equal(typedIdOf(luna, typed), "");
});

test("the results say how many there are, or what came instead of them", () => {
  assert.equal(summaryOf(find(ALL, "z ai"), "z ai"), "3 results.");
  assert.equal(
    summaryOf(find(ALL, "gemni"), "gemni"),
    "Nothing is spelled “gemni”. 1 result with a similar spelling:",
  );
  assert.equal(summaryOf(find(ALL, "zorp"), "zorp"), "Nothing found for “zorp”. Closest:");
  assert.equal(summaryOf(find(ALL, "жжж"), "жжж"), "Nothing found for “жжж”.");
});

test("results keep the order of their kinds", () => {
  const kinds = byKind(find(ALL, "deepseek").hits);
  assert.deepEqual([...kinds.keys()], ["Author", "Model"]);
});

test("case and accents make no difference", () => {
  assert.equal(plain("ÓperA"), "opera");
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
