// Loaded in the head and not deferred: the theme is set before anything is painted.
(() => {
  "use strict";
  const THEMES = ["auto", "light", "dark"];
  const PREFERS_DARK = /\(prefers-color-scheme: dark\)( and )?/;
  const ON_SCREEN = /^screen and /;

  /**
   * Return the first candidate that names a theme, "auto" if none does.
   * @param {(string | null)[]} candidates
   */
  function firstTheme(...candidates) {
    return candidates.find((name) => name !== null && THEMES.includes(name)) ?? "auto";
  }

  /**
   * Return the theme that follows this one when the button is pressed.
   * @param {string} theme
   */
  function nextTheme(theme) {
    return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  }

  /**
   * Return the media query that makes a dark picture show in this theme. Paper is always light.
   * @param {string} written the query as the page has it, which follows the system's theme
   * @param {string} theme
   */
  function pictureMedia(written, theme) {
    if (theme === "auto") return written;
    if (theme === "light") return "not all";
    const rest = written.replace(ON_SCREEN, "").replace(PREFERS_DARK, "");
    return ["screen", rest].filter(Boolean).join(" and ");
  }

  /**
   * Return the media query of a theme-color element in this theme.
   * @param {string} written the query as the page has it, which names one of the two themes
   * @param {string} theme
   */
  function colorMedia(written, theme) {
    if (theme === "auto") return written;
    return written.includes(theme) ? "all" : "not all";
  }

  if (typeof document === "undefined") {
    module.exports = { colorMedia, firstTheme, nextTheme, pictureMedia };
    return;
  }

  const page = document.documentElement;
  // Controls that need scripts have their place from the first paint on, so that nothing moves.
  page.dataset.scripts = "on";
  // A theme in the address holds for this page only.
  let theme = firstTheme(new URLSearchParams(location.search).get("theme"), storedTheme());

  function storedTheme() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  }

  /** @param {string} name */
  function storeTheme(name) {
    try {
      localStorage.setItem("theme", name);
    } catch {
      // Private windows refuse; the choice holds for this page.
    }
  }

  // A theme that the reader chose has to change the queries, which follow the system by themselves.
  function applyToPictures() {
    /** @type {NodeListOf<HTMLSourceElement>} */
    const sources = document.querySelectorAll("source[data-theme-source]");
    for (const source of sources) {
      source.dataset.media ??= source.media;
      source.media = pictureMedia(source.dataset.media, theme);
    }
  }

  function apply() {
    if (theme === "auto") delete page.dataset.theme;
    else page.dataset.theme = theme;
    /** @type {NodeListOf<HTMLMetaElement>} */
    const colors = document.querySelectorAll("meta[name=theme-color]");
    for (const meta of colors) {
      meta.dataset.media ??= meta.media;
      meta.media = colorMedia(meta.dataset.media, theme);
    }
    applyToPictures();
  }

  function armButton() {
    /** @type {HTMLButtonElement | null} */
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const showName = () => {
      button.textContent = `Theme: ${theme}`;
    };
    button.disabled = false;
    showName();
    button.addEventListener("click", () => {
      theme = nextTheme(theme);
      storeTheme(theme);
      apply();
      showName();
    });
  }

  apply();
  document.addEventListener("DOMContentLoaded", () => {
    applyToPictures();
    armButton();
  });
  // Rows of long tables wait for table.js; where it did not come, they are shown all the same.
  addEventListener("load", () => {
    const rows = document.querySelectorAll("table:not([data-live]) .late");
    for (const row of rows) row.classList.remove("late");
  });
})();
