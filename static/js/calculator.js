// The monthly bill of a reader's own workload, for each listing of the table. The address holds
// what differs from the first example: ?in=60000&out=8000&cached=80&requests=1000&turns=30&batch=1.
// The formula is that of generator/boards/bills.py; tests/vectors/bills.json holds both to it.
(() => {
  "use strict";

  /**
   * Prices in US dollars, per token or for a call, of prompts of at least so many tokens.
   * @typedef {object} Tier
   * @property {number} least
   * @property {number} fresh
   * @property {number} written
   * @property {number} read
   * @property {number} output
   * @property {number} call
   */
  /** @typedef {{ tiers: Tier[] | null, context: number | null, batch: boolean }} Tariff */
  /**
   * @typedef {object} Workload
   * @property {number} tokens_in
   * @property {number} tokens_out
   * @property {number} cached from 0 to 1
   * @property {number} requests in a month
   * @property {number} turns
   */
  /** @typedef {Record<string, number>} Numbers by the name of their field */

  /**
   * Return US dollars for a month; null where prices are not known or a request does not fit into
   * the context. In turn k of n the prompt is k/n of the input and (k - 1)/n of the output.
   * @param {Tariff} tariff
   * @param {Workload} workload
   */
  function monthlyBill({ tiers, context }, workload) {
    const { tokens_in: into, tokens_out: out, cached: share, requests, turns } = workload;
    if (tiers === null || (context !== null && into + out > context)) return null;
    let request = 0;
    for (let turn = 1; turn <= turns; turn += 1) {
      const prompt = (into * turn + out * (turn - 1)) / turns;
      const tier = tiers.filter(({ least }) => prompt >= least).at(-1) ?? tiers[0];
      const cached = prompt * share;
      const uncached = share ? tier.written : tier.fresh;
      request += cached * tier.read + (prompt - cached) * uncached;
      request += (out / turns) * tier.output + tier.call;
    }
    return request * requests;
  }

  /**
   * Return an amount as formats.dollars() writes it.
   * @param {number} amount
   */
  function dollars(amount) {
    if (amount > 0 && amount < 0.005) return "< $0.01";
    const cents = amount.toFixed(2);
    if (Number(cents) < 100) return `$${cents.replace(/\.00$/, "")}`;
    return `$${amount.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",")}`;
  }

  /**
   * Return the workload that numbers of a form stand for.
   * @param {Numbers} numbers
   * @returns {Workload}
   */
  function workloadOf(numbers) {
    return {
      tokens_in: numbers.in,
      tokens_out: numbers.out,
      cached: numbers.cached / 100,
      requests: numbers.requests,
      turns: numbers.turns,
    };
  }

  /**
   * Return the number that a text stands for, within its bounds; the usual one where it is none.
   * @param {string | null} text
   * @param {{ usual: number, least: number, most: number, whole: boolean }} bounds
   */
  function numberOf(text, { usual, least, most, whole }) {
    const number = Number(text);
    if (!text?.trim() || !Number.isFinite(number)) return usual;
    return Math.min(most, Math.max(least, whole ? Math.round(number) : number));
  }

  /**
   * Compare two bills for the usual order: the lowest first, then free listings, then none.
   * @param {number | null} a
   * @param {number | null} b
   */
  function compareBills(a, b) {
    const group = (/** @type {number | null} */ bill) => (bill === null ? 2 : Number(bill === 0));
    return group(a) - group(b) || (a ?? 0) - (b ?? 0);
  }

  if (typeof document === "undefined") {
    module.exports = { compareBills, dollars, monthlyBill, numberOf, workloadOf };
    return;
  }

  class Calculator {
    /**
     * @param {HTMLElement} form
     * @param {HTMLTableElement} table
     */
    constructor(form, table) {
      this.form = form;
      this.table = table;
      this.rows = [...table.tBodies].flatMap((body) => [...body.rows]);
      this.head = table.tHead?.querySelector('[data-key="bill"]');
      this.column = this.head instanceof HTMLTableCellElement ? this.head.cellIndex : -1;
      /** @type {HTMLInputElement[]} */
      this.fields = [...form.querySelectorAll("input")].filter(({ type }) => type === "number");
      /** @type {HTMLInputElement | null} */
      this.batch = form.querySelector("input[type=checkbox]");
      this.said = form.querySelector("[role=status]");
      /** @type {Record<string, Tariff>} */
      this.tariffs = {};
    }

    async start() {
      const answer = await fetch(this.form.dataset.calculator ?? "");
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      this.tariffs = (await answer.json()).models;
      for (const field of this.fields) {
        field.addEventListener("input", () => this.update());
        // A number that is out of bounds, or none, gives way to the one that counts.
        field.addEventListener("change", () => {
          field.value = String(numberOf(field.value, this.bounds(field)));
        });
      }
      this.batch?.addEventListener("change", () => this.update());
      window.leaderboardsAddress?.follow(() => this.follow());
      for (const link of this.form.querySelectorAll("a")) {
        link.addEventListener("click", (event) => this.take(event, link));
      }
      const label = this.head?.querySelector("button") ?? this.head;
      if (label) label.textContent = "Your workload";
      this.follow();
    }

    /**
     * Take an example's numbers without loading the page again.
     * @param {MouseEvent} event
     * @param {HTMLAnchorElement} link
     */
    take(event, link) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const url = new URL(location.href);
      for (const { name } of this.fields) url.searchParams.delete(name);
      for (const [name, value] of new URL(link.href).searchParams) {
        url.searchParams.set(name, value);
      }
      window.leaderboardsAddress?.go(url.href);
      this.follow();
    }

    /** @param {HTMLInputElement} field */
    bounds(field) {
      const { defaultValue, min, max, step } = field;
      return {
        usual: Number(defaultValue),
        least: Number(min),
        most: Number(max),
        whole: step === "1",
      };
    }

    // Take the numbers of the address.
    follow() {
      const asked = new URLSearchParams(location.search);
      for (const field of this.fields) {
        field.value = String(numberOf(asked.get(field.name), this.bounds(field)));
      }
      if (this.batch) this.batch.checked = asked.get("batch") === "1";
      this.show();
    }

    // Put the numbers into the address, those that differ from the first example's.
    update() {
      const url = new URL(location.href);
      for (const field of this.fields) {
        const { usual } = this.bounds(field);
        const number = numberOf(field.value, this.bounds(field));
        if (number === usual) url.searchParams.delete(field.name);
        else url.searchParams.set(field.name, String(number));
      }
      if (this.batch?.checked) url.searchParams.set("batch", "1");
      else url.searchParams.delete("batch");
      window.leaderboardsAddress?.go(url.href, true);
      this.show();
    }

    show() {
      /** @type {Numbers} */
      const numbers = {};
      for (const field of this.fields) {
        numbers[field.name] = numberOf(field.value, this.bounds(field));
      }
      const workload = workloadOf(numbers);
      const isBatch = Boolean(this.batch?.checked);
      const offered = this.rows.filter((row) => Boolean(this.tariff(row)?.batch) === isBatch);
      const bills = offered.map((row) => ({ row, bill: this.fill(row, workload) }));
      bills.sort((a, b) => compareBills(a.bill, b.bill));
      // The table's own script takes these rows and their order for the usual ones.
      const detail = bills.map(({ row }) => row);
      this.table.dispatchEvent(new CustomEvent("filled", { detail }));
      this.say(bills.map(({ bill }) => bill));
    }

    /** @param {HTMLTableRowElement} row */
    tariff(row) {
      return this.tariffs[row.querySelector("th")?.dataset.v ?? ""];
    }

    /**
     * Write the bill into a row's cell and return it; null where there is none.
     * @param {HTMLTableRowElement} row
     * @param {Workload} workload
     */
    fill(row, workload) {
      const tariff = this.tariff(row);
      const bill = tariff ? monthlyBill(tariff, workload) : null;
      const cell = row.cells[this.column];
      cell.dataset.v = bill === null ? "" : String(bill);
      cell.textContent = bill === null ? "–" : dollars(bill);
      cell.title = tariff?.tiers && bill === null ? "Longer than the model's context" : "";
      return bill;
    }

    /** @param {(number | null)[]} bills */
    say(bills) {
      const known = bills.filter((bill) => bill !== null).length;
      if (this.said) this.said.textContent = `${known} of ${bills.length} listings have a bill`;
    }
  }

  /** @type {HTMLElement | null} */
  const form = document.querySelector("[data-calculator]");
  /** @type {HTMLTableElement | null} */
  const table = document.querySelector('[data-table="bills"]');
  if (form && table) {
    new Calculator(form, table).start().catch(() => {
      const said = form.querySelector("[role=status]");
      if (said) said.textContent = "The prices could not be loaded; the examples stand below.";
    });
  }
})();
