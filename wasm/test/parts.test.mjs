// Parts of the page that need no browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { blank, forms, sheets } from 'gongkai';

/** A module of the page. */
async function part(name) {
  const entry = fileURLToPath(new URL(`../page/src/${name}.ts`, import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'node' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

test('every cell of every form has a name of its own', async () => {
  const { named, namesOf } = await part('names');
  const at = (edition, path) => {
    const { row, column } = namesOf(sheets(blank(edition, 2020))).get(path);
    return [row, column];
  };
  for (const { id } of forms()) {
    const laid = sheets(blank(id, 2020));
    const names = namesOf(laid);
    for (const { sheet } of laid) {
      const paths = sheet.rows.flat().flatMap(({ path }) => path ?? []);
      for (const path of paths) assert.ok(names.get(path).row && names.get(path).column, `${id} ${path}`);
      if (id === '2021') assert.equal(new Set(paths.map((path) => named(names, path))).size, paths.length, sheet.table);
    }
  }
  assert.deepEqual(at('2021', 'requests/denied.state_secrets/research_institution'), ['1.属于国家秘密', '科研机构']);
  assert.deepEqual(at('2021', 'proactive_disclosure/administrative_licensing/decisions'), ['行政许可', '本年处理决定数量']);
  assert.deepEqual(at('2021', 'review_litigation/litigation_after_reconsideration/upheld'), ['行政诉讼 复议后起诉', '结果维持']);
  assert.deepEqual(at('2014', 'statistics/disclosed.total/value').slice(1), ['统计数']);
});

test('CSV is quoted, and words of a report are no formulas', async () => {
  const { comparisonCsv, figuresCsv } = await part('csv');
  const figure = { path: 'a/b/c', label: '=1+1', value: -3, missing: null, unit: '件', raw: '-3', status: 'printed', flags: ['GK101', 'GK203'] };
  const csv = figuresCsv([{ name: 'a "b",c.txt', text: '', report: { issuer: '-x', year: 2021, edition: null, figures: [figure] } }]);
  assert.equal(
    csv,
    '\uFEFFfile,issuer,year,edition,path,label,value,missing,unit,raw,correction,status,flags\r\n' +
      `"a ""b"",c.txt",'-x,2021,,a/b/c,'=1+1,-3,,件,-3,,printed,GK101 GK203\r\n`,
  );
  const [a, b] = [2020, 2021].map((year) => ({ year }));
  const left = { value: 5, missing: null, raw: '5', status: 'printed' };
  const cells = [{ path: 'a/b/c', label: '=1+1', kind: 'removed', a: left, b: null, change: null }];
  assert.equal(
    comparisonCsv({ a, b, cells }, () => '@x').split('\r\n')[1],
    "a/b/c,'=1+1,'@x,removed,2020,5,,5,printed,2021,,,,,",
  );
});
