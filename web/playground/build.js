/**
 * Bundle the playground: `node build.js FOLDER` writes playground.js and playground.css. The script is a plain one, no module: a page that is
 * opened as a file runs it too.
 */

import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
await build({
  absWorkingDir: here,
  entryPoints: ["playground.js", "playground.css"],
  outdir: process.argv[2],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});
