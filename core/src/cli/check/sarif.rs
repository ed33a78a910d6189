//! Findings as SARIF 2.1.0, the format of code scanners.

use std::io::Write;

use gongkai::{CATALOGUE, Finding, Location as Place, Severity, Span, explain};
use serde::Serialize;

use super::{
    Chain, Checked, Failed,
    places::{has_lines, location},
};
use crate::cli::words::chinese;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    language: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: &'static str,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "gongkai/v1")]
    v1: &'a str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The place in a file that has no lines.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
}

pub fn write(files: &[Checked], chains: &[Chain], failed: &[Failed], out: &mut dyn Write) -> std::io::Result<()> {
    let mut results: Vec<Found<'_>> = Vec::new();
    for checked in files {
        results.extend(checked.findings().map(|f| found(checked, f, None)));
        results.extend(checked.waived().map(|(f, reason)| found(checked, f, Some(reason))));
    }
    for chain in chains {
        let open = chain.findings().map(|f| (f, None));
        let waived = chain.waived().map(|(f, reason)| (f, Some(reason)));
        results.extend(open.chain(waived).filter_map(|(f, reason)| Some(found(files.get(f.report)?, &f.finding, reason))));
    }
    let notification =
        |f: &Failed| Notification { level: "error", message: text(if chinese() { &f.zh } else { &f.en }), locations: [location_of(&f.file)] };
    let invocation = Invocation { execution_successful: failed.is_empty(), tool_execution_notifications: failed.iter().map(notification).collect() };
    let driver = Driver {
        name: "gongkai",
        version: env!("CARGO_PKG_VERSION"),
        language: if chinese() { "zh-CN" } else { "en" },
        rules: CATALOGUE.iter().map(rule).collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, invocations: [invocation], column_kind: "unicodeCodePoints", results }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn text(words: &str) -> Text {
    Text { text: words.to_owned() }
}

fn rule(kind: &gongkai::Kind) -> Rule {
    let own = |(zh, en): (&'static str, &'static str)| text(if chinese() { zh } else { en });
    Rule {
        id: kind.code,
        name: kind.name,
        short_description: own(kind.title),
        full_description: own(kind.why),
        help: own(kind.help),
        default_configuration: Configuration { level: level(kind.severity) },
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn found<'a>(checked: &Checked, finding: &'a Finding, waived: Option<&'a str>) -> Found<'a> {
    let said = |m: &gongkai::Message| text(if chinese() { &m.zh } else { &m.en });
    let related = finding.related.iter().map(|r| Location { message: Some(said(&r.message)), ..at(checked, Some(r.span), None) });
    Found {
        rule_id: &finding.code,
        rule_index: explain(&finding.code).and_then(|kind| CATALOGUE.iter().position(|k| k == kind)),
        level: level(finding.severity),
        message: said(&finding.message),
        locations: [at(checked, finding.span, finding.location.as_deref())],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints { v1: &finding.fingerprint },
        suppressions: waived.into_iter().map(|reason| Suppression { kind: "external", justification: reason }).collect(),
    }
}

fn location_of(file: &str) -> Location {
    let physical_location = Physical { artifact_location: Artifact { uri: uri(file) }, region: None };
    Location { physical_location, logical_locations: Vec::new(), message: None }
}

fn at(checked: &Checked, span: Option<Span>, place: Option<&Place>) -> Location {
    let mut location_of = location_of(&checked.file);
    location_of.physical_location.region = span.filter(|_| has_lines(&checked.document)).map(|span| {
        let text = &checked.document.text;
        let ((start_line, start_column), (end_line, end_column)) = (checked.places.at(text, span.start), checked.places.at(text, span.end));
        Region { start_line, start_column, end_line, end_column }
    });
    location_of.logical_locations = place.map(|l| Logical { fully_qualified_name: location(l) }).into_iter().collect();
    location_of
}

/// A path as a reference: what may not stand in one as bytes in percent.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
