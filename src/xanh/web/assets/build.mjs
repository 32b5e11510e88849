// Builds the styles and scripts of every page: node src/xanh/web/assets/build.mjs (or npm run build).
// Output is src/xanh/web/static/xanh, which is not committed.
import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const assets = path.dirname(fileURLToPath(import.meta.url));
const finished = path.resolve(assets, "../static/xanh");
const modules = path.resolve(path.dirname(createRequire(import.meta.url).resolve("bootstrap/package.json")), "..");
// Built aside and moved file by file: a server that runs meanwhile never misses one.
const out = path.join(modules, `.xanh-build-${process.pid}`);
// The browsers of old Windows machines: Chrome 109 (7/8.1) and Firefox ESR 115.
const target = ["chrome109", "firefox115"];

const WEIGHTS = [400, 600];
const SUBSETS = ["latin", "vietnamese"];

async function fonts() {
  await mkdir(path.join(out, "fonts"), { recursive: true });
  for (const subset of SUBSETS) {
    for (const weight of WEIGHTS) {
      const file = `noto-sans-${subset}-${weight}-normal.woff2`;
      await cp(path.join(modules, "@fontsource/noto-sans/files", file), path.join(out, "fonts", file));
    }
  }
  await cp(path.join(modules, "@fontsource/noto-sans/LICENSE"), path.join(out, "fonts", "LICENSE"));
}

async function styles() {
  const compiled = sass.compile(path.join(assets, "scss/xanh.scss"), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
    // Bootstrap 5.3 still loads its parts with @import.
    silenceDeprecations: ["import", "global-builtin", "color-functions"],
  });
  const { code } = await esbuild.transform(compiled.css, { loader: "css", minify: true, target });
  await writeFile(path.join(out, "xanh.css"), code);
}

async function scripts() {
  await esbuild.build({
    entryPoints: ["xanh.js", "grid.js", "chart.js"].map((file) => path.join(assets, "js", file)),
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    target,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
}

/** Moves what was built into its place and drops what an earlier build left. */
async function publish() {
  const folders = ["", "fonts"];
  for (const folder of folders) {
    await mkdir(path.join(finished, folder), { recursive: true });
    const built = (await readdir(path.join(out, folder))).filter((name) => !folders.includes(name));
    const old = (await readdir(path.join(finished, folder))).filter((name) => !folders.includes(name));
    for (const name of built) await rename(path.join(out, folder, name), path.join(finished, folder, name));
    for (const name of old.filter((each) => !built.includes(each))) await rm(path.join(finished, folder, name), { recursive: true });
  }
}

await mkdir(out, { recursive: true });
try {
  await Promise.all([fonts(), styles(), scripts()]);
  await publish();
} finally {
  await rm(out, { recursive: true, force: true });
}
