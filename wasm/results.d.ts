// What is made of reports.
import type { Code, Figure, Finding, Message, Passage, Span, Value, Check } from './index.d.ts';

/** A measure with one name in every edition, as one report gives it. */
export interface Indicator {
  /** `requests_received` */
  indicator: string;
  /** The number; `null` if the report gives none. */
  value: Value | null;
  /** Its unit. */
  unit: string | null;
  /** Whether the number is what the name says, or only about the same. */
  quality: 'exact' | 'approximate' | 'absent';
  /** Why it is only about the same, or why there is none. */
  why: Message | null;
  /** Where it comes from. */
  origin: 'table' | 'prose' | null;
  /** The figures it is, or is the sum of. */
  paths: string[];
  /** The fact it is, an index into the report's `facts`. */
  fact: number | null;
  /** What is printed; of a sum the parts. */
  raw: string;
  /** The place of `raw`, if it is one. */
  span: Span | null;
  /** Codes of the findings that concern its figures. */
  flags: string[];
}

/** The reports of one agency in the order of their years, and what must hold between them. */
export interface Series {
  /** Version of this format. */
  schema: 'gongkai-series/1';
  /** The agency as its last report names it. */
  agency: string | null;
  /** How it is known that the reports are of one agency: all name it alike, the caller says so, or it is one report that names none. */
  identity: 'named' | 'told' | 'unknown';
  /** Other agencies among the reports whose names differ little: perhaps the same one, never joined unasked. */
  similar: string[];
  /** The reports by year; those without a year stand last. */
  reports: SeriesReport[];
  /** Years between the first and the last that have no report. */
  missing: number[];
  /** Each two years that follow one another and both have a report. */
  steps: Step[];
  /** Every rule across years that was evaluated. */
  checks: SeriesCheck[];
  /** What is wrong or odd between the years. */
  findings: SeriesFinding[];
}

/** A report of a series. */
export interface SeriesReport {
  /** Its number among the reports given, from 0. */
  report: number;
  /** What the caller calls it. */
  name: string;
  /** The agency as it names it. */
  agency: string | null;
  /** Its year. */
  year: number | null;
  /** The edition of its tables. */
  edition: string | null;
  /** Whether it stands for its year; another report of the year does (a copy has its figures, a revision other ones); its year is not known. */
  standing: 'used' | 'copy' | 'revision' | 'undated';
}

/** From one year to the next. */
export interface Step {
  years: [before: number, after: number];
  /** The editions of their tables. */
  editions: [before: string | null, after: string | null];
  /** Figures that both forms have. */
  comparable: number;
  /** Paths that only the form of the first year has. */
  only_before: string[];
  /** Paths that only the form of the second year has. */
  only_after: string[];
  /** Codes of the rules of the second year's form that the first year's cannot answer. */
  not_comparable: string[];
}

/** A rule across years, evaluated. */
export interface SeriesCheck extends Omit<Check, 'operands'> {
  years: [before: number, after: number];
  operands: SeriesOperand[];
}

/** A figure of one of the years. */
export interface SeriesOperand {
  /** The year of the report. */
  year: number;
  /** The report, as {@link SeriesReport.report}. */
  report: number;
  /** The figure's path, or `sentences`. */
  path: string;
  /** Its value. */
  value: Value | null;
  /** Its place in that report. */
  span: Span | null;
}

/** A finding about two or more years; its places are in `report`, the later one. */
export interface SeriesFinding extends Finding {
  report: number;
  years: number[];
  /** The figures of all years. */
  operands: SeriesOperand[];
}

/** What differs between two reports. */
export interface Comparison {
  /** Version of this format. */
  schema: 'gongkai-comparison/1';
  a: Side;
  b: Side;
  /** Whether both name the same agency; `null` if one names none. */
  same_agency: boolean | null;
  /** Figures that are equal in both. */
  equal: number;
  /** The others, in the order of the form. */
  cells: CellChange[];
  /** The parts of both, in the order of the first. */
  sections: SectionChange[];
}

/** One of two reports. */
export interface Side {
  title: string | null;
  issuer: string | null;
  year: number | null;
  edition: string | null;
}

/** Both have it and it is another; it cannot be told; only the first has it; only the second has it. */
export type ChangeKind = 'changed' | 'uncertain' | 'removed' | 'added';

/** A figure that is not the same in both reports. */
export interface CellChange {
  path: string;
  /** The label of its row. */
  label: string;
  kind: ChangeKind;
  a: CellValue | null;
  b: CellValue | null;
  /** The second value less the first, if both are numbers. */
  change: Value | null;
}

/** A figure of one of two reports. */
export type CellValue = Pick<Figure, 'value' | 'missing' | 'raw' | 'status' | 'span'>;

/** A part of the reports. */
export interface SectionChange {
  /** Its heading, the second report's where it has one. */
  heading: string | null;
  /** What it is about. */
  kind: string | null;
  /** Its place in the first report. */
  a: Span | null;
  /** Its place in the second. */
  b: Span | null;
  /** How much of the words, tables left out, both share, in percent. */
  similarity: number;
  /** Sentences that both have. */
  equal: number;
  /** The sentences that differ. */
  changes: { kind: ChangeKind; a: Passage | null; b: Passage | null }[];
}

/** A table of a report, under the heading of its section as the edition numbers it. */
export interface TitledSheet {
  heading: string;
  sheet: Sheet;
}

/** A table as its form prints it. */
export interface Sheet {
  /** `requests` */
  table: string;
  /** Columns of the grid. */
  width: number;
  /** Rows of the head. */
  head: number;
  /** The cells that begin in each row, from left to right. */
  rows: SheetCell[][];
}

/** A cell of a {@link Sheet}. */
export interface SheetCell {
  /** What stands in it. */
  text: string;
  /** The name of a row or group; of several columns; of one column; a unit; a figure. */
  kind: 'label' | 'banner' | 'header' | 'unit' | 'figure';
  /** The path of the figure it holds. */
  path?: string;
  /** Its first column. */
  column: number;
  /** Columns it spans. */
  width: number;
  /** Rows it spans. */
  height: number;
}

/** A kind of finding. */
export interface Kind {
  code: Code;
  /** `ragged-row` */
  name: string;
  /** How much it matters, unless the case says otherwise. */
  severity: Finding['severity'];
  /** What it is about. */
  title: Message;
  /** What can be done. */
  help: Message;
  /** The clause, notice or form it rests on. */
  basis: Message;
  /** Why its severity is what it is. */
  why: Message;
  /** A piece of a report that triggers it. */
  example: string;
}

/** An edition of the form. */
export interface FormSummary {
  /** `2021` */
  id: string;
  /** Its printed title. */
  title: string;
  /** The edition it adds local rows to. */
  extends: string | null;
  /** The first and the last year of reports it is for. */
  years: [first: number | null, last: number | null];
  /** The notices that made it. */
  notices: string[];
  /** The paths of its figures, in order. */
  paths: string[];
}
