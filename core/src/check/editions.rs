//! The edition of the tables against the year and the notice cited: GK505, GK506.

use gongkai_grammar::{
    Form, fold, forms,
    model::{Citation, Severity, Verdict},
};

use super::{Results, Subject, at, verdict};
use crate::findings::{Details, quote, table_title};

/// Evaluates the edition of the tables.
pub fn editions(subject: &Subject<'_>, results: &mut Results) {
    in_force(subject, results);
    cited(subject, results);
}

/// GK505: each table is of an edition that was in force for the year.
fn in_force(subject: &Subject<'_>, results: &mut Results) {
    let mut outdated: Vec<(&str, &str)> = Vec::new();
    let mut place = None;
    for table in &subject.report.tables {
        let form = forms().edition(&table.edition);
        let result = match (form, subject.report.year) {
            (Some(form), Some(year)) if form.first_year.is_some() => verdict(form.is_in_force(year) || is_same_today(form, &table.table, year)),
            _ => Verdict::NotEvaluable,
        };
        if result == Verdict::Broken {
            outdated.push((&table.table, &table.edition));
            place = place.or(Some(table.span));
        }
        results.check("GK505", "edition in force for the year", table.table.clone(), result, vec![at("year", subject.evidence("year"))]);
    }
    if let (Some((_, edition)), Some(year)) = (outdated.first(), subject.report.year) {
        let tables: Vec<&str> = outdated.iter().map(|(table, _)| *table).collect();
        let right: Vec<&str> = forms().in_force(year).map(|f| f.id.as_str()).collect();
        let titles: Vec<String> = tables.iter().map(|table| format!("“{}”", table_title(table))).collect();
        let (titles, tables, right) = (titles.join("、"), tables.join(", "), right.join("、"));
        // A single table of another edition in a report that follows the right one is a matter of its shape.
        let most = subject.report.edition.as_deref().and_then(|e| forms().edition(e)).is_some_and(|f| f.is_in_force(year));
        results.say(
            "GK505",
            format!("{year} 年度报告的{titles}用 {edition} 版，应为 {right} 版"),
            format!("{tables} of the report for {year} follow {edition}; in force is {right}"),
            Details { span: place, severity: most.then_some(Severity::Note), ..Details::default() },
        );
    }
}

/// Whether an edition in force for a year has the very table.
fn is_same_today(form: &Form, table: &str, year: i32) -> bool {
    fn paths<'a>(form: &'a Form, table: &str) -> impl Iterator<Item = &'a String> {
        form.tables.iter().filter(move |t| t.id == table).flat_map(|t| &t.rows).flat_map(|r| &r.paths)
    }
    forms().in_force(year).any(|today| paths(today, table).eq(paths(form, table)))
}

/// Whether a citation is one of a form's notices: the same issuer's code, year and serial.
fn is_notice(form: &Form, citation: &Citation) -> bool {
    let Some(number) = citation.number.as_deref().map(fold) else { return false };
    form.notices.iter().any(|notice| fold(notice) == number)
}

/// GK506: a notice that prescribes tables is that of the tables used.
fn cited(subject: &Subject<'_>, results: &mut Results) {
    let Some(used) = subject.report.edition.as_deref().and_then(|edition| forms().edition(edition)) else { return };
    let mut right = false;
    let mut wrong = None;
    for citation in &subject.report.citations {
        right |= is_notice(used, citation);
        if let Some(form) = forms().editions.iter().find(|f| f.id != used.id && f.extends.is_none() && is_notice(f, citation)) {
            wrong = wrong.or(Some((form, citation)));
        }
    }
    let Some((form, citation)) = wrong.filter(|_| !right) else {
        let result = if right { Verdict::Holds } else { Verdict::NotEvaluable };
        results.check("GK506", "notice cited prescribes the tables", "citations", result, Vec::new());
        return;
    };
    let span = citation.spans.first().copied();
    results.check("GK506", "notice cited prescribes the tables", "citations", Verdict::Broken, vec![at("citations", span)]);
    let number = quote(citation.number.as_deref().unwrap_or_default());
    results.say(
        "GK506",
        format!("{number} 规定的是 {} 版表样，所用为 {} 版", form.id, used.id),
        format!("{number} prescribes the tables of {}, those used are of {}", form.id, used.id),
        Details { span, ..Details::default() },
    );
}
