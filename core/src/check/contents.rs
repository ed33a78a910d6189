//! What parts of a report must say: GK504, GK509, GK510.

use gongkai_grammar::{
    fold, forms,
    model::{Cause, Span, Verdict},
};

use super::{Results, Subject, at, verdict};
use crate::{
    findings::{Details, quote},
    outline::scan::capped,
};

/// Bytes of a section that is looked at as a set phrase; longer ones say something.
const PHRASE: usize = 240;

/// Evaluates what parts must say.
pub fn contents(subject: &Subject<'_>, results: &mut Results) {
    perfunctory(subject, results);
    if subject.whole {
        topics(subject, results);
        mentions(subject, results);
    }
}

/// GK504: a section that asks for an answer gets one.
fn perfunctory(subject: &Subject<'_>, results: &mut Results) {
    for phrases in &forms().perfunctory {
        let Some(part) = subject.part(&phrases.id) else { continue };
        let body = part.body();
        let said = capped(body.of(subject.text), PHRASE);
        let words = fold(said);
        let clauses = || words.split(['。', ',', ';', '、', ':', '.', '!']).filter(|clause| !clause.is_empty());
        let empty = said.len() == body.of(subject.text).len() && clauses().all(|clause| phrases.words.iter().any(|p| p == clause));
        // Nothing at all behind the last heading of a text that breaks off says nothing about the report.
        let lost = empty && words.is_empty() && (subject.cut || part.span.end == subject.text.len());
        let result = if lost { Verdict::NotEvaluable } else { verdict(!empty) };
        results.check("GK504", "section says something", format!("sections/{}", phrases.id), result, vec![part.operand()]);
        if empty && !lost {
            let (zh, en) = if words.is_empty() {
                ("没有内容".to_owned(), "nothing follows".to_owned())
            } else {
                (format!("只有“{}”", quote(said)), format!("only “{}”", quote(said)))
            };
            let cause = words.is_empty().then_some(Cause::Unknown);
            results.say("GK504", zh, en, Details { span: part.section.heading_span, cause, ..Details::default() });
        }
    }
}

/// GK510: a section covers its topics. Where they are parts of their own, these count as well.
fn topics(subject: &Subject<'_>, results: &mut Results) {
    let Some(form) = subject.form.filter(|form| !form.topics.is_empty()) else {
        results.check("GK510", "topics of the overview", "sections/overview", Verdict::NotEvaluable, Vec::new());
        return;
    };
    let mut missing: Vec<&str> = Vec::new();
    let mut place = None;
    for topic in &form.topics {
        let Some(part) = subject.part(&topic.id) else { continue };
        place = place.or(part.section.heading_span);
        // Up to the next section that the form asks for and that has a table.
        let end = subject.parts.iter().find(|p| p.span.start > part.span.start && is_table(subject, p.span)).map_or(part.span.end, |p| p.span.start);
        let pieces: Vec<Span> = subject.prose(Span::new(part.span.start, end.max(part.span.end))).collect();
        let says = subject.says(&pieces, &topic.words);
        results.check("GK510", "section covers its topics", format!("sections/{}/{}", topic.id, topic.printed), verdict(says), vec![part.operand()]);
        if !says {
            missing.push(&topic.printed);
        }
    }
    if !missing.is_empty() {
        results.say("GK510", missing.join("、"), missing.join(", "), Details { span: place, ..Details::default() });
    }
}

fn is_table(subject: &Subject<'_>, span: Span) -> bool {
    subject.report.tables.iter().any(|t| span.start <= t.span.start && t.span.start < span.end)
}

/// GK509: what must be said somewhere is said.
fn mentions(subject: &Subject<'_>, results: &mut Results) {
    let Some(form) = subject.form.filter(|form| !form.mentions.is_empty() && !subject.cut) else {
        results.check("GK509", "mentioned in the text", "text", Verdict::NotEvaluable, Vec::new());
        return;
    };
    for mention in &form.mentions {
        let pieces: Vec<Span> = subject.parts.iter().flat_map(|p| subject.prose(p.span).collect::<Vec<_>>()).collect();
        let says = subject.says(&pieces, &mention.words);
        let place = subject.parts.last().and_then(|p| p.section.heading_span);
        results.check("GK509", "mentioned in the text", format!("text/{}", mention.id), verdict(says), vec![at("text", place)]);
        if !says {
            results.say(
                "GK509",
                format!("全文未提“{}”", mention.printed),
                format!("“{}” does not stand in the text", mention.printed),
                Details { span: place, ..Details::default() },
            );
        }
    }
}
