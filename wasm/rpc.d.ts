/**
 * Lets a worker answer calls by the functions of `functions`, each of which may return a promise. A result that is an ArrayBuffer, or a view of
 * one, is moved, not copied.
 */
export function serve(functions: Record<string, (...given: never[]) => unknown>): void;

/**
 * The page's side. Calls wait for one another. One that takes longer than `deadline` milliseconds is ended with its worker and rejected with a
 * DeadlineError; the calls behind it go to a new worker, as after a mistake of gongkai itself.
 */
export function connect(
  spawn: () => Worker,
  deadline: number,
): { call(name: string, given?: unknown[], transfer?: Transferable[]): Promise<unknown>; close(): void };
