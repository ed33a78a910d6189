// A check in numbers: which figures, which sum.
import type { Check, Value } from 'gongkai';
import { h } from './dom.ts';
import { type CellName, named } from './names.ts';
import { t } from './words.ts';

export interface Term {
  path: string;
  value: Value | null;
}

/** Where the left side of a rule ends among its operands: it is one figure, or as many as the rule has terms. */
function sides(check: Pick<Check, 'rule'>, operands: Term[]): [Term[], Term[]] {
  const [left = ''] = check.rule.split(/ (?:=|>=) /);
  const terms = left.split(/ [+-] /).length;
  return [operands.slice(0, terms), operands.slice(terms)];
}

/** Whether a check compares two sums; others compare texts, or say that one figure has no ground. */
export const isSum = ({ rule, operands, left }: Pick<Check, 'rule' | 'left'> & { operands: unknown[] }): boolean =>
  left !== null && operands.length > 1 && !rule.includes(' covers ');

/** `14 + 2 = 16  ≠  14 + 3 = 17`, each number with the name of its cell. */
export function arithmetic(
  check: Pick<Check, 'rule' | 'verdict' | 'left' | 'right'> & { operands: Term[] },
  names: Map<string, CellName>,
  jump?: (term: Term) => void,
  also?: (term: Term) => string,
): HTMLElement {
  // Of cells of one row the columns tell them apart, of others the rows.
  const oneRow = new Set(check.operands.map(({ path }) => names.get(path)?.row)).size === 1;
  const word = ({ path }: Term): string => short(names.get(path)?.[oneRow ? 'column' : 'row'] ?? path);
  const term = (one: Term): HTMLElement =>
    h(
      jump ? 'button' : 'span',
      { type: jump && 'button', class: 'term', title: named(names, one.path), click: jump && ((): void => jump(one)) },
      h('b', {}, one.value === null ? '—' : String(one.value)),
      h('small', {}, [word(one), also?.(one)].filter(Boolean).join(' ')),
    );
  const side = (terms: Term[], sum: Value | null): (HTMLElement | string)[] => {
    // Of many parts those that are zero say nothing; how many they are is said.
    const said = terms.length > 6 ? terms.filter(({ value }) => Number(value ?? 0) !== 0) : terms;
    const shown = said.length ? said : terms.slice(0, 1);
    const zeros = terms.length - shown.length;
    return [
      ...shown.flatMap((one, at) => [...(at ? [h('span', { class: 'sign' }, '+')] : []), term(one)]),
      ...(zeros > 0 ? [h('span', { class: 'sign' }, `+ ${zeros} × 0`)] : []),
      ...(terms.length > 1 && sum !== null && check.verdict !== 'not_evaluable'
        ? [h('span', { class: 'sign' }, '='), h('b', { class: 'sum' }, String(sum))]
        : []),
    ];
  };
  const [left, right] = sides(check, check.operands);
  const between = { holds: '=', holds_if_blank_is_zero: '=', broken: '≠', not_evaluable: '?' }[check.verdict];
  return h(
    'div',
    { class: `arithmetic ${check.verdict}` },
    h('span', { class: 'side' }, side(left, check.left)),
    h('span', { class: 'relation', title: t(check.verdict) }, between),
    h('span', { class: 'side' }, side(right, check.right)),
  );
}

const short = (name: string): string => {
  const words = name.replace(/（[^（）]{8,}）/g, '');
  return words.length > 14 ? `${words.slice(0, 13)}…` : words;
};
