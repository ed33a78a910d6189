// The quantities of the running prose: all there is in a report without tables.
import type { Report, Span } from 'gongkai';
import { h } from './dom.ts';
import { t } from './words.ts';

export function factTable({ facts }: Report, jump: (span: Span) => void): HTMLElement | string {
  if (!facts.length) return '';
  const rows = facts.map(({ raw, value, unit, subject, object, period, span }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, [subject, object].filter(Boolean).join(' · ') || '—', ' ', h('span', { class: 'quiet' }, period)),
      h('td', { class: 'numeric' }, value === null ? '—' : String(value), ' ', unit),
      h('td', {}, h('button', { type: 'button', class: 'link', click: () => jump(span) }, raw)),
    ),
  );
  return h(
    'section',
    {},
    h('h3', {}, t('figures_of_text')),
    h(
      'table',
      { class: 'plain' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, t('what')),
          h('th', { scope: 'col', class: 'numeric' }, t('figure')),
          h('th', { scope: 'col' }, t('source')),
        ),
      ),
      h('tbody', {}, rows),
    ),
  );
}
