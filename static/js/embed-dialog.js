// The dialog of a chart page: what to paste, as chosen, with a preview of exactly that.
(() => {
  "use strict";
  const dialog = document.querySelector("[data-embed-dialog]"), open = document.querySelector("[data-embed-open]");
  if (!dialog?.showModal || !open) return;
  const form = dialog.querySelector("form"), code = dialog.querySelector("code"), preview = dialog.querySelector(".preview");
  const { id, title, height } = dialog.dataset, root = new URL(dialog.dataset.root, location.href).href;
  const look = "border:0;max-width:100%";
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  // What the reader has chosen in the chart itself comes along.
  const address = () => {
    const asked = new URLSearchParams();
    for (const name of ["theme", "title"]) if (form.elements[name].value) asked.set(name, form.elements[name].value);
    for (const one of document.querySelectorAll("figure [data-control]")) if (one.value) asked.set(one.dataset.control, one.value);
    return `${root}${form.elements.kind?.value ?? ""}embed/${id}/${String(asked) && `?${asked}`}`;
  };
  const show = () => {
    const src = address(), width = form.elements.width.value;
    const sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
    code.textContent = `<iframe src="${escaped(src)}" title="${escaped(title)}" width="${width}" height="${height}" loading="lazy" style="${look}" sandbox="${sandbox}"></iframe>\n`
      + `<script async src="${root}static/js/embed-host.js"></scr` + "ipt>";
    const frame = document.createElement("iframe");
    Object.assign(frame, { src, title: `Preview: ${title}`, width, height });
    frame.setAttribute("sandbox", sandbox);
    frame.style.cssText = look;
    preview.replaceChildren(frame);
  };
  addEventListener("message", ({ data, source }) => {
    const frame = preview.querySelector("iframe");
    if (source && source === frame?.contentWindow && data?.type === "orlb:height" && Number.isFinite(data.height)) {
      frame.height = Math.min(2000, Math.max(120, data.height));
    }
  });
  form.addEventListener("change", show);
  dialog.addEventListener("close", () => preview.replaceChildren());
  open.hidden = false;
  open.addEventListener("click", () => { show(); dialog.showModal(); });
})();
