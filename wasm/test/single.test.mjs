// The page as one file, opened from a folder without any server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { drop, file } from './checking-page.mjs';
import { skip, withChromium } from './chromium.mjs';

const PAGE = pathToFileURL(fileURLToPath(new URL('../page/gongkai.html', import.meta.url))).href;

test('one file reads every format from a folder, and asks nothing of anyone', { skip, timeout: 100_000 }, () =>
  withChromium(
    () => assert.fail('nothing is asked of a server'),
    async (context) => {
      const page = await context.newPage();
      const [asked, trouble] = [[], []];
      page.on('request', (request) => asked.push(request.url()));
      page.on('pageerror', (error) => trouble.push(String(error)));
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && trouble.push(message.text()));
      await page.goto(PAGE);
      await page.waitForSelector('.start h1');
      for (const name of ['office.docx', 'gbk.html', 'chromium.pdf', 'office.xlsx']) {
        await drop(page, [file(`tests/formats/2021/${name}`)]);
        await page.waitForFunction((name) => document.querySelector('.report-title .quiet')?.textContent.includes(name), name);
        assert.ok((await page.locator('.figure[data-path="requests/granted/total"] .value').textContent()).length > 0, name);
      }
      const own = (url) => url === PAGE || url.startsWith('blob:') || url.startsWith('data:');
      assert.deepEqual([asked.filter((url) => !own(url)), trouble], [[], []]);
    },
    { acceptDownloads: true },
  ),
);
