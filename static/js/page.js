// On every page: its age, copy buttons, snippets with this site's address, "/" to search, paper.
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;
  const OLD_AFTER_DAYS = 2;
  const DARK_DRAWING = /\.dark\.svg$/;

  /**
   * Return the number of whole days since a day, in UTC.
   * @param {string} day such as 2026-08-18
   * @param {number} now milliseconds since 1970
   */
  function daysSince(day, now) {
    return Math.floor((now - Date.parse(day)) / DAY);
  }

  /**
   * Return whether a page of a day is old: 48 hours after the day began, two daily builds are
   * missing.
   * @param {string} day such as 2026-08-18
   * @param {number} now milliseconds since 1970
   */
  function isOld(day, now) {
    return daysSince(day, now) >= OLD_AFTER_DAYS;
  }

  /**
   * Return the id that the part of an address after "#" means; "" if there is none or it is broken.
   * @param {string} hash
   */
  function fragment(hash) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return "";
    }
  }

  if (typeof document === "undefined") {
    module.exports = { daysSince, fragment, isOld };
    return;
  }

  function showAge() {
    /** @type {HTMLElement | null} */
    const notice = document.querySelector("[data-built]");
    const place = notice?.querySelector("[data-age]");
    if (!notice || !place) return;
    const built = notice.dataset.built ?? "";
    if (!isOld(built, Date.now())) return;
    place.textContent = String(daysSince(built, Date.now()));
    notice.hidden = false;
  }

  // Until the build is told where the site lives, snippets have a stand-in for its address.
  function completeSnippets() {
    /** @type {NodeListOf<HTMLElement>} */
    const boxes = document.querySelectorAll("[data-absolute]");
    for (const box of boxes) {
      const here = new URL(box.dataset.root || "./", location.href).href;
      for (const code of box.querySelectorAll("code")) {
        code.textContent = (code.textContent ?? "").replaceAll(box.dataset.absolute ?? "", here);
      }
    }
  }

  /**
   * Copy a text, or select it where copying is not allowed; say which on the button.
   * @param {Element} code
   * @param {HTMLButtonElement} button
   */
  async function copy(code, button) {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      button.textContent = "Copied";
    } catch {
      getSelection()?.selectAllChildren(code);
      button.textContent = "Selected";
    }
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  }

  function armCopyButtons() {
    if (!navigator.clipboard) return;
    for (const box of document.querySelectorAll(".copy")) {
      /** @type {HTMLButtonElement | null} */
      const button = box.querySelector("[data-copy]");
      const code = box.querySelector("code");
      if (!button || !code) continue;
      button.hidden = false;
      button.addEventListener("click", () => copy(code, button));
    }
  }

  /**
   * Move to the search of the site, or else to the filter of a table.
   * @param {KeyboardEvent} event
   */
  function searchBySlash(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
    /** @type {NodeListOf<HTMLInputElement>} */
    const fields = document.querySelectorAll("#search, input[type=search]");
    const field = [...fields].find((candidate) => candidate.offsetParent);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  // The key is of use where there is a keyboard.
  function nameSearchKey() {
    const field = document.getElementById("search");
    if (!(field instanceof HTMLInputElement)) return;
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) {
      field.placeholder = "Search (press /)";
    }
  }

  // A link to a part of the page opens what hides it. The rows of long tables that still wait for a
  // reader come in first: later they would move the part away.
  function openTarget() {
    const target = document.getElementById(fragment(location.hash));
    if (!target) return;
    target.closest("details")?.setAttribute("open", "");
    const late = document.querySelectorAll(".late");
    for (const row of late) row.classList.remove("late");
    if (late.length) target.scrollIntoView();
  }

  // A browser prints what it shows, and the light drawing only if that comes in time. So a dark one
  // that is shown stays until the page is printed, and the style sheet makes it light on paper.
  function keepDarkDrawings() {
    for (const image of document.images) {
      const { classList, currentSrc, src } = image;
      if (classList.contains("dark-drawing") || !DARK_DRAWING.test(currentSrc)) continue;
      const sources = [...(image.parentElement?.querySelectorAll("source") ?? [])];
      const restore = () => {
        image.before(...sources);
        image.src = src;
        classList.remove("dark-drawing");
      };
      image.src = currentSrc;
      for (const source of sources) source.remove();
      classList.add("dark-drawing");
      addEventListener("afterprint", restore, { once: true });
    }
  }

  showAge();
  completeSnippets();
  armCopyButtons();
  nameSearchKey();
  addEventListener("keydown", searchBySlash);
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", keepDarkDrawings);
  openTarget();
})();
