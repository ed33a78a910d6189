import { readFileSync } from 'node:fs';
import { initSync } from './pkg/gongkai.js';

initSync({ module: readFileSync(new URL('./pkg/gongkai_bg.wasm', import.meta.url)) });

export * from './api.mjs';
export default async function init() {}
