//! What a web page says of itself in the fields that every government site has to carry (SiteName, ArticleTitle, PubDate,
//! ContentSource: 国办发〔2017〕47号), and what other files say in theirs.

use gongkai_grammar::{
    date,
    model::{Date, Source},
};

use super::{Found, title};
use crate::outline::is_office;

/// The first field of one of these names that has a value; names differ in case from site to site.
fn field<'a>(metadata: &'a [(String, String)], names: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    names
        .iter()
        .flat_map(move |name| metadata.iter().filter(move |(key, value)| key.eq_ignore_ascii_case(name) && !value.trim().is_empty()))
        .map(|(key, value)| (key.as_str(), value.trim()))
}

fn found<T>(value: T, (key, words): (&str, &str)) -> Found<T> {
    Found { value, text: format!("{key}: {words}"), span: None, source: Source::Metadata }
}

/// The title the page gives itself, if it is one of a report.
pub fn title(metadata: &[(String, String)]) -> Option<Found<String>> {
    field(metadata, &["ArticleTitle", "title", "og:title"]).find_map(|entry| {
        // A page's title goes on with the site's name.
        let words = entry.1.split(['_', '|']).next().unwrap_or_default();
        let words: String = words.split_whitespace().collect();
        title::is_title(&words).then(|| found(words, entry))
    })
}

/// The body the page names as its source, or the one its title names.
pub fn issuer(metadata: &[(String, String)]) -> Option<Found<String>> {
    let source = field(metadata, &["ContentSource", "source", "Author", "Publisher"]).find(|(_, words)| is_office(words));
    source.map(|entry| found(entry.1.to_owned(), entry)).or_else(|| {
        let title = title(metadata)?;
        let agency = title::agency(&title.value).filter(|a| a.chars().count() >= 2)?;
        Some(Found { value: agency, text: title.text, span: None, source: Source::Metadata })
    })
}

/// The day of publication.
pub fn published(metadata: &[(String, String)]) -> Option<Found<Date>> {
    field(metadata, &["PubDate", "publishdate", "article:published_time", "firstpublishedtime", "publish_time"]).find_map(|entry| {
        let day = entry.1.split(['T', ' ']).next().unwrap_or_default();
        let digits = |range: std::ops::Range<usize>| day.get(range).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        let (value, _) = date(day).or_else(|| date(&format!("{}-{}-{}", digits(0..4)?, digits(4..6)?, digits(6..8)?)))?;
        Some(found(value, entry))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_page() {
        let metadata: Vec<(String, String)> = [
            ("SiteName", "示例县人民政府网"),
            ("articletitle", "示例县某某局2020年政府信息公开工作年度报告"),
            ("PubDate", "2021-01-28 10:00"),
            ("ContentSource", "示例县某某局"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .to_vec();
        assert_eq!(title(&metadata).unwrap().value, "示例县某某局2020年政府信息公开工作年度报告");
        assert_eq!(issuer(&metadata).unwrap().value, "示例县某某局");
        let day = published(&metadata).unwrap();
        assert_eq!((day.value.to_string(), day.text.as_str()), ("2021-01-28".into(), "PubDate: 2021-01-28 10:00"));
        let packed = [("publishdate".to_owned(), "20210128".to_owned())];
        assert_eq!(published(&packed).unwrap().value.to_string(), "2021-01-28");
        assert!(title(&[("title".to_owned(), "首页".to_owned())]).is_none());
    }
}
