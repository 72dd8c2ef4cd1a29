// Sorting and filtering; the tables are complete without. State lives in the URL.
{
  const words = new Intl.Collator("en", { numeric: true });
  const state = new URLSearchParams(location.search);
  const keep = (key, value) => {
    if (value) state.set(key, value); else state.delete(key);
    const url = new URL(location);
    url.search = state;
    history.replaceState(null, "", url);
  };
  // Null is missing and comes last either way; so does a price that varies, which is negative.
  const value = (cell, kind, numeric) => {
    const exact = cell.dataset.v, number = Number(exact);
    if (exact === "") return null;
    if (!numeric) return kind === "day" ? exact : (cell.querySelector("bdi") || cell).textContent;
    return Number.isNaN(number) || (kind === "price" && number < 0) ? null : number;
  };

  document.querySelectorAll("table[data-table]").forEach((table, order) => {
    const [sorted, sought] = ["sort", "q"].map((key) => key + (order || ""));
    const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];

    for (const head of heads) {
      const { kind, key } = head.dataset, numeric = head.classList.contains("n");
      if (kind === "spark") continue;
      const sort = (down) => {
        const keyed = rows.map((row) => [value(row.cells[head.cellIndex], kind, numeric), row]);
        keyed.sort(([a], [b]) => (a === null) - (b === null)
          || (numeric ? a - b : words.compare(a, b)) * (down ? -1 : 1));
        body.append(...keyed.map(([, row]) => row));
        for (const other of heads) other.ariaSort = null;
        head.ariaSort = down ? "descending" : "ascending";
      };
      const button = document.createElement("button");
      button.append(...head.childNodes);
      head.append(button);
      button.onclick = () => {
        const largest = numeric && kind !== "rank" && kind !== "price";
        const down = head.ariaSort ? head.ariaSort === "ascending" : largest;
        sort(down);
        keep(sorted, `${key}:${down ? "desc" : "asc"}`);
      };
      const [wanted, way] = state.get(sorted)?.split(":") || [];
      if (wanted === key) sort(way === "desc");
    }

    const tools = table.parentNode.previousElementSibling;
    if (!tools?.matches("[data-tools]")) return;
    const field = tools.querySelector("input"), status = tools.querySelector("[role=status]");
    const filter = () => {
      const some = field.value.trim(), parts = some.toLowerCase().split(/\s+/);
      for (const row of rows) row.hidden = !parts.every((part) => row.textContent.toLowerCase().includes(part));
      if (table.tFoot) table.tFoot.hidden = some;
      status.textContent = some && `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
      keep(sought, some);
    };
    tools.hidden = false;
    field.value = state.get(sought) || "";
    if (field.value) filter();
    field.oninput = filter;
    field.onkeydown = ({ key }) => {
      if (key !== "Escape") return;
      field.value = "";
      filter();
      field.blur();
    };
  });
}
