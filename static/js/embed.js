// Inside an embed: theme and title as its address asks, and its height told to whoever frames it.
// Pages of frozen days, up to a year old, load this file too: it keeps its address and understands
// their markup.
(() => {
  "use strict";
  const PREFERS_DARK = /\(prefers-color-scheme: dark\)( and )?/;

  /**
   * Return the theme that an address asks for; "" to follow the system.
   * @param {URLSearchParams} asked
   */
  function askedTheme(asked) {
    const theme = asked.get("theme") ?? "";
    return theme === "light" || theme === "dark" ? theme : "";
  }

  /**
   * Return the media query that makes a dark picture show in this theme.
   * @param {string} written the query as the page has it, which follows the system's theme
   * @param {string} theme
   */
  function pictureMedia(written, theme) {
    if (theme === "light") return "not all";
    return written.replace(PREFERS_DARK, "") || "all";
  }

  /**
   * Return the messages that tell a height: in our own form, in AMP's, and in the one that Medium
   * and Embedly read. They say nothing but the height.
   * @param {string | undefined} id of the chart
   * @param {string} address
   * @param {number} height
   */
  function heightMessages(id, address, height) {
    const src = address.split("?")[0];
    return [
      { type: "orlb:height", id, height },
      { sentinel: "amp", type: "embed-size", height },
      JSON.stringify({ src, context: "iframe.resize", height }),
    ];
  }

  if (typeof document === "undefined") {
    module.exports = { askedTheme, heightMessages, pictureMedia };
    return;
  }

  const asked = new URLSearchParams(location.search);
  const theme = askedTheme(asked);
  document.documentElement.dataset.scripts = "on";
  if (theme) document.documentElement.dataset.theme = theme;

  function applyToPictures() {
    /** @type {NodeListOf<HTMLSourceElement>} */
    const sources = document.querySelectorAll("source[data-theme-source]");
    for (const source of sources) source.media = pictureMedia(source.media, theme);
  }

  // The title is the uppermost part of every drawing. Pushed out of the frame, it leaves room for
  // one of the embedding page's own.
  function cropTitle() {
    /** @type {HTMLElement | null} */
    const plate = document.querySelector("[data-heads]");
    if (!plate) return;
    const [wide, narrow] = (plate.dataset.heads ?? "").split(" ").map(Number);
    const small = matchMedia("(max-width: 40rem)");
    const crop = () => {
      plate.style.setProperty("--crop", `${-100 * (small.matches ? narrow : wide)}%`);
    };
    small.addEventListener("change", crop);
    crop();
  }

  function tellHeight() {
    let told = 0;
    const tell = () => {
      const height = Math.ceil(document.body.getBoundingClientRect().height);
      if (!height || height === told) return;
      told = height;
      for (const message of heightMessages(document.body.dataset.embed, location.href, height)) {
        parent.postMessage(message, "*");
      }
    };
    new ResizeObserver(tell).observe(document.body);
    tell();
  }

  addEventListener("DOMContentLoaded", () => {
    if (theme) applyToPictures();
    if (asked.get("title") === "0") cropTitle();
    if (parent !== window) tellHeight();
  });
})();
