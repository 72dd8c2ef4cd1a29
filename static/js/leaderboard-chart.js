// <leaderboard-chart name="tok-top-bar" theme="dark" range="4w"></leaderboard-chart>: an embed that fits by itself.
// What stands inside the element is shown until it is defined, and stays where scripts are off: put the iframe there.
(() => {
  "use strict";
  const HOME = new URL("../../", document.currentScript?.src ?? location.href).href;
  const FLAGS = ["theme", "title", "range", "stack", "scale", "focus"], NAME = /^[\w.()~-]+$/, DAY = /^\d{4}-\d\d-\d\d$/;
  class LeaderboardChart extends HTMLElement {
    static observedAttributes = ["name", "day", ...FLAGS.map((flag) => (flag === "title" ? "heading" : flag))];

    connectedCallback() {
      addEventListener("message", this);
      this.show();
    }

    disconnectedCallback() { removeEventListener("message", this); }

    attributeChangedCallback() { if (this.isConnected) this.show(); }

    show() {
      const name = this.getAttribute("name") ?? "", day = this.getAttribute("day") ?? "";
      if (!NAME.test(name)) return;
      const asked = new URLSearchParams();
      // The attribute title is the browser's own tooltip, so the flag is called heading here.
      for (const flag of FLAGS) {
        const value = this.getAttribute(flag === "title" ? "heading" : flag);
        if (value) asked.set(flag, value);
      }
      const frame = document.createElement("iframe");
      frame.src = `${HOME}${DAY.test(day) ? `d/${day}/` : ""}embed/${name}/${String(asked) && `?${asked}`}`;
      frame.title = this.getAttribute("label") ?? "Chart of OpenRouter Leaderboards";
      frame.loading = "lazy";
      frame.width = "100%";
      frame.height = this.getAttribute("height") ?? "480";
      frame.style.border = "0";
      frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
      this.style.display = "block";
      this.replaceChildren(frame);
      this.frame = frame;
    }

    handleEvent({ data, source }) {
      if (!source || source !== this.frame?.contentWindow || data?.type !== "orlb:height" || !Number.isFinite(data.height)) return;
      this.frame.height = Math.min(2000, Math.max(120, data.height));
    }
  }
  if (!customElements.get("leaderboard-chart")) customElements.define("leaderboard-chart", LeaderboardChart);
})();
