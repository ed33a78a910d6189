import type { Comparison, FormSummary, Indicator, Kind, Series, TitledSheet } from './results.d.ts';

/**
 * Loads the module; call it once before anything else. In Node it is loaded already and this does nothing.
 *
 * `gongkai` reads text, web pages and docx in a browser; `gongkai/full` also PDF and spreadsheets, as both do in Node.
 *
 * @param source where gongkai_bg.wasm is, if it does not lie beside the script: its address, a response or its bytes
 */
export default function init(source?: string | URL | Request | Response | BufferSource | WebAssembly.Module): Promise<void>;

/** The report on a text, which may be any string. Spans count UTF-16 units, so `text.slice(...span)` is the piece. */
export function parse(text: string, options?: Options): Report;

/** The report as compact JSON, byte for byte what Rust and Python write for the same offsets. */
export function parseJson(text: string, options?: Options): string;

/**
 * The report on the bytes of a file, known by its content: a web page, docx, PDF, a spreadsheet, or text in any encoding. Spans count in `text`.
 * Throws a {@link ReadError} for a file that cannot be read.
 */
export function read(bytes: Uint8Array | ArrayBuffer, options?: ReadOptions): Reading;

/** As {@link read}, with the report as compact JSON. */
export function readJson(bytes: Uint8Array | ArrayBuffer, options?: ReadOptions): { text: string; json: string };

/** Every indicator of a report, a measure with one name in every edition: from its tables, else from its prose, else absent and why. */
export function indicators(report: Report): Indicator[];

/** The reports grouped by agency, each with the checks between its years. `oneAgency`: all are of one agency, whatever they call it. */
export function series(members: (Reading & { name?: string })[], options?: { oneAgency?: boolean }): Series[];

/**
 * What the reports of the years before and after tell of the figures of each report: for {@link Options.hints}, with which a report whose rows have
 * more than one reading may be read once more. A report that needs none is given them as well.
 */
export function hints(members: (Reading & { name?: string })[], options?: { oneAgency?: boolean }): Hint[][];

/**
 * Reads reports in which cells are open once more with what the years beside them tell, as long as that decides something. The `bytes` of a member
 * are those it was read from, if it was not read from its text; `options` those that all were read with. Throws a {@link ReadError} as `read` does.
 */
export function reread(
  members: (Reading & { bytes?: Uint8Array | ArrayBuffer })[],
  options?: Omit<ReadOptions, 'offsets'> & { oneAgency?: boolean },
): Reread;

/** What differs between two reports: two years of an agency, or two drafts. */
export function compare(a: Reading, b: Reading): Comparison;

/** The tables of a report laid out as their forms print them. */
export function sheets(report: Report): TitledSheet[];

/**
 * The tables as a piece of HTML, to be pasted into Word or a web page; all text is escaped. `marks`: the cells have `data-path` and the classes
 * `blank`, `aligned`, `solved`, `ambiguous`, `corrected`, `broken`, `flagged` instead of lines.
 */
export function toHtml(report: Report, options?: { marks?: boolean }): string;

/** The tables as Markdown. */
export function toMarkdown(report: Report): string;

/** The tables as a Word file (docx). */
export function toDocx(report: Report): Uint8Array<ArrayBuffer>;

/** A report of an edition with every cell blank, to be written and filled in; `undefined` if there is no such edition. */
export function blank(edition: string, year?: number): Report | undefined;

/** What a code means; `undefined` if there is no such code. */
export function explain(code: string): Kind | undefined;

/** Every edition of the form, in short. */
export function forms(): FormSummary[];

export * from './errors.mjs';
export type * from './results.d.ts';

/** What spans count. */
export type Units = 'utf-16' | 'utf-8' | 'code-point';

export interface Options {
  /** What the spans of the report count: UTF-16 units unless told otherwise. */
  offsets?: Units;
  /**
   * What a reader puts in place of cells, by path: `{ 'requests/granted/total': '12' }`. Such a figure keeps what is printed as its `raw`, has the
   * status `corrected`, and the rules are evaluated with it.
   */
  corrections?: Record<string, string>;
  /** What is known of the figures from outside the document, as from {@link hints}. It decides between readings, and changes nothing printed. */
  hints?: Hint[];
}

/** What a caller knows of some figures; the finding GK111 of what it decides says so. */
export interface Hint {
  /** The figure, `requests/carried_over/total`. */
  path: string;
  /** Figures that are to be added to it. */
  plus?: string[];
  /** Figures that are to be taken from it. */
  minus?: string[];
  /** What comes out. */
  value: Value;
  /** How that is known, for the finding that says so. */
  reason: Message;
}

/** Reports read with what the years beside them tell. */
export interface Reread {
  /** Those that it decided, by their place among the members, from 0. */
  decided: number[];
  /** The reports of all members, in their order. */
  reports: Report[];
}

export interface ReadOptions extends Options {
  /** What a server says of the file: `text/html; charset=gbk`. The file's own bytes go before it. */
  contentType?: string;
  /** Bytes a file may have, 64 MiB unless told otherwise. */
  maxBytes?: number;
}

/** A report with the text that its spans count in. */
export interface Reading {
  text: string;
  report: Report;
}

/** Everything read from one document. */
export interface Report {
  /** Version of this format. */
  schema: 'gongkai-report/1';
  /** What every span of this report counts. */
  offsets: 'utf-8' | 'code-point' | 'utf-16';
  /** The report's own title as printed, spaces and line breaks inside it removed. */
  title: string | null;
  /** The body that issues the report, as printed. */
  issuer: string | null;
  /** The year the report is about. */
  year: number | null;
  /** First and last day of the statistics period. */
  period: [GongkaiDate, GongkaiDate] | null;
  /** The date under the text. */
  issued: GongkaiDate | null;
  /** The date of publication that the page names. */
  published: GongkaiDate | null;
  /** The edition of the form that most tables follow (`2021`), if any table was found. */
  edition: string | null;
  /** How the fields above are known. */
  evidence: Evidence[];
  /** Who signed the statistics sheet of 2014. */
  signatories: Signatories | null;
  /** How to reach the issuer. */
  contact: Contact;
  /** The parts of the document in source order, covering it from the first unit to the last. */
  sections: Section[];
  /** The statutory tables, in source order. */
  tables: Table[];
  /** The figures of the tables, in the order of the form. */
  figures: Figure[];
  /** The quantities of the running prose, in source order. */
  facts: Fact[];
  /** The documents that the text names, in the order of their first mention. */
  citations: Citation[];
  /** The articles of laws that the text names, in the order of their first mention. */
  articles: Article[];
  /** The problems of the section on problems and improvement, item by item. */
  problems: Passage[];
  /** The measures of that section. */
  measures: Passage[];
  /** Every rule of the form that was evaluated, with its verdict. */
  checks: Check[];
  /** What is wrong, odd or uncertain. */
  findings: Finding[];
}

/** A piece of the source text: first unit, and first unit behind it. */
export type Span = [start: number, end: number];

/** A day, a month or a year, as far as the report prints it: `2018-01-20`, `2018-01`, `2018`. */
export type GongkaiDate = string;

/** A count is a number, an exact amount a decimal string. */
export type Value = number | string;

/** How one field of the report is known. */
export interface Evidence {
  /** The field: `year`, `title`, `issuer`, `edition` … */
  field: string;
  /** Where it was found. */
  source: 'title' | 'period' | 'own_name' | 'signature' | 'text' | 'table' | 'metadata';
  /** The words it rests on. */
  text: string;
  /** Their place, where they stand in the text. */
  span: Span | null;
}

/** The names under the statistics sheet of 2014. */
export interface Signatories {
  /** 单位负责人, 负责人 */
  responsible: string | null;
  /** 审核人 */
  reviewer: string | null;
  /** 填报人 */
  preparer: string | null;
  /** 联系电话 */
  phone: string | null;
  /** 填报日期 */
  date: GongkaiDate | null;
}

/** A part of the document. */
export interface Section {
  /** The heading as printed; `null` for what has none. */
  heading: string | null;
  /** What it is about: `preamble`, `furniture`, `copy`, `signature`, or a kind of the form files (`requests`); `null` if unknown. */
  kind: string | null;
  /** 0 for what has no heading, 1 for 一、, 2 for （一） … */
  level: number;
  /** The heading's place. */
  heading_span: Span | null;
  /** Heading and text, up to the next section. */
  span: Span;
}

/** One statutory table as found. */
export interface Table {
  /** `requests`, `proactive_disclosure`, `review_litigation` or `statistics`. */
  table: string;
  /** The edition whose rows and columns it has. */
  edition: string;
  /** The labels that decide the edition, and for how much each form was scored. */
  evidence: EditionScore[];
  /** How its rows were told apart. */
  dialect: 'pipe-law' | 'pipe-rows' | 'tabs' | 'aligned' | 'cell-lines' | 'blank-lines' | 'spaced' | 'glued' | 'column-blocks' | 'grid';
  /** Cells a row in a table that obeys the pipe law. */
  pipes_per_row: number | null;
  /** Rows of the form that were bound. */
  rows: number;
  /** How often the same table stands in the document. */
  copies: number;
  /** From its first label to its last value. */
  span: Span;
}

/** How well one edition explains the labels of a table. */
export interface EditionScore {
  /** The edition. */
  edition: string;
  /** Different labels of it that were found. */
  labels: number;
  /** Those that no other edition has. */
  own: string[];
}

/** One value cell of a statutory table. */
export interface Figure {
  /** `table/row/column` in the ids of the vocabulary; rows outside it are `table/local:label/column`. */
  path: string;
  /** The form's label of the row, or the printed one of a local row. */
  label: string;
  /** The number; `null` where none is printed or more than one reading is left. */
  value: Value | null;
  /** Why there is no number. Blank, 无, — and 0 are four different things. */
  missing: 'blank' | 'none' | 'dash' | 'text' | null;
  /** What stands in the cell, exactly. */
  raw: string;
  /** The unit printed with the figure, else the form's. */
  unit: string | null;
  /** The place of `raw`; `null` for a cell that has no place of its own. */
  span: Span | null;
  /** Where the cell stands in a file that is not text. */
  location?: Location;
  /** How sure the reading is. */
  status: 'printed' | 'aligned' | 'solved' | 'ambiguous' | 'corrected';
  /** Codes of the findings that concern this cell. */
  flags: string[];
  /** The values the cell may have, if more than one reading is left. */
  candidates?: (Value | null)[];
  /** What the reader of the report put in place of `raw`; `value` and `missing` are then its. */
  correction?: string;
}

/** Where something stands in a file that is not text, as far as its format says. */
export interface Location {
  /** The page, from 1. */
  page?: number;
  /** Left, top, right, bottom on the page in points (1/72 inch) from its upper left corner. */
  area?: [left: number, top: number, right: number, bottom: number];
  /** The sheet of a spreadsheet. */
  sheet?: string;
  /** The table of the document, from 1. */
  table?: number;
  /** The row of the table, from 1. */
  row?: number;
  /** The column of the table, from 1. */
  column?: number;
}

/** A quantity of the running prose, or a zero in words. */
export interface Fact {
  /** The quantity as printed, with its unit and the word that makes it approximate: 约6389余条. The words of a zero in words: 未收到. */
  raw: string;
  /** The number, 万 and 亿 multiplied out; `null` if it has too many digits. Percent are counted in percent: 34% is 34. */
  value: Value | null;
  /** What is counted, without spaces inside: 件, 人次, %, 元; `null` if no unit is printed. */
  unit: string | null;
  /** Whether more, less or about as much is meant. */
  approximation: 'over' | 'about' | 'under' | null;
  /** Whether a number is printed, or a zero in words. */
  status: 'printed' | 'worded';
  /** Who or what the sentence is about, as printed: 全市, 市政府门户网站. */
  subject: string | null;
  /** What was counted, as printed: 政府信息公开申请. */
  object: string | null;
  /** By which channel, as printed: 网络, 微信公众号. */
  channel?: string;
  /** For which time, as printed: 2017年, 上半年, 截至2023年底. */
  period?: string;
  /** The fact this is a part of, an index into `facts`. */
  of?: number;
  /** The indicator it expresses: `requests_received`. */
  indicator: string | null;
  /** The place of `raw`. */
  span: Span;
  /** The sentence it stands in. */
  sentence: Span;
  /** Where that is in a file that is not text. */
  location?: Location;
}

/** Words of the report and their place. */
export interface Passage {
  /** The words, without the line breaks that wrapping put into them. */
  text: string;
  /** Their place. */
  span: Span;
}

/** How to reach the issuer, as far as the report says. */
export interface Contact {
  /** 联系电话, in source order, each once. */
  phones: Passage[];
  /** 传真 */
  fax: Passage | null;
  /** 邮编 */
  postcode: Passage | null;
  /** 地址 */
  address: Passage | null;
  /** 电子邮箱 */
  email: Passage | null;
  /** Addresses of web sites, in source order, each once. */
  urls: Passage[];
}

/** A document named in the text: by its title in 《》, by its number (发文字号), as 国办公开办函〔2021〕30号, or by both. */
export interface Citation {
  /** The title without its marks, and without the spaces that wrapping put into it. */
  title: string | null;
  /** The name the report uses from then on: 以下简称《条例》. */
  short_title: string | null;
  /** The number as printed. */
  number: string | null;
  /** The issuer's code of the number: 国办公开办函. */
  code: string | null;
  /** The year of issue that the number names. */
  year: number | null;
  /** The serial number, as printed. */
  serial: string | null;
  /** Whether a bracket, 号 or the serial of the number is lost. */
  damaged: boolean;
  /** Every place its title, short title or number stands at, in source order. */
  spans: Span[];
}

/** A reference to an article: 《条例》第二十条第（一）项. */
export interface Article {
  /** The law as the text names it there, without 《》: 条例; `null` if it is not named with the article. */
  law: string | null;
  /** 条 */
  article: number;
  /** 款 */
  paragraph: number | null;
  /** 项 */
  item: number | null;
  /** Every place it stands at. */
  spans: Span[];
}

// Written from the catalogue of the core by a test; do not edit.
/** The codes of findings and checks; `docs/checks.md` says what each is about. */
export type Code =
  | 'GK101' | 'GK102' | 'GK103' | 'GK104' | 'GK105' | 'GK106' | 'GK107' | 'GK108'
  | 'GK109' | 'GK110' | 'GK111' | 'GK112' | 'GK113' | 'GK114' | 'GK115' | 'GK116'
  | 'GK201' | 'GK202' | 'GK203' | 'GK204' | 'GK205' | 'GK206' | 'GK207' | 'GK208'
  | 'GK209' | 'GK210' | 'GK211' | 'GK301' | 'GK302' | 'GK303' | 'GK304' | 'GK401'
  | 'GK402' | 'GK403' | 'GK404' | 'GK405' | 'GK406' | 'GK407' | 'GK501' | 'GK502'
  | 'GK503' | 'GK504' | 'GK505' | 'GK506' | 'GK507' | 'GK508' | 'GK509' | 'GK510'
  | 'GK511' | 'GK512' | 'GK513' | 'GK601' | 'GK602' | 'GK603';
// End of what is written.

/** A rule of the form, evaluated. */
export interface Check {
  /** `GK201` */
  code: Code;
  /** The formula, in ids of rows or columns. */
  rule: string;
  /** The table and the column or row it was evaluated for: `requests/*\/natural_person`, `requests/granted/*`. */
  scope: string;
  /** The outcome. */
  verdict: 'holds' | 'holds_if_blank_is_zero' | 'broken' | 'not_evaluable';
  /** The cells it rests on, left side first. */
  operands: Operand[];
  /** The left side, blanks counted as zero. */
  left: Value | null;
  /** The right side. */
  right: Value | null;
}

/** A cell as a check used it. */
export interface Operand {
  /** The figure's path. */
  path: string;
  /** Its value; `null` if it has none. */
  value: Value | null;
  /** Where it stands, if it is no figure of a table. */
  span?: Span;
}

/** Something wrong, odd or uncertain about the report or the reading of it. */
export interface Finding {
  /** `GK101` */
  code: Code;
  /** `ragged-row` */
  name: string;
  /** How much it matters. */
  severity: 'error' | 'warning' | 'note';
  /** Whose fault it is. */
  cause: 'report' | 'reading' | 'unknown';
  /** What is the matter, in both languages. */
  message: Message;
  /** What can be done. */
  help: Message;
  /** The clause, notice or form it rests on. */
  basis: string | null;
  /** Where it is. */
  span: Span | null;
  /** Where that is in a file that is not text. */
  location?: Location;
  /** The figures it concerns. */
  paths: string[];
  /** The readings that are left, one value for each of `paths`. */
  alternatives?: (Value | null)[][];
  /** Other places it concerns, each with what it has to do with the finding. */
  related?: { message: Message; span: Span }[];
  /** The smallest changes of the table that would end it, the likeliest first. Offered, never made. */
  repairs?: Repair[];
  /** Names the finding when the report is read again or changed elsewhere: made of its code and the figures or words it is about, not of its place. */
  fingerprint: string;
}

/** A change of one or two cells, or of a row or a column, that would close broken checks of a table. */
export interface Repair {
  /** What would have happened to the figures. */
  kind: 'moved' | 'transposed' | 'digit' | 'shifted' | 'swapped' | 'value';
  /** The cells that would change. */
  changes: { path: string; from: Value | null; to: Value | null }[];
  /** Broken checks of the table that it closes. */
  closes: number;
  /** Broken checks of the table. */
  of: number;
  /** The change in words. */
  message: Message;
}

/** A sentence in both languages. */
export interface Message {
  zh: string;
  en: string;
}
