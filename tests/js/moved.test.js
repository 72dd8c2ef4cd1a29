import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { placeOf } = load("moved.js");

const MOVED = {
  root: "/boards/",
  snapshots: "2027-01-01",
  zips: "2026-01-01",
  boards: "2025-01-01",
  datasets: ["models", "rankings-daily"],
};

/** Return the sentence on a file below data/v1, with the address of its link. */
function said(file) {
  const place = placeOf(`/boards/data/v1/${file}`, MOVED);
  return place && `${place.before}[${place.link}](${place.href})${place.after}`;
}

test("a file that is in the zip of its year is said to be there, and under which name", () => {
  assert.equal(
    said("models/2026-12-31.r2.json.gz"),
    "To save space, 2026-12-31.r2.json.gz is now in [2026.zip](/boards/data/v1/models/2026.zip), " +
      "as models/2026-12-31.r2.json.gz.",
  );
  assert.match(said("models/2026-01-01.manifest.json"), /as models\/2026-01-01\.manifest\.json\.$/);
});

test("of an older file it is said which list names its place in the archive", () => {
  assert.equal(
    said("rankings-daily/2025-12-31.json.gz"),
    "To save space, 2025-12-31.json.gz is now only in the archive of this site: " +
      "[earlier.json](/boards/data/v1/rankings-daily/earlier.json) says where.",
  );
});

test("boards of a day that are in the zip of their year are said to be there", () => {
  const place = placeOf("/boards/d/2024-12-31/boards.json", MOVED);
  assert.deepEqual(place, {
    before: "To save space, boards.json of this day is now in ",
    href: "/boards/d/boards-2024.zip",
    link: "boards-2024.zip",
    after: ", as 2024-12-31/boards.json.",
  });
});

test("nothing is said of any other address", () => {
  const others = ["models/2027-01-01.json.gz", "apps/2026-01-01.json.gz", "models/latest.json", ""];
  assert.deepEqual(
    others.map((file) => said(file)),
    [null, null, null, null],
  );
  const elsewhere = [
    "/models/2026-12-31.json.gz",
    "/boards/d/2025-01-01/boards.json",
    "/boards/d/2024-12-31/other.json",
    "/d/2024-12-31/boards.json",
  ];
  assert.deepEqual(
    elsewhere.map((path) => placeOf(path, MOVED)),
    [null, null, null, null],
  );
});
