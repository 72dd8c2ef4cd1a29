// The search box: a combobox over an index that is fetched when it is first turned to. Also fills the page of results.
(() => {
  "use strict";
  const box = document.querySelector(".search"), field = box.querySelector("input"), list = box.querySelector("ul");
  const root = box.dataset.root, MOST = 8;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let index, found = [], at = -1;

  const load = () => (index ??= fetch(`${root}search/index.json`).then((reply) => {
    if (!reply.ok) throw new Error(reply.status);
    return reply.json();
  }).then(({ groups }) => groups.flatMap(({ kind, at: start, rows }) => rows.map(([name, path, more = ""]) => {
    const text = plain(name);
    return { kind, name, url: root + encodeURI(start + path), text, all: `${text} ${plain(`${kind} ${path} ${more}`)}` };
  }))).catch((trouble) => { index = null; throw trouble; }));

  // Every word has to be there; a name that starts with the words comes before one that only holds them.
  const sought = (rows, query) => {
    const whole = plain(query.trim()), words = whole.split(/\s+/);
    const score = ({ text, all }) => {
      if (!words.every((word) => all.includes(word))) return 0;
      const starts = (part) => ` ${text.replaceAll(/[:/()-]/g, " ")}`.includes(` ${part}`);
      return text.startsWith(whole) ? 4 : starts(whole) ? 3 : words.every(starts) ? 2 : 1;
    };
    return rows.map((row) => [score(row), row]).filter(([points]) => points).sort(([a], [b]) => b - a).map(([, row]) => row);
  };
  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...[text].flat());
    return made;
  };
  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (next) => {
    at = next;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", `found-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const all = () => { location.href = `${root}search/?q=${encodeURIComponent(field.value.trim())}`; };
  const show = async () => {
    const query = field.value;
    if (!query.trim()) return close();
    let rows;
    try { rows = await load(); } catch { rows = null; }
    if (query !== field.value || document.activeElement !== field) return;
    const hits = rows ? sought(rows, query) : [];
    found = hits.slice(0, MOST).map((hit) => [hit.name, hit.kind, () => { location.href = hit.url; }]);
    if (hits.length > MOST) found.push([`All ${hits.length} results`, "", all]);
    if (!found.length) found.push([rows ? "Nothing of that name" : "The index could not be fetched", "", close]);
    list.replaceChildren(...found.map(([name, kind, go], number) => {
      const option = element("li", [element("bdi", name), element("small", kind)], { role: "option", id: `found-${number}`, "aria-selected": "false" });
      option.onpointerdown = (event) => { event.preventDefault(); };
      option.onclick = go;
      return option;
    }));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    choose(-1);
  };
  field.onfocus = () => { load().catch(() => {}); if (field.value) show(); };
  field.oninput = show;
  field.onblur = close;
  field.onkeydown = (event) => {
    const { key } = event, open = !list.hidden;
    if (key === "Escape") {
      event.preventDefault();
      if (open) return close();
      field.value = "";
      field.blur();
    } else if (key === "Enter" && field.value.trim()) {
      event.preventDefault();
      if (open && at >= 0) found[at][2](); else all();
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void show();
      const count = found.length + 1, step = key === "ArrowDown" ? 1 : -1;
      choose((at + 1 + step + count) % count - 1);
    }
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.focus();
    field.select();
  }, true);

  const results = document.querySelector("[data-results]"), query = new URLSearchParams(location.search).get("q");
  if (!results || !query?.trim()) return;
  const heading = document.querySelector("h1");
  field.value = query;
  heading.textContent = `“${query.trim().slice(0, 100)}”`;
  document.title = `${heading.textContent} · OpenRouter Leaderboards`;
  load().then((rows) => {
    const hits = sought(rows, query).slice(0, 100);
    results.replaceChildren(element("p", hits.length ? `${hits.length} ${hits.length === 1 ? "result" : "results"}` : "Nothing of that name. Try fewer letters, or part of the name.", { role: "status", class: "said" }));
    const kinds = Map.groupBy ? Map.groupBy(hits, ({ kind }) => kind) : new Map([["Results", hits]]);
    for (const [kind, some] of kinds) {
      const links = some.map(({ name, url }) => element("li", element("a", element("bdi", name), { href: url })));
      results.append(element("h2", kind), element("ul", links, { class: "hits" }));
    }
  }).catch(() => { results.replaceChildren(element("p", "The index could not be fetched.", { class: "empty" })); });
})();
