//! Tables of small numbers that obey no rule, with holes, printed in any dialect, some numbers run together: nothing is read wrong in silence.

use std::{ops::Range, sync::OnceLock};

use arbitrary::{Result, Unstructured};
use gongkai_grammar::{Form, forms};

use crate::{
    Filled, FilledCell, Rng, Style, fill,
    print::{DIALECTS, Fidelity},
    reading::compare,
};

/// Forms filled by the rules that each edition starts from.
const FILLED: usize = 8;

/// A table: every cell is read as it was printed, or has a finding.
pub fn solve(input: &[u8]) {
    let Ok((dialect, filled, text)) = printed(&mut Unstructured::new(input)) else { return };
    let outcome = compare(&filled, &text);
    assert!(outcome.silent.is_empty(), "{} {dialect}: {}\n{text}", filled.edition, outcome.silent.join("\n"));
    crate::properties::whole::sound(&text, &gongkai::parse(&text, &gongkai::Options::default()));
}

/// A dialect, a filled form with some cells changed, and its print.
fn printed(data: &mut Unstructured<'_>) -> Result<(&'static str, Filled, String)> {
    static STARTS: OnceLock<Vec<(&'static Form, Filled)>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let seeds = 0..u64::try_from(FILLED).unwrap();
        let style = Style { max_digits: 2, ..Style::default() };
        forms().editions.iter().flat_map(|form| seeds.clone().map(move |seed| (form, fill(form, &mut Rng::new(seed), style)))).collect()
    });
    let (name, print, fidelity) = data.choose(DIALECTS)?;
    let (form, start) = data.choose(starts)?;
    let glued: Vec<u16> = (0..data.int_in_range(0..=2u8)?).map(|_| data.arbitrary()).collect::<Result<_>>()?;
    let mut filled = start.clone();
    let cells: Vec<String> = filled.cells.keys().cloned().collect();
    while !data.is_empty() {
        let cell = match data.int_in_range(0..=7)? {
            0 | 1 => FilledCell::Blank,
            2 => FilledCell::None,
            3 => FilledCell::Dash,
            _ => FilledCell::Number(data.int_in_range(0..=120u8)?.to_string()),
        };
        // A row that asks for 是 or 否 has no number.
        let path = data.choose(&cells)?;
        if !matches!(filled.cells[path], FilledCell::Yes | FilledCell::No) {
            filled.cells.insert(path.clone(), cell);
        }
    }
    let mut text = print(form, &filled);
    // No tool that frames its cells loses a border between two of them.
    for at in glued.into_iter().filter(|_| *fidelity != Fidelity::KeepsBlanks) {
        glue(&mut text, usize::from(at));
    }
    Ok((name, filled, text))
}

/// Takes away what stands between two figures, counted from the first.
fn glue(text: &mut String, at: usize) {
    let is_between = |c: char| matches!(c, ' ' | '\t' | '|' | '│' | '\n' | '\u{3000}');
    let mut gaps: Vec<Range<usize>> = Vec::new();
    let mut digit_end = None;
    for (place, c) in text.char_indices() {
        match digit_end {
            Some(start) if c.is_ascii_digit() && place > start => gaps.push(start..place),
            _ => {}
        }
        if c.is_ascii_digit() {
            digit_end = Some(place + 1);
        } else if !is_between(c) {
            digit_end = None;
        }
    }
    if !gaps.is_empty() {
        text.replace_range(gaps.swap_remove(at % gaps.len()), "");
    }
}
