import assert from 'node:assert/strict';
import { test } from 'node:test';
import init, { GongkaiInternalError, _panicForTests, parse, parseJson, read, readJson } from 'gongkai';
import { cases } from './vectors.mjs';

const CASES = cases();

test('the JSON of every vector is Rust’s, byte for byte', () => {
  for (const { name, text, json } of CASES) assert.equal(parseJson(text, 'utf-8'), json, name);
});

test('the report on the bytes of every vector is Rust’s, byte for byte', () => {
  for (const { name, bytes, text, ofBytes } of CASES) assert.deepEqual(readJson(bytes, { offsets: 'utf-8' }), { text, json: ofBytes }, name);
});

test('a file that cannot be read says why, in both languages', () => {
  const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
  assert.throws(() => read(picture), { name: 'ReadError', message: /a PNG image.*OCR/, zh: /PNG 图片.*OCR/ });
  assert.throws(() => read(picture, { maxBytes: 3 }), { name: 'ReadError', limit: 'max_bytes', value: 4, max: 3 });
  assert.equal(read(picture.slice(0, 1).buffer).report.schema, 'gongkai-report/1');
});

test('every span is the text it names', () => {
  let seen = 0;
  for (const { name, text } of CASES) {
    const report = parse(text);
    assert.equal(report.offsets, 'utf-16');
    for (const { path, raw, span } of report.figures) {
      if (span === null) continue;
      assert.equal(text.slice(...span), raw, `${name} ${path}`);
      seen += 1;
    }
  }
  assert.ok(seen > 10_000, `${seen} figures`);
});

test('spans count what they are asked to count', () => {
  const text = `𠮷${CASES.find((c) => c.name === 'pipe-law-plain').text}`;
  const [utf16, codePoints, bytes] = ['utf-16', 'code-point', 'utf-8'].map((offsets) => parse(text, { offsets }).figures);
  assert.ok(utf16.length > 100);
  utf16.forEach(({ raw, span }, i) => {
    assert.equal(text.slice(...span), raw);
    assert.equal([...text].slice(...codePoints[i].span).join(''), raw);
    assert.equal(Buffer.from(text).subarray(...bytes[i].span).toString(), raw);
    assert.equal(codePoints[i].span[0], span[0] - 1);
  });
});

test('any string is read', () => {
  for (const text of ['', '\0', '\ud800', '\udc00\ud800', '\ufeff', '一、|||\n']) assert.equal(parse(text).schema, 'gongkai-report/1');
});

test('misuse is a TypeError', () => {
  for (const wrong of [undefined, null, 1, {}, Buffer.from('')]) assert.throws(() => parse(wrong), TypeError);
  for (const wrong of [undefined, null, 1, {}, 'text']) assert.throws(() => read(wrong), TypeError);
  for (const offsets of ['utf8', '', 8, null, 'toString']) assert.throws(() => parseJson('', offsets), TypeError);
});

test('after two hundred panics the next report is right', () => {
  const { text, json } = CASES.find((c) => c.name === 'pipe-law-plain');
  for (let i = 0; i < 200; i += 1) {
    assert.throws(_panicForTests, (error) => {
      assert.ok(error instanceof GongkaiInternalError);
      assert.equal(error.name, 'GongkaiInternalError');
      assert.match(error.message, /wasm.src.lib\.rs:\d+:\d+:\s+asked for by a test/);
      return true;
    });
  }
  assert.equal(parseJson(text, 'utf-8'), json);
});

test('after calls that ran out of stack the next report is right', () => {
  const { text, json } = CASES.find((c) => c.name === 'pipe-law-plain');
  const errors = [];
  const dive = () => {
    try {
      dive();
    } catch (error) {
      errors.push(error);
      parseJson(text, 'utf-8'); // fails in ever later places, until the stack is enough
    }
  };
  dive();
  assert.ok(errors.some((e) => e instanceof GongkaiInternalError && e.cause instanceof RangeError), `${errors.length} errors`);
  assert.equal(parseJson(text, 'utf-8'), json);
  assert.throws(_panicForTests, /asked for by a test/);
});

test('init may be called in Node too', async () => {
  assert.equal(await init(), undefined);
});
