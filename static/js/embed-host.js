// For the page that embeds: gives each of our frames the height that it asks for, within bounds.
// Believes nothing else, because any page can send messages.
(() => {
  "use strict";
  addEventListener("message", ({ data, source }) => {
    if (data?.type !== "orlb:height" || !Number.isFinite(data.height)) return;
    const height = Math.min(2000, Math.max(120, data.height));
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === source) frame.style.height = `${height}px`;
    }
  });
})();
