// Where the worker comes from: a file beside the page, or the page itself where it is one file.

const part = (id: string) => document.getElementById(id)?.textContent;

/** Starts the worker. A page of one file holds its script and both modules, packed, as text. */
export function spawn(): Worker {
  const script = part('thread');
  if (!script) return new Worker(new URL('thread.js', document.baseURI), { type: 'module' });
  const address = URL.createObjectURL(new Blob([`self.packed=${JSON.stringify({ core: part('core'), full: part('full') })};`, script]));
  const worker = new Worker(address);
  URL.revokeObjectURL(address);
  return worker;
}
