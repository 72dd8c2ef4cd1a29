// Makes a chart answer to the pointer, once somebody wants it to. Until then, and if anything fails, the picture stays.
(() => {
  "use strict";
  const INTENT = 150, PALE = 0.15;
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
    runtime ??= added(`${root}static/js/vega.js`).then(() => window.leaderboardsVega ?? Promise.reject(new Error("no runtime")));
    return runtime;
  };
  const isDark = () => (page.dataset.theme ? page.dataset.theme === "dark" : DARK.matches);

  // Charts are drawn in the light theme; its few neutral colours have one counterpart each.
  const recoloured = (text, dark) => {
    const spec = JSON.parse(text), map = spec.usermeta?.recolour;
    if (!map || !dark) return spec;
    return JSON.parse(text, (key, value) => (key === "recolour" ? value : typeof value === "string" ? map[value] ?? value : value));
  };

  // What the reader has chosen, applied to a spec before it is drawn.
  const chosen = (spec, state) => {
    for (const { key, field, options } of spec.usermeta?.controls ?? []) {
      const option = options.find((one) => one.value && one.value === state[key]);
      if (!option) continue;
      if (key === "focus") fade(spec.marks, `!isDefined(datum[${JSON.stringify(field)}]) || datum[${JSON.stringify(field)}] === ${JSON.stringify(option.value)} ? 1 : ${PALE}`);
      for (const data of spec.data) {
        if (option.data?.[data.name]) data.values = option.data[data.name];
        if (!data.values) continue;
        if (option.since) data.values = data.values.filter((row) => !(field in row) || String(row[field]) >= option.since);
        for (const [to, from] of Object.entries(option.fields ?? {})) for (const row of data.values) if (from in row) row[to] = row[from];
      }
      for (const scale of spec.scales ?? []) Object.assign(scale, option.scales?.[scale.name]);
      for (const signal of spec.signals ?? []) signal.value = option.params?.[signal.name] ?? signal.value;
    }
    return spec;
  };
  // Lets every mark of another series step back; what answers to the pointer only stays unseen.
  const fade = (marks, signal) => {
    for (const mark of marks ?? []) {
      fade(mark.marks, signal);
      if (mark.encode?.update && mark.type !== "group" && !mark.name?.startsWith("hover")) mark.encode.update.opacity = { signal };
    }
  };

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
        const value = asked.get(select.dataset.control) ?? "";
        select.value = [...select.options].some((one) => one.value === value) ? value : "";
        select.addEventListener("change", () => this.choose());
      }
      if (box) box.disabled = false;
      if (Object.keys(this.state()).length) this.enter();
    }

    state() {
      return Object.fromEntries(this.selects.filter((one) => one.value).map((one) => [one.dataset.control, one.value]));
    }

    choose() {
      this.write();
      this.enter();
    }

    write() {
      const asked = new URLSearchParams(location.search), state = this.state();
      for (const { dataset: { control } } of this.selects) state[control] ? asked.set(control, state[control]) : asked.delete(control);
      // A sandboxed frame may not write its own address; its choices hold all the same.
      try { history.replaceState(null, "", `${location.pathname}${String(asked) && `?${asked}`}${location.hash}`); } catch { return; }
    }

    // A click on a mark is the focus on its series, a second one lets go of it.
    point(item, field) {
      const select = this.selects.find((one) => one.dataset.control === "focus"), value = item?.datum?.[field];
      if (!select || value === undefined || ![...select.options].some((one) => one.value === String(value))) return;
      select.value = select.value === String(value) ? "" : String(value);
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
        const [vega, text] = await Promise.all([load(this.figure.dataset.root ?? ""), this.spec(narrow ? "narrow" : "wide")]);
        const box = document.createElement("div");
        box.className = "live";
        const spec = chosen(recoloured(text, dark), this.state());
        const view = this.made(vega, spec, box);
        await view.runAsync();
        if (turn !== this.turn) { view.finalize(); return; }
        const field = spec.usermeta?.controls?.find((one) => one.key === "focus")?.field;
        if (field && this.selects.length) view.addEventListener("click", (_event, item) => this.point(item, field));
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
      this.share = share || 1;
      svg.setAttribute("width", "100%");
      svg.removeAttribute("height");
      svg.style.display = "block";
      box.style.width = `${this.share * 100}%`;
      this.box?.remove();
      this.view?.finalize();
      this.picture.hidden = true;
      this.picture.after(box);
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
        for (const select of this.selects) select.value = "";
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
