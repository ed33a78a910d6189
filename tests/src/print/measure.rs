//! Widths of text as terminals and plain-text tables count them: two for a Han character.

use gongkai::write::{Sheet, SheetCell};
use unicode_width::UnicodeWidthStr;

/// Where text stands in its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

impl Align {
    /// Text in a room of this width.
    #[must_use]
    pub fn place(self, text: &str, room: usize) -> String {
        let rest = room.saturating_sub(text.width());
        let before = match self {
            Self::Left => 0,
            Self::Centre => rest / 2,
            Self::Right => rest,
        };
        format!("{}{text}{}", " ".repeat(before), " ".repeat(rest - before))
    }
}

/// Text in lines of at most this width.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for letter in text.chars() {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && format!("{last}{letter}").width() > width {
            lines.push(letter.to_string());
        } else {
            last.push(letter);
        }
    }
    lines
}

/// The widths of the columns, wide enough for every cell; `texts` gives the lines of a cell, `gap` stands between columns.
#[must_use]
pub fn column_widths(sheet: &Sheet, gap: usize, texts: impl Fn(&SheetCell) -> Vec<String>) -> Vec<usize> {
    let mut widths = vec![1; sheet.width];
    for span in 1..=sheet.width {
        for cell in sheet.cells().filter(|cell| cell.width == span) {
            let needed = texts(cell).iter().map(|line| line.width()).max().unwrap_or(0);
            let room = room(&widths, cell.column, span, gap);
            widths[cell.column + span - 1] += needed.saturating_sub(room);
        }
    }
    widths
}

/// The width of some columns together, with the gaps between them.
#[must_use]
pub fn room(widths: &[usize], column: usize, span: usize, gap: usize) -> usize {
    widths[column..column + span].iter().sum::<usize>() + gap * (span - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_are_two_wide() {
        assert_eq!(Align::Right.place("规章", 6), "  规章");
        assert_eq!(Align::Centre.place("12", 5), " 12  ");
        assert_eq!(Align::Left.place("规章", 3), "规章");
    }

    #[test]
    fn long_text_is_wrapped() {
        assert_eq!(wrapped("社会公益组织", 8), ["社会公益", "组织"]);
        assert_eq!(wrapped("", 8), [""]);
        assert_eq!(wrapped("规章", 1), ["规", "章"]);
    }
}
