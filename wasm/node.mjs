import { readFileSync } from 'node:fs';
import { interfaceOf } from './api.mjs';
import * as glue from './pkg/full/gongkai.js';

glue.initSync({ module: readFileSync(new URL('./pkg/full/gongkai_bg.wasm', import.meta.url)) });

export * from './errors.mjs';
export const {
  parse,
  parseJson,
  read,
  readJson,
  indicators,
  series,
  hints,
  reread,
  compare,
  sheets,
  toHtml,
  toMarkdown,
  toDocx,
  blank,
  explain,
  forms,
  _panicForTests,
} = interfaceOf(glue);
export default async function init() {}
