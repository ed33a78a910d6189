//! The body of a Word file: paragraphs and tables, as they are after all tracked changes are accepted.

use super::{
    super::{
        writer::note_mark,
        xml::{Tag, Visit},
    },
    numbering::{NumberOf, Numbering},
};

/// A piece of a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph with its number; line breaks in it are `\n`.
    Paragraph(String),
    /// A table, its rows of cells.
    Table(Vec<Vec<Cell>>),
}

/// A cell of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Its first column.
    pub column: usize,
    /// Columns it covers.
    pub width: usize,
    /// Whether it goes on the cell above.
    pub continues: bool,
}

/// Columns a table may have: Word's own limit is 63.
const MAX_WIDTH: usize = 1000;

/// What is open.
enum Frame {
    /// The document, or a text box.
    Blocks(Vec<Block>),
    Paragraph(Paragraph),
    Table(Vec<Vec<Cell>>),
    Row {
        cells: Vec<Cell>,
        /// The first free column.
        column: usize,
        deleted: bool,
    },
    Cell(Cell),
}

#[derive(Default)]
struct Paragraph {
    text: String,
    number: NumberOf,
    style: Option<String>,
    /// Text boxes anchored in it.
    boxes: Vec<Block>,
}

/// Reads a part into blocks.
pub struct Body<'a> {
    numbering: &'a mut Numbering,
    frames: Vec<Frame>,
    /// Elements that are open inside one that is passed by; 0 for none.
    passed: usize,
    /// Whether a run is open, and whether it is hidden.
    run: bool,
    hidden: bool,
    /// Whether its words are raised: the mark of a note.
    raised: bool,
    /// Whether the properties of a row or a paragraph are open.
    of_row: bool,
    of_paragraph: bool,
    /// Whether words are text of the document.
    words: bool,
}

/// Elements whose content is no text of the accepted document: deleted or moved away, codes of fields, the second standing of a text box.
const PASSED: &[&str] = &["del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPrChange", "pPrChange", "tblPrChange", "sectPr"];

impl<'a> Body<'a> {
    /// Nothing read yet.
    pub fn new(numbering: &'a mut Numbering) -> Self {
        Self {
            numbering,
            frames: vec![Frame::Blocks(Vec::new())],
            passed: 0,
            run: false,
            hidden: false,
            raised: false,
            of_row: false,
            of_paragraph: false,
            words: false,
        }
    }

    /// The blocks read; what is still open in a file that was cut off is closed.
    pub fn finish(mut self) -> Vec<Block> {
        while self.frames.len() > 1 {
            self.close();
        }
        match self.frames.pop() {
            Some(Frame::Blocks(blocks)) => blocks,
            _ => Vec::new(),
        }
    }

    /// Closes the innermost frame into the one around it.
    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Paragraph(paragraph)) => {
                let number = self.numbering.next(&paragraph.number, paragraph.style.as_deref());
                // A paragraph without words shows its number all the same, but says nothing.
                if !paragraph.text.trim().is_empty() {
                    self.add(Block::Paragraph(number + &paragraph.text));
                }
                paragraph.boxes.into_iter().for_each(|block| self.add(block));
            }
            Some(Frame::Table(rows)) => self.add(Block::Table(rows)),
            Some(Frame::Row { cells, deleted, .. }) => {
                if let Some(Frame::Table(rows)) = self.frames.last_mut()
                    && !deleted
                {
                    rows.push(cells);
                }
            }
            Some(Frame::Cell(mut cell)) => {
                if let Some(Frame::Row { cells, column, .. }) = self.frames.last_mut() {
                    cell.column = *column;
                    *column = column.saturating_add(cell.width.clamp(1, MAX_WIDTH));
                    cells.push(cell);
                }
            }
            Some(Frame::Blocks(blocks)) if !self.frames.is_empty() => blocks.into_iter().for_each(|block| self.add(block)),
            Some(last @ Frame::Blocks(_)) => self.frames.push(last),
            None => {}
        }
    }

    /// Closes frames up to one of a kind, if one is open.
    fn close_to(&mut self, kind: fn(&Frame) -> bool) {
        if self.frames.iter().skip(1).any(kind) {
            while self.frames.len() > 1 {
                let found = self.frames.last().is_some_and(kind);
                self.close();
                if found {
                    return;
                }
            }
        }
    }

    fn add(&mut self, block: Block) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Blocks(blocks) | Frame::Cell(Cell { blocks, .. }) => return blocks.push(block),
                Frame::Paragraph(paragraph) => return paragraph.boxes.push(block),
                Frame::Table(_) | Frame::Row { .. } => {}
            }
        }
    }

    fn push(&mut self, words: &str) {
        if let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut().filter(|_| !self.hidden) {
            match note_mark(&paragraph.text, words).filter(|_| self.raised) {
                Some(mark) => paragraph.text.push_str(&mark),
                None => paragraph.text.push_str(words),
            }
        }
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.frames.last_mut() {
            Some(Frame::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }

    fn row_property(&mut self, tag: &Tag<'_>) {
        let Some(Frame::Row { column, deleted, .. }) = self.frames.last_mut() else { return };
        match tag.name() {
            "gridBefore" => *column = number(tag).min(MAX_WIDTH),
            "del" => *deleted = true,
            _ => {}
        }
    }
}

fn number(tag: &Tag<'_>) -> usize {
    tag.attribute("val").and_then(|v| v.parse().ok()).unwrap_or(0)
}

/// Whether an on-off property is on.
fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(tag.attribute("val").as_deref(), Some("0" | "false" | "off"))
}

impl Visit for Body<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name();
        if self.passed > 0 {
            self.passed += 1;
            return;
        }
        if self.of_row {
            self.row_property(tag);
            return;
        }
        if PASSED.contains(&name) {
            self.passed = 1;
            return;
        }
        match name {
            "p" => self.frames.push(Frame::Paragraph(Paragraph::default())),
            "tbl" => self.frames.push(Frame::Table(Vec::new())),
            "tr" => self.frames.push(Frame::Row { cells: Vec::new(), column: 0, deleted: false }),
            "tc" => self.frames.push(Frame::Cell(Cell { width: 1, ..Cell::default() })),
            "txbxContent" => self.frames.push(Frame::Blocks(Vec::new())),
            "trPr" => self.of_row = true,
            "pPr" => self.of_paragraph = true,
            "r" => (self.run, self.hidden, self.raised) = (true, false, false),
            "vanish" if self.run => self.hidden = is_on(tag),
            "vertAlign" if self.run => self.raised = tag.attribute("val").as_deref() == Some("superscript"),
            "t" => self.words = true,
            "tab" | "ptab" if self.run && !self.of_paragraph => self.push(" "),
            "br" | "cr" if self.run => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                // Symbols of fonts of their own (U+F000 on) are no characters.
                let code = tag.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok()).and_then(char::from_u32);
                if let Some(c) = code.filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c)) {
                    self.push(c.encode_utf8(&mut [0; 4]));
                }
            }
            "pStyle" => self.paragraph().into_iter().for_each(|p| p.style = tag.attribute("val")),
            "numId" => self.paragraph().into_iter().for_each(|p| p.number.list = tag.attribute("val")),
            "ilvl" => self.paragraph().into_iter().for_each(|p| p.number.level = tag.attribute("val").and_then(|v| v.parse().ok())),
            "gridSpan" => {
                if let Some(Frame::Cell(cell)) = self.frames.last_mut() {
                    cell.width = number(tag).clamp(1, MAX_WIDTH);
                }
            }
            "vMerge" => {
                if let Some(Frame::Cell(cell)) = self.frames.last_mut() {
                    cell.continues = tag.attribute("val").as_deref() != Some("restart");
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        match name {
            "p" => self.close_to(|f| matches!(f, Frame::Paragraph(_))),
            "tbl" => self.close_to(|f| matches!(f, Frame::Table(_))),
            "tr" => self.close_to(|f| matches!(f, Frame::Row { .. })),
            "tc" => self.close_to(|f| matches!(f, Frame::Cell(_))),
            "txbxContent" => self.close_to(|f| matches!(f, Frame::Blocks(_))),
            "trPr" => self.of_row = false,
            "pPr" => self.of_paragraph = false,
            "r" => (self.run, self.hidden, self.raised) = (false, false, false),
            "t" => self.words = false,
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if self.passed == 0 && self.words {
            self.push(words);
        }
    }
}
