//! Reports of two years that follow each other.

use std::collections::BTreeMap;

use gongkai_grammar::{Form, RowKind};

use crate::{
    generate::{Filled, FilledCell},
    print::{Print, report_year},
};

/// The rows of a table of requests.
const ROWS: [&str; 3] = ["received", "carried_over", "carried_forward"];

/// Makes the figures those of the year behind `before`: what was carried forward is what is carried over. The balance is kept by what is
/// received or carried forward. Figures of a table without these rows stay what they are.
#[must_use]
pub fn next_year(form: &Form, before: &Filled, mut filled: Filled) -> Filled {
    let Some(table) = form.tables.iter().find(|t| t.id == "requests") else { return filled };
    let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
    let paths = |column: &str| ROWS.map(|row| format!("requests/{row}/{column}"));
    let ids: Vec<&str> =
        table.rows.iter().find(|r| r.kind == RowKind::Value).into_iter().flat_map(|r| &r.paths).map(|p| p.rsplit('/').next().unwrap()).collect();
    for column in ids {
        let [received, over, forward] = paths(column);
        let number = |filled: &Filled, path: &str| filled.cells.get(path).map_or(0, |cell| cell.hundredths() / 100);
        if column == "total" {
            for (row, path) in ROWS.iter().zip([&received, &over, &forward]) {
                filled.cells.insert(path.clone(), FilledCell::Number(totals.get(row).copied().unwrap_or(0).to_string()));
            }
            continue;
        }
        let carried = number(before, &forward);
        let more = carried - number(&filled, &over);
        let sums = [number(&filled, &received) + (-more).max(0), carried, number(&filled, &forward) + more.max(0)];
        for ((row, path), sum) in ROWS.iter().zip([received, over, forward]).zip(sums) {
            *totals.entry(row).or_default() += sum;
            filled.cells.insert(path, FilledCell::Number(sum.to_string()));
        }
    }
    filled
}

/// A report as printed, but for a year so many years later.
#[must_use]
pub fn printed_for(form: &Form, filled: &Filled, print: Print, later: i32) -> String {
    let year = report_year(form);
    // The day of signature first, which names the year behind.
    let text = print(form, filled).replace(&format!("{}年", year + 1), &format!("{}年", year + 1 + later));
    text.replace(&format!("{year}年"), &format!("{}年", year + later))
}

#[cfg(test)]
mod tests {
    use gongkai_grammar::forms;

    use super::*;
    use crate::{Rng, Style, fill, violations};

    #[test]
    fn what_was_carried_forward_is_carried_over_and_all_rules_hold() {
        let form = forms().edition("2021").unwrap();
        for seed in 0..50 {
            let mut rng = Rng::new(seed);
            let before = fill(form, &mut rng, Style::default());
            let filled = fill(form, &mut rng, Style::default());
            let after = next_year(form, &before, filled);
            assert_eq!(violations(form, &after), Vec::<String>::new(), "{seed}");
            let number = |filled: &Filled, path: &str| filled.cells[path].hundredths();
            for column in ["natural_person", "total"] {
                let (over, forward) = (format!("requests/carried_over/{column}"), format!("requests/carried_forward/{column}"));
                assert_eq!(number(&after, &over), number(&before, &forward), "{seed} {column}");
            }
        }
    }
}
