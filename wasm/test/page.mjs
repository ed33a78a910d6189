// What browser.test.mjs calls in the page.
import init, * as gongkai from '../full.mjs';

await init();

window.run = (text, bytes) => ({
  json: gongkai.parseJson(text, { offsets: 'utf-8' }),
  ofBytes: gongkai.readJson(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)), { offsets: 'utf-8' }).json,
  wrong: gongkai.parse(text).figures.filter(({ raw, span }) => span !== null && text.slice(...span) !== raw),
});

window.afterPanic = () => {
  try {
    gongkai._panicForTests();
    return 'no error';
  } catch (error) {
    return `${error} then ${gongkai.parse('').schema}`;
  }
};

window.gongkai = gongkai;
