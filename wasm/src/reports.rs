//! What is made of reports that were read.

use gongkai::{Document, Member, Offsets, Options, Positions, Report, SeriesOptions};
use serde::Deserialize;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{
    given, json,
    read::{Settings, failure},
};

/// A report with the text it was read from.
#[derive(Deserialize)]
struct Read {
    #[serde(default)]
    name: String,
    text: String,
    report: Report,
}

impl Read {
    /// Lets the spans count bytes, as the core wants them, and gives what leads back to the caller's unit.
    fn in_bytes(&mut self) -> Positions {
        let unit = self.report.offsets;
        Positions::between(&self.text, unit, Offsets::Utf8).apply(&self.text, &mut self.report);
        Positions::new(&self.text, unit)
    }
}

/// Every indicator of a report.
#[wasm_bindgen]
pub fn indicators(report: &str) -> Result<String, JsValue> {
    Ok(json(&gongkai::indicators(&given(report)?)))
}

/// The reports grouped by agency, each with its checks across years.
#[wasm_bindgen]
pub fn series(members: &str, one_agency: bool) -> Result<String, JsValue> {
    let mut read: Vec<Read> = given(members)?;
    let positions: Vec<Positions> = read.iter_mut().map(Read::in_bytes).collect();
    let members: Vec<Member<'_>> = read.iter().map(|read| Member { name: &read.name, text: &read.text, report: &read.report }).collect();
    let mut all = gongkai::series(&members, &SeriesOptions::of_one_agency(one_agency));
    let texts: Vec<(Positions, &str)> = positions.into_iter().zip(read.iter().map(|read| read.text.as_str())).collect();
    for series in &mut all {
        Positions::apply_to_series(&texts, series);
    }
    Ok(json(&all))
}

/// What differs between two reports.
#[wasm_bindgen]
pub fn compare(a: &str, b: &str) -> Result<String, JsValue> {
    let (mut a, mut b): (Read, Read) = (given(a)?, given(b)?);
    let (of_a, of_b) = (a.in_bytes(), b.in_bytes());
    let mut comparison = gongkai::compare((&a.text, &a.report), (&b.text, &b.report));
    Positions::apply_to_comparison((&of_a, &a.text), (&of_b, &b.text), &mut comparison);
    Ok(json(&comparison))
}

/// What the reports of the years beside tell of each report.
#[wasm_bindgen]
pub fn hints(members: &str, one_agency: bool) -> Result<String, JsValue> {
    let read: Vec<Read> = given(members)?;
    let members: Vec<Member<'_>> = read.iter().map(|read| Member { name: &read.name, text: &read.text, report: &read.report }).collect();
    Ok(json(&gongkai::hints(&members, &SeriesOptions::of_one_agency(one_agency))))
}

/// Reports that are read once more, each with what the years beside it tell.
#[wasm_bindgen]
pub struct Rereading {
    options: Options,
    units: Vec<Offsets>,
    documents: Vec<Document>,
    reports: Vec<Report>,
}

#[wasm_bindgen]
impl Rereading {
    /// No report yet; all were read with these settings.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Result<Rereading, JsValue> {
        let mut options = given::<Settings>(settings)?.options();
        options.offsets = Offsets::Utf8;
        Ok(Self { options, units: Vec::new(), documents: Vec::new(), reports: Vec::new() })
    }

    /// Adds a report and the file it was read from, if that was no text. Gives why the file could not be read.
    pub fn add(&mut self, member: &str, bytes: Option<Vec<u8>>) -> Result<Option<String>, JsValue> {
        let mut read: Read = given(member)?;
        self.units.push(read.report.offsets);
        read.in_bytes();
        // A report that nothing is open in is not read again.
        let open = read.report.figures.iter().any(|figure| !figure.candidates.is_empty());
        let document = match bytes.filter(|_| open).map(|bytes| gongkai::document(&bytes, &self.options)) {
            None => Document::from_text(read.text),
            Some(Err(error)) => return Ok(Some(failure(&error))),
            Some(Ok(document)) if document.text != read.text => return Err(JsValue::from_str("the text of a report is not that of its bytes")),
            Some(Ok(document)) => document,
        };
        self.documents.push(document);
        self.reports.push(read.report);
        Ok(None)
    }

    /// Reads them again as long as that decides something: the reports that were decided, each with its place among those that were added.
    pub fn run(&mut self, one_agency: bool) -> String {
        let documents: Vec<(&str, &Document)> = self.documents.iter().map(|document| ("", document)).collect();
        let decided = gongkai::reread(&documents, &mut self.reports, &self.options, &SeriesOptions::of_one_agency(one_agency));
        for ((document, report), unit) in self.documents.iter().zip(&mut self.reports).zip(&self.units) {
            Positions::new(&document.text, *unit).apply(&document.text, report);
        }
        json(&decided.iter().map(|&index| (index, self.reports.get(index))).collect::<Vec<_>>())
    }
}
