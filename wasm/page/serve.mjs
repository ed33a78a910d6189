// Serves dist/ for a look at it: node page/serve.mjs [port]. Any server of files does as well.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { files } from '../test/files.mjs';

const port = Number(process.argv[2] ?? 8080);
createServer(files(fileURLToPath(new URL('dist/', import.meta.url)))).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
