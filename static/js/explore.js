// A live chart: its reader chooses in its controls, drags over days, puts series into the focus and
// reads the values by keys. All that can be chosen is a parameter of the drawing; here it is only
// given its value. The address holds it, too: ?range=2026-05-01..2026-06-30&focus=author/model.
(() => {
  "use strict";
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const RANGE = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;
  const DAY = 86_400_000;
  const LEAST_DRAG = 5;

  // The first and the last day of a range in an address; null if it is none.
  /** @type {(value: string) => string[] | null} */
  function span(value) {
    const [, first, last] = RANGE.exec(value) ?? [];
    return first && Date.parse(first) <= Date.parse(last) ? [first, last] : null;
  }

  // A range for people, as the pages write it: 26 May to 17 Aug 2026.
  /** @type {(range: string[]) => string} */
  function spoken([first, last]) {
    const [from, to] = [first, last].map((day) => {
      const [year, month, date] = day.split("-").map(Number);
      return [`${date}`, ` ${MONTHS[month - 1]}`, ` ${year}`];
    });
    // What both have in common stands at the end only.
    const [, month, year] = from;
    const parts = from.slice(0, 3 - Number(year === to[2]) * (1 + Number(month === to[1])));
    return first === last ? to.join("") : `${parts.join("")} to ${to.join("")}`;
  }

  // The series of a focus: one, or several with commas between. Unknown ones are left out.
  /** @type {(value: string, known: string[]) => string[]} */
  function several(value, known) {
    if (value && known.includes(value)) return [value];
    return [...new Set(value.split(","))].filter((name) => name && known.includes(name));
  }

  // The lines of a text, of at most so many letters each.
  /** @type {(text: string, columns: number) => string[]} */
  function wrapped(text, columns) {
    /** @type {string[]} */
    const lines = [];
    for (const word of text.split(" ")) {
      const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length && longer.length <= columns) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  // The places of the first and the last day after a key; undefined for other keys. Arrows move the
  // days by a fifth, plus and minus make them fewer and more, Home shows all.
  /** @type {(key: string, places: number[], end: number) => number[] | undefined} */
  function rangeAfterKey(key, [first, last], end) {
    const part = Math.max(1, Math.round((last - first + 1) / 5));
    const back = Math.min(part, first);
    const on = Math.min(part, end - last);
    const less = Math.min(part, last - first - 1);
    const ranges = new Map([
      ["ArrowLeft", [first - back, last - back]],
      ["ArrowRight", [first + on, last + on]],
      ["Home", [0, end]],
      ["+", [first + less, last]],
      ["=", [first + less, last]],
      ["-", first ? [first - back, last] : [0, last + on]],
    ]);
    return ranges.get(key);
  }

  // What a control's value does to a drawing: a listed option, or that of a number of one's own.
  /** @type {(control: ChartControl, value: string) => ChartOption | undefined} */
  function optionOf({ options, any }, value) {
    const listed = options.find((option) => option.value === value);
    if (listed || !any) return listed;
    return JSON.parse(JSON.stringify(any).replaceAll('"{}"', value).replaceAll("{}", value));
  }

  // What can be chosen in a drawing, and the values of its parameters then.
  class Choices {
    /** @param {ChartSpec} spec as it was loaded: Vega changes the rows that it is given */
    constructor(spec) {
      const usual = { byline: "", columns: 1, controls: [], days: "", provisional: "" };
      this.meta = { ...usual, ...spec.usermeta };
      const set = (spec.signals ?? []).filter(({ value }) => value !== undefined);
      /** @type {Record<string, any>} */
      this.asMade = Object.fromEntries(set.map(({ name, value }) => [name, value]));
      const field = this.control("range")?.field ?? "";
      const rows = spec.data.find(({ name }) => name === "rows")?.values ?? [];
      const dated = rows.filter((row) => field in row);
      this.days = [...new Set(dated.map((row) => String(row[field]).slice(0, 10)))].sort();
    }

    /** @param {string} key */
    control(key) {
      return this.meta.controls.find((control) => control.key === key);
    }

    // What a control makes of a value in an address; empty if it knows no such value.
    /** @type {(control: ChartControl, value: string) => string} */
    accepted({ key, options, most = -1 }, value) {
      const known = options.map((option) => option.value);
      if (key === "focus") return several(value, known).join(",");
      if (known.includes(value)) return value;
      if (key === "range") return this.places(value) ? value : "";
      return Number(value) >= 0 && Number(value) <= most ? String(Number(value)) : "";
    }

    // The places of the first and last day of a range, of which there must be two.
    /** @type {(range: string) => number[] | null} */
    places(range) {
      const [first, last] = span(range) ?? ["9", ""];
      const places = [...this.days.keys()];
      const inside = places.filter((at) => this.days[at] >= first && this.days[at] <= last);
      return inside.length > 1 ? [inside[0], inside[inside.length - 1]] : null;
    }

    // The places of the first and last day that is shown; of a chart without days none.
    /** @type {(state: ChartState) => number[]} */
    shown(state) {
      const control = this.control("range");
      if (!control) return [];
      const since = optionOf(control, state.range ?? "")?.params?.since ?? "";
      const first = Math.max(0, this.days.findIndex((day) => day >= since));
      return this.places(state.range ?? "") ?? [first, this.days.length - 1];
    }

    /** @type {(places: number[]) => string} */
    rangeOf([first, last]) {
      const all = first === 0 && last === this.days.length - 1;
      return all ? "" : `${this.days[first]}..${this.days[last]}`;
    }

    // The days at some places for people, from the first of the seven days of a week on.
    /** @type {(places: number[]) => string} */
    said([first, last]) {
      const before = (this.control("range")?.days ?? 1) - 1;
      const start = new Date(Date.parse(this.days[first]) - before * DAY);
      return spoken([start.toISOString().slice(0, 10), this.days[last]]);
    }

    // The value of each parameter.
    /** @type {(state: ChartState) => Record<string, any>} */
    signals(state) {
      const { controls, byline } = this.meta;
      const chosen = controls.map((control) => optionOf(control, state[control.key] ?? ""));
      const signals = Object.assign({}, this.asMade, ...chosen.map((option) => option?.params));
      const known = this.control("focus")?.options.map(({ value }) => value);
      if (known) signals.focus = several(state.focus ?? "", known);
      const places = this.shown(state);
      const [first, last] = places;
      if (places.length) {
        signals.since = first ? this.days[first] : "";
        signals.until = this.days[last + 1] ? this.days[last] : "9";
      }
      const pattern = chosen.find((option) => option?.byline)?.byline;
      const isLimited = signals.since || signals.until < "9";
      if (pattern || isLimited) signals.byline = this.lines(pattern ?? byline, places, isLimited);
      return signals;
    }

    // The lines of the subtitle.
    /** @type {(pattern: string, places: number[], isLimited: boolean) => string[]} */
    lines(pattern, places, isLimited) {
      const { days, provisional, columns } = this.meta;
      const isPast = isLimited && places[1] < this.days.length - 1;
      const text = pattern
        .replace("{days}", isLimited ? this.said(places) : days)
        .replace("{provisional}", isPast ? "" : provisional);
      const lines = wrapped(text, columns);
      // Fewer lines would let the title come down.
      const free = this.asMade.byline.slice(lines.length);
      return [...lines, ...free.map(() => "")];
    }
  }

  if (typeof document === "undefined") {
    module.exports = { Choices, rangeAfterKey, span, spoken, wrapped };
    return;
  }

  const page = document.documentElement;
  const DARK = matchMedia("(prefers-color-scheme: dark)");

  function isDark() {
    return page.dataset.theme ? page.dataset.theme === "dark" : DARK.matches;
  }

  // The item that Vega has drawn as an element.
  /** @type {(part: Element) => ChartItem | undefined} */
  function itemOf(part) {
    return /** @type {any} */ (part).__data__;
  }

  /** @type {(part: Element, attributes: Record<string, unknown>) => void} */
  function setAll(part, attributes) {
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, String(value));
  }

  // A chart as one size of it is drawn, with what its reader does inside of it.
  class Drawing {
    /**
     * @param {LiveChart} chart
     * @param {ChartRuntime} vega
     * @param {ChartSpec} spec
     * @param {string} size narrow, medium or wide
     */
    constructor(chart, vega, spec, size) {
      this.chart = chart;
      this.spec = spec;
      this.size = size;
      this.choices = new Choices(spec);
      /** @type {ChartState} */
      this.state = {};
      // The value that the keys have reached, the mark that was tapped, and what hides its value.
      this.at = -1;
      /** @type {ChartItem | null} */
      this.tapped = null;
      /** @type {(() => void) | null} */
      this.letGo = null;
      this.box = document.createElement("div");
      this.tooltip = new vega.Handler({ disableDefaultStyle: true });
      this.view = new vega.View(vega.parse(spec, null, { ast: true }), {
        expr: vega.expressionInterpreter,
        renderer: "svg",
        container: this.box,
        tooltip: /** @type {TellValue} */ ((...told) => this.tell(...told)),
      });
      this.words = document.createElement("span");
      setAll(this.words, { class: "visually-hidden", role: "status" });
      setAll(this.box, { class: "live", tabindex: 0, role: "group" });
    }

    /** @param {ChartState} state */
    async show(state) {
      this.state = state;
      const signals = this.choices.signals(state);
      for (const [name, value] of Object.entries(signals)) this.view.signal(name, value);
      await this.view.runAsync();
      if (!this.words.isConnected) this.listen();
      this.paint(isDark());
      this.nameButtons();
      this.describe();
    }

    listen() {
      this.box.append(this.words);
      this.view.addEventListener("click", (event, item) => this.click(event, item));
      this.box.addEventListener("click", ({ target }) => this.chooseName(target));
      this.box.addEventListener("keydown", (event) => this.typed(event));
      this.box.addEventListener("blur", () => {
        if (this.at >= 0) this.letGo?.();
        this.at = -1;
      });
      const svg = this.box.querySelector("svg");
      svg?.removeAttribute("height");
      if (svg) setAll(svg, { width: "100%" });
      if (svg && this.choices.days.length > 2 && this.chart.has("range")) this.listenToDrags(svg);
    }

    // Charts are drawn in the light theme; each of its colors has one counterpart in the dark one.
    /** @param {boolean} dark */
    paint(dark) {
      const colours = Object.entries(this.spec.usermeta?.recolour ?? {});
      const painted = new Map(dark ? colours : colours.map(([light, other]) => [other, light]));
      for (const part of this.box.querySelectorAll("[fill], [stroke]")) {
        for (const name of ["fill", "stroke"]) {
          const colour = painted.get(part.getAttribute(name) ?? "");
          if (colour) part.setAttribute(name, colour);
        }
      }
      const paper = this.spec.background ?? "";
      const svg = this.box.querySelector("svg");
      if (svg) svg.style.backgroundColor = (dark && painted.get(paper)) || paper;
    }

    // The names at the ends of lines choose their series, for the pointer as for the keyboard.
    nameButtons() {
      const field = this.focusField();
      const focus = (this.state.focus ?? "").split(",");
      for (const text of field ? this.box.querySelectorAll("text") : []) {
        const datum = itemOf(text)?.datum;
        if (!datum || !(field in datum) || datum.name !== text.textContent) continue;
        const series = String(datum[field]);
        /** @type {Element | null} */
        let part = text;
        for (; part && part !== this.box; part = part.parentElement) {
          part.removeAttribute("aria-hidden");
        }
        const isPressed = focus.includes(series);
        setAll(text, { tabindex: 0, role: "button", "data-series": series });
        text.setAttribute("aria-pressed", String(isPressed));
        Object.assign(text.style, { pointerEvents: "auto", cursor: "pointer" });
      }
    }

    // The drawing is called what the picture was; an image holds no buttons, so one with names to
    // choose is a group.
    describe() {
      const isGroup = this.box.querySelector("[role=button]");
      const svg = this.box.querySelector("svg");
      const role = isGroup ? "group" : "img";
      if (svg) setAll(svg, { role, "aria-label": this.chart.image?.alt ?? "" });
      const help =
        "Shift with left and right arrows moves these days, plus and minus shorten and lengthen " +
        "them, Home shows all.";
      const days = this.chart.has("range") ? this.choices.said(this.choices.shown(this.state)) : "";
      const said = ["Arrow keys read the values."];
      this.box.ariaLabel = (days ? [`${days}.`, ...said, help] : said).join(" ");
    }

    focusField() {
      return (this.chart.has("focus") && this.choices.control("focus")?.field) || "";
    }

    // A finger cannot point without a tap: the first one on a mark shows its value, and only the
    // second one is a choice.
    /** @type {(event: Event, item?: ChartItem | null) => void} */
    click(event, item) {
      const isTouch = /** @type {PointerEvent} */ (event).pointerType === "touch";
      const isFirst = isTouch && item?.tooltip && item !== this.tapped;
      this.tapped = isFirst ? item : null;
      const field = this.focusField();
      if (isFirst) this.hold(event, item);
      else if (field && item?.mark.marktype !== "text") this.chart.point(item?.datum?.[field]);
    }

    // What the pointer is told. After a tap the browser says that its pointer has left.
    /** @type {TellValue} */
    tell(view, event, item, value) {
      if (value === null && this.letGo) return;
      this.letGo?.();
      this.tooltip.call(view, event, item, value);
    }

    // Show the value of a mark until the reader scrolls or points at something else.
    /** @type {(event: Event, item: ChartItem) => void} */
    hold(event, item) {
      this.letGo?.();
      this.tooltip.call(this.view, event, item, item.tooltip);
      const once = new AbortController();
      this.letGo = () => {
        once.abort();
        this.letGo = null;
        this.tooltip.call(this.view, event, item, null);
      };
      for (const sign of ["pointerdown", "scroll"]) {
        addEventListener(sign, this.letGo, { capture: true, passive: true, signal: once.signal });
      }
    }

    /** @type {(target: EventTarget | null) => boolean} */
    chooseName(target) {
      const name = /** @type {Element} */ (target).closest("[data-series]");
      if (name) this.chart.point(name.getAttribute("data-series"));
      return name !== null;
    }

    /** @param {KeyboardEvent} event */
    typed(event) {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const isName = key === "Enter" || key === " ";
      const isDone = isName ? this.chooseName(target) : target === this.box && this.moves(event);
      if (isDone) event.preventDefault();
    }

    // Move the days or the value that is read, and say whether the key was one for that.
    /** @type {(event: KeyboardEvent) => boolean} */
    moves({ key, shiftKey }) {
      if (key.startsWith("Arrow") && !shiftKey) {
        this.step(key === "ArrowRight" || key === "ArrowDown" ? 1 : -1);
        return true;
      }
      if (!this.chart.has("range")) return false;
      const places = this.choices.shown(this.state);
      const moved = rangeAfterKey(key, places, this.choices.days.length - 1);
      if (moved && String(moved) !== String(places)) {
        this.chart.choose("range", this.choices.rangeOf(moved), true);
      }
      return moved !== undefined;
    }

    // Read the next of the marks that have a value, from left to right and from the top down: show
    // it as the pointer would, and say it.
    /** @param {number} by */
    step(by) {
      const parts = [...this.box.querySelectorAll("svg path, svg line")];
      const values = parts.filter((part) => itemOf(part)?.tooltip);
      if (!values.length) return;
      const from = this.at < 0 && by < 0 ? 0 : this.at;
      this.at = (from + by + values.length) % values.length;
      const item = /** @type {ChartItem} */ (itemOf(values[this.at]));
      const { left, top, width, height } = values[this.at].getBoundingClientRect();
      const [clientX, clientY] = [left + width / 2, top + height / 2];
      this.hold(new MouseEvent("mousemove", { clientX, clientY }), item);
      const { title, ...rest } = item.tooltip ?? {};
      const said = Object.entries(rest).map(([label, value]) => `${label} ${value}`);
      this.words.textContent = [title, ...said].join(", ");
    }

    // Dragging across the plot chooses the days between; across only, so that a finger still
    // scrolls the page.
    /** @param {SVGSVGElement} svg */
    listenToDrags(svg) {
      const { padding, width, height } = this.spec;
      const shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      setAll(shade, { y: padding.top, height, fill: "currentColor", opacity: 0.12 });
      shade.setAttribute("pointer-events", "none");
      // A drag is no selection of text, which would scroll the page along.
      Object.assign(svg.style, { touchAction: "pan-y", userSelect: "none" });
      const placeOf = (/** @type {PointerEvent} */ event) => {
        const { left, width: shown } = svg.getBoundingClientRect();
        const units = ((event.clientX - left) * svg.viewBox.baseVal.width) / shown;
        return Math.max(0, Math.min(width, units - padding.left));
      };
      /** @type {number | null} */
      let start = null;
      let covered = [0, 0];
      svg.addEventListener("pointerdown", (event) => {
        start = event.isPrimary && !event.button ? placeOf(event) : null;
      });
      svg.addEventListener("pointermove", (event) => {
        if (start === null) return;
        const [low, high] = [start, placeOf(event)].sort((a, b) => a - b);
        if (!shade.isConnected && high - low < LEAST_DRAG) return;
        covered = [low, high];
        setAll(shade, { x: padding.left + low, width: high - low });
        if (shade.isConnected) return;
        svg.append(shade);
        svg.setPointerCapture(event.pointerId);
      });
      const end = (/** @type {PointerEvent} */ { type }) => {
        if (type === "pointerup" && shade.isConnected) this.chooseBetween(covered);
        start = null;
        shade.remove();
      };
      svg.addEventListener("pointerup", end);
      svg.addEventListener("pointercancel", end);
    }

    // Choose the days that stand between two places in the plot.
    /** @param {number[]} places */
    chooseBetween([low, high]) {
      const scale = this.view.scale("x");
      const [first, last] = this.choices.shown(this.state);
      const inside = [...this.choices.days.keys()].slice(first, last + 1).filter((at) => {
        const day = this.choices.days[at];
        const band = scale.bandwidth?.();
        const place = band ? scale(day) + band / 2 : scale(Date.parse(day));
        return place >= low && place <= high;
      });
      if (inside.length < 2) return;
      this.chart.choose("range", this.choices.rangeOf([inside[0], inside[inside.length - 1]]));
    }
  }

  /** @type {Set<LiveChart>} */
  const charts = new Set();

  class LiveChart {
    /** @type {Drawing | null} */
    drawing = null;
    /** @type {ChartState} what the controls say, in the words of an address */
    state = {};
    turn = 0;
    share = 1;
    search = "";

    /**
     * @param {HTMLElement} figure
     * @param {HTMLPictureElement} picture
     * @param {(error: unknown) => void} fail
     */
    constructor(figure, picture, fail) {
      this.figure = figure;
      this.picture = picture;
      this.fail = fail;
      this.image = picture.querySelector("img");
      /** @type {HTMLButtonElement | null} */
      this.button = figure.querySelector("[data-explore]");
      /** @type {HTMLSelectElement[]} */
      this.selects = [...figure.querySelectorAll("select")].filter((one) => one.dataset.control);
      this.listen();
      this.readAddress();
      for (const select of this.selects) {
        if (select.value) this.state[select.dataset.control ?? ""] = select.value;
      }
      charts.add(this);
    }

    listen() {
      for (const select of this.selects) {
        const key = select.dataset.control ?? "";
        select.addEventListener("change", () => this.choose(key, select.value));
      }
      this.button?.addEventListener("click", () => (this.drawing ? this.leave() : this.enter()));
      this.picture.addEventListener("click", () => this.enter());
      this.figure.addEventListener("keydown", ({ key }) => {
        if (key === "Escape" && this.drawing) this.leave();
      });
      window.leaderboardsAddress?.watch(() => {
        if (location.search === this.search) return;
        const before = JSON.stringify(this.state);
        this.readAddress();
        if (JSON.stringify(this.state) !== before) this.enter();
      });
    }

    /** @param {string} key */
    has(key) {
      return this.selects.some(({ dataset }) => dataset.control === key);
    }

    // Series may also be named as in comparisons, by m=a~b, and by their other ids.
    readAddress() {
      this.search = location.search;
      const asked = new URLSearchParams(location.search);
      /** @type {[string, string][]} */
      const read = this.selects.map((select) => {
        const key = select.dataset.control ?? "";
        const value = asked.get(key) ?? "";
        if (key !== "focus") return [key, value];
        const named = value || (asked.get("m") ?? "").replaceAll("~", ",");
        const known = [...select.options];
        const series = named.split(",").map((name) => {
          const option = known.find(({ dataset }) => dataset.ids?.split(" ").includes(name));
          return option?.value ?? name;
        });
        return [key, series.join(",")];
      });
      this.state = Object.fromEntries(read.filter(([, value]) => value));
    }

    /** @type {(passing?: boolean) => void} */
    writeAddress(passing = false) {
      const keys = this.selects.map(({ dataset }) => dataset.control ?? "");
      // Series that were named in the other form would come back with it.
      if (this.has("focus")) keys.push("m");
      const { state } = this;
      window.leaderboardsAddress?.choose(
        keys.map((key) => [key, state[key] ?? ""]),
        passing,
      );
    }

    // Give a control a value; `passing` says that more of the same is to come.
    /** @type {(key: string, value: string, passing?: boolean) => void} */
    choose(key, value, passing = false) {
      this.state = { ...this.state, [key]: value };
      this.writeAddress(passing);
      this.enter();
    }

    // Put the series of a mark or a name into the focus, or take it out.
    /** @param {unknown} series */
    point(series) {
      const known = this.drawing?.choices.control("focus")?.options.map(({ value }) => value) ?? [];
      if (typeof series !== "string" || !known.includes(series)) return;
      const focus = several(this.state.focus ?? "", known);
      const others = focus.filter((name) => name !== series);
      if (others.length === focus.length) others.push(series);
      this.choose("focus", others.join(","));
    }

    // Draw what is chosen; if meanwhile something else is, leave it to that.
    async enter() {
      const turn = (this.turn += 1);
      try {
        const size = this.shownSize();
        const isNew = this.drawing?.size !== size;
        const drawing = isNew ? await this.made(size) : this.drawing;
        if (!drawing || turn !== this.turn) return;
        this.accept(drawing.choices);
        await drawing.show(this.state);
        if (turn === this.turn && isNew) this.replace(drawing);
        else if (isNew) drawing.view.finalize();
        this.tell(this.drawing);
      } catch (error) {
        if (turn !== this.turn) return;
        this.leave();
        this.fail(error);
      }
    }

    // The drawing that the picture shows, too.
    shownSize() {
      const sources = [...this.picture.querySelectorAll("source")];
      const sized = sources.filter(({ dataset }) => dataset.size);
      return sized.find(({ media }) => matchMedia(media).matches)?.dataset.size ?? "wide";
    }

    /** @param {string} size */
    async made(size) {
      const vega = window.leaderboardsVega;
      if (!vega) throw new Error("no runtime");
      return new Drawing(this, vega, await this.spec(size), size);
    }

    // A sandboxed embed may load scripts and fetch nothing, so its specifications are a script.
    /** @type {(size: string) => Promise<ChartSpec>} */
    async spec(size) {
      if (document.body.dataset.embed) {
        if (!window.leaderboardsSpecs) await import(new URL("spec.js", location.href).href);
        return structuredClone(window.leaderboardsSpecs[size]);
      }
      const { chart, root } = this.figure.dataset;
      const suffix = size === "wide" ? "" : `.${size}`;
      const reply = await fetch(`${root}charts/${chart}${suffix}.vg.json`);
      if (!reply.ok) throw new Error(`the chart's data answered ${reply.status}`);
      return reply.json();
    }

    // Keep of what is chosen what the drawing knows, and say it in the controls.
    /** @param {Choices} choices */
    accept(choices) {
      for (const select of this.selects) {
        const key = select.dataset.control ?? "";
        const control = choices.control(key);
        const value = control ? choices.accepted(control, this.state[key] ?? "") : "";
        this.state[key] = value;
        select.querySelector("[data-own]")?.remove();
        select.removeAttribute("title");
        select.value = value;
        if (control && select.value !== value) this.addOwnEntry(select, control, value);
      }
    }
  }
})();
