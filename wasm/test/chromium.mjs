// Debian's Chromium and a server of files for it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const TEMP = fileURLToPath(new URL('../../target/', import.meta.url));
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]; // prettier-ignore

/** Why the tests in Chromium are left out, if they are. */
export const skip = process.env.GONGKAI_NO_BROWSER === '1' && 'GONGKAI_NO_BROWSER=1';

function executable() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = process.env.PATH.split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(existsSync);
  assert.ok(found, 'no Chromium found: apt-get install chromium, or set GONGKAI_NO_BROWSER=1 to do without this test');
  return found;
}

/** Runs `work` with a browser of a fresh profile and the address of a server that answers by `serve`; both are closed whatever happens. */
export async function withChromium(serve, work, options = {}) {
  mkdirSync(TEMP, { recursive: true });
  const profile = mkdtempSync(join(TEMP, 'chromium-'));
  const server = createServer(serve);
  let context;
  try {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const env = { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile };
    context = await chromium.launchPersistentContext(profile, { executablePath: executable(), args: FLAGS, env, timeout: 60_000, ...options });
    await work(context, `http://127.0.0.1:${server.address().port}/`, server);
  } finally {
    await context?.close();
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
