// The frontier at a ratio of input to output tokens that the reader sets: what each model costs,
// which ones are on it, and which model beats each of the others. ?ratio=10 sets it too.
(() => {
  "use strict";
  const USUAL_RATIO = 3;
  const LARGEST_RATIO = 1000;
  const DIGITS = 12;
  const MISSING = "–";
  const MEANING = "nothing scores higher for the same price, or as high for less.";
  const CHARACTER = 6.6; // the mean width of a letter in the drawing, in pixels

  /** @typedef {{ index: number, prompt: number, completion: number }} Scores dollars per token */
  /** @typedef {{ price: number, rival: Placed | null }} Place */
  /** @typedef {Model & Place} Placed a model with its price, and the one that beats it */
  /**
   * @typedef {Scores & {
   *   name: string, colour: string, label: Element, row: HTMLTableRowElement,
   * }} Model
   */

  /**
   * Return what a reader means by a ratio; null if it is none, or out of bounds.
   * @param {string | null} text
   */
  function readRatio(text) {
    const ratio = Number(text);
    return text && ratio >= 0 && ratio <= LARGEST_RATIO ? ratio : null;
  }

  /**
   * Return a price per million tokens as generator/base/formats.py writes it: $0.28, $15, free.
   * The tests hold the two against each other.
   * @param {number} dollars per token, not negative
   */
  function perMillion(dollars) {
    const price = Number(dollars.toPrecision(DIGITS));
    if (price === 0) return "free";
    if (price >= 9.9995e-5) return `$${grouped(timesMillion(price, 0))}`;
    if (price >= 9.995e-8) return `$${timesMillion(price, 2).replace(/\.00$/, "")}`;
    const exponent = Number(price.toExponential().split("e")[1]) + 6;
    const places = Math.max(4, 1 - exponent);
    return `$${timesMillion(price, places).replace(/\.?0+$/, "")}`;
  }

  /**
   * Return a million times a price with so many decimals, halves rounded to the even digit.
   * Computed on its decimal digits, because 0.0000001 times a million is less than 0.1 in floats.
   * @param {number} price
   * @param {number} places
   */
  function timesMillion(price, places) {
    const [mantissa, exponent] = price.toExponential(DIGITS - 1).split("e");
    const digits = BigInt(mantissa.replace(".", ""));
    const shift = Number(exponent) - (DIGITS - 1) + 6 + places;
    const power = 10n ** BigInt(Math.abs(shift));
    const scaled = shift >= 0 ? digits * power : dividedHalfEven(digits, power);
    const text = String(scaled).padStart(places + 1, "0");
    if (places === 0) return text;
    return `${text.slice(0, -places)}.${text.slice(-places)}`;
  }

  /**
   * @param {bigint} number
   * @param {bigint} divisor
   */
  function dividedHalfEven(number, divisor) {
    const quotient = number / divisor;
    const twice = (number % divisor) * 2n;
    const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
    return up ? quotient + 1n : quotient;
  }

  /** @param {string} digits */
  function grouped(digits) {
    return digits.replace(/\B(?=(\d{3})+$)/g, ",");
  }

  /**
   * Return dollars per token at so many input tokens to one output token.
   * @param {Scores} model
   * @param {number} ratio
   */
  function blended({ prompt, completion }, ratio) {
    return Number(((prompt * ratio + completion) / (ratio + 1)).toPrecision(DIGITS));
  }

  /**
   * Return the models in order of price, of equal prices the higher score first. The rival of each
   * is the highest score that costs no more; those without one are on the frontier, and so are
   * those of the same price and score: neither beats the other.
   * @template {Scores} M
   * @param {M[]} models
   * @param {number} ratio
   */
  function placed(models, ratio) {
    const priced = models.map((model) => ({ ...model, price: blended(model, ratio) }));
    priced.sort((a, b) => a.price - b.price || b.index - a.index);
    /** @typedef {M & { price: number, rival: Ranked | null }} Ranked */
    /** @type {Ranked[]} */
    const all = [];
    /** @type {Ranked | null} */
    let best = null;
    for (const model of priced) {
      /** @type {Ranked} */
      const place = { ...model, rival: null };
      all.push(place);
      if (best === null || best.index < model.index) best = place;
      else if (best.index !== model.index || best.price !== model.price) place.rival = best;
    }
    return all;
  }

  /**
   * Return how many models are on the frontier at so many input tokens to one output token.
   * @param {number} on
   * @param {number} all
   * @param {number} ratio
   */
  function summary(on, all, ratio) {
    const models = `${on} of ${all} paid ${all === 1 ? "model" : "models"}`;
    return `${models} ${on === 1 ? "is" : "are"} on the frontier at ${ratio}:1`;
  }

  /**
   * Return where the name of a point fits: before it, after it, or null if it would be cut off.
   * @param {number} x
   * @param {string} name
   * @param {number} left the least x that may be drawn on
   * @param {number} right the largest
   */
  function namePlace(x, name, left, right) {
    const width = name.length * CHARACTER;
    if (x - 6 - width >= left) return { x: x - 6, anchor: "end" };
    if (x + 6 + width <= right) return { x: x + 6, anchor: "start" };
    return null;
  }

  /**
   * Return where prices and scores lie in a drawing; prices on a logarithmic scale.
   * @param {{ price: number, index: number }[]} points at least one; none is free
   * @param {number} width
   * @param {number} height
   */
  function axes(points, width, height) {
    const left = 32;
    const bottom = height - 46;
    const powers = points.map(({ price }) => Math.log10(price));
    const scores = points.map(({ index }) => index);
    const [low, high] = [Math.min(...powers), Math.max(...powers)];
    const [least, most] = [Math.min(...scores), Math.max(...scores)];
    return {
      left,
      x: (/** @type {number} */ price) =>
        left + 8 + ((width - left - 24) * (Math.log10(price) - low)) / (high - low || 1),
      y: (/** @type {number} */ index) =>
        bottom - 8 - ((bottom - 40) * (index - least)) / (most - least || 1),
      prices: steps(low, high, 1).map((power) => 10 ** power),
      scores: steps(least, most, 10),
    };
  }

  /**
   * Return the models that a logarithmic scale has a place for: those that are not free.
   * @template {{ price: number }} P
   * @param {P[]} models
   */
  function drawable(models) {
    return models.filter(({ price }) => price > 0);
  }

  /**
   * Return the multiples of a step between two numbers.
   * @param {number} low
   * @param {number} high
   * @param {number} step
   */
  function steps(low, high, step) {
    const first = Math.ceil(low / step);
    const count = Math.max(0, Math.floor(high / step) - first + 1);
    return Array.from({ length: count }, (_, at) => (first + at) * step);
  }

  if (typeof document === "undefined") {
    module.exports = {
      axes,
      blended,
      drawable,
      namePlace,
      perMillion,
      placed,
      readRatio,
      summary,
    };
    return;
  }

  const SVG = "http://www.w3.org/2000/svg";

  /**
   * @param {string} tag
   * @param {Record<string, string | number>} attributes
   */
  function svgElement(tag, attributes, text = "") {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    made.textContent = text;
    return made;
  }

  class Frontier {
    /**
     * @param {HTMLElement} control
     * @param {HTMLTableElement} table
     * @param {HTMLInputElement} field
     */
    constructor(control, table, field) {
      this.control = control;
      this.field = field;
      this.body = table.tBodies[0];
      this.summary = control.querySelector("[data-frontier-said]");
      this.finding = control.parentElement?.querySelector(".finding");
      this.usualFinding = this.finding?.textContent ?? "";
      /** @type {HTMLElement | null} */
      this.figure = document.querySelector("figure[data-chart=fr-scatter]");
      /** @type {HTMLElement | null | undefined} */
      this.picture = this.figure?.querySelector("[data-plot]");
      this.drawing = this.addDrawing();
      /** @type {NodeListOf<HTMLButtonElement>} */
      this.buttons = control.querySelectorAll("[data-ratio]");
      const keys = [...(table.tHead?.rows[0].cells ?? [])].map((head) => head.dataset.key);
      /** @param {string} key */
      this.column = (key) => keys.indexOf(key);
      this.models = [...this.body.rows].map((row) => this.model(row));
      this.placed = placed(this.models, USUAL_RATIO);
      this.listen();
      this.start();
    }

    /**
     * @param {HTMLTableRowElement} row
     * @returns {Model}
     */
    model(row) {
      const number = (/** @type {string} */ key) => Number(row.cells[this.column(key)].dataset.v);
      return {
        row,
        index: number("intelligence_index"),
        prompt: number("prompt"),
        completion: number("completion"),
        name: row.querySelector("th bdi")?.textContent ?? "",
        label: row.querySelector("th .name") ?? row.cells[0],
        colour: row.querySelector("th circle")?.getAttribute("fill") || "currentColor",
      };
    }

    // The drawing takes the place of the picture alone: the credit of the figure stays in view.
    addDrawing() {
      if (!this.picture) return null;
      const drawing = document.createElement("div");
      drawing.dataset.frontierDrawing = "";
      drawing.hidden = true;
      this.picture.after(drawing);
      return drawing;
    }

    listen() {
      this.field.addEventListener("input", () => {
        const ratio = readRatio(this.field.value);
        if (ratio !== null) this.set(ratio, true);
      });
      window.leaderboardsAddress?.follow(() => this.followAddress());
      for (const button of this.buttons) {
        button.addEventListener("click", () => {
          this.field.value = button.dataset.ratio ?? "";
          this.set(Number(button.dataset.ratio), false);
        });
      }
      addEventListener("resize", () => {
        const ratio = readRatio(this.field.value);
        if (ratio !== null) this.draw(ratio);
      });
    }

    start() {
      this.shown = USUAL_RATIO;
      this.press(USUAL_RATIO);
      this.followAddress();
    }

    followAddress() {
      const asked = readRatio(new URLSearchParams(location.search).get("ratio"));
      const ratio = asked ?? USUAL_RATIO;
      if (ratio === this.shown) return;
      this.field.value = String(ratio);
      this.show(ratio);
    }

    /**
     * @param {number} ratio
     * @param {boolean} passing whether more is being typed
     */
    set(ratio, passing) {
      this.show(ratio);
      const written = ratio === USUAL_RATIO ? "" : String(ratio);
      window.leaderboardsAddress?.choose([["ratio", written]], passing);
    }

    /** @param {number} ratio */
    show(ratio) {
      this.shown = ratio;
      this.placed = placed(this.models, ratio);
      this.write();
      const on = this.placed.filter(({ rival }) => !rival).length;
      const words = summary(on, this.models.length, ratio);
      if (this.summary) this.summary.textContent = `${words}.`;
      if (this.finding) {
        const usual = ratio === USUAL_RATIO;
        this.finding.textContent = usual ? this.usualFinding : `${words}: ${MEANING}`;
      }
      this.press(ratio);
      this.draw(ratio);
    }

    /** @param {number} ratio */
    press(ratio) {
      for (const button of this.buttons) {
        button.setAttribute("aria-pressed", String(Number(button.dataset.ratio) === ratio));
      }
    }

    write() {
      for (const { row, price, rival } of this.placed) {
        this.writeCell(row, "blended", String(price), perMillion(price));
        this.writeCell(row, "on_frontier", rival ? "" : "yes", rival ? "" : "yes");
        const label = rival ? rival.label.cloneNode(true) : MISSING;
        this.writeCell(row, "beaten_by", rival ? rival.name : "", label);
      }
      const sorted = new URLSearchParams(location.search).has("sort");
      if (!sorted) this.body.append(...this.placed.map(({ row }) => row));
    }

    /**
     * @param {HTMLTableRowElement} row
     * @param {string} key
     * @param {string} exact
     * @param {string | Node} shown
     */
    writeCell(row, key, exact, shown) {
      const cell = row.cells[this.column(key)];
      if (!cell) return;
      cell.dataset.v = exact;
      cell.replaceChildren(shown);
    }

    /**
     * Draw the models at this ratio; at the usual one the page has a picture of its own.
     * @param {number} ratio
     */
    draw(ratio) {
      if (!this.drawing) return;
      const usual = ratio === USUAL_RATIO;
      if (this.picture) this.picture.hidden = !usual;
      this.drawing.hidden = usual;
      // What the button brings to life is the picture.
      this.figure?.classList.toggle("at-ratio", !usual);
      const points = drawable(this.placed);
      if (usual || !points.length) {
        this.drawing.replaceChildren();
        return;
      }
      const width = Math.max(280, this.drawing.clientWidth);
      const height = Math.round(Math.min(440, width * 0.6 + 80));
      const svg = svgElement("svg", {
        viewBox: `0 0 ${width} ${height}`,
        width,
        height,
        role: "img",
        "aria-label": this.summary?.textContent ?? "",
      });
      const scales = axes(points, width, height);
      const titles = axisTitles(ratio, width, height);
      svg.append(...gridOf(scales, width, height), ...titles, ...marksOf(points, scales, width));
      this.drawing.replaceChildren(svg);
    }
  }

  /**
   * @param {ReturnType<typeof axes>} scales
   * @param {number} width
   * @param {number} height
   */
  function gridOf({ left, x, y, prices, scores }, width, height) {
    const lines = scores.map((score) =>
      svgElement("path", { class: "grid", d: `M${left} ${y(score)}H${width}` }),
    );
    const scoreLabels = scores.map((score) =>
      svgElement("text", { x: left - 6, y: y(score) + 4, "text-anchor": "end" }, String(score)),
    );
    const priceLabels = prices.map((price) =>
      svgElement(
        "text",
        { x: x(price), y: height - 26, "text-anchor": "middle" },
        perMillion(price),
      ),
    );
    return [...lines, ...scoreLabels, ...priceLabels];
  }

  /**
   * @param {number} ratio
   * @param {number} width
   * @param {number} height
   */
  function axisTitles(ratio, width, height) {
    const price = `Price per 1M tokens at ${ratio}:1, log scale`;
    return [
      svgElement("text", { x: 0, y: 12 }, "Intelligence index"),
      svgElement("text", { x: width, y: height - 6, "text-anchor": "end" }, price),
    ];
  }

  /**
   * @param {Placed[]} points
   * @param {ReturnType<typeof axes>} scales
   * @param {number} width
   */
  function marksOf(points, scales, width) {
    const { x, y } = scales;
    const onFrontier = points.filter(({ rival }) => !rival);
    const corners = onFrontier.map(({ price, index }, at) => {
      const [across, down] = [x(price).toFixed(1), y(index).toFixed(1)];
      return at ? `H${across}V${down}` : `M${across} ${down}`;
    });
    const dots = points.map(({ name, price, index, colour, rival }) => {
      const dot = svgElement("circle", {
        cx: x(price).toFixed(1),
        cy: y(index).toFixed(1),
        r: rival ? 3 : 5,
        fill: colour,
        opacity: rival ? 0.6 : 1,
      });
      dot.append(svgElement("title", {}, `${name}: score ${index}, ${perMillion(price)}`));
      return dot;
    });
    const line = svgElement("path", { class: "steps", d: `${corners.join("")}H${width - 8}` });
    return [line, ...dots, ...namesOf(onFrontier, scales, width)];
  }

  /**
   * Name the points from the best downwards, where a name does not run into the one above it.
   * @param {Placed[]} points
   * @param {ReturnType<typeof axes>} scales
   * @param {number} width
   */
  function namesOf(points, { left, x, y }, width) {
    const names = [];
    let ceiling = -Infinity;
    for (const { price, index, name } of [...points].reverse()) {
      const place = namePlace(x(price), name, left, width);
      // Before the point a name stands over the line, after it below: there the line rises.
      const top = y(index) + (place?.anchor === "start" ? 16 : -8);
      if (top - ceiling < 13 || !place) continue;
      ceiling = top;
      const attributes = { class: "named", x: place.x, y: top, "text-anchor": place.anchor };
      names.push(svgElement("text", attributes, name));
    }
    return names;
  }

  /** @type {HTMLElement | null} */
  const picker = document.querySelector("[data-frontier]");
  const board = picker?.parentElement?.querySelector("table");
  const ratioField = document.getElementById("ratio");
  if (picker && board && ratioField instanceof HTMLInputElement) {
    new Frontier(picker, board, ratioField);
  }
})();
