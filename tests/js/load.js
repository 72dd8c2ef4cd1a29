import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";

/**
 * Run a script of static/js where there is no page, and return the functions that it exports then.
 * The scripts are classic ones, as pages load them, so they cannot be imported.
 */
export function load(name) {
  const path = new URL(`../../static/js/${name}`, import.meta.url);
  const module = { exports: {} };
  compileFunction(readFileSync(path, "utf8"), ["module"], { filename: name })(module);
  return module.exports;
}
