// What the tests of the page share: the built page behind a server that counts requests, and a user's hands.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withChromium } from './chromium.mjs';
import { files } from './files.mjs';

const answer = files(fileURLToPath(new URL('../page/dist/', import.meta.url)));
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Opens the page in a fresh browser and runs `work({ page, context, requests, trouble })`: `requests` are those that reached the server, `trouble`
 * what the browser complained of, breaches of the content security policy among it.
 */
export async function onPage(work, { language = 'zh-CN', ...options } = {}) {
  const requests = [];
  const serve = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  };
  await withChromium(
    serve,
    async (context, address) => {
      const page = await context.newPage();
      const trouble = [];
      page.on('pageerror', (error) => trouble.push(String(error)));
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && trouble.push(message.text()));
      page.setDefaultTimeout(20_000);
      await page.goto(address);
      await page.waitForSelector('.start h1');
      // Loaded: the service worker has everything and answers for the page.
      await page.evaluate(() =>
        navigator.serviceWorker.ready
          .then(() => navigator.serviceWorker.controller ?? new Promise((done) => (navigator.serviceWorker.oncontrollerchange = done)))
          .then(() => {}),
      );
      await work({ page, context, address, requests, trouble });
    },
    { locale: language, acceptDownloads: true, viewport: { width: 1440, height: 900 }, ...options },
  );
}

/** A file for {@link drop}: one of the repository, or bytes under a name. */
export const file = (path, bytes = readFileSync(join(REPOSITORY, path))) => ({ name: basename(path), bytes: Buffer.from(bytes).toString('base64') });

/** Drops files on the page, as the browser tells it of a drop. */
export function drop(page, files) {
  return page.evaluate((files) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of files) transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
    dispatchEvent(new DragEvent('dragenter', { dataTransfer: transfer, bubbles: true }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, files);
}

/** What a download holds. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) };
}
