// Builds the offline form into one script and one style sheet, which the page holds in itself.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: "../../../dist/offline",
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 10_000_000,
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      input: "main.tsx",
      output: { format: "iife", codeSplitting: false, entryFileNames: "form.js", assetFileNames: "form.[ext]" },
    },
  },
});
