// For the page that embeds: gives each of our frames the height that it asks for, and believes nothing else.
addEventListener("message", ({ data, source }) => {
  if (!data || data.type !== "orlb:height" || !Number.isFinite(data.height)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.style.height = `${Math.min(2000, Math.max(120, data.height))}px`;
  }
});
