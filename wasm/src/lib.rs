//! gongkai for JavaScript. `api.mjs` is the interface; this is what it calls.

use gongkai::{Offsets, Options};
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
    let offsets = match offsets {
        8 => Offsets::Utf8,
        16 => Offsets::Utf16,
        _ => Offsets::CodePoint,
    };
    let report = gongkai::parse(text, &Options::with_offsets(offsets));
    match serde_json::to_string(&report) {
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
