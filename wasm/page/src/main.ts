// The page: what was given, and which view of it is shown.
import { AllView } from './all.ts';
import { h, put } from './dom.ts';
import { chooser, listen } from './intake.ts';
import { type CellName, namesOf } from './names.ts';
import { ReportView } from './report.ts';
import { start } from './start.ts';
import { decide, type Entry, forget, open, view, words } from './store.ts';
import { currentLanguage, setLanguage, t, type Word } from './words.ts';
import { YearsView } from './years.ts';

type View = 'start' | 'report' | 'all' | 'years';

const entries: Entry[] = [];
let shown: View = 'start';
let current: Entry | undefined;
let report: ReportView | undefined;
let theme = 'auto';
/** How often a view was asked for: only the last one is put into the page. */
let asked = 0;

const header = h('header', { class: 'bar' });
const content = h('main', { id: 'content', tabindex: '-1' });
const progress = h('div', { class: 'progress', role: 'status' });
const trouble = h('div', { class: 'trouble', role: 'alert' });

function failed(error: unknown): void {
  trouble.replaceChildren(
    t('trouble', words(error)),
    h('button', { type: 'button', class: 'link', 'aria-label': t('remove'), click: () => trouble.replaceChildren() }, '×'),
  );
}

async function take(given: Entry[]): Promise<void> {
  trouble.replaceChildren();
  entries.push(...given);
  let done = 0;
  for (const one of given) {
    if (given.length > 1) progress.textContent = t('read_of', done, given.length);
    await read(one);
    done += 1;
  }
  await decide(entries).catch(failed);
  progress.textContent = '';
  const [first] = given;
  if (entries.length === 1 && first?.error) {
    entries.pop();
    return failed(first.error);
  }
  if (given.length === 1 && first?.summary) await show('report', first);
  else await show(entries.filter(({ summary }) => summary).length > 1 ? suited() : 'all');
}

async function read(one: Entry): Promise<void> {
  try {
    one.summary = await open(one);
    delete one.error;
  } catch (error) {
    one.error = error instanceof Error ? error : new Error(String(error));
  }
}

/** A few years of one agency are seen side by side, anything else as a table. */
function suited(): View {
  const known = entries.flatMap(({ summary }) => summary ?? []);
  const oneAgency = new Set(known.map(({ issuer }) => issuer)).size === 1 && known[0]?.issuer;
  return oneAgency && new Set(known.map(({ year }) => year)).size === known.length ? 'years' : 'all';
}

async function show(next: View, entry = current, path?: string): Promise<void> {
  [shown, current] = [entries.length ? next : 'start', entry];
  const turn = (asked += 1);
  drawBar();
  try {
    const view = await viewOf(shown, entry);
    if (turn !== asked) return;
    content.replaceChildren(view.element);
    focusHead(); // of a table before its rows, which would have to be laid out for it
    report = view instanceof ReportView ? view : undefined;
    report?.begin(path);
    if (view instanceof AllView) await view.draw(entries);
  } catch (error) {
    failed(error);
  }
  document.title = report && current?.summary?.title ? `${current.summary.title} · ${t('product')}` : t('title');
}

async function viewOf(next: View, entry: Entry | undefined): Promise<{ element: HTMLElement }> {
  if (next === 'report' && entry) {
    const view = new ReportView(entry, entries, { opened: (one, path) => void show('report', one, path), failed });
    await view.load();
    return view;
  }
  if (next === 'all') return new AllView({ opened: (one) => void show('report', one), removed: (one) => void remove([one]), failed });
  if (next === 'years') {
    const view = new YearsView({ opened: (one, path) => void show('report', one, path), failed }, await knownNames());
    await view.draw(entries);
    return view;
  }
  return { element: start((given) => void take(given), failed) };
}

/** Screen readers go on where the view begins. */
const focusHead = (): void => content.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });

/** The names of the cells of every edition among the reports. */
async function knownNames(): Promise<Map<string, CellName>> {
  const names = new Map<string, CellName>();
  const editions = new Map(entries.filter(({ summary }) => summary).map((one) => [one.summary!.edition, one]));
  for (const one of editions.values())
    for (const [path, { row, column }] of namesOf((await view(one)).sheets)) names.set(path, { row, column: column.replace(/^\d{4}/, '') }); // 2023年度: of any year
  return names;
}

async function remove(some: Entry[]): Promise<void> {
  for (const one of [...some]) entries.splice(entries.indexOf(one), 1);
  if (current && !entries.includes(current)) current = undefined;
  await forget(some).then(() => decide(entries)).catch(failed);
  await show(entries.length ? shown : 'start');
}

function drawBar(): void {
  const readable = entries.filter(({ summary }) => summary);
  const tab = (view: View, word: Word): HTMLElement =>
    h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: 'tab',
          'aria-current': shown === view ? 'page' : null,
          click: () => void show(view, view === 'report' ? (current ?? readable[0]) : current),
        },
        t(word),
      ),
    );
  const files = h(
    'select',
    {
      class: 'files',
      'aria-label': t('file'),
      change: () =>
        void show(
          'report',
          readable.find(({ id }) => String(id) === files.value),
        ),
    },
    readable.map(({ id, name }) => h('option', { value: id }, name)),
  );
  if (current) files.value = String(current.id);
  const controls = (): HTMLElement[] => [...header.querySelectorAll<HTMLElement>('button, select')];
  const focused = controls().indexOf(document.activeElement as HTMLElement);
  put(
    header,
    h('a', { class: 'skip', href: '#content' }, t('skip')),
    h('button', { type: 'button', class: 'brand', click: () => void show('start') }, h('b', {}, t('brand')), h('span', {}, t('product'))),
    readable.length > 0 &&
      h(
        'nav',
        { 'aria-label': t('views') },
        h('ul', {}, tab('report', 'report'), entries.length > 1 && tab('all', 'all'), readable.length > 1 && tab('years', 'years')),
      ),
    shown === 'report' && readable.length > 1 && files,
    h(
      'div',
      { class: 'tools' },
      entries.length > 0 && chooser((given) => void take(given), t('add'), false),
      entries.length > 0 && h('button', { type: 'button', class: 'link', click: () => void remove(entries) }, t('clear')),
      h('button', { type: 'button', class: 'link theme', click: turnTheme }, `${t('theme')}: ${t(`theme_${theme}` as Word)}`),
      h('button', { type: 'button', class: 'link', lang: currentLanguage() === 'zh' ? 'en' : 'zh-CN', click: turnLanguage }, t('language')),
    ),
  );
  controls()[focused]?.focus();
}

function turnTheme(): void {
  theme = { auto: 'light', light: 'dark', dark: 'auto' }[theme]!;
  appear();
  drawBar();
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Says in which appearance the page is, for the colours of tokens.css. */
function appear(): void {
  document.documentElement.dataset['theme'] = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
}

function turnLanguage(): void {
  setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh');
  speak();
  void show(shown);
}

function speak(): void {
  document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
  document.body.dataset['drop'] = t('drop_now');
}

// Corrections are kept nowhere: whoever leaves with some is asked.
addEventListener('beforeunload', (event) => {
  if (entries.some(({ corrections }) => Object.keys(corrections).length)) event.preventDefault();
});
addEventListener('beforeprint', () => {
  document.documentElement.dataset['theme'] = 'light';
  document.querySelector('.paper')?.remove();
  if (report) document.body.append(report.printed());
});
addEventListener('afterprint', () => {
  document.querySelector('.paper')?.remove();
  appear();
});

listen((given) => void take(given));
dark.addEventListener('change', appear);
appear();
speak();
document.body.append(header, progress, trouble, content);
void show('start');
if ('serviceWorker' in navigator && location.protocol !== 'file:') navigator.serviceWorker.register('service-worker.js').catch(() => {}); // without it the page works, but not offline
