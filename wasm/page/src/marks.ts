// What is known of the cells of a report.
import type { Check, Figure, Report } from 'gongkai';

/** How a cell is marked; a cell may have several marks. */
export type Mark = 'blank' | 'recovered' | 'ambiguous' | 'broken' | 'flagged' | 'corrected';

/** The sign of each mark: they differ in shape, not in colour alone. */
export const SIGNS: Record<Mark, string> = { blank: '▫', recovered: '∴', ambiguous: '?', broken: '≠', flagged: '!', corrected: '✎' };

export class Marks {
  readonly #figures: Map<string, Figure>;
  readonly #broken: Set<string>;
  readonly #checks = new Map<string, Check[]>();

  constructor(report: Report) {
    this.#figures = new Map(report.figures.map((figure) => [figure.path, figure]));
    const broken = new Set(report.checks.filter(({ verdict }) => verdict === 'broken').map(({ code }) => code));
    // What a rule of severity `note` says is odd, not wrong.
    this.#broken = new Set(report.findings.filter(({ code, severity }) => severity !== 'note' && broken.has(code)).flatMap(({ paths }) => paths));
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
    if (figure.status === 'aligned' || figure.status === 'solved') marks.push('recovered');
    if (figure.missing === 'blank') marks.push('blank');
    if (!marks.includes('broken') && figure.flags.length && marks.length === 0) marks.push('flagged');
    return marks;
  }
}

/** Cells with more than one reading. */
export const openCells = (report: Report): number => report.figures.filter(({ status }) => status === 'ambiguous').length;
