//! The tables of a page: which of them hold figures, and where each cell stands once rowspan and colspan are counted.

use super::{
    super::{ReadError, writer::Cell},
    page::{is_hidden, words},
    tree::{Id, Tree},
};
use crate::Options;

/// Columns a cell may cover, and rows: the limits of the HTML standard.
const MAX_COLUMNS: usize = 1000;
const MAX_ROWS: usize = 65_534;
/// A cell with so many paragraphs, and so many bytes of words, is a page set in a table.
const PARAGRAPHS: usize = 12;
const WORDS: usize = 1800;

/// The rows of a table that are shown, in the order of the page.
pub fn rows(tree: &Tree<'_>, table: Id) -> Vec<Id> {
    let mut rows = Vec::new();
    for child in tree.children(table) {
        match tree.tag(child) {
            "tr" => rows.push(child),
            "thead" | "tbody" | "tfoot" => rows.extend(tree.children(child).filter(|&c| tree.tag(c) == "tr")),
            _ => {}
        }
    }
    rows.retain(|&row| !is_hidden(tree, row));
    rows
}

/// The cells of a row that are shown.
pub fn cells<'a>(tree: &'a Tree<'_>, row: Id) -> impl Iterator<Item = Id> + 'a {
    tree.children(row).filter(|&c| matches!(tree.tag(c), "td" | "th") && !is_hidden(tree, c))
}

/// Whether a table is only there to set a page: it has one cell, another table in a cell, or a whole text in one.
pub fn is_layout(tree: &Tree<'_>, table: Id) -> bool {
    let mut count = 0usize;
    for row in rows(tree, table) {
        for cell in cells(tree, row) {
            count += 1;
            let (mut paragraphs, mut bytes, mut inner) = (0usize, 0usize, false);
            let mut stack = vec![cell];
            while let Some(id) = stack.pop() {
                match tree.tag(id) {
                    "table" => inner = true,
                    "p" | "div" | "br" | "li" => paragraphs += 1,
                    _ => bytes += tree.text(id).map_or(0, |t| t.trim().len()),
                }
                stack.extend(tree.children(id));
            }
            if inner || (paragraphs > PARAGRAPHS && bytes > WORDS) {
                return true;
            }
        }
    }
    count < 2
}

/// A cell that reaches into the rows below.
struct Reaching {
    column: usize,
    width: usize,
    /// The first row it does not reach.
    end: usize,
}

/// The rows of a table as cells with their places.
///
/// # Errors
/// [`ReadError::Limit`] if cells and the places they cover are more than [`Options::max_cells`].
pub fn grid(tree: &Tree<'_>, table: Id, options: &Options) -> Result<Vec<Vec<Cell>>, ReadError> {
    let mut grid = Vec::new();
    let mut above: Vec<Reaching> = Vec::new();
    let mut work = 0usize;
    let rows = rows(tree, table);
    let count = rows.len();
    for (at, row) in rows.into_iter().enumerate() {
        above.retain(|r| r.end > at);
        above.sort_unstable_by_key(|r| r.column);
        let mut covered = above.iter().peekable();
        let mut line: Vec<Cell> = Vec::new();
        let mut new = Vec::new();
        let mut column = 0;
        for cell in cells(tree, row) {
            while let Some(reaching) = covered.next_if(|r| r.column <= column) {
                column = column.max(reaching.column + reaching.width);
            }
            let span = |name: &str, max: usize| tree.attribute(cell, name).and_then(|value| leading_number(&value)).map(|n| n.min(max));
            let width = span("colspan", MAX_COLUMNS).filter(|&n| n > 0).unwrap_or(1);
            let height = match span("rowspan", MAX_ROWS) {
                Some(0) => count - at,
                Some(n) => n.min(count - at),
                None => 1,
            };
            line.push(Cell { text: words(tree, cell), column, row_span: height, column_span: width });
            if height > 1 {
                new.push(Reaching { column, width, end: at + height });
            }
            column += width;
        }
        work += line.len() + above.len();
        if work > options.max_cells {
            return Err(ReadError::Limit { limit: "max_cells", value: work, max: options.max_cells });
        }
        above.append(&mut new);
        grid.push(line);
    }
    Ok(grid)
}

/// The number an attribute begins with, as browsers read it.
fn leading_number(value: &str) -> Option<usize> {
    let value = value.trim_start().trim_start_matches('+');
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    // More digits than any limit has.
    value.get(..digits.min(9)).filter(|d| !d.is_empty())?.parse().ok()
}
