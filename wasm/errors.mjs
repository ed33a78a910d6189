/** The base of what gongkai throws, but for a TypeError where it is misused. */
export class GongkaiError extends Error {
  name = 'GongkaiError';
}

/** A file that cannot be read. `zh` is the message in Chinese. */
export class ReadError extends GongkaiError {
  name = 'ReadError';

  constructor({ reason, zh, en, limit, value, max }) {
    super(en);
    Object.assign(this, { reason, zh }, limit ? { limit, value, max } : {});
  }
}

export class GongkaiInternalError extends GongkaiError {
  name = 'GongkaiInternalError';
}

/** A call to a worker that took longer than it may. */
export class DeadlineError extends GongkaiError {
  name = 'DeadlineError';
}
