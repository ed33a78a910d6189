import type * as gongkai from './index.d.ts';

export * from './errors.mjs';

type Functions = Pick<
  typeof gongkai,
  | 'parse'
  | 'parseJson'
  | 'read'
  | 'readJson'
  | 'indicators'
  | 'series'
  | 'hints'
  | 'reread'
  | 'compare'
  | 'sheets'
  | 'toHtml'
  | 'toMarkdown'
  | 'toDocx'
  | 'blank'
  | 'explain'
  | 'forms'
>;

/** The functions of `gongkai`, each with a promise of its result. `read` and `readJson` move the buffer of the bytes to the worker: pass a copy to keep it. */
export type GongkaiWorker = {
  [Name in keyof Functions]: (...given: Parameters<Functions[Name]>) => Promise<ReturnType<Functions[Name]>>;
} & {
  /** Ends the worker; what was not answered is rejected. */
  close(): void;
};

/**
 * Runs gongkai in a worker, so that the page never waits for it. The readers of PDF and spreadsheets are loaded when such a file comes. A call that
 * takes longer than `deadline` milliseconds (30 000) is rejected with a DeadlineError and its worker ended; the next call starts another.
 */
export function openWorker(options?: { deadline?: number; spawn?: () => Worker }): GongkaiWorker;
