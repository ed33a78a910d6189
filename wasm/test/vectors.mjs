// The cases that core/examples/parity.rs wrote: what Rust makes of every vector.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

export const SERIES = new URL('../../tests/series/', import.meta.url);
export const VECTORS = new URL('../../tests/vectors/', import.meta.url);
export const PARITY = new URL('../../target/parity/', import.meta.url);

const file = (name) => readFileSync(new URL(name, PARITY), 'utf8');

/** `{ name, bytes, text, json, ofBytes }` of every vector that can be read: the reports on its text and on its bytes. */
export function cases() {
  const vectors = readdirSync(VECTORS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const written = new Set(readdirSync(PARITY));
  for (const name of vectors) assert.ok(written.has(`${name}.json`) || written.has(`${name}.error`), `target/parity lacks ${name}: run tests/run.sh`);
  const texts = vectors.filter((name) => written.has(`${name}.json`));
  assert.ok(texts.length > 200, `only ${texts.length} cases`);
  return texts.map((name) => {
    const json = file(`${name}.json`);
    const folder = new URL(`${name}/`, VECTORS);
    const input = readdirSync(folder).find((entry) => entry.startsWith('input.'));
    const bytes = new Uint8Array(readFileSync(new URL(input, folder)));
    const ofBytes = written.has(`${name}.read.json`) ? file(`${name}.read.json`) : json;
    return { name, bytes, onlyFull: /\.(pdf|xlsx)$/.test(input), text: file(`${name}.txt`), json, ofBytes };
  });
}

/** `{ name, texts, hints, reread }` of every case of several years: their texts, and as JSON what they tell of each other and what that decides. */
export function years() {
  return readdirSync(SERIES).map((name) => {
    const folder = new URL(`${name}/`, SERIES);
    const files = readdirSync(folder).filter((entry) => entry.endsWith('.txt')).sort(); // prettier-ignore
    const texts = files.map((entry) => readFileSync(new URL(entry, folder), 'utf8'));
    return { name, texts, hints: file(`series/${name}.hints.json`), reread: file(`series/${name}.reread.json`) };
  });
}
