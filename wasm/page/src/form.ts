// The official form, rebuilt from what was read. Its cells are chosen and corrected in place.
import type { SheetCell, TitledSheet } from 'gongkai';
import { bringIntoView, h, put } from './dom.ts';
import { type Mark, type Marks, SIGNS } from './marks.ts';
import { type CellName, named } from './names.ts';
import { t } from './words.ts';

export interface FormEvents {
  /** A cell was chosen. */
  chosen(path: string): void;
  /** Another text was typed into a cell. */
  corrected(path: string, text: string): void;
}

export class Form {
  readonly element = h('div', { class: 'form-box', tabindex: '-1' });
  readonly #cells = new Map<string, HTMLTableCellElement>();
  readonly #events: FormEvents;
  #chosen: string | undefined;

  constructor(events: FormEvents) {
    this.#events = events;
    this.element.addEventListener('click', (event) => {
      const path = pathAt(event.target);
      if (path) this.#choose(path, true);
    });
    this.element.addEventListener('dblclick', (event) => {
      const path = pathAt(event.target);
      if (path) this.edit(path);
    });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusin', (event) => {
      const path = pathAt(event.target);
      if (path && path !== this.#chosen) this.#choose(path, false);
    });
  }

  /** Draws the tables; the chosen cell stays chosen. `changed` are cells whose text is to be pointed out. */
  draw(sheets: TitledSheet[], marks: Marks, names: Map<string, CellName>, changed: Set<string> = new Set()): void {
    const focused = this.element.contains(document.activeElement);
    this.#cells.clear();
    /** `place` is the class of a name that stays in view. */
    const cell = (given: SheetCell, inHead: boolean, place: string): HTMLElement => {
      const spans = { colspan: given.width > 1 && given.width, rowspan: given.height > 1 && given.height };
      if (given.kind === 'unit' && !inHead) return h('td', { ...spans, class: 'unit' }, given.text);
      if (given.kind !== 'figure') {
        const rows = given.kind === 'label' && !inHead;
        return h(
          'th',
          { ...spans, scope: rows ? (given.height > 1 ? 'rowgroup' : 'row') : given.width > 1 ? 'colgroup' : 'col', class: [given.kind, place].join(' ').trim() },
          given.text,
        );
      }
      if (!given.path) return h('td', spans);
      const own = marks.of(given.path);
      const element = h(
        'td',
        {
          ...spans,
          class: ['figure', ...own, changed.has(given.path) && 'changed'].filter(Boolean).join(' '),
          'data-path': given.path,
          tabindex: '-1',
          'aria-label': spoken(named(names, given.path), given.text, own),
        },
        h('span', { class: 'value' }, given.text),
        own.length > 0 && h('span', { class: 'signs', 'aria-hidden': 'true' }, own.map((mark) => SIGNS[mark]).join('')),
      );
      this.#cells.set(given.path, element);
      return element;
    };
    put(
      this.element,
      sheets.length === 0 && h('p', { class: 'quiet none' }, t('no_report')),
      sheets.map(({ heading, sheet }) => {
        const rows = sheet.rows.map((cells, at) =>
          h(
            'tr',
            {},
            cells.map((given, nth) => cell(given, at < sheet.head, placeOf(sheet, at, nth))),
          ),
        );
        return h(
          'section',
          { class: 'sheet', 'data-table': sheet.table },
          h('h3', {}, heading),
          h('table', { role: 'grid', 'aria-label': heading }, h('thead', {}, rows.slice(0, sheet.head)), h('tbody', {}, rows.slice(sheet.head))),
        );
      }),
    );
    const still = this.#chosen && this.#cells.get(this.#chosen);
    const entrance = still ?? this.#cells.values().next().value;
    if (entrance) entrance.tabIndex = 0;
    if (still) {
      still.classList.add('chosen');
      if (focused) still.focus({ preventScroll: true });
    }
  }

  /** Chooses a cell and brings it into view, without telling anyone; with `focus` the keys go to it. */
  show(path: string, focus = false): void {
    const cell = this.#mark(path);
    if (!cell) return;
    if (focus) cell.focus({ preventScroll: true });
    // Not under the names that stay in view.
    const top = cell.closest('table')?.tHead?.offsetHeight ?? 0;
    const left = cell.parentElement?.querySelector<HTMLElement>('.nearest')?.offsetWidth ?? 0;
    bringIntoView(this.element, cell, { top, left });
  }

  /** Points out cells that belong together. */
  point(paths: string[]): void {
    this.element.querySelectorAll('.pointed').forEach((cell) => cell.classList.remove('pointed'));
    for (const path of paths) this.#cells.get(path)?.classList.add('pointed');
  }

  /** Opens a cell for typing, over what stands in it or with `text`. */
  edit(path: string, text?: string): void {
    const cell = this.#cells.get(path);
    const value = cell?.querySelector('.value');
    if (!cell || !value || cell.querySelector('input')) return;
    this.#choose(path, false);
    const before = value.textContent ?? '';
    const input = h('input', {
      type: 'text',
      inputmode: 'decimal',
      autocomplete: 'off',
      'aria-label': t('edit_cell', cell.getAttribute('aria-label') ?? ''),
    });
    input.value = text ?? before;
    let open = true;
    const close = (keep: boolean): void => {
      if (!open) return;
      open = false;
      const typed = input.value.trim();
      input.replaceWith(value);
      cell.focus({ preventScroll: true });
      if (keep && typed !== before) this.#events.corrected(path, typed);
    };
    input.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter' || event.key === 'Tab') close(true);
      if (event.key === 'Escape') close(false);
      if (event.key === 'Enter') event.preventDefault();
    });
    input.addEventListener('blur', () => close(true));
    value.replaceWith(input);
    input.focus();
    if (text === undefined) input.select();
  }

  #mark(path: string): HTMLTableCellElement | undefined {
    const cell = this.#cells.get(path);
    if (!cell) return undefined;
    for (const other of this.#cells.values()) {
      other.tabIndex = -1;
      other.classList.remove('chosen');
    }
    cell.tabIndex = 0;
    cell.classList.add('chosen');
    this.#chosen = path;
    return cell;
  }

  #choose(path: string, focus: boolean): void {
    const cell = this.#mark(path);
    if (!cell) return;
    if (focus && !cell.querySelector('input')) cell.focus({ preventScroll: true });
    this.#events.chosen(path);
  }

  #key(event: KeyboardEvent): void {
    const path = pathAt(event.target);
    if (!path || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      event.preventDefault();
      const next = this.#beside(path, step[0]!, step[1]!);
      if (next) {
        this.#choose(next, true);
        this.show(next);
      }
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      this.edit(path);
    } else if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      this.edit(path, event.key);
    }
  }

  /** The nearest cell in a direction, by where it stands on the page. */
  #beside(path: string, across: number, down: number): string | undefined {
    const own = this.#cells.get(path);
    const table = own?.closest('table');
    if (!own || !table) return undefined;
    const middle = ({ left, right, top, bottom }: DOMRect): [number, number] => [(left + right) / 2, (top + bottom) / 2];
    const [x, y] = middle(own.getBoundingClientRect());
    let best: { path: string; far: number } | undefined;
    for (const [other, cell] of this.#cells) {
      if (cell === own || (across !== 0 && cell.parentElement !== own.parentElement)) continue;
      const [cx, cy] = middle(cell.getBoundingClientRect());
      const [along, aside] = across ? [(cx - x) * across, Math.abs(cy - y)] : [(cy - y) * down, Math.abs(cx - x)];
      const far = along + aside * 4;
      if (along > 1 && (!best || far < best.far)) best = { path: other, far };
    }
    return best?.path;
  }
}

/** The names that stay in view when a table is scrolled: the one next to a row's figures, and the corner above them. */
function placeOf({ rows, head }: TitledSheet['sheet'], row: number, nth: number): string {
  const cells = rows[row]!;
  if (row === 0 && nth === 0 && head > 0 && cells[0]!.height === head) return 'corner';
  const isName = row >= head && cells[nth]!.kind === 'label' && cells[nth + 1] !== undefined && cells[nth + 1]!.kind !== 'label';
  return isName ? 'nearest' : '';
}

const pathAt = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-path]')?.dataset['path'] : undefined;

const spoken = (name: string, text: string, marks: Mark[]): string =>
  `${name}: ${text || t('mark_blank')}${marks.map((mark) => `, ${t(`mark_${mark}`)}`).join('')}`;
