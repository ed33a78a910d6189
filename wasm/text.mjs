import { interfaceOf } from './api.mjs';
import load, * as glue from './pkg/text/gongkai.js';

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
  blank,
  explain,
  forms,
  _panicForTests,
} = interfaceOf(glue);
export default async function init(source) {
  await load(source === undefined ? undefined : { module_or_path: source });
}
