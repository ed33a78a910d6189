//! What there is: kinds of findings, editions of the form.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::json;

/// What a code means; `undefined` if there is no such code.
#[wasm_bindgen]
#[must_use]
pub fn explain(code: &str) -> Option<String> {
    gongkai::explain(code).map(json)
}

/// Every edition of the form, in short.
#[wasm_bindgen]
#[must_use]
pub fn forms() -> String {
    json(&gongkai::form_summaries())
}
