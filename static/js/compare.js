// Models side by side. The address names them: ?m=author/model~author/model. Their numbers, and
// the texts that are shown for them, come from one file, fetched when it is needed.
(() => {
  "use strict";
  const MOST = 6;
  const MOST_OFFERED = 12;
  const MISSING = "–";
  const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 2", "1 2"];
  const WIDTH = 720;
  const HEIGHT = 200;

  /** @typedef {{ group: string, label: string, kind: string, barred: boolean }} Measure */
  /**
   * @typedef {object} Model
   * @property {string} name
   * @property {string} author as below a name in a table
   * @property {string} color
   * @property {Record<string, string | number>} values by the place of their measure
   * @property {Record<string, string>} shown the text of a value, where it is not the value itself
   * @property {(number | null)[]} series millions of tokens a day; null is outside the top fifty
   * @property {string} highest the largest day, as text
   * @property {string[]} ids other ids and aliases of the model
   */
  /** @typedef {Record<string, Model>} Models by what names them in an address */
  /** @typedef {{ measures: Measure[], models: Models }} Comparison */
  /** @typedef {{ value: string | number, text: string }} Cell */
  /** @typedef {{ measure: Measure, cells: (Cell | null)[], largest: number }} Line */

  /**
   * Return the models that an address asks for, each once.
   * @param {string} search such as ?m=a/b~c/d; ?m= asks for none
   * @param {string[]} usual those of the page, for an address that does not say
   */
  function wantedKeys(search, usual) {
    const asked = new URLSearchParams(search).get("m");
    if (asked === null) return usual;
    return [...new Set(asked.split("~"))].filter(Boolean);
  }

  /**
   * Return the keys of models that are named by key, id or alias, each once; unknown names stay.
   * The tilde before an alias is lost, because it stands between the names in an address as well.
   * @param {Models} models
   * @param {string[]} asked
   */
  function resolvedKeys(models, asked) {
    /** @type {Map<string, string>} */
    const keys = new Map();
    for (const [key, { ids }] of Object.entries(models)) {
      for (const id of ids) keys.set(id.replace(/^~/, ""), key);
    }
    const found = asked.map((name) => (Object.hasOwn(models, name) ? name : keys.get(name)));
    return [...new Set(found.map((key, at) => key ?? asked[at]))];
  }

  /**
   * Return the part of an address that asks for these models.
   * @param {string[]} keys
   */
  function searchFor(keys) {
    const written = keys.map((key) => encodeURIComponent(key).replaceAll("%2F", "/"));
    return `?m=${written.join("~")}`;
  }

  /**
   * Return a text as names are compared: case, hyphens and spaces make no difference.
   * @param {string} text
   */
  function plain(text) {
    return text
      .toLowerCase()
      .replace(/^~/, "")
      .replaceAll(/[\s_-]+/g, " ")
      .trim();
  }

  /**
   * Return the keys of the models that a reader can mean: those with this name, key, id or alias,
   * where the author may be left out; if there are none, those of which it is a part.
   * @param {Models} models
   * @param {string} typed
   * @returns {{ keys: string[], whole: boolean }} whether it is a whole name
   */
  function matching(models, typed) {
    const wanted = plain(typed);
    const named = Object.entries(models).map(([key, { name, ids }]) => {
      const slugs = [key, ...ids];
      const parts = slugs.map((slug) => slug.slice(slug.indexOf("/") + 1));
      return { key, texts: [name, ...slugs, ...parts].map(plain) };
    });
    const whole = named.filter(({ texts }) => texts.includes(wanted));
    const part = named.filter(({ texts }) => texts.some((text) => text.includes(wanted)));
    const found = whole.length ? whole : part;
    return { keys: found.map(({ key }) => key), whole: whole.length > 0 };
  }

  /**
   * Return what the status says where a reader has to choose one of the models that match.
   * @param {number} count of them
   */
  function offerOf(count) {
    if (!count) return "No model of that name.";
    if (count === 1) return "1 model matches: choose it below.";
    if (count <= MOST_OFFERED) return `${count} models match: choose one below.`;
    return `${count} models match: choose one of the first ${MOST_OFFERED}, or type more.`;
  }

  /**
   * Return the table's lines by group: the measures that at least one of the models has.
   * @param {Comparison} comparison
   * @param {string[]} keys
   */
  function linesByGroup({ measures, models }, keys) {
    /** @type {Map<string, Line[]>} */
    const groups = new Map();
    measures.forEach((measure, at) => {
      const cells = keys.map((key) => cellOf(models[key], at));
      if (cells.every((cell) => cell === null)) return;
      const numbers = cells.map((cell) => Number(cell?.value ?? 0));
      const largest = measure.barred ? Math.max(0, ...numbers) : 0;
      const lines = groups.get(measure.group) ?? [];
      groups.set(measure.group, [...lines, { measure, cells, largest }]);
    });
    return groups;
  }

  /**
   * @param {Model} model
   * @param {number} at the place of the measure
   * @returns {Cell | null}
   */
  function cellOf(model, at) {
    const value = model.values[at];
    return value === undefined ? null : { value, text: model.shown[at] ?? String(value) };
  }

  /**
   * Return the classes of a cell, as generator/render/table_cells.py gives them.
   * @param {string} kind of the measure
   * @param {Cell | null} cell
   */
  function cellClass(kind, cell) {
    const classes = [kind === "text" || kind === "day" ? "t" : "n"];
    if (cell && (kind === "rank" || kind === "day")) classes.push(kind);
    if (cell && kind === "price" && !cell.text.startsWith("$")) classes.push("word");
    return classes.join(" ");
  }

  /**
   * Return the path of a line over the days; a missing day leaves a gap, a lone day is a dot.
   * @param {(number | null)[]} series
   * @param {number} top the value at the upper edge
   */
  function linePath(series, top) {
    const known = (/** @type {number} */ at) => typeof series[at] === "number";
    return series
      .map((value, at) => {
        if (value === null) return "";
        const across = (at * WIDTH) / (series.length - 1);
        const down = HEIGHT - (HEIGHT * value) / top;
        const point = `${across.toFixed(1)} ${down.toFixed(1)}`;
        if (known(at - 1)) return `L${point}`;
        return `M${point}${known(at + 1) ? "" : "h.01"}`;
      })
      .join("");
  }

  /**
   * Return the largest value of all series, 0 if they hold none, and the text shown for it.
   * @param {Model[]} models
   */
  function highestOf(models) {
    const peaks = models.map(({ series, highest }) => ({
      value: Math.max(0, ...series.map((value) => value ?? 0)),
      text: highest,
    }));
    return peaks.reduce((a, b) => (b.value > a.value ? b : a), { value: 0, text: "" });
  }

  /**
   * Return the sentence above the table.
   * @param {string[]} names
   */
  function summaryOf(names) {
    if (!names.length) return "Nothing chosen yet. Add two models.";
    if (names.length === 1) return `${names[0]}. Add a second one to compare it with.`;
    return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}, side by side.`;
  }

  /**
   * Return what the status says of the models asked for.
   * @param {number} known how many of them are
   * @param {number} unknown
   */
  function statusOf(known, unknown) {
    if (unknown) {
      const verb = unknown === 1 ? "is" : "are";
      return `${unknown} of the models asked for ${verb} not known here.`;
    }
    if (known > MOST) return "Six at most: the first six are shown.";
    return `${known} of at most six`;
  }

  if (typeof document === "undefined") {
    module.exports = {
      cellClass,
      highestOf,
      linePath,
      linesByGroup,
      matching,
      offerOf,
      resolvedKeys,
      searchFor,
      statusOf,
      summaryOf,
      wantedKeys,
    };
    return;
  }

  const SVG = "http://www.w3.org/2000/svg";

  /** @typedef {(string | Node)[] | string | Node} Content */

  /**
   * @param {Element} made
   * @param {Record<string, string | number>} attributes an empty one is left out
   * @param {Content} content
   */
  function fill(made, attributes, content) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== "") made.setAttribute(name, String(value));
    }
    made.append(...[content].flat());
    return made;
  }

  /**
   * @param {string} tag
   * @param {Record<string, string | number>} attributes
   * @param {Content} content
   */
  function html(tag, attributes = {}, content = []) {
    return fill(document.createElement(tag), attributes, content);
  }

  /**
   * @param {string} tag
   * @param {Record<string, string | number>} attributes
   * @param {Content} content
   */
  function svg(tag, attributes = {}, content = []) {
    return fill(document.createElementNS(SVG, tag), attributes, content);
  }

  /**
   * @param {number} part of the bar's full width, 0 to 1
   * @param {string} color
   */
  function barElement(part, color) {
    const width = (part * 100).toFixed(1);
    return svg(
      "svg",
      { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { width, height: "10", fill: color }),
    );
  }

  /**
   * @param {Line} line
   * @param {number} at the place of the model
   * @param {string} color
   */
  function cellElement({ measure, cells, largest }, at, color) {
    const cell = cells[at];
    const style = cellClass(measure.kind, cell);
    if (!cell) {
      const missing = html("td", { class: style }, MISSING);
      missing.setAttribute("data-v", "");
      return missing;
    }
    const text = html("bdi", {}, cell.text);
    const attributes = { class: style, "data-v": cell.value };
    if (largest <= 0) return html("td", attributes, text);
    const bar = barElement(Number(cell.value) / largest, color);
    return html("td", { ...attributes, class: `${style} barred` }, [text, bar]);
  }

  /**
   * @param {string} root
   * @param {string} key
   * @param {Model} model
   */
  function headElement(root, key, { name, author, color }) {
    const dot = svg(
      "svg",
      { class: "dot", viewBox: "0 0 10 10", width: "10", height: "10", "aria-hidden": "true" },
      svg("circle", { cx: "5", cy: "5", r: "4.5", fill: color }),
    );
    const link = html("a", { href: `${root}models/${encodeURI(key)}/` }, html("bdi", {}, name));
    return html("th", { scope: "col" }, [
      html("span", { class: "name" }, [dot, link]),
      html("small", {}, html("bdi", {}, author)),
    ]);
  }

  /** @param {Model[]} models */
  function linesElement(models) {
    const top = highestOf(models).value || 1;
    const middle = HEIGHT / 2;
    const grid = `M0 .5H${WIDTH}M0 ${middle}H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}`;
    const lines = models.map(({ series, color }, at) =>
      svg("path", {
        class: "line",
        stroke: color,
        "stroke-dasharray": DASHES[at],
        d: linePath(series, top),
      }),
    );
    return svg(
      "svg",
      {
        class: "history",
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        preserveAspectRatio: "none",
        "aria-hidden": "true",
      },
      [svg("path", { class: "grid", d: grid }), ...lines],
    );
  }

  /**
   * @param {Model} model
   * @param {number} at
   */
  function legendElement({ name, color }, at) {
    const line = svg("path", {
      stroke: color,
      "stroke-dasharray": DASHES[at],
      "stroke-width": "2",
      d: "M0 4H28",
    });
    const swatch = svg(
      "svg",
      { class: "swatch", viewBox: "0 0 28 8", width: "28", height: "8", "aria-hidden": "true" },
      line,
    );
    return html("li", {}, [swatch, " ", html("bdi", {}, name)]);
  }

  class ComparePage {
    /**
     * @param {HTMLElement} page
     * @param {HTMLTableElement} table
     * @param {HTMLInputElement} field where a model is typed
     * @param {HTMLDataListElement} suggestions
     */
    constructor(page, table, field, suggestions) {
      this.page = page;
      this.root = page.dataset.root ?? "";
      this.usual = (page.dataset.compare ?? "").split("~");
      this.table = table;
      this.field = field;
      this.suggestions = suggestions;
      /** The view of the page as it comes, which models of a reader's own are not. */
      this.view = page.querySelector('[aria-label="Prepared comparisons"] [aria-current]');
      /** @type {Promise<Comparison> | null} */
      this.loading = null;
      field.addEventListener("focus", () => this.suggest());
      field.addEventListener("input", () => this.withdraw());
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        this.add();
      });
      this.part("add").addEventListener("click", () => this.add());
      window.leaderboardsAddress?.follow(() => this.show());
      if (new URLSearchParams(location.search).has("m")) this.show();
      else this.armWrittenButtons();
    }

    /**
     * Return the element of the page with this data attribute.
     * @param {string} name
     * @returns {HTMLElement}
     */
    part(name) {
      const found = this.page.querySelector(`[data-${name}]`);
      if (!(found instanceof HTMLElement)) throw new Error(`the page has no data-${name}`);
      return found;
    }

    load() {
      this.loading ??= this.fetch().catch((error) => {
        this.loading = null;
        throw error;
      });
      return this.loading;
    }

    /** @returns {Promise<Comparison>} */
    async fetch() {
      const reply = await fetch(`${this.root}compare/models.json`);
      if (!reply.ok) throw new Error(String(reply.status));
      return reply.json();
    }

    /** @param {string} text */
    report(text) {
      this.part("status").textContent = text;
    }

    async show() {
      const comparison = await this.load().catch(() => null);
      if (!comparison) {
        this.report("The numbers could not be fetched.");
        return;
      }
      const { models } = comparison;
      const asked = resolvedKeys(models, wantedKeys(location.search, this.usual));
      const known = asked.filter((key) => Object.hasOwn(models, key));
      const keys = known.slice(0, MOST);
      const names = keys.map((key) => models[key].name);
      this.showTable(comparison, keys);
      this.showFigure(keys.map((key) => models[key]));
      this.showButtons(keys, names);
      if (keys.join() === this.usual.join()) this.view?.setAttribute("aria-current", "page");
      else this.view?.removeAttribute("aria-current");
      this.part("said").textContent = summaryOf(names);
      const site = document.title.split(" · ").at(-1);
      document.title = `${names.join(" against ") || "Compare models"} · ${site}`;
      this.report(statusOf(known.length, asked.length - known.length));
    }

    /**
     * @param {Comparison} comparison
     * @param {string[]} keys
     */
    showTable(comparison, keys) {
      const { models } = comparison;
      const heads = keys.map((key) => headElement(this.root, key, models[key]));
      const first = html("th", { scope: "col" }, "Measure");
      this.table.tHead?.rows[0].replaceChildren(first, ...heads);
      for (const body of [...this.table.tBodies]) body.remove();
      for (const [group, lines] of linesByGroup(comparison, keys)) {
        const head = html("th", { scope: "rowgroup", colspan: keys.length + 1 }, group);
        const rows = lines.map((line) =>
          html("tr", {}, [
            html("th", { scope: "row" }, line.measure.label),
            ...keys.map((key, at) => cellElement(line, at, models[key].color)),
          ]),
        );
        this.table.append(html("tbody", {}, [html("tr", { class: "group" }, head), ...rows]));
      }
      const frame = this.table.closest(".scroll");
      if (frame instanceof HTMLElement) frame.hidden = !keys.length;
    }

    /** @param {Model[]} models */
    showFigure(models) {
      const drawn = models.filter(({ series }) => series.length);
      this.part("figure").hidden = !drawn.length;
      if (!drawn.length) return;
      this.part("top").textContent = `highest ${highestOf(drawn).text}`;
      this.part("lines").replaceChildren(linesElement(drawn));
      this.part("legend").replaceChildren(...drawn.map(legendElement));
    }

    /**
     * @param {string[]} keys
     * @param {string[]} names
     */
    showButtons(keys, names) {
      const items = names.map((name, at) => {
        const cross = html("span", { "aria-hidden": "true" }, "×");
        const attributes = { type: "button", "aria-label": `Remove ${name}` };
        const button = html("button", attributes, [html("bdi", {}, name), cross]);
        button.addEventListener("click", () => this.remove(keys, at));
        return html("li", {}, button);
      });
      this.part("chosen").replaceChildren(...items);
    }

    // The page as it comes has the buttons; until one is used, nothing is fetched.
    armWrittenButtons() {
      [...this.part("chosen").querySelectorAll("button")].forEach((button, at) => {
        button.addEventListener("click", () => this.remove(this.usual, at));
      });
    }

    /**
     * @param {string[]} keys
     * @param {number} at
     */
    remove(keys, at) {
      this.go(keys.filter((_, other) => other !== at));
      this.field.focus();
    }

    /** @param {string[]} keys */
    go(keys) {
      const url = new URL(location.href);
      url.search = searchFor(keys);
      window.leaderboardsAddress?.go(url.href);
      return this.show();
    }

    async suggest() {
      if (this.suggestions.childElementCount) return;
      const comparison = await this.load().catch(() => null);
      if (!comparison) {
        this.report("The names could not be fetched.");
        return;
      }
      const models = Object.entries(comparison.models);
      const options = models.map(([key, { name }]) => html("option", { value: name }, key));
      this.suggestions.replaceChildren(...options);
    }

    async add() {
      if (!this.field.value.trim()) return;
      const comparison = await this.load().catch(() => null);
      if (!comparison) {
        this.report("The numbers could not be fetched.");
        return;
      }
      const { models } = comparison;
      const { keys, whole } = matching(models, this.field.value);
      if (whole && keys.length === 1) {
        await this.addKey(models, keys[0]);
        return;
      }
      this.offer(keys.slice(0, MOST_OFFERED), models);
      this.report(offerOf(keys.length));
    }

    /**
     * Show buttons for these models, each of which adds its model.
     * @param {string[]} keys none take away those that are there
     * @param {Models} models
     */
    offer(keys, models) {
      const items = keys.map((key) => {
        const name = html("bdi", {}, models[key].name);
        const button = html("button", { type: "button" }, [name, html("code", {}, key)]);
        button.addEventListener("click", () => {
          this.field.focus();
          this.addKey(models, key);
        });
        return html("li", {}, button);
      });
      const list = this.part("matches");
      list.replaceChildren(...items);
      list.hidden = !items.length;
    }

    // What was offered is no answer to what is typed now.
    withdraw() {
      if (this.part("matches").hidden) return;
      this.offer([], {});
      this.report("");
    }

    /**
     * @param {Models} models
     * @param {string} key
     */
    async addKey(models, key) {
      const asked = resolvedKeys(models, wantedKeys(location.search, this.usual));
      const keys = asked.filter((other) => Object.hasOwn(models, other));
      this.offer([], models);
      if (keys.includes(key)) this.report("It is there already.");
      else if (keys.length >= MOST) this.report("Six at most: remove one first.");
      else {
        this.field.value = "";
        await this.go([...keys, key]);
      }
    }
  }

  /** @type {HTMLElement | null} */
  const main = document.querySelector("[data-compare]");
  const board = main?.querySelector("table");
  const input = document.getElementById("pick");
  const list = document.getElementById("pick-from");
  if (main && board && input instanceof HTMLInputElement && list instanceof HTMLDataListElement) {
    new ComparePage(main, board, input, list);
  }
})();
