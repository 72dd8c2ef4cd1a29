// Makes a chart answer to the pointer, once somebody wants it to. Until then, and if anything fails, the picture stays.
(() => {
  "use strict";
  const INTENT = 150;
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const NARROW = matchMedia("(max-width: 40rem)"), DARK = matchMedia("(prefers-color-scheme: dark)");
  const FINE = matchMedia("(hover: hover) and (pointer: fine)");
  const page = document.documentElement;
  let runtime = null;

  const added = (src) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} did not load`));
    document.head.append(script);
  });
  const load = (root) => {
    runtime ??= Promise.all(["vega", "explore"].map((name) => added(`${root}static/js/${name}.js`))).then(() => {
      if (!window.leaderboardsVega || !window.leaderboardsExplore) throw new Error("no runtime");
      return [window.leaderboardsVega, window.leaderboardsExplore({ day, several, short, span, spoken })];
    });
    return runtime;
  };
  const isDark = () => (page.dataset.theme ? page.dataset.theme === "dark" : DARK.matches);

  // Charts are drawn in the light theme; its few neutral colours have one counterpart each.
  const recoloured = (text, dark) => {
    const spec = JSON.parse(text), map = spec.usermeta?.recolour;
    if (!map || !dark) return spec;
    return JSON.parse(text, (key, value) => (key === "recolour" ? value : typeof value === "string" ? map[value] ?? value : value));
  };

  // A focus is one series or several, parted by commas; names that nobody has are left out.
  const several = (value, known) => (value && known.includes(value) ? [value] : [...new Set(value.split(","))].filter((one) => one && known.includes(one)));
  // A range of days, as it stands in an address: 2026-05-01..2026-06-30.
  const span = (value) => {
    const [, first, last] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(value ?? "") ?? [];
    return first && Date.parse(first) <= Date.parse(last) ? [first, last] : null;
  };
  const day = (value) => String(value).slice(0, 10);
  const short = (value) => `${Number(value.slice(8, 10))} ${MONTHS[value.slice(5, 7) - 1]}`;
  const spoken = ([first, last]) => `${short(first)}${first.slice(0, 4) === last.slice(0, 4) ? "" : ` ${first.slice(0, 4)}`} – ${short(last)} ${last.slice(0, 4)}`;

  class Chart {
    constructor(figure) {
      this.figure = figure;
      this.plot = figure.querySelector("[data-plot]");
      this.picture = figure.querySelector("picture");
      this.button = figure.querySelector("[data-explore]");
      this.label = this.button?.textContent;
      this.specs = new Map();
      this.turn = 0;
      if (!this.plot || !this.picture) return;
      if (this.button) {
        this.button.hidden = false;
        this.button.setAttribute("aria-pressed", "false");
        this.button.addEventListener("click", () => (this.view ? this.leave() : this.enter()));
      }
      figure.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.view) this.leave(); });
      this.watchPointer();
      this.offerChoices();
    }

    // The address says what is not as usual, in the same words here and in an embed; what it says wrongly is ignored.
    offerChoices() {
      const box = this.figure.querySelector("[data-controls]"), asked = new URLSearchParams(location.search);
      this.selects = box ? [...box.querySelectorAll("select")] : [];
      for (const select of this.selects) {
        this.put(select, asked.get(select.dataset.control) ?? "");
        select.addEventListener("change", () => this.choose());
      }
      if (box) box.disabled = false;
      if (Object.keys(this.state()).length) this.enter();
    }

    state() {
      return Object.fromEntries(this.selects.filter((one) => one.value).map((one) => [one.dataset.control, one.value]));
    }

    // A range of days and a focus on several series are no entries of their lists, so they get one while they hold.
    put(select, value) {
      const known = [...select.options].filter((one) => !one.dataset.own).map((one) => one.value), days = span(value);
      const names = select.dataset.control === "focus" ? several(value, known) : [];
      select.querySelector("[data-own]")?.remove();
      select.removeAttribute("title");
      if (known.includes(value)) select.value = value;
      else if (select.dataset.control === "range" && days) this.own(select, value, "Chosen", spoken(days));
      else if (names.length > 1) this.own(select, names.join(","), `${names.length} together`, "");
      else select.value = names[0] ?? "";
    }

    // The entry is short, so that the list stays as wide as it is; what it means in full is told as its title.
    own(select, value, label, title) {
      const option = new Option(label, value, true, true);
      select.title = title;
      option.dataset.own = "1";
      select.append(option);
    }

    chooser(key) {
      return this.selects.find((one) => one.dataset.control === key);
    }

    choose() {
      this.write();
      this.enter();
    }

    write() {
      const asked = new URLSearchParams(location.search), state = this.state();
      for (const { dataset: { control } } of this.selects) state[control] ? asked.set(control, state[control]) : asked.delete(control);
      // A sandboxed frame may not write its own address; its choices hold all the same.
      const said = String(asked).replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":");
      try { history.replaceState(null, "", `${location.pathname}${said && `?${said}`}${location.hash}`); } catch { return; }
    }

    // A click on a mark or a name puts its series into the focus, a second one takes it out again.
    point(value) {
      const select = this.chooser("focus");
      if (!select || value === undefined || ![...select.options].some((one) => one.value === String(value))) return;
      const held = new Set(several(select.value, [...select.options].filter((one) => !one.dataset.own).map((one) => one.value)));
      held.has(String(value)) ? held.delete(String(value)) : held.add(String(value));
      this.put(select, [...held].join(","));
      this.choose();
    }

    limit(first, last, all) {
      const select = this.chooser("range");
      this.put(select, first === 0 && last === all.length - 1 ? "" : `${day(all[first])}..${day(all[last])}`);
      this.choose();
    }

    watchPointer() {
      let timer = 0;
      this.picture.addEventListener("pointerenter", () => {
        if (FINE.matches && !this.left && !navigator.connection?.saveData) timer = setTimeout(() => this.enter(), INTENT);
      });
      this.picture.addEventListener("pointerleave", () => clearTimeout(timer));
    }

    async enter() {
      const turn = ++this.turn;
      try {
        const narrow = NARROW.matches, dark = isDark();
        const [[vega, explore], text] = await Promise.all([load(this.figure.dataset.root ?? ""), this.spec(narrow ? "narrow" : "wide")]);
        const box = document.createElement("div");
        box.className = "live";
        const spec = recoloured(text, dark), time = explore.chosen(spec, this.state());
        if (time?.missed && this.chooser("range")) this.put(this.chooser("range"), "");
        const view = this.made(vega, spec, box);
        await view.runAsync();
        if (explore.renamed(view, spec, time)) await view.runAsync();
        if (turn !== this.turn) { view.finalize(); return; }
        explore.listen(this, view, box, spec, time);
        this.show(view, box, narrow, dark);
      } catch (error) {
        if (turn === this.turn) this.fail(error);
      }
    }

    made(vega, spec, box) {
      const tooltip = new vega.Handler({ disableDefaultStyle: true });
      return new vega.View(vega.parse(spec, null, { ast: true }), {
        expr: vega.expressionInterpreter, renderer: "svg", container: box, hover: true, tooltip: tooltip.call,
      });
    }

    // A sandboxed embed may load scripts and fetch nothing, so its specs come as one.
    async spec(size) {
      if (document.body.dataset.embed) return JSON.stringify((await this.brought())[size]);
      if (!this.specs.has(size)) {
        const answer = await fetch(`${this.figure.dataset.root ?? ""}charts/${this.figure.dataset.chart}${size === "narrow" ? ".narrow" : ""}.vg.json`);
        if (!answer.ok) throw new Error(`the chart's data answered ${answer.status}`);
        this.specs.set(size, await answer.text());
      }
      return this.specs.get(size);
    }

    brought() {
      this.bringing ??= added("spec.js").then(() => window.leaderboardsSpecs ?? Promise.reject(new Error("no specs")));
      return this.bringing;
    }

    // The drawing takes the picture's place at the picture's size, so that nothing on the page moves.
    show(view, box, narrow, dark) {
      const svg = box.querySelector("svg");
      const share = this.picture.hidden ? this.share : this.picture.querySelector("img").clientWidth / this.plot.clientWidth;
      const held = this.box?.contains(document.activeElement) ? document.activeElement : null;
      this.share = share || 1;
      svg.setAttribute("width", "100%");
      svg.removeAttribute("height");
      svg.style.display = "block";
      box.style.width = `${this.share * 100}%`;
      // In one step: a page that is shorter for a moment would scroll.
      if (this.box) this.box.replaceWith(box);
      else this.picture.after(box);
      this.picture.hidden = true;
      this.view?.finalize();
      // Whoever was in the drawing stays there when another takes its place.
      if (held) ([...box.querySelectorAll("[data-series]")].find((one) => one.dataset.series === held.dataset.series) ?? box).focus({ preventScroll: true });
      this.view = view;
      this.box = box;
      this.narrow = narrow;
      this.dark = dark;
      this.press("Show the picture", "true");
      this.refresh();
    }

    leave() {
      this.turn++;
      this.view?.finalize();
      this.box?.remove();
      this.view = this.box = null;
      this.left = true;
      this.picture.hidden = false;
      if (Object.keys(this.state()).length) {
        for (const select of this.selects) this.put(select, "");
        this.write();
      }
      this.press(this.label, "false");
    }

    press(label, state) {
      if (!this.button) return;
      this.button.textContent = label;
      this.button.setAttribute("aria-pressed", state);
    }

    // The page's theme or width has changed: draw again, if what is shown is no longer what is wanted.
    refresh() {
      if (this.view && (this.dark !== isDark() || this.narrow !== NARROW.matches)) this.enter();
    }

    fail(error) {
      console.warn(`${this.figure.dataset.chart}: ${error.message}`);
      this.leave();
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      said.textContent = "The interactive chart could not be loaded; the picture shows the same.";
      this.button?.replaceWith(said);
      this.button = null;
    }
  }

  const charts = Array.from(document.querySelectorAll("figure.chart[data-chart]"), (figure) => new Chart(figure));
  const refresh = () => charts.forEach((chart) => chart.refresh());
  new MutationObserver(refresh).observe(page, { attributes: true, attributeFilter: ["data-theme"] });
  DARK.addEventListener("change", refresh);
  NARROW.addEventListener("change", refresh);
})();
