//! The verb `text`: what a document was read as.

use std::io::Write;

use gongkai::{Document, Span};

/// The words of a document, each line and each cell behind its place: bytes from the start of the text, then the page or the sheet, table, row
/// and column.
pub fn places(document: &Document, out: &mut dyn Write) -> std::io::Result<()> {
    let encoding = document.encoding.map(|e| format!(" {e}")).unwrap_or_default();
    writeln!(out, "{}{encoding} · {} bytes · body {}..{}", document.format.name(), document.text.len(), document.body.start, document.body.end)?;
    for (name, value) in &document.metadata {
        writeln!(out, "{name}: {value}")?;
    }
    let mut line = |start: usize, end: usize| {
        let span = Span::new(start, end);
        let place = document.locate(span).map(|l| serde_json::to_string(&l)).transpose()?.unwrap_or_default();
        writeln!(out, "{start:>7}..{end:<7} {place} {}", span.of(&document.text))
    };
    let mut at = 0;
    let mut grids = document.grids.iter().peekable();
    while at < document.text.len() {
        if let Some(grid) = grids.next_if(|g| g.span.start <= at) {
            for cell in &grid.cells {
                line(cell.span.start, cell.span.end)?;
            }
            at = grid.span.end.max(at + 1);
            continue;
        }
        let end = document.text.get(at..).and_then(|rest| rest.find('\n')).map_or(document.text.len(), |i| at + i);
        line(at, end)?;
        at = end + 1;
    }
    for note in &document.notes {
        writeln!(out, "{note:?}")?;
    }
    Ok(())
}
