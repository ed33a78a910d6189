// index.d.ts against a strict consumer and against what the module really writes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { blank, compare, explain, forms, hints, indicators, parse, reread, series, sheets } from 'gongkai';
import { cases, years } from './vectors.mjs';

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
  const all = cases().map(({ text }) => ({ text, report: parse(text) }));
  const values = all.map(({ report }) => ['Report', report]);
  const [a, b] = [2022, 2023]
    .map((year) => readFileSync(at(`../../samples/report-${year}.txt`), 'utf8'))
    .map((text) => ({ text, report: parse(text) }));
  const open = years()
    .find(({ name }) => name === 'year-before-decides')
    .texts.map((text) => ({ text, report: parse(text) }));
  values.push(
    ['Series[]', series([a, b])],
    ['Hint[]', hints([a, b])[0]],
    ['Reread', reread(open)],
    ['Comparison', compare(a, b)],
    ['Indicator[]', indicators(a.report)],
    ['TitledSheet[]', sheets(a.report)],
  );
  values.push(['FormSummary[]', forms()], ['Kind', explain('GK201')], ['Report', blank('2019')]);
  const lines = values.map(([type, value], i) => `const r${i}: ${type} = ${literal(value)};`);
  const types = [...new Set(values.map(([type]) => type.replace('[]', '')))].join(', ');
  writeFileSync(at('../../target/types/real.ts'), `import type { ${types} } from '../../wasm/index.d.ts';\n${lines.join('\n')}\n`);
  const tsc = spawnSync(process.execPath, [at('../node_modules/typescript/bin/tsc'), '-p', at('types')], { encoding: 'utf8' });
  assert.equal(tsc.status, 0, `${tsc.stdout}${tsc.stderr}`.slice(0, 4000));
});
