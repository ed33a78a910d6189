// Many reports: one row each, sorted by any column.
import { h, pause } from './dom.ts';
import { download } from './exporting.ts';
import { type Entry, words } from './store.ts';
import { t, type Word } from './words.ts';

interface Column {
  word: Word;
  value: (entry: Entry) => string | number | null | undefined;
  numeric?: boolean;
}

const indicator =
  (name: string) =>
  (entry: Entry): number | undefined =>
    entry.summary?.values[name];

const COLUMNS: Column[] = [
  { word: 'file', value: ({ name }) => name },
  { word: 'issuer', value: ({ summary }) => summary?.issuer },
  { word: 'year', value: ({ summary }) => summary?.year, numeric: true },
  { word: 'form_short', value: ({ summary }) => summary?.edition },
  { word: 'errors', value: ({ summary }) => summary?.severities.error, numeric: true },
  { word: 'warnings', value: ({ summary }) => summary?.severities.warning, numeric: true },
  { word: 'notes', value: ({ summary }) => summary?.severities.note, numeric: true },
  { word: 'uncertain', value: ({ summary }) => summary?.uncertain, numeric: true },
  { word: 'received', value: indicator('requests_received'), numeric: true },
  { word: 'granted', value: indicator('granted'), numeric: true },
  { word: 'reconsideration', value: indicator('reconsideration_cases'), numeric: true },
  { word: 'litigation', value: indicator('litigation_cases'), numeric: true },
];

/** Rows that are drawn before the browser may answer. */
const CHUNK = 12;

export interface AllEvents {
  opened(entry: Entry): void;
  removed(entry: Entry): void;
  failed(error: unknown): void;
}

export class AllView {
  readonly element = h('section', { class: 'all' });
  readonly #body = h('tbody');
  readonly #heads: HTMLTableCellElement[];
  readonly #lead = h('p', { class: 'quiet', role: 'status' });
  readonly #events: AllEvents;
  #entries: Entry[] = [];
  #sorted: { column: Column; down: boolean } | undefined;
  #drawing = 0;

  constructor(events: AllEvents) {
    this.#events = events;
    this.#heads = COLUMNS.map((column) =>
      h(
        'th',
        { scope: 'col', class: column.numeric && 'numeric', 'aria-sort': 'none' },
        h('button', { type: 'button', title: t('sort', t(column.word)), click: () => this.#sort(column) }, t(column.word)),
      ),
    );
    this.element.append(
      h(
        'header',
        { class: 'view-head' },
        h('div', {}, h('h1', { tabindex: '-1' }, t('all')), this.#lead),
        h(
          'div',
          { class: 'actions' },
          h(
            'button',
            { type: 'button', class: 'button primary', click: () => void download(this.#readable(), 'csv', 'gongkai').catch(events.failed) },
            t('csv_all'),
          ),
        ),
      ),
      h(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('all') },
        h(
          'table',
          { class: 'plain all-table' },
          h('thead', {}, h('tr', {}, this.#heads, h('th', {}, h('span', { class: 'spoken' }, t('remove'))))),
          this.#body,
        ),
      ),
    );
  }

  async draw(entries: Entry[]): Promise<void> {
    this.#entries = entries;
    const drawing = (this.#drawing += 1);
    const read = this.#readable().length;
    this.#lead.textContent = t('many_lead', read, entries.length - read);
    const rows = this.#inOrder();
    this.#body.replaceChildren();
    for (let at = 0; at < rows.length; at += CHUNK) {
      this.#body.append(...rows.slice(at, at + CHUNK).map((entry) => this.#row(entry)));
      await pause();
      if (drawing !== this.#drawing) return;
    }
  }

  #readable(): Entry[] {
    return this.#entries.filter(({ summary }) => summary);
  }

  #inOrder(): Entry[] {
    const { column, down } = this.#sorted ?? {};
    if (!column) return this.#entries;
    const order = new Intl.Collator('zh-CN', { numeric: true });
    const compare = (a: string | number, b: string | number): number =>
      typeof a === 'number' && typeof b === 'number' ? a - b : order.compare(String(a), String(b));
    return [...this.#entries].sort((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      // What has no value stands last in either direction.
      if (x === undefined || x === null || y === undefined || y === null)
        return Number(x === undefined || x === null) - Number(y === undefined || y === null);
      return (down ? -1 : 1) * compare(x, y);
    });
  }

  #sort(column: Column): void {
    const down = this.#sorted?.column === column ? !this.#sorted.down : Boolean(column.numeric);
    this.#sorted = { column, down };
    this.#heads.forEach((head, at) => head.setAttribute('aria-sort', COLUMNS[at] === column ? (down ? 'descending' : 'ascending') : 'none'));
    void this.draw(this.#entries);
  }

  #row(entry: Entry): HTMLElement {
    const remove = h(
      'td',
      {},
      h('button', { type: 'button', class: 'link', 'aria-label': `${t('remove')} ${entry.name}`, click: () => this.#events.removed(entry) }, '×'),
    );
    const name = h(
      'th',
      { scope: 'row' },
      entry.summary ? h('button', { type: 'button', class: 'link', click: () => this.#events.opened(entry) }, entry.name) : entry.name,
    );
    if (entry.error)
      return h('tr', { class: 'failed' }, name, h('td', { colspan: COLUMNS.length - 1 }, `${t('failed')}: ${words(entry.error)}`), remove);
    const cells = COLUMNS.slice(1).map((column) => {
      const value = column.value(entry);
      const bad = column.word === 'errors' && Number(value) > 0;
      return h(
        'td',
        { class: [column.numeric && 'numeric', bad && 'bad', value === 0 && 'quiet'].filter(Boolean).join(' ') || null },
        value === undefined || value === null ? '·' : String(value),
      );
    });
    return h('tr', {}, name, cells, remove);
  }
}
