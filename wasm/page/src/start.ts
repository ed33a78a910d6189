// What is seen before any file: what happens, and that nothing leaves the machine.
import report2022 from '../../../samples/report-2022.txt';
import report2023 from '../../../samples/report-2023.txt';
import fromPdf from '../../../tests/vectors/2019-pdftotext-layout/input.txt';
import { h } from './dom.ts';
import { chooser } from './intake.ts';
import { save } from './exporting.ts';
import { blank, entry, type Entry, forms } from './store.ts';
import { t, type Word } from './words.ts';

/** Invented reports of invented places. */
const SAMPLES: [word: Word, files: [name: string, text: string][]][] = [
  ['sample_broken', [['report-2023.txt', report2023]]],
  [
    'sample_years',
    [
      ['report-2022.txt', report2022],
      ['report-2023.txt', report2023],
    ],
  ],
  ['sample_open', [['report-2020-pdf.txt', fromPdf]]],
];

export function start(take: (entries: Entry[]) => void, failed: (error: unknown) => void): HTMLElement {
  const sample = ([word, files]: (typeof SAMPLES)[number]): HTMLElement =>
    h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'link', click: () => take(files.map(([name, text]) => entry(name, new Blob([text], { type: 'text/plain' })))) },
        t(word),
      ),
    );
  const step = (head: Word, text: Word): HTMLElement => h('li', {}, h('h2', {}, t(head)), h('p', {}, t(text)));
  return h(
    'section',
    { class: 'start' },
    h('div', { class: 'start-lead' }, h('h1', { tabindex: '-1' }, t('headline')), h('p', {}, t('lead'))),
    h(
      'div',
      { class: 'drop' },
      h('p', { class: 'drop-words' }, t('drop')),
      chooser(take, t('choose')),
      h('p', { class: 'quiet' }, t('formats')),
      h('div', { class: 'samples' }, h('p', {}, t('samples')), h('ul', {}, SAMPLES.map(sample))),
    ),
    h('p', { class: 'privacy' }, h('strong', {}, t('privacy')), ' ', t('privacy_text')),
    h('ol', { class: 'steps' }, step('step_1', 'step_1_text'), step('step_2', 'step_2_text'), step('step_3', 'step_3_text')),
    blankForms(failed),
  );
}

/** The forms themselves, to be filled in. */
function blankForms(failed: (error: unknown) => void): HTMLElement {
  const list = h('ul');
  const download = (id: string, title: string): void => void blank(id).then((content) => save(content, 'docx', `${title} ${id}`), failed);
  forms().then((all) => {
    const own = all.filter((form) => !form.extends).reverse();
    const years = ([first, last]: [number | null, number | null]): string =>
      first && last ? `${first}–${last}` : first ? t('since', first) : last ? t('until', last) : '';
    list.append(
      ...own.map((form) =>
        h(
          'li',
          {},
          h('button', { type: 'button', class: 'link', click: () => download(form.id, form.title) }, form.title),
          ' ',
          h('span', { class: 'quiet' }, years(form.years)),
        ),
      ),
    );
  }, failed);
  return h('div', { class: 'blank-forms' }, h('p', {}, t('blank_forms')), list);
}
