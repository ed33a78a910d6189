//! gongkai for JavaScript. `api.mjs` is the interface; this is what it calls. Whatever is structured goes in and comes out as JSON.

mod catalogue;
mod read;
mod reports;
mod write;

use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

/// Panics become JavaScript exceptions with the message and the place; `api.mjs` then replaces the instance.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| wasm_bindgen::throw_str(&info.to_string())));
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| wasm_bindgen::throw_str(&error.to_string()))
}

/// What the caller gave as JSON. What does not fit is thrown as a string, which `api.mjs` tells from a panic.
fn given<T: DeserializeOwned>(json: &str) -> Result<T, JsValue> {
    serde_json::from_str(json).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// Panics, so that the tests can see what the shipped module makes of it.
#[wasm_bindgen(js_name = panicForTests)]
#[allow(clippy::panic)]
pub fn panic_for_tests() {
    panic!("asked for by a test");
}
