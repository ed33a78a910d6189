// The interface; node.mjs and web.mjs differ only in how they load the module.
import { __wbg_reset_state, panicForTests, parseJson as parseJsonRaw } from './pkg/gongkai.js';

const UNITS = { 'utf-8': 8, 'utf-16': 16, 'code-point': 0 };

export class GongkaiInternalError extends Error {
  name = 'GongkaiInternalError';
}

export function parse(text, { offsets = 'utf-16' } = {}) {
  return JSON.parse(parseJson(text, offsets));
}

export function parseJson(text, offsets = 'utf-16') {
  if (typeof text !== 'string') throw new TypeError('text must be a string');
  if (!Object.hasOwn(UNITS, offsets)) throw new TypeError("offsets must be 'utf-16', 'utf-8' or 'code-point'");
  return guarded(() => parseJsonRaw(text, UNITS[offsets]));
}

// Whatever comes out of the module is a panic, a trap or a lack of stack or memory. The instance is then in an unknown state, and the next call
// begins with a new one.
let broken = false;

function guarded(call) {
  try {
    if (broken) __wbg_reset_state();
    broken = false;
    return call();
  } catch (cause) {
    broken = true;
    throw new GongkaiInternalError(String(cause?.message ?? cause), { cause });
  }
}

/** Not part of the interface. */
export const _panicForTests = () => guarded(panicForTests);
