// Calls from a page to a worker, one at a time, each within a deadline.
import * as errors from './errors.mjs';

/**
 * Lets a worker answer calls by the functions of `functions`, each of which may return a promise. What is an ArrayBuffer, or a view of one, in
 * the result of a function is moved, not copied.
 */
export function serve(functions) {
  self.addEventListener('message', async ({ data: { name, given } }) => {
    try {
      if (!Object.hasOwn(functions, name)) throw new TypeError(`there is no function ${name}`);
      const result = await functions[name](...given);
      self.postMessage({ result }, buffersOf([result]));
    } catch (error) {
      self.postMessage({ error: { name: error.name, message: error.message, properties: { ...error } } });
    }
  });
}

/**
 * The page's side: `call(name, ...given)` gives a promise. Calls wait for one another. One that takes longer than `deadline` milliseconds is
 * ended with its worker and rejected with a DeadlineError; the calls behind it go to a new worker, as after a mistake of gongkai itself.
 */
export function connect(spawn, deadline) {
  const waiting = [];
  let worker;
  let current;
  let closed = false;

  function stop() {
    worker?.terminate();
    worker = undefined;
  }

  function settle(how, value) {
    clearTimeout(current.timer);
    const { [how]: done } = current;
    current = undefined;
    done(value);
    next();
  }

  function start() {
    worker = spawn();
    worker.onmessage = ({ data }) => {
      if (!current) return;
      if (!data.error) return settle('resolve', data.result);
      const error = revived(data.error);
      if (error instanceof errors.GongkaiInternalError) stop();
      settle('reject', error);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      stop();
      if (current) settle('reject', new errors.GongkaiInternalError(event.message || 'the worker cannot be started'));
    };
  }

  function next() {
    if (current || !waiting.length) return;
    current = waiting.shift();
    if (!worker) start();
    current.timer = setTimeout(() => {
      stop();
      settle('reject', new errors.DeadlineError(`no answer within ${deadline} ms`));
    }, deadline);
    worker.postMessage({ name: current.name, given: current.given }, current.transfer);
  }

  return {
    call: (name, given = [], transfer = []) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new errors.GongkaiError('the worker is closed'));
        waiting.push({ name, given, transfer, resolve, reject });
        next();
      }),
    close() {
      closed = true;
      stop();
      const open = [...(current ? [current] : []), ...waiting.splice(0)];
      clearTimeout(current?.timer);
      current = undefined;
      for (const { reject } of open) reject(new errors.GongkaiError('the worker is closed'));
    },
  };
}

function buffersOf(values) {
  return values.flatMap((value) => (value instanceof ArrayBuffer ? [value] : ArrayBuffer.isView(value) ? [value.buffer] : []));
}

function revived({ name, message, properties }) {
  if (name === 'ReadError') return new errors.ReadError({ en: message, ...properties });
  const kind = Object.hasOwn(errors, name) ? errors[name] : name === 'TypeError' ? TypeError : errors.GongkaiInternalError;
  return new kind(message);
}
