// The frontier for a ratio of input to output tokens that the reader sets: prices, who is on it, and who beats whom.
(() => {
  "use strict";
  const control = document.querySelector("[data-frontier]"), field = document.getElementById("ratio");
  const table = control?.parentNode.querySelector("table"), USUAL = 3;
  if (!table) return;
  const heads = [...table.tHead.rows[0].cells], column = (key) => heads.findIndex((head) => head.dataset.key === key);
  const [PRICE, INDEX, PROMPT, COMPLETION, ON, BEATEN] =
    ["blended", "intelligence_index", "prompt", "completion", "on_frontier", "beaten_by"].map(column);
  const said = control.querySelector("[data-frontier-said]"), drawing = document.querySelector("[data-frontier-drawing]");
  const picture = document.querySelector("[data-chart=fr-scatter]"), SVG = "http://www.w3.org/2000/svg";
  const models = [...table.tBodies[0].rows].map((row) => ({
    row, index: Number(row.cells[INDEX].dataset.v), prompt: Number(row.cells[PROMPT].dataset.v), completion: Number(row.cells[COMPLETION].dataset.v),
    name: row.querySelector("th bdi").textContent, label: row.querySelector("th .name"), colour: row.querySelector("th circle")?.getAttribute("fill") || "currentColor",
  }));

  const shown = (price) => {
    const million = price * 1e6;
    if (million >= 100) return `$${Math.round(million).toLocaleString("en")}`;
    if (million >= 1) return `$${million.toFixed(2).replace(/\.00$/, "")}`;
    return `$${million >= 0.1 ? million.toFixed(2) : million.toFixed(4).replace(/\.?0+$/, "")}`;
  };
  // In order of price, of equal prices the higher score first: a model is beaten by the best score so far.
  const place = (ratio) => {
    for (const one of models) one.price = Number(((one.prompt * ratio + one.completion) / (ratio + 1)).toPrecision(12));
    models.sort((a, b) => a.price - b.price || b.index - a.index);
    let best = null;
    for (const one of models) {
      one.rival = best && best.index >= one.index ? best : null;
      if (!one.rival) best = one;
    }
  };
  const write = () => {
    for (const { row, price, rival, label } of models) {
      const { cells } = row;
      cells[PRICE].dataset.v = String(price);
      cells[PRICE].textContent = shown(price);
      cells[ON].dataset.v = rival ? "" : "yes";
      cells[ON].textContent = rival ? "" : "yes";
      if (BEATEN < 0) continue;
      cells[BEATEN].dataset.v = rival ? rival.name : "";
      cells[BEATEN].replaceChildren(rival ? rival.label.cloneNode(true) : "–");
    }
    if (!new URLSearchParams(location.search).has("sort")) table.tBodies[0].append(...models.map(({ row }) => row));
  };

  const make = (tag, attributes, text = "") => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    return made;
  };
  const draw = (ratio) => {
    if (picture) picture.hidden = ratio !== USUAL;
    drawing.hidden = ratio === USUAL;
    if (ratio === USUAL) return;
    const width = Math.max(280, drawing.clientWidth), height = Math.round(Math.min(440, width * 0.6 + 80)), left = 32, floor = height - 28;
    const prices = models.map(({ price }) => Math.log10(price)), scores = models.map(({ index }) => index);
    const low = Math.min(...prices), high = Math.max(...prices), least = Math.min(...scores), most = Math.max(...scores);
    const x = (price) => left + 8 + (width - left - 24) * (Math.log10(price) - low) / (high - low || 1);
    const y = (index) => floor - 8 - (floor - 40) * (index - least) / (most - least || 1);
    const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": said.textContent });
    for (let tick = Math.ceil(least / 10) * 10; tick <= most; tick += 10) {
      svg.append(make("path", { class: "grid", d: `M${left} ${y(tick)}H${width}` }), make("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, tick));
    }
    for (let power = Math.ceil(low); power <= high; power += 1) svg.append(make("text", { x: x(10 ** power), y: height - 8, "text-anchor": "middle" }, shown(10 ** power)));
    const on = models.filter(({ rival }) => !rival);
    svg.append(make("path", { class: "steps", d: on.map(({ price, index }, at) => (at ? `H${x(price).toFixed(1)}V${y(index).toFixed(1)}` : `M${x(price).toFixed(1)} ${y(index).toFixed(1)}`)).join("") + `H${width - 8}` }));
    for (const { price, index, colour, rival } of models) svg.append(make("circle", { cx: x(price).toFixed(1), cy: y(index).toFixed(1), r: rival ? 3 : 5, fill: colour, opacity: rival ? 0.5 : 1 }));
    // From the best downwards, and only where a name does not run into one that stands already.
    let ceiling = -Infinity;
    for (const { price, index, name } of on.toReversed?.() ?? [...on].reverse()) {
      const top = y(index) - 8;
      if (top - ceiling < 13 || width < 480) continue;
      ceiling = top;
      svg.append(make("text", { class: "named", x: x(price) - 6, y: top, "text-anchor": x(price) > width / 3 ? "end" : "start" }, name));
    }
    drawing.replaceChildren(svg);
  };

  const set = (ratio, keep = true) => {
    place(ratio);
    write();
    const on = models.filter(({ rival }) => !rival).length;
    said.textContent = `${on} of ${models.length} priced models are on the frontier at ${ratio} to 1.`;
    for (const button of control.querySelectorAll("[data-ratio]")) button.setAttribute("aria-pressed", String(Number(button.dataset.ratio) === ratio));
    draw(ratio);
    if (!keep) return;
    const url = new URL(location);
    if (ratio === USUAL) url.searchParams.delete("ratio"); else url.searchParams.set("ratio", ratio);
    history.replaceState(null, "", url);
  };
  const read = (text) => {
    const ratio = Number(text);
    return text !== "" && text !== null && ratio >= 0 && ratio <= 1000 ? ratio : null;
  };
  field.oninput = () => { const ratio = read(field.value); if (ratio !== null) set(ratio); };
  for (const button of control.querySelectorAll("[data-ratio]")) {
    button.onclick = () => { field.value = button.dataset.ratio; set(Number(button.dataset.ratio)); };
  }
  const asked = read(new URLSearchParams(location.search).get("ratio"));
  if (asked !== null && asked !== USUAL) field.value = asked;
  if (asked !== null && asked !== USUAL) set(asked, false);
  else for (const button of control.querySelectorAll("[data-ratio]")) button.setAttribute("aria-pressed", String(button.dataset.ratio === String(USUAL)));
  addEventListener("resize", () => { const ratio = read(field.value); if (ratio !== null && ratio !== USUAL) draw(ratio); });
})();
