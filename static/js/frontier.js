// The table under the chart of the frontier: at another ratio of input to output tokens it says
// what the chart shows then.
(() => {
  "use strict";
  const MISSING = "–";

  /** @typedef {{ row: HTMLTableRowElement, model: ChartRow }} Place */

  /** @type {HTMLElement | null} */
  const pattern = document.querySelector("[data-frontier]");
  const sheet = pattern?.parentElement;
  const table = sheet?.querySelector("table");
  const finding = sheet?.querySelector(".finding");
  if (!pattern || !sheet || !table || !finding) return;
  const usual = finding.textContent;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const keys = [...(table.tHead?.rows[0].cells ?? [])].map(({ dataset }) => dataset.key);

  /** @type {(row: HTMLTableRowElement, key: string) => HTMLTableCellElement} */
  const cellOf = (row, key) => row.cells[keys.indexOf(key)];

  /** @type {(cell: HTMLElement, exact?: string, ...shown: (string | Node)[]) => void} */
  function write(cell, exact, ...shown) {
    cell.dataset.v = exact;
    cell.replaceChildren(...shown);
  }

  // The rows with what the chart shows of them, cheapest first.
  const placesNow = () => {
    const marks = [...sheet.querySelectorAll(".live path")];
    /** @type {ChartRow[]} */
    const models = marks.map((mark) => /** @type {any} */ (mark).__data__?.datum ?? {});
    const places = rows.map((row) => {
      const id = row.cells[0].dataset.v;
      const score = Number(cellOf(row, "intelligence_index").dataset.v);
      const fits = models.find((one) => one.model_permaslug === id && one.y === score);
      return { row, model: fits ?? {} };
    });
    return places.sort((a, b) => a.model.price - b.model.price || b.model.y - a.model.y);
  };

  /** @type {(place: Place, places: Place[]) => void} */
  function writeRow({ row, model }, places) {
    const { best, price, rival, words } = model;
    const better = best ? undefined : places.find((one) => one.model.place === rival)?.row;
    const name = better?.querySelector("th bdi")?.textContent ?? "";
    const label = better?.querySelector("th .name")?.cloneNode(true) ?? MISSING;
    const yes = best ? "yes" : "";
    write(cellOf(row, "blended"), `${Number((price / 1e6).toPrecision(12))}`, words);
    write(cellOf(row, "on_frontier"), yes, yes);
    write(cellOf(row, "beaten_by"), name, label);
  }

  const computed = ["blended", "on_frontier", "beaten_by"];
  const cells = rows.flatMap((row) => computed.map((key) => cellOf(row, key)));
  const built = cells.map((cell) => ({ cell, exact: cell.dataset.v, nodes: [...cell.childNodes] }));
  finding.setAttribute("role", "status");
  sheet.addEventListener("leaderboards:drawn", (event) => {
    const ratio = /** @type {CustomEvent} */ (event).detail.ratio ?? "";
    finding.textContent = usual;
    for (const { cell, exact, nodes } of built) write(cell, exact, ...nodes);
    if (!ratio) return;
    const places = placesNow();
    for (const place of places) writeRow(place, places);
    const isSorted = new URLSearchParams(location.search).has("sort");
    if (!isSorted) body.append(...places.map(({ row }) => row));
    const best = places.filter(({ model }) => model.best).length;
    const said = (pattern.dataset.frontier ?? "").replace("{ratio}", ratio);
    finding.textContent = said.replace("{on}", `${best}`);
  });
})();
