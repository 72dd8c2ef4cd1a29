// Sorts tables, filters them and saves what is seen; they are complete without this script.
// The address holds what differs from the start: ?sort=key:desc&q=words&author=slug&tools=yes.
(() => {
  "use strict";
  // Long tables come in bodies of so many rows (generator/render/table_cells.py).
  const ROWS_IN_A_BODY = 40;
  const ROWS_IN_A_PART = 10;
  const SIGNS_OF_A_READER = [
    "scroll",
    "pointermove",
    "pointerdown",
    "touchstart",
    "keydown",
    "focusin",
  ];
  const CREDIT = ["citation", "as_of", "license"];

  /** @type {Intl.Collator | undefined} made when first needed: on a phone it takes 40 ms */
  let collator;

  /** @typedef {string | number | null} SortValue null is missing */

  /**
   * Return what a cell is sorted by. A price that varies is negative and counts as missing.
   * @param {string | undefined} exact its data-v; empty if the value is missing
   * @param {string} shown its text
   * @param {string} kind of the column
   * @param {boolean} numeric whether the column is
   * @returns {SortValue}
   */
  function sortValue(exact, shown, kind, numeric) {
    if (exact === "") return null;
    if (!numeric) return kind === "day" ? (exact ?? null) : shown;
    const number = Number(exact);
    return Number.isNaN(number) || (kind === "price" && number < 0) ? null : number;
  }

  /**
   * Return items in order of their values: missing ones last either way, equal ones as they came.
   * @template T
   * @param {[SortValue, T][]} valued
   * @param {boolean} descending
   * @returns {T[]}
   */
  function ordered(valued, descending) {
    const direction = descending ? -1 : 1;
    const known = valued.filter(([value]) => value !== null);
    const missing = valued.filter(([value]) => value === null);
    known.sort(([a], [b]) => direction * compareValues(a, b));
    return [...known, ...missing].map(([, item]) => item);
  }

  /**
   * @param {SortValue} a
   * @param {SortValue} b
   */
  function compareValues(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    collator ??= new Intl.Collator("en", { numeric: true });
    return collator.compare(String(a), String(b));
  }

  /**
   * Return whether a row has what a choice asks for; the facts come from
   * generator/render/filters.py.
   * @param {Record<string, string | undefined>} facts
   * @param {string} by the name of the choice
   * @param {string} wanted
   */
  function fits(facts, by, wanted) {
    const fact = facts[by];
    if (by === "input" || by === "output") return words(fact).includes(wanted);
    if (by === "context") return Number(fact) >= Number(wanted);
    if (by === "price") return fact !== undefined && Number(fact) <= Number(wanted);
    if (by === "author" || by === "cost" || by in facts) return fact === wanted;
    return words(facts.has).includes(by);
  }

  /** @param {string | undefined} text */
  function words(text) {
    return (text ?? "").split(" ");
  }

  /**
   * Return how many of the fields are behind "More filters".
   * @param {{closest: (selector: string) => unknown}[]} fields
   */
  function foldedAway(fields) {
    return fields.filter((field) => field.closest("details")).length;
  }

  /**
   * Return the words that a row's text must hold, each of them.
   * @param {string} query
   */
  function queryWords(query) {
    return query.toLowerCase().split(/\s+/).filter(Boolean);
  }

  /**
   * Return one field of a CSV line. What a spreadsheet would run as a formula gets an apostrophe,
   * as in the site's own files.
   * @param {string} text
   */
  function csvField(text) {
    const isNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
    const safe = /^[=+\-@\t\r\n]/.test(text) && !isNumber ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /**
   * Return a CSV file of these lines.
   * @param {string[][]} lines
   */
  function csv(lines) {
    return lines.map((cells) => `${cells.map(csvField).join(",")}\n`).join("");
  }

  // How many of a table's rows are shown; with a noun all of them are.
  /** @type {(left: number, all: number, noun: string) => string} */
  function countInWords(left, all, noun) {
    const [shown, every] = [left, all].map((count) =>
      String(count).replace(/\B(?=(\d{3})+$)/g, ","),
    );
    return noun ? `${every} ${noun}` : `Showing ${shown} of ${every}`;
  }

  if (typeof document === "undefined") {
    module.exports = {
      countInWords,
      csv,
      csvField,
      fits,
      foldedAway,
      ordered,
      queryWords,
      sortValue,
    };
    return;
  }

  // On a phone, filters that an address sets would push the table out of sight.
  const WIDE = matchMedia("(min-width: 40.01rem)");

  /** @param {Element} field */
  function showMore(field) {
    field.closest("details")?.setAttribute("open", "");
  }

  /** @param {HTMLTableCellElement} cell */
  function shownText(cell) {
    return (cell.querySelector("bdi") ?? cell).textContent ?? "";
  }

  /**
   * Return whether a row's text has each of the words.
   * @param {HTMLTableRowElement} row
   * @param {string[]} sought in lower case
   */
  function holds(row, sought) {
    const text = sought.length ? (row.textContent ?? "").toLowerCase() : "";
    return sought.every((word) => text.includes(word));
  }

  // A sign of a reader, or the time that one takes.
  const reader = new Promise((resolve) => {
    for (const sign of SIGNS_OF_A_READER) addEventListener(sign, resolve, { once: true });
    addEventListener("load", () => setTimeout(resolve, 4000));
  });

  // When there is time, in another frame: two parts in one would be laid out as one.
  const timeForMore = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        if ("requestIdleCallback" in window) window.requestIdleCallback(resolve, { timeout: 50 });
        else setTimeout(resolve);
      });
    });

  /**
   * Return what filters a table, which is before its frame; null if nothing does.
   * @param {Element | null} frame
   */
  function toolsBefore(frame) {
    const before = frame?.previousElementSibling;
    return before instanceof HTMLFieldSetElement && "tools" in before.dataset ? before : null;
  }

  /**
   * @param {HTMLFieldSetElement | null} tools
   * @returns {(HTMLInputElement | HTMLSelectElement)[]}
   */
  function fieldsOf(tools) {
    /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement> | undefined} */
    const fields = tools?.querySelectorAll("[data-by]");
    return [...(fields ?? [])];
  }

  /**
   * Return what is said in place of a table of which nothing fits; null if nothing is.
   * @param {Element | null} frame
   */
  function nothingAfter(frame) {
    const after = frame?.nextElementSibling;
    return after instanceof HTMLElement && "none" in after.dataset ? after : null;
  }

  /**
   * Return what is chosen or typed in a field, empty if nothing is.
   * @param {HTMLInputElement | HTMLSelectElement} field
   */
  function chosen(field) {
    const tick = tickOf(field);
    if (tick) return tick.checked ? tick.value : "";
    return field.value.trim();
  }

  /**
   * @param {HTMLInputElement | HTMLSelectElement} field
   * @param {string} value
   */
  function choose(field, value) {
    const tick = tickOf(field);
    if (tick) tick.checked = value === tick.value;
    else field.value = value;
  }

  /**
   * Return a field that is ticked; null for one in which something is typed or chosen.
   * @param {HTMLInputElement | HTMLSelectElement} field
   */
  function tickOf(field) {
    return field instanceof HTMLInputElement && field.type === "checkbox" ? field : null;
  }

  class Table {
    /**
     * @param {HTMLTableElement} table
     * @param {number} number of the table on its page; from the second on, it marks its parameters
     */
    constructor(table, number) {
      this.table = table;
      this.suffix = number ? String(number + 1) : "";
      this.bodies = [...table.tBodies];
      this.rows = this.rowsNow();
      this.heads = [...(table.tHead?.rows[0].cells ?? [])];
      this.sorted = false;
      this.narrowed = false;
      this.turn = 0;
      /** @type {HTMLElement | null} */
      this.frame = table.closest(".fitted");
      this.tools = toolsBefore(this.frame);
      this.fields = fieldsOf(this.tools);
      this.status = this.tools?.querySelector("[role=status]");
      /** @type {HTMLButtonElement | null | undefined} */
      this.clearButton = this.tools?.querySelector("[data-clear]");
      this.nothing = this.tools && nothingAfter(this.frame);
      const sorting = this.heads.filter(({ dataset: { kind } }) => kind !== "spark");
      if (table.classList.contains("sorts")) sorting.forEach((head) => this.armHead(head));
      this.armTools();
      // Another script has other values or rows.
      table.addEventListener("filled", (event) => {
        this.rows = /** @type {CustomEvent} */ (event).detail;
        this.place(this.rows);
        this.followAddress();
      });
      for (const sign of ["resize", "beforeprint"]) {
        addEventListener(sign, () => this.holdWidths([]));
      }
      this.followAddress();
      this.showWaitingRows();
      table.dataset.live = "";
    }

    // Most rows of a long table wait for a reader, then come in parts with room for a tap between.
    async showWaitingRows() {
      this.turn += 1;
      const { turn } = this;
      const late = this.rowsNow().filter(({ classList }) => classList.contains("late"));
      await reader;
      for (let at = 0; at < late.length; at += ROWS_IN_A_PART) {
        await timeForMore();
        if (turn !== this.turn) return;
        for (const row of late.slice(at, at + ROWS_IN_A_PART)) row.classList.remove("late");
      }
    }

    /** @param {HTMLTableCellElement} head */
    armHead(head) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => this.sortByClick(head));
    }

    /** @param {HTMLTableCellElement} head */
    sortByClick(head) {
      const { kind = "", key = "" } = head.dataset;
      const smallestFirst = ["rank", "price", "cost"].includes(kind);
      const largestFirst = head.classList.contains("n") && !smallestFirst;
      const descending = head.ariaSort ? head.ariaSort === "ascending" : largestFirst;
      this.sort(key, descending);
      const asAtFirst = !descending && key === this.table.dataset.order;
      const direction = descending ? "desc" : "asc";
      this.writeAddress({ sort: asAtFirst ? "" : `${key}:${direction}` }, true);
    }

    armTools() {
      if (!this.tools) return;
      for (const field of this.fields) this.armField(field);
      for (const button of [this.clearButton, this.nothing?.querySelector("[data-clear]")]) {
        button?.addEventListener("click", () => this.clear());
      }
      this.tools.querySelector("[data-save]")?.addEventListener("click", () => this.save());
      this.tools.disabled = false;
    }

    clear() {
      const names = ["sort", ...this.fields.map((field) => field.dataset.by ?? "")];
      this.writeAddress(Object.fromEntries(names.map((name) => [name, ""])), true);
      this.followAddress();
      this.fields[0].focus();
    }

    /** @param {HTMLInputElement | HTMLSelectElement} field */
    armField(field) {
      const { by = "" } = field.dataset;
      const typed = field instanceof HTMLInputElement && !tickOf(field);
      field.addEventListener(typed ? "input" : "change", () => {
        this.narrow();
        this.writeAddress({ [by]: chosen(field) }, !typed);
      });
      if (!typed) return;
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        field.value = "";
        this.narrow();
        this.writeAddress({ [by]: "" });
        field.blur();
      });
    }

    /**
     * Put choices into the address.
     * @param {Record<string, string>} changed by name; an empty one is taken out
     * @param {boolean} step whether the reader can go back from it; what is typed is replaced
     */
    writeAddress(changed, step = false) {
      /** @type {[string, string][]} */
      const choices = Object.entries(changed).map(([name, value]) => [name + this.suffix, value]);
      window.leaderboardsAddress?.choose(choices, !step);
    }

    followAddress() {
      const asked = new URLSearchParams(location.search);
      const [key, direction] = asked.get(`sort${this.suffix}`)?.split(":") ?? [];
      const known = this.heads.some((head) => head.dataset.key === key);
      if (key || this.sorted) this.sort(known ? key : "", direction === "desc");
      for (const field of this.fields) {
        choose(field, asked.get(field.dataset.by + this.suffix) ?? "");
        if (WIDE.matches && chosen(field)) showMore(field);
      }
      this.narrow();
    }

    /**
     * @param {string} key of a column; "" for the order in which the rows came
     * @param {boolean} descending
     */
    sort(key, descending) {
      const wanted = key || this.table.dataset.order;
      const head = this.heads.find((candidate) => candidate.dataset.key === wanted);
      for (const other of this.heads) other.ariaSort = null;
      if (head) head.ariaSort = descending ? "descending" : "ascending";
      this.sorted = Boolean(key);
      this.place(key && head ? this.orderedBy(head, descending) : this.rows);
      this.narrow();
    }

    /**
     * @param {HTMLTableCellElement} head
     * @param {boolean} descending
     */
    orderedBy(head, descending) {
      const numeric = head.classList.contains("n");
      const kind = head.dataset.kind ?? "";
      /** @type {[SortValue, HTMLTableRowElement][]} */
      const valued = this.rows.map((row) => {
        const cell = row.cells[head.cellIndex];
        return [sortValue(cell.dataset.v, shownText(cell), kind, numeric), row];
      });
      return ordered(valued, descending);
    }

    rowsNow() {
      return this.bodies.flatMap((body) => [...body.rows]);
    }

    /**
     * Put rows in this order: the first at once, the others bit by bit, in columns as wide as now.
     * @param {HTMLTableRowElement[]} rows
     */
    place(rows) {
      if (rows.length > ROWS_IN_A_BODY) {
        this.holdWidths(this.heads.map((head) => `${head.getBoundingClientRect().width}px`));
      }
      for (const body of this.bodies) body.replaceChildren();
      rows.forEach((row, at) => {
        row.classList.toggle("late", at >= ROWS_IN_A_BODY);
        (this.bodies[Math.floor(at / ROWS_IN_A_BODY)] ?? this.bodies.at(-1))?.append(row);
      });
      this.showWaitingRows();
    }

    holdWidths(/** @type {string[]} */ widths) {
      this.heads.forEach((head, at) => (head.style.minWidth = widths[at] ?? ""));
    }

    narrow() {
      if (!this.tools) return;
      const asked = this.fields.filter(chosen);
      const sought = asked.flatMap((field) =>
        field.dataset.by === "q" ? queryWords(field.value) : [],
      );
      const choices = asked.filter((field) => field.dataset.by !== "q");
      // Before anything was chosen all rows are shown, and need not be looked at.
      const touched = asked.length > 0 || this.narrowed;
      const left = touched ? this.showFitting(sought, choices) : this.rows.length;
      this.narrowed = asked.length > 0;
      const set = this.tools.querySelector("[data-set]");
      const folded = foldedAway(choices);
      if (set) set.textContent = folded ? `(${folded})` : "";
      this.report(left, asked.length > 0);
      this.showOrSayNothing(left);
    }

    /**
     * Show the rows that fit and hide the others.
     * @param {string[]} sought words, in lower case
     * @param {(HTMLInputElement | HTMLSelectElement)[]} choices
     * @returns {number} how many fit
     */
    showFitting(sought, choices) {
      let left = 0;
      for (const row of this.rows) {
        const fitting =
          holds(row, sought) &&
          choices.every((field) => fits(row.dataset, field.dataset.by ?? "", chosen(field)));
        row.classList.remove("late");
        if (row.hidden === fitting) row.hidden = !fitting;
        if (fitting) left += 1;
      }
      return left;
    }

    /**
     * Show the table; where no row fits, say so in its place.
     * @param {number} left the number of rows that fit
     */
    showOrSayNothing(left) {
      if (this.nothing) this.nothing.hidden = left > 0;
      if (this.frame) this.frame.hidden = left === 0;
    }

    /**
     * @param {number} left the number of rows that fit
     * @param {boolean} narrowed
     */
    report(left, narrowed) {
      if (this.table.tFoot) this.table.tFoot.hidden = narrowed;
      const noun = this.tools?.dataset.noun ?? "rows";
      const count = countInWords(left, this.rows.length, narrowed ? "" : noun);
      if (this.status && this.status.textContent !== count) this.status.textContent = count;
      if (this.clearButton) this.clearButton.disabled = !narrowed && !this.sorted;
    }

    // The rows in sight, in their order, with exact values and the credit they have to carry.
    save() {
      const credit = JSON.parse(this.table.dataset.credit ?? "{}");
      const text = csv(this.lines(CREDIT.map((name) => String(credit[name] ?? ""))));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
      link.download = `${this.table.dataset.table}-${String(credit.as_of).slice(0, 10)}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }

    /**
     * Return the lines of the CSV file, the heading first.
     * @param {string[]} credit what stands in the last columns of each row
     */
    lines(credit) {
      const kept = this.heads.filter((head) => head.dataset.kind !== "spark");
      const names = kept.flatMap(({ dataset: { kind, key = "" } }) =>
        kind === "entity" ? [key, `${key}_name`] : [key],
      );
      const foot = this.table.tFoot?.hidden === false ? [...this.table.tFoot.rows] : [];
      const seen = [...this.rowsNow(), ...foot].filter((row) => !row.hidden);
      const values = seen.map((row) => kept.flatMap((head) => exactValues(row, head)));
      return [[...names, ...CREDIT], ...values.map((line) => [...line, ...credit])];
    }
  }

  /**
   * Return what a cell holds: its exact value, and of an entity also the name.
   * @param {HTMLTableRowElement} row
   * @param {HTMLTableCellElement} head
   */
  function exactValues(row, head) {
    const cell = row.cells[head.cellIndex];
    const exact = cell.dataset.v ?? shownText(cell);
    if (head.dataset.kind !== "entity") return [exact];
    return [exact, exact && shownText(cell)];
  }

  /** @type {NodeListOf<HTMLTableElement>} */
  const found = document.querySelectorAll("table[data-table]");
  const tables = Array.from(found, (table, number) => new Table(table, number));
  window.leaderboardsAddress?.follow(() => tables.forEach((table) => table.followAddress()));
})();
