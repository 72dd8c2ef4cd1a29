import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

const { addressWith, askedOf } = load("address.js");

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
  assert.equal(
    addressWith("https://x.example/", [["m", '"<a&b>"']]),
    "https://x.example/?m=%22%3Ca%26b%3E%22",
  );
});

test("a query asks for the controls that there are, and for series in either form", () => {
  const query = new URLSearchParams("?stack=share&tab=table&q=x&range=&m=a~b");
  assert.deepEqual(askedOf(query, ["range", "stack"]), [["stack", "share"]]);
  assert.deepEqual(askedOf(query, ["focus"]), [["m", "a~b"]]);
});
