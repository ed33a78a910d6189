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
    // The browser itself looks from time to time whether there is a new service worker; that is not of the page's doing.
    if (request.headers['service-worker'] !== 'script') requests.push(`${request.method} ${request.url}`);
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
export async function drop(page, files) {
  await hold(page, files);
  await letGo(page);
}

/** Makes the files of a drop, in the page. */
export function hold(page, files) {
  return page.evaluate((files) => {
    window.held = new DataTransfer();
    for (const { name, bytes } of files) window.held.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
  }, files);
}

/** Drops what is held. */
export function letGo(page) {
  return page.evaluate(() => {
    const transfer = window.held;
    dispatchEvent(new DragEvent('dragenter', { dataTransfer: transfer, bubbles: true }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
}

/** What a download holds. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) };
}

/**
 * The tasks of the page's main thread, and of its worker, while `act` runs, the longest first, in milliseconds of their processor time: what else
 * the machine does is not counted.
 */
export async function tasksDuring(page, act) {
  const client = await page.context().newCDPSession(page);
  const events = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', '__metadata'] },
  });
  await act();
  const complete = new Promise((done) => client.once('Tracing.tracingComplete', done));
  await client.send('Tracing.end');
  await complete;
  const names = new Map(events.filter(({ name }) => name === 'thread_name').map(({ pid, tid, args }) => [`${pid} ${tid}`, args.name]));
  const of = (thread) =>
    events
      .filter(({ name, pid, tid }) => name === 'RunTask' && names.get(`${pid} ${tid}`)?.startsWith(thread))
      .map(({ tdur = 0 }) => Math.round(tdur / 1000))
      .sort((a, b) => b - a);
  return { main: of('CrRendererMain'), worker: of('DedicatedWorker') };
}
