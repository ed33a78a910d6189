//! Cells set apart by white space or by nothing: aligned columns, one cell a line, one long line, digits run together.
//!
//! All of these are the same to the reader: labels are the anchors, words between them are figures, units, numbers of rows, or words. What is
//! a blank cell cannot be seen; a row that is short is put right by the position of its words on the line, by the rules, or not at all.

use gongkai_grammar::{
    Cell, cell, lines,
    model::{Dialect, Span},
};

use super::{Source, Token, TokenKind, Tokens, is_pipe};

/// Reads a region as words around its labels.
pub fn words(source: &Source<'_>) -> Tokens {
    let mut list = Vec::with_capacity(source.slice().len() / 8);
    words_in(source, source.region.span, &mut list);
    let dialect = dialect(source, &list);
    Tokens { dialect, list }
}

/// The tokens of a piece of the region.
pub fn words_in(source: &Source<'_>, piece: Span, list: &mut Vec<Token>) {
    let mut from = piece.start;
    for (index, span) in source.labels_in(piece) {
        let end = row_number_start(source.text, Span::new(from, span.start.max(from)));
        gap(source.text, Span::new(from, end), list);
        // A label wrapped over two cells of a line belongs to the one it starts in.
        if span.start >= piece.start {
            list.push(Token { kind: TokenKind::Label(index), span });
        }
        from = span.end.clamp(from, piece.end);
    }
    gap(source.text, Span::new(from, piece.end), list);
}

/// Where the number in front of a label starts, if one ends the gap: `…0` `2.`, `（一）`, `其中：1、`. One digit only: `003、` is 00 and 3、.
fn row_number_start(text: &str, gap: Span) -> usize {
    let piece = gap.of(text);
    let mut rest = piece.trim_end();
    let before = rest;
    if let Some(stem) = rest.strip_suffix(['.', '．', '、']) {
        let stem = stem.trim_end();
        if let Some(cut) = stem.strip_suffix(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
            rest = cut;
        } else {
            let han = stem.trim_end_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
            if han.len() < stem.len() {
                rest = han;
            }
        }
    } else if let Some(stem) = rest.strip_suffix([')', '）']) {
        let inner = stem.trim_end();
        let number = inner.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        if number.len() < inner.len()
            && let Some(open) = number.trim_end().strip_suffix(['(', '（'])
        {
            rest = open;
        }
    } else if let Some(stem) = rest.strip_suffix(|c: char| matches!(c, '①'..='⑳' | '⑴'..='⒇' | '㈠'..='㈩')) {
        rest = stem;
    }
    for word in ["其中：", "其中:", "其中"] {
        if let Some(stem) = rest.trim_end().strip_suffix(word) {
            rest = stem;
            break;
        }
    }
    if rest.len() == before.len() { gap.end } else { gap.start + rest.len() }
}

/// The words of a gap between labels.
fn gap(text: &str, gap: Span, list: &mut Vec<Token>) {
    let mut depth = 0usize;
    for line in lines(gap.of(text)) {
        let line = Span::new(gap.start + line.start, gap.start + line.end);
        // — 40 — between labels on one line are cells.
        let whole_line = line.start > gap.start && line.end < gap.end;
        let foot = whole_line && is_page_number(line.of(text));
        if !foot && !is_row_rule(line.of(text)) {
            words_of_line(text, line, &mut depth, list);
        }
    }
}

fn words_of_line(text: &str, gap: Span, depth: &mut usize, list: &mut Vec<Token>) {
    let piece = gap.of(text);
    let mut start = None;
    let mut spaces = 0usize;
    let (mut tag, mut space) = (false, false);
    for (i, c) in piece.char_indices().chain([(piece.len(), ' ')]) {
        // The frame of a table and the tags of one that was left as HTML are no words, nor is its &nbsp;.
        tag |= c == '<' && piece.get(i + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        space |= c == '&' && piece.get(i + 1..).is_some_and(|rest| rest.starts_with("nbsp;"));
        let plain = c.is_ascii_alphanumeric() || ('\u{4E00}'..='\u{9FFF}').contains(&c);
        let blank = tag || space || !plain && (c.is_whitespace() || is_pipe(c) || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}'));
        tag &= c != '>';
        space &= c != ';';
        if blank {
            if let Some(from) = start.take() {
                word(text, Span::new(gap.start + from, gap.start + i), depth, list);
            }
            spaces += 1;
        } else if start.is_none() {
            // A figure behind a wide gap stands in a column of its own, also beside the bracket of a label that goes on in the next line.
            let word = || piece.get(i..).unwrap_or_default().split(char::is_whitespace).next().unwrap_or_default();
            if spaces > 1 && *depth > 0 && is_figure(word()) {
                *depth = 0;
            }
            start = Some(i);
            spaces = 0;
        }
    }
}

/// The tokens of one word: a figure, or figures and words run together.
fn word(text: &str, span: Span, depth: &mut usize, list: &mut Vec<Token>) {
    let piece = span.of(text);
    if is_page_number(piece) {
        return;
    }
    let kind = kind_of(piece);
    if *depth == 0 && kind != TokenKind::Text {
        list.push(Token { kind, span });
        return;
    }
    let mut run: Option<(usize, bool)> = None;
    let mut chars = piece.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        match c {
            '(' | '（' | '〔' | '[' => *depth += 1,
            ')' | '）' | '〕' | ']' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = chars.peek().map(|&(_, c)| c);
        let in_run = run.is_some_and(|(_, number)| number);
        let numeric = *depth == 0
            && (is_digit(c)
                || (matches!(c, '+' | '＋' | '-' | '－') && next.is_some_and(is_digit) && !in_run)
                || (in_run && matches!(c, '.' | '．' | ',' | '，') && next.is_some_and(is_digit)));
        // 218+19: a sign begins the next number. (A dash that is a cell of its own is told from it when the digits are split.)
        let sign = in_run && matches!(c, '+' | '＋' | '-' | '－') && next.is_some_and(is_digit);
        if sign && let Some((from, _)) = run {
            close(text, Span::new(span.start + from, span.start + i), true, Some(c), list);
            run = Some((i, true));
            continue;
        }
        if run.is_none_or(|(_, number)| number != numeric) {
            if let Some((from, number)) = run {
                close(text, Span::new(span.start + from, span.start + i), number, Some(c), list);
            }
            run = Some((i, numeric));
        }
    }
    if let Some((from, number)) = run {
        close(text, Span::new(span.start + from, span.end), number, None, list);
    }
}

/// Ends a run of digits or of words. A digit before 、 or . is the number of the next row, not of this one's figures.
fn close(text: &str, span: Span, number: bool, next: Option<char>, list: &mut Vec<Token>) {
    if !number {
        let mut span = span;
        // 394432.52元三、…: the unit belongs to the number before it.
        if let Some(last) = list.last_mut().filter(|t| t.kind == TokenKind::Value && t.span.end == span.start)
            && let Some(unit) = MONEY.iter().find(|unit| span.of(text).starts_with(**unit))
        {
            last.span.end += unit.len();
            span.start += unit.len();
        }
        marks(text, span, list);
        return;
    }
    let mut end = span.end;
    if matches!(next, Some('、' | '.' | '．')) {
        end -= span.of(text).chars().next_back().map_or(0, char::len_utf8);
    }
    if end > span.start {
        list.push(Token { kind: TokenKind::Value, span: Span::new(span.start, end) });
    }
}

/// Words run together with marks that stand for figures: 条无, —单位负责人, 无无, also behind the quotation mark that a label ends with.
fn marks(text: &str, span: Span, list: &mut Vec<Token>) {
    let words = span.of(text);
    let quote = words.chars().next().filter(|c| matches!(c, '”' | '’' | '」' | '』' | '"')).map_or(0, char::len_utf8);
    let behind = words.get(quote..).unwrap_or_default();
    let unit = quote + UNITS.iter().filter(|u| behind.starts_with(**u)).map(|u| u.len()).max().unwrap_or(0);
    let is_mark = |c: char| matches!(c, '无' | '—' | '–' | '-' | '－' | '/' | '／');
    let run: usize = words.get(unit..).unwrap_or_default().chars().take_while(|&c| is_mark(c)).map(char::len_utf8).sum();
    // 费用/元: the unit of the label.
    let of_unit = words.get(..unit + run).is_some_and(|w| w == "/" || w == "／") && words.get(unit + run..).is_some_and(|rest| UNITS.contains(&rest));
    if run == 0 || of_unit {
        if span.start < span.end {
            list.push(Token { kind: TokenKind::Text, span });
        }
        return;
    }
    if unit > 0 {
        list.push(Token { kind: TokenKind::Text, span: Span::new(span.start, span.start + unit) });
    }
    let from = span.start + unit;
    for (i, c) in words.get(unit..unit + run).unwrap_or_default().char_indices() {
        list.push(Token { kind: TokenKind::Value, span: Span::new(from + i, from + i + c.len_utf8()) });
    }
    if from + run < span.end {
        list.push(Token { kind: TokenKind::Text, span: Span::new(from + run, span.end) });
    }
}

/// Measure words that may stand between a label and its figure.
const UNITS: [&str; 12] = ["条", "件", "次", "篇", "万元", "元", "个", "人次", "人", "项", "份", "起"];

/// Units of money that may follow a number without a space.
const MONEY: [&str; 4] = ["万元", "亿元", "千元", "元"];

/// What a word is: a figure or a mark in the place of one, what programs write for a blank cell (NaN), or words.
pub fn kind_of(word: &str) -> TokenKind {
    match cell(word) {
        Cell::Text => TokenKind::Text,
        Cell::Blank => TokenKind::Blank,
        _ => TokenKind::Value,
    }
}

/// Whether a word can be a figure or a mark in the place of one.
pub fn is_figure(word: &str) -> bool {
    kind_of(word) == TokenKind::Value
}

/// The unit of money in the brackets of a label, or of those right behind it: 金额（单位：元）, 金额/万元.
pub fn unit_beside(text: &str, label: Span) -> Option<Span> {
    /// Bytes behind a label that may tell its unit.
    const BESIDE: usize = 40;
    let mut end = label.end.saturating_add(BESIDE).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let words = text.get(label.start..end)?;
    let own = label.end - label.start;
    let open = words.find(['(', '（', '[', '【', '/', '／']).filter(|&at| at < own || words.get(own..at).is_some_and(|gap| gap.trim().is_empty()))?;
    let close = words.get(open..)?.char_indices().skip(1).find(|&(_, c)| matches!(c, ')' | '）' | ']' | '】' | '|' | '\t') || is_digit(c));
    let remark = words.get(open..close.map_or(words.len(), |(at, _)| open + at))?;
    let (at, unit) = MONEY.iter().find_map(|unit| Some((remark.find(unit)?, unit)))?;
    let start = label.start + open + at;
    Some(Span::new(start, start + unit.len()))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Dashes that may stand for a figure; more of them are a rule.
const RULE: usize = 4;

/// Whether a line begins with a digit, a letter or a Han character, as most do.
fn begins_with_word(line: &str) -> bool {
    line.as_bytes().first().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, 0xE4..=0xE9))
}

/// `|-`, `+---`, `-----  -----`: a rule between rows; its dashes are no figures.
fn is_row_rule(line: &str) -> bool {
    if begins_with_word(line) {
        return false;
    }
    let marks = line.trim();
    if marks.split_whitespace().all(|run| run.len() > RULE && run.bytes().all(|b| b == b'-')) {
        return !marks.is_empty();
    }
    marks.contains(|c| is_pipe(c) || c == '+') && marks.contains('-') && marks.chars().all(|c| is_pipe(c) || matches!(c, '-' | '+' | '=' | ':' | ' '))
}

/// `-3-`, `— 12 —`: the foot of a page.
fn is_page_number(line: &str) -> bool {
    if begins_with_word(line) {
        return false;
    }
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '─');
    let Some(inner) = line.trim().strip_prefix(dash).and_then(|rest| rest.strip_suffix(dash)) else { return false };
    let number = inner.trim_matches(dash).trim();
    !number.is_empty() && number.len() <= 4 && number.chars().all(is_digit)
}

/// The name of the flattening, by what stands between the figures.
fn dialect(source: &Source<'_>, list: &[Token]) -> Dialect {
    let (mut newline, mut wide, mut single, mut none) = (0usize, 0usize, 0usize, 0usize);
    for pair in list.windows(2) {
        let [a, b] = pair else { continue };
        if b.kind != TokenKind::Value {
            continue;
        }
        let between = Span::new(a.span.end, b.span.start).of(source.text);
        if between.contains(['\n', '\r']) {
            newline += 1;
        } else if between.chars().count() > 1 {
            wide += 1;
        } else if between.is_empty() {
            none += 1;
        } else {
            single += 1;
        }
    }
    let most = newline.max(wide).max(single).max(none);
    match most {
        _ if most == newline => Dialect::CellLines,
        _ if most == wide => Dialect::Aligned,
        _ if most == single => Dialect::Spaced,
        _ => Dialect::Glued,
    }
}
