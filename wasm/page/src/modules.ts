// Where the worker has its modules from: files beside the page, or what `spawn.ts` gave it.

type Module = URL | Promise<ArrayBuffer>;

/** The modules in base64 of gzip, where the page is one file. */
const packed = (self as { packed?: { core: string; full: string } }).packed;

function module(name: 'core' | 'full'): Module {
  if (!packed) return new URL(`${name}.wasm`, self.location.href);
  const bytes = Uint8Array.from(atob(packed[name]), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** The modules; the full one is unpacked when it is asked for. */
export const modules = {
  core: module('core'),
  get full(): Module {
    return module('full');
  },
};
