// The table under the chart of the frontier: at another ratio of input to output tokens it says
// what the chart shows then.
(() => {
  "use strict";
  const MISSING = "–";
  const COMPUTED = ["blended", "on_frontier", "beaten_by"];

  /** @typedef {{ row: HTMLTableRowElement, model: ChartRow }} Place */

  class FrontierTable {
    /**
     * @param {Element} sheet
     * @param {HTMLTableElement} table
     * @param {Element} finding
     * @param {string} pattern what is found at another ratio
     */
    constructor(sheet, table, finding, pattern) {
      this.sheet = sheet;
      this.finding = finding;
      this.pattern = pattern;
      this.usual = finding.textContent;
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows];
      const heads = [...(table.tHead?.rows[0].cells ?? [])];
      this.keys = heads.map(({ dataset }) => dataset.key);
      const cells = this.rows.flatMap((row) => COMPUTED.map((key) => this.cell(row, key)));
      this.built = cells.map((cell) => ({
        cell,
        exact: cell.dataset.v,
        nodes: [...cell.childNodes],
      }));
      finding.setAttribute("role", "status");
      sheet.addEventListener("leaderboards:drawn", (event) => {
        this.show(/** @type {CustomEvent} */ (event).detail.ratio ?? "");
      });
    }

    /** @param {string} ratio empty for the usual one */
    show(ratio) {
      this.finding.textContent = this.usual;
      for (const { cell, exact, nodes } of this.built) write(cell, exact, ...nodes);
      if (!ratio) return;
      const places = this.places();
      for (const place of places) this.writeRow(place, places);
      const isSorted = new URLSearchParams(location.search).has("sort");
      if (!isSorted) this.body.append(...places.map(({ row }) => row));
      const best = places.filter(({ model }) => model.best).length;
      this.finding.textContent = this.pattern.replace("{ratio}", ratio).replace("{on}", `${best}`);
    }

    // The rows with what the chart shows of them, cheapest first.
    places() {
      const marks = [...this.sheet.querySelectorAll(".live path")];
      /** @type {ChartRow[]} */
      const models = marks.map((mark) => /** @type {any} */ (mark).__data__?.datum ?? {});
      const places = this.rows.map((row) => {
        const id = row.cells[0].dataset.v;
        const score = Number(this.cell(row, "intelligence_index").dataset.v);
        const fits = models.find((one) => one.model_permaslug === id && one.y === score);
        return { row, model: fits ?? {} };
      });
      return places.sort((a, b) => a.model.price - b.model.price || b.model.y - a.model.y);
    }

    /** @type {(place: Place, places: Place[]) => void} */
    writeRow({ row, model }, places) {
      const { best, price, rival, words } = model;
      const better = best ? undefined : places.find((one) => one.model.place === rival)?.row;
      const name = better?.querySelector("th bdi")?.textContent ?? "";
      const label = better?.querySelector("th .name")?.cloneNode(true) ?? MISSING;
      const yes = best ? "yes" : "";
      write(this.cell(row, "blended"), `${Number((price / 1e6).toPrecision(12))}`, words);
      write(this.cell(row, "on_frontier"), yes, yes);
      write(this.cell(row, "beaten_by"), name, label);
    }

    /** @type {(row: HTMLTableRowElement, key: string) => HTMLTableCellElement} */
    cell(row, key) {
      return row.cells[this.keys.indexOf(key)];
    }
  }

  /** @type {(cell: HTMLElement, exact?: string, ...shown: (string | Node)[]) => void} */
  function write(cell, exact, ...shown) {
    cell.dataset.v = exact;
    cell.replaceChildren(...shown);
  }

  /** @type {HTMLElement | null} */
  const pattern = document.querySelector("[data-frontier]");
  const sheet = pattern?.parentElement;
  const table = sheet?.querySelector("table");
  const finding = sheet?.querySelector(".finding");
  if (pattern && sheet && table && finding) {
    new FrontierTable(sheet, table, finding, pattern.dataset.frontier ?? "");
  }
})();
