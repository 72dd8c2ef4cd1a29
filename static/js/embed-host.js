// For the page that embeds: gives each of our frames the height that it asks for, within bounds.
// Believes nothing else, because any page can send messages.
(() => {
  "use strict";
  const script = document.currentScript;
  const home = script instanceof HTMLScriptElement ? new URL("../../", script.src).href : "";
  const ours = () =>
    [...document.querySelectorAll("iframe")].filter((one) => one.src.startsWith(home));
  addEventListener("message", ({ data, source }) => {
    if (data?.type !== "orlb:height" || !Number.isFinite(data.height)) return;
    const height = Math.min(2000, Math.max(120, data.height));
    for (const frame of ours()) {
      if (frame.contentWindow === source) frame.style.height = `${height}px`;
    }
  });
  // Those that told their height before this script came tell it again.
  for (const frame of ours()) frame.contentWindow?.postMessage({ type: "orlb:ask" }, "*");
})();
