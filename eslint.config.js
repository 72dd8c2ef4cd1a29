import js from "@eslint/js";
import globals from "globals";

const LONGEST_LINE = 100;

export default [
  { ignores: ["site/", ".venv/", ".audit/", "dist/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 10],
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-depth": ["error", 3],
      "max-len": ["error", { code: LONGEST_LINE }],
      "max-lines-per-function": ["error", { max: 45 }],
      "max-statements-per-line": "error",
      "no-implied-eval": "error",
      "no-nested-ternary": "error",
      "no-param-reassign": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Names come from others: use textContent or append()." },
        { property: "outerHTML", message: "Names come from others: use textContent or append()." },
        { property: "insertAdjacentHTML", message: "Names come from others: use append()." },
      ],
      "no-shadow": "error",
      "no-unused-expressions": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    // Pages load these as they are: classic scripts, each on its own.
    files: ["static/js/**/*.js"],
    languageOptions: {
      sourceType: "script",
      ecmaVersion: 2022,
      // The unit tests give each file a "module" to export its functions to.
      globals: { ...globals.browser, module: "readonly" },
    },
    rules: { strict: ["error", "function"] },
  },
  {
    files: ["tests/js/**/*.js", "*.js"],
    languageOptions: { globals: globals.node },
  },
];
