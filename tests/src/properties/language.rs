//! The entry points of the grammar: lines, cells, folding, running text, form files.

use gongkai::{Date, Span};
use gongkai_grammar::{
    CELL_CAP, Cell, Folded, FormError, Forms, LineKind, Number, RowKind, cell, damaged_period, date, digit_value, document_numbers, fold, fold_char,
    heading_mark, line_kind, lines as lines_of, period, quantity, small_number, year_number,
};

/// Lines: together with their ends they are the text, and each is what it looks like.
pub fn lines(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut end = None;
    for line in lines_of(&text) {
        let between = &text[end.unwrap_or(0)..line.start];
        assert!(if end.is_none() { between.is_empty() } else { ["\n", "\r", "\r\n"].contains(&between) }, "{between:?} before {line:?}");
        end = Some(line.end);
        let line = line.of(&text);
        assert!(!line.contains(['\n', '\r']), "{line:?}");
        look(line);
        heading(line);
    }
    assert!(["", "\n", "\r", "\r\n"].contains(&&text[end.unwrap_or(0)..]), "the lines end at {end:?}");
}

/// What a line is, told in another way.
fn look(line: &str) {
    let space = [' ', '\t', '\u{A0}', '\u{3000}', '\u{200B}', '\u{FEFF}'];
    let pipe = ['|', '｜', '│', '┃', '║'];
    let words = line.trim_matches(space);
    let gap = words.split(|c| !space.contains(&c)).any(|gap| gap.chars().count() > 1);
    let holds = match line_kind(line) {
        LineKind::Blank => words.is_empty(),
        LineKind::Separator => line.chars().count() > 2 && !line.contains(|c: char| c.is_alphanumeric()) && !line.contains('\t'),
        LineKind::Piped => line.contains(pipe),
        LineKind::Tabbed => line.contains('\t') && !line.contains(pipe),
        LineKind::Spaced => gap && !line.contains(pipe) && !line.contains('\t'),
        LineKind::Text => !words.is_empty() && !gap && !line.contains(pipe) && !line.contains('\t'),
    };
    assert!(holds, "{line:?} is no {:?}", line_kind(line));
}

fn heading(line: &str) {
    let Some(mark) = heading_mark(line) else { return };
    assert!(mark.start < mark.end && line.get(mark.start..mark.end).is_some_and(|m| !m.trim().is_empty()), "{mark:?} of {line:?}");
    assert!(line[..mark.start].chars().all(|c| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')), "{mark:?} of {line:?}");
    assert!(mark.number.is_none_or(|n| (1..100).contains(&n)), "{mark:?} of {line:?}");
}

/// A cell: its number has the digits that are printed, and spaces around it change nothing.
pub fn value(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let read = cell(&text);
    if let Cell::Number(number) | Cell::Composite(number) = &read {
        let unit = number.unit.clone().map(|unit| text.get(unit.clone()).unwrap_or_else(|| panic!("{unit:?} of {text:?}")));
        assert!(unit.is_none_or(|unit| !unit.is_empty() && unit.chars().all(|c| digit_value(c).is_none())), "{number:?} of {text:?}");
        assert_eq!(number.value.to_string().parse(), Ok(number.value), "{text:?}");
        digits(&text, number, matches!(read, Cell::Composite(_)));
    }
    // Longer cells are words.
    if text.len() > CELL_CAP {
        return;
    }
    let inner = text.trim_matches([' ', '\u{3000}']);
    let shifted = |read: Cell| match read {
        Cell::Number(number) => Cell::Number(Number { unit: None, ..number }),
        Cell::Composite(number) => Cell::Composite(Number { unit: None, ..number }),
        other => other,
    };
    assert_eq!(shifted(cell(inner)), shifted(read), "{text:?}");
}

/// The digits of a number are those of its cell, up to a bracket.
fn digits(text: &str, number: &Number, composite: bool) {
    let printed: String = text.chars().filter_map(digit_value).filter_map(|digit| char::from_digit(digit, 10)).collect();
    let scale = usize::from(number.value.scale());
    let own: String = number.value.to_string().chars().filter(char::is_ascii_digit).collect();
    // A whole number loses the zeros before it.
    let own = own.trim_start_matches('0');
    let printed = printed.trim_start_matches('0');
    assert!(if composite { printed.starts_with(own) } else { printed == own }, "{number:?} of {text:?}");
    assert_eq!(scale > 0, text.split(['(', '（', '[', '【', '〔']).next().is_some_and(|own| own.contains(['.', '．'])), "{number:?} of {text:?}");
    let signs = ['+', '＋', '﹢', '-', '－', '−', '﹣'];
    assert!(!number.signed || text.contains(signs), "{number:?} of {text:?}");
    assert!(number.signed || !number.value.is_negative(), "{number:?} of {text:?}");
}

/// Folding: a character counts for itself alone, what is folded stays, and every place leads back.
pub fn folded(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let folded = Folded::new(&text);
    assert_eq!(folded.text(), text.chars().filter_map(fold_char).collect::<String>(), "{text:?}");
    assert_eq!(fold(&text), folded.text(), "{text:?}");
    assert_eq!(fold(folded.text()), folded.text(), "{text:?}");
    let mut last = 0;
    for (at, c) in folded.text().char_indices() {
        let end = at + c.len_utf8();
        let span = folded.span(&text, at, end);
        assert!(span.start >= last, "{span:?} behind {last} of {text:?}");
        last = span.end;
        assert_eq!(span.of(&text).chars().next().and_then(fold_char), Some(c), "{text:?}");
        assert_eq!(folded.source_offset(at), span.start, "{text:?}");
        assert_eq!(folded.folded_offset(span.start), at, "{text:?}");
        for span in [folded.span(&text, 0, end), folded.span(&text, at, folded.text().len())] {
            assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
        }
    }
}

/// Running text: dates, periods, numbers of documents and quantities lie in the text.
pub fn prose(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let inside = |length: usize| assert!(length > 0 && text.get(..length).is_some(), "{length} of {text:?}");
    let day = |date: Date| {
        assert!((1900..=2099).contains(&date.year), "{date:?} of {text:?}");
        assert!(date.month.is_none_or(|month| (1..=12).contains(&month)), "{date:?} of {text:?}");
        assert!(date.day.is_none_or(|day| date.month.is_some() && (1..=31).contains(&day)), "{date:?} of {text:?}");
    };
    if let Some((found, length)) = date(&text) {
        inside(length);
        day(found);
    }
    if let Some(((first, last), length)) = period(&text) {
        inside(length);
        day(first);
        day(last);
        assert!(first <= last, "{text:?}");
    }
    if let Some(length) = damaged_period(&text) {
        inside(length);
    }
    if let Some(quantity) = quantity(&text) {
        inside(quantity.length);
        assert!(quantity.value.is_none_or(|value| !value.is_negative()), "{quantity:?} of {text:?}");
    }
    assert!(small_number(&text).is_none_or(|n| (1..100).contains(&n)), "{text:?}");
    assert!(year_number(&text).is_none_or(|year| (1900..2100).contains(&year)), "{text:?}");
    let mut last = Span::default();
    for number in document_numbers(&text) {
        assert!(number.span.start >= last.end && text.get(number.span.start..number.span.end).is_some(), "{number:?} of {text:?}");
        last = number.span;
        let printed = last.of(&text);
        let code = number.code.strip_suffix('令').unwrap_or(&number.code);
        assert!(!code.is_empty() && printed.contains(code) && number.serial.iter().all(|s| printed.contains(s.as_str())), "{number:?} of {text:?}");
    }
}

/// Form files: a form whose rows, columns and rules refer to what is there, or an error that says where.
pub fn forms(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let loaded = match Forms::load(&[("fuzz.form", &text)]) {
        Ok(loaded) => loaded,
        Err(error) => {
            assert!(error.to_string().starts_with("fuzz.form: ") || !matches!(error, FormError::Syntax { .. }), "{error}");
            if let FormError::Syntax { line, column, .. } = error {
                let broken = text.split('\n').nth(line - 1).unwrap_or_else(|| panic!("no line {line}"));
                assert!((1..=broken.chars().count() + 1).contains(&column), "line {line}, column {column}");
            }
            return;
        }
    };
    for table in loaded.editions.iter().flat_map(|form| &form.tables) {
        for row in &table.rows {
            assert!(row.columns.start <= row.columns.end && row.columns.end <= table.columns.len(), "{row:?}");
            assert_eq!(row.paths.len(), row.columns.len(), "{row:?}");
            assert!(row.kind != RowKind::Group || row.paths.is_empty(), "{row:?}");
        }
        for block in &table.blocks {
            assert!(block.columns.end <= table.columns.len() && block.rows.end <= table.rows.len(), "{block:?}");
        }
        for (row, column) in table.rules.iter().flat_map(|rule| &rule.terms).flat_map(|term| term.left.iter().chain(&term.right)) {
            assert!(table.rows.get(*row).is_some_and(|row| row.columns.contains(column)), "row {row}, column {column} of {}", table.id);
        }
    }
}
