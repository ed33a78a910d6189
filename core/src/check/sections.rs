//! The parts of a report against those of its form: GK501 to GK503, and GK513, what it says of them itself.

use gongkai_grammar::{
    check_lexicon, fold, forms,
    model::{Cause, Fact, Severity, Value, Verdict},
    small_number,
};

use super::{Part, Results, Subject, at, verdict};
use crate::{
    findings::{Details, quote},
    outline::kinds::kind_of,
};

/// Evaluates the parts of a report.
pub fn sections(subject: &Subject<'_>, results: &mut Results) {
    required(subject, results);
    order(subject, results);
    announced(subject, results);
}

/// GK501 and GK503: every required section is there, under the heading of the form.
fn required(subject: &Subject<'_>, results: &mut Results) {
    let Some(form) = subject.form.filter(|form| subject.whole && !form.requires.is_empty()) else {
        results.check("GK501", "required sections", "sections", Verdict::NotEvaluable, Vec::new());
        return;
    };
    let last = form.requires.iter().rposition(|kind| subject.part(kind).is_some());
    for (position, kind) in form.requires.iter().enumerate() {
        let scope = format!("sections/{kind}");
        let wording = form.headings.iter().find(|h| h.id == *kind);
        let official = wording.map_or("", |w| w.printed.as_str());
        if let Some(part) = subject.part(kind) {
            results.check("GK501", "required section", scope.clone(), Verdict::Holds, vec![part.operand()]);
            if let Some(wording) = wording {
                let of_kind = || subject.parts.iter().filter(|p| p.section.kind.as_deref() == Some(kind));
                let same = of_kind().find(|p| wording.words.contains(&title(p)));
                results.check("GK503", "heading of the form", scope, verdict(same.is_some()), vec![same.unwrap_or(part).operand()]);
                if same.is_none() {
                    let heading = quote(part.section.heading.as_deref().unwrap_or_default());
                    let details = Details { span: part.section.heading_span, basis: Some(form.title.clone().into()), ..Details::default() };
                    results.say("GK503", format!("“{heading}”，格式为“{official}”"), format!("“{heading}”; the form has “{official}”"), details);
                }
            }
            continue;
        }
        // Its table, or a heading below another part: what it says is there, but it is no part of its own.
        let table = subject.report.tables.iter().find(|t| t.table == *kind).map(|t| t.span);
        let below = subject.report.sections.iter().find(|s| s.level > 1 && s.kind.as_deref() == Some(kind)).and_then(|s| s.heading_span);
        let has_table = form.tables.iter().any(|t| t.id == *kind);
        let shared = || subject.parts.iter().find(|p| names(&title(p), kind)).and_then(|p| p.section.heading_span);
        let elsewhere = if has_table { table } else { below }.or_else(shared);
        // Behind the place where the text breaks off nothing can be missed.
        if subject.cut && last.is_none_or(|last| position > last) {
            results.check("GK501", "required section", scope, Verdict::NotEvaluable, Vec::new());
            continue;
        }
        results.check("GK501", "required section", scope, Verdict::Broken, elsewhere.map(|span| at("section", Some(span))).into_iter().collect());
        let ((zh, en), severity) = if elsewhere.is_some() {
            ((format!("“{official}”有内容，但没有自己的标题"), format!("“{official}” is told, but has no heading of its own")), Some(Severity::Note))
        } else {
            ((format!("“{official}”"), format!("“{official}”")), None)
        };
        results.say("GK501", zh, en, Details { span: elsewhere, severity, cause: Some(Cause::Unknown), ..Details::default() });
    }
}

/// Whether a heading of several parts in one names a kind: 主要问题、改进情况及其他需要报告的事项.
fn names(title: &str, kind: &str) -> bool {
    title.split(['、', '和', '及', '与']).any(|piece| kind_of(piece) == Some(kind))
}

/// The title of a heading, folded, without its number.
fn title(part: &Part<'_>) -> String {
    let heading = fold(part.section.heading.as_deref().unwrap_or_default());
    let (_, title) = split(&heading);
    title.trim_end_matches(['。', ':', '.', ',']).to_owned()
}

/// The number of a folded heading, and its title.
fn split(heading: &str) -> (Option<u32>, &str) {
    let rest = heading.strip_prefix('第').unwrap_or(heading).trim_start_matches('(');
    let title = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let number = small_number(rest.get(..rest.len() - title.len()).unwrap_or_default());
    let marked = title.trim_start_matches(|c: char| matches!(c, '、' | '.' | ',' | ')' | '．' | ':') || "部分章".contains(c));
    if number.is_some() && marked.len() < title.len() { (number, marked) } else { (None, heading) }
}

/// GK502: required sections follow each other in order, and numbers run from one on.
fn order(subject: &Subject<'_>, results: &mut Results) {
    if !subject.whole {
        return;
    }
    if let Some(form) = subject.form.filter(|form| !form.requires.is_empty()) {
        let mut found: Vec<(usize, &Part<'_>)> = Vec::new();
        for (position, kind) in form.requires.iter().enumerate() {
            found.extend(subject.part(kind).map(|part| (position, part)));
        }
        found.sort_by_key(|(_, part)| part.span.start);
        let wrong = found.windows(2).find_map(|pair| match pair {
            [(before, first), (after, second)] if before > after => Some((first, second)),
            _ => None,
        });
        let operands = found.iter().map(|(_, part)| part.operand()).collect();
        results.check("GK502", "order of the form", "sections", verdict(wrong.is_none()), operands);
        if let Some((first, second)) = wrong {
            let [a, b] = [first, second].map(|p| quote(p.section.heading.as_deref().unwrap_or_default()));
            let details = Details { span: second.section.heading_span, ..Details::default() };
            results.say("GK502", format!("“{b}”应在“{a}”之前"), format!("“{b}” belongs before “{a}”"), details);
        }
    }
    let numbers: Vec<(Option<u32>, &Part<'_>)> =
        subject.parts.iter().map(|p| (split(&fold(p.section.heading.as_deref().unwrap_or_default())).0, p)).collect();
    if numbers.iter().filter(|(number, _)| number.is_some()).count() < 2 {
        return;
    }
    let mut expected = 1;
    let mut wrong = None;
    for (number, part) in &numbers {
        match number {
            Some(number) if *number == expected => expected += 1,
            Some(number) => {
                wrong = Some((*number, expected, part));
                break;
            }
            // A part whose number is lost still counts.
            None => expected += 1,
        }
    }
    let operands = numbers.iter().map(|(_, part)| part.operand()).collect();
    results.check("GK502", "numbers run from one", "sections", verdict(wrong.is_none()), operands);
    if let Some((number, expected, part)) = wrong {
        let heading = quote(part.section.heading.as_deref().unwrap_or_default());
        let details = Details { span: part.section.heading_span, severity: Some(Severity::Note), cause: Some(Cause::Unknown), ..Details::default() };
        results.say(
            "GK502",
            format!("“{heading}”编号为 {number}，应为 {expected}"),
            format!("“{heading}” has number {number}, not {expected}"),
            details,
        );
    }
}

/// GK513: 本报告由六个部分组成.
fn announced(subject: &Subject<'_>, results: &mut Results) {
    let first = subject.parts.first().map_or(usize::MAX, |p| p.span.end);
    let units: Vec<&str> = check_lexicon().words("units of parts").collect();
    // 五个部分 may be read as five of something.
    let behind = |f: &Fact| units.iter().any(|unit| subject.text.get(f.span.end..).is_some_and(|text| text.trim_start().starts_with(unit)));
    let counts_parts = |f: &Fact| f.unit.as_deref().is_some_and(|unit| units.contains(&unit)) || behind(f);
    let spoken = |sentence: &str| check_lexicon().words("reports").any(|word| sentence.contains(word));
    let announcement = subject
        .report
        .facts
        .iter()
        .enumerate()
        .take_while(|(_, f)| f.span.start < first)
        .find(|(_, f)| f.value.is_some() && counts_parts(f) && spoken(f.sentence.of(subject.text)));
    let Some((index, fact)) = announcement.filter(|_| !subject.parts.is_empty()) else {
        results.check("GK513", "parts announced = parts found", "sections", Verdict::NotEvaluable, Vec::new());
        return;
    };
    let is_annex = |kind: Option<&str>| kind == Some("statistics");
    let parts = subject.parts.iter().filter(|p| !is_annex(p.section.kind.as_deref())).count();
    let annex = usize::from(subject.report.sections.iter().any(|s| is_annex(s.kind.as_deref())));
    // An annex is one of the parts if the sentence names it; else it may be.
    let sentence = fold(fact.sentence.of(subject.text));
    let named = forms().sections.iter().filter(|s| s.id == "statistics").flat_map(|s| &s.words).any(|all| all.iter().all(|w| sentence.contains(w)));
    let counts = if named { vec![parts + annex] } else { vec![parts, parts + annex] };
    let count = |n: usize| Value::Count(i64::try_from(n).unwrap_or(i64::MAX));
    let holds = counts.iter().any(|&n| fact.value == Some(count(n)));
    let found = counts.first().copied().unwrap_or_default();
    let operand = gongkai_grammar::model::Operand { path: format!("facts/{index}").into(), value: fact.value, span: Some(fact.span) };
    let mut operands = vec![operand];
    operands.extend(subject.parts.iter().map(Part::operand));
    results.compare("GK513", "parts announced = parts found", "sections", verdict(holds), operands, [fact.value, Some(count(found))]);
    if !holds {
        let said = fact.value.map_or_else(String::new, |v| v.to_string());
        let details = Details { span: Some(fact.span), cause: Some(Cause::Unknown), ..Details::default() };
        results.say("GK513", format!("称 {said} 个部分，实有 {found} 个"), format!("{said} announced, {found} found"), details);
    }
}
