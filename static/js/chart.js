// Makes a chart answer to the pointer, once somebody wants it to. Until then, and if anything
// fails, the picture stays. The address holds what differs from the start, in an embed as well:
// ?range=2026-05-01..2026-06-30&focus=author/model.
(() => {
  "use strict";
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const RANGE = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;

  /**
   * Return the day of a value in the rows of a chart.
   * @param {unknown} value
   */
  function day(value) {
    return String(value).slice(0, 10);
  }

  /**
   * Return a day without its year: 5 May.
   * @param {string} value such as 2026-05-05
   */
  function short(value) {
    return `${Number(value.slice(8, 10))} ${MONTHS[Number(value.slice(5, 7)) - 1]}`;
  }

  /**
   * Return the first and the last day of a range in an address; null if it is none.
   * @param {string | null | undefined} value
   */
  function span(value) {
    const [, first, last] = RANGE.exec(value ?? "") ?? [];
    return first && Date.parse(first) <= Date.parse(last) ? [first, last] : null;
  }

  /**
   * Return a range for people, as the pages write it: 26 May to 17 Aug 2026.
   * @param {string[]} range
   */
  function spoken([first, last]) {
    const end = `${short(last)} ${last.slice(0, 4)}`;
    if (first === last) return end;
    if (first.slice(0, 4) !== last.slice(0, 4)) {
      return `${short(first)} ${first.slice(0, 4)} to ${end}`;
    }
    const sameMonth = first.slice(0, 7) === last.slice(0, 7);
    return `${sameMonth ? Number(first.slice(8, 10)) : short(first)} to ${end}`;
  }

  /**
   * Return the series of a focus: one, or several with commas between. Unknown ones are left out.
   * @param {string} value
   * @param {string[]} known
   */
  function several(value, known) {
    if (value && known.includes(value)) return [value];
    return [...new Set(value.split(","))].filter((name) => name && known.includes(name));
  }

  /**
   * Return what an address asks for of a control. The series in focus may also be named as in
   * comparisons, by m=a~b.
   * @param {URLSearchParams} asked
   * @param {string} key
   */
  function askedFor(asked, key) {
    const value = asked.get(key) ?? "";
    if (value || key !== "focus") return value;
    return (asked.get("m") ?? "").replaceAll("~", ",");
  }

  /**
   * Return a focus in which ids and aliases of models have given way to the series that they name.
   * @param {string} value
   * @param {Map<string, string>} series by id or alias
   */
  function renamed(value, series) {
    const names = value.split(",").map((name) => series.get(name) ?? name);
    return names.join(",");
  }

  /**
   * Return the focus after a click on a series: put in, or taken out if it was there.
   * @param {string[]} focus
   * @param {string} series
   */
  function toggled(focus, series) {
    if (focus.includes(series)) return focus.filter((name) => name !== series);
    return [...focus, series];
  }

  /**
   * Return a specification in the colors of a theme. Charts are drawn in the light one; each of
   * their few neutral colors has one counterpart.
   * @param {string} text
   * @param {boolean} dark
   * @returns {ChartSpec}
   */
  function recoloured(text, dark) {
    /** @type {ChartSpec} */
    const spec = JSON.parse(text);
    const colours = spec.usermeta?.recolour;
    if (!colours || !dark) return spec;
    return JSON.parse(text, (key, value) => {
      if (key === "recolour" || typeof value !== "string") return value;
      return Object.hasOwn(colours, value) ? colours[value] : value;
    });
  }

  if (typeof document === "undefined") {
    module.exports = { askedFor, day, recoloured, renamed, several, short, span, spoken, toggled };
    return;
  }

  const DARK = matchMedia("(prefers-color-scheme: dark)");
  const page = document.documentElement;
  /** @type {Promise<[ChartRuntime, MakeExplorer]> | null} */
  let runtime = null;

  /**
   * @param {string} src
   * @returns {Promise<void>}
   */
  function loadScript(src) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`${src} did not load`));
      document.head.append(script);
    });
  }

  /** @param {string} root */
  function loadRuntime(root) {
    runtime ??= fetchRuntime(root);
    return runtime;
  }

  /**
   * @param {string} root
   * @returns {Promise<[ChartRuntime, MakeExplorer]>}
   */
  async function fetchRuntime(root) {
    await Promise.all(["vega", "explore"].map((name) => loadScript(`${root}static/js/${name}.js`)));
    if (!window.leaderboardsVega || !window.leaderboardsExplore) throw new Error("no runtime");
    return [window.leaderboardsVega, window.leaderboardsExplore];
  }

  function isDark() {
    return page.dataset.theme ? page.dataset.theme === "dark" : DARK.matches;
  }

  /** @param {HTMLSelectElement} select */
  function knownValues(select) {
    return [...select.options].filter(({ dataset }) => !dataset.own).map(({ value }) => value);
  }

  /**
   * Return the series of a list by the other ids that its models have.
   * @param {HTMLSelectElement} select
   * @returns {Map<string, string>}
   */
  function seriesByIds(select) {
    const named = [...select.options].map(({ dataset, value }) =>
      (dataset.ids?.split(" ") ?? []).map((id) => /** @type {[string, string]} */ ([id, value])),
    );
    return new Map(named.flat());
  }

  /**
   * Choose a value in a list. A range of days and a focus on several series are no entries of
   * their lists, so they get one while they hold. What the list does not know is not chosen.
   * @param {HTMLSelectElement} select
   * @param {string} value
   */
  function choose(select, value) {
    const known = knownValues(select);
    const range = select.dataset.control === "range" ? span(value) : null;
    const names = select.dataset.control === "focus" ? several(value, known) : [];
    select.querySelector("[data-own]")?.remove();
    select.removeAttribute("title");
    if (known.includes(value)) select.value = value;
    else if (range) addOwnEntry(select, value, "Chosen", spoken(range));
    else if (names.length > 1) {
      addOwnEntry(select, names.join(","), `${names.length} together`, "");
    } else select.value = names[0] ?? "";
  }

  /**
   * The entry is short, so that the list stays as wide as it is; its title says it in full.
   * @param {HTMLSelectElement} select
   * @param {string} value
   * @param {string} label
   * @param {string} title
   */
  function addOwnEntry(select, value, label, title) {
    const option = new Option(label, value, true, true);
    option.dataset.own = "1";
    select.title = title;
    select.append(option);
  }

  /** @typedef {{ explorer: ChartExplorer, view: ChartView, box: HTMLElement }} LiveDrawing */

  class Chart {
    /**
     * @param {HTMLElement} figure
     * @param {HTMLElement} plot
     * @param {HTMLPictureElement} picture
     */
    constructor(figure, plot, picture) {
      this.figure = figure;
      this.plot = plot;
      this.picture = picture;
      this.root = figure.dataset.root ?? "";
      /** @type {HTMLButtonElement | null} */
      this.button = figure.querySelector("[data-explore]");
      /** @type {Map<string, string>} */
      this.specs = new Map();
      /** @type {Promise<void> | null} */
      this.loadingSpecs = null;
      /** @type {LiveDrawing | null} */
      this.live = null;
      /** @type {TellValue | null} */
      this.tell = null;
      /** @type {(() => void) | null} */
      this.letGo = null;
      /** @type {HTMLSelectElement[]} */
      this.selects = [];
      this.turn = 0;
      this.share = 1;
      this.dark = false;
      /** @type {Record<string, string>} */
      this.colours = {};
      this.size = "";
      this.armButton();
      figure.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.live) this.leave();
      });
      picture.addEventListener("click", () => this.enter());
      for (const { media } of this.sizeSources()) {
        matchMedia(media).addEventListener("change", () => this.refresh());
      }
      this.offerChoices();
    }

    armButton() {
      if (!this.button) return;
      this.button.hidden = false;
      this.button.setAttribute("aria-pressed", "false");
      this.button.addEventListener("click", () => (this.live ? this.leave() : this.enter()));
    }

    offerChoices() {
      /** @type {HTMLFieldSetElement | null} */
      const controls = this.figure.querySelector("[data-controls]");
      this.selects = [...(controls?.querySelectorAll("select") ?? [])];
      for (const select of this.selects) select.addEventListener("change", () => this.choose());
      if (controls) controls.disabled = false;
      this.followAddress();
      window.leaderboardsAddress?.follow(() => this.followAddress());
    }

    // Draw what the address asks for, if that is something else than is chosen.
    followAddress() {
      const before = JSON.stringify(this.state());
      const asked = new URLSearchParams(location.search);
      for (const select of this.selects) {
        const value = askedFor(asked, select.dataset.control ?? "");
        choose(select, renamed(value, seriesByIds(select)));
      }
      if (JSON.stringify(this.state()) !== before) this.enter();
    }

    /** @returns {Record<string, string>} */
    state() {
      const set = this.selects.filter(({ value }) => value);
      return Object.fromEntries(set.map(({ dataset, value }) => [dataset.control, value]));
    }

    /** @param {string} key */
    chooser(key) {
      return this.selects.find(({ dataset }) => dataset.control === key);
    }

    /** @param {boolean} passing whether more of the same is to come */
    choose(passing = false) {
      this.writeAddress(passing);
      this.enter();
    }

    /** @param {boolean} passing */
    writeAddress(passing = false) {
      /** @type {[string, string][]} */
      const choices = this.selects.map(({ dataset, value }) => [dataset.control ?? "", value]);
      // The same in the other form would come back with the address.
      if (this.chooser("focus")) choices.push(["m", ""]);
      window.leaderboardsAddress?.choose(choices, passing);
    }

    /**
     * Put the series of a mark or a name that was clicked into the focus, or take it out.
     * @param {unknown} value
     */
    point(value) {
      const select = this.chooser("focus");
      const name = String(value);
      if (!select || value === undefined) return;
      if (![...select.options].some((option) => option.value === name)) return;
      choose(select, toggled(several(select.value, knownValues(select)), name).join(","));
      this.choose();
    }

    forgetRange() {
      const range = this.chooser("range");
      if (range) choose(range, "");
    }

    /**
     * Choose a range by its first and last day; an empty one is all.
     * @param {string} range as in an address
     * @param {boolean} passing whether more of the same is to come
     */
    limit(range, passing = false) {
      const select = this.chooser("range");
      if (!select) return;
      choose(select, range);
      this.choose(passing);
    }

    async enter() {
      this.turn += 1;
      const turn = this.turn;
      try {
        await this.draw(turn);
      } catch (error) {
        if (turn === this.turn) this.fail(error);
      }
    }

    // The drawing that the picture shows, too: narrow, medium or wide.
    shownSize() {
      const shown = this.sizeSources().find((source) => matchMedia(source.media).matches);
      return shown?.dataset.size ?? "wide";
    }

    /** @returns {HTMLSourceElement[]} */
    sizeSources() {
      return [...this.picture.querySelectorAll("source")].filter((source) => source.dataset.size);
    }

    /**
     * Draw what is chosen; if meanwhile something else is, leave it to that.
     * @param {number} turn
     */
    async draw(turn) {
      const size = this.shownSize();
      const dark = isDark();
      const [[vega, makeExplorer], text] = await Promise.all([
        loadRuntime(this.root),
        this.spec(size),
      ]);
      if (turn !== this.turn) return;
      if (this.live && this.isShown(size, dark)) {
        await this.apply(this.live);
        return;
      }
      const box = document.createElement("div");
      box.className = "live";
      const spec = recoloured(text, dark);
      this.colours = spec.usermeta?.recolour ?? {};
      const explorer = makeExplorer({ day, several, span, spoken }, spec);
      const live = { explorer, view: this.makeView(vega, spec, box), box };
      const time = await this.apply(live);
      if (turn !== this.turn) {
        live.view.finalize();
        return;
      }
      if (time?.missed) this.forgetRange();
      explorer.listen(this, live.view, box);
      this.show(live, size, dark);
    }

    /**
     * @param {string} size
     * @param {boolean} dark
     */
    isShown(size, dark) {
      return this.live !== null && this.size === size && this.dark === dark;
    }

    /**
     * Give the drawing's parameters the values that are chosen.
     * @param {LiveDrawing} live
     */
    async apply({ explorer, view, box }) {
      const { signals, time } = explorer.choices(this.state());
      for (const [name, value] of Object.entries(signals)) view.signal(name, value);
      await view.runAsync();
      explorer.describe(this, box, time);
      this.nameDrawing(box);
      return time;
    }

    /**
     * @param {ChartRuntime} vega
     * @param {ChartSpec} spec
     * @param {HTMLElement} box
     */
    makeView(vega, spec, box) {
      const tooltip = new vega.Handler({ disableDefaultStyle: true });
      this.tell = tooltip.call;
      /** @type {TellValue} */
      const tell = (told, event, item, value) => {
        // After a tap the browser says that its pointer has left.
        if (value === null && this.letGo) return;
        this.letGo?.();
        tooltip.call(told, event, item, value);
      };
      return new vega.View(vega.parse(spec, null, { ast: true }), {
        expr: vega.expressionInterpreter,
        renderer: "svg",
        container: box,
        hover: true,
        tooltip: tell,
      });
    }

    /**
     * Return the specification of a size as JSON. A sandboxed embed may load scripts and fetch
     * nothing, so its specifications come as a script.
     * @param {string} size narrow, medium or wide
     */
    async spec(size) {
      if (document.body.dataset.embed) return JSON.stringify((await this.embeddedSpecs())[size]);
      const held = this.specs.get(size);
      if (held !== undefined) return held;
      const name = `${this.figure.dataset.chart}${size === "wide" ? "" : `.${size}`}`;
      const reply = await fetch(`${this.root}charts/${name}.vg.json`);
      if (!reply.ok) throw new Error(`the chart's data answered ${reply.status}`);
      const text = await reply.text();
      this.specs.set(size, text);
      return text;
    }

    async embeddedSpecs() {
      this.loadingSpecs ??= loadScript("spec.js");
      await this.loadingSpecs;
      if (!window.leaderboardsSpecs) throw new Error("no specs");
      return window.leaderboardsSpecs;
    }

    /**
     * Put the drawing in the picture's place, at its size, so that nothing on the page moves.
     * @param {LiveDrawing} live
     * @param {string} size
     * @param {boolean} dark
     */
    show(live, size, dark) {
      const { box } = live;
      const before = this.live;
      this.fit(box);
      const focused = before?.box.contains(document.activeElement) ? document.activeElement : null;
      // In one step: a page that is shorter for a moment would scroll.
      if (before) before.box.replaceWith(box);
      else this.picture.after(box);
      this.picture.hidden = true;
      before?.view.finalize();
      if (focused) this.keepFocus(focused, box);
      this.live = live;
      this.size = size;
      this.dark = dark;
      this.press(true);
      this.refresh();
    }

    /**
     * Show the value of a mark until the reader scrolls or points at something else.
     * @param {ChartView} view
     * @param {Event} event
     * @param {ChartItem | null | undefined} item
     */
    hold(view, event, item) {
      this.letGo?.();
      this.tell?.(view, event, item, item?.tooltip);
      const once = new AbortController();
      this.letGo = () => {
        once.abort();
        this.letGo = null;
        this.tell?.(view, event, item, null);
      };
      for (const sign of ["pointerdown", "scroll"]) {
        addEventListener(sign, this.letGo, { capture: true, passive: true, signal: once.signal });
      }
    }

    release() {
      this.letGo?.();
    }

    /**
     * The drawing is called what the picture was; an image holds no buttons, so one with names to
     * choose is a group.
     * @param {HTMLElement} box
     */
    nameDrawing(box) {
      const svg = box.querySelector("svg");
      svg?.setAttribute("role", box.querySelector("[role=button]") ? "group" : "img");
      svg?.setAttribute("aria-label", this.picture.querySelector("img")?.alt ?? "");
    }

    /** @param {HTMLElement} box */
    fit(box) {
      if (!this.picture.hidden) {
        const shown = this.picture.querySelector("img")?.clientWidth ?? 0;
        this.share = shown / this.plot.clientWidth || 1;
      }
      const svg = box.querySelector("svg");
      svg?.setAttribute("width", "100%");
      svg?.removeAttribute("height");
      if (svg) svg.style.display = "block";
      box.style.width = `${this.share * 100}%`;
    }

    /**
     * Whoever was in the drawing stays there when another takes its place.
     * @param {Element} focused
     * @param {HTMLElement} box
     */
    keepFocus(focused, box) {
      const series = focused.getAttribute("data-series");
      /** @type {NodeListOf<SVGElement>} */
      const names = box.querySelectorAll("[data-series]");
      const same = [...names].find((name) => name.dataset.series === series);
      (same ?? box).focus({ preventScroll: true });
    }

    // Whoever was in the drawing goes on from the button.
    leave() {
      this.turn += 1;
      const wasInside = this.live?.box.contains(document.activeElement);
      this.live?.view.finalize();
      this.live?.box.remove();
      this.live = null;
      this.picture.hidden = false;
      if (Object.keys(this.state()).length) {
        for (const select of this.selects) choose(select, "");
        this.writeAddress();
      }
      this.press(false);
      if (wasInside) this.button?.focus({ preventScroll: true });
    }

    /** @param {boolean} pressed */
    press(pressed) {
      this.button?.setAttribute("aria-pressed", String(pressed));
    }

    /** @param {boolean} printing whether on paper, which is light */
    repaint(printing) {
      if (!this.live || !this.dark) return;
      const entries = Object.entries(this.colours);
      const swapped = new Map(printing ? entries.map(([light, dark]) => [dark, light]) : entries);
      for (const part of this.live.box.querySelectorAll("[fill], [stroke]")) {
        for (const name of ["fill", "stroke"]) {
          const colour = swapped.get(part.getAttribute(name) ?? "");
          if (colour) part.setAttribute(name, colour);
        }
      }
    }

    // Draw again, if the page's theme or width is no longer that of the drawing.
    refresh() {
      if (this.live && !this.isShown(this.shownSize(), isDark())) this.enter();
    }

    /** @param {unknown} error */
    fail(error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.warn(`${this.figure.dataset.chart}: ${reason}`);
      this.leave();
      const message = document.createElement("span");
      message.setAttribute("role", "status");
      message.textContent =
        "The interactive chart could not be loaded; the picture shows the same.";
      this.button?.replaceWith(message);
      this.button = null;
    }
  }

  /** @type {Chart[]} */
  const charts = [];
  /** @type {NodeListOf<HTMLElement>} */
  const figures = document.querySelectorAll("figure.chart[data-chart]:not([data-still])");
  for (const figure of figures) {
    /** @type {HTMLElement | null} */
    const plot = figure.querySelector("[data-plot]");
    const picture = figure.querySelector("picture");
    if (plot && picture) charts.push(new Chart(figure, plot, picture));
  }

  // Paper is light: what is drawn in the dark theme has the colors of the light one while it is
  // printed.
  addEventListener("beforeprint", () => charts.forEach((chart) => chart.repaint(true)));
  addEventListener("afterprint", () => charts.forEach((chart) => chart.repaint(false)));

  const refresh = () => charts.forEach((chart) => chart.refresh());
  const themeChanges = new MutationObserver(refresh);
  themeChanges.observe(page, { attributes: true, attributeFilter: ["data-theme"] });
  DARK.addEventListener("change", refresh);
})();
