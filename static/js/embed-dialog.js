// The dialog of a chart's page: the lines to paste, as chosen, with a preview of exactly that.
(() => {
  "use strict";
  const STYLE = "border:0;max-width:100%";
  const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
  const LEAST_HEIGHT = 120;
  const MOST_HEIGHT = 2000;
  const LEAST_WIDTH = 280;
  const MOST_WIDTH = 1200;
  // For readers whose letters are wider, so that a line is broken once more.
  const SPARE_HEIGHT = 24;

  /** @typedef {{ src: string, title: string, width: string, height: string }} Frame */

  /**
   * Return a text as it stands in an attribute.
   * @param {string} text
   */
  function escaped(text) {
    return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }

  /**
   * Return the address of an embed.
   * @param {string} base the folder "embed/" of the site or of a day
   * @param {string} id
   * @param {[string, string][]} choices those that are empty are left out
   */
  function embedAddress(base, id, choices) {
    const asked = new URLSearchParams(choices.filter(([, value]) => value));
    return `${base}embed/${id}/${String(asked) && `?${asked}`}`;
  }

  /**
   * Return the lines to paste: the frame, and the script that gives it its height.
   * @param {Frame} frame
   * @param {string} root the top of the site
   */
  function snippet({ src, title, width, height }, root) {
    const attributes = [
      `src="${escaped(src)}"`,
      `title="${escaped(title)}"`,
      `width="${width}"`,
      `height="${height}"`,
      'frameborder="0"',
      'loading="lazy"',
      `style="${STYLE}"`,
      `sandbox="${SANDBOX}"`,
    ];
    const script = `<script async src="${root}static/js/embed-host.js"></script>`;
    return `<iframe ${attributes.join(" ")}></iframe>\n${script}`;
  }

  /**
   * Return the width of a frame: in pixels as typed, else that of the column around it.
   * @param {string} typed
   */
  function frameWidth(typed) {
    const width = Math.round(Number(typed));
    return width >= LEAST_WIDTH && width <= MOST_WIDTH ? String(width) : "100%";
  }

  if (typeof document === "undefined") {
    module.exports = { embedAddress, escaped, frameWidth, snippet };
    return;
  }

  class EmbedDialog {
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
      // As the preview has told it for what is chosen; 0 until then.
      this.told = 0;
      addEventListener("message", (event) => this.hear(event));
      form.addEventListener("change", () => this.show());
      dialog.addEventListener("close", () => preview.replaceChildren());
    }

    /**
     * Return what is chosen in a field; "" for one that the form lacks or that does not apply.
     * @param {string} name
     */
    chosen(name) {
      const field = this.form.elements.namedItem(name);
      const usable = field instanceof HTMLSelectElement || field instanceof HTMLInputElement;
      return usable && !field.disabled ? field.value : "";
    }

    // What is shown, with its title and its height in a column whose width is not known.
    subject() {
      const select = this.form.elements.namedItem("show");
      const option = select instanceof HTMLSelectElement ? select.selectedOptions[0] : null;
      return option?.dataset ?? {};
    }

    isTable() {
      return this.subject().table !== undefined;
    }

    // A table has no frozen form, and a chart has no rows.
    offerFields() {
      const usable = { kind: !this.isTable(), rows: this.isTable() };
      for (const [name, applies] of Object.entries(usable)) {
        const field = this.form.elements.namedItem(name);
        if (field instanceof HTMLSelectElement) field.disabled = !applies;
      }
    }

    // What the reader has chosen in the chart itself comes along.
    address() {
      /** @type {NodeListOf<HTMLSelectElement>} */
      const controls = document.querySelectorAll("figure [data-control]");
      /** @type {[string, string][]} */
      const choices = ["theme", "title", "rows"].map((name) => [name, this.chosen(name)]);
      if (!this.isTable()) {
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
      if (this.code) this.code.textContent = snippet(this.frame(), this.root);
    }

    show() {
      this.told = 0;
      this.offerFields();
      this.showCode();
      const shown = this.frame();
      const element = document.createElement("iframe");
      Object.assign(element, { ...shown, title: `Preview: ${shown.title}` });
      element.setAttribute("sandbox", SANDBOX);
      element.style.cssText = STYLE;
      this.preview.replaceChildren(element);
    }

    /** @param {MessageEvent} event */
    hear({ data, source }) {
      const element = this.preview.querySelector("iframe");
      if (!element || !source || source !== element.contentWindow) return;
      if (data?.type !== "orlb:height" || !Number.isFinite(data.height)) return;
      this.told = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, data.height));
      element.height = String(this.told);
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
