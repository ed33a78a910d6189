// The interface; node.mjs and web.mjs differ only in how they load the module.
import { __wbg_reset_state, panicForTests, parseJson as parseJsonRaw, readBytes } from './pkg/gongkai.js';

const UNITS = { 'utf-8': 8, 'utf-16': 16, 'code-point': 0 };

/** The base of what gongkai throws, but for a TypeError where it is misused. */
export class GongkaiError extends Error {
  name = 'GongkaiError';
}

/** A file that cannot be read: over a limit, damaged, or of a format without a reader. `zh` is the message in Chinese. */
export class ReadError extends GongkaiError {
  name = 'ReadError';

  constructor([zh, en], limit) {
    super(en);
    this.zh = zh;
    if (limit) [this.limit, this.value, this.max] = [limit[0], Number(limit[1]), Number(limit[2])];
  }
}

export class GongkaiInternalError extends GongkaiError {
  name = 'GongkaiInternalError';
}

export function parse(text, { offsets = 'utf-16' } = {}) {
  return JSON.parse(parseJson(text, offsets));
}

export function parseJson(text, offsets = 'utf-16') {
  if (typeof text !== 'string') throw new TypeError('text must be a string');
  const units = unit(offsets);
  return guarded(() => parseJsonRaw(text, units));
}

export function read(bytes, options = {}) {
  const { text, json } = readJson(bytes, options);
  return { text, report: JSON.parse(json) };
}

export function readJson(bytes, { offsets = 'utf-16', contentType, maxBytes } = {}) {
  if (bytes instanceof ArrayBuffer) bytes = new Uint8Array(bytes);
  if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes must be a Uint8Array or an ArrayBuffer');
  const units = unit(offsets);
  const { text, json, error, limit } = guarded(() => {
    const reading = readBytes(bytes, units, contentType, maxBytes);
    const { text, json, error, limit } = reading;
    reading.free();
    return { text, json, error, limit };
  });
  if (error) throw new ReadError(error, limit);
  return { text, json };
}

function unit(offsets) {
  if (!Object.hasOwn(UNITS, offsets)) throw new TypeError("offsets must be 'utf-16', 'utf-8' or 'code-point'");
  return UNITS[offsets];
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
