import load from './pkg/gongkai.js';

export * from './api.mjs';
export default async function init(source) {
  await load(source === undefined ? undefined : { module_or_path: source });
}
