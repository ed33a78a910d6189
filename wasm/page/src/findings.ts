// What was found, by what it is and whose fault it is.
import type { Finding, Hint, Repair, Report, Value } from 'gongkai';
import { arithmetic, isSum } from './arithmetic.ts';
import { h } from './dom.ts';
import { isTold } from './marks.ts';
import { type CellName, named } from './names.ts';
import type { Entry, YearCheck } from './store.ts';
import { has, say, t } from './words.ts';

export interface FindingEvents {
  /** Shows where a finding is. */
  shown(finding: Finding): void;
  /** Shows a cell, of another report perhaps. */
  jumped(path: string, entry?: Entry): void;
  /** Shows the report as it would be with other texts in cells, by path; nothing ends the preview. */
  previewed(changes: Changes | undefined): void;
  applied(changes: Changes): void;
}

/** What other years tell of the report, and the rules by which they do. */
export interface Beside {
  hints: Hint[];
  checks: YearCheck[];
}

export type Changes = Record<string, string>;

/** Readings of a row that are offered, of those that are left. */
const READINGS = 6;

export const SEVERITIES = ['error', 'warning', 'note'] as const;
export const SEVERITY_SIGNS = { error: '✕', warning: '▲', note: 'i' } as const;

export const severityWord = (severity: (typeof SEVERITIES)[number], count: number): string => t(count === 1 ? severity : `${severity}s`);

const kindOf = (code: string): string => code.charAt(2);

export class Findings {
  readonly element = h('div', { class: 'findings' });
  readonly #events: FindingEvents;
  readonly #hidden = new Set<string>();
  #cause = '';
  #kind = '';
  #open = new Set<string>();
  #report: Report | undefined;
  #text = '';
  #names = new Map<string, CellName>();
  #beside: Beside = { hints: [], checks: [] };

  constructor(events: FindingEvents) {
    this.#events = events;
  }

  draw(report: Report, text: string, names: Map<string, CellName>, beside: Beside): void {
    [this.#report, this.#text, this.#names, this.#beside] = [report, text, names, beside];
    this.#redraw();
  }

  /** Points out the findings that are about a cell. */
  point(path: string): void {
    for (const item of this.element.querySelectorAll<HTMLElement>('.finding'))
      item.classList.toggle('about', (item.dataset['paths'] ?? '').split(' ').includes(path));
  }

  #redraw(): void {
    const report = this.#report;
    if (!report) return;
    const all = report.findings;
    const left = all.filter(
      (finding) =>
        !this.#hidden.has(finding.severity) &&
        (!this.#cause || finding.cause === this.#cause) &&
        (!this.#kind || kindOf(finding.code) === this.#kind),
    );
    this.element.replaceChildren(
      h('div', { class: 'filters', role: 'group', 'aria-label': t('filter') }, this.#filters(all)),
      left.length
        ? h(
            'ol',
            { class: 'finding-list' },
            [...left].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)).map((finding) => this.#item(finding, report)),
          )
        : h('p', { class: 'quiet' }, all.length ? t('nothing_left') : t('nothing_found')),
    );
  }

  #filters(all: Finding[]): HTMLElement[] {
    const chips = SEVERITIES.map((severity) => {
      const count = all.filter((finding) => finding.severity === severity).length;
      return h(
        'button',
        {
          type: 'button',
          class: `chip ${severity}`,
          'aria-pressed': String(!this.#hidden.has(severity)),
          disabled: count === 0,
          click: () => this.#toggle(severity),
        },
        h('span', { class: 'sign', 'aria-hidden': 'true' }, SEVERITY_SIGNS[severity]),
        ` ${count} ${severityWord(severity, count)}`,
      );
    });
    const choice = (label: string, values: [string, string][], value: string, set: (value: string) => void): HTMLElement => {
      const select = h(
        'select',
        { 'aria-label': label, change: () => (set(select.value), this.#redraw()) },
        values.map(([value, words]) => h('option', { value }, words)),
      );
      select.value = value;
      return select;
    };
    const word = (prefix: 'cause' | 'kind', value: string): string => {
      const name = `${prefix}_${value}`;
      return has(name) ? t(name) : value;
    };
    const causes = [...new Set(all.map(({ cause }) => cause))].map((cause): [string, string] => [cause, word('cause', cause)]);
    const kinds = [...new Set(all.map(({ code }) => kindOf(code)))].sort().map((kind): [string, string] => [kind, word('kind', kind)]);
    return [
      ...chips,
      choice(t('cause'), [['', t('every_cause')], ...causes], this.#cause, (value) => (this.#cause = value)),
      choice(t('kind'), [['', t('every_kind')], ...kinds], this.#kind, (value) => (this.#kind = value)),
    ];
  }

  #toggle(severity: string): void {
    if (!this.#hidden.delete(severity)) this.#hidden.add(severity);
    this.#redraw();
  }

  #item(finding: Finding, report: Report): HTMLElement {
    const { code, severity, cause, message, fingerprint, paths, span } = finding;
    const body = h('div', { class: 'finding-body', id: `finding-${fingerprint}` });
    const isOpen = this.#open.has(fingerprint);
    body.hidden = !isOpen;
    if (isOpen) this.#fill(body, finding, report);
    const button = h(
      'button',
      { type: 'button', class: 'finding-head', 'aria-expanded': String(isOpen), 'aria-controls': body.id },
      h(
        'span',
        { class: `severity ${severity}` },
        h('span', { class: 'sign', 'aria-hidden': 'true' }, SEVERITY_SIGNS[severity]),
        h('span', { class: 'spoken' }, t(severity)),
      ),
      h('span', { class: 'message' }, say(message)),
      h('span', { class: 'where' }, code, ' · ', t(`cause_${cause}`), placeOf(finding, this.#text) && ` · ${placeOf(finding, this.#text)}`),
    );
    button.addEventListener('click', () => {
      body.hidden = !body.hidden;
      button.setAttribute('aria-expanded', String(!body.hidden));
      if (body.hidden) this.#open.delete(fingerprint);
      else {
        this.#open.add(fingerprint);
        this.#fill(body, finding, report);
      }
      if (span || paths.length) this.#events.shown(finding);
    });
    return h('li', { class: 'finding', 'data-code': code, 'data-paths': paths.join(' ') }, button, body);
  }

  #fill(body: HTMLElement, finding: Finding, report: Report): void {
    const { basis, help, paths, related = [], repairs = [], alternatives = [] } = finding;
    const open = new Set(report.figures.filter(({ status }) => status === 'ambiguous').map(({ path }) => path));
    const checks = report.checks.filter(
      (check) =>
        check.code === finding.code && check.verdict === 'broken' && isSum(check) && check.operands.some(({ path }) => finding.paths.includes(path)),
    );
    const own = checks.filter(({ operands }) => operands.every(({ path }) => finding.paths.includes(path)));
    body.replaceChildren(
      ...(own.length ? own : checks).slice(0, 3).map((check) => arithmetic(check, this.#names, ({ path }) => this.#events.jumped(path))),
      ...this.#told(finding),
      h('dl', {}, [
        ...pair(t('help'), say(help)),
        ...(basis ? pair(t('basis'), basis) : []),
        ...related.flatMap(({ message, span }) => [
          h('dt', {}, say(message)),
          h('dd', {}, h('button', { type: 'button', class: 'link', click: () => this.#events.shown({ ...finding, span, paths: [] }) }, t('jump'))),
        ]),
      ]),
      ...(repairs.length ? [h('p', { class: 'quiet' }, t('repair'), ' — ', t('offered'))] : []),
      ...repairs.map((repair) => this.#repair(repair)),
      ...(alternatives.length && open.size ? [h('p', { class: 'quiet' }, t('candidates'), ' — ', t('offered'))] : []),
      ...(open.size ? alternatives.slice(0, READINGS).map((values) => this.#reading(paths, values, open)) : []),
    );
  }

  /** The figures of the year beside that decided cells; a click leads to them. */
  #told(finding: Finding): HTMLElement[] {
    const { hints, checks } = this.#beside;
    if (!isTold(finding, hints)) return [];
    const about = checks.filter(({ check }) => check.verdict === 'holds' && check.operands.some(({ path }) => finding.paths.includes(path)));
    return about.map(({ check, entryOf }) => {
      const jump = (term: { path: string; report?: number }): void => {
        this.#events.jumped(term.path, term.report === undefined ? undefined : entryOf(term.report));
      };
      return arithmetic(check, this.#names, jump, (term) => String((term as { year?: number }).year ?? ''));
    });
  }

  #repair({ changes, closes, of }: Repair): HTMLElement {
    const lines = changes.map(({ path, from, to }) =>
      h('li', {}, `${named(this.#names, path)}: `, h('del', {}, String(from ?? '—')), ' → ', h('ins', {}, String(to ?? '—'))),
    );
    const texts = Object.fromEntries(changes.map(({ path, to }) => [path, String(to ?? '')]));
    return this.#offer(texts, h('ul', {}, lines), h('p', { class: 'quiet' }, t('closes', closes, of)));
  }

  /** One of the readings of a row; only its open cells would change. */
  #reading(paths: string[], values: (Value | null)[], open: Set<string>): HTMLElement {
    const cells = paths.map((path, at) => ({ path, text: String(values[at] ?? '') }));
    const texts = Object.fromEntries(cells.filter(({ path }) => open.has(path)).map(({ path, text }) => [path, text]));
    const shown = cells.map(({ path, text }) =>
      h(open.has(path) ? 'b' : 'span', { title: named(this.#names, path), class: text ? '' : 'quiet' }, text || t('mark_blank')),
    );
    return this.#offer(texts, h('p', { class: 'reading' }, shown));
  }

  /** Changes that are looked at before they are made. */
  #offer(changes: Changes, ...words: HTMLElement[]): HTMLElement {
    const preview = h('button', { type: 'button', class: 'button', 'aria-pressed': 'false' }, t('preview'));
    preview.addEventListener('click', () => {
      const on = preview.getAttribute('aria-pressed') === 'false';
      for (const other of this.element.querySelectorAll('.offer [aria-pressed]')) {
        const pressed = on && other === preview;
        other.setAttribute('aria-pressed', String(pressed));
        other.textContent = t(pressed ? 'preview_end' : 'preview');
      }
      this.#events.previewed(on ? changes : undefined);
    });
    return h(
      'div',
      { class: 'offer' },
      words,
      preview,
      h('button', { type: 'button', class: 'button primary', click: () => this.#events.applied(changes) }, t('apply')),
    );
  }
}

const pair = (name: string, words: string): HTMLElement[] => [h('dt', {}, name), h('dd', {}, words)];

/** Where a finding is: the page of a PDF, else the line of the text. */
export function placeOf({ location, span }: Finding, text: string): string {
  if (location?.page) return t('page', location.page);
  return span ? t('offset', text.slice(0, span[0]).split('\n').length) : '';
}
