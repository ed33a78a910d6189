//! The verb `outline`: what a report says about itself, and its parts.

use std::io::Write;

use clap::ValueEnum;
use gongkai::Report;
use serde::Serialize;

use super::words::chinese;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutlineFormat {
    Json,
    Text,
}

/// What the `outline` verb prints of a report.
#[derive(Serialize)]
pub struct Outline<'a> {
    title: &'a Option<String>,
    issuer: &'a Option<String>,
    year: Option<i32>,
    period: Option<(String, String)>,
    issued: Option<String>,
    published: Option<String>,
    edition: Option<&'a str>,
    evidence: &'a [gongkai::Evidence],
    signatories: &'a Option<gongkai::Signatories>,
    contact: Contact<'a>,
    citations: &'a [gongkai::Citation],
    articles: &'a [gongkai::Article],
    /// How many are listed; none if the report has no part about them.
    problems: Option<usize>,
    measures: Option<usize>,
    sections: &'a [gongkai::Section],
    tables: &'a [gongkai::Table],
}

/// How to reach the issuer, in words.
#[derive(Serialize)]
struct Contact<'a> {
    phones: Vec<&'a str>,
    fax: Option<&'a str>,
    postcode: Option<&'a str>,
    address: Option<&'a str>,
    email: Option<&'a str>,
    urls: Vec<&'a str>,
}

impl<'a> Contact<'a> {
    fn new(contact: &'a gongkai::Contact) -> Self {
        let list = |list: &'a [gongkai::Passage]| list.iter().map(|p| p.text.as_str()).collect();
        let one = |passage: &'a Option<gongkai::Passage>| passage.as_ref().map(|p| p.text.as_str());
        Self {
            phones: list(&contact.phones),
            fax: one(&contact.fax),
            postcode: one(&contact.postcode),
            address: one(&contact.address),
            email: one(&contact.email),
            urls: list(&contact.urls),
        }
    }
}

impl<'a> Outline<'a> {
    pub fn new(report: &'a Report) -> Self {
        Self {
            title: &report.title,
            issuer: &report.issuer,
            year: report.year,
            period: report.period.map(|(a, b)| (a.to_string(), b.to_string())),
            issued: report.issued.map(|d| d.to_string()),
            published: report.published.map(|d| d.to_string()),
            edition: report.edition.as_deref(),
            evidence: &report.evidence,
            signatories: &report.signatories,
            contact: Contact::new(&report.contact),
            citations: &report.citations,
            articles: &report.articles,
            problems: Some(report.problems.len()).filter(|n| *n > 0),
            measures: Some(report.measures.len()).filter(|n| *n > 0),
            sections: &report.sections,
            tables: &report.tables,
        }
    }
}

pub fn outline_text(file: &str, report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    let o = Outline::new(report);
    writeln!(out, "{}", o.title.as_deref().unwrap_or(file))?;
    let line = |name: (&str, &str), value: Option<String>| value.map(|v| format!("  {}: {v}", if chinese() { name.0 } else { name.1 }));
    let lines = [
        line(("发布机关", "issuer"), o.issuer.clone()),
        line(("年度", "year"), o.year.map(|y| y.to_string())),
        line(("统计期限", "period"), o.period.map(|(a, b)| format!("{a} – {b}"))),
        line(("落款日期", "issued"), o.issued),
        line(("发布日期", "published"), o.published),
        line(("表样版本", "edition"), o.edition.map(str::to_owned)),
    ];
    for text in lines.into_iter().flatten() {
        writeln!(out, "{text}")?;
    }
    let contact = [(("电话", "phone"), o.contact.phones.join("、")), (("网址", "web site"), o.contact.urls.join("、"))];
    let single = [
        (("传真", "fax"), o.contact.fax),
        (("邮编", "postcode"), o.contact.postcode),
        (("地址", "address"), o.contact.address),
        (("电子邮箱", "e-mail"), o.contact.email),
    ];
    let single = single.into_iter().filter_map(|(name, value)| Some((name, value?.to_owned())));
    for (name, value) in contact.into_iter().filter(|(_, v)| !v.is_empty()).chain(single) {
        writeln!(out, "{}", line(name, Some(value)).unwrap_or_default())?;
    }
    for citation in o.citations {
        let words = [citation.title.as_deref().map(|t| format!("《{t}》")), citation.number.clone()];
        writeln!(out, "{}", line(("引用", "cites"), Some(words.into_iter().flatten().collect())).unwrap_or_default())?;
    }
    for (name, list) in [(("问题", "problem"), &report.problems), (("措施", "measure"), &report.measures)] {
        for passage in list {
            writeln!(out, "{}", line(name, Some(passage.text.clone())).unwrap_or_default())?;
        }
    }
    for section in o.sections {
        let heading = section.heading.as_deref().unwrap_or("—");
        writeln!(out, "  {}{heading}  [{}]", "  ".repeat(usize::from(section.level)), section.kind.as_deref().unwrap_or("?"))?;
    }
    writeln!(out)
}
