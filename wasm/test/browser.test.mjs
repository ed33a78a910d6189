// The shipped module in a real Chromium, on a page with the strictest policy that works.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, extname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { cases } from './vectors.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TEMP = fileURLToPath(new URL('../../target/', import.meta.url));
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]; // prettier-ignore
const PAGE = '<!doctype html><html lang="zh-CN"><title>gongkai</title><link rel="icon" href="data:,"><script type="module" src="/test/page.mjs"></script></html>';

function browser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
  assert.ok(found, 'no Chromium found: apt-get install chromium, or set GONGKAI_NO_BROWSER=1 to do without this test');
  return found;
}

function serve(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const headers = { 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' };
  if (pathname === '/') return response.writeHead(200, { ...headers, 'content-type': TYPES['.html'] }).end(PAGE);
  if (!/^\/((pkg\/(core|full)|test)\/)?[\w.-]+$/.test(pathname) || !existsSync(join(ROOT, pathname))) return response.writeHead(404, headers).end();
  return response.writeHead(200, { ...headers, 'content-type': TYPES[extname(pathname)] }).end(readFileSync(join(ROOT, pathname)));
}

const skip = process.env.GONGKAI_NO_BROWSER === '1' && 'GONGKAI_NO_BROWSER=1';

test('Chromium writes the same JSON, under a strict content security policy', { skip, timeout: 100_000 }, async () => {
  const executablePath = browser();
  const vectors = cases();
  mkdirSync(TEMP, { recursive: true });
  const profile = mkdtempSync(join(TEMP, 'chromium-'));
  const server = createServer(serve);
  let context;
  try {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const env = { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile };
    context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS, env, timeout: 60_000 });
    const page = await context.newPage();
    const trouble = [];
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('console', (message) => message.type() !== 'log' && trouble.push(message.text()));
    const response = await page.goto(`http://127.0.0.1:${server.address().port}/`);
    assert.equal(response.headers()['content-security-policy'], POLICY);
    await page.waitForFunction('window.gongkai !== undefined', null, { timeout: 20_000 }).catch((error) => {
      throw new Error(`the page did not load gongkai: ${trouble.join('; ') || error.message}`);
    });
    for (const { name, bytes, text, json, ofBytes } of vectors) {
      const seen = await page.evaluate((given) => window.run(...given), [text, Buffer.from(bytes).toString('base64')]);
      assert.equal(seen.json, json, name);
      assert.equal(seen.ofBytes, ofBytes, name);
      assert.deepEqual(seen.wrong, [], name);
    }
    assert.match(await page.evaluate(() => window.afterPanic()), /^GongkaiInternalError: [^]*asked for by a test[^]*then gongkai-report\/1$/);
    assert.deepEqual(trouble, []);
  } finally {
    await context?.close();
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
