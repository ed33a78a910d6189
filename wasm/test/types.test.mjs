// index.d.ts against a strict consumer and against what the module really writes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'gongkai';
import { cases } from './vectors.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

// The reports as TypeScript literals: a field that is missing, unknown or of another type is an error. Equal items of a list are written once.
function literal(value) {
  if (Array.isArray(value)) return `[${isTuple(value) ? value.map(literal) : [...new Set(value.map(literal))]}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${literal(item)}`)}}`;
}

const isTuple = (list) => list.length === 2 && list.every((item) => typeof item !== 'object');

test('the types fit a strict consumer and every vector', { timeout: 300_000 }, () => {
  mkdirSync(at('../../target/types/'), { recursive: true });
  const reports = cases().map(({ text }, i) => `const r${i}: Report = ${literal(parse(text))};`);
  writeFileSync(at('../../target/types/real.ts'), `import type { Report } from '../../wasm/index.d.ts';\n${reports.join('\n')}\n`);
  const tsc = spawnSync(process.execPath, [at('../node_modules/typescript/bin/tsc'), '-p', at('types')], { encoding: 'utf8' });
  assert.equal(tsc.status, 0, `${tsc.stdout}${tsc.stderr}`.slice(0, 4000));
});
