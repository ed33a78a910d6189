//! gongkai for JavaScript. `api.mjs` is the interface; this is what it calls.

use gongkai::{Offsets, Options, ReadError, Report};
use wasm_bindgen::prelude::wasm_bindgen;

/// Panics become JavaScript exceptions with the message and the place; `api.mjs` then replaces the instance.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| wasm_bindgen::throw_str(&info.to_string())));
}

/// The report on `text` as JSON. `offsets`: 8, 16 or 0 for UTF-8 bytes, UTF-16 units or code points.
#[wasm_bindgen(js_name = parseJson)]
#[must_use]
pub fn parse_json(text: &str, offsets: u8) -> String {
    json(&gongkai::parse(text, &Options::with_offsets(unit(offsets))))
}

/// What the bytes of a file hold.
#[wasm_bindgen]
pub struct Reading {
    text: String,
    json: String,
    error: Option<ReadError>,
}

#[wasm_bindgen]
impl Reading {
    /// The words that the spans of the report count in.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// The report as JSON.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn json(&self) -> String {
        self.json.clone()
    }

    /// Why the file could not be read, in Chinese and in English; then `text` and `json` are empty.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn error(&self) -> Option<Vec<String>> {
        let message = self.error.as_ref()?.message();
        Some(vec![message.zh.into_owned(), message.en.into_owned()])
    }

    /// The limit the file is over, its value and its maximum, if that is the error.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn limit(&self) -> Option<Vec<String>> {
        match &self.error {
            Some(ReadError::Limit { limit, value, max }) => Some(vec![(*limit).to_owned(), value.to_string(), max.to_string()]),
            _ => None,
        }
    }
}

/// Reads the bytes of a file. `content_type` is what a server says of it, `max_bytes` a limit of its size, if not the default.
#[wasm_bindgen(js_name = readBytes)]
#[must_use]
pub fn read_bytes(bytes: &[u8], offsets: u8, content_type: Option<String>, max_bytes: Option<usize>) -> Reading {
    let mut options = Options::with_offsets(unit(offsets));
    options.content_type = content_type;
    options.max_bytes = max_bytes.unwrap_or(options.max_bytes);
    match gongkai::document(bytes, &options) {
        Ok(document) => Reading { json: json(&gongkai::parse_document(&document, &options)), text: document.text, error: None },
        Err(error) => Reading { text: String::new(), json: String::new(), error: Some(error) },
    }
}

fn unit(offsets: u8) -> Offsets {
    match offsets {
        8 => Offsets::Utf8,
        16 => Offsets::Utf16,
        _ => Offsets::CodePoint,
    }
}

fn json(report: &Report) -> String {
    match serde_json::to_string(report) {
        Ok(json) => json,
        Err(error) => wasm_bindgen::throw_str(&error.to_string()),
    }
}

/// Panics, so that the tests can see what the shipped module makes of it.
#[wasm_bindgen(js_name = panicForTests)]
#[allow(clippy::panic)]
pub fn panic_for_tests() {
    panic!("asked for by a test");
}
