//! Property: a filled form, printed in any dialect and read again, gives the same figures, or flags every cell it could not know.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)] // A test may stop.

use gongkai_tests::{
    Rng, Style, fill,
    print::{DIALECTS, Fidelity},
    reading::compare,
};

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
