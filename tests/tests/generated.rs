//! Property: a filled form, printed in any dialect and read again, gives the same figures, or flags every cell it could not know.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)] // A test may stop.

use std::collections::BTreeMap;

use gongkai::{Figure, Options, Status};
use gongkai_tests::{
    Filled, FilledCell, Rng, Style, fill,
    print::{DIALECTS, Fidelity},
};

struct Outcome {
    right: usize,
    flagged: usize,
    silent: Vec<String>,
}

/// Compares what was read with what was filled in.
fn compare(filled: &Filled, text: &str) -> Outcome {
    let report = gongkai::parse(text, &Options::default());
    let read: BTreeMap<&str, &Figure> = report.figures.iter().map(|f| (f.path.as_ref(), f)).collect();
    let mut outcome = Outcome { right: 0, flagged: 0, silent: Vec::new() };
    for (path, cell) in &filled.cells {
        let figure = read.get(path.as_str());
        let right = figure.is_some_and(|f| f.status != Status::Ambiguous && equal(cell, f));
        // A cell that is not there is flagged by what is said of its table.
        let table = path.split('/').next();
        let flagged = figure.map_or_else(|| read.values().any(|f| f.path.split('/').next() == table && !f.flags.is_empty()), |f| !f.flags.is_empty());
        if right {
            outcome.right += 1;
        } else if flagged {
            outcome.flagged += 1;
        } else {
            outcome.silent.push(format!("{path}: printed {cell:?}, read {:?} {:?}", figure.map(|f| f.value), figure.map(|f| f.missing)));
        }
    }
    for (path, figure) in read {
        if !filled.cells.contains_key(path) && figure.value.is_some() && figure.flags.is_empty() {
            outcome.silent.push(format!("{path}: not printed, read {:?}", figure.value));
        }
    }
    outcome
}

fn equal(cell: &FilledCell, figure: &Figure) -> bool {
    use gongkai::Missing;
    match cell {
        FilledCell::Number(printed) => figure.value.is_some_and(|v| v.decimal() == printed.replace(',', "").parse().unwrap()),
        FilledCell::Blank => figure.value.is_none() && matches!(figure.missing, Some(Missing::Blank) | None),
        FilledCell::None => figure.missing == Some(Missing::None),
        FilledCell::Dash => figure.missing == Some(Missing::Dash),
        FilledCell::Yes | FilledCell::No => figure.missing == Some(Missing::Text),
    }
}

fn run(seeds: std::ops::Range<u64>, style: impl Fn(&mut Rng) -> Style, least: impl Fn(Fidelity, &str) -> f64) {
    let only = std::env::var("GONGKAI_DIALECT").ok();
    let mut worst: Vec<String> = Vec::new();
    for form in &gongkai::forms().editions {
        for (name, print, fidelity) in DIALECTS {
            if only.as_deref().is_some_and(|o| o != *name) {
                continue;
            }
            let (mut right, mut all, mut silent) = (0usize, 0usize, Vec::new());
            for seed in seeds.clone() {
                let mut rng = Rng::new(seed);
                let style = style(&mut rng);
                let filled = fill(form, &mut rng, style);
                let text = print(form, &filled);
                let outcome = compare(&filled, &text);
                right += outcome.right;
                all += filled.cells.len();
                if !outcome.silent.is_empty() && silent.is_empty() {
                    silent.push(format!("seed {seed}: {}", outcome.silent.iter().take(3).cloned().collect::<Vec<_>>().join(" | ")));
                    if only.is_some() {
                        std::fs::write(std::env::temp_dir().join(format!("gk-{}-{name}.txt", form.id)), &text).unwrap();
                    }
                }
            }
            let share = right as f64 / all as f64;
            println!("{:22} {name:26} {:6.2} % right of {all}", form.id, 100.0 * share);
            if !silent.is_empty() {
                worst.push(format!("{} {name}: silently wrong: {}", form.id, silent.join("; ")));
            } else if share < least(*fidelity, name) {
                worst.push(format!("{} {name}: only {:.2} % right", form.id, 100.0 * share));
            }
        }
    }
    assert!(worst.is_empty(), "\n{}", worst.join("\n"));
}

/// Without blank cells every dialect that separates its cells is read whole.
#[test]
fn full_tables_are_read_whole() {
    run(0..12, |rng| Style::any(rng).without_blanks(), |fidelity, _| if fidelity == Fidelity::LosesSeparators { 0.3 } else { 1.0 });
}

/// With blank cells no cell is silently wrong in any dialect; those with a mark around every cell are read whole, those that show blanks by
/// position nearly so.
#[test]
fn blank_cells_are_read_or_flagged() {
    const FRAMED: [&str; 5] = ["markdown", "markdown-grid", "box-drawing", "tabs", "tabs-packed"];
    run(100..112, Style::any, |fidelity, name| match fidelity {
        Fidelity::KeepsBlanks if FRAMED.contains(&name) => 1.0,
        Fidelity::KeepsBlanks => 0.85,
        _ => 0.1,
    });
}
