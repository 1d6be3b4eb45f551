import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** What a pure folder must not know. */
const noReact = {
  patterns: [
    {
      group: ["react", "react-dom", "@mantine/*", "@xyflow/*", "@tanstack/*", "zustand", "*/editor/*", "*/screens/*"],
      message: "src/graph is pure: plain data in, plain data out.",
    },
  ],
};

/** What the shared parts must not know. */
const noRooms = {
  patterns: [
    {
      group: ["**/editor/**", "**/screens/**"],
      message: "src/ui is shared by the editor and the screens, and knows neither.",
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
  { files: ["src/graph/**/*.ts"], rules: { "no-restricted-imports": ["error", noReact] } },
  { files: ["src/ui/**/*.{ts,tsx}"], rules: { "no-restricted-imports": ["error", noRooms] } },
);
