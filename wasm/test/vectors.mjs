// The cases that core/examples/parity.rs wrote: what Rust makes of every vector.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

export const VECTORS = new URL('../../tests/vectors/', import.meta.url);
export const PARITY = new URL('../../target/parity/', import.meta.url);

const file = (name) => readFileSync(new URL(name, PARITY), 'utf8');

/** `{ name, text, json }` of every vector that is text. */
export function cases() {
  const vectors = readdirSync(VECTORS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const written = new Set(readdirSync(PARITY));
  for (const name of vectors) assert.ok(written.has(`${name}.json`) || written.has(`${name}.error`), `target/parity lacks ${name}: run tests/run.sh`);
  const texts = vectors.filter((name) => written.has(`${name}.json`));
  assert.ok(texts.length > 200, `only ${texts.length} cases`);
  return texts.map((name) => ({ name, text: file(`${name}.txt`), json: file(`${name}.json`) }));
}
