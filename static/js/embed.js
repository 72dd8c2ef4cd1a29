// Inside an embed: theme and title as asked for in the address, and the height told to whoever frames it.
// Frozen pages made up to a year ago load this file too, so it keeps its address and understands their markup.
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search), theme = asked.get("theme");
  document.documentElement.dataset.scripts = "on";
  const forced = theme === "light" || theme === "dark" ? theme : "";
  if (forced) document.documentElement.dataset.theme = forced;
  addEventListener("DOMContentLoaded", () => {
    for (const source of forced ? document.querySelectorAll("source[data-theme-source]") : []) {
      source.media = forced === "light" ? "not all" : source.media.replace(/\(prefers-color-scheme: dark\)( and )?/, "") || "all";
    }
    const plate = document.querySelector("[data-heads]"), size = matchMedia("(max-width: 40rem)");
    if (plate && asked.get("title") === "0") {
      // The title is the uppermost part of every drawing: pushed out of the frame, whoever embeds can write their own.
      const [wide, narrow] = plate.dataset.heads.split(" ");
      const crop = () => plate.style.setProperty("--crop", `${-100 * (size.matches ? narrow : wide)}%`);
      size.addEventListener("change", crop);
      crop();
    }
    if (parent === window) return;
    const id = document.body.dataset.embed, src = location.href.split("?")[0];
    let told = 0;
    const tell = () => {
      const height = Math.ceil(document.body.getBoundingClientRect().height);
      if (!height || height === told) return;
      told = height;
      // Three dialects: our own, AMP's, and the one of Medium and Embedly. None says anything but a height.
      parent.postMessage({ type: "orlb:height", id, height }, "*");
      parent.postMessage({ sentinel: "amp", type: "embed-size", height }, "*");
      parent.postMessage(JSON.stringify({ src, context: "iframe.resize", height }), "*");
    };
    new ResizeObserver(tell).observe(document.body);
    tell();
  });
})();
