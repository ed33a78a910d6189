//! The rows of a report.

use gongkai_grammar::model::{Date, Missing, Report, Severity, Span, Status, Value, Verdict};

use super::{Cell, Collector, columns::SCALE, decimal, word};
use crate::indicators;

/// What every row begins with.
pub struct Head<'a> {
    pub file: &'a str,
    pub issuer: Option<&'a str>,
    pub year: Option<i64>,
}

fn count(number: usize) -> Option<i64> {
    i64::try_from(number).ok()
}

fn place(span: Option<Span>) -> (Option<i64>, Option<i64>) {
    span.map_or((None, None), |span| (count(span.start), count(span.end)))
}

pub fn number(value: Option<Value>) -> (Option<i64>, Option<i128>) {
    match value {
        Some(Value::Count(count)) => (Some(count), None),
        Some(Value::Amount(amount)) => (None, amount.scaled(SCALE)),
        None => (None, None),
    }
}

const fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::Blank => "blank",
        Missing::None => "none",
        Missing::Dash => "dash",
        Missing::Text => "text",
    }
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Printed => "printed",
        Status::Aligned => "aligned",
        Status::Solved => "solved",
        Status::Ambiguous => "ambiguous",
        Status::Corrected => "corrected",
    }
}

impl Collector {
    pub(super) fn report(&mut self, head: &Head<'_>, report: &Report) {
        let found = |severity| count(report.findings.iter().filter(|finding| finding.severity == severity).count());
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        let (issued, published) = (day(report.issued), day(report.published));
        self.row(&[
            Cell::Text(Some(head.file)),
            Cell::Text(None),
            Cell::Text(None),
            Cell::Text(report.title.as_deref()),
            Cell::Text(head.issuer),
            Cell::Integer(head.year),
            Cell::Text(report.edition.as_deref()),
            Cell::Text(issued.as_deref()),
            Cell::Text(published.as_deref()),
            Cell::Integer(count(report.tables.len())),
            Cell::Integer(count(report.figures.len())),
            Cell::Integer(count(report.figures.iter().filter(|figure| figure.status == Status::Ambiguous).count())),
            Cell::Integer(count(report.checks.iter().filter(|check| check.verdict == Verdict::Broken).count())),
            Cell::Integer(found(Severity::Error)),
            Cell::Integer(found(Severity::Warning)),
            Cell::Integer(found(Severity::Note)),
        ]);
    }

    pub(super) fn figures(&mut self, head: &Head<'_>, report: &Report) {
        for figure in &report.figures {
            let (value, amount) = number(figure.value);
            let (start, end) = place(figure.span);
            // An amount finer than the column can hold is not rounded.
            let lost = figure.value.is_some() && value.is_none() && amount.is_none();
            let missing = if lost { Some("precision") } else { figure.missing.map(missing) };
            self.row(&[
                Cell::Text(Some(head.file)),
                Cell::Text(head.issuer),
                Cell::Integer(head.year),
                Cell::Text(Some(&figure.path)),
                Cell::Text(Some(&figure.label)),
                Cell::Integer(value),
                Cell::Decimal(amount),
                Cell::Text(missing),
                Cell::Text(figure.unit.as_deref()),
                Cell::Text(Some(&figure.raw)),
                Cell::Integer(start),
                Cell::Integer(end),
                Cell::Integer(figure.location.as_ref().and_then(|location| location.page).map(i64::from)),
                Cell::Text(Some(status(figure.status))),
                Cell::List(&figure.flags),
            ]);
        }
    }

    pub(super) fn facts(&mut self, head: &Head<'_>, report: &Report) {
        for fact in &report.facts {
            let (value, amount) = number(fact.value);
            let (start, end) = place(Some(fact.span));
            self.row(&[
                Cell::Text(Some(head.file)),
                Cell::Text(head.issuer),
                Cell::Integer(head.year),
                Cell::Text(fact.indicator.as_deref()),
                Cell::Integer(value),
                Cell::Decimal(amount),
                Cell::Text(fact.unit.as_deref()),
                Cell::Text(fact.approximation.map(|a| word(&a)).as_deref()),
                Cell::Text(Some(&word(&fact.status))),
                Cell::Text(fact.subject.as_deref()),
                Cell::Text(fact.object.as_deref()),
                Cell::Text(fact.channel.as_deref()),
                Cell::Text(fact.period.as_deref()),
                Cell::Text(Some(&fact.raw)),
                Cell::Integer(start),
                Cell::Integer(end),
            ]);
        }
    }

    pub(super) fn checks(&mut self, head: &Head<'_>, report: &Report) {
        for check in &report.checks {
            self.row(&[
                Cell::Text(Some(head.file)),
                Cell::Text(head.issuer),
                Cell::Integer(head.year),
                Cell::Text(Some(&check.code)),
                Cell::Text(Some(&check.rule)),
                Cell::Text(Some(&check.scope)),
                Cell::Text(Some(&word(&check.verdict))),
                Cell::Decimal(check.left.and_then(decimal)),
                Cell::Decimal(check.right.and_then(decimal)),
            ]);
        }
    }

    pub(super) fn findings(&mut self, head: &Head<'_>, report: &Report) {
        for finding in &report.findings {
            let (start, end) = place(finding.span);
            self.row(&[
                Cell::Text(Some(head.file)),
                Cell::Text(head.issuer),
                Cell::Integer(head.year),
                Cell::Text(Some(&finding.code)),
                Cell::Text(Some(&finding.name)),
                Cell::Text(Some(&word(&finding.severity))),
                Cell::Text(Some(&word(&finding.cause))),
                Cell::Text(Some(&finding.message.zh)),
                Cell::Text(Some(&finding.message.en)),
                Cell::Text(finding.basis.as_deref()),
                Cell::Integer(start),
                Cell::Integer(end),
                Cell::List(&finding.paths),
                Cell::Text(Some(&finding.fingerprint)),
            ]);
        }
    }

    pub(super) fn indicators(&mut self, head: &Head<'_>, report: &Report) {
        for indicator in indicators::indicators(report) {
            let (value, amount) = number(indicator.value);
            let (start, end) = place(indicator.span);
            self.row(&[
                Cell::Text(Some(head.file)),
                Cell::Text(head.issuer),
                Cell::Integer(head.year),
                Cell::Text(Some(&indicator.indicator)),
                Cell::Integer(value),
                Cell::Decimal(amount),
                Cell::Text(indicator.unit.as_deref()),
                Cell::Text(Some(&word(&indicator.quality))),
                Cell::Text(indicator.why.as_ref().map(|why| why.zh.as_ref())),
                Cell::Text(indicator.why.as_ref().map(|why| why.en.as_ref())),
                Cell::Text(indicator.origin.map(|origin| word(&origin)).as_deref()),
                Cell::Text(Some(&indicator.raw)),
                Cell::Integer(start),
                Cell::Integer(end),
                Cell::List(&indicator.flags),
            ]);
        }
    }
}
