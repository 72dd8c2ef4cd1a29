// On the page of a chart: tabs for chart and table, and what a reader takes along of the view as it
// is: its link, its picture, the lines that embed it. Without this script, chart and table stand
// one after the other. The address holds the options of the view, and ?tab=table.
(() => {
  "use strict";
  const PIXEL_RATIO = 2;
  // Of a drawing's own size; below that its words are hard to read.
  const LEAST_SCALE = 0.9;
  // What a drawing has for those who point at it in the page.
  const FOR_PAGES_ONLY = /^(class|style|role|tabindex|pointer-events|aria-.*|data-.*)$/;

  /** @typedef {[name: string, value: string]} Choice */
  /** @typedef {Record<string, string>} Attributes */

  // The place of the tab that a key leads to from another; undefined for other keys.
  /** @type {(key: string, at: number, count: number) => number | undefined} */
  function tabAfterKey(key, at, count) {
    const places = new Map([
      ["ArrowLeft", (at + count - 1) % count],
      ["ArrowRight", (at + 1) % count],
      ["Home", 0],
      ["End", count - 1],
    ]);
    return places.get(key);
  }

  // The name of a file with the picture of a view.
  /** @type {(id: string, choices: Choice[], suffix: string) => string} */
  function fileName(id, choices, suffix) {
    const words = choices.map(([name, value]) => `${name}-${value}`);
    const name = [id, ...words].map((word) => word.replace(/[^\w.-]+/g, "-")).join("_");
    return name.slice(0, 120) + suffix;
  }

  if (typeof document === "undefined") {
    module.exports = { fileName, tabAfterKey };
    return;
  }

  class Tabs {
    /** @param {HTMLElement} list */
    constructor(list) {
      this.list = list;
      /** @type {HTMLAnchorElement[]} */
      this.tabs = [...list.querySelectorAll("a")];
      this.panels = this.tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
      list.setAttribute("role", "tablist");
      list.setAttribute("aria-label", "Chart or table");
      this.tabs.forEach((tab, at) => this.arm(tab, at));
      addEventListener("popstate", () => this.followAddress());
      addEventListener("hashchange", () => this.showTarget());
      this.followAddress();
      if (location.hash) this.showTarget();
    }

    /** @type {(tab: HTMLAnchorElement, at: number) => void} */
    arm(tab, at) {
      const panel = this.panels[at];
      tab.setAttribute("role", "tab");
      tab.id = `tab-${panel?.id}`;
      tab.setAttribute("aria-controls", panel?.id ?? "");
      panel?.setAttribute("role", "tabpanel");
      panel?.setAttribute("aria-labelledby", tab.id);
      // What was folded away to keep the page short has a tab of its own now.
      panel?.querySelector("details[data-folded]")?.setAttribute("open", "");
      tab.addEventListener("click", (event) => this.choose(at, event));
      tab.addEventListener("keydown", (event) => {
        const next = event.key === " " ? at : tabAfterKey(event.key, at, this.tabs.length);
        if (next !== undefined) this.choose(next, event);
      });
    }

    /** @type {(at: number, event: MouseEvent | KeyboardEvent) => void} */
    choose(at, event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.show(at);
      this.tabs[at].focus();
      const panel = this.panels[at]?.id ?? "";
      window.leaderboardsAddress?.choose([["tab", at ? panel : ""]]);
      // A part of the other panel is no longer what the address is about.
      if (this.targetPanel() >= 0) {
        window.leaderboardsAddress?.go(location.href.replace(location.hash, ""), true);
      }
    }

    /** @param {number} shown */
    show(shown) {
      this.tabs.forEach((tab, at) => {
        tab.setAttribute("aria-selected", String(at === shown));
        tab.tabIndex = at === shown ? 0 : -1;
        this.panels[at]?.toggleAttribute("hidden", at !== shown);
      });
    }

    // The place of the panel with the part of the page that the address points to; -1 if none has.
    targetPanel() {
      const id = location.hash.slice(1);
      const target = id ? document.getElementById(id) : null;
      return target ? this.panels.findIndex((panel) => panel?.contains(target)) : -1;
    }

    followAddress() {
      const named = new URLSearchParams(location.search).get("tab");
      const asked = this.panels.findIndex((panel) => panel?.id === named);
      const target = this.targetPanel();
      this.show(Math.max(target >= 0 ? target : asked, 0));
    }

    // The tabs stay in view where a link leads to a whole panel.
    showTarget() {
      this.followAddress();
      const target = this.targetPanel();
      if (target < 0) return;
      const part = document.getElementById(location.hash.slice(1));
      if (part === this.panels[target]) this.list.scrollIntoView();
      else part?.scrollIntoView();
    }
  }

  class View {
    /**
     * @param {HTMLElement} figure
     * @param {HTMLElement} plate
     */
    constructor(figure, plate) {
      this.figure = figure;
      this.plate = plate;
      this.file = figure.dataset.file ?? "chart";
      this.status = figure.querySelector("[data-view-status]");
      /** @type {HTMLImageElement | null} */
      this.picture = figure.querySelector("picture img");
      const selects = [...figure.querySelectorAll("select")];
      this.keys = selects.map(({ dataset }) => dataset.control ?? "");
      this.button("link", () => this.copyLink());
      this.button("svg", () => this.saveSvg());
      this.button("png", () => this.savePng());
      this.offerFullScreen();
      this.followWithLines();
    }

    /** @type {(name: string, act: () => unknown) => HTMLButtonElement | null} */
    button(name, act) {
      /** @type {HTMLButtonElement | null} */
      const button = this.figure.querySelector(`[data-view=${name}]`);
      if (!button) return null;
      button.disabled = false;
      button.addEventListener("click", async () => {
        this.say("");
        try {
          await act();
        } catch {
          this.say("That did not work in this browser.");
        }
      });
      return button;
    }

    /** @param {string} text */
    say(text) {
      if (this.status) this.status.textContent = text;
    }

    choices() {
      return window.leaderboardsAddress?.asked(this.keys) ?? [];
    }

    // An address with the choices of the view.
    /** @param {string} address */
    chosen(address) {
      return window.leaderboardsAddress?.with(address, this.choices()) ?? address;
    }

    // The address of the view, without anything else that the page keeps there.
    link() {
      return this.chosen(location.href.replace(/[?#].*/, ""));
    }

    // Where nothing may be copied, the link is there to be selected.
    async copyLink() {
      try {
        await navigator.clipboard.writeText(this.link());
        this.say("Link copied.");
      } catch {
        this.say(this.link());
      }
    }

    // The drawing as it is now, if it is not the one that the page came with.
    changedDrawing() {
      const drawing = this.figure.querySelector(".live svg");
      return this.choices().length && drawing instanceof SVGSVGElement ? drawing : null;
    }

    async svg() {
      const drawing = this.changedDrawing();
      if (drawing) return this.standAlone(drawing);
      const reply = await fetch(this.picture?.currentSrc ?? "");
      if (!reply.ok) throw new Error(`the picture answered ${reply.status}`);
      return reply.text();
    }

    // A drawing as a file that says what it is and where it comes from.
    /** @param {SVGSVGElement} drawing */
    standAlone(drawing) {
      const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
      const { width, height } = drawing.viewBox.baseVal;
      const shown = [drawing, ...drawing.querySelectorAll("*")];
      [copy, ...copy.querySelectorAll("*")].forEach((part, at) => {
        // In the colors of the page's theme, which its style gives.
        const style = getComputedStyle(shown[at]);
        for (const name of ["fill", "stroke"]) {
          const color = part.hasAttribute(name) && style.getPropertyValue(name);
          if (color) part.setAttribute(name, color);
        }
        const names = part.getAttributeNames().filter((name) => FOR_PAGES_ONLY.test(name));
        for (const name of names) part.removeAttribute(name);
      });
      const paper = getComputedStyle(drawing).backgroundColor;
      const credit = this.figure.querySelector(".credit")?.textContent ?? "";
      const size = { width: String(width), height: String(height) };
      const title = this.figure.getAttribute("aria-label") ?? "";
      const description = `${this.link()} ${credit.replace(/\s+/g, " ").trim()}`;
      setAll(copy, size);
      copy.prepend(
        inside(copy, "title", {}, title),
        inside(copy, "desc", {}, description),
        inside(copy, "rect", { ...size, fill: paper }),
      );
      return new XMLSerializer().serializeToString(copy);
    }

    async saveSvg() {
      let file = this.picture?.currentSrc ?? "";
      if (this.changedDrawing()) {
        file = URL.createObjectURL(new Blob([await this.svg()], { type: "image/svg+xml" }));
        setTimeout(() => URL.revokeObjectURL(file), 1000);
      }
      this.save(file, ".svg");
    }

    async savePng() {
      const picture = new Image();
      picture.src = `data:image/svg+xml,${encodeURIComponent(await this.svg())}`;
      await picture.decode();
      const canvas = document.createElement("canvas");
      canvas.width = PIXEL_RATIO * picture.naturalWidth;
      canvas.height = PIXEL_RATIO * picture.naturalHeight;
      canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
      this.save(canvas.toDataURL("image/png"), ".png");
    }

    // Download a file of the view.
    /** @type {(address: string, suffix: string) => void} */
    save(address, suffix) {
      const link = document.createElement("a");
      link.href = address;
      link.download = fileName(this.file, this.choices(), suffix);
      link.click();
    }

    offerFullScreen() {
      const button = this.button("full", () =>
        document.fullscreenElement ? document.exitFullscreen() : this.figure.requestFullscreen(),
      );
      if (!button || !document.fullscreenEnabled) {
        button?.remove();
        return;
      }
      // The key that ends full screen would also put the live chart away.
      const leave = (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape" || !document.fullscreenElement) return;
        event.stopPropagation();
        document.exitFullscreen();
      };
      this.figure.addEventListener("keydown", leave, { capture: true });
      document.addEventListener("fullscreenchange", () => {
        button.textContent = document.fullscreenElement ? "Exit full screen" : "Full screen";
        this.fit();
      });
      addEventListener("resize", () => this.fit());
    }

    // In full screen the whole chart is in view, as long as its words stay large enough. The values
    // beside the pointer are shown inside of what fills the screen only.
    fit() {
      const full = document.fullscreenElement === this.figure;
      const tip = document.getElementById("vg-tooltip-element");
      const home = full ? this.figure : document.body;
      if (tip && tip.parentElement !== home) home.append(tip);
      this.plate.style.removeProperty("--most");
      if (!full) return;
      const { offsetWidth, offsetHeight } = this.plate;
      const width = (this.freeHeight() * offsetWidth) / offsetHeight;
      const least = LEAST_SCALE * (this.picture?.naturalWidth ?? 0);
      this.plate.style.setProperty("--most", `${Math.max(width, least)}px`);
    }

    // What the other parts leave of the height of the screen.
    freeHeight() {
      const style = getComputedStyle(this.figure);
      const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
      /** @type {NodeListOf<HTMLElement>} */
      const others = this.figure.querySelectorAll(":scope > :is([data-controls], figcaption)");
      return [...others].reduce((free, part) => free - part.offsetHeight, innerHeight - padding);
    }

    // The lines that embed the chart ask for what the reader has chosen, too.
    followWithLines() {
      const code = document.querySelector("#embed > [data-absolute] code");
      const lines = code?.textContent ?? "";
      const write = () => {
        const chosen = lines.replace(/(?<=src=")[^"]+/, (src) =>
          this.chosen(src).replaceAll("&", "&amp;"),
        );
        if (code) code.textContent = chosen;
      };
      window.leaderboardsAddress?.watch(write);
      write();
    }
  }

  /** @type {(changed: Element, attributes: Attributes) => void} */
  function setAll(changed, attributes) {
    for (const [name, value] of Object.entries(attributes)) changed.setAttribute(name, value);
  }

  // An element for a drawing.
  /** @type {(drawing: Element, name: string, given: Attributes, text?: string) => Element} */
  function inside(drawing, name, given, text = "") {
    const made = document.createElementNS(drawing.namespaceURI, name);
    setAll(made, given);
    made.textContent = text;
    return made;
  }

  /** @type {HTMLElement | null} */
  const tabs = document.querySelector("[data-tabs]");
  if (tabs) new Tabs(tabs);
  /** @type {HTMLElement | null} */
  const figure = document.querySelector(".chart-page figure[data-chart]");
  /** @type {HTMLElement | null | undefined} */
  const plate = figure?.querySelector("[data-plot]");
  if (figure && plate) new View(figure, plate);
})();
