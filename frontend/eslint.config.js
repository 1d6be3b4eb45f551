import js from "@eslint/js";
import boundaries from "eslint-plugin-boundaries";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** The rooms of src from the top floor down. A room may import those below it, and none above or beside it. */
const FLOORS = [
  ["app"],
  ["screens"],
  ["editor"], // the loose files: the screen
  ["editor/opened", "editor/own"],
  ["editor/side", "editor/properties", "editor/service", "editor/toolbar"],
  ["editor/canvas", "editor/palette", "editor/runbar", "editor/results"],
  ["editor/debugger"],
  ["editor/commands"],
  ["editor/picture"],
  ["editor/flow"],
  ["editor/window"],
  ["editor/run"],
  ["editor/store"],
  ["library"],
  ["results"],
  ["runs"],
  ["ui"],
  ["graph"],
  ["api"],
];
const ROOMS = FLOORS.flat();

/** A test may import what it tests with; src/testing is for tests alone. */
const TESTS = ["src/**/*.test.{ts,tsx}", "src/testing/**"];

const floors = {
  plugins: { boundaries },
  settings: {
    "import/resolver": { node: { extensions: [".ts", ".tsx"] } },
    "boundaries/include": ["src/*/**"],
    "boundaries/elements": ROOMS.toSorted((a, b) => b.length - a.length).map((room) => ({
      type: room,
      pattern: `src/${room}`,
    })),
  },
  rules: {
    "boundaries/dependencies": [
      "error",
      {
        default: "disallow",
        message:
          "{{ from.element.types }} stands below {{ to.element.types }}, or beside it: see FLOORS in eslint.config.js.",
        policies: FLOORS.flatMap((floor, at) =>
          floor.map((room) => ({
            from: { element: { type: room } },
            allow: { to: { element: { types: { anyOf: [room, ...FLOORS.slice(at + 1).flat()] } } } },
          })),
        ),
      },
    ],
    "boundaries/no-unknown-files": "error",
  },
};

/** What a pure folder must not know. */
const noReact = {
  patterns: [
    {
      group: ["react", "react-dom", "@mantine/*", "@xyflow/*", "@tanstack/*", "zustand"],
      message: "src/graph is pure: plain data in, plain data out.",
    },
  ],
};

export default tseslint.config(
  { ignores: ["dist", "src/api/schema.gen.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "max-lines": ["error", { max: 400 }],
      "no-console": "error",
    },
  },
  { files: ["src/*/**/*.{ts,tsx}"], ignores: TESTS, ...floors },
  { files: ["src/graph/**/*.ts"], rules: { "no-restricted-imports": ["error", noReact] } },
);
