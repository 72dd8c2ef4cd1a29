// What a reader does inside a live chart: choose days by dragging or by keys, put series into the
// focus. chart.js loads it together with the drawing; nothing in it moves by itself.
(() => {
  "use strict";
  const PALE = 0.15;
  const LABEL_GAP = 15;
  const LABEL_EDGE = 6;
  const TICK_WIDTH = 64;
  const MONTH_WIDTH = 80;
  const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
  const DAY = 86_400_000;
  // Days; a longer axis has months below it, as in the picture.
  const LONG = 100;
  const LEAST_DRAG = 5;

  /** @typedef {{ from: number, py?: number }} EndLabel a name at the end of its line */

  /**
   * Let every mark of other series step back. What only answers to the pointer stays unseen.
   * @param {ChartMark[] | undefined} marks
   * @param {string} signal an expression that gives the opacity
   */
  function fade(marks, signal) {
    for (const mark of marks ?? []) {
      fade(mark.marks, signal);
      const update = mark.encode?.update;
      if (!update || mark.type === "group" || mark.name?.startsWith("hover")) continue;
      update.opacity = { signal };
    }
  }

  /**
   * Return the expression that is 1 for marks of these series and for those without one.
   * @param {string} field
   * @param {string[]} series
   */
  function opacityOf(field, series) {
    const datum = `datum[${JSON.stringify(field)}]`;
    const among = `indexof(${JSON.stringify(series)}, ${datum}) >= 0`;
    return `!isDefined(${datum}) || ${among} ? 1 : ${PALE}`;
  }

  /**
   * Change a specification to what an option stands for.
   * @param {ChartSpec} spec
   * @param {ChartOption} option
   */
  function applyOption(spec, option) {
    applyRows(spec, option);
    const { scales = {}, params = {} } = option;
    for (const scale of spec.scales ?? []) Object.assign(scale, scales[scale.name]);
    for (const signal of spec.signals ?? []) signal.value = params[signal.name] ?? signal.value;
  }

  /**
   * Put an option's rows in the place of those drawn, or its fields in the place of theirs.
   * @param {ChartSpec} spec
   * @param {ChartOption} option
   */
  function applyRows(spec, { data = {}, fields = {} }) {
    for (const table of spec.data) {
      if (data[table.name]) table.values = data[table.name];
      copyFields(table.values ?? [], fields);
    }
  }

  /**
   * @param {ChartRow[]} rows changed in place
   * @param {Record<string, string>} fields the field to copy, by the one that is drawn
   */
  function copyFields(rows, fields) {
    for (const [to, from] of Object.entries(fields)) {
      for (const row of rows) if (from in row) row[to] = row[from];
    }
  }

  /**
   * Return the rows that a chart over time is about.
   * @param {ChartSpec} spec
   */
  function rowsOf(spec) {
    return spec.data.find(({ name }) => name === "rows")?.values ?? [];
  }

  /**
   * Return the control of this name that a chart has.
   * @param {ChartSpec} spec
   * @param {string} key
   */
  function controlOf(spec, key) {
    return spec.usermeta?.controls?.find((control) => control.key === key);
  }

  /**
   * Move the labels apart that stand too near to each other, inside the drawing.
   * @param {EndLabel[]} labels changed in place
   * @param {number} height of the drawing
   */
  function spread(labels, height) {
    labels.sort((a, b) => a.from - b.from);
    let above = LABEL_EDGE - LABEL_GAP;
    for (const label of labels) {
      label.py = above = Math.max(label.from, above + LABEL_GAP);
    }
    let below = height - LABEL_EDGE + LABEL_GAP;
    for (const label of [...labels].reverse()) {
      label.py = below = Math.min(label.py ?? 0, below - LABEL_GAP);
    }
  }

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
   * Return the labels of a long time axis: the first day of every month, quarter or year, the first
   * of them and those of a January with their year.
   * @param {string[]} shown
   * @param {string} field
   * @param {number} width of the drawing
   * @param {(day: string) => string} written
   */
  function monthLabels(shown, field, width, written) {
    const room = Math.max(1, Math.floor(width / MONTH_WIDTH));
    const starts = shown.filter(
      (value, at) => at && value.slice(0, 7) !== shown[at - 1].slice(0, 7),
    );
    const month = (/** @type {string} */ value) =>
      Number(value.slice(0, 4)) * 12 + Number(value.slice(5, 7)) - 1;
    const every = (/** @type {number} */ step) =>
      starts.filter((value) => month(value) % step === 0);
    const step = MONTH_STEPS.find((one) => every(one).length <= room) ?? MONTH_STEPS[0];
    return every(step).map((value, at) => {
      const name = written(value).split(" ")[1];
      const year = !at || value.slice(5, 7) === "01" ? ` ${value.slice(0, 4)}` : "";
      return { [field]: value, align: "center", label: name + year };
    });
  }

  /**
   * Return the labels of the days below a chart, as many as have room, the newest among them.
   * @param {string[]} shown
   * @param {string} field
   * @param {number} width of the drawing
   * @param {(day: string) => string} written
   */
  function dayLabels(shown, field, width, written) {
    const room = Math.max(1, Math.floor(width / TICK_WIDTH));
    const step = Math.ceil(shown.length / room);
    return shown.map((value, at) => {
      const label = (shown.length - 1 - at) % step ? "" : written(value);
      return { [field]: value, align: "center", label };
    });
  }

  /** @implements {ChartExplorer} */
  class Explorer {
    /** @param {ChartWords} words what chart.js knows of days and series */
    constructor(words) {
      this.words = words;
    }

    /**
     * Apply what the reader has chosen to a specification, before it is drawn.
     * @param {ChartSpec} spec
     * @param {Record<string, string>} state
     * @returns {ChartTime | null} the days of the chart; null if it is not over time
     */
    chosen(spec, state) {
      for (const { key, field, options } of spec.usermeta?.controls ?? []) {
        if (key === "focus" && state.focus) {
          const known = options.map(({ value }) => value);
          const series = this.words.several(state.focus, known);
          if (series.length) fade(spec.marks, opacityOf(field, series));
        }
        const option = options.find(({ value }) => value && value === state[key]);
        if (option && key !== "range") applyOption(spec, option);
      }
      return this.limited(spec, state.range);
    }

    /**
     * Keep the rows of the days that are asked for.
     * @param {ChartSpec} spec
     * @param {string | undefined} range an option of the control, or a range as in an address
     * @returns {ChartTime | null}
     */
    limited(spec, range) {
      const { day, span } = this.words;
      const time = controlOf(spec, "range");
      if (!time) return null;
      const all = [...new Set(rowsOf(spec).map((row) => String(row[time.field])))].sort();
      const since = time.options.find(({ value }) => value && value === range)?.since;
      const asked = since ? [since, day(all.at(-1))] : span(range);
      const inside = (/** @type {unknown} */ value) =>
        !asked || (day(value) >= asked[0] && day(value) <= asked[1]);
      const shown = all.filter(inside);
      if (!asked || shown.length < 2) {
        return { ...time, all, shown: all, past: false, missed: Boolean(asked) };
      }
      for (const data of spec.data) {
        const kept = data.values?.filter((row) => !(time.field in row) || inside(row[time.field]));
        if (kept) data.values = kept;
      }
      const continuous = this.moveEnds(spec, all, shown);
      this.labelDays(spec, time, shown, continuous);
      return { ...time, all, shown, past: shown.at(-1) !== all.at(-1) };
    }

    /**
     * Move the signals that hold the ends of a continuous time axis.
     * @param {ChartSpec} spec
     * @param {string[]} all
     * @param {string[]} shown
     * @returns {boolean} whether the axis is continuous
     */
    moveEnds(spec, all, shown) {
      const { day } = this.words;
      const moves = new Map([
        ["first", Date.parse(day(shown[0])) - Date.parse(day(all[0]))],
        ["last", Date.parse(day(shown.at(-1))) - Date.parse(day(all.at(-1)))],
      ]);
      const ends = (spec.signals ?? []).filter(({ name }) => moves.has(name));
      for (const end of ends) end.value += moves.get(end.name);
      return ends.length > 0;
    }

    /**
     * @param {ChartSpec} spec
     * @param {ChartControl} time
     * @param {string[]} shown
     * @param {boolean} continuous whether days without a label need no place on the axis
     */
    labelDays(spec, time, shown, continuous) {
      const ticks = spec.data.find(({ name }) => name === time.ticks);
      if (!ticks) return;
      const { day, short } = this.words;
      const days = (Date.parse(day(shown.at(-1))) - Date.parse(day(shown[0]))) / DAY;
      if (continuous && days > LONG) {
        ticks.values = monthLabels(shown, time.field, spec.width, short);
        return;
      }
      const labels = dayLabels(shown, time.field, spec.width, short);
      ticks.values = labels.filter(({ label }) => label || !continuous);
    }

    /**
     * Move the names to where the lines end: in a range of the past that is somewhere else.
     * @param {ChartView} view
     * @param {ChartSpec} spec
     * @param {ChartTime | null} time
     * @returns {boolean} whether the view has to run again
     */
    renamed(view, spec, time) {
      const ends = spec.data.find(({ name }) => name === "ends" || name === "labels");
      if (!time?.past || !ends) return false;
      const key = controlOf(spec, "focus")?.field ?? "series";
      const newest = rowsOf(spec).filter((row) => row[time.field] === time.shown.at(-1));
      const last = new Map(newest.map((row) => [row[key], row]));
      const scale = view.scale("y");
      const kept = (ends.values ?? []).flatMap((held) => {
        const row = key in held ? last.get(held[key]) : undefined;
        // Vega has marked the rows that it holds with a symbol; a copy with that mark would be
        // taken for the same row, so only what has a name is copied.
        return row ? [movedEnd(Object.fromEntries(Object.entries(held)), row, scale)] : [];
      });
      const labels = kept.filter(isEndLabel);
      if (labels.length) spread(labels, spec.height);
      view.data(ends.name, labels.length ? labels : kept);
      return true;
    }

    /**
     * Let the drawing tell its chart what the reader points at, drags over and types.
     * @param {LiveChart} chart
     * @param {ChartView} view
     * @param {HTMLElement} box
     * @param {ChartSpec} spec
     * @param {ChartTime | null} time
     */
    listen(chart, view, box, spec, time) {
      const field = chart.chooser("focus") && controlOf(spec, "focus")?.field;
      const taps = new Taps(chart, view);
      view.addEventListener("click", (event, item) => {
        if (taps.tellsValue(event, item) || !field || item?.mark.marktype === "text") return;
        chart.point(item?.datum?.[field]);
      });
      if (field) nameButtons(chart, box, field);
      const { day, spoken } = this.words;
      const svg = box.querySelector("svg");
      if (svg && time && time.all.length > 2 && chart.chooser("range")) {
        rangeKeys(chart, box, time, spoken([day(time.shown[0]), day(time.shown.at(-1))]));
        new Brush(chart, view, svg, spec, time);
      }
    }
  }

  /**
   * Return the row of a name where its line ends now.
   * @param {ChartRow} end
   * @param {ChartRow} row the newest of its series
   * @param {ChartScale} scale
   * @returns {ChartRow}
   */
  function movedEnd(end, row, scale) {
    if ("place" in end) return { ...end, rank: row.rank, place: String(row.rank) };
    return { ...end, more: "", from: scale(row.y ?? (row.low + row.high) / 2) };
  }

  /**
   * @param {ChartRow} end
   * @returns {end is EndLabel}
   */
  function isEndLabel(end) {
    return "from" in end;
  }

  if (typeof document === "undefined") {
    module.exports = { Explorer, dayLabels, monthLabels, opacityOf, rangeAfterKey, spread };
    return;
  }

  window.leaderboardsExplore = (words) => new Explorer(words);

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
      text.addEventListener("click", () => chart.point(series));
      text.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        chart.point(series);
      });
    }
  }

  /**
   * Let keys change the days while the plot has the focus.
   * @param {LiveChart} chart
   * @param {HTMLElement} box
   * @param {ChartTime} time
   * @param {string} days those shown, for people
   */
  function rangeKeys(chart, box, { all, shown }, days) {
    const help =
      "Left and right arrows move these days, plus and minus shorten and lengthen them, " +
      "Home shows all.";
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${days}. ${help}`);
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
      const first = all.indexOf(shown[0]);
      const last = first + shown.length - 1;
      const range = rangeAfterKey(event.key, first, last, all.length - 1);
      if (!range) return;
      event.preventDefault();
      if (range[0] !== first || range[1] !== last) chart.limit(...range, all, true);
    });
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
     * @param {ChartTime} time
     */
    constructor(chart, view, svg, spec, time) {
      this.chart = chart;
      this.svg = svg;
      this.spec = spec;
      this.time = time;
      this.scale = view.scale("x");
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
      const { scale } = this;
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
      const { all, shown } = this.time;
      const inside = shown.filter((value) => {
        const place = this.placeOf(value);
        return place >= low && place <= high;
      });
      if (inside.length < 2) return;
      this.chart.limit(
        all.indexOf(inside[0]),
        all.lastIndexOf(inside[inside.length - 1]),
        all,
        false,
      );
    }

    end() {
      this.start = null;
      this.shade.remove();
    }
  }
})();
