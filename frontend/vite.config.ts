/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const backend = process.env.STUDIO_BACKEND ?? "http://127.0.0.1:8000";

/** The faces' license (SIL OFL) goes wherever the faces go. */
const fontLicenses = (): Plugin => ({
  name: "font-licenses",
  apply: "build",
  generateBundle() {
    for (const face of ["inter", "jetbrains-mono"]) {
      const source = readFileSync(`node_modules/@fontsource-variable/${face}/LICENSE`, "utf8");
      this.emitFile({ type: "asset", fileName: `assets/${face}.LICENSE.txt`, source });
    }
  },
});

export default defineConfig({
  base: "/",
  plugins: [react(), fontLicenses()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
    // A face inside the style sheet would be a data: address, which the page's policy refuses.
    assetsInlineLimit: (file) => (file.endsWith(".woff2") ? false : undefined),
  },
  server: {
    // The host stays as the browser sent it: Django compares it with the origin.
    proxy: {
      "/api": { target: backend, changeOrigin: false },
      "/ws": { target: backend, changeOrigin: false, ws: true },
    },
  },
  test: {
    css: false,
    // Only components and files named *.dom.test.ts get an imitated browser: it costs two seconds a file.
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          environment: "node",
          include: ["src/**/*.test.ts"],
          exclude: ["src/**/*.dom.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          setupFiles: ["src/testing/setup.ts"],
          // Beside the other tests, two cores are busy.
          testTimeout: 30_000,
          include: ["src/**/*.test.tsx", "src/**/*.dom.test.ts"],
        },
      },
    ],
  },
});
