import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import init, * as gongkai from 'gongkai';
import { cases, years } from './vectors.mjs';

const { GongkaiInternalError, _panicForTests, parse, parseJson, read, readJson } = gongkai;
const sample = (year) => read(new Uint8Array(readFileSync(new URL(`../../samples/report-${year}.txt`, import.meta.url))));
const granted = 'requests/granted/total';
const figure = (report, path) => report.figures.find((f) => f.path === path);

const CASES = cases();

test('the JSON of every vector is Rust’s, byte for byte', () => {
  for (const { name, text, json } of CASES) assert.equal(parseJson(text, { offsets: 'utf-8' }), json, name);
});

test('the report on the bytes of every vector is Rust’s, byte for byte', () => {
  for (const { name, bytes, text, ofBytes } of CASES) assert.deepEqual(readJson(bytes, { offsets: 'utf-8' }), { text, json: ofBytes }, name);
});

test('a file that cannot be read says why, in both languages', () => {
  const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
  assert.throws(() => read(picture), { name: 'ReadError', message: /a PNG image.*OCR/, zh: /PNG 图片.*OCR/, reason: 'unsupported' });
  assert.throws(() => read(picture, { maxBytes: 3 }), { name: 'ReadError', reason: 'limit', limit: 'max_bytes', value: 4, max: 3 });
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
    assert.equal(
      Buffer.from(text)
        .subarray(...bytes[i].span)
        .toString(),
      raw,
    );
    assert.equal(codePoints[i].span[0], span[0] - 1);
  });
});

test('any string is read', () => {
  for (const text of ['', '\0', '\ud800', '\udc00\ud800', '\ufeff', '一、|||\n']) assert.equal(parse(text).schema, 'gongkai-report/1');
});

test('misuse is a TypeError', () => {
  for (const wrong of [undefined, null, 1, {}, Buffer.from('')]) assert.throws(() => parse(wrong), TypeError);
  for (const wrong of [undefined, null, 1, {}, 'text']) assert.throws(() => read(wrong), TypeError);
  for (const wrong of [undefined, null, 'text']) assert.throws(() => gongkai.sheets(wrong), TypeError);
  assert.throws(() => gongkai.sheets({ schema: 'another' }), TypeError);
  for (const offsets of ['utf8', '', 8, null, 'toString']) assert.throws(() => parseJson('', { offsets }), TypeError);
});

test('a correction changes the figure and the checks, not what is printed', () => {
  const { text, report } = sample(2023);
  const broken = (report) => report.checks.filter((check) => check.code === 'GK201' && check.verdict === 'broken').length;
  const { raw, value } = figure(report, 'requests/carried_forward/natural_person');
  assert.equal(broken(report), 1);
  const after = parse(text, { corrections: { 'requests/carried_forward/natural_person': '2' } });
  const corrected = figure(after, 'requests/carried_forward/natural_person');
  assert.deepEqual([corrected.raw, corrected.value, corrected.status, corrected.correction], [raw, value - 1, 'corrected', '2']);
  assert.equal(broken(after), 0);
  assert.throws(() => parse(text, { corrections: { [granted]: 12 } }), TypeError);
  assert.throws(() => parse(text, { corection: {} }), TypeError);
});

test('years are joined, and places lead into the texts they are from', () => {
  const years = [2022, 2023].map((year) => ({ name: `${year}`, ...sample(year) }));
  // A character of two units, and three bytes, moves every place of one of the texts.
  years[1] = { name: '2023', text: `𠮷\n${years[1].text}`, report: parse(`𠮷\n${years[1].text}`) };
  const [one, ...others] = gongkai.series(years);
  assert.equal(others.length, 0);
  assert.deepEqual(
    one.reports.map(({ year, standing }) => [year, standing]),
    [
      [2022, 'used'],
      [2023, 'used'],
    ],
  );
  const operands = one.checks.flatMap((check) => check.operands).filter(({ span, path }) => span && path !== 'sentences');
  assert.ok(operands.length > 10);
  for (const { report, path, span } of operands) assert.equal(years[report].text.slice(...span), figure(years[report].report, path).raw, path);
  const [finding] = one.findings.filter(({ code }) => code === 'GK401');
  assert.equal(years[finding.report].text.slice(...finding.span), '2');

  const comparison = gongkai.compare(...years);
  assert.equal(comparison.same_agency, true);
  const carried = comparison.cells.find(({ path }) => path === 'requests/carried_over/natural_person');
  assert.equal(years[1].text.slice(...carried.b.span), carried.b.raw);
  const passages = comparison.sections.flatMap(({ changes }) => changes.map(({ b }) => b)).filter(Boolean);
  assert.ok(passages.length > 0);
  for (const { text, span } of passages) assert.equal(years[1].text.slice(...span).replaceAll(/[\r\n]/g, ''), text);
  assert.throws(() => gongkai.series([{ text: '' }]), /missing field `report`/);
});

test('what years tell of each other, and what that decides, is Rust’s, byte for byte', () => {
  const all = years();
  for (const { name, texts, hints, reread } of all) {
    const members = texts.map((text) => ({ text, report: parse(text, { offsets: 'utf-8' }) }));
    assert.equal(JSON.stringify(gongkai.hints(members)), hints, name);
    assert.equal(JSON.stringify(gongkai.reread(members)), reread, name);
  }
  assert.ok(all.some(({ reread }) => JSON.parse(reread).decided.length));
});

test('an open row is decided by the year before, in the units of its report', () => {
  const [before, after] = years().find(({ name }) => name === 'year-before-decides').texts.map((text) => text.replace('\n', '\n𠮷\n'));
  const html = new TextEncoder().encode(`<!doctype html><title>a</title><p>${after.trim().replaceAll('\n', '<p>')}`);
  const carried = (report) => figure(report, 'requests/carried_over/other_organization');
  for (const member of [
    { text: after, report: parse(after) },
    { bytes: html, ...read(html) },
    { bytes: html.slice().buffer, ...read(html, { offsets: 'code-point' }) },
  ]) {
    assert.equal(carried(member.report).status, 'ambiguous');
    const members = [{ text: before, report: parse(before) }, member];
    const { decided, reports } = gongkai.reread(members);
    assert.deepEqual([decided, reports[0] === members[0].report, reports[1].offsets], [[1], true, member.report.offsets]);
    const { value, status, span } = carried(reports[1]);
    assert.deepEqual([value, status], [10, 'solved']);
    const letters = member.report.offsets === 'utf-16' ? member.text : [...member.text];
    if (span) assert.equal([...letters.slice(...span)].join(''), '10');
    const told = reports[1].findings.find(({ code, paths }) => code === 'GK111' && paths.includes('requests/carried_over/other_organization'));
    assert.match(told.message.en, /the report for 2020 and GK401$/);
    assert.ok(letters.slice(...told.span).length);

    // The same in two steps; `hints` are plain data.
    const [, hints] = gongkai.hints(members);
    assert.ok(hints.some(({ path, value }) => path === 'requests/carried_over/other_organization' && value === 10));
    const { offsets } = member.report;
    const again = member.bytes ? read(member.bytes, { offsets, hints }).report : parse(member.text, { offsets, hints });
    assert.deepEqual(again, reports[1]);
  }
  const broken = { bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]), text: after, report: parse(after) };
  assert.throws(() => gongkai.reread([broken]), { name: 'ReadError', reason: 'unsupported' });
  assert.throws(() => gongkai.reread([{ ...broken, bytes: html }]), { name: 'TypeError', message: /not that of its bytes/ });
  assert.throws(() => gongkai.reread([{ text: after }]), TypeError);
  for (const wrong of [{ path: 1 }, { path: 'a', value: 1.5, reason: { zh: '', en: '' } }, { path: 'a', value: 1, reason: { zh: '', en: '' }, minsu: [] }])
    assert.throws(() => parse(after, { hints: [wrong] }), TypeError);
  assert.equal(gongkai.hints([{ text: after, report: parse(after) }])[0].length, 0);
});

test('indicators, forms and codes', () => {
  const { report } = sample(2023);
  const received = gongkai.indicators(report).find(({ indicator }) => indicator === 'requests_received');
  assert.deepEqual([received.value, received.quality, received.paths], [18, 'exact', ['requests/received/total']]);
  assert.deepEqual(gongkai.explain('GK201').title.zh, '本年新收与上年结转之和不等于办理结果总计与结转下年度之和');
  assert.equal(gongkai.explain('GK999'), undefined);
  const edition = gongkai.forms().find(({ id }) => id === '2021');
  assert.equal(edition.paths.length, 200);
  assert.deepEqual(edition.years, [2021, null]);
});

test('the official form is written and read again as it was', () => {
  const { report } = sample(2023);
  const cells = ({ figures }) =>
    figures.filter(({ value, missing }) => value !== null || missing).map(({ path, value, missing }) => [path, value, missing]);
  assert.ok(cells(report).length > 190);
  assert.deepEqual(cells(read(gongkai.toDocx(report)).report), cells(report));
  assert.deepEqual(cells(parse(gongkai.toMarkdown(report))), cells(report));
  assert.match(gongkai.toHtml(report, { marks: true }), new RegExp(`<td data-path="${granted}">9</td>`));
  assert.doesNotMatch(gongkai.toHtml(report), /data-path/);
  const printed = gongkai
    .sheets(report)
    .flatMap(({ sheet }) => sheet.rows.flat())
    .filter(({ path }) => path);
  assert.deepEqual(new Set(printed.map(({ path }) => path)), new Set(report.figures.map(({ path }) => path)));
  assert.equal(gongkai.blank('2021', 2024).figures.length, 200);
  assert.equal(gongkai.blank('1999'), undefined);
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
  assert.equal(parseJson(text, { offsets: 'utf-8' }), json);
});

test('after calls that ran out of stack the next report is right', () => {
  const { text, json } = CASES.find((c) => c.name === 'pipe-law-plain');
  const errors = [];
  const dive = () => {
    try {
      dive();
    } catch (error) {
      errors.push(error);
      parseJson(text, { offsets: 'utf-8' }); // fails in ever later places, until the stack is enough
    }
  };
  dive();
  assert.ok(
    errors.some((e) => e instanceof GongkaiInternalError && e.cause instanceof RangeError),
    `${errors.length} errors`,
  );
  assert.equal(parseJson(text, { offsets: 'utf-8' }), json);
  assert.throws(_panicForTests, /asked for by a test/);
});

test('the README runs', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, code] = readme.match(/```js\n(.*?node\.mjs.*?)```/s);
  const script = code.replace("'./wasm/", `'${new URL('../', import.meta.url)}`);
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: new URL('../../', import.meta.url), encoding: 'utf8' });
  assert.equal(run.stderr, '');
  assert.match(run.stdout, /^2021 0\n18\n总体部分缺少规定的方面 \d{4}\n$/);
});

test('init may be called in Node too', async () => {
  assert.equal(await init(), undefined);
});
