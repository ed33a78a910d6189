// The shipped module in a real Chromium, on a page with the strictest policy that works.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { skip, withChromium } from './chromium.mjs';
import { TYPES } from './files.mjs';
import { cases, years } from './vectors.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'";
const PAGE =
  '<!doctype html><html lang="zh-CN"><title>gongkai</title><link rel="icon" href="data:,"><script type="module" src="/test/page.mjs"></script></html>';

function serve(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const headers = { 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' };
  if (pathname === '/') return response.writeHead(200, { ...headers, 'content-type': TYPES['.html'] }).end(PAGE);
  if (!/^\/((pkg\/(text|core|full)|test)\/)?[\w.-]+$/.test(pathname) || !existsSync(join(ROOT, pathname))) return response.writeHead(404, headers).end();
  return response.writeHead(200, { ...headers, 'content-type': TYPES[extname(pathname)] }).end(readFileSync(join(ROOT, pathname)));
}

test('Chromium writes the same JSON, under a strict content security policy', { skip, timeout: 100_000 }, () =>
  withChromium(serve, async (context, address) => {
    const page = await context.newPage();
    const trouble = [];
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('console', (message) => message.type() !== 'log' && trouble.push(message.text()));
    const response = await page.goto(address);
    assert.equal(response.headers()['content-security-policy'], POLICY);
    await page.waitForFunction('window.gongkai !== undefined', null, { timeout: 60_000 }).catch((error) => {
      throw new Error(`the page did not load gongkai: ${trouble.join('; ') || error.message}`);
    });
    for (const { name, bytes, onlyFull, text, json, ofBytes } of cases()) {
      const seen = await page.evaluate((given) => window.run(...given), [text, Buffer.from(bytes).toString('base64'), !onlyFull]);
      assert.equal(seen.json, json, name);
      assert.equal(seen.ofBytes, ofBytes, name);
      assert.equal(seen.core, json, name);
      assert.equal(seen.plain, json, name);
      assert.equal(seen.ofBytesInCore, !onlyFull && ofBytes, name);
      assert.deepEqual(seen.wrong, [], name);
    }
    for (const { name, texts, hints, reread } of years()) assert.deepEqual(await page.evaluate((texts) => window.years(texts), texts), { hints, reread }, name);
    assert.match(await page.evaluate(() => window.afterPanic()), /^GongkaiInternalError: [^]*asked for by a test[^]*then gongkai-report\/1$/);
    assert.equal(await page.evaluate(() => window.inPlain()), 'not_built');
    const sample = readFileSync(join(ROOT, '../samples/report-2023.txt'), 'utf8');
    const decided = years().find(({ name }) => name === 'year-before-decides').texts;
    const pdf = readFileSync(join(ROOT, '../tests/formats/2021/chromium.pdf')).toString('base64');
    assert.deepEqual(await page.evaluate((given) => window.inWorker(...given), [sample, pdf, decided]), {
      edition: '2021',
      pdf: '2021',
      unreadable: 'ReadError unsupported',
      decided: [1],
      panic: 'GongkaiInternalError',
      late: 'DeadlineError',
      after: 'gongkai-report/1',
      closed: 'GongkaiError',
    });
    assert.deepEqual(trouble, []);
  }),
);
