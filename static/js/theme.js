// Small and in the head on purpose: the chosen theme is set before anything is painted.
(() => {
  "use strict";
  const root = document.documentElement, NAMES = ["auto", "light", "dark"];
  // Controls that need scripts have their place from the first paint on, so that nothing moves.
  root.dataset.scripts = "on";
  const store = {
    get() { try { return localStorage.getItem("theme"); } catch { return null; } },
    set(name) { try { localStorage.setItem("theme", name); } catch { /* private windows refuse; it holds for this page */ } },
  };
  // An address may ask for a theme; it holds for this page only.
  let theme = [new URLSearchParams(location.search).get("theme"), store.get()].find((name) => NAMES.includes(name)) ?? "auto";

  // Pictures follow the system by themselves; a choice of one's own has to rewrite what they listen to. Paper is light.
  const pictures = () => {
    for (const source of document.querySelectorAll("source[data-theme-source]")) {
      source.dataset.media ??= source.media;
      const rest = source.dataset.media.replace(/\(prefers-color-scheme: dark\)( and )?/, "");
      source.media = theme === "auto" ? source.dataset.media : theme === "dark" ? ["screen", rest].filter(Boolean).join(" and ") : "not all";
    }
  };
  const apply = () => {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.dataset.media ??= meta.media;
      meta.media = theme === "auto" ? meta.dataset.media : meta.dataset.media.includes(theme) ? "all" : "not all";
    }
    pictures();
  };
  apply();
  // Rows of long tables wait for table.js; should it never come, they wait no longer.
  addEventListener("load", () => setTimeout(() => {
    for (const row of document.querySelectorAll(".late")) row.classList.remove("late");
  }, 8000));
  document.addEventListener("DOMContentLoaded", () => {
    pictures();
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const say = () => { button.textContent = `Theme: ${theme}`; };
    button.disabled = false;
    say();
    button.addEventListener("click", () => {
      theme = NAMES[(NAMES.indexOf(theme) + 1) % NAMES.length];
      store.set(theme);
      apply();
      say();
      root.dispatchEvent(new CustomEvent("themechange", { detail: theme, bubbles: true }));
    });
  });
})();
