import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The bare page of the benchmark; never part of what is served. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react()],
  build: { emptyOutDir: true, chunkSizeWarningLimit: 900 },
});
