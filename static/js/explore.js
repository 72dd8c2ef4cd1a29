// A live chart: its reader chooses in its controls, drags over days, puts series into the focus and
// reads the values by keys. All that can be chosen is a parameter of the drawing; here it is only
// given its value. The address holds it: ?range=2026-05-01..2026-06-30&focus=author/model.
(() => {
  "use strict";
  const RANGE = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;
  const LEAST_DRAG = 5;
  // Behind letters over other marks lie the same letters with a rim.
  const LETTERS = "text:not([stroke])";
  const KEYS =
    "Shift with left and right arrows moves these days, plus and minus shorten and " +
    "lengthen them, Home shows all.";

  // The places of the first and the last day after a key; undefined for other keys. Arrows move
  // the days by a fifth, plus and minus make them fewer and more, Home shows all.
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
    constructor({ data, signals = [], usermeta }) {
      const set = signals.filter(({ value }) => value !== undefined);
      this.asMade = Object.fromEntries(set.map(({ name, value }) => [name, value]));
      this.controls = usermeta?.controls ?? [];
      const field = this.control("range")?.field ?? "";
      const rows = data.find(({ name }) => name === "rows")?.values ?? [];
      const days = rows.filter((row) => field in row).map((row) => String(row[field]).slice(0, 10));
      this.days = [...new Set(days)].sort();
    }

    /** @param {string} key */
    control(key) {
      return this.controls.find((control) => control.key === key);
    }

    // What a control makes of a value in an address; empty if it knows no such value. A focus is
    // one series or several with commas between, a range two days with two dots between.
    /** @type {(control: ChartControl, value: string) => string} */
    accepted({ key, options, most = -1 }, value) {
      if (options.some((option) => option.value === value)) return value;
      if (key === "focus") return this.series(value).join(",");
      if (key === "range") return RANGE.test(value) && this.shown(value)[1] ? value : "";
      return Number(value) >= 0 && Number(value) <= most ? String(Number(value)) : "";
    }

    // What a value is called that is no entry of a list.
    /** @type {(control: ChartControl, value: string) => string} */
    label({ any, key }, value) {
      if (any?.label) return any.label.replace("{}", value);
      return key === "range" ? "Chosen" : `${this.series(value).length} together`;
    }

    // The series of a focus; unknown ones are left out.
    /** @param {string} focus */
    series(focus) {
      const known = this.control("focus")?.options.map(({ value }) => value) ?? [];
      const names = known.includes(focus) ? [focus] : [...new Set(focus.split(","))];
      return names.filter((name) => name && known.includes(name));
    }

    // The days of a range of one's own, or from the first of a listed one on.
    /** @param {string} range */
    shown(range) {
      const listed = this.control("range")?.options.find(({ value }) => value === range);
      const [, first, last] = RANGE.exec(range) ?? ["", listed?.params?.since ?? "", "9"];
      return this.days.filter((day) => day >= first && day <= last);
    }

    // The range from one of these days to another; empty for all.
    /** @type {(first: string, last: string) => string} */
    range(first, last) {
      const isAll = first === this.days[0] && last === this.days.at(-1);
      return isAll ? "" : `${first}..${last}`;
    }

    // The value of each parameter.
    /** @type {(state: ChartState) => Record<string, any>} */
    signals(state) {
      const chosen = this.controls.map((control) => optionOf(control, state[control.key] ?? ""));
      const signals = Object.assign({}, this.asMade, ...chosen.map((option) => option?.params));
      if (this.control("focus")) signals.focus = this.series(state.focus ?? "");
      if (!this.control("range")) return signals;
      const days = this.shown(state.range ?? "");
      signals.since = days[0] === this.days[0] ? "" : days[0];
      signals.until = days.at(-1) === this.days.at(-1) ? "9" : days.at(-1);
      return signals;
    }
  }

  if (typeof document === "undefined") {
    module.exports = { Choices, rangeAfterKey };
    return;
  }

  // Charts are drawn in the light theme; each of its colors has one counterpart on dark screens.
  /** @param {ChartSpec} spec */
  function followTheme({ background = "", usermeta }) {
    const dark = usermeta?.recolor ?? {};
    const rule = (/** @type {string} */ part, /** @type {string} */ name, light = background) =>
      `.live ${part} { ${name}: light-dark(${light}, ${dark[light] ?? light}) !important }`;
    const rules = Object.keys(dark).flatMap((light) =>
      ["fill", "stroke"].map((name) => rule(`[${name}="${light}"]`, name, light)),
    );
    const sheet = new CSSStyleSheet();
    sheet.insertRule(`@media screen { ${rules.join(" ")} ${rule("svg", "background-color")} }`);
    document.adoptedStyleSheets.push(sheet);
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

  // One size of a chart, drawn, with what its reader does inside of it.
  class Drawing {
    at = -1; // which value the keys have reached
    /** @type {ChartItem | null} */
    tapped = null;
    /** @type {(() => void) | null} hides the value that is held */
    letGo = null;
    box = document.createElement("div");
    words = document.createElement("span");

    /**
     * @param {LiveChart} chart
     * @param {ChartSpec} spec
     * @param {string} size
     */
    constructor(chart, spec, size) {
      const vega = window.leaderboardsVega;
      if (!vega) throw new Error("no runtime");
      this.chart = chart;
      this.spec = spec;
      this.size = size;
      this.choices = new Choices(spec);
      followTheme(spec);
      this.tooltip = new vega.Handler({ disableDefaultStyle: true });
      this.view = new vega.View(vega.parse(spec, null, { ast: true }), {
        expr: vega.expressionInterpreter,
        renderer: "svg",
        container: this.box,
        tooltip: /** @type {TellValue} */ ((...told) => this.tell(...told)),
      });
      setAll(this.words, { class: "sr", role: "status" });
      setAll(this.box, { class: "live", tabindex: 0, role: "group" });
      this.box.addEventListener("keydown", (event) => this.typed(event));
      this.box.addEventListener("blur", () => {
        if (this.at >= 0) this.letGo?.();
        this.at = -1;
      });
      this.view.addEventListener("click", (event, item) => this.click(event, item));
    }

    get svg() {
      return this.box.querySelector("svg");
    }

    // The field of the series that the reader can put into the focus.
    get field() {
      return (this.chart.selects.has("focus") && this.choices.control("focus")?.field) || "";
    }

    // The days that are shown.
    get days() {
      return this.choices.shown(this.chart.state.range ?? "");
    }

    async show() {
      const signals = this.choices.signals(this.chart.state);
      for (const [name, value] of Object.entries(signals)) this.view.signal(name, value);
      await this.view.runAsync();
      if (!this.words.isConnected && this.svg) {
        this.box.append(this.words);
        this.svg.removeAttribute("height");
        Object.assign(this.svg.style, { display: "block", width: "100%" });
        if (this.chart.selects.has("range")) this.listenToDrags(this.svg);
      }
      this.nameButtons();
      this.describe();
    }

    end() {
      this.view.finalize();
      this.box.remove();
    }

    // The names at the ends of lines choose their series, for the pointer as for the keyboard.
    nameButtons() {
      const { field } = this;
      const focus = this.choices.series(this.chart.state.focus ?? "");
      /** @type {NodeListOf<SVGTextElement>} */
      const letters = this.box.querySelectorAll(LETTERS);
      for (const text of field ? letters : []) {
        const datum = itemOf(text)?.datum;
        if (!datum || !(field in datum) || datum.name !== text.textContent) continue;
        const series = String(datum[field]);
        setAll(text, { tabindex: 0, role: "button", "data-series": series });
        text.setAttribute("aria-pressed", String(focus.includes(series)));
        Object.assign(text.style, { pointerEvents: "auto", cursor: "pointer" });
        const hides = () => text.closest("[aria-hidden]");
        for (let part = hides(); part; part = hides()) part.removeAttribute("aria-hidden");
      }
    }

    // The drawing is called what the picture was; an image holds no buttons, so one with names to
    // choose is a group.
    describe() {
      const role = this.box.querySelector("[role=button]") ? "group" : "img";
      const { alt = "" } = this.chart.picture.querySelector("img") ?? {};
      if (this.svg) setAll(this.svg, { role, "aria-label": alt });
      const days = this.chart.selects.has("range") ? `${this.view.signal("days_said")}. ` : "";
      this.box.ariaLabel = `${days}Arrow keys read the values.${days && ` ${KEYS}`}`;
    }

    // A finger cannot point without a tap: the first one on a mark shows its value, and only the
    // second one is a choice.
    /** @type {(event: Event, item?: ChartItem | null) => void} */
    click(event, item) {
      const isTouch = /** @type {PointerEvent} */ (event).pointerType === "touch";
      const isFirst = isTouch && item?.tooltip && item !== this.tapped;
      this.tapped = isFirst ? item : null;
      if (isFirst) this.hold(event, item);
      else this.chart.point(item?.datum?.[this.field]);
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

    /** @param {KeyboardEvent} event */
    typed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { series } = /** @type {SVGElement} */ (event.target).dataset;
      const isName = series && (event.key === "Enter" || event.key === " ");
      if (isName) this.chart.point(series);
      if (isName || (event.target === this.box && this.moves(event))) event.preventDefault();
    }

    // Move the value that is read or the days, and say whether the key was one for that.
    /** @type {(event: KeyboardEvent) => boolean} */
    moves({ key, shiftKey }) {
      if (key.startsWith("Arrow") && !shiftKey) {
        this.read(key === "ArrowRight" || key === "ArrowDown" ? 1 : -1);
        return true;
      }
      if (!this.chart.selects.has("range")) return false;
      const { days } = this.choices;
      const first = days.indexOf(this.days[0]);
      const places = [first, first + this.days.length - 1];
      const moved = rangeAfterKey(key, places, days.length - 1);
      if (moved && String(moved) !== String(places)) {
        this.chart.choose("range", this.choices.range(days[moved[0]], days[moved[1]]), true);
      }
      return moved !== undefined;
    }

    // Go on to another of the marks that have a value, from left to right and from the top down:
    // show it as the pointer would, and say it.
    /** @param {number} by */
    read(by) {
      const parts = [...this.box.querySelectorAll("svg path, svg line")];
      const told = parts.filter((part) => itemOf(part)?.tooltip);
      if (!told.length) return;
      const from = this.at < 0 && by < 0 ? 0 : this.at;
      this.at = (from + by + told.length) % told.length;
      const item = /** @type {ChartItem} */ (itemOf(told[this.at]));
      const { left, top, width, height } = told[this.at].getBoundingClientRect();
      const place = { clientX: left + width / 2, clientY: top + height / 2 };
      this.hold(new MouseEvent("mousemove", place), item);
      const { title, ...rest } = item.tooltip ?? {};
      const said = Object.entries(rest).map(([label, value]) => `${label} ${value}`);
      this.words.textContent = [title, ...said].join(", ");
    }

    // Dragging across the plot chooses the days between; across only, so that a finger still
    // scrolls the page. A drag is no selection of text, which would scroll the page along.
    /** @param {SVGSVGElement} svg */
    listenToDrags(svg) {
      const { padding, width, height } = this.spec;
      const shade = /** @type {SVGRectElement} */ (
        document.createElementNS(svg.namespaceURI, "rect")
      );
      setAll(shade, { y: padding.top, height, fill: "currentColor", opacity: 0.12 });
      Object.assign(shade.style, { pointerEvents: "none" });
      Object.assign(svg.style, { touchAction: "pan-y", userSelect: "none" });
      const placeOf = (/** @type {PointerEvent} */ event) => {
        const { x } = new DOMPoint(event.clientX).matrixTransform(svg.getScreenCTM()?.inverse());
        return Math.max(0, Math.min(width, x - padding.left));
      };
      let start = NaN;
      let covered = [0, 0];
      svg.addEventListener("pointerdown", (event) => {
        start = event.isPrimary && !event.button ? placeOf(event) : NaN;
      });
      svg.addEventListener("pointermove", (event) => {
        const [low, high] = [start, placeOf(event)].sort((a, b) => a - b);
        if (!(high - low >= LEAST_DRAG)) return;
        if (!shade.isConnected) svg.setPointerCapture(event.pointerId);
        covered = [low, high];
        setAll(shade, { x: padding.left + low, width: high - low });
        svg.append(shade);
      });
      for (const sign of /** @type {const} */ (["pointerup", "pointercancel"])) {
        svg.addEventListener(sign, () => {
          if (sign === "pointerup" && shade.isConnected) this.chooseBetween(covered);
          start = NaN;
          shade.remove();
        });
      }
    }

    // Choose the days that stand between two places in the plot.
    /** @param {number[]} places */
    chooseBetween([low, high]) {
      const scale = this.view.scale("x");
      const inside = this.days.filter((day) => {
        const { bandwidth } = scale;
        const place = bandwidth ? scale(day) + bandwidth() / 2 : scale(Date.parse(day));
        return place >= low && place <= high;
      });
      if (inside.length < 2) return;
      this.chart.choose("range", this.choices.range(inside[0], inside[inside.length - 1]));
    }
  }

  class LiveChart {
    /** @type {Drawing | null} */
    drawing = null;
    /** @type {ChartState} what is chosen, in the words of an address */
    state = {};
    turn = 0;

    /**
     * @param {HTMLElement} figure
     * @param {HTMLPictureElement} picture
     * @param {(error: unknown) => void} fail
     */
    constructor(figure, picture, fail) {
      this.figure = figure;
      this.picture = picture;
      this.fail = fail;
      /** @type {HTMLButtonElement | null} */
      this.button = figure.querySelector("[data-explore]");
      const selects = [...figure.querySelectorAll("select")];
      this.selects = new Map(selects.map((select) => [select.dataset.control ?? "", select]));
      this.readAddress();
      const asked = JSON.stringify(this.state);
      for (const [key, select] of this.selects) {
        const number = numberFor(select);
        // What was chosen while this was on its way.
        this.state[key] = select.value || number?.value || this.state[key];
        select.addEventListener("change", () => this.choose(key, select.value));
        number?.addEventListener("input", () => this.choose(key, number.value, true));
      }
      this.button?.addEventListener("click", () => (this.drawing ? this.leave() : this.draw()));
      picture.addEventListener("click", () => this.draw());
      figure.addEventListener("keydown", ({ key }) => {
        if (key === "Escape" && this.drawing) this.leave();
      });
      addEventListener("resize", () => {
        if (this.drawing && this.drawing.size !== this.shownSize()) this.draw();
      });
      if (JSON.stringify(this.state) !== asked) this.writeAddress(this.state);
      window.leaderboardsAddress?.watch(() => {
        const before = JSON.stringify(this.state);
        this.readAddress();
        if (JSON.stringify(this.state) !== before) this.draw();
      });
      this.draw();
    }

    // Series may also be named as in comparisons, by m=a~b, and by other ids of their models.
    readAddress() {
      const asked = new Map(window.leaderboardsAddress?.asked([...this.selects.keys()]));
      asked.set("focus", asked.get("focus") ?? asked.get("m")?.replaceAll("~", ",") ?? "");
      for (const [key, { options }] of this.selects) {
        const names = (asked.get(key) ?? "").split(",").map((name) => {
          const named = [...options].find(({ dataset }) => dataset.ids?.split(" ").includes(name));
          return named?.value ?? name;
        });
        this.state[key] = names.join(",");
      }
    }

    // `passing` says that more of the same is to come.
    /** @type {(state: ChartState, passing?: boolean) => void} */
    writeAddress(state, passing = false) {
      // Series that were named in the other form would come back with it.
      const others = this.selects.has("focus") ? { m: "" } : {};
      window.leaderboardsAddress?.choose(Object.entries({ ...state, ...others }), passing);
    }

    /** @type {(key: string, value: string, passing?: boolean) => void} */
    choose(key, value, passing = false) {
      this.writeAddress({ ...this.state, [key]: value }, passing);
    }

    // Put a series into the focus, or take it out.
    /** @param {unknown} value */
    point(value) {
      const { choices } = this.drawing ?? {};
      const [series] = choices?.series(String(value)) ?? [];
      if (!choices || !series) return;
      const focus = choices.series(this.state.focus);
      const others = focus.filter((name) => name !== series);
      this.choose("focus", (others.length < focus.length ? others : [...focus, series]).join(","));
    }

    // Draw what is chosen; if meanwhile something else is, leave it to that.
    async draw() {
      const turn = (this.turn += 1);
      try {
        const size = this.shownSize();
        const kept = this.drawing?.size === size ? this.drawing : null;
        const drawing = kept ?? (await this.made(size));
        if (turn === this.turn) {
          this.accept(drawing.choices);
          await drawing.show();
        }
        if (turn === this.turn) this.place(drawing);
        else if (!kept) drawing.end();
      } catch (error) {
        if (turn !== this.turn) return;
        this.leave();
        this.fail(error);
      }
    }

    // The size of the picture that is shown.
    shownSize() {
      /** @type {NodeListOf<HTMLSourceElement>} */
      const sources = this.picture.querySelectorAll("source[data-size]");
      const shown = [...sources].find(({ media }) => matchMedia(media).matches);
      return shown?.dataset.size ?? "wide";
    }

    // A sandboxed embed may load scripts and fetch nothing, so it brings its specifications along.
    /** @param {string} size */
    async made(size) {
      const brought = window.leaderboardsSpecs?.[size];
      if (brought) return new Drawing(this, structuredClone(brought), size);
      const { chart, root } = this.figure.dataset;
      const suffix = size === "wide" ? "" : `.${size}`;
      const reply = await fetch(`${root}charts/${chart}${suffix}.vg.json`);
      if (!reply.ok) throw new Error(`the chart's data answered ${reply.status}`);
      return new Drawing(this, await reply.json(), size);
    }

    // Keep of what is chosen what the drawing knows, and show it in the controls.
    /** @param {Choices} choices */
    accept(choices) {
      for (const [key, select] of this.selects) {
        const control = choices.control(key);
        if (!control) continue;
        const value = choices.accepted(control, this.state[key]);
        this.state[key] = value;
        showValue(select, value, choices.label(control, value));
      }
    }

    // Put a drawing in the place of the picture or of another drawing, in one step: a page that is
    // shorter for a moment would scroll.
    /** @param {Drawing} drawing */
    place(drawing) {
      const before = this.drawing;
      if (before !== drawing) {
        (before?.box ?? this.picture).after(drawing.box);
        const hadFocus = before?.box.contains(document.activeElement);
        if (hadFocus) drawing.box.focus({ preventScroll: true });
        before?.end();
      }
      this.drawing = drawing;
      this.tellPage();
    }

    // Tell the page whether the drawing is there in place of the picture.
    tellPage() {
      const live = this.drawing !== null;
      this.picture.hidden = live;
      this.button?.setAttribute("aria-pressed", String(live));
      const told = { bubbles: true, detail: this.state };
      this.figure.dispatchEvent(new CustomEvent("leaderboards:drawn", told));
    }

    // The picture again, without choices. Whoever was in the drawing goes on from the button.
    leave() {
      this.turn += 1;
      const { drawing } = this;
      const hadFocus = drawing?.box.contains(document.activeElement);
      this.drawing = null;
      for (const key of this.selects.keys()) this.state[key] = "";
      this.writeAddress(this.state);
      if (drawing) this.accept(drawing.choices);
      drawing?.end();
      this.tellPage();
      if (hadFocus) this.button?.focus({ preventScroll: true });
    }
  }

  // The field beside a list, for numbers that are no entries of it.
  /** @type {(select: HTMLSelectElement) => HTMLInputElement | null} */
  function numberFor(select) {
    const number = `[data-number=${select.dataset.control}]`;
    return select.closest("[data-controls]")?.querySelector(number) ?? null;
  }

  // Show a value in a list and in the field beside it; what is no entry of the list gets one.
  /** @type {(select: HTMLSelectElement, value: string, label: string) => void} */
  function showValue(select, value, label) {
    select.querySelector("[data-own]")?.remove();
    select.value = value;
    if (select.value !== value) {
      const own = new Option(label, value, true, true);
      own.dataset.own = "";
      select.append(own);
    }
    const number = numberFor(select);
    // What is being typed, as "12." or ".", stays as it is.
    const typed = number?.value ?? value;
    if (number && typed !== value && Number(typed || NaN) !== Number(value)) number.value = value;
  }

  window.leaderboardsExplore = (figure, fail) => {
    const picture = figure.querySelector("picture");
    if (picture) new LiveChart(figure, picture, fail);
  };
})();
