//! What may go wrong: panics and errors of reading become exceptions of one family.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    sync::Once,
};

use gongkai::ReadError;
use pyo3::prelude::*;

pyo3::import_exception!(gongkai.errors, InternalError);
pyo3::import_exception!(gongkai.errors, LimitError);
pyo3::import_exception!(gongkai.errors, UnreadableError);
pyo3::import_exception!(gongkai.errors, UnsupportedFormatError);

thread_local! {
    /// Message and place of the last panic.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `work` without the GIL. A panic becomes an `InternalError`: unlike pyo3's `PanicException`, `except Exception` catches it.
pub fn guarded<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| caught(work)).map_err(InternalError::new_err)
}

/// Runs `work`; the message and place of its panic are the error.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| set_hook(Box::new(|info| PANIC.set(info.to_string()))));
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| PANIC.take())
}

/// A mistake of ours.
pub fn internal(error: impl ToString) -> PyErr {
    InternalError::new_err(error.to_string())
}

/// The exception for what could not be read.
pub fn read_error(error: &ReadError) -> PyErr {
    let message = error.message();
    let text = format!("{} / {}", message.zh, message.en);
    match error {
        ReadError::Limit { limit, value, max } => LimitError::new_err((text, *limit, *value, *max)),
        ReadError::Unsupported { format, .. } => UnsupportedFormatError::new_err((text, format.en.to_string())),
        ReadError::Damaged { format, .. } => UnreadableError::new_err((text, *format)),
        _ => UnreadableError::new_err((text, None::<&str>)),
    }
}
