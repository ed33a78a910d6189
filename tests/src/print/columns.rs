//! Tables read column by column, as text tools read a page of PDF: the labels, then each column of figures. Blank cells vanish.

use gongkai::write::{CellKind, Sheet, SheetCell};
use gongkai_grammar::Form;

use super::document::Document;
use crate::generate::Filled;

/// Rows on one page.
const PAGE: usize = 12;

/// A block of lines for every column of each page. Tables without labels, and those of several blocks, are one cell a paragraph.
#[must_use]
pub fn blocks(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n\n", |sheet| table(sheet).join("\n\n"))
}

fn table(sheet: &Sheet) -> Vec<String> {
    let (head, body) = sheet.rows.split_at(sheet.head);
    let labelled = body.iter().flatten().any(|cell| cell.kind == CellKind::Label);
    if !labelled || body.iter().flatten().any(|cell| cell.kind == CellKind::Header) {
        return paragraphs(sheet.cells());
    }
    let mut blocks = paragraphs(head.iter().flatten());
    for page in body.chunks(PAGE) {
        let cells = || page.iter().flatten();
        blocks.push(lines(cells().filter(|cell| cell.kind == CellKind::Label)));
        for column in 0..sheet.width {
            blocks.push(lines(cells().filter(|cell| cell.kind != CellKind::Label && cell.column == column)));
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn paragraphs<'a>(cells: impl Iterator<Item = &'a SheetCell>) -> Vec<String> {
    cells.filter(|cell| !cell.text.is_empty()).map(|cell| cell.text.clone()).collect()
}

fn lines<'a>(cells: impl Iterator<Item = &'a SheetCell>) -> String {
    paragraphs(cells).join("\n")
}
