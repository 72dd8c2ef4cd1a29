// Makes a chart answer to its reader, once somebody wants it to: by a click on its picture or its
// button, by one of its controls, by the address. What does that is loaded only then (explore.js).
// Until it is there, and if anything fails, the picture stays.
(() => {
  "use strict";
  // As this script was asked for: a page and its scripts are of one version.
  const self = /** @type {HTMLScriptElement} */ (document.currentScript);
  const version = new URL(self.src).search;
  /** @type {Promise<unknown> | null} */
  let loading = null;

  /** @type {(src: string) => Promise<void>} */
  function load(src) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`${src} did not load`));
      document.head.append(script);
    });
  }

  // What draws, and in an embed, which may load scripts and fetch nothing, what is drawn.
  /** @type {(root: string) => Promise<unknown>} */
  function loadAll(root) {
    const scripts = ["vega", "explore"].map((name) =>
      load(`${root}static/js/${name}.js${version}`),
    );
    return Promise.all(document.body.dataset.embed ? [...scripts, load("spec.js")] : scripts);
  }

  /** @type {(figure: HTMLElement, error: unknown) => void} */
  function fail(figure, error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`${figure.dataset.chart}: ${reason}`);
    const message = document.createElement("span");
    message.setAttribute("role", "status");
    message.textContent = "The interactive chart could not be loaded; the picture shows the same.";
    figure.querySelector("[data-explore]")?.replaceWith(message);
    for (const select of figure.querySelectorAll("select")) select.selectedIndex = 0;
  }

  /** @type {(figure: HTMLElement) => void} */
  function arm(figure) {
    /** @type {HTMLButtonElement | null} */
    const button = figure.querySelector("[data-explore]");
    /** @type {HTMLFieldSetElement | null} */
    const controls = figure.querySelector("[data-controls]");
    const waiting = new AbortController();
    const { signal } = waiting;
    const wake = async () => {
      if (signal.aborted) return;
      waiting.abort();
      try {
        loading ??= loadAll(figure.dataset.root ?? "");
        await loading;
        window.leaderboardsExplore?.(figure, (error) => fail(figure, error));
      } catch (error) {
        fail(figure, error);
      }
    };
    const selects = [...figure.querySelectorAll("select")];
    const keys = selects.map(({ dataset }) => dataset.control ?? "");
    const followAddress = () => window.leaderboardsAddress?.asked(keys).length && wake();
    if (button) Object.assign(button, { hidden: false, ariaPressed: "false" });
    button?.addEventListener("click", wake, { signal });
    figure.querySelector("picture")?.addEventListener("click", wake, { signal });
    controls?.addEventListener("input", wake, { signal });
    if (controls) controls.disabled = false;
    window.leaderboardsAddress?.watch(followAddress);
    followAddress();
  }

  /** @type {NodeListOf<HTMLElement>} */
  const figures = document.querySelectorAll("figure.chart[data-chart]:not([data-still])");
  for (const figure of figures) if (figure.querySelector("picture")) arm(figure);
})();
