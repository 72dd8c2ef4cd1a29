// <leaderboard-chart name="tok-top-bar" theme="dark" range="4w"></leaderboard-chart> is an embed
// that takes its own height. What stands inside the element is shown until the element is defined,
// and stays where scripts are off: put the iframe there.
(() => {
  "use strict";
  const FLAGS = ["theme", "title", "range", "stack", "scale", "ratio", "focus", "m", "rows"];
  const NAME = /^[\w.()~-]+$/;
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const LEAST_HEIGHT = 120;
  const MOST_HEIGHT = 2000;

  // The attribute for a flag: "title" is the browser's own tooltip.
  /** @param {string} flag */
  function attributeOf(flag) {
    return flag === "title" ? "heading" : flag;
  }

  // The address of an embed of a site; null if the name is none.
  /** @type {(home: string, attribute: (name: string) => string | null) => string | null} */
  function embedAddress(home, attribute) {
    const name = attribute("name") ?? "";
    const day = attribute("day") ?? "";
    if (!NAME.test(name)) return null;
    const asked = new URLSearchParams();
    for (const flag of FLAGS) {
      const value = attribute(attributeOf(flag));
      if (value) asked.set(flag, value);
    }
    const query = String(asked) && `?${asked}`;
    return `${home}${DAY.test(day) ? `d/${day}/` : ""}embed/${name}/${query}`;
  }

  if (typeof document === "undefined") {
    module.exports = { embedAddress };
    return;
  }

  const { currentScript } = document;
  const source = currentScript instanceof HTMLScriptElement ? currentScript.src : location.href;
  const HOME = new URL("../../", source).href;

  class LeaderboardChart extends HTMLElement {
    static observedAttributes = ["name", "day", ...FLAGS.map(attributeOf)];

    /** @type {HTMLIFrameElement | null} */
    frame = null;

    connectedCallback() {
      addEventListener("message", this);
      this.show();
    }

    disconnectedCallback() {
      removeEventListener("message", this);
    }

    attributeChangedCallback() {
      if (this.isConnected) this.show();
    }

    show() {
      const address = embedAddress(HOME, (attribute) => this.getAttribute(attribute));
      if (!address) return;
      const frame = document.createElement("iframe");
      frame.src = address;
      frame.title = this.getAttribute("label") ?? `Chart of ${new URL(frame.src).host}`;
      frame.loading = "lazy";
      frame.width = "100%";
      frame.height = this.getAttribute("height") ?? "480";
      frame.style.border = "0";
      frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
      this.style.display = "block";
      this.replaceChildren(frame);
      this.frame = frame;
    }

    /** @param {MessageEvent} event */
    handleEvent({ data, source: sender }) {
      if (!this.frame || !sender || sender !== this.frame.contentWindow) return;
      if (data?.type !== "orlb:height" || !Number.isFinite(data.height)) return;
      this.frame.height = String(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, data.height)));
    }
  }

  if (!customElements.get("leaderboard-chart")) {
    customElements.define("leaderboard-chart", LeaderboardChart);
  }
})();
