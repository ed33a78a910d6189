// What browser.test.mjs calls in the page.
import init, * as gongkai from '../web.mjs';

await init();

window.run = (text) => ({
  json: gongkai.parseJson(text, 'utf-8'),
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
