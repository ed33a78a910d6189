// What runs in the worker of worker.mjs.
import { FUNCTIONS } from './api.mjs';
import { loaded } from './load.mjs';
import { serve } from './rpc.mjs';

const ready = loaded();
ready.catch(() => {}); // each call says it

serve(Object.fromEntries([...FUNCTIONS, '_panicForTests'].map((name) => [name, async (...given) => (await ready)[name](...given)])));
