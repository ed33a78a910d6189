// 检查报告: what was checked and what was found, on paper.
import type { Report } from 'gongkai';
import { h } from './dom.ts';
import { placeOf } from './findings.ts';
import { type CellName, named } from './names.ts';
import type { Entry } from './store.ts';
import type { View } from './thread.ts';
import { say, t } from './words.ts';

const ORDER = ['error', 'warning', 'note'];

export function checkReport(entry: Entry, { report, text, sought }: View, names: Map<string, CellName>): HTMLElement {
  const { title, issuer, year, edition, findings } = report;
  const corrected = Object.entries(entry.corrections);
  const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  return h(
    'section',
    { class: 'paper' },
    h('h1', {}, t('check_report')),
    h('p', { class: 'paper-title' }, title ?? entry.name),
    h('p', {}, [issuer, year && `${t('year')} ${year}`, edition && t('edition', edition), `${t('file')}: ${entry.name}`].filter(Boolean).join('　')),
    h('h2', {}, t('findings')),
    findings.length
      ? table(
          [t('print_code'), t('severity'), t('print_what'), t('help'), t('basis'), t('print_place')],
          sorted.map((finding) => [
            finding.code,
            t(finding.severity),
            say(finding.message),
            say(finding.help),
            finding.basis ?? '',
            placeOf(finding, text),
          ]),
        )
      : h('p', {}, t('nothing_found')),
    corrected.length > 0 && [
      h('h2', {}, t('print_corrections')),
      table(
        [t('row'), t('print_from'), t('print_to')],
        corrected.map(([path, to]) => [named(names, path), report.figures.find((figure) => figure.path === path)?.raw ?? '', to]),
      ),
    ],
    h('h2', {}, t('print_checks')),
    table([t('print_code'), t('print_sought'), t('print_not_found'), t('print_found'), t('not_evaluable')], countsOf(report, sought)),
    h('p', { class: 'paper-sign' }, t('print_sign')),
    h('p', { class: 'paper-foot' }, t('print_foot')),
  );
}

/** Checks by code and verdict. */
function countsOf({ checks }: Report, sought: View['sought']): string[][] {
  const counts = new Map<string, [holds: number, broken: number, open: number]>();
  for (const { code, verdict } of checks) {
    const count = counts.get(code) ?? [0, 0, 0];
    count[verdict === 'broken' ? 1 : verdict === 'not_evaluable' ? 2 : 0] += 1;
    counts.set(code, count);
  }
  const codes = [...counts.keys()].sort();
  return codes.map((code) => [code, sought[code] ? say(sought[code]) : '', ...counts.get(code)!.map(String)]);
}

function table(head: string[], rows: string[][]): HTMLElement {
  return h(
    'table',
    {},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        head.map((cell) => h('th', { scope: 'col' }, cell)),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map((cells) =>
        h(
          'tr',
          {},
          cells.map((cell) => h('td', { class: cell.length < 8 && 'short' }, cell)),
        ),
      ),
    ),
  );
}
