//! GK511: last year's year, left in the text.
//!
//! Only strong cases: a sentence that speaks of the report's own period begins with the year before, names no other year, and neither compares
//! nor carries over.

use gongkai_grammar::{check_lexicon, model::Span, model::Verdict};
use memchr::memmem;

use super::{Results, Subject, at};
use crate::{
    findings::{Details, quote},
    outline::scan::{after, before, is_space, is_stop},
};

/// Bytes of a sentence that are looked at.
const SENTENCE: usize = 400;

/// Looks for last year's year.
pub fn stale(subject: &Subject<'_>, results: &mut Results) {
    let Some(year) = subject.report.year else {
        results.check("GK511", "no other year in place of the report's", "text", Verdict::NotEvaluable, Vec::new());
        return;
    };
    let (last, own) = (format!("{}年", year - 1), year.to_string());
    let finder = memmem::Finder::new(&last);
    let mut found: Vec<Span> = Vec::new();
    // Where a section tells of figures; plans and problems speak of other years.
    let told = subject.parts.iter().filter(|p| !matches!(p.section.kind.as_deref(), None | Some("problems" | "statistics")));
    for piece in told.flat_map(|part| subject.prose(part.span)) {
        for at in finder.find_iter(piece.of(subject.text).as_bytes()) {
            let at = piece.start + at;
            if let Some(sentence) = stale_sentence(subject.text, piece, at, last.len(), &own) {
                found.push(Span::new(at, at + last.len()));
                let words = quote(sentence);
                results.say(
                    "GK511",
                    format!("{year} 年度报告：“{words}”"),
                    format!("report for {year}: “{words}”"),
                    Details { span: Some(Span::new(at, at + last.len())), ..Details::default() },
                );
            }
        }
    }
    let verdict = if found.is_empty() { Verdict::Holds } else { Verdict::Broken };
    results.check("GK511", "no other year in place of the report's", "text", verdict, found.into_iter().map(|s| at("text", Some(s))).collect());
}

/// The sentence, if it speaks of the year at `at` as if it were the report's.
fn stale_sentence<'a>(text: &'a str, piece: Span, at: usize, length: usize, own: &str) -> Option<&'a str> {
    let lead = before(text, at, SENTENCE);
    let lead = lead.get(lead.len().saturating_sub(at - piece.start)..).unwrap_or(lead);
    let begin = lead.rfind(|c| is_stop(c) || c == '\n').map_or(0, |i| i + lead.get(i..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8));
    let opening = lead.get(begin..)?.trim_matches(is_space);
    let lexicon = check_lexicon();
    if !(opening.is_empty() || lexicon.words("until").any(|word| opening == word)) {
        return None;
    }
    let start = at - (lead.len() - begin);
    let tail = after(text, at, SENTENCE.min(piece.end - at));
    let end = tail.find(['。', '\n', '！']).unwrap_or(tail.len());
    let sentence = text.get(start..at + end)?;
    let behind = text.get(at + length..at + end)?.trim_start_matches(is_space);
    // 2021年12月31日 is a period's end behind 截至; 2021年3月 is the date of something.
    let dated = behind.starts_with(|c: char| c.is_ascii_digit());
    let whole = !dated || (behind.starts_with("12月31日") && !opening.is_empty());
    let counts = behind.contains(|c: char| c.is_ascii_digit());
    let compares = lexicon.words("comparisons").any(|word| sentence.contains(word)) || sentence.contains(own);
    (whole && counts && !compares).then(|| sentence.trim_matches(is_space))
}
