// Figures as CSV, for spreadsheets.
import type { Comparison, Reading } from 'gongkai';

const HEAD = ['file', 'issuer', 'year', 'edition', 'path', 'label', 'value', 'missing', 'unit', 'raw', 'correction', 'status', 'flags'];

/** One line a figure of all reports, behind the byte order mark that Excel wants. */
export function figuresCsv(reports: (Reading & { name: string })[]): string {
  const lines = reports.flatMap(({ name, report }) =>
    report.figures.map((f) =>
      line([
        name,
        report.issuer,
        report.year,
        report.edition,
        f.path,
        f.label,
        f.value,
        f.missing,
        f.unit,
        f.raw,
        f.correction,
        f.status,
        f.flags.join(' '),
      ]),
    ),
  );
  return `\uFEFF${[line(HEAD), ...lines].join('')}`;
}

const SIDE = ['year', 'value', 'missing', 'raw', 'status'];
const COMPARISON_HEAD = ['path', 'label', 'column', 'kind', ...['a', 'b'].flatMap((side) => SIDE.map((name) => `${name}_${side}`)), 'change'];

/** One line a figure that is not the same in both reports; `columnOf` names the column of a path. */
export function comparisonCsv({ a, b, cells }: Comparison, columnOf: (path: string) => string | undefined): string {
  const lines = cells.map((cell) => {
    const sides = [
      [a, cell.a],
      [b, cell.b],
    ] as const;
    const values = sides.flatMap(([side, value]) => [side.year, value?.value, value?.missing, value?.raw, value?.status]);
    return line([cell.path, cell.label, columnOf(cell.path), cell.kind, ...values, cell.change]);
  });
  return `\uFEFF${[line(COMPARISON_HEAD), ...lines].join('')}`;
}

function line(cells: (string | number | null | undefined)[]): string {
  return `${cells.map((cell) => quoted(typeof cell === 'string' ? safe(cell) : String(cell ?? ''))).join(',')}\r\n`;
}

/** A spreadsheet must not take words of a report for a formula; numbers with a sign stay as they are. */
function safe(text: string): string {
  const formula = /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && Number.isNaN(Number(text)));
  return formula ? `'${text}` : text;
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
