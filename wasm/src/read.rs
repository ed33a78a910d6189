//! Texts and files to reports.

use std::collections::BTreeMap;

use gongkai::{Hint, Offsets, Options, ReadError};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{given, json};

/// What a caller may set.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    offsets: Offsets,
    hints: Vec<Hint>,
    corrections: BTreeMap<String, String>,
    content_type: Option<String>,
    max_bytes: Option<usize>,
}

impl Settings {
    pub fn options(self) -> Options {
        let mut options = Options::with_offsets(self.offsets);
        options.hints = self.hints;
        options.corrections = self.corrections;
        options.content_type = self.content_type;
        options.max_bytes = self.max_bytes.unwrap_or(options.max_bytes);
        options
    }
}

/// The report on a text.
#[wasm_bindgen(js_name = parseJson)]
pub fn parse_json(text: &str, settings: &str) -> Result<String, JsValue> {
    Ok(json(&gongkai::parse(text, &given::<Settings>(settings)?.options())))
}

/// What the bytes of a file hold.
#[wasm_bindgen]
pub struct Reading {
    text: String,
    json: String,
    error: Option<String>,
}

#[wasm_bindgen]
impl Reading {
    /// The words that the spans of the report count in.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// The report.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn json(&self) -> String {
        self.json.clone()
    }

    /// Why the file could not be read; then `text` and `json` are empty.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn error(&self) -> Option<String> {
        self.error.clone()
    }
}

/// Reads the bytes of a file.
#[wasm_bindgen(js_name = readBytes)]
pub fn read_bytes(bytes: &[u8], settings: &str) -> Result<Reading, JsValue> {
    let options = given::<Settings>(settings)?.options();
    Ok(match gongkai::document(bytes, &options) {
        Ok(document) => Reading { json: json(&gongkai::parse_document(&document, &options)), text: document.text, error: None },
        Err(error) => Reading { text: String::new(), json: String::new(), error: Some(failure(&error)) },
    })
}

/// Why a file could not be read, as `ReadError` of `errors.mjs` takes it.
pub fn failure(error: &ReadError) -> String {
    json(&Failure::of(error))
}

/// A file that could not be read.
#[derive(Serialize)]
struct Failure {
    reason: &'static str,
    zh: String,
    en: String,
    limit: Option<&'static str>,
    value: Option<usize>,
    max: Option<usize>,
}

impl Failure {
    fn of(error: &ReadError) -> Self {
        let message = error.message();
        let (limit, value, max) = match error {
            ReadError::Limit { limit, value, max } => (Some(*limit), Some(*value), Some(*max)),
            _ => (None, None, None),
        };
        let reason = match error {
            ReadError::Limit { .. } => "limit",
            ReadError::NotBuilt { .. } => "not_built",
            ReadError::Damaged { .. } => "damaged",
            _ => "unsupported",
        };
        Self { reason, zh: message.zh.into_owned(), en: message.en.into_owned(), limit, value, max }
    }
}
