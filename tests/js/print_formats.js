// Reads {"amounts": [...]} from the standard input and prints the texts that a script writes for
// them. tests/test_browser_code.py holds these against
// generator/base/formats.py.
import { readFileSync } from "node:fs";

import { load } from "./load.js";

const { amounts } = JSON.parse(readFileSync(0, "utf8"));
const { dollars } = load("calculator.js");
const texts = {
  amounts: amounts.map((amount) => dollars(amount)),
};
process.stdout.write(JSON.stringify(texts));
