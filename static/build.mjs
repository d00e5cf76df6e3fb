// Builds static/built/: `node static/build.mjs`.
//
// Entries are the files of static/js (its folders are shared code) and static/css/app.css and
// player.css. Every file gets the hash of its content in its name, so that it may be kept for
// ever; manifest.json tells the hashed name of each plain one. Art and fonts are copied the same
// way. What compresses is also written as .gz and .br.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "built");
const DAY_MS = 24 * 60 * 60 * 1000;

const bundles = await esbuild.build({
  entryPoints: [...filesOf("js", [".js"], false), ...stylesheets()],
  outdir: built,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: ["es2018", "chrome70", "firefox68", "safari14.1"],
  loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
  metafile: true,
  write: false,
  logLevel: "warning",
});

const manifest = {};
const kept = new Set(["manifest.json"]);
fs.mkdirSync(built, { recursive: true });
for (const file of bundles.outputFiles) store(relative(built, file.path), Buffer.from(file.contents));
for (const [path, output] of Object.entries(bundles.metafile.outputs)) nameBundle(path, output);
for (const path of filesOf("art", [".svg", ".png"], true)) storeArt(path);
const order = Object.keys(manifest).sort();
writeWhole("manifest.json", JSON.stringify(manifest, order, 1) + "\n");
sweep(built);

/** Files of a folder of static/ that end as told. */
function filesOf(folder, endings, deep) {
  const entries = fs.readdirSync(join(here, folder), { withFileTypes: true, recursive: deep });
  return entries
    .filter((entry) => entry.isFile() && endings.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function stylesheets() {
  const entries = ["app.css", "player.css"];
  return filesOf("css", [".css"], false).filter((path) => entries.includes(basename(path)));
}

/** Tell the plain name of what esbuild wrote: `app.css`, `lobby.js`, `bricolage-800.woff2`. */
function nameBundle(path, output) {
  const source = output.entryPoint ?? Object.keys(output.inputs)[0];
  const isShared = !output.entryPoint && path.endsWith(".js");
  if (source && !isShared) manifest[basename(source)] = basename(path);
}

function storeArt(path) {
  const content = fs.readFileSync(path);
  const plain = relative(here, path);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const hashed = plain.replace(/(\.\w+)$/, `-${hash}$1`);
  manifest[plain] = hashed;
  store(hashed, content);
}

/** Write a file, with its compressed forms beside it where they are smaller. */
function store(name, content) {
  writeWhole(name, content);
  if (![".js", ".css", ".svg"].includes(extname(name))) return;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  for (const [ending, packed] of [
    [".gz", gzipSync(content, { level: 9 })],
    [".br", brotliCompressSync(content, quality)],
  ]) {
    if (packed.length < content.length) writeWhole(name + ending, packed);
  }
}

/** A server that runs meanwhile never reads half a file. */
function writeWhole(name, content) {
  kept.add(name);
  const path = join(built, name);
  fs.mkdirSync(dirname(path), { recursive: true });
  fs.writeFileSync(`${path}.new`, content);
  fs.renameSync(`${path}.new`, path);
}

function isOld(path) {
  return Date.now() - fs.statSync(path).mtimeMs > DAY_MS;
}

/** Remove what builds before yesterday left; a server that runs may still serve the latest ones. */
function sweep(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sweep(path);
    else if (!kept.has(relative(built, path)) && isOld(path)) fs.rmSync(path, { force: true });
  }
}
