// The search box: a combobox over an index that is fetched when it is first used.
// Also fills the page of results.
(() => {
  "use strict";
  const MOST_SUGGESTIONS = 8;
  const MOST_RESULTS = 100;
  const LONGEST_SHOWN = 100;
  const CLOSEST = 3;
  // Words of a question that say nothing of what is looked for.
  const COMMON = new Set([
    ...["a", "an", "and", "are", "best", "by", "can", "do", "does", "for", "good", "has", "have"],
    ...["how", "i", "in", "is", "it", "many", "me", "much", "of", "on", "or", "that", "the", "to"],
    ...["top", "versus", "vs", "what", "which", "who", "with"],
  ]);
  // What stands between models that somebody wants to compare, and what is said of them besides.
  const BETWEEN = new Set(["against", "and", "or", "than", "versus", "vs"]);
  const COMPARED = new Set([
    ...["better", "between", "bigger", "cheaper", "compare", "compared", "comparison"],
    ...["difference", "faster", "less", "more", "popular", "smarter", "used", "worse"],
  ]);
  const MOST_COMPARED = 6;
  const FAILED = "The search index could not be loaded";
  const HEADINGS = new Map([
    ["Model", "Models"],
    ["Author", "Authors"],
    ["Page", "Pages"],
    ["Task", "Tasks"],
    ["App", "Apps"],
    ["Benchmark", "Benchmarks"],
    ["Chart", "Charts"],
    ["Dataset", "Datasets"],
  ]);

  /** @typedef {{ groups: { kind: string, at: string, rows: string[][] }[] }} Index */
  /**
   * @typedef {object} Entry
   * @property {string} kind
   * @property {string} name
   * @property {string} path
   * @property {string} what author, rank and price, or what else says what it is
   * @property {string[]} ids as the API writes them
   * @property {string} tight the name without anything but letters and digits
   * @property {string[]} starts the same from each of its words on, and that of each id
   * @property {string[]} names ids and keywords, tight: each is as good as the name
   * @property {string[]} words of the name
   * @property {string[]} all words of everything
   */
  /** @typedef {{ tight: string, words: string[] }} Query */
  /** @typedef {{ hits: Entry[], how: "found" | "near" | "closest" }} Found */

  /**
   * Return a text without case and accents.
   * @param {string} text
   */
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /**
   * Return the words and numbers of a text: those of "GPT-5.6" and "gpt5.6" are the same.
   * @param {string} text
   * @returns {string[]}
   */
  function wordsOf(text) {
    return plain(text).match(/\p{L}+|\p{N}+/gu) ?? [];
  }

  /**
   * @param {string[]} words
   * @returns {string[]} the words from each of them on, without gaps
   */
  function tails(words) {
    return words.map((_, at) => words.slice(at).join(""));
  }

  /**
   * @param {Index} index
   * @returns {Entry[]}
   */
  function entries({ groups }) {
    return groups.flatMap(({ kind, at, rows }) =>
      rows.map(([name, path, what = "", ids = "", keywords = ""]) =>
        entryOf(kind, at + path, name, what, ids.split(" ").filter(Boolean), keywords),
      ),
    );
  }

  /**
   * @param {string} kind
   * @param {string} path
   * @param {string} name
   * @param {string} what
   * @param {string[]} ids
   * @param {string} keywords
   * @returns {Entry}
   */
  function entryOf(kind, path, name, what, ids, keywords) {
    // An unlisted model has its slug as its name; the author before the slash is not part of it.
    const words = wordsOf(kind === "Model" ? name.slice(name.lastIndexOf("/") + 1) : name);
    const [first] = what.split(" · ");
    const owner = /^(No\.|[\d$])/.test(first) ? "" : first;
    const phrases = keywords.split(",").map((phrase) => wordsOf(phrase).join(""));
    const coded = ids.map(wordsOf);
    return {
      kind,
      name,
      path,
      what,
      ids,
      words,
      tight: words.join(""),
      starts: [words, ...coded].flatMap(tails),
      names: [...coded.map((parts) => parts.join("")), ...phrases].filter(Boolean),
      all: [...new Set([...words, ...wordsOf([owner, keywords, kind, path, ...ids].join(" "))])],
    };
  }

  /**
   * Return whether each word begins one of the others.
   * @param {string[]} words
   * @param {string[]} others
   */
  function allBegin(words, others) {
    return words.every((word) => others.some((other) => other.startsWith(word)));
  }

  /**
   * Return how well an entry fits by its name: the whole name comes before the start of one, that
   * before a part of it. Of equal names that of an author comes first.
   * @param {Entry} entry
   * @param {Query} query
   */
  function scoreByName({ kind, tight, starts, names, words }, query) {
    const isAuthor = kind === "Author" ? 1 : 0;
    if (tight === query.tight) return 90 + isAuthor;
    if (names.includes(query.tight)) return 80;
    if (tight.startsWith(query.tight)) return 70 + isAuthor;
    const tailsOfName = starts.slice(0, words.length);
    if (tailsOfName.some((tail) => tail.startsWith(query.tight))) return 60;
    return allBegin(query.words, words) ? 50 : 0;
  }

  /**
   * Return how well an entry fits, 0 if some word is missing; what is said elsewhere of it counts
   * less than its name.
   * @param {Entry} entry
   * @param {Query} query
   */
  function score(entry, query) {
    if (!query.tight) return 0;
    const byName = scoreByName(entry, query);
    if (byName) return byName;
    const { starts, names, all } = entry;
    if ([...starts, ...names].some((text) => text.startsWith(query.tight))) return 40;
    if (allBegin(query.words, all)) return 30;
    const held = all.join(" ");
    return query.words.every((word) => word.length > 2 && held.includes(word)) ? 20 : 0;
  }

  /**
   * Return how many letters have to be added, left out, changed or swapped with the next one to
   * make one word of another.
   * @param {string} a
   * @param {string} b
   */
  function distance(a, b) {
    /** @type {number[][]} */
    const table = [];
    for (let i = 0; i <= a.length; i += 1) {
      table.push([i]);
      for (let j = 1; j <= b.length; j += 1) {
        if (i === 0) {
          table[0].push(j);
          continue;
        }
        const changed = table[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
        let least = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, changed);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          least = Math.min(least, table[i - 2][j - 2] + 1);
        }
        table[i].push(least);
      }
    }
    return table[a.length][b.length];
  }

  /**
   * Return by how many letters a word is mistyped, if it is one of these or the start of one;
   * Infinity if none is near. Short words and numbers have no typing errors: too much would fit.
   * @param {string} word
   * @param {string[]} others
   */
  function errorsIn(word, others) {
    if (others.some((other) => other.startsWith(word))) return 0;
    if (word.length < 4) return Infinity;
    const most = word.length < 7 ? 1 : 2;
    const near = others.filter((other) => other.length + most >= word.length);
    const ends = [-1, 0, 1].map((more) => word.length + more);
    const every = near.flatMap((other) => ends.map((end) => distance(word, other.slice(0, end))));
    const least = Math.min(...every, Infinity);
    return least <= most ? least : Infinity;
  }

  /**
   * Return the entries that fit a mistyped query, those with the fewest errors only; an author
   * whose whole name was meant first.
   * @param {Entry[]} all
   * @param {Query} query
   */
  function mistyped(all, query) {
    const judged = all.map((entry) => {
      const errors = query.words.map((word) => errorsIn(word, entry.all));
      return { entry, errors: errors.reduce((sum, one) => sum + one, 0) };
    });
    const least = Math.min(...judged.map(({ errors }) => errors), Infinity);
    const isMeant = (/** @type {Entry} */ { kind, tight }) =>
      kind === "Author" && distance(tight, query.tight) <= least;
    return judged
      .filter(({ errors }) => errors === least && errors < Infinity)
      .map(({ entry }) => entry)
      .sort((a, b) => Number(isMeant(b)) - Number(isMeant(a)));
  }

  /** @param {string} text */
  function pairsIn(text) {
    const padded = ` ${text} `;
    return new Set([...padded].slice(1).map((_, at) => padded.slice(at, at + 2)));
  }

  /**
   * Return how much two texts have in common: the share of their pairs of letters, 0 to 1.
   * @param {Set<string>} pairs
   * @param {string} text
   */
  function likeness(pairs, text) {
    const others = pairsIn(text);
    const common = [...pairs].filter((pair) => others.has(pair)).length;
    return (2 * common) / (pairs.size + others.size);
  }

  /**
   * Return the few entries that have the most words of a query, of equal ones those whose names are
   * most like it; none if no letters are in common.
   * @param {Entry[]} all
   * @param {Query} query
   */
  function closest(all, query) {
    const pairs = pairsIn(query.tight);
    const telling = tellingWords(query.words);
    return all
      .map((entry) => {
        const share = likeness(pairs, entry.tight);
        const held = telling.filter((word) => allBegin([word], entry.all)).length;
        return { entry, share, held };
      })
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.held - a.held || b.share - a.share)
      .slice(0, CLOSEST)
      .map(({ entry }) => entry);
  }

  /**
   * Return the words of a question that say what is looked for.
   * @param {string[]} words
   */
  function tellingWords(words) {
    return words.filter((word) => !COMMON.has(word));
  }

  /**
   * Return the entries in which all words of a query are, the best first, equal ones in the order
   * of the index.
   * @param {Entry[]} all
   * @param {Query} query
   */
  function fitting(all, query) {
    return all
      .map((entry) => ({ entry, points: score(entry, query) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points)
      .map(({ entry }) => entry);
  }

  /** @param {string[]} words */
  function queryOf(words) {
    return { words, tight: words.join("") };
  }

  /**
   * Return the names that a comparison sets side by side, as words: "is gpt more used than claude"
   * has two. None where there are fewer than two.
   * @param {string[]} words
   */
  function sidesOf(words) {
    /** @type {string[][]} */
    const sides = [[]];
    for (const word of words) {
      if (BETWEEN.has(word)) sides.push([]);
      else if (!COMPARED.has(word) && !COMMON.has(word)) sides[sides.length - 1].push(word);
    }
    const named = sides.filter((side) => side.length);
    return named.length > 1 ? named : [];
  }

  /**
   * Return the comparison that a query asks for and the models in it, the first that fits each
   * name; nothing if no model has one of the names, or fewer than two are named.
   * @param {Entry[]} all
   * @param {string[]} words
   * @returns {Entry[]}
   */
  function compared(all, words) {
    const models = all.filter(({ kind }) => kind === "Model");
    const fits = sidesOf(words).map((side) => fitting(models, queryOf(side))[0]);
    if (fits.some((fit) => !fit)) return [];
    const sides = [...new Set(fits)].slice(0, MOST_COMPARED);
    if (sides.length < 2) return [];
    const slugs = sides.map(({ path }) => path.replace(/^models\//, "").replace(/\/$/, ""));
    const names = sides.map((side) => side.name);
    const name = `Compare ${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
    return [entryOf("Page", `compare/?m=${slugs.join("~")}`, name, "", [], ""), ...sides];
  }

  /**
   * Return the entries that fit a query. If there are none, the models that it compares; then those
   * that fit it without its common words; then those that fit it with typing errors; if there are
   * none of these either, the closest.
   * @param {Entry[]} all
   * @param {string} typed
   * @returns {Found}
   */
  function find(all, typed) {
    const query = queryOf(wordsOf(typed));
    const hits = fitting(all, query);
    if (hits.length || !query.tight) return { hits, how: "found" };
    const sides = compared(all, query.words);
    if (sides.length) return { hits: sides, how: "found" };
    const meant = fitting(all, queryOf(tellingWords(query.words)));
    if (meant.length) return { hits: meant, how: "found" };
    const near = mistyped(all, query);
    if (near.length) return { hits: near, how: "near" };
    return { hits: closest(all, query), how: "closest" };
  }

  /**
   * Return the id of an entry to show: the one that was typed, in whole or in part, else the first.
   * @param {Entry} entry
   * @param {string} typed
   */
  function idOf({ ids }, typed) {
    const tight = wordsOf(typed).join("");
    return ids.find((id) => tight && wordsOf(id).join("").includes(tight)) ?? ids[0] ?? "";
  }

  /**
   * Return the id of an entry if that was typed, and not its name or its author's; else "".
   * @param {Entry} entry
   * @param {string} typed
   */
  function typedIdOf({ ids, tight }, typed) {
    const wanted = wordsOf(typed).join("");
    if (!wanted || tight.includes(wanted)) return "";
    const isWanted = (/** @type {string} */ text) => wordsOf(text).join("").includes(wanted);
    const from = typed.includes("/") ? 0 : 1;
    return ids.find((id) => isWanted(id.split("/").slice(from).join("/"))) ?? "";
  }

  /**
   * Return what a page of results says at its top.
   * @param {Found} found
   * @param {string} typed
   */
  function summaryOf({ hits, how }, typed) {
    const count = hits.length === 1 ? "1 result" : `${hits.length} results`;
    if (how === "found" && hits.length) return `${count}.`;
    if (how === "near") return `Nothing is spelled “${typed}”. ${count} with a similar spelling:`;
    return `Nothing found for “${typed}”.${hits.length ? " Closest:" : ""}`;
  }

  /**
   * Return entries by their kind, in the order in which the kinds come.
   * @param {Entry[]} hits
   * @returns {Map<string, Entry[]>}
   */
  function byKind(hits) {
    const kinds = new Map();
    for (const hit of hits) {
      if (!kinds.has(hit.kind)) kinds.set(hit.kind, []);
      kinds.get(hit.kind).push(hit);
    }
    return kinds;
  }

  /**
   * Return the number of the suggestion that an arrow key leads to, round and round; -1 is the box.
   * @param {number} current
   * @param {number} step 1 for down, -1 for up
   * @param {number} count of suggestions
   */
  function afterArrow(current, step, count) {
    const places = count + 1;
    return ((current + 1 + step + places) % places) - 1;
  }

  if (typeof document === "undefined") {
    module.exports = {
      afterArrow,
      byKind,
      distance,
      entries,
      find,
      idOf,
      plain,
      summaryOf,
      typedIdOf,
    };
    return;
  }

  /** @type {HTMLElement | null} */
  const box = document.querySelector(".search");
  const field = box?.querySelector("input");
  const list = box?.querySelector("ul");
  const root = box?.dataset.root ?? "";
  /** @type {Promise<Entry[]> | null} */
  let loading = null;

  function load() {
    loading ??= fetchIndex().catch((error) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  async function fetchIndex() {
    const reply = await fetch(`${root}search/index.json`);
    if (!reply.ok) throw new Error(String(reply.status));
    return entries(await reply.json());
  }

  /** @param {Entry} entry */
  function addressOf(entry) {
    return root + encodeURI(entry.path);
  }

  /**
   * @param {string} tag
   * @param {string | Node | (string | Node)[]} content
   * @param {Record<string, string>} attributes
   */
  function element(tag, content, attributes = {}) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...[content].flat());
    return made;
  }

  /** @typedef {{ name: string, id: string, what: string, go: () => void }} Suggestion */

  class SearchBox {
    /**
     * @param {HTMLInputElement} input
     * @param {HTMLUListElement} options
     */
    constructor(input, options) {
      this.input = input;
      this.list = options;
      /** @type {Suggestion[]} */
      this.found = [];
      this.current = -1;
      input.addEventListener("focus", () => {
        load().catch(() => {});
        if (input.value) this.show();
      });
      input.addEventListener("input", () => this.show());
      input.addEventListener("blur", () => this.close());
      input.addEventListener("keydown", (event) => this.press(event));
    }

    /** @param {KeyboardEvent} event */
    press(event) {
      const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
      const enter = event.key === "Enter" && this.input.value.trim() !== "";
      if (event.key !== "Escape" && !arrow && !enter) return;
      event.preventDefault();
      if (arrow) this.move(event.key === "ArrowDown" ? 1 : -1);
      else if (enter) this.open();
      else this.escape();
    }

    /** @param {number} step */
    move(step) {
      if (this.list.hidden) this.show();
      else this.choose(afterArrow(this.current, step, this.found.length));
    }

    open() {
      if (!this.list.hidden && this.current >= 0) this.found[this.current].go();
      else this.goToResults();
    }

    escape() {
      if (!this.list.hidden) {
        this.close();
        return;
      }
      this.input.value = "";
      this.input.blur();
    }

    close() {
      this.list.hidden = true;
      this.current = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    /** @param {number} number of a suggestion; -1 for none */
    choose(number) {
      this.current = number;
      const options = this.list.querySelectorAll("[id]");
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
      if (number < 0) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      this.input.setAttribute("aria-activedescendant", `found-${number}`);
      options[number].scrollIntoView({ block: "nearest" });
    }

    goToResults() {
      location.href = `${root}search/?q=${encodeURIComponent(this.input.value.trim())}`;
    }

    async show() {
      const query = this.input.value;
      if (!query.trim()) {
        this.close();
        return;
      }
      const all = await load().catch(() => null);
      // Meanwhile the reader may have typed on, or left the box.
      if (query !== this.input.value || document.activeElement !== this.input) return;
      const found = all && find(all, query);
      this.found = found ? this.suggestions(found, query) : [];
      const note = found ? noteOn(found, query.trim()) : `${FAILED}.`;
      const options = this.found.map(optionFor);
      this.list.replaceChildren(...(note ? [remark(note), ...options] : options));
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.choose(-1);
    }

    /**
     * @param {Found} found
     * @param {string} query
     * @returns {Suggestion[]}
     */
    suggestions({ hits }, query) {
      const made = hits.slice(0, MOST_SUGGESTIONS).map((hit) => ({
        name: hit.name,
        id: typedIdOf(hit, query),
        what: whatIs(hit),
        go: () => {
          this.close();
          location.href = addressOf(hit);
        },
      }));
      if (hits.length > MOST_SUGGESTIONS) {
        const name = `All ${hits.length} results`;
        made.push({ name, id: "", what: "", go: () => this.goToResults() });
      }
      return made;
    }
  }

  /** @param {Entry} entry */
  function whatIs({ kind, what }) {
    return what ? `${kind} · ${what}` : kind;
  }

  /**
   * @param {Found} found
   * @param {string} query
   */
  function noteOn(found, query) {
    return found.how === "closest" || !found.hits.length ? summaryOf(found, query) : "";
  }

  /**
   * Return a line of the list that cannot be chosen.
   * @param {string} text
   */
  function remark(text) {
    const attributes = { role: "option", "aria-disabled": "true", class: "remark" };
    return element("li", element("small", text), attributes);
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} number
   */
  function optionFor({ name, id, what, go }, number) {
    const named = [element("bdi", name), ...(id ? [" ", element("code", id)] : [])];
    const option = element("li", [element("span", named), element("small", what)], {
      role: "option",
      id: `found-${number}`,
      "aria-selected": "false",
    });
    // Otherwise the box would lose the focus, and with it the list, before the click arrives.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", go);
    return option;
  }

  /** @param {HTMLInputElement} input */
  async function showResultsFor(input) {
    const results = document.querySelector("[data-results]");
    const heading = document.querySelector("h1");
    const query = new URLSearchParams(location.search).get("q");
    if (!results || !heading || !query?.trim()) return;
    input.value = query;
    const typed = query.trim().slice(0, LONGEST_SHOWN);
    const site = document.title.split(" · ").at(-1);
    heading.textContent = `Search: “${typed}”`;
    document.title = `“${typed}” · ${site}`;
    const all = await load().catch(() => null);
    if (all) showResults(results, find(all, query), typed);
    else results.replaceChildren(element("p", `${FAILED}.`, { class: "empty" }));
  }

  /**
   * @param {Element} results
   * @param {Found} found
   * @param {string} typed
   */
  function showResults(results, found, typed) {
    const summary = element("p", summaryOf(found, typed), { role: "status", class: "said" });
    const shown = found.hits.slice(0, MOST_RESULTS);
    results.prepend(summary);
    if (!shown.length) return;
    results.replaceChildren(summary);
    for (const [kind, members] of byKind(shown)) {
      const rows = members.map((hit) => resultFor(hit, typed));
      const heading = element("h2", HEADINGS.get(kind) ?? kind);
      results.append(heading, element("ul", rows, { class: "results" }));
    }
  }

  /**
   * @param {Entry} hit
   * @param {string} typed
   */
  function resultFor(hit, typed) {
    const link = element("a", element("bdi", hit.name), { href: addressOf(hit) });
    const id = hit.kind === "Model" ? idOf(hit, typed) : "";
    const parts = [link, ...(id ? [element("code", id)] : [])];
    if (hit.what) parts.push(element("small", hit.what));
    return element("li", parts);
  }

  if (field && list) {
    new SearchBox(field, list);
    showResultsFor(field);
  }
})();
