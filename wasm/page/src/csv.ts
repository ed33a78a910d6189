// Figures as CSV, for spreadsheets.
import type { Reading } from 'gongkai';

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

function line(cells: (string | number | null | undefined)[]): string {
  return `${cells.map((cell) => quoted(typeof cell === 'string' ? safe(cell) : String(cell ?? ''))).join(',')}\r\n`;
}

/** A spreadsheet must not take words of a report for a formula; numbers with a sign stay as they are. */
function safe(text: string): string {
  const formula = /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && Number.isNaN(Number(text)));
  return formula ? `'${text}` : text;
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
