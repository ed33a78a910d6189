//! GK407: prose taken over from last year's report.

use gongkai_grammar::model::{Cause, Message, Name, Related, Series, SeriesCheck, SeriesFinding, SeriesOperand, Value, Verdict};
use rustc_hash::FxHashSet;

use super::{Used, counts_bytes};
use crate::{
    findings::{Details, finding},
    sentences::{self, Sentence},
};

/// Shorter sentences are formulas that every report has.
const LETTERS: usize = 12;
/// Of fewer sentences no share is taken.
const SENTENCES: usize = 8;
/// The share that is too much, in percent.
const SHARE: usize = 50;
/// Repeated sentences that a finding shows.
const SHOWN: usize = 4;

/// Compares the sentences of two years, word for word; a sentence whose figures were brought up to date is a new one.
pub fn repeated(before: &Used<'_>, after: &Used<'_>, series: &mut Series) {
    let readable = counts_bytes(before.member.report) && counts_bytes(after.member.report);
    let (old, new) = if readable { (prose(before), prose(after)) } else { (Vec::new(), Vec::new()) };
    let old_words: FxHashSet<&str> = old.iter().map(|s| s.words.as_str()).collect();
    let again: Vec<&Sentence> = new.iter().filter(|s| old_words.contains(s.words.as_str())).collect();
    let count = |n: usize| Value::Count(i64::try_from(n).unwrap_or(i64::MAX));
    let share = (again.len() * 100).checked_div(new.len()).unwrap_or(0);
    let enough = old.len() >= SENTENCES && new.len() >= SENTENCES;
    let verdict = match (enough, share > SHARE) {
        (false, _) => Verdict::NotEvaluable,
        (true, true) => Verdict::Broken,
        (true, false) => Verdict::Holds,
    };
    let operand = |path: &'static str, n: usize| SeriesOperand {
        year: after.year,
        report: after.index,
        path: Name::Borrowed(path),
        value: Some(count(n)),
        span: None,
    };
    let operands = vec![operand("sentences repeated", again.len()), operand("sentences", new.len())];
    series.checks.push(SeriesCheck {
        code: Name::Borrowed("GK407"),
        rule: Name::Borrowed("sentences repeated <= 50%"),
        scope: Name::Borrowed("prose"),
        years: [before.year, after.year],
        verdict,
        operands: operands.clone(),
        left: enough.then(|| count(share)),
        right: enough.then(|| count(SHARE)),
    });
    if verdict != Verdict::Broken {
        return;
    }
    let said = (
        format!("{} 句中有 {} 句（{share}%）与 {} 年报告逐字相同", new.len(), again.len(), before.year),
        format!("{} of {} sentences ({share}%) stand word for word in the report of {}", again.len(), new.len(), before.year),
    );
    let message = || Message { zh: "同样重复".into(), en: "repeated as well".into() };
    let related = again.iter().skip(1).take(SHOWN - 1).map(|s| Related { message: message(), span: s.span }).collect();
    let details = Details { said, span: again.first().map(|s| s.span), cause: Some(Cause::Report), related, ..Details::default() };
    let finding = finding("GK407", details);
    series.findings.push(SeriesFinding { report: after.index, years: vec![before.year, after.year], operands, finding });
}

/// The sentences that an office writes anew each year: no preamble, no headings, no tables, no formulas.
fn prose(used: &Used<'_>) -> Vec<Sentence> {
    let report = used.member.report;
    let tables = sentences::tables(report);
    let mut found = Vec::new();
    for section in report.sections.iter().filter(|s| sentences::is_prose(s) && s.kind.as_deref() != Some("preamble")) {
        sentences::of_section(used.member.text, section, &tables, &mut found);
    }
    found.retain(|s| s.words.chars().nth(LETTERS).is_some());
    found
}
