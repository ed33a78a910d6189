//! From a text, or the JSON of one, to a report.

use gongkai::{Offsets, Options, Report, Span, parse};

use crate::sound::{misled, unsound};

/// A text: its report says nothing against the text, in the units of two languages, is the same the second time, and survives JSON.
pub fn text(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let report = parse(&text, &Options::default());
    sound(&text, &report);
    assert!(parse(&text, &Options::default()) == report, "read again, it is another report");
    let units: Vec<u16> = text.encode_utf16().collect();
    let at = |span: &Span| String::from_utf16(&units[span.start..span.end]).unwrap();
    assert_eq!(misled(&parse(&text, &Options::with_offsets(Offsets::Utf16)), &at), None);
}

/// A report of a text: it is sound, and survives JSON.
pub fn sound(text: &str, report: &Report) {
    assert_eq!(unsound(text, report), None);
    let written = serde_json::to_string(report).unwrap();
    let back: Report = serde_json::from_str(&written).unwrap();
    assert!(back == *report, "JSON changes the report");
}

/// JSON: what is a report is the same report when it is written and read again.
pub fn json(input: &[u8]) {
    let Ok(report) = serde_json::from_slice::<Report>(input) else { return };
    let written = serde_json::to_string(&report).unwrap();
    let back: Report = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert!(back == report, "JSON changes the report: {written}");
    assert_eq!(serde_json::to_string(&back).unwrap(), written);
}
