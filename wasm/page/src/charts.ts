// Pictures where looking beats reading. Each has its numbers beside it as a table.
import { h, svg } from './dom.ts';
import { t } from './words.ts';

const OUTCOMES = ['granted', 'partially_granted', 'denied', 'unavailable', 'not_processed', 'other'] as const;

/** How requests ended, as one bar; nothing if no request was concluded or a part is not known. */
export function outcomeBar(values: Record<string, number>): HTMLElement | null {
  const total = values['requests_concluded'];
  const known = OUTCOMES.slice(0, -1).map((name) => values[name]);
  if (!total || known.some((value) => value === undefined)) return null;
  const parts = [...(known as number[]), total - (known as number[]).reduce((sum, value) => sum + value, 0)];
  if (parts.some((part) => part < 0)) return null;
  let at = 0;
  const bars = parts.map((part, index) => {
    const width = (part / total) * 100;
    const bar = svg('rect', { x: at, y: 0, width: Math.max(width - 0.25, 0), height: 10, class: `outcome-${index}` });
    at += width;
    return bar;
  });
  return h(
    'figure',
    { class: 'outcomes' },
    h('figcaption', {}, t('outcomes'), ' ', h('span', { class: 'quiet' }, t('of_total', total))),
    svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...bars),
    h(
      'table',
      { class: 'outcome-table' },
      h('caption', { class: 'spoken' }, t('outcomes')),
      h(
        'tbody',
        {},
        parts.map((part, index) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('i', { class: `swatch outcome-${index}`, 'aria-hidden': 'true' }), t(`outcome_${OUTCOMES[index]!}`)),
            h('td', {}, String(part)),
            h('td', { class: 'quiet' }, `${Math.round((part / total) * 100)}%`),
          ),
        ),
      ),
    ),
  );
}

export interface Line {
  name: string;
  points: { year: number; value: number | undefined }[];
}

/** One small drawing a measure, all over the same years. */
export function lines(all: Line[]): HTMLElement {
  const shown = all.filter(({ points }) => points.filter(({ value }) => value !== undefined).length > 1);
  const years = [...new Set(all.flatMap(({ points }) => points.map(({ year }) => year)))].sort((a, b) => a - b);
  const table = h(
    'details',
    { class: 'chart-table' },
    h('summary', {}, t('as_table')),
    h(
      'div',
      { class: 'scroll' },
      h(
        'table',
        { class: 'plain' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, t('trend')),
            years.map((year) => h('th', { scope: 'col' }, String(year))),
          ),
        ),
        h(
          'tbody',
          {},
          all.map(({ name, points }) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, name),
              years.map((year) => h('td', {}, String(points.find((point) => point.year === year)?.value ?? '·'))),
            ),
          ),
        ),
      ),
    ),
  );
  return h(
    'div',
    { class: 'trends' },
    h(
      'div',
      { class: 'trend-grid' },
      shown.map((one) => line(one, years)),
    ),
    table,
  );
}

const [WIDTH, HEIGHT, LEFT, TOP] = [240, 96, 12, 22];

function line({ name, points }: Line, years: number[]): HTMLElement {
  const [first, last] = [years[0]!, years.at(-1)!];
  const known = points.filter((point): point is { year: number; value: number } => point.value !== undefined).sort((a, b) => a.year - b.year);
  const top = Math.max(...known.map(({ value }) => value), 1);
  const x = (year: number): number => LEFT + ((year - first) / Math.max(last - first, 1)) * (WIDTH - 2 * LEFT);
  const y = (value: number): number => HEIGHT - 18 - (value / top) * (HEIGHT - 18 - TOP);
  // A year without a number interrupts the line.
  const path = known.map(({ year, value }, at) => `${at && known[at - 1]!.year === year - 1 ? 'L' : 'M'}${x(year)} ${y(value)}`).join('');
  const anchor = (year: number): string => (year === first ? 'start' : year === last ? 'end' : 'middle');
  const labelled = known.length <= 4 ? known : [known[0]!, known.at(-1)!];
  return h(
    'figure',
    {},
    h('figcaption', {}, name),
    svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${name}: ${known.map(({ year, value }) => `${year} ${value}`).join(', ')}` },
      svg('line', { x1: LEFT, x2: WIDTH - LEFT, y1: y(0), y2: y(0), class: 'axis' }),
      svg('path', { d: path, class: 'line' }),
      ...known.map(({ year, value }) => svg('circle', { cx: x(year), cy: y(value), r: 3.5, class: 'dot' }, svg('title', {}, `${year}: ${value}`))),
      ...labelled.map(({ year, value }) => svg('text', { x: x(year), y: y(value) - 8, 'text-anchor': anchor(year), class: 'number' }, String(value))),
      ...[first, last].map((year) => svg('text', { x: x(year), y: HEIGHT - 4, 'text-anchor': anchor(year), class: 'year' }, String(year))),
    ),
  );
}
