//! gongkai for Python: the module `gongkai._gongkai`. What its functions promise is written in `gongkai/_gongkai.pyi`.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    sync::Once,
};

use gongkai::{Offsets, Options, ReadError, Report};
use pyo3::{exceptions::PyValueError, prelude::*};

/// A report is thousands of small pieces: the system's allocator takes a sixth of the time to read one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pyo3::import_exception!(gongkai.errors, GongkaiError);
pyo3::import_exception!(gongkai.errors, InternalError);
pyo3::import_exception!(gongkai.errors, LimitError);
pyo3::import_exception!(gongkai.errors, UnsupportedFormatError);

thread_local! {
    /// Message and place of the last panic.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

#[pymodule(gil_used = false)]
mod _gongkai {
    #[pymodule_export]
    use super::{check_size, panic_for_tests, parse_json, read_json, read_text};

    #[pymodule_export]
    #[allow(non_upper_case_globals)] // Python's name for it
    const __version__: &str = env!("CARGO_PKG_VERSION");
}

#[pyfunction]
#[pyo3(signature = (text, *, offsets = "code-point"))]
fn parse_json(py: Python<'_>, text: &str, offsets: &str) -> PyResult<String> {
    let options = Options::with_offsets(unit(offsets)?);
    guarded(py, || json(&gongkai::parse(text, &options)))?
}

#[pyfunction]
#[pyo3(signature = (data, *, offsets = "code-point", max_bytes = None))]
fn read_json(py: Python<'_>, data: &[u8], offsets: &str, max_bytes: Option<usize>) -> PyResult<String> {
    let options = with_limit(Options::with_offsets(unit(offsets)?), max_bytes);
    guarded(py, || gongkai::read(data, &options).map_err(read_error).and_then(|report| json(&report)))?
}

#[pyfunction]
#[pyo3(signature = (data, *, max_bytes = None))]
fn read_text(py: Python<'_>, data: &[u8], max_bytes: Option<usize>) -> PyResult<String> {
    let options = with_limit(Options::default(), max_bytes);
    guarded(py, || gongkai::document(data, &options).map(|document| document.text).map_err(read_error))?
}

#[pyfunction]
#[pyo3(signature = (size, *, max_bytes = None))]
fn check_size(py: Python<'_>, size: usize, max_bytes: Option<usize>) -> PyResult<()> {
    guarded(py, || {
        let limit = with_limit(Options::default(), max_bytes).max_bytes;
        if size > limit { Err(read_error(ReadError::Limit { limit: "max_bytes", value: size, max: limit })) } else { Ok(()) }
    })?
}

#[pyfunction]
#[pyo3(name = "_panic_for_tests")]
#[allow(clippy::panic)]
fn panic_for_tests(py: Python<'_>) -> PyResult<()> {
    guarded(py, || panic!("asked for by a test"))
}

/// Runs `work` without the GIL. A panic becomes an `InternalError`: unlike pyo3's `PanicException`, `except Exception` catches it.
fn guarded<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| set_hook(Box::new(|info| PANIC.set(info.to_string()))));
    py.detach(|| catch_unwind(AssertUnwindSafe(work)).map_err(|_| PANIC.take())).map_err(InternalError::new_err)
}

fn json(report: &Report) -> PyResult<String> {
    serde_json::to_string(report).map_err(|error| InternalError::new_err(error.to_string()))
}

fn unit(offsets: &str) -> PyResult<Offsets> {
    match offsets {
        "utf-8" => Ok(Offsets::Utf8),
        "code-point" => Ok(Offsets::CodePoint),
        "utf-16" => Ok(Offsets::Utf16),
        _ => Err(PyValueError::new_err(format!("offsets must be 'code-point', 'utf-8' or 'utf-16', not {offsets:?}"))),
    }
}

fn with_limit(mut options: Options, max_bytes: Option<usize>) -> Options {
    options.max_bytes = max_bytes.unwrap_or(options.max_bytes);
    options
}

fn read_error(error: ReadError) -> PyErr {
    let message = error.message();
    let message = format!("{} / {}", message.zh, message.en);
    match error {
        ReadError::Limit { limit, value, max } => LimitError::new_err((message, limit, value, max)),
        ReadError::Unsupported { format, .. } => UnsupportedFormatError::new_err((message, format.en)),
        _ => GongkaiError::new_err(message),
    }
}
