// The interface over the glue of one build of the module; node.mjs, web.mjs and full.mjs differ in which build it is and how it is loaded.
import { GongkaiInternalError, ReadError } from './errors.mjs';

/** What the interface has, for the worker's. */
export const FUNCTIONS = [
  'parse', 'parseJson', 'read', 'readJson', 'indicators', 'series', 'hints', 'reread', 'compare',
  'sheets', 'toHtml', 'toMarkdown', 'toDocx', 'blank', 'explain', 'forms',
]; // prettier-ignore

const UNITS = ['utf-16', 'utf-8', 'code-point'];

export function interfaceOf(glue) {
  // What comes out of the module as a string is about what was given. All else is a panic, a trap or a lack of stack or memory: the instance is
  // then in an unknown state, and the next call begins with a new one.
  let broken = false;

  function guarded(call) {
    try {
      if (broken) glue.__wbg_reset_state();
      broken = false;
      return call();
    } catch (cause) {
      if (typeof cause === 'string') throw new TypeError(cause);
      broken = true;
      throw new GongkaiInternalError(String(cause?.message ?? cause), { cause });
    }
  }

  const parseJson = (text, options) => {
    if (typeof text !== 'string') throw new TypeError('text must be a string');
    const settings = settingsOf(options);
    return guarded(() => glue.parseJson(text, settings));
  };

  const readJson = (bytes, options) => {
    const [given, settings] = [bytesOf(bytes), settingsOf(options)];
    const { text, json, error } = guarded(() => {
      const reading = glue.readBytes(given, settings);
      const { text, json, error } = reading;
      reading.free();
      return { text, json, error };
    });
    if (error) throw new ReadError(JSON.parse(error));
    return { text, json };
  };

  /** Calls with what is given as JSON. */
  const of = (call, ...given) => {
    const json = given.map(jsonOf);
    return guarded(() => call(...json));
  };
  const parsed = (json) => (json === undefined ? undefined : JSON.parse(json));

  const reread = (members, { oneAgency = false, ...options } = {}) => {
    const settings = settingsOf(options);
    const added = [...members].map(({ bytes, text, report }) => [jsonOf({ text, report }), bytes === undefined ? undefined : bytesOf(bytes)]);
    const { error, json } = guarded(() => {
      const rereading = new glue.Rereading(settings);
      let error;
      for (const given of added) error ??= rereading.add(...given);
      const json = error ? undefined : rereading.run(oneAgency);
      rereading.free();
      return { error, json };
    });
    if (error) throw new ReadError(JSON.parse(error));
    const decided = new Map(JSON.parse(json));
    return { decided: [...decided.keys()], reports: [...members].map(({ report }, at) => decided.get(at) ?? report) };
  };

  return {
    parse: (text, options) => JSON.parse(parseJson(text, options)),
    parseJson,
    read: (bytes, options) => {
      const { text, json } = readJson(bytes, options);
      return { text, report: JSON.parse(json) };
    },
    readJson,
    indicators: (report) => JSON.parse(of(glue.indicators, report)),
    series: (members, { oneAgency = false } = {}) => JSON.parse(of((json) => glue.series(json, oneAgency), members)),
    hints: (members, { oneAgency = false } = {}) => JSON.parse(of((json) => glue.hints(json, oneAgency), members)),
    reread,
    compare: (a, b) => JSON.parse(of(glue.compare, a, b)),
    sheets: (report) => JSON.parse(of(glue.sheets, report)),
    toHtml: (report, { marks = false } = {}) => of((json) => glue.html(json, marks), report),
    toMarkdown: (report) => of(glue.markdown, report),
    toDocx: (report) => of(glue.docx, report),
    blank: (edition, year) => parsed(guarded(() => glue.blank(String(edition), year))),
    explain: (code) => parsed(guarded(() => glue.explain(String(code)))),
    forms: () => JSON.parse(guarded(() => glue.forms())),
    /** Not part of the interface. */
    _panicForTests: () => guarded(glue.panicForTests),
  };
}

function bytesOf(given) {
  const bytes = given instanceof ArrayBuffer ? new Uint8Array(given) : given;
  if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes must be a Uint8Array or an ArrayBuffer');
  return bytes;
}

function settingsOf({ offsets = 'utf-16', ...others } = {}) {
  if (!UNITS.includes(offsets)) throw new TypeError("offsets must be 'utf-16', 'utf-8' or 'code-point'");
  return JSON.stringify({ offsets, ...others });
}

function jsonOf(given) {
  if (given === null || typeof given !== 'object') throw new TypeError('a report, or what holds reports, must be an object');
  return JSON.stringify(given);
}
