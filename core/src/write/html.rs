//! The official form as HTML.

use std::fmt::{self, Write};

use gongkai_grammar::model::{Figure, Missing, Name, Report, Severity, Status, Verdict};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{CellKind, SheetCell, Titled, sheets};

/// How [`html`] writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HtmlOptions {
    /// Whether cells say what is known of them: `data-path`, and the classes `blank`, `aligned`, `solved`, `ambiguous`, `corrected` (see
    /// [`Status`]), `broken` (a rule of the form does not hold with it) and `flagged` (any other finding). Without, the tables carry lines of
    /// their own and nothing else, to be pasted into Word or a web page.
    pub marks: bool,
}

impl HtmlOptions {
    /// With [`marks`](Self::marks).
    #[must_use]
    pub fn marked() -> Self {
        Self { marks: true }
    }
}

/// The tables of a report as a piece of HTML: the title, then each table with its heading. All text is escaped; there is no script and no style
/// but the lines of the tables.
#[must_use]
pub fn html(report: &Report, options: HtmlOptions) -> String {
    let mut out = String::new();
    let marks = options.marks.then(|| Marks::new(report));
    // Writing into a string cannot fail.
    let _ = write_html(report, marks.as_ref(), &mut out);
    out
}

fn write_html(report: &Report, marks: Option<&Marks<'_>>, out: &mut String) -> fmt::Result {
    if let Some(title) = &report.title {
        writeln!(out, "<h1>{}</h1>", Escaped(title))?;
    }
    for titled in sheets(report) {
        table(&titled, marks, out)?;
    }
    Ok(())
}

fn table(Titled { heading, sheet }: &Titled, marks: Option<&Marks<'_>>, out: &mut String) -> fmt::Result {
    writeln!(out, "<h2>{}</h2>", Escaped(heading))?;
    match marks {
        Some(_) => writeln!(out, "<table data-table=\"{}\">", Escaped(&sheet.table))?,
        None => writeln!(out, "<table border=\"1\" style=\"border-collapse:collapse;width:100%\">")?,
    }
    out.push_str("<thead>\n");
    for (at, cells) in sheet.rows.iter().enumerate() {
        if at == sheet.head {
            out.push_str("</thead>\n<tbody>\n");
        }
        out.push_str("<tr>");
        for cell in cells {
            write_cell(cell, at < sheet.head, marks, out)?;
        }
        out.push_str("</tr>\n");
    }
    out.push_str(if sheet.rows.len() > sheet.head { "</tbody>\n</table>\n" } else { "</thead>\n</table>\n" });
    Ok(())
}

fn write_cell(cell: &SheetCell, in_head: bool, marks: Option<&Marks<'_>>, out: &mut String) -> fmt::Result {
    let (tag, scope) = match cell.kind {
        CellKind::Figure | CellKind::Unit => ("td", ""),
        CellKind::Label if !in_head => ("th", if cell.height > 1 { "rowgroup" } else { "row" }),
        _ => ("th", if cell.width > 1 { "colgroup" } else { "col" }),
    };
    write!(out, "<{tag}")?;
    if !scope.is_empty() {
        write!(out, " scope=\"{scope}\"")?;
    }
    for (name, span) in [("colspan", cell.width), ("rowspan", cell.height)] {
        if span > 1 {
            write!(out, " {name}=\"{span}\"")?;
        }
    }
    if let (Some(marks), Some(path)) = (marks, &cell.path) {
        let classes = marks.classes(path);
        if !classes.is_empty() {
            write!(out, " class=\"{}\"", classes.join(" "))?;
        }
        write!(out, " data-path=\"{}\"", Escaped(path))?;
    } else if marks.is_none() && matches!(cell.kind, CellKind::Figure | CellKind::Unit) {
        out.push_str(" align=\"center\"");
    }
    write!(out, ">{}</{tag}>", Escaped(&cell.text))
}

/// What is known of the cells.
struct Marks<'a> {
    figures: FxHashMap<&'a str, &'a Figure>,
    /// Cells that a rule which does not hold speaks of.
    broken: FxHashSet<&'a str>,
}

impl<'a> Marks<'a> {
    fn new(report: &'a Report) -> Self {
        let broken: FxHashSet<&str> =
            report.checks.iter().filter(|check| check.verdict == Verdict::Broken).map(|check| check.code.as_ref()).collect();
        // What a rule of severity `note` says is odd, not wrong.
        let said = report.findings.iter().filter(|finding| finding.severity != Severity::Note && broken.contains(finding.code.as_ref()));
        Self {
            figures: report.figures.iter().map(|figure| (figure.path.as_ref(), figure)).collect(),
            broken: said.flat_map(|finding| &finding.paths).map(Name::as_ref).collect(),
        }
    }

    fn classes(&self, path: &str) -> Vec<&'static str> {
        let Some(figure) = self.figures.get(path) else { return Vec::new() };
        let mut classes = Vec::new();
        classes.extend(match figure.status {
            Status::Printed => None,
            Status::Aligned => Some("aligned"),
            Status::Solved => Some("solved"),
            Status::Ambiguous => Some("ambiguous"),
            Status::Corrected => Some("corrected"),
        });
        if figure.missing == Some(Missing::Blank) {
            classes.push("blank");
        }
        if self.broken.contains(path) {
            classes.push("broken");
        } else if !figure.flags.is_empty() {
            classes.push("flagged");
        }
        classes
    }
}

/// Text that is no markup, as content and between double quotes.
pub struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
