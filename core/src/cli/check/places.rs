//! Lines and columns of a text.

use gongkai::{Document, Format, Location, Offsets, Positions, Span};

use crate::cli::words::chinese;

/// Where the lines of a text begin.
pub struct Places {
    starts: Vec<usize>,
    characters: Positions,
}

impl Places {
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1)).collect();
        Self { starts, characters: Positions::new(text, Offsets::CodePoint) }
    }

    /// Line and column of a byte, both from 1, columns in characters.
    pub fn at(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        (line, self.characters.convert(text, at) - self.characters.convert(text, start) + 1)
    }

    /// A line by its number, without its end.
    pub fn line(&self, text: &str, line: usize) -> Span {
        let start = self.starts.get(line - 1).copied().unwrap_or(text.len());
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        let end = if text.as_bytes().get(start..end).is_some_and(|l| l.ends_with(b"\r")) { end - 1 } else { end };
        Span::new(start, end.max(start))
    }
}

/// Whether the lines of a document's text are those of its file.
pub fn has_lines(document: &Document) -> bool {
    document.format == Format::Text
}

/// A place in a file that is not text, in words.
pub fn location(location: &Location) -> String {
    let zh = chinese();
    let one =
        |n: Option<String>, before: &str, behind: &str, en: &str| n.map(|n| if zh { format!("{before}{n}{behind}") } else { format!("{en} {n}") });
    let number = |n: Option<usize>| n.map(|n| n.to_string());
    let parts = [
        one(location.page.map(|p| p.to_string()), "第", "页", "page"),
        one(location.sheet.clone(), "工作表", "", "sheet"),
        one(number(location.table), "表", "", "table"),
        one(number(location.row), "第", "行", "row"),
        one(number(location.column), "第", "列", "column"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(if zh { " " } else { ", " })
}
