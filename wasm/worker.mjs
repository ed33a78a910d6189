// gongkai in a worker, so that a page never waits for it.
import { FUNCTIONS } from './api.mjs';
import { connect } from './rpc.mjs';

export * from './errors.mjs';

const spawnWorker = () => new Worker(new URL('./worker-thread.mjs', import.meta.url), { type: 'module' });

export function openWorker({ deadline = 30_000, spawn = spawnWorker } = {}) {
  const { call, close } = connect(spawn, deadline);
  const moving = (name) => (bytes, options) => call(name, [bytes, options], [bytes instanceof ArrayBuffer ? bytes : bytes.buffer]);
  return {
    ...Object.fromEntries([...FUNCTIONS, '_panicForTests'].map((name) => [name, (...given) => call(name, given)])),
    read: moving('read'),
    readJson: moving('readJson'),
    close,
  };
}
