//! GK512: blank cells, counted for each table. The cells are not flagged: what is wrong with them is said once.

use gongkai_grammar::model::{Cause, Missing, Value, Verdict};

use super::{Results, Subject};
use crate::findings::{Details, table_title};

/// Counts blank cells.
pub fn blanks(subject: &Subject<'_>, results: &mut Results) {
    for table in &subject.report.tables {
        let of_table =
            || subject.report.figures.iter().filter(|f| f.path.strip_prefix(table.table.as_ref()).is_some_and(|rest| rest.starts_with('/')));
        let (all, blank) = (of_table().count(), of_table().filter(|f| f.missing == Some(Missing::Blank)).count());
        let count = |n: usize| Some(Value::Count(i64::try_from(n).unwrap_or(i64::MAX)));
        let verdict = if blank == 0 { Verdict::Holds } else { Verdict::Broken };
        results.compare("GK512", "blank cells = 0", table.table.clone(), verdict, Vec::new(), [count(blank), count(0)]);
        if blank > 0 {
            results.say(
                "GK512",
                format!("“{}”表 {all} 格中 {blank} 格为空", table_title(&table.table)),
                format!("{blank} of {all} cells of {}", table.table),
                Details { span: Some(table.span), cause: Some(Cause::Unknown), ..Details::default() },
            );
        }
    }
}
