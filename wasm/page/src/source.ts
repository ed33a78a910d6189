// The document as read: its words, with the figures that were found in them.
import type { Report, Span } from 'gongkai';
import { bringIntoView, h } from './dom.ts';
import type { Marks } from './marks.ts';
import { t } from './words.ts';

/** A run of text and the node that shows it. */
interface Piece {
  start: number;
  node: Text;
}

export class Source {
  readonly element = h('div', { class: 'source-box', tabindex: '0', role: 'region', 'aria-label': t('source') });
  readonly #figures = new Map<string, HTMLElement>();
  readonly #chosen: (path: string) => void;
  #pieces: Piece[] = [];

  constructor(chosen: (path: string) => void) {
    this.#chosen = chosen;
    this.element.addEventListener('click', ({ target }) => {
      const path = target instanceof Element ? target.closest<HTMLElement>('[data-path]')?.dataset['path'] : undefined;
      if (path) this.#chosen(path);
    });
  }

  draw(text: string, report: Report, marks: Marks): void {
    this.#figures.clear();
    this.#pieces = [];
    const figures = report.figures
      .flatMap(({ path, span }) => (span && span[1] > span[0] ? [{ path, span }] : []))
      .sort((a, b) => a.span[0] - b.span[0]);
    const tables = report.tables.map(({ span }) => span).sort((a, b) => a[0] - b[0]);
    let next = 0;
    /** Puts the text of a span into an element, figures marked. */
    const fill = (into: HTMLElement, [start, end]: Span): HTMLElement => {
      let at = start;
      const words = (until: number, into: HTMLElement): void => {
        if (until <= at) return;
        const node = document.createTextNode(text.slice(at, until));
        this.#pieces.push({ start: at, node });
        into.append(node);
        at = until;
      };
      while (next < figures.length && figures[next]!.span[0] < end) {
        const { path, span } = figures[next++]!;
        if (span[0] < at || span[1] > end) continue;
        words(span[0], into);
        const mark = h('mark', { 'data-path': path, class: marks.of(path).join(' ') });
        words(span[1], mark);
        into.append(mark);
        this.#figures.set(path, mark);
      }
      words(end, into);
      return into;
    };
    this.element.replaceChildren(
      ...report.sections.map(({ heading_span, span, kind, level }) => {
        const part = h('div', {
          class: `part ${kind === 'furniture' || kind === 'copy' ? 'aside' : ''}`,
          title: kind === 'furniture' && t('furniture'),
        });
        let at = span[0];
        if (heading_span && heading_span[0] >= at) {
          fill(part, [at, heading_span[0]]);
          part.append(fill(h('strong', { class: `heading level-${Math.min(level, 3)}` }), heading_span));
          at = heading_span[1];
        }
        for (const [start, end] of tables) {
          // The title of a table may be the heading of its section.
          const [from, to] = [Math.max(start, at), Math.min(end, span[1])];
          if (from >= to) continue;
          fill(part, [at, from]);
          part.append(fill(h('span', { class: 'table-text' }), [from, to]));
          at = to;
        }
        return fill(part, [at, span[1]]);
      }),
    );
  }

  /** Begins where the report does: a page has other things before it. */
  begin(): void {
    const first = this.element.querySelector('.part:not(.aside)');
    if (first) this.element.scrollTop += first.getBoundingClientRect().top - this.element.getBoundingClientRect().top - 12;
  }

  /** Brings a figure into view; `false` if it has no place of its own. */
  show(path: string): boolean {
    this.element.querySelector('mark.chosen')?.classList.remove('chosen');
    const mark = this.#figures.get(path);
    if (!mark) return false;
    mark.classList.add('chosen');
    bringIntoView(this.element, mark);
    return true;
  }

  /** Brings a place into view and points it out. */
  point([start, end]: Span): void {
    const from = this.#at(start);
    const to = this.#at(Math.max(start, end - 1));
    if (!from || !to) return;
    const range = document.createRange();
    range.setStart(from.node, Math.min(start - from.start, from.node.length));
    range.setEnd(to.node, Math.min(Math.max(end - to.start, 0), to.node.length));
    const first = range.getClientRects()[0];
    if (first) bringIntoView(this.element, { getBoundingClientRect: () => first });
    // Browsers without highlights still scroll there.
    if ('highlights' in CSS) CSS.highlights.set('pointed', new Highlight(range));
  }

  #at(offset: number): Piece | undefined {
    let [low, high] = [0, this.#pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#pieces[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#pieces[low - 1];
  }
}
