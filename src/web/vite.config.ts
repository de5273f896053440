// Builds the office web app into dist/office; in development the API is proxied to a server started beside it.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { antdStyles } from "./build/antd-styles.ts";
import { theme } from "./shared/theme.ts";

export default defineConfig({
  base: "/",
  plugins: [react(), antdStyles(theme)],
  build: {
    outDir: "../../dist/office",
    emptyOutDir: true,
    target: "es2022",
    // Nothing is inlined as script; small assets stay files so that the content policy needs no exception.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
  },
  server: { port: 5173, proxy: { "/api": "http://127.0.0.1:7350" } },
});
