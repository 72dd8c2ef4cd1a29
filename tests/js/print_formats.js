// Reads {"prices": [...], "ranges": [...], "amounts": [...]} from the standard input and prints the
// texts that the scripts write for them. tests/test_browser_code.py holds these against
// generator/base/formats.py.
import { readFileSync } from "node:fs";

import { load } from "./load.js";

const { prices, ranges, amounts } = JSON.parse(readFileSync(0, "utf8"));
const { perMillion } = load("frontier.js");
const { spoken } = load("chart.js");
const { dollars } = load("calculator.js");
const texts = {
  prices: prices.map((price) => perMillion(Number(price))),
  ranges: ranges.map((range) => spoken(range)),
  amounts: amounts.map((amount) => dollars(amount)),
};
process.stdout.write(JSON.stringify(texts));
