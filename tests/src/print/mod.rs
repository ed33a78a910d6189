//! Dialects: the ways that tools flatten the tables of a page. A module for each family.

pub mod aligned;
pub mod cells;
pub mod columns;
mod document;
pub mod markdown;
mod measure;
pub mod pipes;
pub mod rows;
pub mod ruled;
pub mod running;
pub mod tabs;

use gongkai_grammar::Form;

use crate::generate::Filled;

pub use document::{OVERVIEW, report_year};

/// Prints a filled form as a report.
pub type Print = fn(&Form, &Filled) -> String;

/// What a dialect keeps of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fidelity {
    /// Blank cells can be seen.
    KeepsBlanks,
    /// Blank cells are gone; what is left of a short row may belong to any of its columns.
    LosesBlanks,
    /// Neither blank cells nor the borders between figures can be seen.
    LosesSeparators,
}

/// All dialects: name, printer, what it keeps.
pub const DIALECTS: &[(&str, Print, Fidelity)] = &[
    ("pipe-law", pipes::rows, Fidelity::KeepsBlanks),
    ("pipe-law-dropping", pipes::rows_dropping, Fidelity::LosesBlanks),
    ("pipe-law-leading", pipes::leading, Fidelity::KeepsBlanks),
    ("pipe-law-cells", pipes::cells, Fidelity::LosesBlanks),
    ("pipe-law-leading-lines", pipes::leading_lines, Fidelity::LosesBlanks),
    ("cell-newline-pipe", pipes::cell_newline_pipe, Fidelity::LosesBlanks),
    ("row-lines", rows::bare, Fidelity::KeepsBlanks),
    ("row-lines-padded", rows::padded, Fidelity::KeepsBlanks),
    ("markdown", markdown::packed, Fidelity::KeepsBlanks),
    ("markdown-grid", markdown::grid, Fidelity::KeepsBlanks),
    ("box-drawing", ruled::boxed, Fidelity::KeepsBlanks),
    ("tabs", tabs::grid, Fidelity::KeepsBlanks),
    ("tabs-packed", tabs::packed, Fidelity::KeepsBlanks),
    ("aligned-right", aligned::right, Fidelity::KeepsBlanks),
    ("aligned-centred", aligned::centred, Fidelity::KeepsBlanks),
    ("aligned-left", aligned::left, Fidelity::KeepsBlanks),
    ("aligned-page", aligned::page, Fidelity::KeepsBlanks),
    ("cell-lines", cells::lines, Fidelity::LosesBlanks),
    ("cell-lines-blanks", cells::with_blanks, Fidelity::KeepsBlanks),
    ("cell-paragraphs-blanks", cells::paragraphs_with_blanks, Fidelity::KeepsBlanks),
    ("cell-paragraphs", cells::paragraphs, Fidelity::LosesBlanks),
    ("cell-paragraphs-indented", cells::indented, Fidelity::LosesBlanks),
    ("broken-labels", cells::broken_labels, Fidelity::LosesBlanks),
    ("column-blocks", columns::blocks, Fidelity::LosesBlanks),
    ("one-line", running::spaced, Fidelity::LosesBlanks),
    ("one-line-pipes", running::piped, Fidelity::LosesBlanks),
    ("glued", running::glued, Fidelity::LosesSeparators),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use gongkai_grammar::{RowKind, forms};

    use super::*;
    use crate::{FilledCell, Rng, Style, fill};

    /// How often each printed figure stands in a filled form.
    fn figures(filled: &Filled) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for cell in filled.cells.values() {
            if let FilledCell::Number(text) = cell {
                *counts.entry(text.as_str()).or_default() += 1;
            }
        }
        counts
    }

    fn each_print(check: impl Fn(&str, Fidelity, &Form, &Filled, &str)) {
        for form in &forms().editions {
            for seed in 0..8 {
                let mut rng = Rng::new(seed);
                let style = Style::any(&mut rng);
                let filled = fill(form, &mut rng, style);
                for (name, print, fidelity) in DIALECTS {
                    check(&format!("{} {seed} {name}", form.id), *fidelity, form, &filled, &print(form, &filled));
                }
            }
        }
    }

    #[test]
    fn every_figure_is_printed_as_often_as_it_stands() {
        each_print(|name, fidelity, _, filled, text| {
            let pieces: Vec<&str> = text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '│')).collect();
            for (figure, count) in figures(filled) {
                let found = if fidelity == Fidelity::LosesSeparators {
                    text.matches(figure).count()
                } else {
                    pieces.iter().filter(|piece| **piece == figure).count()
                };
                let enough = if fidelity == Fidelity::LosesSeparators { found > 0 } else { found == count };
                assert!(enough, "{name}: {figure} {found} of {count}\n{text}");
            }
        });
    }

    #[test]
    fn every_label_is_printed() {
        each_print(|name, _, form, filled, text| {
            if name.ends_with("broken-labels") || name.ends_with("aligned-page") {
                return;
            }
            for row in form.tables.iter().filter(|table| !table.across).flat_map(|table| &table.rows) {
                if row.kind == RowKind::Value {
                    let label = format!("{}{}", row.number.as_deref().unwrap_or_default(), row.labels[0]);
                    assert!(text.contains(&label), "{name}: {label}");
                }
            }
            assert!(filled.edition == form.id && text.ends_with('\n'), "{name}");
        });
    }

    /// Even a table without a single figure can be printed.
    #[test]
    fn all_cells_may_be_blank() {
        for form in &forms().editions {
            let filled = fill(form, &mut Rng::new(1), Style { zeros: 100, blanks: 100, ..Style::default() });
            for (name, print, _) in DIALECTS {
                assert!(!print(form, &filled).is_empty(), "{} {name}", form.id);
            }
        }
    }

    /// A dialect that keeps blank cells prints something else where a cell is blank; one that loses them only leaves something out.
    #[test]
    fn dialects_lose_what_they_say() {
        let form = forms().edition("2021").unwrap();
        let filled = fill(form, &mut Rng::new(1), Style::default());
        let blanked = |column: &str| {
            let mut filled = filled.clone();
            for name in ["issued", "repealed", "in_force"] {
                let cell = if name == column { FilledCell::Blank } else { FilledCell::Number("7".to_owned()) };
                filled.cells.insert(format!("proactive_disclosure/rules/{name}"), cell);
            }
            filled
        };
        for (name, print, fidelity) in DIALECTS {
            let visible = print(form, &blanked("issued")) != print(form, &blanked("in_force"));
            assert_eq!(visible, *fidelity == Fidelity::KeepsBlanks, "{name}");
        }
    }
}
