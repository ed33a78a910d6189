// What browser.test.mjs calls in the page.
import init, * as gongkai from '../full.mjs';
import initText, * as plain from '../text.mjs';
import initCore, * as core from '../web.mjs';
import { openWorker } from '../worker.mjs';

await Promise.all([init(), initCore(), initText()]);

window.run = (text, bytes, inCore) => ({
  core: core.parseJson(text, { offsets: 'utf-8' }),
  plain: plain.parseJson(text, { offsets: 'utf-8' }),
  ofBytesInCore:
    inCore &&
    core.readJson(
      Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)),
      { offsets: 'utf-8' },
    ).json,
  json: gongkai.parseJson(text, { offsets: 'utf-8' }),
  ofBytes: gongkai.readJson(
    Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)),
    { offsets: 'utf-8' },
  ).json,
  wrong: gongkai.parse(text).figures.filter(({ raw, span }) => span !== null && text.slice(...span) !== raw),
});

window.years = (texts) => {
  const members = texts.map((text) => ({ text, report: gongkai.parse(text, { offsets: 'utf-8' }) }));
  return { hints: JSON.stringify(core.hints(members)), reread: JSON.stringify(core.reread(members)) };
};

/** Why the module for text does not read a PDF. */
window.inPlain = () => {
  try {
    plain.read(new TextEncoder().encode('%PDF-1.4'));
    return 'it was read';
  } catch ({ reason }) {
    return reason;
  }
};

window.afterPanic = () => {
  try {
    gongkai._panicForTests();
    return 'no error';
  } catch (error) {
    return `${error} then ${gongkai.parse('').schema}`;
  }
};

// The worker: it reads what the small module cannot, survives a panic and a call that takes too long, and moves the bytes.
window.inWorker = async (text, pdf, years) => {
  const worker = openWorker();
  const named = (promise) =>
    promise.then(
      (value) => String(value),
      ({ name, reason }) => [name, reason].filter(Boolean).join(' '),
    );
  const bytes = Uint8Array.from(atob(pdf), (c) => c.charCodeAt(0));
  const edition = (await worker.parse(text)).edition;
  const ofPdf = (await worker.read(bytes)).report.edition;
  if (bytes.length) return 'the bytes were not moved';
  const unreadable = await named(worker.read(new Uint8Array([0x89, 0x50, 0x4e, 0x47])));
  const [earlier, later] = years.map((text) => new TextEncoder().encode(text));
  const members = await Promise.all([earlier, later].map(async (bytes) => ({ bytes, ...(await worker.read(bytes.slice())) })));
  const { decided } = await worker.reread(members);
  const panic = await named(worker._panicForTests());
  const hasty = openWorker({ deadline: 1 });
  const late = await named(hasty.parse(text.repeat(200)));
  hasty.close();
  const after = (await worker.parse('')).schema;
  const open = named(worker.parse(text));
  worker.close();
  return { edition, pdf: ofPdf, unreadable, decided, panic, late, after, closed: await open };
};

window.gongkai = gongkai;
