// The JavaScript of the user guide runs, and prints what the guide shows.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);

for (const language of ['zh', 'en']) {
  test(`the guide runs: ${language}`, () => {
    const folder = new URL(`docs/guide/${language}/src/`, root);
    const pages = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const blocks = pages.flatMap((page) => [...page.matchAll(/^```js\n(.*?)^```\n\n```text\n(.*?)^```$/gms)]);
    assert.equal(blocks.length, 2);
    for (const [, code, shown] of blocks) {
      const script = code.replace("'gongkai'", `'${new URL('wasm/node.mjs', root)}'`);
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
      assert.equal(run.stderr, '');
      assert.equal(run.stdout, shown);
    }
  });
}
