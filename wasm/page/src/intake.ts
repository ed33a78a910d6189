// What is dropped, pasted or chosen.
import { h } from './dom.ts';
import { entry, type Entry } from './store.ts';
import { t } from './words.ts';

const ACCEPT = '.html,.htm,.docx,.pdf,.xlsx,.xls,.xlsb,.ods,.txt,.md';

/** Listens to the whole page. */
export function listen(take: (entries: Entry[]) => void): void {
  let depth = 0;
  const over = (on: boolean): void => void document.body.classList.toggle('dropping', on);
  addEventListener('dragenter', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    depth += 1;
    over(true);
  });
  addEventListener('dragleave', () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) over(false);
  });
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    if (event.dataTransfer) void dropped(event.dataTransfer).then((files) => files.length && take(files.map((file) => entry(file.name, file))));
  });
  addEventListener('paste', (event) => {
    const { clipboardData, target } = event;
    if (!clipboardData || (target instanceof HTMLElement && target.closest('input, textarea'))) return;
    if (clipboardData.files.length) return take([...clipboardData.files].map((file) => entry(file.name, file)));
    const [html, plain] = [clipboardData.getData('text/html'), clipboardData.getData('text/plain')];
    const name = `${t('pasted')} ${new Date().toLocaleTimeString()}`;
    // A table that was copied keeps its cells only as HTML.
    if (/<table/i.test(html)) take([entry(`${name}.html`, new Blob([html], { type: 'text/html' }))]);
    else if (plain.trim()) take([entry(`${name}.txt`, new Blob([plain], { type: 'text/plain' }))]);
  });
}

/** The files of a drop, those in folders too. */
async function dropped(transfer: DataTransfer): Promise<File[]> {
  // The list is empty once this returns, so everything is taken from it now.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...transfer.files];
  if (!entries.some((one) => one?.isDirectory)) return files;
  return (await Promise.all(entries.map((one) => (one ? within(one) : [])))).flat();
}

async function within(one: FileSystemEntry): Promise<File[]> {
  if (one.isFile) return [await new Promise<File>((done, failed) => (one as FileSystemFileEntry).file(done, failed))];
  const reader = (one as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    found.push(...(await Promise.all(some.map(within))).flat());
  }
}

/** A button that opens the browser's own choice of files. */
export function chooser(take: (entries: Entry[]) => void, label: string, primary = true): HTMLElement {
  const input = h('input', { type: 'file', multiple: true, accept: ACCEPT, class: 'spoken', tabindex: '-1', 'aria-hidden': 'true' });
  input.addEventListener('change', () => {
    if (input.files?.length) take([...input.files].map((file) => entry(file.name, file)));
    input.value = '';
  });
  return h(
    'span',
    { class: 'chooser' },
    h('button', { type: 'button', class: primary ? 'button primary' : 'button', click: () => input.click() }, label),
    input,
  );
}
