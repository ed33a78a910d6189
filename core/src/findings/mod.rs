//! What is said of a report: findings, made from the kinds of the catalogue.

mod catalogue;

pub use catalogue::{CATALOGUE, Kind, Words};
use gongkai_grammar::{
    forms,
    model::{Cause, Finding, Message, Name, Related, Severity, Span, Value},
};

/// The kind of finding that a code names.
#[must_use]
pub fn explain(code: &str) -> Option<&'static Kind> {
    CATALOGUE.iter().find(|k| k.code == code)
}

/// What a finding is about, beyond its kind.
#[derive(Default)]
pub struct Details {
    /// What is the matter here: Chinese and English, put behind the kind's title.
    pub said: (String, String),
    /// Where.
    pub span: Option<Span>,
    /// The figures it concerns.
    pub paths: Vec<Name>,
    /// The readings that are left.
    pub alternatives: Vec<Vec<Option<Value>>>,
    /// Its severity, if the form file says so.
    pub severity: Option<Severity>,
    /// Whose fault it is.
    pub cause: Option<Cause>,
    /// The clause or form it rests on, if it is not that of the kind.
    pub basis: Option<Name>,
    /// Other places it concerns.
    pub related: Vec<Related>,
}

/// Makes a finding of a kind of the catalogue.
pub fn finding(code: &'static str, details: Details) -> Finding {
    let none = ("", "");
    let fallback = Kind { code, name: "", severity: Severity::Warning, title: none, help: none, basis: none, why: none, example: "" };
    let kind = explain(code).unwrap_or(&fallback);
    let (zh, en) = details.said;
    let join = |title: &str, said: String, mark: &str| if said.is_empty() { title.to_owned() } else { format!("{title}{mark}{said}") };
    Finding {
        code: Name::Borrowed(code),
        name: Name::Borrowed(kind.name),
        severity: details.severity.unwrap_or(kind.severity),
        cause: details.cause.unwrap_or(Cause::Report),
        message: Message { zh: join(kind.title.0, zh, "：").into(), en: join(kind.title.1, en, ": ").into() },
        help: Message { zh: Name::Borrowed(kind.help.0), en: Name::Borrowed(kind.help.1) },
        basis: details.basis.or(Some(Name::Borrowed(kind.basis.0))),
        span: details.span,
        location: None,
        paths: details.paths,
        alternatives: details.alternatives,
        related: details.related,
        repairs: Vec::new(),
        fingerprint: Name::default(),
    }
}

/// The first characters of a piece of the report, for a message.
pub fn quote(text: &str) -> String {
    let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > 40 {
        words = words.chars().take(40).collect::<String>() + "…";
    }
    words
}

/// What a kind of table is called in Chinese: its title in the newest edition that has one, else its id.
pub fn table_title(kind: &str) -> &str {
    let tables = forms().editions.iter().rev().flat_map(|form| &form.tables);
    tables.filter(|table| table.id == kind).find_map(|table| table.titles.first()).map_or(kind, String::as_str)
}
