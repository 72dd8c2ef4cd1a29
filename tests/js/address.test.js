import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { addressWith } = load("address.js");

test("choices are put into the address beside what others put there", () => {
  const choices = [
    ["range", "2026-05-01..2026-06-30"],
    ["focus", "a/b:free,c"],
    ["scale", ""],
  ];
  assert.equal(
    addressWith("https://x.example/a/?theme=dark&scale=log#b", choices),
    "https://x.example/a/?theme=dark&range=2026-05-01..2026-06-30&focus=a/b:free,c#b",
  );
  assert.equal(addressWith("https://x.example/?scale=log", [["scale", ""]]), "https://x.example/");
});
