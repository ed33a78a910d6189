// The files that were given, and the worker that reads them.
import type { Comparison, FormSummary, Hint, Series, SeriesCheck } from 'gongkai';
import { DeadlineError, GongkaiInternalError, ReadError } from 'gongkai/worker';
import { connect } from 'gongkai/rpc';
import { spawn } from './spawn.ts';
import type { Functions, Summary, View, Written } from './thread.ts';
import { currentLanguage, t } from './words.ts';

/** A file, or what was pasted. */
export interface Entry {
  readonly id: number;
  readonly name: string;
  blob: Blob;
  /** What the user put in place of cells, by path. */
  corrections: Record<string, string>;
  /** The corrections before each change, the last one last. */
  past: Record<string, string>[];
  /** What the reports of the years beside it tell of it. */
  hints: Hint[];
  summary?: Summary;
  /** Why it cannot be read. */
  error?: Error;
}

/** Seconds a file may take; `?deadline=SECONDS` in the address is another number. */
const DEADLINE = Number(new URLSearchParams(location.search).get('deadline')) || 60;
const thread = connect(spawn, DEADLINE * 1000);

function call<Name extends keyof Functions>(name: Name, ...given: Parameters<Functions[Name]>): Promise<Awaited<ReturnType<Functions[Name]>>> {
  const moved = given.filter((value): value is Extract<typeof value, ArrayBuffer> => (value as unknown) instanceof ArrayBuffer);
  return thread.call(name, given, moved) as Promise<Awaited<ReturnType<Functions[Name]>>>;
}

let last = 0;
export const entry = (name: string, blob: Blob): Entry => ({ id: (last += 1), name, blob, corrections: {}, past: [], hints: [] });

/** The bytes of a file. They are kept, so that it is read again as it was, whatever becomes of it. */
async function bytesOf(one: Entry): Promise<ArrayBuffer> {
  const bytes = await one.blob.arrayBuffer();
  if (one.blob instanceof File) one.blob = new Blob([bytes]);
  return bytes;
}

/** Reads a file, or reads it again with other corrections or hints. */
export async function open(one: Entry, corrections = one.corrections, hints = one.hints): Promise<Summary> {
  return call('open', one.id, one.name, await bytesOf(one), corrections, hints);
}

/** Reports that are of one agency as they name it, and of different years. */
function yearsOf(one: Entry, entries: Entry[]): Entry[] {
  const issuer = one.summary?.issuer;
  return issuer ? entries.filter(({ summary }) => summary?.issuer === issuer && summary.year !== null) : [];
}

/** A report that was decided may decide the next; so far that goes on. */
const ROUNDS = 4;

/** Reads reports with open cells once more with what the years beside them tell, as they now are. */
export async function decide(entries: Entry[]): Promise<void> {
  const asks = (one: Entry): boolean => Boolean(one.summary?.uncertain || one.hints.length);
  const groups = new Set(entries.filter(asks).map((one) => one.summary?.issuer));
  for (const issuer of groups) {
    const first = entries.find(({ summary }) => summary?.issuer === issuer);
    const years = first ? yearsOf(first, entries) : [];
    for (let round = 0; round < ROUNDS && years.length; round += 1) {
      const told = years.length > 1 ? await call('hints', await ensured(years)) : years.map(() => []);
      const changed = years.filter((one, at) => asks(one) && JSON.stringify(one.hints) !== JSON.stringify(told[at]));
      for (const one of changed) {
        const hints = told[years.indexOf(one)]!;
        one.summary = await open(one, one.corrections, hints);
        one.hints = hints;
      }
      if (!changed.length) break;
    }
  }
}

/** A rule between two years, with the report that each of its figures is of. */
export interface YearCheck {
  check: SeriesCheck;
  entryOf(report: number): Entry | undefined;
}

/** The rules between the years that speak of cells of a report. */
export async function yearChecks(one: Entry, entries: Entry[]): Promise<YearCheck[]> {
  const years = yearsOf(one, entries);
  const own = years.indexOf(one);
  if (own < 0 || years.length < 2) return [];
  const all = (await series(years, false)).flatMap(({ checks }) => checks);
  const about = all.filter(({ operands }) => operands.some(({ report }) => report === own));
  return about.map((check) => ({ check, entryOf: (report) => years[report] }));
}

/** Lets the worker have what it needs: it is another one after a file that took too long. */
async function ensured(entries: Entry[]): Promise<number[]> {
  const ids = entries.map(({ id }) => id);
  const missing = new Set(await call('missing', ids));
  for (const one of entries.filter(({ id }) => missing.has(id))) await open(one);
  return ids;
}

export async function view(one: Entry): Promise<View> {
  await ensured([one]);
  return call('view', one.id);
}

/** The report as it would be with other corrections; what is kept stays as it is. */
export async function preview(one: Entry, corrections: Record<string, string>): Promise<View> {
  const id = -one.id;
  await call('open', id, one.name, await bytesOf(one), corrections, one.hints);
  const seen = await call('view', id);
  await call('close', [id]);
  return seen;
}

export async function series(entries: Entry[], oneAgency: boolean): Promise<Series[]> {
  return call('series', await ensured(entries), oneAgency);
}

export async function compare(a: Entry, b: Entry): Promise<Comparison> {
  await ensured([a, b]);
  return call('compare', a.id, b.id);
}

export async function write(entries: Entry[], as: Written): Promise<string | Uint8Array<ArrayBuffer>> {
  return call('write', await ensured(entries), as);
}

export const forms = (): Promise<FormSummary[]> => call('forms');

export const blank = (edition: string): Promise<Uint8Array<ArrayBuffer>> => call('blank', edition);

export const forget = (entries: Entry[]): Promise<void> =>
  call(
    'close',
    entries.map(({ id }) => id),
  );

/** An error in the language of the page. */
export function words(error: unknown): string {
  if (error instanceof ReadError && currentLanguage() === 'zh') return error.zh;
  if (error instanceof DeadlineError) return t('too_long', DEADLINE);
  if (error instanceof GongkaiInternalError) return t('broke_off', error.message);
  // The browser gives a file only while it lies where it was chosen, and as it was.
  if (error instanceof DOMException && ['NotFoundError', 'NotReadableError'].includes(error.name)) return t('gone');
  return error instanceof Error ? error.message : String(error);
}
