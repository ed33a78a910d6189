// The files that were given, and the worker that reads them.
import type { Comparison, FormSummary, Series } from 'gongkai';
import { DeadlineError, ReadError } from 'gongkai/worker';
import { connect } from 'gongkai/rpc';
import { spawn } from './spawn.ts';
import type { Functions, Summary, View, Written } from './thread.ts';
import { currentLanguage, t } from './words.ts';

/** A file, or what was pasted. */
export interface Entry {
  readonly id: number;
  readonly name: string;
  readonly blob: Blob;
  /** What the user put in place of cells, by path. */
  corrections: Record<string, string>;
  /** The corrections before each change, the last one last. */
  past: Record<string, string>[];
  summary?: Summary;
  /** Why it cannot be read. */
  error?: Error;
}

const DEADLINE = 60_000;
const thread = connect(spawn, DEADLINE);

function call<Name extends keyof Functions>(name: Name, ...given: Parameters<Functions[Name]>): Promise<Awaited<ReturnType<Functions[Name]>>> {
  const moved = given.filter((value): value is Extract<typeof value, ArrayBuffer> => (value as unknown) instanceof ArrayBuffer);
  return thread.call(name, given, moved) as Promise<Awaited<ReturnType<Functions[Name]>>>;
}

let last = 0;
export const entry = (name: string, blob: Blob): Entry => ({ id: (last += 1), name, blob, corrections: {}, past: [] });

/** Reads a file, or reads it again with other corrections. */
export async function open(one: Entry, corrections = one.corrections): Promise<Summary> {
  return call('open', one.id, one.name, await one.blob.arrayBuffer(), corrections);
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
  await call('open', id, one.name, await one.blob.arrayBuffer(), corrections);
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
  if (error instanceof DeadlineError) return t('too_long', DEADLINE / 1000);
  return error instanceof Error ? error.message : String(error);
}
