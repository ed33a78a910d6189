//! The official form, written from a report.

use gongkai::write::{self, HtmlOptions};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{given, json};

/// The tables of a report, laid out as their forms print them.
#[wasm_bindgen]
pub fn sheets(report: &str) -> Result<String, JsValue> {
    Ok(json(&write::sheets(&given(report)?)))
}

/// The tables as HTML; with `marks` the cells say what is known of them.
#[wasm_bindgen]
pub fn html(report: &str, marks: bool) -> Result<String, JsValue> {
    Ok(write::html(&given(report)?, if marks { HtmlOptions::marked() } else { HtmlOptions::default() }))
}

/// The tables as Markdown.
#[wasm_bindgen]
pub fn markdown(report: &str) -> Result<String, JsValue> {
    Ok(write::markdown(&given(report)?))
}

/// The tables as a Word file.
#[cfg(feature = "docx")]
#[wasm_bindgen]
pub fn docx(report: &str) -> Result<Vec<u8>, JsValue> {
    write::docx(&given(report)?).map_err(|error| wasm_bindgen::throw_str(&error.to_string()))
}

/// A report of an edition with every cell blank; `undefined` if there is no such edition.
#[wasm_bindgen]
#[must_use]
pub fn blank(edition: &str, year: Option<i32>) -> Option<String> {
    write::blank(edition, year).map(|report| json(&report))
}
