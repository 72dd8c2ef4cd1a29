// Models side by side: which ones stands in the address; their numbers come from one file, when they are wanted.
(() => {
  "use strict";
  const page = document.querySelector("[data-compare]");
  if (!page) return;
  const find = (name) => page.querySelector(`[data-${name}]`);
  const root = page.dataset.root, MOST = 6, DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 2", "1 2"], MISSING = "–";
  const table = page.querySelector("table"), pick = document.getElementById("pick"), from = document.getElementById("pick-from");
  const first = page.dataset.compare.split("~");
  let data;

  const load = () => (data ??= fetch(`${root}compare/models.json`).then((reply) => {
    if (!reply.ok) throw new Error(reply.status);
    return reply.json();
  }).catch((trouble) => { data = null; throw trouble; }));

  // The same words as in all tables; generator/base/formats.py is where they come from.
  const three = (value) => (value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0));
  const tokens = (count) => {
    for (const [size, unit] of [[1e15, "Q"], [1e12, "T"], [1e9, "B"], [1e6, "M"]]) if (count >= size) return `${three(count / size)} ${unit}`;
    return count.toLocaleString("en");
  };
  const places = (value, most) => value.toFixed(most).replace(/\.?0+$/, "");
  const price = (text) => {
    const million = Number(text) * 1e6;
    if (million < 0) return "varies";
    if (million === 0) return "free";
    if (million >= 100) return `$${Math.round(million).toLocaleString("en")}`;
    if (million >= 1) return `$${million.toFixed(2).replace(/\.00$/, "")}`;
    return `$${million >= 0.1 ? million.toFixed(2) : places(million, 4)}`;
  };
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const day = (text) => {
    const [year, month, date] = text.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  };
  const SHOWN = {
    tokens, price, day,
    rank: (value) => value.toLocaleString("en"),
    share: (value) => (value > 0 && value < 0.0005 ? "< 0.1 %" : `${(value * 100).toFixed(1)} %`),
    context: (value) => (value >= 1e6 ? `${places(value / 1e6, 2)}M` : value >= 1e3 ? `${Math.round(value / 1e3)}K` : String(value)),
    score: (value) => value.toLocaleString("en", { maximumFractionDigits: 2 }),
  };

  const SVG = "http://www.w3.org/2000/svg";
  const build = (made, attributes, inside) => {
    for (const [name, value] of Object.entries(attributes)) if (value !== "") made.setAttribute(name, value);
    made.append(...[inside].flat());
    return made;
  };
  const html = (tag, attributes = {}, inside = []) => build(document.createElement(tag), attributes, inside);
  const svg = (tag, attributes = {}, inside = []) => build(document.createElementNS(SVG, tag), attributes, inside);
  const bar = (part, colour) => svg("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { width: (part * 100).toFixed(1), height: "10", fill: colour }));

  const cell = ({ kind, barred }, value, largest, colour) => {
    const way = kind === "text" || kind === "day" ? "t" : "n";
    if (value === undefined) {
      const missing = html("td", { class: way }, MISSING);
      missing.dataset.v = "";
      return missing;
    }
    const shown = SHOWN[kind] ? SHOWN[kind](value) : value;
    const drawn = barred && largest > 0;
    return html("td", { class: drawn ? "n barred" : way, "data-v": String(value) }, [html("bdi", {}, shown), ...(drawn ? [bar(value / largest, colour)] : [])]);
  };
  const name = (key, { name: text, colour }) => html("th", { scope: "col" }, [
    html("span", { class: "name" }, [
      svg("svg", { class: "dot", viewBox: "0 0 10 10", width: "10", height: "10", "aria-hidden": "true" }, svg("circle", { cx: "5", cy: "5", r: "4.5", fill: colour })),
      html("a", { href: `${root}models/${encodeURI(key)}/` }, html("bdi", {}, text)),
    ]), html("small", {}, html("bdi", {}, key)),
  ]);

  const rows = ({ measures, models }, chosen) => {
    const groups = Map.groupBy
      ? Map.groupBy(measures.map((one, at) => ({ ...one, at })), ({ group }) => group)
      : measures.reduce((some, one, at) => some.set(one.group, [...(some.get(one.group) || []), { ...one, at }]), new Map());
    return [...groups].flatMap(([group, some]) => {
      const known = some.filter(({ at }) => chosen.some((key) => at in models[key].values));
      if (!known.length) return [];
      const head = html("tr", { class: "group" }, html("th", { scope: "rowgroup", colspan: chosen.length + 1 }, group));
      return html("tbody", {}, [head, ...known.map((measure) => {
        const values = chosen.map((key) => models[key].values[measure.at]);
        const largest = measure.barred ? Math.max(0, ...values.filter((value) => value !== undefined)) : 0;
        return html("tr", {}, [html("th", { scope: "row" }, measure.label),
          ...values.map((value, at) => cell(measure, value, largest, models[chosen[at]].colour))]);
      })]);
    });
  };

  const WIDTH = 720, HEIGHT = 200;
  const path = (series, top) => series.map((value, at) => {
    if (value === null) return "";
    const alone = at === 0 || series[at - 1] === null, point = `${(at * WIDTH / (series.length - 1)).toFixed(1)} ${(HEIGHT - HEIGHT * value / top).toFixed(1)}`;
    return `${alone ? "M" : "L"}${point}${alone && (series[at + 1] ?? null) === null ? "h.01" : ""}`;
  }).join("");
  const draw = (models) => {
    const drawn = models.filter(({ series }) => series.length), figure = find("figure");
    figure.hidden = !drawn.length;
    if (!drawn.length) return;
    const top = Math.max(...drawn.flatMap(({ series }) => series.map((value) => value ?? 0))) || 1;
    find("top").textContent = `highest ${tokens(top * 1e6)}`;
    const lines = drawn.map(({ series, colour }, at) => svg("path", { class: "line", stroke: colour, "stroke-dasharray": DASHES[at], d: path(series, top) }));
    find("lines").replaceChildren(svg("svg", { class: "history", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      [svg("path", { class: "grid", d: `M0 .5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT - .5}H${WIDTH}` }), ...lines]));
    find("legend").replaceChildren(...drawn.map(({ name: text, colour }, at) => html("li", {}, [
      svg("svg", { class: "swatch", viewBox: "0 0 28 8", width: "28", height: "8", "aria-hidden": "true" },
        svg("path", { stroke: colour, "stroke-dasharray": DASHES[at], "stroke-width": "2", d: "M0 4H28" })), " ", html("bdi", {}, text)])));
  };

  const wanted = () => {
    const asked = new URLSearchParams(location.search).get("m");
    return asked ? [...new Set(asked.split("~"))] : first;
  };
  const say = (text) => { find("status").textContent = text; };
  const show = async () => {
    let known;
    try { known = await load(); } catch { return say("The numbers could not be fetched."); }
    const asked = wanted(), { models } = known;
    const there = asked.filter((key) => Object.hasOwn(models, key)), chosen = there.slice(0, MOST);
    const names = chosen.map((key) => models[key].name), unknown = asked.length - there.length;
    table.tHead.rows[0].replaceChildren(html("th", { scope: "col" }, "Measure"), ...chosen.map((key) => name(key, models[key])));
    for (const body of [...table.tBodies]) body.remove();
    table.append(...rows(known, chosen));
    table.closest(".scroll").hidden = !chosen.length;
    draw(chosen.map((key) => models[key]));
    find("chosen").replaceChildren(...chosen.map((key) => {
      const button = html("button", { type: "button", "aria-label": `Remove ${models[key].name}` }, [html("bdi", {}, models[key].name), html("span", { "aria-hidden": "true" }, "×")]);
      button.onclick = () => { go(chosen.filter((other) => other !== key)); pick.focus(); };
      return html("li", {}, button);
    }));
    const listed = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0] || "Nothing chosen yet";
    find("said").textContent = names.length > 1 ? `${listed}, side by side.` : names.length ? `${listed}. Add a second one to compare it with.` : "Nothing chosen yet. Add two models.";
    document.title = `${names.length ? names.join(" against ") : "Compare models"} · OpenRouter Leaderboards`;
    if (unknown) say(`${unknown} of the models asked for ${unknown === 1 ? "is" : "are"} not known here.`);
    else say(there.length > MOST ? `Six at most: the first six are shown.` : `${chosen.length} of at most six`);
  };
  const go = (chosen) => {
    const url = new URL(location);
    url.search = chosen.length ? `?m=${chosen.map((key) => encodeURIComponent(key).replaceAll("%2F", "/")).join("~")}` : "";
    history.pushState(null, "", url);
    return show();
  };
  const fill = async () => {
    if (from.childElementCount) return;
    try {
      const { models } = await load();
      from.replaceChildren(...Object.entries(models).map(([key, { name: text }]) => html("option", { value: text }, key)));
    } catch { say("The names could not be fetched."); }
  };
  const add = async () => {
    const said = pick.value.trim().toLowerCase();
    if (!said) return;
    const { models } = await load(), all = Object.entries(models);
    const match = (test) => all.find(([key, { name: text }]) => test(key.toLowerCase(), text.toLowerCase()));
    const found = match((key, text) => said === key || said === text) || match((key, text) => key.includes(said) || text.includes(said));
    const chosen = wanted().filter((key) => Object.hasOwn(models, key));
    if (!found) return say("No model of that name.");
    if (chosen.includes(found[0])) return say("It is there already.");
    if (chosen.length >= MOST) return say("Six at most: remove one first.");
    pick.value = "";
    await go([...chosen, found[0]]);
  };
  pick.onfocus = fill;
  pick.onkeydown = (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } };
  find("add").onclick = add;
  addEventListener("popstate", show);
  if (location.search.includes("m=")) show();
  else find("chosen").replaceChildren(...[...table.tHead.querySelectorAll("th + th, th:not(:first-child)")].map((head, at) => {
    const text = head.querySelector("bdi").textContent;
    const button = html("button", { type: "button", "aria-label": `Remove ${text}` }, [html("bdi", {}, text), html("span", { "aria-hidden": "true" }, "×")]);
    button.onclick = () => { go(first.filter((_, number) => number !== at)); pick.focus(); };
    return html("li", {}, button);
  }));
})();
