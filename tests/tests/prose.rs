//! The facts of a report do not depend on how its prose is written: traditional characters, full width, spaces, wrapped lines.
#![allow(clippy::unwrap_used, clippy::panic)] // A panic is a failed test.

use std::{collections::BTreeMap, fs, path::Path};

use gongkai::{Options, Report, parse};
use gongkai_grammar::fold_char;
use serde_json::{Value, json};

/// The vectors about prose.
fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("prose-")))
        .map(|p| (p.display().to_string(), fs::read_to_string(p.join("input.txt")).unwrap()))
        .collect();
    found.sort();
    assert!(found.len() >= 3, "vectors are missing");
    found
}

/// What the facts say, without their places and printed words.
fn facts(report: &Report) -> Vec<Value> {
    report.facts.iter().map(|f| json!([f.value, f.unit, f.approximation, f.status, f.of, f.indicator])).collect()
}

fn same(change: impl Fn(&str) -> String) {
    for (name, text) in texts() {
        let changed = change(&text);
        assert_ne!(text, changed, "{name}: nothing was changed");
        let (want, read) = (facts(&parse(&text, &Options::default())), facts(&parse(&changed, &Options::default())));
        for (want, read) in want.iter().zip(&read) {
            assert_eq!(want, read, "{name}");
        }
        assert_eq!(want.len(), read.len(), "{name}");
    }
}

#[test]
fn traditional_characters_give_the_same_facts() {
    let mut traditional: BTreeMap<char, char> = BTreeMap::new();
    for c in '\u{4E00}'..='\u{9FFF}' {
        if let Some(simple) = fold_char(c).filter(|s| *s != c) {
            traditional.entry(simple).or_insert(c);
        }
    }
    // Numerals of dates are the same in both.
    same(|text| text.chars().map(|c| traditional.get(&c).copied().unwrap_or(c)).collect());
}

#[test]
fn full_and_half_width_give_the_same_facts() {
    same(|text| {
        text.chars().map(|c| if c.is_ascii_digit() || matches!(c, '%' | '.') { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c }).collect()
    });
    same(|text| text.replace('，', ",").replace('；', ";").replace('：', ":").replace('（', "(").replace('）', ")"));
}

#[test]
fn spaces_around_figures_give_the_same_facts() {
    let han = |c: Option<char>| c.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    same(|text| {
        let mut out = String::new();
        let mut before = None;
        for c in text.chars() {
            let border = (c.is_ascii_digit() && han(before)) || (han(Some(c)) && before.is_some_and(|b| b.is_ascii_digit()));
            if border {
                out.push(' ');
            }
            out.push(c);
            before = Some(c);
        }
        out
    });
}

#[test]
fn wrapped_lines_give_the_same_facts() {
    const WIDTH: usize = 37;
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    same(|text| {
        let mut out = String::new();
        for line in text.lines() {
            let mut width = 0;
            let mut chars = line.chars().peekable();
            while let Some(c) = chars.next() {
                out.push(c);
                width += 1;
                if width >= WIDTH && han(c) && chars.peek().is_some_and(|next| han(*next)) {
                    out.push('\n');
                    width = 0;
                }
            }
            out.push('\n');
        }
        out
    });
}
