// What a visitor's browser fetches.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const DIST = new URL('../page/dist/', import.meta.url);
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
const compressed = (name) => brotli(readFileSync(new URL(name, DIST)));

test('the page without the readers of PDF and spreadsheets is under 900 KB in brotli', () => {
  const files = readdirSync(DIST).filter((name) => !name.startsWith('full'));
  const total = files.reduce((sum, name) => sum + compressed(name), 0);
  console.log(`the page in brotli: ${Math.round(total / 1000)} KB`);
  assert.ok(files.includes('core.wasm') && total < 900_000, `${total} bytes`);
});

test('the modules are as large as the READMEs say', () => {
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    const text = readFileSync(new URL(`../../${readme}`, import.meta.url), 'utf8');
    for (const [entry, build] of [['gongkai/text', 'text'], ['gongkai', 'core'], ['gongkai/full', 'full']]) { // prettier-ignore
      const said = text.match(new RegExp(`^\\| \`${entry}\` \\|.*\\| ([\\d.]+) MB \\| ([\\d.]+) MB \\|$`, 'm'));
      assert.ok(said, `${readme} does not say how large ${entry} is`);
      const bytes = readFileSync(new URL(`../pkg/${build}/gongkai_bg.wasm`, import.meta.url));
      const sizes = [gzipSync(bytes, { level: 9 }).length, brotli(bytes)].map((size) => size / 1e6);
      const words = `${readme}: ${entry} has ${sizes.map((size) => size.toFixed(3))} MB in gzip and brotli`;
      console.log(words);
      sizes.forEach((size, at) => assert.ok(Math.abs(size / Number(said[at + 1]) - 1) <= 0.03, words));
    }
  }
});

test('nothing that was built asks another host or runs text as code', () => {
  for (const name of readdirSync(DIST).filter((name) => /\.(js|css|html|webmanifest)$/.test(name))) {
    const content = readFileSync(new URL(name, DIST), 'utf8').replaceAll('http://www.w3.org/2000/svg', '');
    assert.doesNotMatch(content, /https?:\/\/[a-z]/, name);
    assert.doesNotMatch(content, /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, name);
  }
});
