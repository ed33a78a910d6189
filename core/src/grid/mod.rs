//! From a table region to tokens: labels, figures, blank cells.
//!
//! Each way a table is flattened (a dialect) is a module that cuts the text between the labels into cells. Which dialect a region is in is
//! decided by which one explains its rows best (see `table/`); the choice is kept in the report.

mod blanks;
mod blocks;
mod cells;
mod pipes;
mod spaces;
mod tabs;

use gongkai_grammar::{
    LineKind, line_kind, lines,
    model::{Dialect, Span},
};

use crate::{
    document::Grid,
    labels::Hit,
    outline::scan::{before, is_trimmed},
    region::Region,
};

/// A piece of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its place in the source; a blank cell has an empty span where it would stand.
    pub span: Span,
}

/// What a piece of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A label, by its index in the hits.
    Label(usize),
    /// Something that can be read as a figure.
    Value,
    /// A cell with nothing in it.
    Blank,
    /// A cell that may be padding, or a blank one.
    MaybePad,
    /// Padding behind the last cell of a row.
    Pad,
    /// Words: the rest of a label, a unit, an unknown row, or a cell with words in it.
    Text,
    /// The end of a row, in dialects that know it.
    RowEnd,
    /// The end of a cell, in dialects that know it.
    CellEnd,
}

/// A region cut into tokens.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The dialect it was cut by.
    pub dialect: Dialect,
    /// The tokens, in source order; for column blocks, in the order of the rows.
    pub list: Vec<Token>,
}

/// Bytes of the first cell in front of its label.
const FIRST_CELL: usize = 40;

/// What the dialects work on.
pub struct Source<'a> {
    /// The whole text.
    pub text: &'a str,
    /// All labels.
    pub hits: &'a [Hit],
    /// The region.
    pub region: &'a Region,
    /// The tables of real cells that hold the region; empty where it is text.
    pub grids: &'a [Grid],
    /// Whether a label, by its index in the hits, stands for a row of figures.
    pub is_row: &'a dyn Fn(usize) -> bool,
    /// Whether it stands for a column of figures, and never for a row.
    pub is_column: &'a dyn Fn(usize) -> bool,
}

impl Source<'_> {
    /// The labels that touch a piece of the source, with their indices.
    fn labels_in(&self, piece: Span) -> impl Iterator<Item = (usize, Span)> {
        let hits = self.hits.get(self.region.hits.clone()).unwrap_or_default();
        let first = hits.partition_point(|h| h.span.end <= piece.start);
        let offset = self.region.hits.start;
        hits.iter().enumerate().skip(first).take_while(move |(_, h)| h.span.start < piece.end).map(move |(i, h)| (i + offset, h.span))
    }

    /// Where the region begins, with the quotation mark and the square brackets in front of its first cell.
    fn opening(&self) -> usize {
        let head = before(self.text, self.region.span.start, FIRST_CELL);
        let head = head.get(head.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default();
        let quote = head.rfind(['"', '\'']).unwrap_or(head.len());
        let start = self.region.span.start - (head.len() - quote);
        self.text.get(..start).map_or(start, |text| text.trim_end_matches(['"', '\'', '[', ' ']).len())
    }

    /// The text of the region.
    fn slice(&self) -> &str {
        self.region.span.of(self.text)
    }
}

/// A way to cut a region.
pub type Reading = fn(&Source<'_>) -> Option<Tokens>;

/// The ways to read a region that are worth comparing, the most explicit dialect first.
pub fn readings(source: &Source<'_>) -> Vec<Reading> {
    if !source.grids.is_empty() {
        return vec![|source| Some(cells::rows(source))];
    }
    let (mut piped, mut piped_cells, mut tabbed, mut rules, mut full) = (0usize, 0usize, 0usize, 0usize, 0usize);
    let (mut commas, mut slashes) = (0usize, 0usize);
    let (mut ruled, mut closed) = (false, 0usize);
    let Pipes { wide } = Pipes::of(source.slice());
    let whole = Span::new(source.opening(), source.region.span.end).of(source.text);
    for line in lines(whole) {
        let line = line.of(whole);
        match line_kind(line) {
            LineKind::Piped => {
                piped += 1;
                closed += usize::from(line.trim_start().starts_with(is_pipe) && line.trim_end().ends_with(is_pipe));
                let (pipes, filled) = if wide { pieces(line.split(is_pipe).map(|piece| !piece.trim().is_empty())) } else { pieces_of_ascii(line) };
                piped_cells += pipes;
                // Rows that are lines have their label and figures in one.
                full += usize::from(filled > 1);
            }
            LineKind::Tabbed => tabbed += 1,
            LineKind::Text => {
                commas += rows_between(',', line);
                slashes += rows_between('/', line);
            }
            LineKind::Separator => {
                rules += 1;
                // A line of nothing but pipes is a row of blank cells or of padding.
                ruled |= !line.chars().all(|c| is_pipe(c) || c.is_whitespace());
                piped_cells += line.chars().filter(|&c| is_pipe(c)).count();
            }
            _ => {}
        }
    }
    let mut list: Vec<Reading> = Vec::new();
    if piped > 0 && piped_cells >= 4 {
        // Where rows are lines, their ends are known; the law is for the others.
        if full >= 2 || ruled {
            list.push(|source| Some(pipes::rows(source)));
        }
        // Lines between two pipes, without a run of pads in any, are rows. The first and the last line of a region may be cut.
        let closed = closed + 2 >= piped && full >= 2 && !source.slice().contains("||");
        if list.is_empty() || !(closed || source.slice().contains(['├', '┼', '╠', '╬'])) {
            list.push(|source| Some(pipes::law(source)));
        }
    }
    if tabbed > 1 {
        list.push(|source| Some(tabs::rows(source, '\t')));
    }
    if commas >= MIN_ROWS {
        list.push(|source| Some(tabs::rows(source, ',')));
    }
    if slashes >= MIN_ROWS {
        list.push(|source| Some(tabs::rows(source, '/')));
    }
    // Pipes at both ends of a line are a frame around the table.
    let framed = piped_cells <= 2 * (piped + rules);
    if piped_cells < 4 || piped * 2 < source.region.hits.len() || framed {
        list.push(|source| Some(spaces::words(source)));
        list.push(blanks::blank_lines);
        list.push(blocks::columns);
        list.push(blocks::stacks);
    }
    list
}

/// Rows with separators that tell a dialect.
const MIN_ROWS: usize = 2;
/// Separators of a row that tells it alone.
const LONG_ROW: usize = 10;

/// How many rows a line looks like whose cells stand between separators: it has two of them and ends with a figure or a blank cell. A slash
/// separates only where it stands between cells that are none of them blank: 8 / 0 / 1; it may be a mark in a blank cell itself.
fn rows_between(separator: char, line: &str) -> usize {
    let mut pieces = line.rsplit(separator);
    let last = pieces.next().unwrap_or_default();
    if pieces.clone().nth(1).is_none() {
        return 0;
    }
    let bare = last.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ']' | '[' | ','));
    if !(bare.is_empty() || is_figure(bare)) {
        return 0;
    }
    match separator {
        '/' if last.trim().is_empty() || pieces.any(|piece| piece.trim().is_empty()) => 0,
        // One row is enough if it is long, or one of a list.
        ',' if line.trim_start().starts_with('[') => MIN_ROWS,
        _ if line.matches(separator).count() >= LONG_ROW => MIN_ROWS,
        _ => 1,
    }
}

/// Pipes between the pieces of a line, and pieces that hold something.
fn pieces(filled: impl Iterator<Item = bool>) -> (usize, usize) {
    let (count, full) = filled.fold((0usize, 0), |(count, full), filled| (count + 1, full + usize::from(filled)));
    (count.saturating_sub(1), full)
}

/// The same for a line whose pipes are ASCII.
fn pieces_of_ascii(line: &str) -> (usize, usize) {
    pieces(line.as_bytes().split(|&b| b == b'|').map(|piece| piece.iter().any(|b| !b.is_ascii_whitespace())))
}

pub use spaces::{is_figure, unit_beside};

/// A vertical mark between cells.
pub fn is_pipe(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃' | '║')
}

/// The vertical marks of a text. Most texts have only the one of ASCII, which is found much sooner.
pub struct Pipes {
    wide: bool,
}

impl Pipes {
    /// Which of them `text` has.
    pub fn of(text: &str) -> Self {
        Self { wide: ["｜", "│", "┃", "║"].iter().any(|pipe| memchr::memmem::find(text.as_bytes(), pipe.as_bytes()).is_some()) }
    }

    /// Whether a piece of the text has any.
    pub fn any(&self, piece: &str) -> bool {
        memchr::memchr(b'|', piece.as_bytes()).is_some() || (self.wide && piece.contains(is_pipe))
    }

    /// Where they stand in a piece of the text.
    pub fn each<'a>(&self, piece: &'a str) -> impl Iterator<Item = Span> + 'a {
        let narrow = memchr::memchr_iter(b'|', if self.wide { &[] } else { piece.as_bytes() }).map(|at| Span::new(at, at + 1));
        let wide = if self.wide { piece } else { "" }.char_indices().filter(|&(_, c)| is_pipe(c));
        narrow.chain(wide.map(|(at, c)| Span::new(at, at + c.len_utf8())))
    }
}

/// `start..end` without the white space at its ends.
pub fn trimmed(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    // Most cells have spaces and line ends around them, or none.
    let plain = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    let lead = piece.as_bytes().iter().take_while(plain).count();
    let bytes = piece.as_bytes().get(lead..).unwrap_or_default();
    let bytes = bytes.get(..bytes.len() - bytes.iter().rev().take_while(plain).count()).unwrap_or_default();
    if bytes.is_empty() || is_trimmed(bytes) {
        return Span::new(span.start + lead, span.start + lead + bytes.len());
    }
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}');
    let start = span.start + (piece.len() - piece.trim_start_matches(blank).len());
    let rest = piece.trim_matches(blank);
    Span::new(start, start + rest.len())
}
