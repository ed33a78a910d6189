// A folder as a web server answers for it.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json',
}; // prettier-ignore

/** Answers with the files of a folder, the names of which end in a `/`. */
export const files = (folder) => (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const file = join(folder, pathname === '/' ? 'index.html' : pathname);
  if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
  return response
    .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'x-content-type-options': 'nosniff' })
    .end(readFileSync(file));
};
