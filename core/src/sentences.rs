//! The sentences of a report's prose, as they are compared with those of another report.

use gongkai_grammar::{
    fold,
    model::{Report, Section, Span},
};

use crate::outline::scan;

/// A sentence, or a clause that ends in a semicolon.
pub struct Sentence {
    /// Its place, with the mark it ends with.
    pub span: Span,
    /// Its words folded: spaces, quotation marks and the like make no difference.
    pub words: String,
}

/// Rows of a table that a sentence may hold by its words alone.
const SENTENCE_ROWS: usize = 2;

/// The tables of a report, which hold no sentences, in source order. A table ends where a part of the report begins, whatever it still takes for
/// its own.
pub fn tables(report: &Report) -> Vec<Span> {
    let starts: Vec<usize> = report.sections.iter().filter(|s| s.level == 1).map(|s| s.span.start).collect();
    let end = |table: Span| starts.get(starts.partition_point(|&s| s <= table.start)).map_or(table.end, |&next| next.min(table.end));
    let tables = report.tables.iter().filter(|t| t.rows > SENTENCE_ROWS).map(|t| Span::new(t.span.start, end(t.span)));
    let mut tables: Vec<Span> = tables.collect();
    tables.sort_unstable();
    tables
}

/// Whether a part of a document is its prose.
pub fn is_prose(section: &Section) -> bool {
    !matches!(section.kind.as_deref(), Some("furniture" | "copy" | "signature" | "statistics"))
}

/// The sentences of a section behind its heading, tables left out. Spans count bytes of `text`.
pub fn of_section(text: &str, section: &Section, tables: &[Span], found: &mut Vec<Sentence>) {
    let start = section.heading_span.map_or(section.span.start, |heading| heading.end);
    for piece in scan::outside(Span::new(start, section.span.end), tables) {
        cut(text, piece, found);
    }
}

fn cut(text: &str, piece: Span, found: &mut Vec<Sentence>) {
    let mut start = piece.start;
    let mut add = |start: usize, end: usize| {
        let span = scan::trim(text, Span::new(start, end));
        let words = fold(span.of(text));
        if !words.is_empty() {
            found.push(Sentence { span, words });
        }
    };
    for (at, c) in piece.of(text).char_indices() {
        let at = piece.start + at;
        let ends = match c {
            '。' | '；' | ';' | '！' | '!' | '？' | '?' | '|' | '\t' => true,
            '\n' => scan::breaks(text, at, piece.end),
            _ => false,
        };
        if ends {
            add(start, at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    add(start, piece.end);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tables_and_line_breaks_are_no_sentences() {
        let text = "一、总体情况\n全年公开12条，\n其中网站3条。收到申请五件；均已答复\n\n表 一 | 甲 | 乙\n没有投诉。";
        let place = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).unwrap();
        let section =
            Section { heading: None, kind: None, level: 1, heading_span: Some(place("一、总体情况")), span: Span::new(0, text.len()) };
        let mut found = Vec::new();
        of_section(text, &section, &[place("表 一 | 甲 | 乙")], &mut found);
        let words: Vec<&str> = found.iter().map(|s| s.words.as_str()).collect();
        assert_eq!(words, [fold("全年公开12条，其中网站3条。"), fold("收到申请五件；"), fold("均已答复"), fold("没有投诉。")]);
        assert_eq!(found[1].span.of(text), "收到申请五件；");
    }
}
