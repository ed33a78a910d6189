import type * as gongkai from './index.d.ts';

/**
 * `gongkai` for text alone, at about half the size: `read` takes text in UTF-8 (what is in GBK, `new TextDecoder('gbk').decode(bytes)` decodes for
 * `parse`), takes the source of a web page for text, and there is no Word file to be written. In Node it is all of `gongkai`.
 */
declare const init: typeof gongkai.default;
export default init;
export const parse: typeof gongkai.parse;
export const parseJson: typeof gongkai.parseJson;
export const read: typeof gongkai.read;
export const readJson: typeof gongkai.readJson;
export const indicators: typeof gongkai.indicators;
export const series: typeof gongkai.series;
export const hints: typeof gongkai.hints;
export const reread: typeof gongkai.reread;
export const compare: typeof gongkai.compare;
export const sheets: typeof gongkai.sheets;
export const toHtml: typeof gongkai.toHtml;
export const toMarkdown: typeof gongkai.toMarkdown;
export const blank: typeof gongkai.blank;
export const explain: typeof gongkai.explain;
export const forms: typeof gongkai.forms;

export * from './errors.mjs';
export type * from './index.d.ts';
