// Reads {"amounts": [...], "counts": [...]} from the standard input and prints the texts that
// scripts write for them. tests/test_browser_code.py holds these against what Python writes.
import { readFileSync } from "node:fs";

import { load } from "./load.js";

const { amounts, counts } = JSON.parse(readFileSync(0, "utf8"));
const { dollars } = load("calculator.js");
const { countInWords } = load("table.js");
const texts = {
  amounts: amounts.map((amount) => dollars(amount)),
  counts: counts.map((count) => countInWords(count, count, "models")),
};
process.stdout.write(JSON.stringify(texts));
