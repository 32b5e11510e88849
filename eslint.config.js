// Lint of the page scripts: correctness, and nothing that Chrome 109 or Firefox ESR 115 lack (browserslist).
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["src/xanh/web/assets/js/**/*.js"],
    plugins: { compat },
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    rules: {
      "compat/compat": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      complexity: ["error", 12],
      "max-lines": ["error", 350],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ["src/xanh/web/assets/build.mjs", "src/xanh/web/assets/js/test/**"],
    languageOptions: { globals: globals.node },
    rules: { "compat/compat": "off" },
  },
];
