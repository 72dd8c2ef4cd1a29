// Says on the page of addresses that lead nowhere where a day's file is that had this address.
// Without this script, the page names the lists that say so.
(() => {
  "use strict";

  const FILE = /^([a-z0-9-]+)\/((\d{4})-\d{2}-\d{2})(\.r\d+)?\.(json\.gz|manifest\.json)$/;
  const BOARDS = /^((\d{4})-\d{2}-\d{2})\/boards\.json$/;

  /**
   * @typedef {object} Moved what has left its address
   * @property {string} root of the site, with a slash at its end
   * @property {string} snapshots the first day whose files have not
   * @property {string} zips the first day whose files are in the zip of their year
   * @property {string} boards the first day whose boards have not left theirs
   * @property {string[]} datasets those that have such files
   */

  /**
   * Return where the boards of a day are now; null for any other address.
   * @param {string} path
   * @param {Moved} moved
   */
  function placeOfBoards(path, moved) {
    const days = `${moved.root}d/`;
    const match = path.startsWith(days) ? BOARDS.exec(path.slice(days.length)) : null;
    if (!match || match[1] >= moved.boards) return null;
    const [file, , year] = match;
    const zip = `boards-${year}.zip`;
    const before = "To save space, boards.json of this day is now in ";
    return { before, href: `${days}${zip}`, link: zip, after: `, as ${file}.` };
  }

  /**
   * Return where a day's file is now: what to link, and the words before and after the link.
   * Null for any other address.
   * @param {string} path
   * @param {Moved} moved
   */
  function placeOf(path, moved) {
    const data = `${moved.root}data/v1/`;
    const match = path.startsWith(data) ? FILE.exec(path.slice(data.length)) : null;
    if (!match) return placeOfBoards(path, moved);
    if (!moved.datasets.includes(match[1]) || match[2] >= moved.snapshots) return null;
    const [file, dataset, day, year] = match;
    const name = file.slice(dataset.length + 1);
    if (day >= moved.zips) {
      const zip = `${year}.zip`;
      const before = `To save space, ${name} is now in `;
      return { before, href: `${data}${dataset}/${zip}`, link: zip, after: `, as ${file}.` };
    }
    const before = `To save space, ${name} is now only in the archive of this site: `;
    const list = "earlier.json";
    return { before, href: `${data}${dataset}/${list}`, link: list, after: " says where." };
  }

  /**
   * Return what the page says has left its address.
   * @param {DOMStringMap} said
   * @returns {Moved}
   */
  function fromPage({ root = "", snapshots = "", zips = "", boards = "", datasets = "" }) {
    return { root, snapshots, zips, boards, datasets: datasets.split(" ") };
  }

  if (typeof document === "undefined") {
    module.exports = { placeOf };
    return;
  }

  const section = document.getElementById("moved");
  const heading = document.querySelector("h1");
  const finding = document.querySelector(".finding");
  if (!section || !heading || !finding) return;
  const place = placeOf(location.pathname, fromPage(section.dataset));
  if (!place) return;
  const link = document.createElement("a");
  link.href = place.href;
  link.textContent = place.link;
  heading.textContent = "This file has moved";
  finding.replaceChildren(place.before, link, place.after);
})();
