// The dialog of a chart's page: the lines to paste, as chosen, with a preview of exactly that.
(() => {
  "use strict";
  const STYLE = "border:0;max-width:100%";
  const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
  const LEAST_HEIGHT = 120;
  const MOST_HEIGHT = 2000;

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
      'loading="lazy"',
      `style="${STYLE}"`,
      `sandbox="${SANDBOX}"`,
    ];
    const script = `<script async src="${root}static/js/embed-host.js"></script>`;
    return `<iframe ${attributes.join(" ")}></iframe>\n${script}`;
  }

  if (typeof document === "undefined") {
    module.exports = { embedAddress, escaped, snippet };
    return;
  }

  /**
   * @param {HTMLDialogElement} dialog
   * @param {HTMLFormElement} form
   * @param {HTMLElement} preview
   */
  function start(dialog, form, preview) {
    const { id = "", title = "", height = "" } = dialog.dataset;
    const root = new URL(dialog.dataset.root ?? "", location.href).href;
    const code = dialog.querySelector("code");

    /**
     * Return what is chosen in a field of the form; "" for a field that it does not have.
     * @param {string} name
     */
    function chosen(name) {
      const field = form.elements.namedItem(name);
      return field instanceof HTMLSelectElement ? field.value : "";
    }

    // What the reader has chosen in the chart itself comes along.
    function address() {
      /** @type {NodeListOf<HTMLSelectElement>} */
      const controls = document.querySelectorAll("figure [data-control]");
      /** @type {[string, string][]} */
      const choices = ["theme", "title"].map((name) => [name, chosen(name)]);
      for (const { dataset, value } of controls) choices.push([dataset.control ?? "", value]);
      return embedAddress(root + chosen("kind"), id, choices);
    }

    function show() {
      const frame = { src: address(), title, width: chosen("width"), height };
      if (code) code.textContent = snippet(frame, root);
      const element = document.createElement("iframe");
      Object.assign(element, { ...frame, title: `Preview: ${title}` });
      element.setAttribute("sandbox", SANDBOX);
      element.style.cssText = STYLE;
      preview.replaceChildren(element);
    }

    addEventListener("message", ({ data, source }) => {
      const frame = preview.querySelector("iframe");
      if (!frame || !source || source !== frame.contentWindow) return;
      if (data?.type !== "orlb:height" || !Number.isFinite(data.height)) return;
      frame.height = String(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, data.height)));
    });
    form.addEventListener("change", show);
    dialog.addEventListener("close", () => preview.replaceChildren());
    return show;
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
    const show = start(found, fields, place);
    button.hidden = false;
    button.addEventListener("click", () => {
      show();
      found.showModal();
    });
  }
})();
