//! What a report says about itself: title, issuer, year, period, dates, signatories, citations, and how each is known.

mod cited;
mod contact;
mod dates;
mod issuer;
mod page;
pub mod signed;
mod title;

use gongkai_grammar::model::{Article, Citation, Contact, Date, Evidence, Name, Passage, Signatories, Source, Span};

use crate::outline::{Outline, issues};

/// What a report says about itself.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// The report's own title.
    pub title: Option<String>,
    /// The body that issues it.
    pub issuer: Option<String>,
    /// The year it is about: of the title, else of the period, else of the text.
    pub year: Option<i32>,
    /// First and last day of the statistics.
    pub period: Option<(Date, Date)>,
    /// The date under the text.
    pub issued: Option<Date>,
    /// The day of publication that the page names.
    pub published: Option<Date>,
    /// Who signed the statistics sheet of 2014.
    pub signatories: Option<Signatories>,
    /// How the fields are known: for the year every source that names one, the used one first, so that contradictions can be seen.
    pub evidence: Vec<Evidence>,
    /// How to reach the issuer.
    pub contact: Contact,
    /// Documents named outside the tables.
    pub citations: Vec<Citation>,
    /// Articles of laws named outside the tables.
    pub articles: Vec<Article>,
    /// What is said to be wrong, item by item.
    pub problems: Vec<Passage>,
    /// What is promised, item by item.
    pub measures: Vec<Passage>,
    /// Dates, periods and document numbers that lost a part, and characters that are no text any more.
    pub damaged: Vec<Span>,
}

/// A value and the words it rests on.
#[derive(Clone, Debug)]
struct Found<T> {
    value: T,
    text: String,
    span: Option<Span>,
    source: Source,
}

impl<T> Found<T> {
    fn evidence(&self, field: &'static str) -> Evidence {
        Evidence { field: Name::Borrowed(field), source: self.source, text: self.text.clone(), span: self.span }
    }
}

/// Whether a line is, or begins, the title of a report: it ends as one, or the page gives it as its own.
#[cfg(feature = "html")]
pub fn is_title_line(line: &str, metadata: &[(String, String)]) -> bool {
    let words: String = line.split_whitespace().collect();
    title::is_title(&words) || page::title(metadata).is_some_and(|t| words.chars().count() > 5 && t.value.starts_with(&words))
}

/// Reads what a report says about itself. `tables` are the spans that were given to the outline, `metadata` what the file
/// says of itself in fields.
pub fn meta(text: &str, outline: &Outline, tables: &[Span], metadata: &[(String, String)]) -> Meta {
    let body = outline.body;
    let first_part = outline.sections.iter().find(|s| s.level == 1).map_or(body.end, |s| s.span.start);
    let preamble = Span::new(body.start, first_part.clamp(body.start, body.end));
    let prose = dates::prose(body, tables);
    let mut meta = Meta::default();

    let titles = title::titles(text, outline);
    let page_title = page::title(metadata);
    if let Some(title) = titles.first() {
        meta.title = Some(title.text.clone());
        meta.evidence.push(Evidence {
            field: Name::Borrowed("title"),
            source: title.source,
            text: title.span.of(text).to_owned(),
            span: Some(title.span),
        });
    } else {
        meta.title = page_title.as_ref().map(|t| t.value.clone());
    }
    meta.evidence.extend(page_title.iter().map(|t| t.evidence("title")));
    let mut names = issuer::issuer(text, outline, &titles);
    names.extend(page::issuer(metadata));
    meta.issuer = names.first().map(|n| n.value.clone());
    meta.evidence.extend(names.iter().map(|n| n.evidence("issuer")));

    let period = dates::stated_period(text, preamble, &prose);
    meta.period = period.as_ref().map(|p| p.value);
    let mut years: Vec<Found<i32>> = Vec::new();
    let titled = |t: &title::Title| title::year(&t.text).map(|value| Found { value, text: t.text.clone(), span: Some(t.span), source: t.source });
    years.extend(titles.first().and_then(titled));
    years.extend(period.as_ref().map(|p| Found { value: p.value.1.year, text: p.text.clone(), span: p.span, source: Source::Period }));
    years.extend(dates::years_in_text(text, preamble, outline));
    years.extend(dates::year_of_caption(text, body));
    years.extend(titles.iter().skip(1).filter_map(titled));
    years.extend(page_title.and_then(|t| Some(Found { value: title::year(&t.value)?, text: t.text, span: None, source: t.source })));
    meta.year = years.first().map(|y| y.value);
    meta.evidence.extend(years.iter().map(|y| y.evidence("year")));
    meta.evidence.extend(period.iter().map(|p| p.evidence("period")));

    if let Some((date, span)) = outline.signature.and_then(|s| s.date) {
        meta.issued = Some(date);
        meta.evidence.push(Evidence { field: Name::Borrowed("issued"), source: Source::Signature, text: span.of(text).to_owned(), span: Some(span) });
    }
    let days: Vec<Found<Date>> = dates::published(text, outline).into_iter().chain(page::published(metadata)).collect();
    meta.published = days.first().map(|d| d.value);
    meta.evidence.extend(days.iter().map(|d| d.evidence("published")));
    meta.signatories = signed::signatories(text, body);
    meta.contact = contact::contact(text, &contact_areas(outline, preamble, &prose));
    let numbers = cited::numbers(text, &prose);
    meta.articles = cited::articles(text, &prose);
    (meta.problems, meta.measures) = issues(text, &outline.sections, meta.year);
    meta.damaged = dates::damaged(text, &prose);
    meta.damaged.extend(numbers.iter().filter(|c| c.damaged).flat_map(|c| c.spans.iter().copied()));
    meta.damaged.sort_unstable();
    meta.citations = cited::citations(text, &prose, numbers, meta.title.as_deref());
    meta
}

/// Where to look for the contact, the best first: the preamble, what follows the last part, the body's prose, the body, the page around it.
fn contact_areas(outline: &Outline, preamble: Span, prose: &[Span]) -> Vec<Vec<Span>> {
    let of = |kinds: &[&str]| outline.sections.iter().filter(|s| s.kind.as_deref().is_some_and(|k| kinds.contains(&k))).map(|s| s.span).collect();
    let around = outline.sections.iter().filter(|s| s.kind.as_deref() == Some("furniture") && s.span.start >= outline.body.end).map(|s| s.span);
    vec![vec![preamble], of(&["other", "signature"]), prose.to_vec(), vec![outline.body], around.collect()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    fn read(text: &str) -> Meta {
        meta(text, &outline(text, Span::new(0, text.len()), &[], &[]), &[], &[])
    }

    #[test]
    fn a_report_about_itself() {
        let text = "示例县某某局2020年政府信息公开工作年度报告\n发布时间：2021-02-03 来源：示例县\n所列数据统计期限自2020年1月1日起至2020年12月31日止。\n一、总体情况\n2020年，按照示办发〔2020〕3号要求公开。\n示例县某某局\n2021年1月5日\n";
        let meta = read(text);
        assert_eq!(meta.title.as_deref(), Some("示例县某某局2020年政府信息公开工作年度报告"));
        assert_eq!((meta.issuer.as_deref(), meta.year), (Some("示例县某某局"), Some(2020)));
        assert_eq!((meta.issued.unwrap().to_string(), meta.published.unwrap().to_string()), ("2021-01-05".into(), "2021-02-03".into()));
        assert_eq!(meta.period.unwrap().0.to_string(), "2020-01-01");
        assert_eq!(meta.citations.len(), 1);
        assert!(meta.damaged.is_empty());
        for evidence in &meta.evidence {
            assert!(evidence.span.is_none_or(|s| !s.of(text).is_empty()), "{evidence:?}");
        }
    }

    #[test]
    fn contradicting_years_are_all_kept() {
        let meta = read("所列数据的统计期限为2019年1月1日至2019年12月31日。\n一、总体情况\n2020年，我局很努力。");
        assert_eq!(meta.year, Some(2019));
        let years: Vec<&str> = meta.evidence.iter().filter(|e| e.field == "year").map(|e| e.text.as_str()).collect();
        assert_eq!(years, ["2019年1月1日至2019年12月31日", "2020年"]);
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", "年", "《", "《》", "自20", "20年", "时间：", "填报人：", "编制", "一、\n（一）", "〔2020〕", "\u{FFFD}", "2020年1月1日至"]
        {
            read(text);
        }
    }
}
