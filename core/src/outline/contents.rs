//! Tables of contents: lines that read as headings and are none.

use gongkai_grammar::model::Span;

use super::scan::{compact, is_space};

/// So many lines behind the word for contents may be entries.
const ENTRIES: usize = 40;
/// Bytes of an entry.
const ENTRY: usize = 180;

/// The lines of a table of contents, sorted: those that lead to the number of a page (概述……3), and those between 目录 and the first of them again.
pub fn contents(text: &str, lines: &[Span]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut listed = 0;
    for (at, line) in lines.iter().enumerate() {
        let piece = line.of(text);
        if at < listed || leads_to_page(piece) {
            found.push(*line);
        } else if is_word_for_contents(piece) {
            listed = at + 1 + entries(text, lines.get(at + 1..).unwrap_or_default());
        }
    }
    found
}

/// 目录, 目 录
fn is_word_for_contents(line: &str) -> bool {
    line.len() <= ENTRY && line.contains('目') && matches!(compact(line).as_str(), "目录" | "目錄")
}

/// How many lines there are until the first of them stands again.
fn entries(text: &str, lines: &[Span]) -> usize {
    let Some(first) = lines.first().map(|line| title(line.of(text))).filter(|first| !first.is_empty()) else { return 0 };
    let again = lines.iter().skip(1).take(ENTRIES).position(|line| line.end - line.start <= ENTRY && title(line.of(text)) == first);
    again.map_or(0, |at| at + 1)
}

/// The words of an entry, without what leads to the number of its page.
fn title(line: &str) -> String {
    let words = if line.len() <= ENTRY { compact(line) } else { String::new() };
    words.trim_end_matches(|c: char| c.is_ascii_digit() || is_leader(c)).to_owned()
}

/// What stands between an entry and the number of its page.
fn is_leader(c: char) -> bool {
    matches!(c, '.' | '…' | '·' | '．' | '•' | '‥' | '_' | '—' | '─' | '-' | '⋯')
}

/// Whether a line ends with a row of dots and a number of a page.
fn leads_to_page(line: &str) -> bool {
    if line.len() > ENTRY {
        return false;
    }
    let line = line.trim_end_matches(is_space);
    let rest = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let rest = match line.len() - rest.len() {
        1..=3 => rest.trim_end_matches(is_space),
        _ => return false,
    };
    let words = rest.trim_end_matches(|c| is_leader(c) || is_space(c));
    let dots: usize =
        rest.get(words.len()..).unwrap_or_default().chars().map(|c| if c == '…' || c == '⋯' { 3 } else { usize::from(is_leader(c)) }).sum();
    dots >= 6 && !words.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::scan::filled_lines;

    fn found(text: &str) -> Vec<&str> {
        contents(text, &filled_lines(text)).iter().map(|line| line.of(text)).collect()
    }

    #[test]
    fn entries_lead_to_pages_or_stand_again() {
        assert_eq!(found("一、概述……………1\n二、主动公开情况......... 12\n一、概述\n"), ["一、概述……………1", "二、主动公开情况......... 12"]);
        assert_eq!(found("目  录\n一、概述 1\n二、公开情况 2\n一、概述\n二、公开情况\n"), ["一、概述 1", "二、公开情况 2"]);
        assert_eq!(found("目录\n一、概述\n2020年\n二、公开情况\n"), [""; 0]);
        assert_eq!(found("电话：0471-1234567\n主动公开信息……\n2020-2021年 12\n"), [""; 0]);
    }
}
