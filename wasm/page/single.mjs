// Builds the page as one file, gongkai.html, which opens from a folder or a memory stick without any server: node page/single.mjs
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const common = { bundle: true, minify: true, format: 'iife', target: 'es2022', charset: 'utf8', legalComments: 'none', logLevel: 'error', write: false };

async function bundled(path) {
  const { outputFiles } = await build({ ...common, entryPoints: [at(path)], loader: { '.txt': 'text' } });
  return outputFiles[0].text.trim();
}

const script = (text) => text.replaceAll('</script', '<\\/script');
const packed = (name) => gzipSync(readFileSync(at(`../pkg/${name}/gongkai_bg.wasm`)), { level: 9 }).toString('base64');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = await bundled('style/main.css');
const main = script(await bundled('src/main.ts'));
const icon = `data:image/svg+xml;base64,${readFileSync(at('icon.svg')).toString('base64')}`;
// Not even its own address may be asked for anything.
const policy = [
  "default-src 'none'",
  `script-src ${hash(main)} 'wasm-unsafe-eval'`,
  `style-src ${hash(style)}`,
  'img-src data:',
  "connect-src 'none'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const parts = { thread: script(await bundled('src/thread.ts')), core: packed('core'), full: packed('full') };
const texts = Object.entries(parts).map(([id, text]) => `<script type="text/plain" id="${id}">${text}</script>`);
let page = readFileSync(at('index.html'), 'utf8');
const put = (pattern, text) => {
  if (!pattern.test(page)) throw new Error(`index.html has nothing like ${pattern}`);
  page = page.replace(pattern, () => text);
};
put(/(?<=http-equiv="Content-Security-Policy"\s+content=")[^"]*/, policy);
put(/<link rel="icon"[^>]*>/, `<link rel="icon" href="${icon}" type="image/svg+xml" />`);
put(/\s*<link rel="manifest"[^>]*>/, '');
put(/<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`);
put(/\s*<script type="module"[^>]*><\/script>/, '');
put(/(?=\s*<\/body>)/, `\n${[...texts, `<script>${main}</script>`].join('\n')}`);
writeFileSync(at('gongkai.html'), page);
