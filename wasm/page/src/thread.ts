// What runs beside the page: reads the files and keeps what was read, so that only what is looked at goes to the page.
import type { Comparison, FormSummary, Hint, Indicator, Message, Reading, Report, Series, TitledSheet } from 'gongkai';
import { loaded } from 'gongkai/load';
import { serve } from 'gongkai/rpc';
import { figuresCsv } from './csv.ts';
import { openCells } from './marks.ts';
import { modules } from './modules.ts';

/** What the page shows of a report in a table of many. */
export interface Summary {
  title: string | null;
  issuer: string | null;
  year: number | null;
  edition: string | null;
  tables: number;
  figures: number;
  uncertain: number;
  severities: Record<'error' | 'warning' | 'note', number>;
  verdicts: Record<'held' | 'broken' | 'open', number>;
  /** Exact and approximate values by the indicator's name. */
  values: Record<string, number>;
}

/** All of one report. */
export interface View extends Reading {
  sheets: TitledSheet[];
  /** What the checks look for, by code. */
  sought: Record<string, Message>;
}

export type Written = 'docx' | 'html' | 'markdown' | 'json' | 'csv';

interface Kept extends Reading {
  name: string;
}

const ready = loaded(modules);
// The first reading takes longest, so one is done before a file comes. What fails here, each call says.
ready.then((gongkai) => gongkai.parse('一、总体情况')).catch(() => {});
const kept = new Map<number, Kept>();

const one = (id: number): Kept => {
  const found = kept.get(id);
  if (!found) throw new TypeError(`no report ${id}`);
  return found;
};

function summary(report: Report, indicators: Indicator[]): Summary {
  const severities = { error: 0, warning: 0, note: 0 };
  for (const finding of report.findings) severities[finding.severity] += 1;
  const verdicts = { held: 0, broken: 0, open: 0 };
  for (const { verdict } of report.checks) verdicts[verdict === 'broken' ? 'broken' : verdict === 'not_evaluable' ? 'open' : 'held'] += 1;
  const { title, issuer, year, edition } = report;
  const values = Object.fromEntries(indicators.filter(({ value }) => value !== null).map(({ indicator, value }) => [indicator, Number(value)]));
  return {
    title,
    issuer,
    year,
    edition,
    tables: report.tables.length,
    figures: report.figures.length,
    uncertain: openCells(report),
    severities,
    verdicts,
    values,
  };
}

const functions = {
  async open(id: number, name: string, bytes: ArrayBuffer, corrections: Record<string, string>, hints: Hint[]): Promise<Summary> {
    const gongkai = await ready;
    const reading = await gongkai.read(bytes, { corrections, hints });
    kept.set(id, { name, ...reading });
    return summary(reading.report, gongkai.indicators(reading.report));
  },

  async view(id: number): Promise<View> {
    const gongkai = await ready;
    const { text, report } = one(id);
    const codes = [...new Set(report.checks.map(({ code }) => code))];
    const sought = Object.fromEntries(codes.flatMap((code) => (gongkai.explain(code) ? [[code, gongkai.explain(code)!.title]] : [])));
    return { text, report, sheets: gongkai.sheets(report), sought };
  },

  missing: (ids: number[]): number[] => ids.filter((id) => !kept.has(id)),

  close: (ids: number[]): void => ids.forEach((id) => kept.delete(id)),

  async series(ids: number[], oneAgency: boolean): Promise<Series[]> {
    return (await ready).series(ids.map(one), { oneAgency });
  },

  /** What the years beside tell of each report. */
  async hints(ids: number[]): Promise<Hint[][]> {
    return (await ready).hints(ids.map(one));
  },

  async compare(a: number, b: number): Promise<Comparison> {
    return (await ready).compare(one(a), one(b));
  },

  forms: async (): Promise<FormSummary[]> => (await ready).forms(),

  /** A form of an edition to be filled in, for Word. */
  async blank(edition: string): Promise<Uint8Array<ArrayBuffer>> {
    const gongkai = await ready;
    const report = gongkai.blank(edition);
    if (!report) throw new TypeError(`no edition ${edition}`);
    return gongkai.toDocx(report);
  },

  async write(ids: number[], as: Written): Promise<string | Uint8Array<ArrayBuffer>> {
    const gongkai = await ready;
    if (as === 'csv') return figuresCsv(ids.map(one));
    const [report] = ids.map((id) => one(id).report);
    if (!report) throw new TypeError('no report');
    if (as === 'json') return JSON.stringify(report, null, 2);
    return { docx: gongkai.toDocx, html: gongkai.toHtml, markdown: gongkai.toMarkdown }[as](report);
  },
};

export type Functions = typeof functions;

serve(functions);
