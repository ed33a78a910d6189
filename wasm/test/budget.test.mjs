// What a visitor's browser fetches.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

const DIST = new URL('../page/dist/', import.meta.url);
const compressed = (name) => brotliCompressSync(readFileSync(new URL(name, DIST)), { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;

test('the page without the readers of PDF and spreadsheets is under 900 KB in brotli', () => {
  const files = readdirSync(DIST).filter((name) => !name.startsWith('full'));
  const total = files.reduce((sum, name) => sum + compressed(name), 0);
  console.log(`the page in brotli: ${Math.round(total / 1000)} KB`);
  assert.ok(files.includes('core.wasm') && total < 900_000, `${total} bytes`);
});

test('nothing that was built asks another host or runs text as code', () => {
  for (const name of readdirSync(DIST).filter((name) => /\.(js|css|html|webmanifest)$/.test(name))) {
    const content = readFileSync(new URL(name, DIST), 'utf8').replaceAll('http://www.w3.org/2000/svg', '');
    assert.doesNotMatch(content, /https?:\/\/[a-z]/, name);
    assert.doesNotMatch(content, /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, name);
  }
});
