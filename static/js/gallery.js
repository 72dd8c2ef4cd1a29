// Filters the gallery of charts by words; without this script, all of them are there.
// The address holds what is typed: ?q=price.
(() => {
  "use strict";

  /**
   * Return whether a text has each of the words that were typed.
   * @param {string} text in lower case
   * @param {string} typed
   */
  function matches(text, typed) {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    return words.every((word) => text.includes(word));
  }

  /**
   * Return how many charts are shown, in words.
   * @param {number} shown
   * @param {number} all
   */
  function countInWords(shown, all) {
    return shown === all ? `${all} charts` : `Showing ${shown} of ${all} charts`;
  }

  if (typeof document === "undefined") {
    module.exports = { countInWords, matches };
    return;
  }

  class Gallery {
    /**
     * @param {HTMLFieldSetElement} tools
     * @param {HTMLInputElement} field
     */
    constructor(tools, field) {
      this.field = field;
      this.status = tools.querySelector("[role=status]");
      /** @type {HTMLElement[]} */
      this.items = [...document.querySelectorAll("li[data-words]")].filter(isElement);
      /** @type {NodeListOf<HTMLButtonElement>} */
      this.clearButtons = document.querySelectorAll("[data-gallery-clear]");
      for (const button of this.clearButtons) button.addEventListener("click", () => this.clear());
      field.addEventListener("input", () => this.typed());
      window.leaderboardsAddress?.follow(() => this.followAddress());
      field.disabled = false;
      tools.disabled = false;
      // A browser that comes back to the page fills in what was typed before.
      this.followAddress();
    }

    followAddress() {
      this.field.value = new URLSearchParams(location.search).get("q") ?? "";
      this.show();
    }

    typed() {
      window.leaderboardsAddress?.choose([["q", this.field.value.trim()]], true);
      this.show();
    }

    // Whoever clears the filter types the next one.
    clear() {
      this.field.value = "";
      this.typed();
      this.field.focus();
    }

    show() {
      const typed = this.field.value.trim();
      const shown = this.items.filter((item) => {
        item.hidden = !matches(item.dataset.words ?? "", typed);
        return !item.hidden;
      });
      this.showLists(Boolean(typed));
      const nothing = document.querySelector("[data-gallery-nothing]");
      nothing?.toggleAttribute("hidden", shown.length > 0);
      if (this.status) this.status.textContent = countInWords(shown.length, this.items.length);
      for (const button of this.clearButtons) button.disabled = !typed;
    }

    /**
     * Hide the questions and lists of which nothing is left, and open the lists with what was
     * found.
     * @param {boolean} filtered
     */
    showLists(filtered) {
      for (const list of document.querySelectorAll("[data-gallery-family]")) {
        const left = hasItems(list);
        list.toggleAttribute("hidden", !left);
        // A list that its reader has opened stays open without a filter.
        const opens = filtered && left;
        if (opens || list.hasAttribute("data-opened")) list.toggleAttribute("open", opens);
        list.toggleAttribute("data-opened", opens);
      }
      for (const group of document.querySelectorAll("[data-gallery-group]")) {
        const left = hasItems(group);
        group.toggleAttribute("hidden", !left);
        const link = document.querySelector(`.onpage a[href="#${group.id}"]`);
        link?.parentElement?.toggleAttribute("hidden", !left);
      }
      const contents = document.querySelector(".onpage");
      contents?.toggleAttribute("hidden", !contents.querySelector("li:not([hidden])"));
    }
  }

  /**
   * @param {Element} element
   * @returns {element is HTMLElement}
   */
  function isElement(element) {
    return element instanceof HTMLElement;
  }

  /** @param {Element} list */
  function hasItems(list) {
    return Boolean(list.querySelector("li[data-words]:not([hidden])"));
  }

  /** @type {HTMLFieldSetElement | null} */
  const found = document.querySelector("[data-gallery-tools]");
  const input = found?.querySelector("input");
  if (found && input) new Gallery(found, input);
})();
