// How the address of a page follows its reader: each choice is a step that the browser's back
// button undoes; what is typed, or done by a key held down, adds none. Everything on a page that
// keeps its state in the address goes through here.
(() => {
  "use strict";

  /**
   * Return an address with the choices in its query, in a form that people can read.
   * @param {string} address
   * @param {[string, string][]} choices an empty one is taken out
   */
  function addressWith(address, choices) {
    const url = new URL(address);
    for (const [name, value] of choices) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    const query = String(url.searchParams).replaceAll("%2F", "/").replaceAll("%2C", ",");
    url.search = query.replaceAll("%3A", ":").replaceAll("%7E", "~");
    return url.href;
  }

  /**
   * Return what a query asks for of the controls with these keys. Series may also be named by
   * m=a~b, as in comparisons.
   * @param {URLSearchParams} query
   * @param {string[]} keys
   */
  function askedOf(query, keys) {
    const known = keys.includes("focus") ? [...keys, "m"] : keys;
    const asked = known.map((key) => /** @type {[string, string]} */ ([key, query.get(key) ?? ""]));
    return asked.filter(([, value]) => value);
  }

  if (typeof document === "undefined") {
    module.exports = { addressWith, askedOf };
    return;
  }

  /** @type {(() => void)[]} */
  const watchers = [];
  // A sandboxed frame may not write its own address; its choices hold all the same.
  let { href } = location;
  addEventListener("popstate", () => {
    href = location.href;
  });

  /**
   * @param {string} address
   * @param {boolean} passing whether more of the same is to come: a key held down, a letter typed
   */
  function go(address, passing = false) {
    if (address === href) return;
    href = address;
    // The back button of a page that frames this one is not ours to fill.
    const step = !passing && parent === window;
    try {
      if (step) history.pushState(history.state, "", address);
      else history.replaceState(history.state, "", address);
    } catch {
      // So in a sandbox.
    }
    for (const show of watchers) show();
  }

  window.leaderboardsAddress = {
    asked: (keys) => askedOf(new URL(href).searchParams, keys),
    choose: (choices, passing) => go(addressWith(href, choices), passing),
    follow: (show) => addEventListener("popstate", show),
    go,
    watch: (show) => {
      watchers.push(show);
      addEventListener("popstate", show);
    },
    with: addressWith,
  };
})();
