/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const backend = process.env.STUDIO_BACKEND ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
  plugins: [react()],
  build: { outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 900 },
  server: {
    // The host stays as the browser sent it: Django compares it with the origin.
    proxy: {
      "/api": { target: backend, changeOrigin: false },
      "/ws": { target: backend, changeOrigin: false, ws: true },
    },
  },
  test: {
    css: false,
    // A browser is imitated only where one is needed: that costs two seconds a file.
    projects: [
      {
        extends: true,
        test: { name: "pure", environment: "node", include: ["src/{graph,ui,screens}/**/*.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          setupFiles: ["src/testing/setup.ts"],
          include: ["src/**/*.test.tsx", "src/{editor,runs,api,app}/**/*.test.ts"],
        },
      },
    ],
  },
});
