// Inside an embed: theme and title as its address asks, and its height told to whoever frames it.
// Pages of frozen days, up to a year old, load this file too: it keeps its address and understands
// their markup.
(() => {
  "use strict";
  const PREFERS_DARK = /\(prefers-color-scheme: dark\)( and )?/;
  const ON_SCREEN = /^screen and /;
  const MOST_ROWS = 25;
  // In milliseconds: a page around whose script comes late, and does not ask, hears a later one.
  const TOLD_AGAIN_AFTER = [1000, 3000, 10000];

  // The theme that an address asks for; "" to follow the system.
  /** @param {URLSearchParams} asked */
  function askedTheme(asked) {
    const theme = asked.get("theme") ?? "";
    return theme === "light" || theme === "dark" ? theme : "";
  }

  // The media query that makes a dark picture show in this theme, from that of the page, which
  // follows the system's. Paper is always light.
  /** @type {(written: string, theme: string) => string} */
  function pictureMedia(written, theme) {
    if (theme === "light") return "not all";
    const rest = written.replace(ON_SCREEN, "").replace(PREFERS_DARK, "");
    return ["screen", rest].filter(Boolean).join(" and ");
  }

  // The word by which WordPress knows its frame again; "" outside WordPress.
  /** @param {string} address */
  function wordPressSecret(address) {
    return /#\?secret=([A-Za-z0-9]+)$/.exec(address)?.[1] ?? "";
  }

  // The messages that tell a height: in our own form, in AMP's, in the one that Medium and Embedly
  // read, and in that of WordPress. They say nothing but the height.
  /** @type {(id: string | undefined, address: string, height: number) => unknown[]} */
  function heightMessages(id, address, height) {
    const src = address.split(/[?#]/)[0];
    const secret = wordPressSecret(address);
    const forWordPress = secret ? [{ message: "height", value: height, secret }] : [];
    return [
      { type: "orlb:height", id, height },
      { sentinel: "amp", type: "embed-size", height },
      JSON.stringify({ src, context: "iframe.resize", height }),
      ...forWordPress,
    ];
  }

  // Whether a message of the page around asks for the height: in our own form, or in that of
  // WordPress, which names the frame's secret.
  /** @type {(data: any, secret: string) => boolean} */
  function asksForHeight(data, secret) {
    if (data?.type === "orlb:ask") return true;
    return secret !== "" && data?.message === "ready" && data.secret === secret;
  }

  // How many rows of a table an address asks for; 0 if it names no number from 1 to 25.
  /** @param {URLSearchParams} asked */
  function askedRows(asked) {
    const rows = Number(asked.get("rows"));
    return Number.isInteger(rows) && rows >= 1 && rows <= MOST_ROWS ? rows : 0;
  }

  if (typeof document === "undefined") {
    module.exports = {
      askedRows,
      askedTheme,
      asksForHeight,
      heightMessages,
      pictureMedia,
      wordPressSecret,
    };
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

  // The embedding page may have a title of its own. That of a frozen picture is its uppermost part,
  // which is pushed out of the frame.
  function hideTitle() {
    document.documentElement.dataset.heading = "none";
    /** @type {NodeListOf<HTMLElement>} */
    const frozen = document.querySelectorAll("[data-head]");
    for (const one of frozen) {
      one.style.setProperty("--crop", `${-100 * Number(one.dataset.head)}%`);
    }
  }

  // The rows of a table: as many as the address asks for, where the page has more.
  function limitRows() {
    const rows = askedRows(asked);
    if (!rows) return;
    document.documentElement.dataset.rows = String(rows);
    /** @type {NodeListOf<HTMLTableRowElement>} */
    const held = document.querySelectorAll("tbody tr");
    held.forEach((row, at) => {
      row.hidden = at >= rows;
    });
  }

  // A link to another chart in the same frame keeps the theme of this one.
  function keepChoices() {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = document.querySelectorAll('a[target="_self"]');
    for (const link of links) {
      link.search = location.search;
      link.hash = location.hash;
    }
  }

  function tellHeight() {
    const secret = wordPressSecret(location.href);
    let told = 0;
    const tell = () => {
      const height = Math.ceil(document.body.getBoundingClientRect().height);
      if (!height) return;
      told = height;
      for (const message of heightMessages(document.body.dataset.embed, location.href, height)) {
        parent.postMessage(message, "*");
      }
    };
    const tellChanged = () => {
      if (Math.ceil(document.body.getBoundingClientRect().height) !== told) tell();
    };
    new ResizeObserver(tellChanged).observe(document.body);
    addEventListener("message", ({ data, source }) => {
      if (source === parent && asksForHeight(data, secret)) tell();
    });
    addEventListener("load", tell);
    for (const time of TOLD_AGAIN_AFTER) setTimeout(tell, time);
    tell();
  }

  // A frame of WordPress may open no window; the page around it follows a link to this site.
  function passLinksOn() {
    const secret = wordPressSecret(location.href);
    if (!secret) return;
    addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link || link.target === "_self" || link.host !== location.host) return;
      event.preventDefault();
      parent.postMessage({ message: "link", value: link.href, secret }, "*");
    });
  }

  addEventListener("DOMContentLoaded", () => {
    if (theme) applyToPictures();
    if (asked.get("title") === "0") hideTitle();
    limitRows();
    keepChoices();
    if (parent === window) return;
    tellHeight();
    passLinksOn();
  });
})();
