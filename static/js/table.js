// Sorting, narrowing and taking along; the tables are complete without. State lives in the URL, only what is not default.
(() => {
  "use strict";
  const words = new Intl.Collator("en", { numeric: true });
  const AT_ONCE = 100, A_PART = 40;
  const SIGNS = ["scroll", "pointermove", "pointerdown", "touchstart", "keydown", "focusin"];
  const name = (cell) => (cell.querySelector("bdi") || cell).textContent;

  // Null is missing and comes last either way; so does a price that varies, which is negative.
  const value = (cell, kind, numeric) => {
    const exact = cell.dataset.v, number = Number(exact);
    if (exact === "") return null;
    if (!numeric) return kind === "day" ? exact : name(cell);
    return Number.isNaN(number) || (kind === "price" && number < 0) ? null : number;
  };
  const FITS = {
    author: (row, wanted) => row.author === wanted,
    cost: (row, wanted) => row.cost === wanted,
    takes: (row, wanted) => row.takes?.split(" ").includes(wanted),
    gives: (row, wanted) => row.gives?.split(" ").includes(wanted),
    context: (row, wanted) => Number(row.context) >= Number(wanted),
    price: (row, wanted) => row.price !== undefined && Number(row.price) <= Number(wanted),
  };
  // What a spreadsheet would run as a formula gets an apostrophe, as in the site's own files.
  const quoted = (text) => {
    const safe = /^[=+\-@\t\r\n]/.test(text) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  class Table {
    constructor(table, at) {
      this.table = table;
      this.mark = at ? at + 1 : "";
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows];
      this.heads = [...table.tHead.rows[0].cells];
      const before = table.parentNode.previousElementSibling;
      this.tools = before?.matches("[data-tools]") ? before : null;
      this.fields = this.tools ? [...this.tools.querySelectorAll("[data-by]")] : [];
      for (const head of this.heads) if (head.dataset.kind !== "spark") this.arm(head);
      if (this.tools) this.open();
      this.follow();
      this.unveil();
    }

    // Most rows of a long table wait for a reader: a sign of one, or the time it takes to become one, brings them
    // in small parts, each short enough for a key or a tap to come between.
    unveil() {
      if (!this.body.querySelector(".late")) return;
      const soon = window.requestIdleCallback ?? setTimeout, heard = new AbortController();
      const part = () => {
        const late = [...this.body.querySelectorAll(".late")];
        for (const row of late.slice(0, A_PART)) row.classList.remove("late");
        if (late.length > A_PART) soon(part, { timeout: 200 });
      };
      const start = () => {
        if (!heard.signal.aborted) soon(part, { timeout: 200 });
        heard.abort();
      };
      for (const sign of SIGNS) addEventListener(sign, start, { passive: true, signal: heard.signal });
      addEventListener("load", () => setTimeout(start, 4000));
    }

    arm(head) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const { kind, key } = head.dataset, numeric = head.classList.contains("n");
        const largest = numeric && kind !== "rank" && kind !== "price";
        const down = head.ariaSort ? head.ariaSort === "ascending" : largest;
        this.sort(key, down);
        this.keep({ sort: !down && key === this.table.dataset.order ? "" : `${key}:${down ? "desc" : "asc"}` }, true);
      });
    }

    open() {
      this.status = this.tools.querySelector("[role=status]");
      this.clear = this.tools.querySelector("[data-clear]");
      for (const field of this.fields) {
        const typed = field.matches("input");
        field.addEventListener(typed ? "input" : "change", () => {
          this.narrow();
          this.keep({ [field.dataset.by]: field.value.trim() }, !typed);
        });
        if (typed) {
          field.addEventListener("keydown", ({ key }) => {
            if (key !== "Escape") return;
            field.value = "";
            this.narrow();
            this.keep({ [field.dataset.by]: "" });
            field.blur();
          });
        }
      }
      this.clear.addEventListener("click", () => {
        this.keep(Object.fromEntries(["sort", ...this.fields.map((field) => field.dataset.by)].map((key) => [key, ""])), true);
        this.follow();
        this.fields[0].focus();
      });
      this.tools.querySelector("[data-save]").addEventListener("click", () => this.save());
      this.tools.disabled = false;
    }

    // Each choice is a step to go back from; what is typed replaces itself.
    keep(changed, step = false) {
      const url = new URL(location);
      for (const [key, to] of Object.entries(changed)) {
        if (to) url.searchParams.set(key + this.mark, to); else url.searchParams.delete(key + this.mark);
      }
      if (url.href !== location.href) history[step ? "pushState" : "replaceState"](history.state, "", url);
    }

    follow() {
      const state = new URLSearchParams(location.search);
      const [key, way] = state.get(`sort${this.mark}`)?.split(":") ?? [];
      if (key || this.sorted) this.sort(this.heads.some((head) => head.dataset.key === key) ? key : "", way === "desc");
      for (const field of this.fields) {
        field.value = state.get(field.dataset.by + this.mark) ?? "";
        if (field.value) field.closest("details")?.setAttribute("open", "");
      }
      if (this.tools) this.narrow();
    }

    sort(key, down) {
      const head = this.heads.find((one) => one.dataset.key === (key || this.table.dataset.order));
      for (const one of this.heads) one.ariaSort = null;
      if (head) head.ariaSort = down ? "descending" : "ascending";
      this.sorted = Boolean(key);
      this.place(key ? this.ordered(head, down) : this.rows);
      if (this.clear) this.narrow();
    }

    // The upper rows are laid out at once and the others after the next frame: hundreds of rows take their time.
    // Meanwhile the headings hold the columns' widths, so that nothing moves.
    place(rows) {
      const late = document.readyState === "complete" ? rows.slice(AT_ONCE) : [];
      if (late.length) {
        const widths = this.heads.map((head) => `${head.getBoundingClientRect().width}px`);
        this.heads.forEach((head, at) => { head.style.minWidth = widths[at]; });
        for (const row of late) row.classList.add("late");
        const turn = this.turn = {};
        requestAnimationFrame(() => setTimeout(() => {
          if (turn !== this.turn) return;
          for (const row of this.rows) row.classList.remove("late");
          for (const one of this.heads) one.style.minWidth = "";
        }));
      }
      for (const row of rows.slice(0, AT_ONCE)) row.classList.remove("late");
      this.body.append(...rows);
    }

    // Ties stay as they came.
    ordered(head, down) {
      const numeric = head.classList.contains("n"), way = down ? -1 : 1;
      const keyed = this.rows.map((row) => [value(row.cells[head.cellIndex], head.dataset.kind, numeric), row]);
      const compare = numeric ? (a, b) => a - b : words.compare;
      keyed.sort(([a], [b]) => (a === null) - (b === null) || (a === null ? 0 : compare(a, b) * way));
      return keyed.map(([, row]) => row);
    }

    narrow() {
      const asked = this.fields.filter((field) => field.value.trim());
      const parts = asked.filter((field) => field.dataset.by === "q").flatMap((field) => field.value.trim().toLowerCase().split(/\s+/));
      const facets = asked.filter((field) => FITS[field.dataset.by]);
      let left = 0;
      if (asked.length) for (const row of this.rows) row.classList.remove("late");
      this.rows.forEach((row) => {
        const text = parts.length && row.textContent.toLowerCase();
        const fits = parts.every((part) => text.includes(part))
          && facets.every((field) => FITS[field.dataset.by](row.dataset, field.value));
        if (row.hidden === fits) row.hidden = !fits;
        left += fits;
      });
      if (this.table.tFoot) this.table.tFoot.hidden = asked.length > 0;
      const said = asked.length ? `${left} of ${this.rows.length}` : `${this.rows.length} rows`;
      if (this.status.textContent !== said) this.status.textContent = said;
      this.clear.disabled = !asked.length && !this.sorted;
    }

    // The rows in sight, in their order, with exact values and the credit that goes wherever they go.
    save() {
      const credit = JSON.parse(this.table.dataset.credit), last = ["citation", "as_of", "license"], tail = last.map((key) => credit[key]);
      const kept = this.heads.filter((head) => head.dataset.kind !== "spark");
      const line = (row) => kept.flatMap(({ cellIndex, dataset }) => {
        const cell = row.cells[cellIndex], exact = cell.dataset.v ?? name(cell);
        return dataset.kind === "entity" ? [exact, exact && name(cell)] : [exact];
      });
      const first = kept.flatMap(({ dataset: { kind, key } }) => (kind === "entity" ? [key, `${key}_name`] : [key]));
      const seen = [...this.body.rows, ...(this.table.tFoot?.hidden === false ? this.table.tFoot.rows : [])].filter((row) => !row.hidden);
      const lines = [[...first, ...last], ...seen.map((row) => [...line(row), ...tail])];
      const text = lines.map((cells) => `${cells.map((cell) => quoted(String(cell ?? ""))).join(",")}\n`).join("");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
      link.download = `${this.table.dataset.table}-${String(credit.as_of).slice(0, 10)}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }
  }

  const tables = Array.from(document.querySelectorAll("table[data-table]"), (table, at) => new Table(table, at));
  addEventListener("popstate", () => tables.forEach((table) => table.follow()));
})();
