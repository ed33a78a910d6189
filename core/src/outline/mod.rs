//! The parts of a document: furniture, preamble, parts and what stands under them, signature, copies.
//!
//! One pass each over the lines; the sections cover the text from its first byte to its last.

mod contents;
mod copies;
mod cut;
mod furniture;
mod heading;
mod issues;
pub mod kinds;
pub mod scan;
mod signature;

use gongkai_grammar::model::{Name, Section, Span};

pub use issues::issues;
pub use signature::{Signature, is_office, year_start};

use heading::{Field, Heading};
use scan::trim;

/// The parts of a document.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Covering the text from its first byte to its last, without gaps or overlaps, in order.
    pub sections: Vec<Section>,
    /// The body of the report that is used: without the furniture around it and without further copies.
    pub body: Span,
    /// Further copies of the body, each with whether its text is that of `body` after folding.
    pub copies: Vec<(Span, bool)>,
    /// The signature under the body.
    pub signature: Option<Signature>,
}

/// Finds the parts of a document.
///
/// `tables` are the statutory tables found, sorted. Their rows are numbered like headings, so inside them only the heading of a part of
/// the report is believed; they may reach a little further than the table does.
///
/// `closed` are the tables of real cells among them, sorted: the rows of these are no headings.
///
/// `page` is the document proper, where the format tells it from the furniture around it; for text, all of it.
pub fn outline(text: &str, page: Span, tables: &[Span], closed: &[Span]) -> Outline {
    let mut lines = scan::filled_lines(text);
    if page.start > 0 || page.end < text.len() {
        lines.retain(|l| l.start >= page.start && l.end <= page.end);
    }
    let Some(first) = lines.first() else {
        let sections = if text.is_empty() { Vec::new() } else { vec![unheaded("preamble", 0, text.len())] };
        return Outline { sections, body: Span::new(0, text.len()), ..Outline::default() };
    };
    let mut head = furniture::head(text, &lines);
    let before = trim(text, Span::new(0, page.start));
    if before.start < before.end {
        head.insert(0, before);
    }
    let start = body_start(text, *first, &head);
    let copies = copies::copies(text, &lines, start);
    let limit = copies.first().map_or(page.end, |c| c.start);

    let field = Field { text, lines: &lines, tables, furniture: &head, range: Span::new(start, limit) };
    let mut headings = heading::headings(&field);
    headings.retain(|h| closed.get(closed.partition_point(|c| c.end <= h.span.start)).is_none_or(|c| h.span.end <= c.start));
    // What comes behind the last part and the last table is the page again.
    let last_part = headings.iter().rev().find(|h| h.level == 1 && h.kind.is_some()).map_or(start, |h| h.span.end);
    let last_table = tables.get(..tables.partition_point(|t| t.start < limit)).and_then(<[Span]>::last).map_or(start, |t| t.start);
    let mut end = furniture::tail(text, &lines, last_part.max(last_table), limit).unwrap_or(limit);
    // What stands between the body and its whole copy and is no part of either is the page too.
    if let Some(copy) = copies.first().filter(|c| c.complete && copies.len() == 1 && c.original_end > last_table.max(last_part)) {
        let rest = trim(text, Span::new(copy.original_end, limit));
        if !tables.iter().any(|t| t.start >= rest.start && t.start < limit) && rest.start < rest.end {
            end = end.min(rest.start);
        }
    }
    headings.retain(|h| h.span.start < end);
    let last_words = headings.iter().rev().find(|h| h.level == 1 && h.kind != Some("statistics")).map_or(start, |h| h.span.end);
    let signature = signature::signature(text, &lines, tables, last_words, end);

    let mut marks: Vec<Section> = Vec::new();
    let mut covered = 0;
    for span in &head {
        if span.start > covered && !trim(text, Span::new(covered, span.start)).of(text).is_empty() {
            marks.push(unheaded("preamble", covered, 0));
        }
        marks.push(unheaded("furniture", span.start, 0));
        covered = span.end;
    }
    if !trim(text, Span::new(covered, end)).of(text).is_empty() {
        marks.push(unheaded("preamble", trim(text, Span::new(covered, end)).start, 0));
    }
    marks.extend(headings.into_iter().map(|h| headed(text, h)));
    if let Some(signature) = &signature {
        marks.push(unheaded("signature", signature.span.start, 0));
        // An annex may follow the signature.
        let rest = trim(text, Span::new(signature.span.end, end));
        if rest.start < rest.end && (tables.iter().any(|t| t.end > rest.start && t.start < rest.end) || rest.of(text).starts_with('附')) {
            marks.push(unheaded("statistics", rest.start, 0));
        }
    }
    if end < limit {
        marks.push(unheaded("furniture", end, 0));
    }
    let mut further = Vec::new();
    let body = trim(text, Span::new(start, end));
    for (at, copy) in copies.iter().enumerate() {
        let limit = copies.get(at + 1).map_or(page.end, |next| next.start);
        let tables_end = tables.get(..tables.partition_point(|t| t.start < limit)).and_then(<[Span]>::last).map_or(0, |t| t.start);
        let end = furniture::tail(text, &lines, copy.end.max(tables_end), limit).unwrap_or(limit);
        let span = trim(text, Span::new(copy.start, end));
        marks.push(unheaded("copy", span.start, 0));
        if end < limit {
            marks.push(unheaded("furniture", end, 0));
        }
        further.push((span, copies::same(text, body, span)));
    }
    let behind = trim(text, Span::new(page.end, text.len()));
    if behind.start < behind.end {
        marks.push(unheaded("furniture", behind.start, 0));
    }
    Outline { sections: covering(marks, text.len()), body, copies: further, signature }
}

/// Where the report begins: with the first line that is no furniture.
fn body_start(text: &str, first: Span, head: &[Span]) -> usize {
    let mut start = first.start;
    for span in head {
        if trim(text, Span::new(start, span.start.max(start))).of(text).is_empty() {
            start = start.max(span.end);
        }
    }
    trim(text, Span::new(start, text.len())).start
}

fn unheaded(kind: &'static str, start: usize, end: usize) -> Section {
    Section { heading: None, kind: Some(Name::Borrowed(kind)), level: 0, heading_span: None, span: Span::new(start, end) }
}

fn headed(text: &str, heading: Heading) -> Section {
    let Heading { span, level, kind, .. } = heading;
    Section {
        heading: Some(span.of(text).to_owned()),
        kind: kind.map(Name::Borrowed),
        level,
        heading_span: Some(span),
        span: Span::new(span.start, span.end),
    }
}

/// Lets every section end where the next one starts.
fn covering(mut sections: Vec<Section>, length: usize) -> Vec<Section> {
    sections.sort_by_key(|s| s.span.start);
    // Of two that start together the later one says more: a heading at the first byte leaves no preamble.
    sections.reverse();
    sections.dedup_by_key(|s| s.span.start);
    sections.reverse();
    // Nothing begins inside a heading: of two headings the first one stays, of a heading and another part the other part.
    let mut apart: Vec<Section> = Vec::with_capacity(sections.len());
    for section in sections {
        if apart.last().and_then(|last| last.heading_span).is_some_and(|h| section.span.start < h.end) {
            if section.heading.is_some() {
                continue;
            }
            apart.pop();
        }
        apart.push(section);
    }
    let mut sections = apart;
    sections.reverse();
    sections.dedup_by(|earlier, later| {
        earlier.heading.is_none() && later.heading.is_none() && earlier.kind == later.kind && earlier.kind.as_deref() == Some("furniture") && {
            later.span.start = earlier.span.start;
            true
        }
    });
    let mut end = length;
    for section in &mut sections {
        section.span.end = end;
        end = section.span.start;
    }
    if let Some(first) = sections.last_mut() {
        first.span.start = 0;
    }
    sections.reverse();
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let outline = outline(text, Span::new(0, text.len()), &[], &[]);
        let mut at = 0;
        for section in &outline.sections {
            assert_eq!(section.span.start, at);
            at = section.span.end;
        }
        assert_eq!(at, text.len());
        outline.sections.iter().map(|s| s.heading.clone().unwrap_or_else(|| s.kind.as_deref().unwrap_or("-").to_owned())).collect()
    }

    const REPORT: &str = "示例市某某局2020年政府信息公开工作年度报告\n根据有关规定，现公布本年度的报告。\n一、总体情况\n全年公开各类信息五百二十条，均按时发布。\n（一）主动公开。已公开。\n二、存在的主要问题及改进情况\n公开还不够全面及时，将加以改进和完善。\n示例市某某局\n2021年1月20日";

    #[test]
    fn a_report_and_the_page_around_it() {
        let parts = ["preamble", "一、总体情况", "（一）主动公开", "二、存在的主要问题及改进情况", "signature"];
        assert_eq!(kinds(REPORT), parts);
        let page = format!("当前位置：首页\n发布时间：2021-02-01\n{REPORT}\n责任编辑：某某\n示例市某某局2019年政府信息公开工作年度报告");
        let mut around = vec!["furniture"];
        around.extend(parts);
        around.push("furniture");
        assert_eq!(kinds(&page), around);
    }

    #[test]
    fn copies_are_parts_of_their_own() {
        let text = format!("{REPORT}\n主办单位：示例市 ICP备0号\n{REPORT}\n");
        let names = kinds(&text);
        assert_eq!(names.get(4..), Some(["signature".to_owned(), "furniture".to_owned(), "copy".to_owned()].as_slice()));
        let outline = outline(&text, Span::new(0, text.len()), &[], &[]);
        assert_eq!((outline.body.of(&text), outline.copies.len(), outline.copies[0].1), (REPORT, 1, true));
        let other = format!("{REPORT}\n{}", REPORT.replace("五百二十", "五百三十"));
        assert!(!super::outline(&other, Span::new(0, other.len()), &[], &[]).copies[0].1);
    }

    #[test]
    fn any_text_is_covered() {
        for text in ["", " ", "\u{FEFF}", "一、", "（一）", "。", "年", "\n\n甲\n", "一、概述", "2021年1月1日"] {
            kinds(text);
        }
    }
}
