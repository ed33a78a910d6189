//! A report in a notebook: the official tables with their marks, the findings, the prose with its facts.

use std::fmt::Write;

use gongkai::{
    Offsets, Report, Span,
    write::{Escaped, HtmlOptions, html as tables},
};

/// Colours are laid over whatever ground the notebook has, light or dark; every mark has a sign of its own beside its colour.
const STYLE: &str = "\
.gongkai table{border-collapse:collapse;font-size:.85em;margin:.4em 0}\
.gongkai th,.gongkai td{border:1px solid color-mix(in srgb,currentColor 35%,transparent);padding:.15em .4em;text-align:center!important;background:none!important}\
.gongkai th[scope^=row]{text-align:left!important;font-weight:400}\
.gongkai h1{font-size:1.2em}.gongkai h2{font-size:1em;margin:.8em 0 .2em}\
.gongkai .broken{outline:2px solid #d33;outline-offset:-2px}.gongkai .broken::after{content:\" ≠\";color:#d33}\
.gongkai .flagged{outline:2px dotted #c80;outline-offset:-2px}\
.gongkai .blank::after{content:\"▢\";opacity:.5}\
.gongkai .aligned::after{content:\" ↔\";opacity:.7}.gongkai .solved::after{content:\" ∑\";opacity:.7}\
.gongkai .ambiguous{background:repeating-linear-gradient(45deg,transparent 0 4px,rgba(255,180,0,.35) 4px 8px)!important}\
.gongkai .corrected::after{content:\" ✎\"}\
.gongkai u{text-decoration-thickness:2px;text-decoration-color:#39c}\
.gongkai p{margin:.2em 0;white-space:pre-wrap}.gongkai summary{cursor:pointer}";

const LEGEND: &str = "≠ 勾稽不成立 broken · ▢ 空白 blank · ↔ 按位置 by position · ∑ 由勾稽关系推出 recovered · ？ 未定 ambiguous";

/// The report as HTML. Nothing of the document is markup.
pub fn html(report: &Report, text: &str) -> String {
    let mut out = format!("<div class=\"gongkai\"><style>{STYLE}</style>\n{}", tables(report, HtmlOptions::marked()));
    if !report.figures.is_empty() {
        let _ = writeln!(out, "<p><small>{LEGEND}</small></p>");
    }
    if !report.findings.is_empty() {
        let _ = writeln!(out, "<details open><summary>问题 findings: {}</summary>\n<ul>", report.findings.len());
        for finding in &report.findings {
            let message = &finding.message;
            let _ = writeln!(out, "<li><code>{}</code> {}<br><small>{}</small></li>", finding.code, Escaped(&message.zh), Escaped(&message.en));
        }
        out.push_str("</ul></details>\n");
    }
    prose(report, text, &mut out);
    out.push_str("</div>");
    out
}

/// The sections with their facts underlined; their tables stand above.
fn prose(report: &Report, text: &str, out: &mut String) {
    let Some(bytes) = ByteOffsets::new(report.offsets, text) else { return };
    let tables: Vec<Span> = report.tables.iter().map(|table| bytes.of(table.span)).collect();
    let _ = writeln!(out, "<details><summary>正文 text · 数量 facts: {}</summary>", report.facts.len());
    for section in report.sections.iter().filter(|section| section.kind.as_deref() != Some("furniture")) {
        let span = bytes.of(section.span);
        let mut at = span.start;
        out.push_str("<p>");
        for fact in report.facts.iter().filter(|fact| section.span.start <= fact.span.start && fact.span.end <= section.span.end) {
            let place = bytes.of(fact.span);
            plain(text, Span::new(at, place.start), &tables, out);
            let value = fact.value.map(|value| value.to_string()).unwrap_or_default();
            let title = [fact.indicator.as_deref().unwrap_or_default(), &value, fact.unit.as_deref().unwrap_or_default()].join(" ");
            let _ = write!(out, "<u title=\"{}\">{}</u>", Escaped(title.trim()), Escaped(place.of(text)));
            at = place.end.max(at);
        }
        plain(text, Span::new(at, span.end), &tables, out);
        out.push_str("</p>\n");
    }
    out.push_str("</details>\n");
}

/// A piece of the text without the tables in it.
fn plain(text: &str, span: Span, tables: &[Span], out: &mut String) {
    let mut at = span.start;
    for table in tables.iter().filter(|table| table.start < span.end && table.end > span.start) {
        let _ = write!(out, "{}", Escaped(Span::new(at, table.start.max(at)).of(text)));
        at = table.end.max(at);
    }
    let _ = write!(out, "{}", Escaped(Span::new(at, span.end.max(at)).of(text)));
}

/// From the offsets of a report to bytes of its text.
enum ByteOffsets {
    Bytes,
    /// The byte that each code point begins at.
    CodePoints(Vec<usize>),
}

impl ByteOffsets {
    /// `None` for UTF-16, which no one asks for in Python.
    fn new(offsets: Offsets, text: &str) -> Option<Self> {
        match offsets {
            Offsets::Utf8 => Some(Self::Bytes),
            Offsets::CodePoint => Some(Self::CodePoints(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())),
            Offsets::Utf16 => None,
        }
    }

    fn of(&self, span: Span) -> Span {
        match self {
            Self::Bytes => span,
            Self::CodePoints(starts) => {
                let byte = |at: usize| starts.get(at).or(starts.last()).copied().unwrap_or(0);
                Span::new(byte(span.start), byte(span.end))
            }
        }
    }
}
