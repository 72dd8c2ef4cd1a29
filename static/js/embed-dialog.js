// The dialog of a chart's page: the lines to paste, as chosen, with a preview of exactly that.
// They are the lines that the page has without any choice, with other attributes of their frame.
(() => {
  "use strict";
  const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
  const LEAST_HEIGHT = 120;
  const MOST_HEIGHT = 2000;
  const LEAST_WIDTH = 280;
  const MOST_WIDTH = 1200;
  // For readers whose letters are wider, so that a line is broken once more.
  const SPARE_HEIGHT = 24;

  /** @typedef {{ src: string, title: string, width: string, height: string }} Frame */

  // The address of an embed of the site or of a day, without choices that are empty.
  /** @type {(base: string, id: string, choices: [string, string][]) => string} */
  function embedAddress(base, id, choices) {
    const asked = new URLSearchParams(choices.filter(([, value]) => value));
    return `${base}embed/${id}/${String(asked) && `?${asked}`}`;
  }

  // The lines to paste with other attributes of their frame.
  /** @type {(lines: string, frame: Frame) => string} */
  function linesWith(lines, frame) {
    let changed = lines;
    for (const [name, value] of Object.entries(frame)) {
      const escaped = value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
      changed = changed.replace(RegExp(` ${name}="[^"]*"`), () => ` ${name}="${escaped}"`);
    }
    return changed;
  }

  // The width of a frame: in pixels as typed, else that of the column around it.
  /** @type {(typed: string) => string} */
  function frameWidth(typed) {
    const width = Math.round(Number(typed));
    return width >= LEAST_WIDTH && width <= MOST_WIDTH ? String(width) : "100%";
  }

  if (typeof document === "undefined") {
    module.exports = { embedAddress, frameWidth, linesWith };
    return;
  }

  class EmbedDialog {
    // The height that the preview has told for what is chosen; 0 until then.
    told = 0;

    /**
     * @param {HTMLDialogElement} dialog
     * @param {HTMLFormElement} form
     * @param {HTMLElement} preview
     */
    constructor(dialog, form, preview) {
      this.form = form;
      this.preview = preview;
      this.root = new URL(dialog.dataset.root ?? "", location.href).href;
      this.code = dialog.querySelector("code");
      addEventListener("message", (event) => this.hear(event));
      form.addEventListener("change", () => this.show());
      dialog.addEventListener("close", () => preview.replaceChildren());
    }

    /** @param {string} name */
    field(name) {
      const field = this.form.elements.namedItem(name);
      return field instanceof HTMLSelectElement || field instanceof HTMLInputElement ? field : null;
    }

    // What is chosen in a field; "" for one that the form lacks or that does not apply.
    /** @param {string} name */
    chosen(name) {
      const field = this.field(name);
      return field && !field.disabled ? field.value : "";
    }

    // What is shown, with its title and its height in a column whose width is not known.
    subject() {
      const select = this.field("show");
      return select instanceof HTMLSelectElement ? select.selectedOptions[0].dataset : {};
    }

    // What the reader has chosen in the chart itself comes along.
    address() {
      /** @type {NodeListOf<HTMLSelectElement>} */
      const controls = document.querySelectorAll("figure [data-control]");
      /** @type {[string, string][]} */
      const choices = ["theme", "title", "rows"].map((name) => [name, this.chosen(name)]);
      if (this.subject().table === undefined) {
        for (const { dataset, value } of controls) choices.push([dataset.control ?? "", value]);
      }
      return embedAddress(this.root + this.chosen("kind"), this.chosen("show"), choices);
    }

    frame() {
      const { title = "", height = "" } = this.subject();
      const width = frameWidth(this.chosen("width"));
      const known = this.told > 0 && width !== "100%";
      const suggested = known ? String(this.told + SPARE_HEIGHT) : height;
      return { src: this.address(), title, width, height: suggested };
    }

    showCode() {
      const lines = document.querySelector("#embed > [data-absolute] code")?.textContent ?? "";
      if (this.code) this.code.textContent = linesWith(lines, this.frame());
    }

    show() {
      this.told = 0;
      // A table has no frozen form, and a chart has no rows.
      const isTable = this.subject().table !== undefined;
      for (const [name, isMissing] of Object.entries({ kind: isTable, rows: !isTable })) {
        const field = this.field(name);
        if (field) field.disabled = isMissing;
      }
      this.showCode();
      const frame = document.createElement("iframe");
      Object.assign(frame, this.frame());
      frame.title = `Preview: ${frame.title}`;
      frame.setAttribute("sandbox", SANDBOX);
      this.preview.replaceChildren(frame);
    }

    /** @param {MessageEvent} event */
    hear({ data, source }) {
      const frame = this.preview.querySelector("iframe");
      if (!frame || !source || source !== frame.contentWindow) return;
      if (data?.type !== "orlb:height" || !Number.isFinite(data.height)) return;
      this.told = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, data.height));
      frame.height = String(this.told);
      this.showCode();
    }
  }

  /** @type {HTMLDialogElement | null} */
  const found = document.querySelector("[data-embed-dialog]");
  /** @type {HTMLButtonElement | null} */
  const button = document.querySelector("[data-embed-open]");
  const fields = found?.querySelector("form");
  /** @type {HTMLElement | null | undefined} */
  const place = found?.querySelector(".preview");
  // Old browsers have no dialogs; the page has the lines to paste as well.
  if (found && typeof found.showModal === "function" && button && fields && place) {
    const dialog = new EmbedDialog(found, fields, place);
    button.hidden = false;
    button.addEventListener("click", () => {
      dialog.show();
      found.showModal();
    });
  }
})();
