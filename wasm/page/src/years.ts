// The years of an agency: what must hold between them, how measures went, and any two side by side.
import type { Comparison, Series, SeriesFinding } from 'gongkai';
import { arithmetic } from './arithmetic.ts';
import { shown } from './cell.ts';
import { lines } from './charts.ts';
import { comparisonCsv } from './csv.ts';
import { h } from './dom.ts';
import { save } from './exporting.ts';
import { SEVERITY_SIGNS } from './findings.ts';
import type { CellName } from './names.ts';
import { compare, type Entry, series } from './store.ts';
import { has, say, t, type Word } from './words.ts';

export interface YearsEvents {
  /** Shows a cell of a report. */
  opened(entry: Entry, path?: string): void;
  failed(error: unknown): void;
}

const MEASURES: [indicator: string, word: Word][] = [
  ['requests_received', 'received'],
  ['granted', 'granted'],
  ['reconsideration_cases', 'reconsideration'],
  ['litigation_cases', 'litigation'],
  ['licensing_decisions', 'licensing'],
  ['penalty_decisions', 'penalties'],
];

export class YearsView {
  readonly element = h('section', { class: 'years' });
  readonly #events: YearsEvents;
  #entries: Entry[] = [];
  #oneAgency = false;
  #names: Map<string, CellName>;

  /** `names` are those of the cells, as far as they are known. */
  constructor(events: YearsEvents, names: Map<string, CellName>) {
    this.#events = events;
    this.#names = names;
  }

  async draw(entries: Entry[]): Promise<void> {
    this.#entries = entries.filter(({ summary }) => summary);
    const all = await series(this.#entries, this.#oneAgency);
    const chains = all.filter(({ reports }) => reports.length > 1);
    const told = h(
      'label',
      { class: 'option' },
      h('input', { type: 'checkbox', checked: this.#oneAgency, change: () => void this.#toggle() }),
      ` ${t('one_agency')}`,
    );
    this.element.replaceChildren(
      h('header', { class: 'view-head' }, h('h1', { tabindex: '-1' }, t('years')), all.length > 1 || this.#oneAgency ? told : ''),
      ...(chains.length ? chains.map((one, at) => this.#chain(one, at === 0)) : [h('p', { class: 'quiet' }, t('need_two'))]),
    );
  }

  async #toggle(): Promise<void> {
    this.#oneAgency = !this.#oneAgency;
    await this.draw(this.#entries).catch(this.#events.failed);
  }

  #chain(one: Series, open: boolean): HTMLElement {
    const { agency, reports, missing, similar, checks, findings } = one;
    const count = (...verdicts: string[]): number => checks.filter(({ verdict }) => verdicts.includes(verdict)).length;
    const used = reports.filter(({ standing, year }) => standing === 'used' && year !== null);
    const years = h(
      'ol',
      { class: 'year-list' },
      used.map(({ report, year }) =>
        h('li', {}, h('button', { type: 'button', class: 'chip', click: () => this.#events.opened(this.#entries[report]!) }, String(year))),
      ),
    );
    const measured = MEASURES.map(([indicator, word]) => ({
      name: t(word),
      points: used.map(({ report, year }) => ({ year: year!, value: this.#entries[report]?.summary?.values[indicator] })),
    }));
    return h(
      'section',
      { class: 'chain' },
      h('h2', {}, agency ?? t('unnamed')),
      years,
      h(
        'p',
        { class: 'quiet' },
        [
          t('chain', count('holds', 'holds_if_blank_is_zero'), count('broken'), count('not_evaluable')),
          missing.length && t('missing_years', missing.join(', ')),
          similar.length && t('similar', similar.join(', ')),
        ]
          .filter(Boolean)
          .join('；'),
      ),
      findings.length > 0 &&
        h(
          'ol',
          { class: 'finding-list' },
          findings.map((finding) => this.#finding(finding, one)),
        ),
      h('h3', {}, t('trend')),
      lines(measured),
      used.length > 1 &&
        this.#comparison(
          used.map(({ report, year }) => ({ entry: this.#entries[report]!, year: year! })),
          open,
        ),
    );
  }

  #finding(finding: SeriesFinding, one: Series): HTMLElement {
    const { severity, message, code, years, basis } = finding;
    const about = ({ path, report }: { path: string; report: number }): boolean =>
      finding.operands.some((own) => own.path === path && own.report === report);
    const check = one.checks.find((check) => check.code === code && check.verdict === 'broken' && check.operands.every(about));
    const jump = (term: { path: string; report?: number }): void => {
      const entry = term.report === undefined ? undefined : this.#entries[term.report];
      if (entry) this.#events.opened(entry, term.path);
    };
    return h(
      'li',
      { class: 'finding', 'data-code': code },
      h(
        'div',
        { class: 'finding-head' },
        h(
          'span',
          { class: `severity ${severity}` },
          h('span', { class: 'sign', 'aria-hidden': 'true' }, SEVERITY_SIGNS[severity]),
          h('span', { class: 'spoken' }, t(severity)),
        ),
        h('span', { class: 'message' }, say(message)),
        h('span', { class: 'where' }, [code, years.join(', '), basis].filter(Boolean).join(' · ')),
      ),
      check?.operands.every(({ path }) => this.#names.has(path)) &&
        h(
          'div',
          { class: 'finding-body' },
          arithmetic(check, this.#names, jump, (term) => String((term as { year?: number }).year ?? '')),
        ),
    );
  }

  /** Any two years side by side; they are compared when they are looked at. */
  #comparison(years: { entry: Entry; year: number }[], open: boolean): HTMLElement {
    const box = h('div', { class: 'comparison' });
    const choice = (chosen: number): HTMLSelectElement => {
      const select = h(
        'select',
        { 'aria-label': t('year'), change: () => void draw() },
        years.map(({ year }, at) => h('option', { value: at }, String(year))),
      );
      select.value = String(chosen);
      return select;
    };
    const [before, after] = [choice(years.length - 2), choice(years.length - 1)];
    const draw = async (): Promise<void> => {
      const [a, b] = [years[Number(before.value)]!, years[Number(after.value)]!];
      await compare(a.entry, b.entry).then((result) => box.replaceChildren(...this.#changes(result, a, b)), this.#events.failed);
    };
    return h(
      'details',
      { class: 'compare', open, toggle: () => void draw() },
      h('summary', {}, h('h3', {}, t('compare'))),
      h('p', { class: 'compare-choice' }, before, ' → ', after),
      box,
    );
  }

  #changes(result: Comparison, a: { entry: Entry; year: number }, b: { entry: Entry; year: number }): HTMLElement[] {
    const value = (cell: Comparison['cells'][number]['a']): string => (!cell ? '·' : shown(cell));
    const link = (entry: Entry, path: string, words: string): HTMLElement =>
      h('button', { type: 'button', class: 'link', click: () => this.#events.opened(entry, path) }, words);
    const signed = (change: number | string | null): string => (change === null ? '' : `${Number(change) > 0 ? '+' : ''}${change}`);
    const rows = result.cells.map(({ path, label, a: first, b: second, change }) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, label, ' ', h('span', { class: 'quiet' }, this.#names.get(path)?.column ?? '')),
        h('td', { class: 'numeric' }, first ? link(a.entry, path, value(first)) : '·'),
        h('td', { class: 'numeric' }, second ? link(b.entry, path, value(second)) : '·'),
        h('td', { class: 'numeric' }, signed(change)),
      ),
    );
    const prose = result.sections
      .filter(({ changes, a: first, b: second }) => changes.length || !first || !second)
      .filter(({ kind }) => kind !== 'furniture' && kind !== 'copy');
    return [
      h(
        'div',
        { class: 'comparison-head' },
        h('p', { class: 'quiet' }, t('compare_lead', result.equal, result.cells.length)),
        h(
          'button',
          {
            type: 'button',
            class: 'button',
            click: () => save(comparisonCsv(result, (path) => this.#names.get(path)?.column), 'csv', `${result.b.issuer ?? 'gongkai'} ${a.year}-${b.year}`),
          },
          t('csv_comparison'),
        ),
      ),
      h(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('compare') },
        h(
          'table',
          { class: 'plain' },
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              [t('row'), String(a.year), String(b.year), t('change')].map((head, at) => h('th', { scope: 'col', class: at ? 'numeric' : '' }, head)),
            ),
          ),
          h('tbody', {}, rows),
        ),
      ),
      h('h3', {}, t('prose_changes')),
      ...prose.map(({ heading, kind, similarity, changes, a: first, b: second }) =>
        h(
          'details',
          { class: 'prose' },
          h(
            'summary',
            {},
            heading ?? partName(kind),
            ' ',
            h('span', { class: 'quiet' }, !second ? t('only_first') : !first ? t('only_second') : t('alike', similarity)),
          ),
          changes.map(({ a: before, b: now }) => h('div', { class: 'change' }, before && h('del', {}, before.text), now && h('ins', {}, now.text))),
        ),
      ),
    ];
  }
}

function partName(kind: string | null): string {
  const name = `part_${kind}`;
  return has(name) ? t(name) : '—';
}
