// What a reader does inside a live chart: choose days by dragging or by keys, put series into the focus.
// Loaded with the drawing itself; nothing in it moves by itself.
window.leaderboardsExplore = (words) => {
  "use strict";
  const { day, several, short, span, spoken } = words;
  const PALE = 0.15, GAP = 15, DRAG = 5;

  // What the reader has chosen, applied to a spec before it is drawn; gives the days that there are, null where there are none.
  const chosen = (spec, state) => {
    for (const { key, field, options } of spec.usermeta?.controls ?? []) {
      if (key === "focus" && state.focus) focused(spec.marks, field, options, state.focus);
      const option = options.find((one) => one.value && one.value === state[key]);
      if (!option || key === "range") continue;
      for (const data of spec.data) {
        if (option.data?.[data.name]) data.values = option.data[data.name];
        for (const [to, from] of Object.entries(option.fields ?? {})) for (const row of data.values ?? []) if (from in row) row[to] = row[from];
      }
      for (const scale of spec.scales ?? []) Object.assign(scale, option.scales?.[scale.name]);
      for (const signal of spec.signals ?? []) signal.value = option.params?.[signal.name] ?? signal.value;
    }
    return limited(spec, state);
  };

  const focused = (marks, field, options, value) => {
    const name = JSON.stringify(field), kept = several(value, options.map((one) => one.value));
    if (kept.length) fade(marks, `!isDefined(datum[${name}]) || indexof(${JSON.stringify(kept)}, datum[${name}]) >= 0 ? 1 : ${PALE}`);
  };
  // Lets every mark of another series step back; what answers to the pointer only stays unseen.
  const fade = (marks, signal) => {
    for (const mark of marks ?? []) {
      fade(mark.marks, signal);
      if (mark.encode?.update && mark.type !== "group" && !mark.name?.startsWith("hover")) mark.encode.update.opacity = { signal };
    }
  };

  // Keeps the days of the range, and says which there are: all, those shown, whether they end before the newest, whether none is left.
  const limited = (spec, state) => {
    const time = spec.usermeta?.controls?.find((one) => one.key === "range");
    if (!time) return null;
    const all = [...new Set(spec.data.find((one) => one.name === "rows").values.map((row) => String(row[time.field])))].sort();
    const since = time.options.find((one) => one.value && one.value === state.range)?.since;
    const asked = since ? [since, day(all.at(-1))] : span(state.range);
    const inside = (value) => !asked || (day(value) >= asked[0] && day(value) <= asked[1]);
    const shown = all.filter(inside);
    if (!asked || shown.length < 2) return { ...time, all, shown: all, past: false, missed: Boolean(asked) };
    for (const data of spec.data) if (data.values) data.values = data.values.filter((row) => !(time.field in row) || inside(row[time.field]));
    const whole = { first: all[0], last: all.at(-1) }, kept = { first: shown[0], last: shown.at(-1) };
    const timed = (spec.signals ?? []).filter((one) => one.name in whole);
    for (const signal of timed) signal.value += Date.parse(day(kept[signal.name])) - Date.parse(day(whole[signal.name]));
    const ticks = spec.data.find((one) => one.name === time.ticks), step = Math.ceil(shown.length / Math.max(1, Math.floor(spec.width / 64)));
    const labelled = shown.map((value, at) => ({ [time.field]: value, align: "center", label: (shown.length - 1 - at) % step ? "" : short(value) }));
    if (ticks) ticks.values = labelled.filter((one) => one.label || !timed.length);
    return { ...time, all, shown, past: shown.at(-1) !== all.at(-1) };
  };

  // Names stand where the lines end: in a range of the past that is somewhere else, and some have none.
  const renamed = (view, spec, time) => {
    const ends = spec.data.find((one) => one.name === "ends" || one.name === "labels"), rows = spec.data.find((one) => one.name === "rows").values;
    if (!time?.past || !ends) return false;
    const key = spec.usermeta.controls.find((one) => one.key === "focus")?.field ?? "series", scale = view.scale("y");
    const last = new Map(rows.filter((row) => row[time.field] === time.shown.at(-1)).map((row) => [row[key], row]));
    const kept = ends.values.filter((end) => key in end && last.has(end[key])).map((held) => {
      // Vega has marked the rows that it holds; a copy with that mark would be taken for the same row.
      const end = Object.fromEntries(Object.entries(held)), row = last.get(end[key]);
      return "place" in end ? { ...end, rank: row.rank, place: String(row.rank) } : { ...end, more: "", from: scale(row.y ?? (row.low + row.high) / 2) };
    });
    if (kept.some((end) => "from" in end)) spread(kept, spec.height);
    view.data(ends.name, kept);
    return true;
  };
  const spread = (ends, height) => {
    ends.sort((one, other) => one.from - other.from);
    ends.forEach((end, at) => { end.py = Math.max(end.from, at ? ends[at - 1].py + GAP : 6); });
    for (let at = ends.length - 1; at >= 0; at--) ends[at].py = Math.min(ends[at].py, at === ends.length - 1 ? height - 6 : ends[at + 1].py - GAP);
  };

  // The names at the ends are buttons, for the pointer as for the keyboard.
  const nameButtons = (chart, box, field) => {
    const held = (chart.state().focus ?? "").split(",");
    for (const name of box.querySelectorAll("text")) {
      const datum = name.__data__?.datum;
      if (!datum || !(field in datum) || datum.name !== name.textContent) continue;
      for (let part = name; part !== box; part = part.parentNode) part.removeAttribute("aria-hidden");
      const said = { tabindex: 0, role: "button", "aria-pressed": held.includes(String(datum[field])), "data-series": datum[field] };
      for (const [attribute, value] of Object.entries(said)) name.setAttribute(attribute, value);
      Object.assign(name.style, { pointerEvents: "auto", cursor: "pointer" });
      name.addEventListener("click", () => chart.point(datum[field]));
      name.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        chart.point(datum[field]);
      });
    }
  };

  // While the plot has the focus, arrows move the days that it shows, plus and minus make them fewer and more.
  const keys = (chart, box, { all, shown }) => {
    const names = spoken([day(shown[0]), day(shown.at(-1))]);
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${names}. Left and right arrows move these days, plus and minus shorten and lengthen them, Home shows all.`);
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
      const end = all.length - 1, first = all.indexOf(shown[0]), last = all.indexOf(shown.at(-1)), part = Math.max(1, Math.round(shown.length / 5));
      const back = Math.min(part, first), on = Math.min(part, end - last), less = Math.min(part, last - first - 1);
      const wanted = {
        ArrowLeft: [first - back, last - back], ArrowRight: [first + on, last + on], Home: [0, end], "+": [first + less, last], "=": [first + less, last],
        "-": first ? [first - back, last] : [0, last + on],
      }[event.key];
      if (!wanted) return;
      event.preventDefault();
      if (wanted[0] !== first || wanted[1] !== last) chart.limit(...wanted, all);
    });
  };

  // Dragging across the plot chooses the days between; across only, so that a finger still scrolls the page.
  const brush = (chart, view, svg, spec, { all, shown }) => {
    const scale = view.scale("x"), ratio = () => svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
    const place = (value) => (scale.bandwidth ? scale(value) + scale.bandwidth() / 2 : scale(Date.parse(value)));
    const along = (event) => (event.clientX - svg.getBoundingClientRect().left) * ratio() - spec.padding.left;
    const shade = document.createElementNS(svg.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ y: spec.padding.top, height: spec.height, fill: "currentColor", opacity: 0.12, "pointer-events": "none" })) shade.setAttribute(name, value);
    let start = null;
    const over = (event) => [Math.min(start, along(event)), Math.max(start, along(event))].map((x) => Math.max(0, Math.min(spec.width, x)));
    // A drag is no selection of text, which would scroll the page along.
    Object.assign(svg.style, { touchAction: "pan-y", userSelect: "none" });
    svg.addEventListener("pointerdown", (event) => { if (event.isPrimary && !event.button) start = along(event); });
    svg.addEventListener("pointermove", (event) => {
      if (start === null || (!shade.isConnected && Math.abs(along(event) - start) < DRAG * ratio())) return;
      const [low, high] = over(event);
      shade.setAttribute("x", spec.padding.left + low);
      shade.setAttribute("width", high - low);
      if (!shade.isConnected) { svg.append(shade); svg.setPointerCapture(event.pointerId); }
    });
    svg.addEventListener("pointerup", (event) => {
      const [low, high] = over(event), inside = shown.filter((value) => place(value) >= low && place(value) <= high), dragged = shade.isConnected;
      start = null;
      shade.remove();
      if (dragged && inside.length > 1) chart.limit(all.indexOf(inside[0]), all.indexOf(inside.at(-1)), all);
    });
    svg.addEventListener("pointercancel", () => { start = null; shade.remove(); });
  };

  // Lets the drawing tell its chart what the reader points at, drags over and types.
  const listen = (chart, view, box, spec, time) => {
    const field = spec.usermeta?.controls?.find((one) => one.key === "focus")?.field;
    if (field && chart.chooser("focus")) {
      view.addEventListener("click", (_event, item) => { if (item?.mark.marktype !== "text") chart.point(item?.datum?.[field]); });
      nameButtons(chart, box, field);
    }
    if (time && time.all.length > 2 && chart.chooser("range")) {
      keys(chart, box, time);
      brush(chart, view, box.querySelector("svg"), spec, time);
    }
  };

  return { chosen, renamed, listen };
};
