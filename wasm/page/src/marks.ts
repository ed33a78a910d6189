// What is known of the cells of a report.
import type { Check, Figure, Finding, Hint, Report } from 'gongkai';

/** How a cell is marked; a cell may have several marks. */
export type Mark = 'blank' | 'recovered' | 'beside' | 'ambiguous' | 'broken' | 'flagged' | 'corrected';

/** The sign of each mark: they differ in shape, not in colour alone. */
export const SIGNS: Record<Mark, string> = { blank: '▫', recovered: '∴', beside: '⇄', ambiguous: '?', broken: '≠', flagged: '!', corrected: '✎' };

export class Marks {
  readonly #figures: Map<string, Figure>;
  readonly #broken: Set<string>;
  readonly #beside: Set<string>;
  readonly #checks = new Map<string, Check[]>();

  /** `hints` are those the report was read with. */
  constructor(report: Report, hints: Hint[]) {
    this.#figures = new Map(report.figures.map((figure) => [figure.path, figure]));
    const broken = new Set(report.checks.filter(({ verdict }) => verdict === 'broken').map(({ code }) => code));
    // What a rule of severity `note` says is odd, not wrong.
    this.#broken = new Set(report.findings.filter(({ code, severity }) => severity !== 'note' && broken.has(code)).flatMap(({ paths }) => paths));
    this.#beside = new Set(report.findings.filter((finding) => isTold(finding, hints)).flatMap(({ paths }) => paths));
    for (const check of report.checks) {
      for (const { path } of check.operands) this.#checks.set(path, [...(this.#checks.get(path) ?? []), check]);
    }
  }

  figure(path: string): Figure | undefined {
    return this.#figures.get(path);
  }

  /** The checks that speak of a cell, each once. */
  checks(path: string): Check[] {
    return [...new Set(this.#checks.get(path))];
  }

  of(path: string): Mark[] {
    const figure = this.#figures.get(path);
    if (!figure) return [];
    const marks: Mark[] = [];
    if (this.#broken.has(path)) marks.push('broken');
    if (figure.status === 'corrected') marks.push('corrected');
    if (figure.status === 'ambiguous') marks.push('ambiguous');
    if (figure.status === 'aligned' || figure.status === 'solved') marks.push(this.#beside.has(path) ? 'beside' : 'recovered');
    if (figure.missing === 'blank') marks.push('blank');
    if (!marks.includes('broken') && figure.flags.length && marks.length === 0) marks.push('flagged');
    return marks;
  }
}

/** Whether a finding is about cells that a year beside the report decided. */
export const isTold = ({ code, message }: Finding, hints: Hint[]): boolean =>
  code === 'GK111' && hints.some(({ reason }) => message.zh.includes(reason.zh));

/** Cells with more than one reading. */
export const openCells = (report: Report): number => report.figures.filter(({ status }) => status === 'ambiguous').length;
