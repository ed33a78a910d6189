// Builds the page into dist/, a folder of files that any server can serve: node page/build.mjs
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const OUT = at('dist/');

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const common = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: OUT,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};
await build({
  ...common,
  entryPoints: [at('src/main.ts'), at('src/thread.ts'), { in: at('style/main.css'), out: 'main' }].map(entry),
  loader: { '.txt': 'text' },
  splitting: true,
  chunkNames: '[name]-[hash]',
});

for (const name of ['index.html', 'manifest.webmanifest', 'icon.svg']) copyFileSync(at(name), `${OUT}${name}`);
for (const name of ['core', 'full']) copyFileSync(at(`../pkg/${name}/gongkai_bg.wasm`), `${OUT}${name}.wasm`);

// The service worker knows every file, and changes when one of them does.
const files = readdirSync(OUT).sort();
const version = files
  .reduce((hash, name) => hash.update(name).update(readFileSync(`${OUT}${name}`)), createHash('sha256'))
  .digest('hex')
  .slice(0, 16);
await build({
  ...common,
  format: 'iife',
  entryPoints: [at('service-worker/service-worker.ts')],
  define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version) },
});

function entry(given) {
  return typeof given === 'string' ? { in: given, out: given.replace(/^.*\/|\.ts$/g, '') } : given;
}
