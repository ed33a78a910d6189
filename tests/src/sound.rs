//! What a report may not say: against its text, or against itself.

use std::collections::BTreeSet;

use gongkai::{Citation, Figure, Report, Span, Status};
use gongkai_grammar::fold;

/// What a report says against its text or against itself; its spans count bytes.
#[must_use]
pub fn unsound(text: &str, report: &Report) -> Option<String> {
    let fits = |span: &Span| span.start <= span.end && text.get(span.start..span.end).is_some();
    if let Some(span) = spans(report).find(|s| !fits(s)) {
        return Some(format!("{span:?} is no span of the text"));
    }
    let mut end = 0;
    for section in &report.sections {
        if section.span.start != end {
            return Some(format!("section {:?} begins at {}, the one before ends at {end}", section.heading, section.span.start));
        }
        end = section.span.end;
    }
    if end != text.len() {
        return Some(format!("the sections end at {end} of {}", text.len()));
    }
    let mut paths = BTreeSet::new();
    for figure in &report.figures {
        if !paths.insert(&figure.path) {
            return Some(format!("two figures have the path {}", figure.path));
        }
        if let Some(why) = contradiction(figure) {
            return Some(format!("{}: {why}: {figure:?}", figure.path));
        }
        if let Some(code) = figure.flags.iter().find(|c| !report.findings.iter().any(|f| f.code == **c)) {
            return Some(format!("{}: there is no finding {code}", figure.path));
        }
        if !report.tables.iter().any(|t| figure.path.split('/').next() == Some(&t.table)) {
            return Some(format!("{}: there is no such table", figure.path));
        }
    }
    misled(report, &|span| text[span.start..span.end].to_owned())
}

/// Every span of a report.
pub fn spans(report: &Report) -> impl Iterator<Item = &Span> {
    let of_sections = report.sections.iter().flat_map(|s| [&s.span].into_iter().chain(&s.heading_span));
    let of_tables = report.tables.iter().map(|t| &t.span).chain(report.figures.iter().flat_map(|f| &f.span));
    let of_findings = report.findings.iter().flat_map(|f| f.span.iter().chain(f.related.iter().map(|r| &r.span)));
    let others =
        of_findings.chain(report.checks.iter().flat_map(|c| &c.operands).flat_map(|o| &o.span)).chain(report.evidence.iter().flat_map(|e| &e.span));
    let of_prose = report.facts.iter().flat_map(|f| [&f.span, &f.sentence]).chain(passages(report).map(|p| &p.span));
    let cited = report.citations.iter().flat_map(|c| &c.spans).chain(report.articles.iter().flat_map(|a| &a.spans));
    of_sections.chain(of_tables).chain(others).chain(of_prose).chain(cited)
}

fn passages(report: &Report) -> impl Iterator<Item = &gongkai::Passage> {
    let gongkai::Contact { phones, fax, postcode, address, email, urls } = &report.contact;
    let single = [fax, postcode, address, email];
    single.into_iter().flatten().chain(phones).chain(urls).chain(&report.problems).chain(&report.measures)
}

fn contradiction(figure: &Figure) -> Option<&'static str> {
    match figure {
        Figure { value: Some(_), missing: Some(_), .. } => Some("a number, and a reason why there is none"),
        Figure { value: Some(_), status: Status::Ambiguous, .. } => Some("a number, though more than one reading is left"),
        Figure { status: Status::Ambiguous, flags, .. } if flags.is_empty() => Some("more than one reading is left, and nothing is said of it"),
        Figure { status: Status::Solved, flags, .. } if flags.is_empty() => Some("recovered by rules, and nothing is said of it"),
        Figure { value: Some(_), raw, .. } if raw.is_empty() => Some("a number out of nothing"),
        Figure { status: Status::Ambiguous, candidates, .. } if (1..candidates.len()).any(|at| candidates[at..].contains(&candidates[at - 1])) => {
            Some("a candidate is listed twice")
        }
        Figure { status: Status::Ambiguous, .. } => None,
        Figure { candidates, .. } if !candidates.is_empty() => Some("one reading, and candidates for others"),
        _ => None,
    }
}

/// A span that does not lead to what was read there; `at` is the text of a span.
#[must_use]
pub fn misled(report: &Report, at: &dyn Fn(&Span) -> String) -> Option<String> {
    let differs = |what: &str, said: &str, span: &Span| (at(span) != said).then(|| format!("{what} {said:?}, but {span:?} is {:?}", at(span)));
    for figure in &report.figures {
        if let Some(bad) = figure.span.as_ref().and_then(|span| differs(&figure.path, &figure.raw, span)) {
            return Some(bad);
        }
    }
    for section in &report.sections {
        match (&section.heading, &section.heading_span) {
            (Some(heading), Some(span)) => {
                if let Some(bad) = differs("heading", heading, span) {
                    return Some(bad);
                }
            }
            (None, None) => {}
            (heading, span) => return Some(format!("heading {heading:?}, but its span is {span:?}")),
        }
    }
    let close = |text: &str| fold(&text.split_whitespace().collect::<String>());
    for citation in &report.citations {
        let Citation { title, short_title, number, spans, .. } = citation;
        // Its places may have other spaces.
        let names: Vec<String> = [title, short_title, number].into_iter().flatten().map(|name| close(name)).collect();
        if names.is_empty() || spans.is_empty() {
            return Some(format!("{citation:?} stands nowhere"));
        }
        // 《条例》 may stand for the one title that ends so, (试行) left aside.
        let whole = title.as_deref().map(close).unwrap_or_default();
        let bare = |name: &str| name.rsplit_once('(').map_or(name.to_owned(), |(bare, _)| bare.to_owned());
        // A number that lost its marks, 〔202130, is that of 〔2021〕30号.
        let unmarked = |name: &str| name.replace(['〔', '〕', '(', ')', '[', ']', '号', '第', '年'], "");
        let damaged = |name: &String| number.as_deref().is_some_and(|number| unmarked(&close(number)) == unmarked(name));
        let stands_for = |name: &String| names.contains(name) || (!name.is_empty() && bare(&whole).ends_with(&bare(name))) || damaged(name);
        if let Some(span) = spans.iter().find(|span| !stands_for(&close(&at(span)))) {
            return Some(format!("{citation:?}, but {span:?} is {:?}", at(span)));
        }
    }
    for fact in &report.facts {
        if let Some(bad) = differs("fact", &fact.raw, &fact.span) {
            return Some(bad);
        }
        if !at(&fact.sentence).contains(&fact.raw) {
            return Some(format!("{:?} does not stand in its sentence {:?}", fact.raw, at(&fact.sentence)));
        }
    }
    for passage in passages(report) {
        if close(&at(&passage.span)) != close(&passage.text) {
            return Some(format!("{passage:?}, but there is {:?}", at(&passage.span)));
        }
    }
    // Evidence is words, without the spaces between them; that for an edition is in words of our own.
    let unproven = |e: &&gongkai::Evidence| e.field != "edition" && e.span.as_ref().is_some_and(|span| !close(&at(span)).contains(&close(&e.text)));
    report
        .evidence
        .iter()
        .find(unproven)
        .map(|e| format!("evidence for {}: {:?}, but {:?} is {:?}", e.field, e.text, e.span, e.span.as_ref().map(at)))
}
