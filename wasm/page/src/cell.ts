// What is known of the chosen cell: where it comes from, and what was checked.
import type { Figure } from 'gongkai';
import { arithmetic, isSum } from './arithmetic.ts';
import { h, put } from './dom.ts';
import { type Marks, SIGNS } from './marks.ts';
import { type CellName, named } from './names.ts';
import { t } from './words.ts';

export interface CellEvents {
  edited(path: string): void;
  /** A text for the cell; nothing gives back what is printed. */
  corrected(path: string, text: string | undefined): void;
  jumped(path: string): void;
}

export class Cell {
  readonly element = h('div', { class: 'cell-box', 'aria-live': 'polite' }, h('p', { class: 'quiet' }, t('cell_none')));
  readonly #events: CellEvents;

  constructor(events: CellEvents) {
    this.#events = events;
  }

  draw(path: string | undefined, marks: Marks, names: Map<string, CellName>): void {
    const figure = path === undefined ? undefined : marks.figure(path);
    if (!path || !figure) {
      put(this.element, h('p', { class: 'quiet' }, t('cell_none'), ' ', t('cell_help')));
      return;
    }
    const checks = marks.checks(path).filter(isSum);
    const order = ['broken', 'not_evaluable', 'holds_if_blank_is_zero', 'holds'];
    checks.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
    put(
      this.element,
      h(
        'div',
        { class: 'cell-head' },
        h('b', { class: 'cell-value' }, figure.correction ?? shown(figure)),
        h('span', { class: 'cell-name' }, named(names, path)),
        h('button', { type: 'button', class: 'button', click: () => this.#events.edited(path) }, t('edit')),
        figure.status === 'corrected' &&
          h('button', { type: 'button', class: 'button', click: () => this.#events.corrected(path, undefined) }, t('restore')),
      ),
      h('p', { class: 'cell-marks' }, this.#status(figure, marks)),
      figure.candidates?.length
        ? h(
            'p',
            { class: 'cell-candidates' },
            `${t('candidates')}: `,
            figure.candidates
              .slice(0, 12)
              .map((value) =>
                h(
                  'button',
                  { type: 'button', class: 'chip', click: () => this.#events.corrected(path, value === null ? '' : String(value)) },
                  value === null ? t('mark_blank') : String(value),
                ),
              ),
          )
        : null,
      checks.length
        ? h(
            'ul',
            { class: 'cell-checks' },
            checks.slice(0, 5).map((check) =>
              h(
                'li',
                {},
                h('span', { class: `verdict ${check.verdict}` }, t(check.verdict)),
                arithmetic(check, names, ({ path }) => this.#events.jumped(path)),
              ),
            ),
          )
        : h('p', { class: 'quiet' }, t('no_checks')),
    );
  }

  #status(figure: Figure, marks: Marks): (HTMLElement | string)[] {
    const said = marks
      .of(figure.path)
      .map((mark) => h('span', { class: `tag ${mark}` }, h('span', { 'aria-hidden': 'true' }, SIGNS[mark]), ` ${t(`mark_${mark}`)}`));
    const source = figure.span ? `${t('raw')}: ${figure.raw.trim() || t('mark_blank')}` : t('absent');
    return [
      ...(said.length ? said : [h('span', { class: 'tag' }, t('mark_printed'))]),
      h('span', { class: 'quiet' }, source),
      figure.unit ? h('span', { class: 'quiet' }, figure.unit) : '',
    ];
  }
}

/** What stands in a cell, in words where nothing does. */
export const shown = ({ value, missing, raw }: Pick<Figure, 'value' | 'missing' | 'raw'>): string =>
  value !== null ? String(value) : missing === 'blank' ? t('mark_blank') : missing ? raw.trim() : '？';
