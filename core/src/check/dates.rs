//! Days and periods against the law: GK507, GK508.

use gongkai_grammar::{
    Deadline, fold, forms,
    model::{Cause, Date, Verdict},
};

use super::{Results, Subject, at, verdict};
use crate::findings::Details;

/// Evaluates the days a report names.
pub fn dates(subject: &Subject<'_>, results: &mut Results) {
    published(subject, results);
    period(subject, results);
}

/// GK507: published by the deadline of the issuer.
fn published(subject: &Subject<'_>, results: &mut Results) {
    let report = subject.report;
    let whole = |date: Option<Date>| date.filter(|d| d.month.is_some() && d.day.is_some());
    let deadline = report.year.and_then(|year| Some((year, deadline(year, report.issuer.as_deref()?)?)));
    // A report cannot be published before it is signed, so a late signature is enough; one in time proves nothing.
    let signed = whole(report.issued);
    let day = whole(report.published).or(signed);
    let (Some((year, deadline)), Some(day)) = (deadline, day) else {
        results.check("GK507", "published by the deadline", "published", Verdict::NotEvaluable, Vec::new());
        return;
    };
    let last = deadline.day.map(|(month, day)| Date { year: year + 1, month: Some(month), day: Some(day) });
    let field = if whole(report.published).is_some() { "published" } else { "issued" };
    let operands = vec![at(field, subject.evidence(field)), at("issuer", subject.evidence("issuer"))];
    let result = match last {
        Some(last) if day > last => Verdict::Broken,
        // A page that was moved, or a day of another year: nothing is known of the first publication.
        Some(_) if day.year <= year || field == "issued" => Verdict::NotEvaluable,
        Some(_) => Verdict::Holds,
        None => Verdict::NotEvaluable,
    };
    results.check("GK507", "published by the deadline", field, result, operands);
    if let (Verdict::Broken, Some(last)) = (result, last) {
        let late = signed.is_some_and(|signed| signed > last);
        results.say(
            "GK507",
            format!("{day}，期限为 {last}"),
            format!("{day}; the deadline is {last}"),
            Details {
                span: subject.evidence(field),
                cause: Some(if late { Cause::Report } else { Cause::Unknown }),
                basis: deadline.basis.clone().map(Into::into),
                ..Details::default()
            },
        );
    }
}

/// The deadline of a body's report, by the end of its name.
fn deadline(year: i32, issuer: &str) -> Option<&'static Deadline> {
    let issuer = fold(issuer);
    let fits = |d: &&Deadline| d.endings.is_empty() || d.endings.iter().any(|end| issuer.ends_with(end.as_str()));
    forms().law(year)?.deadlines.iter().find(fits)
}

/// GK508: the stated period is the calendar year of the report.
fn period(subject: &Subject<'_>, results: &mut Results) {
    let (Some(year), Some((from, to))) = (subject.report.year, subject.report.period) else {
        results.check("GK508", "period is the calendar year", "period", Verdict::NotEvaluable, Vec::new());
        return;
    };
    let day = |month, day| Date { year, month: Some(month), day: Some(day) };
    let since = forms().law(year).and_then(|law| law.since).filter(|(first, _, _)| *first == year).map(|(_, m, d)| day(m, d));
    let holds = (from == day(1, 1) || since == Some(from)) && to == day(12, 31);
    let span = subject.evidence("period");
    results.check("GK508", "period is the calendar year", "period", verdict(holds), vec![at("period", span), at("year", subject.evidence("year"))]);
    if !holds {
        results.say(
            "GK508",
            format!("{from} 至 {to}，应为 {} 至 {}", day(1, 1), day(12, 31)),
            format!("{from} to {to}, not {} to {}", day(1, 1), day(12, 31)),
            Details { span, ..Details::default() },
        );
    }
}
