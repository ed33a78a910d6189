//! What is made of reports that were read.

use gongkai::{Member, Offsets, Positions, Report, SeriesOptions};
use serde::Deserialize;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{given, json};

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
