// What a report is taken away as.
import { h } from './dom.ts';
import { type Entry, write } from './store.ts';
import type { Written } from './thread.ts';
import { t, type Word } from './words.ts';

const KINDS: Record<Written, { type: string; suffix: string }> = {
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', suffix: 'docx' },
  html: { type: 'text/html;charset=utf-8', suffix: 'html' },
  markdown: { type: 'text/markdown;charset=utf-8', suffix: 'md' },
  csv: { type: 'text/csv;charset=utf-8', suffix: 'csv' },
  json: { type: 'application/json', suffix: 'json' },
};

/** Writes reports and hands them to the browser as a file. */
export async function download(entries: Entry[], as: Written, name: string): Promise<void> {
  const content = await write(entries, as);
  const page =
    as === 'html'
      ? `<!doctype html>\n<html lang="zh-CN"><meta charset="utf-8"><title>${escaped(name)}</title>\n<body>\n${content as string}</body></html>\n`
      : content;
  save(page, as, name);
}

/** Hands something to the browser as a file. */
export function save(content: BlobPart, as: Written, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: KINDS[as].type }));
  h('a', { href: address, download: `${name}.${KINDS[as].suffix}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * Puts the tables on the clipboard, as Word and most content systems paste them; whether the browser let it. `navigator.clipboard` would take the
 * lines of the tables for a style of the page, which its policy forbids, and drop them.
 */
async function copy(entry: Entry): Promise<boolean> {
  const [html, plain] = [(await write([entry], 'html')) as string, (await write([entry], 'markdown')) as string];
  const give = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.clipboardData?.setData('text/html', html);
    event.clipboardData?.setData('text/plain', plain);
  };
  document.addEventListener('copy', give, { once: true });
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', give);
  return copied;
}

export function exportMenu(entry: Entry, failed: (error: unknown) => void): HTMLElement {
  const name = entry.summary?.title ?? entry.name.replace(/\.\w+$/, '');
  const said = h('span', { class: 'quiet', role: 'status' });
  const menu = h('details', { class: 'menu' });
  const close = (): void => {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  };
  const item = (word: Word, act: () => Promise<void>): HTMLElement =>
    h('li', {}, h('button', { type: 'button', click: () => (close(), void act().catch(failed)) }, t(word)));
  menu.append(
    h('summary', { class: 'button primary' }, t('export')),
    h(
      'ul',
      {},
      item('export_docx', () => download([entry], 'docx', name)),
      item('export_html', () => download([entry], 'html', name)),
      item('export_copy', async () => {
        said.textContent = t((await copy(entry)) ? 'copied' : 'copy_failed');
      }),
      item('export_csv', () => download([entry], 'csv', name)),
      item('export_json', () => download([entry], 'json', name)),
      item('export_markdown', () => download([entry], 'markdown', name)),
    ),
  );
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  return h('span', { class: 'menu-box' }, menu, said);
}
