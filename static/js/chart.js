// Makes a chart answer to the pointer, once somebody wants it to. Until then, and if anything fails, the picture stays.
(() => {
  "use strict";
  const INTENT = 150;
  const NARROW = matchMedia("(max-width: 40rem)"), DARK = matchMedia("(prefers-color-scheme: dark)");
  const FINE = matchMedia("(hover: hover) and (pointer: fine)");
  const page = document.documentElement;
  let runtime = null;

  const load = (root) => {
    runtime ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root}static/js/vega.js`;
      script.onload = () => (window.leaderboardsVega ? resolve(window.leaderboardsVega) : reject(new Error("no runtime")));
      script.onerror = () => reject(new Error("no runtime"));
      document.head.append(script);
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
        const view = this.made(vega, recoloured(text, dark), box);
        await view.runAsync();
        if (turn !== this.turn) { view.finalize(); return; }
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

    // An embed brings its specs along: in a sandbox it may fetch nothing.
    async spec(size) {
      const found = this.figure.querySelector(`script[data-spec="${size}"]`)
        ?? (document.body.dataset.embed ? document.querySelector(`script[data-spec="${size}"]`) : null);
      if (found) return found.textContent;
      if (!this.specs.has(size)) {
        const answer = await fetch(`${this.figure.dataset.root ?? ""}charts/${this.figure.dataset.chart}${size === "narrow" ? ".narrow" : ""}.vg.json`);
        if (!answer.ok) throw new Error(`the chart's data answered ${answer.status}`);
        this.specs.set(size, await answer.text());
      }
      return this.specs.get(size);
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
