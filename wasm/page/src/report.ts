// One report: the document as read beside the official form rebuilt from it, with what was found.
import type { Finding } from 'gongkai';
import { Cell } from './cell.ts';
import { outcomeBar } from './charts.ts';
import { h, put } from './dom.ts';
import { exportMenu } from './exporting.ts';
import { type Changes, Findings, SEVERITIES, SEVERITY_SIGNS, severityWord } from './findings.ts';
import { factTable } from './facts.ts';
import { Form } from './form.ts';
import { Marks, SIGNS, type Mark } from './marks.ts';
import { type CellName, namesOf } from './names.ts';
import { checkReport } from './print.ts';
import { Source } from './source.ts';
import { decide, type Entry, open, preview, view, type YearCheck, yearChecks } from './store.ts';
import type { Summary, View } from './thread.ts';
import { t } from './words.ts';

export interface ReportEvents {
  /** Shows a cell of another report. */
  opened(entry: Entry, path: string): void;
  failed(error: unknown): void;
}

export class ReportView {
  readonly element = h('article', { class: 'report' });
  readonly #entry: Entry;
  readonly #all: Entry[];
  readonly #events: ReportEvents;
  readonly #source = new Source((path) => this.#jump(path, true));
  readonly #form = new Form({ chosen: (path) => this.#choose(path), corrected: (path, text) => void this.#correct({ [path]: text }) });
  readonly #findings = new Findings({
    shown: (finding) => this.#showFinding(finding),
    jumped: (path, entry) => (!entry || entry === this.#entry ? this.#jump(path, true) : this.#events.opened(entry, path)),
    previewed: (changes) => void this.#preview(changes),
    applied: (changes) => void this.#correct(changes),
  });
  readonly #cell = new Cell({
    edited: (path) => this.#form.edit(path),
    corrected: (path, text) => void this.#correct({ [path]: text }),
    jumped: (path) => this.#choose(path, true),
  });
  readonly #head = h('header', { class: 'report-head' });
  readonly #banner = h('p', { class: 'preview-banner', role: 'status' });
  #seen!: View;
  #marks!: Marks;
  #names!: Map<string, CellName>;
  #beside: YearCheck[] = [];
  #path: string | undefined;

  /** `all` are the reports that are open, other years among them. */
  constructor(entry: Entry, all: Entry[], events: ReportEvents) {
    [this.#entry, this.#all, this.#events] = [entry, all, events];
  }

  /** Fetches what was read from the worker and draws it. */
  async load(): Promise<void> {
    await this.#fetch();
    const tab = (pane: string, label: string): HTMLElement =>
      h(
        'button',
        { type: 'button', class: 'pane-tab', 'data-pane': pane, 'aria-pressed': String(pane === 'findings'), click: () => this.#turnTo(pane) },
        label,
      );
    put(
      this.element,
      this.#head,
      h(
        'div',
        { class: 'pane-tabs', role: 'group', 'aria-label': t('views') },
        tab('findings', t('findings')),
        tab('form', t('form')),
        tab('source', t('source')),
      ),
      h(
        'div',
        { class: 'panes', 'data-pane': 'findings' },
        h(
          'section',
          { class: 'pane findings-pane', 'aria-labelledby': 'findings-title' },
          h('h2', { id: 'findings-title' }, t('findings')),
          this.#findings.element,
        ),
        h(
          'section',
          { class: 'pane source-pane', 'aria-labelledby': 'source-title' },
          h('h2', { id: 'source-title' }, t('source')),
          this.#source.element,
        ),
        h(
          'section',
          { class: 'pane form-pane', 'aria-labelledby': 'form-title' },
          h('h2', { id: 'form-title' }, t('form'), legend()),
          this.#banner,
          this.#form.element,
          this.#cell.element,
        ),
      ),
    );
    this.#draw();
  }

  /** To be called once it stands in the page; a cell may be chosen at once. */
  begin(path?: string): void {
    if (path) return this.#jump(path);
    this.#source.begin();
    requestAnimationFrame(() => this.#path ?? this.#source.begin()); // once what is in view has been laid out
  }

  /** What is printed on paper. */
  printed(): HTMLElement {
    return checkReport(this.#entry, this.#seen, this.#names);
  }

  async #fetch(): Promise<void> {
    this.#seen = await view(this.#entry);
    this.#marks = new Marks(this.#seen.report, this.#entry.hints);
    this.#names = namesOf(this.#seen.sheets);
    this.#beside = this.#entry.hints.length ? await yearChecks(this.#entry, this.#all) : [];
  }

  #draw(changed?: Set<string>): void {
    const { report, text, sheets } = this.#seen;
    this.#banner.hidden = true;
    this.#source.draw(text, report, this.#marks);
    this.#form.draw(sheets, this.#marks, this.#names, changed);
    if (!sheets.length) this.#form.element.append(factTable(report, (span) => this.#source.point(span)));
    this.#findings.draw(report, text, this.#names, { hints: this.#entry.hints, checks: this.#beside });
    this.#cell.draw(this.#path, this.#marks, this.#names);
    if (this.#path) this.#source.show(this.#path);
    this.#drawHead();
  }

  #drawHead(): void {
    const { summary } = this.#entry;
    if (!summary) return;
    const { title, issuer, year, edition } = summary;
    const facts = [
      issuer,
      year && String(year),
      edition ? t('edition', edition) : summary.tables ? t('no_edition') : t('no_report'),
      this.#entry.name,
    ].filter(Boolean);
    const count = Object.keys(this.#entry.corrections).length;
    put(
      this.#head,
      h(
        'div',
        { class: 'report-title' },
        h('h1', { tabindex: '-1' }, title ?? this.#entry.name),
        h('p', { class: 'quiet' }, facts.join(' · ')),
        tallies(summary),
      ),
      outcomeBar(summary.values),
      h(
        'div',
        { class: 'actions' },
        count > 0 && h('span', { class: 'tag corrected' }, `${SIGNS.corrected} ${t('corrected_count', count)}`),
        this.#entry.past.length > 0 && h('button', { type: 'button', class: 'button', click: () => void this.#undo() }, t('undo')),
        exportMenu(this.#entry, this.#events.failed),
        h('button', { type: 'button', class: 'button', click: () => window.print() }, t('print')),
      ),
    );
  }

  /** Turns to a pane, where there is room for one only. */
  #turnTo(pane: string): void {
    this.element.querySelector<HTMLElement>('.panes')!.dataset['pane'] = pane;
    for (const tab of this.element.querySelectorAll<HTMLElement>('.pane-tab')) tab.setAttribute('aria-pressed', String(tab.dataset['pane'] === pane));
    if (!this.#path) return;
    this.#form.show(this.#path);
    this.#source.show(this.#path);
  }

  /** Goes to a cell of the form. */
  #jump(path: string, focus = false): void {
    this.#turnTo('form');
    this.#choose(path, focus);
  }

  /** Shows a cell in the form and in the source, and what is known of it. */
  #choose(path: string, focus = false): void {
    this.#path = path;
    this.#form.point([]);
    this.#form.show(path, focus);
    this.#source.show(path);
    this.#findings.point(path);
    this.#cell.draw(path, this.#marks, this.#names);
  }

  #showFinding({ paths, span }: Finding): void {
    const [first] = paths;
    if (first) this.#choose(first);
    this.#form.point(paths);
    if (span) this.#source.point(span);
  }

  async #preview(changes: Changes | undefined): Promise<void> {
    try {
      if (!changes) {
        this.#form.draw(this.#seen.sheets, this.#marks, this.#names);
        this.#banner.hidden = true;
        return;
      }
      const seen = await preview(this.#entry, { ...this.#entry.corrections, ...changes });
      this.#form.draw(seen.sheets, new Marks(seen.report, this.#entry.hints), this.#names, new Set(Object.keys(changes)));
      this.#form.show(Object.keys(changes)[0]!);
      const { errors, warnings } = severitiesOf(seen.report.findings);
      this.#banner.textContent = t('previewing', `${errors} ${severityWord('error', errors)}, ${warnings} ${severityWord('warning', warnings)}`);
      this.#banner.hidden = false;
    } catch (error) {
      this.#events.failed(error);
    }
  }

  async #correct(changes: Record<string, string | undefined>): Promise<void> {
    const next = { ...this.#entry.corrections };
    for (const [path, text] of Object.entries(changes)) {
      const figure = this.#marks.figure(path);
      const asPrinted = figure?.status !== 'ambiguous' && figure?.span && figure.raw.trim() === text;
      if (text === undefined || asPrinted) delete next[path];
      else next[path] = text;
    }
    this.#entry.past.push(this.#entry.corrections);
    await this.#readAgain(next, new Set(Object.keys(changes)));
  }

  #refocus(path: string | undefined): void {
    if (path && this.#marks.figure(path)) this.#form.show(path, true);
    else this.#head.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  async #undo(): Promise<void> {
    const before = this.#entry.past.pop();
    if (before) await this.#readAgain(before);
  }

  async #readAgain(corrections: Record<string, string>, changed?: Set<string>): Promise<void> {
    try {
      this.#entry.summary = await open(this.#entry, corrections);
      this.#entry.corrections = corrections;
      await decide(this.#all);
      await this.#fetch();
      this.#draw(changed);
      // The button that was pressed may be gone; the keys go on where the change is.
      if (document.activeElement === document.body) this.#refocus([...(changed ?? [])][0] ?? this.#path);
    } catch (error) {
      this.#events.failed(error);
    }
  }
}

function severitiesOf(findings: Finding[]): { errors: number; warnings: number } {
  const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

/** How many findings and checks there are. */
function tallies({ severities, verdicts }: Summary): HTMLElement {
  const one = (number: number, words: string, kind: string, sign: string): HTMLElement =>
    h(
      'li',
      { class: `tally ${number ? kind : 'none'}` },
      h('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      h('b', {}, String(number)),
      ` ${words}`,
    );
  return h(
    'ul',
    { class: 'tallies' },
    SEVERITIES.map((severity) => one(severities[severity], severityWord(severity, severities[severity]), severity, SEVERITY_SIGNS[severity])),
    one(verdicts.held, t('checks_held'), 'held', '✓'),
    one(verdicts.broken, t('checks_broken'), severities.error + severities.warning > 0 ? 'broken' : 'open', '≠'),
    one(verdicts.open, t('checks_open'), 'open', '?'),
  );
}

function legend(): HTMLElement {
  const marks: Mark[] = ['broken', 'ambiguous', 'recovered', 'beside', 'blank', 'flagged', 'corrected'];
  return h(
    'ul',
    { class: 'legend', 'aria-label': t('legend') },
    marks.map((mark) => h('li', {}, h('span', { class: `swatch-cell ${mark}`, 'aria-hidden': 'true' }, SIGNS[mark]), t(`mark_${mark}`))),
  );
}
