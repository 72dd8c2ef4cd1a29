// What every page does once it stands: its age, copy buttons, snippets with this site's address, "/" to search.
(() => {
  "use strict";
  const age = document.querySelector("[data-built]");
  if (age) {
    const days = Math.floor((Date.now() - Date.parse(age.dataset.built)) / 864e5);
    if (days > 2) {
      age.querySelector("[data-age]").textContent = days;
      age.hidden = false;
    }
  }
  // Until the build is told where the site lives, the snippets carry a stand-in; the browser knows better.
  for (const box of document.querySelectorAll("[data-absolute]")) {
    const here = new URL(box.dataset.root || "./", location.href).href;
    for (const code of box.querySelectorAll("code")) code.textContent = code.textContent.replaceAll(box.dataset.absolute, here);
  }
  for (const box of document.querySelectorAll(".copy")) {
    const button = box.querySelector("[data-copy]");
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(box.querySelector("code").textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(box.querySelector("code"));
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const field = [...document.querySelectorAll("#search, input[type=search]")].find((one) => one.offsetParent);
    if (field) { event.preventDefault(); field.focus(); }
  });
  // A link to a part of the page opens what hides it.
  const open = () => {
    const aim = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    aim && aim.closest("details")?.setAttribute("open", "");
  };
  addEventListener("hashchange", open);
  open();
  // After the first frame: asking where things stand earlier would lay out a long page twice.
  requestAnimationFrame(() => {
    const current = document.querySelector(".top [aria-current]"), nav = current?.closest("nav");
    if (nav) nav.scrollLeft = current.getBoundingClientRect().left - nav.getBoundingClientRect().left - 24;
  });
})();
