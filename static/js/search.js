// The search box: a combobox over an index that is fetched when it is first used.
// Also fills the page of results.
(() => {
  "use strict";
  const MOST_SUGGESTIONS = 8;
  const MOST_RESULTS = 100;
  const LONGEST_HEADING = 100;
  const NOTHING = "Nothing of that name";
  const FAILED = "The index could not be fetched";

  /** @typedef {{ groups: { kind: string, at: string, rows: string[][] }[] }} Index */
  /** @typedef {{ kind: string, name: string, path: string, text: string, all: string }} Entry */

  /**
   * Return a text without case and accents.
   * @param {string} text
   */
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /**
   * Return the entries of the index: `text` is the name to compare with, `all` also holds the rest.
   * @param {Index} index
   * @returns {Entry[]}
   */
  function entries({ groups }) {
    return groups.flatMap(({ kind, at, rows }) =>
      rows.map(([name, path, more = ""]) => {
        const text = plain(name);
        const all = `${text} ${plain(`${kind} ${path} ${more}`)}`;
        return { kind, name, path: at + path, text, all };
      }),
    );
  }

  /**
   * Return how well an entry fits, 0 if some word is missing: a name that starts with the query
   * comes before one that has a part starting with it, and that before one that only holds it.
   * @param {Entry} entry
   * @param {string} query plain
   */
  function score({ text, all }, query) {
    const words = query.split(/\s+/);
    if (!query || !words.every((word) => all.includes(word))) return 0;
    const parts = ` ${text.replaceAll(/[:/()-]/g, " ")}`;
    const startsPart = (/** @type {string} */ word) => parts.includes(` ${word}`);
    if (text.startsWith(query)) return 4;
    if (startsPart(query)) return 3;
    return words.every(startsPart) ? 2 : 1;
  }

  /**
   * Return the entries that fit a query, the best first, of equal ones in the order of the index.
   * @param {Entry[]} all
   * @param {string} query as typed
   */
  function ranked(all, query) {
    const wanted = plain(query.trim());
    return all
      .map((entry) => ({ entry, points: score(entry, wanted) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points)
      .map(({ entry }) => entry);
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
    module.exports = { afterArrow, byKind, entries, plain, ranked };
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
   * @param {string | Node | Node[]} content
   * @param {Record<string, string>} attributes
   */
  function element(tag, content, attributes = {}) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...[content].flat());
    return made;
  }

  /** @typedef {{ name: string, kind: string, go: () => void }} Suggestion */

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
      [...this.list.children].forEach((option, at) => {
        option.setAttribute("aria-selected", String(at === number));
      });
      if (number < 0) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      this.input.setAttribute("aria-activedescendant", `found-${number}`);
      this.list.children[number].scrollIntoView({ block: "nearest" });
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
      this.found = this.suggestions(all, query);
      this.list.replaceChildren(...this.found.map(optionFor));
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.choose(-1);
    }

    /**
     * @param {Entry[] | null} all null if the index could not be fetched
     * @param {string} query
     * @returns {Suggestion[]}
     */
    suggestions(all, query) {
      const hits = all ? ranked(all, query) : [];
      const made = hits.slice(0, MOST_SUGGESTIONS).map((hit) => ({
        name: hit.name,
        kind: hit.kind,
        go: () => {
          location.href = addressOf(hit);
        },
      }));
      if (hits.length > MOST_SUGGESTIONS) {
        const name = `All ${hits.length} results`;
        made.push({ name, kind: "", go: () => this.goToResults() });
      }
      if (made.length) return made;
      return [{ name: all ? NOTHING : FAILED, kind: "", go: () => this.close() }];
    }
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} number
   */
  function optionFor({ name, kind, go }, number) {
    const option = element("li", [element("bdi", name), element("small", kind)], {
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
    heading.textContent = `“${query.trim().slice(0, LONGEST_HEADING)}”`;
    document.title = `${heading.textContent} · OpenRouter Leaderboards`;
    const all = await load().catch(() => null);
    if (all) showResults(results, ranked(all, query).slice(0, MOST_RESULTS));
    else results.replaceChildren(element("p", `${FAILED}.`, { class: "empty" }));
  }

  /**
   * @param {Element} results
   * @param {Entry[]} hits
   */
  function showResults(results, hits) {
    const count = hits.length === 1 ? "1 result" : `${hits.length} results`;
    const summary = hits.length ? count : `${NOTHING}. Try fewer letters, or part of the name.`;
    results.replaceChildren(element("p", summary, { role: "status", class: "said" }));
    for (const [kind, members] of byKind(hits)) {
      const links = members.map((hit) =>
        element("li", element("a", element("bdi", hit.name), { href: addressOf(hit) })),
      );
      results.append(element("h2", kind), element("ul", links, { class: "hits" }));
    }
  }

  if (field && list) {
    new SearchBox(field, list);
    showResultsFor(field);
  }
})();
