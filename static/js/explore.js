// What a reader does inside a live chart: choose days by dragging or by keys, put series into the
// focus, step through the values. Everything chosen is a parameter that the drawing itself
// understands; here it is only given its value. chart.js loads this together with the drawing.
(() => {
  "use strict";
  const DAY = 86_400_000;
  const LEAST_DRAG = 5;

  /**
   * Return the places of the first and last day after a key; undefined for other keys. Arrows move
   * the days by a fifth, plus and minus make them fewer and more, Home shows all.
   * @param {string} key
   * @param {number} first
   * @param {number} last
   * @param {number} end the place of the newest day
   * @returns {[number, number] | undefined}
   */
  function rangeAfterKey(key, first, last, end) {
    const part = Math.max(1, Math.round((last - first + 1) / 5));
    const back = Math.min(part, first);
    const on = Math.min(part, end - last);
    const less = Math.min(part, last - first - 1);
    /** @type {Map<string, [number, number]>} */
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

  /**
   * Return the value of a parameter of a drawing, as it was made.
   * @param {ChartSpec} spec
   * @param {string} name
   */
  function initial(spec, name) {
    return spec.signals?.find((signal) => signal.name === name)?.value;
  }

  /**
   * Return the day that lies some days before another.
   * @param {string} day
   * @param {number} count
   */
  function daysBefore(day, count) {
    return new Date(Date.parse(day) - count * DAY).toISOString().slice(0, 10);
  }

  /**
   * Return the lines of a text of at most so many letters each.
   * @param {string} text
   * @param {number} columns
   */
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

  /** @implements {ChartExplorer} */
  class Explorer {
    /**
     * @param {ChartWords} words what chart.js knows of days and series
     * @param {ChartSpec} spec as it was loaded: Vega changes the rows that it is given
     */
    constructor(words, spec) {
      this.words = words;
      this.spec = spec;
      this.meta = { byline: "", days: "", provisional: "", columns: 1, ...spec.usermeta };
      this.controls = this.meta.controls ?? [];
      const field = this.control("range")?.field ?? "";
      const rows = spec.data.find(({ name }) => name === "rows")?.values ?? [];
      const days = rows.filter((row) => field in row).map((row) => words.day(row[field]));
      this.all = [...new Set(days)].sort();
      /** @type {string[]} */
      this.shown = this.all;
    }

    /** @param {string} key */
    control(key) {
      return this.controls.find((control) => control.key === key);
    }

    /**
     * Return the values of the drawing's parameters for what the reader has chosen, and the days
     * then shown.
     * @param {Record<string, string>} state
     * @returns {ChartChoices}
     */
    choices(state) {
      const chosen = this.controls.map(({ key, options }) =>
        options.find(({ value }) => value && value === state[key]),
      );
      const names = this.controls.flatMap(({ options }) =>
        options.flatMap(({ params }) => Object.keys(params ?? {})),
      );
      const asMade = names.map((name) => [name, initial(this.spec, name)]);
      const signals = Object.assign(
        Object.fromEntries(asMade),
        ...chosen.map((option) => option?.params),
      );
      const focus = this.control("focus");
      if (focus) {
        const known = focus.options.map(({ value }) => value);
        signals.focus = this.words.several(state.focus ?? "", known);
      }
      const time = this.timeOf(state.range, signals.since ?? "");
      if (time) Object.assign(signals, { since: time.since, until: time.until });
      const byline = chosen.find((option) => option?.byline)?.byline;
      if (byline || time?.limited) signals.byline = this.said(byline, time);
      else signals.byline = initial(this.spec, "byline");
      return { signals, time };
    }

    /**
     * Return the days that are shown; null if the chart is not over time.
     * @param {string | undefined} range as in an address
     * @param {string} since the first day of an option of the list
     * @returns {ChartTime | null}
     */
    timeOf(range, since) {
      const { all } = this;
      if (!this.control("range")) return null;
      const own = this.words.span(range);
      const [first, last] = own ?? [since, all.at(-1) ?? ""];
      const shown = all.filter((day) => day >= first && day <= last);
      if (shown.length < 2) return { all, shown: all, since: "", until: "9", missed: Boolean(own) };
      const limited = shown.length < all.length;
      const past = shown.at(-1) !== all.at(-1);
      return { all, shown, since: first, until: own ? last : "9", limited, past };
    }

    /**
     * Return a range as in an address, by the places of its first and last day; empty for all.
     * @param {[number, number]} places
     */
    rangeOf([first, last]) {
      const whole = first === 0 && last === this.all.length - 1;
      return whole ? "" : `${this.all[first]}..${this.all[last]}`;
    }

    /**
     * Return the lines of the subtitle for the days that are shown.
     * @param {string | undefined} own the chosen option's
     * @param {ChartTime | null} time
     */
    said(own, time) {
      const { byline, days, provisional, columns } = this.meta;
      const said = time?.limited ? this.spanOf(time.shown) : days;
      const open = time?.past ? "" : provisional;
      const pattern = own ?? byline;
      const lines = wrapped(
        pattern.replace("{days}", said).replace("{provisional}", open),
        columns,
      );
      // Fewer lines would let the title come down.
      const kept = initial(this.spec, "byline").slice(lines.length);
      return [...lines, ...kept.map(() => "")];
    }

    /**
     * Return the days that some rows are about, for people.
     * @param {string[]} shown
     */
    spanOf(shown) {
      const length = this.control("range")?.days ?? 1;
      const [first, last] = endsOf(shown);
      return this.words.spoken([daysBefore(first, length - 1), last]);
    }

    /**
     * Let the drawing tell its chart what the reader points at, drags over and types.
     * @param {LiveChart} chart
     * @param {ChartView} view
     * @param {HTMLElement} box
     */
    listen(chart, view, box) {
      const field = chart.chooser("focus") && this.control("focus")?.field;
      const taps = new Taps(chart, view);
      view.addEventListener("click", (event, item) => {
        if (taps.tellsValue(event, item) || !field || item?.mark.marktype === "text") return;
        chart.point(item?.datum?.[field]);
      });
      const reader = new Reader(chart, view, box);
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.addEventListener("keydown", (event) => this.typed(event, chart, box, reader));
      box.addEventListener("click", ({ target }) => chooseName(chart, target));
      const svg = box.querySelector("svg");
      if (svg && this.all.length > 2 && chart.chooser("range")) {
        new Brush(chart, view, svg, this.spec, () => this.shown);
      }
    }

    /**
     * Say and offer what is drawn now.
     * @param {LiveChart} chart
     * @param {HTMLElement} box
     * @param {ChartTime | null} time
     */
    describe(chart, box, time) {
      this.shown = time?.shown ?? [];
      const field = chart.chooser("focus") && this.control("focus")?.field;
      if (field) nameButtons(chart, box, field);
      const days = time && chart.chooser("range") ? this.spanOf(this.shown) : "";
      const help = days
        ? "Shift with left and right arrows moves these days, plus and minus shorten and " +
          "lengthen them, Home shows all."
        : "";
      const values = "Arrow keys read the values.";
      box.setAttribute("aria-label", [days && `${days}.`, values, help].filter(Boolean).join(" "));
    }

    /**
     * @param {KeyboardEvent} event
     * @param {LiveChart} chart
     * @param {HTMLElement} box
     * @param {Reader} reader
     */
    typed(event, chart, box, reader) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { key, target } = event;
      const isName = key === "Enter" || key === " ";
      if (isName ? chooseName(chart, target) : target === box && this.moves(event, chart, reader)) {
        event.preventDefault();
      }
    }

    /**
     * Move the days or the value that is read, and say whether the key was one for that.
     * @param {KeyboardEvent} event
     * @param {LiveChart} chart
     * @param {Reader} reader
     */
    moves({ key, shiftKey }, chart, reader) {
      if (key.startsWith("Arrow") && !shiftKey) {
        reader.step(key === "ArrowRight" || key === "ArrowDown" ? 1 : -1);
        return true;
      }
      const shown = this.shown;
      if (!shown.length || !chart.chooser("range")) return false;
      const first = this.all.indexOf(shown[0]);
      const last = first + shown.length - 1;
      const range = rangeAfterKey(key, first, last, this.all.length - 1);
      if (!range) return false;
      if (range[0] !== first || range[1] !== last) chart.limit(this.rangeOf(range), true);
      return true;
    }
  }

  /**
   * Return the first and the last of some days.
   * @param {string[]} days
   */
  function endsOf(days) {
    return [days[0], days[days.length - 1]];
  }

  if (typeof document === "undefined") {
    module.exports = { Explorer, rangeAfterKey, wrapped };
    return;
  }

  window.leaderboardsExplore = (words, spec) => new Explorer(words, spec);

  /**
   * Choose the series of a name that was clicked or typed on, and say whether it was one.
   * @param {LiveChart} chart
   * @param {EventTarget | null} target
   */
  function chooseName(chart, target) {
    const name = /** @type {Element} */ (target).closest("[data-series]");
    if (name) chart.point(name.getAttribute("data-series"));
    return Boolean(name);
  }

  /**
   * Make buttons of the names at the ends of lines, for the pointer as for the keyboard.
   * @param {LiveChart} chart
   * @param {HTMLElement} box
   * @param {string} field of the series
   */
  function nameButtons(chart, box, field) {
    const focus = (chart.state().focus ?? "").split(",");
    for (const text of box.querySelectorAll("text")) {
      /** @type {ChartRow | undefined} */
      const datum = /** @type {any} */ (text).__data__?.datum;
      if (!datum || !(field in datum) || datum.name !== text.textContent) continue;
      const series = String(datum[field]);
      /** @type {Element | null} */
      let part = text;
      for (; part && part !== box; part = part.parentElement) part.removeAttribute("aria-hidden");
      text.setAttribute("tabindex", "0");
      text.setAttribute("role", "button");
      text.setAttribute("aria-pressed", String(focus.includes(series)));
      text.setAttribute("data-series", series);
      Object.assign(text.style, { pointerEvents: "auto", cursor: "pointer" });
    }
  }

  // Reads the marks that have a value one by one, from left to right and from the top down, for
  // whoever has no pointer: as the pointer would show it, and in words.
  class Reader {
    /**
     * @param {LiveChart} chart
     * @param {ChartView} view
     * @param {HTMLElement} box
     */
    constructor(chart, view, box) {
      this.chart = chart;
      this.view = view;
      this.box = box;
      this.at = -1;
      this.words = document.createElement("span");
      this.words.className = "visually-hidden";
      this.words.setAttribute("role", "status");
      box.append(this.words);
      box.addEventListener("blur", () => this.hide());
    }

    /** @returns {{ part: Element, item: ChartItem }[]} */
    values() {
      const parts = [...this.box.querySelectorAll("svg path, svg line")];
      return parts.flatMap((part) => {
        const item = /** @type {any} */ (part).__data__;
        return item?.tooltip ? [{ part, item }] : [];
      });
    }

    /** @param {number} by */
    step(by) {
      const values = this.values();
      if (!values.length) return;
      this.at = (this.at + by + values.length + (this.at < 0 && by < 0 ? 1 : 0)) % values.length;
      const { part, item } = values[this.at];
      const { left, top, width, height } = part.getBoundingClientRect();
      const [clientX, clientY] = [left + width / 2, top + height / 2];
      const event = new MouseEvent("mousemove", { clientX, clientY });
      this.chart.hold(this.view, event, item);
      const { title, ...rest } = /** @type {Record<string, string>} */ (item.tooltip);
      const said = Object.entries(rest).map(([label, value]) => `${label} ${value}`);
      this.words.textContent = [title, ...said].join(", ");
    }

    hide() {
      if (this.at >= 0) this.chart.release();
      this.at = -1;
    }
  }

  // A finger has no way to point without a tap: the first one on a mark shows its value, and only
  // the second one on the same mark is a choice.
  class Taps {
    /**
     * @param {LiveChart} chart
     * @param {ChartView} view
     */
    constructor(chart, view) {
      this.chart = chart;
      this.view = view;
      /** @type {ChartItem | null | undefined} */
      this.told = null;
    }

    /**
     * Show the value of a mark that was tapped for the first time, and say whether it was.
     * @param {Event} event
     * @param {ChartItem | null | undefined} item
     */
    tellsValue(event, item) {
      if (/** @type {PointerEvent} */ (event).pointerType !== "touch") return false;
      const isFirst = Boolean(item?.tooltip) && item !== this.told;
      this.told = isFirst ? item : null;
      if (isFirst) this.chart.hold(this.view, event, item);
      return isFirst;
    }
  }

  // Dragging across the plot chooses the days between; across only, so that a finger still
  // scrolls the page.
  class Brush {
    /**
     * @param {LiveChart} chart
     * @param {ChartView} view
     * @param {SVGSVGElement} svg
     * @param {ChartSpec} spec
     * @param {() => string[] | undefined} shown the days that are drawn
     */
    constructor(chart, view, svg, spec, shown) {
      this.chart = chart;
      this.svg = svg;
      this.spec = spec;
      this.shown = shown;
      this.view = view;
      /** @type {number | null} */
      this.start = null;
      this.shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      this.shade.setAttribute("y", String(spec.padding.top));
      this.shade.setAttribute("height", String(spec.height));
      this.shade.setAttribute("fill", "currentColor");
      this.shade.setAttribute("opacity", "0.12");
      this.shade.setAttribute("pointer-events", "none");
      // A drag is no selection of text, which would scroll the page along.
      Object.assign(svg.style, { touchAction: "pan-y", userSelect: "none" });
      svg.addEventListener("pointerdown", (event) => this.press(event));
      svg.addEventListener("pointermove", (event) => this.move(event));
      svg.addEventListener("pointerup", (event) => this.release(event));
      svg.addEventListener("pointercancel", () => this.end());
    }

    /** Return how many units of the drawing a pixel of the screen is. */
    unitsPerPixel() {
      return this.svg.viewBox.baseVal.width / this.svg.getBoundingClientRect().width;
    }

    /** @param {PointerEvent} event */
    along(event) {
      const pixels = event.clientX - this.svg.getBoundingClientRect().left;
      return pixels * this.unitsPerPixel() - this.spec.padding.left;
    }

    /**
     * Return where a day stands, in units of the drawing.
     * @param {string} value
     */
    placeOf(value) {
      const scale = this.view.scale("x");
      if (scale.bandwidth) return scale(value) + scale.bandwidth() / 2;
      return scale(Date.parse(value));
    }

    /**
     * Return the part of the plot between the start of the drag and the pointer.
     * @param {number} start
     * @param {PointerEvent} event
     */
    covered(start, event) {
      const ends = [start, this.along(event)].sort((a, b) => a - b);
      return ends.map((end) => Math.max(0, Math.min(this.spec.width, end)));
    }

    /** @param {PointerEvent} event */
    press(event) {
      if (event.isPrimary && !event.button) this.start = this.along(event);
    }

    /** @param {PointerEvent} event */
    move(event) {
      if (this.start === null) return;
      const dragged = Math.abs(this.along(event) - this.start);
      if (!this.shade.isConnected && dragged < LEAST_DRAG * this.unitsPerPixel()) return;
      const [low, high] = this.covered(this.start, event);
      this.shade.setAttribute("x", String(this.spec.padding.left + low));
      this.shade.setAttribute("width", String(high - low));
      if (this.shade.isConnected) return;
      this.svg.append(this.shade);
      this.svg.setPointerCapture(event.pointerId);
    }

    /** @param {PointerEvent} event */
    release(event) {
      const { start } = this;
      const dragged = this.shade.isConnected;
      this.end();
      if (start === null || !dragged) return;
      const [low, high] = this.covered(start, event);
      const inside = (this.shown() ?? []).filter((value) => {
        const place = this.placeOf(value);
        return place >= low && place <= high;
      });
      if (inside.length > 1) this.chart.limit(`${inside[0]}..${inside[inside.length - 1]}`);
    }

    end() {
      this.start = null;
      this.shade.remove();
    }
  }
})();
