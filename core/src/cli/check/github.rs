//! Findings as workflow commands, which GitHub shows beside the lines of a change.

use std::io::Write;

use gongkai::{Finding, Severity};

use super::{
    Checked,
    places::{has_lines, location},
};
use crate::cli::words::chinese;

/// `::error file=…,line=…,col=…::…`
pub fn annotation(checked: &Checked, finding: &Finding, out: &mut dyn Write) -> std::io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    write!(out, "::{command} file={}", property(&checked.file))?;
    if let Some(span) = finding.span.filter(|_| has_lines(&checked.document)) {
        let text = &checked.document.text;
        let (line, column) = checked.places.at(text, span.start);
        write!(out, ",line={line},col={column}")?;
        let (end, last) = checked.places.at(text, span.end);
        // Columns are for one line only.
        if end == line {
            write!(out, ",endLine={end},endColumn={last}")?;
        }
    }
    let message = if chinese() { &finding.message.zh } else { &finding.message.en };
    let place = finding.location.as_ref().map(|l| format!(" ({})", location(l))).unwrap_or_default();
    writeln!(out, ",title={}::{}", property(&format!("{} {}", finding.code, finding.name)), data(&format!("{message}{place}")))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
