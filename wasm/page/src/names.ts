// What a cell is called: its row and its column, in the words of the form.
import type { SheetCell, TitledSheet } from 'gongkai';

export interface CellName {
  row: string;
  column: string;
}

/** The names of all cells of figures. */
export function namesOf(sheets: TitledSheet[]): Map<string, CellName> {
  const names = new Map<string, CellName>();
  for (const { sheet } of sheets) {
    // What stands above each column, the nearest last; a block has a head of its own.
    const above: { cell: SheetCell; row: number }[] = [];
    const beside: { cell: SheetCell; until: number }[] = [];
    sheet.rows.forEach((cells, at) => {
      if (cells.some(({ kind }) => kind === 'header') && !cells.some(({ path }) => path) && at >= sheet.head) above.length = 0;
      for (const cell of cells) {
        if (cell.kind === 'header' || cell.kind === 'banner') above.push({ cell, row: at });
        if (cell.kind === 'label' && at >= sheet.head) beside.push({ cell, until: at + cell.height });
      }
      for (const cell of cells.filter(({ path }) => path)) {
        const heads = above
          .filter(({ cell: head }) => head.column <= cell.column && cell.column < head.column + head.width)
          .map(({ cell: head }) => head.text);
        const rows = beside.filter(({ until, cell: label }) => until > at && label.column < cell.column).map(({ cell: label }) => label.text);
        const row = rows.at(-1) ?? heads.slice(0, -1).join(' ');
        names.set(cell.path!, { row, column: heads.at(-1) ?? '' });
      }
    });
  }
  return names;
}

/** Row and column in one line. */
export const named = (names: Map<string, CellName>, path: string): string => {
  const name = names.get(path);
  return name ? [name.row, name.column].filter(Boolean).join(' · ') : path;
};
