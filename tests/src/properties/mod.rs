//! What must hold of any input, one function an entry point of the library. The fuzz targets of `tests/fuzz` call them by name, and so do the
//! tests that replay what fuzzers found (`tests/regressions`) and a little of what they do (`tests/tests/fuzzing.rs`).
//!
//! A property panics if it does not hold. Any bytes are input: what a target cannot take as it stands is completed to a file, so that a
//! mutation reaches the reader behind the container.

mod files;
mod growth;
mod language;
mod tables;
mod whole;

use std::{
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

/// A name, what must hold, and the most bytes that make a good input.
pub type Target = (&'static str, fn(&[u8]), usize);

/// All targets.
pub const TARGETS: &[Target] = &[
    ("parse", whole::text, 8 << 10),
    ("html", files::html, 12 << 10),
    ("docx", files::docx, 12 << 10),
    ("pdf", files::pdf, 12 << 10),
    ("sheet", files::sheet, 12 << 10),
    ("sniff", files::any, 4 << 10),
    ("lines", language::lines, 256),
    ("value", language::value, 64),
    ("fold", language::folded, 128),
    ("prose", language::prose, 256),
    ("forms", language::forms, 4 << 10),
    ("solve", tables::solve, 64),
    ("json", whole::json, 16 << 10),
    ("growth", growth::growth, 96),
];

thread_local! {
    /// The last panic of this thread, and whether it was one of our own.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
    static OWN: Cell<bool> = const { Cell::new(false) };
}

/// Checks the property of a target for an input.
///
/// The readers of PDF and of spreadsheets contain panics of the libraries they use. Such a panic passes, but one in our own code does not,
/// whoever catches it.
///
/// # Panics
/// If the property does not hold, or there is no such target.
pub fn check(target: &str, input: &[u8]) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let place = info.location().map(|at| at.file().to_owned()).unwrap_or_default();
            if place.contains("/registry/src/") || place.starts_with("/rustc/") {
                LAST.replace(info.to_string());
            } else {
                OWN.set(true);
                usual(info);
            }
        }));
    });
    let (_, property, _) = TARGETS.iter().find(|(name, ..)| *name == target).unwrap_or_else(|| panic!("no target {target}"));
    OWN.set(false);
    let held = panic::catch_unwind(AssertUnwindSafe(|| property(input))).is_ok();
    assert!(!OWN.get(), "{target}: a panic of our own, or what must hold does not");
    assert!(held, "{target}: a library stops the program: {}", LAST.take());
}
