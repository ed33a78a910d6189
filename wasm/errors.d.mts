/** The base of what gongkai throws, but for a TypeError where it is misused. */
export class GongkaiError extends Error {}

/** A file that cannot be read. */
export class ReadError extends GongkaiError {
  name: 'ReadError';
  /** Why: it is over a limit, damaged, of a format that cannot be read, or of one whose reader is in `gongkai/full` only. */
  reason: 'limit' | 'damaged' | 'unsupported' | 'not_built';
  /** The message in Chinese; `message` is in English. */
  zh: string;
  /** The limit it is over: `max_bytes`, `max_unpacked`, `max_ratio`, `max_depth`, `max_cells`, `max_pages`. */
  limit?: string;
  /** What the file has. */
  value?: number;
  /** What it may have. */
  max?: number;
}

/** A mistake of gongkai itself; the message says where. The next call works again. */
export class GongkaiInternalError extends GongkaiError {
  name: 'GongkaiInternalError';
}

/** A call to a worker that took longer than it may; the worker was ended, and the next call starts another. */
export class DeadlineError extends GongkaiError {
  name: 'DeadlineError';
}
