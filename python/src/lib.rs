//! gongkai for Python: the module `gongkai._gongkai`. What its functions and classes promise is written in `gongkai/_gongkai.pyi`.

mod frame;
mod guard;
mod html;
mod many;
mod model;
mod panel;
mod pool;
mod report;
mod to_python;

use gongkai::{Offsets, Options, ReadError, write::arrow::Rows};
use pyo3::{exceptions::PyValueError, prelude::*};

use guard::{guarded, internal, read_error};
use report::Report;
use to_python::to_python;

/// A report is thousands of small pieces: the system's allocator takes a sixth of the time to read one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule(gil_used = false)]
mod _gongkai {
    #[pymodule_export]
    use super::{
        check_size, codebook, explain, forms, frame::Frame, indicator_definitions, main, many::Stream, many::TableStream, many::batch_frame,
        panel::panel_frames, panic_for_tests, parse, parse_json, read, read_json, report::Report,
    };

    #[pymodule_export]
    use super::model::{
        Article, Change, Check, Citation, Contact, EditionScore, Evidence, Fact, Figure, Finding, Indicator, Location, Message, Operand, Passage,
        Related, Repair, Section, Signatories, Table,
    };

    #[pymodule_export]
    #[allow(non_upper_case_globals)] // Python's name for it
    const __version__: &str = env!("CARGO_PKG_VERSION");
}

#[pyfunction]
#[pyo3(signature = (text, *, offsets = "code-point"))]
fn parse(py: Python<'_>, text: String, offsets: &str) -> PyResult<Report> {
    let options = Options::with_offsets(unit(offsets)?);
    let document = gongkai::Document::from_text(text);
    let report = guarded(py, || gongkai::parse_document(&document, &options))?;
    Ok(Report::new(py, report, document, None))
}

#[pyfunction]
#[pyo3(signature = (text, *, offsets = "code-point"))]
fn parse_json(py: Python<'_>, text: &str, offsets: &str) -> PyResult<String> {
    let options = Options::with_offsets(unit(offsets)?);
    guarded(py, || serde_json::to_string(&gongkai::parse(text, &options)))?.map_err(internal)
}

#[pyfunction]
#[pyo3(signature = (data, *, file = None, offsets = "code-point", max_bytes = None, content_type = None))]
fn read(
    py: Python<'_>,
    data: &[u8],
    file: Option<String>,
    offsets: &str,
    max_bytes: Option<usize>,
    content_type: Option<String>,
) -> PyResult<Report> {
    let mut options = with_limit(Options::with_offsets(unit(offsets)?), max_bytes);
    options.content_type = content_type;
    let (report, document) = guarded(py, || {
        let document = gongkai::document(data, &options)?;
        Ok::<_, ReadError>((gongkai::parse_document(&document, &options), document))
    })?
    .map_err(|error| read_error(&error))?;
    Ok(Report::new(py, report, document, file))
}

#[pyfunction]
#[pyo3(signature = (data, *, offsets = "code-point", max_bytes = None))]
fn read_json(py: Python<'_>, data: &[u8], offsets: &str, max_bytes: Option<usize>) -> PyResult<String> {
    let options = with_limit(Options::with_offsets(unit(offsets)?), max_bytes);
    let report = guarded(py, || gongkai::read(data, &options))?.map_err(|error| read_error(&error))?;
    guarded(py, || serde_json::to_string(&report))?.map_err(internal)
}

#[pyfunction]
#[pyo3(signature = (size, *, max_bytes = None))]
fn check_size(size: usize, max_bytes: Option<usize>) -> PyResult<()> {
    let limit = with_limit(Options::default(), max_bytes).max_bytes;
    if size > limit { Err(read_error(&ReadError::Limit { limit: "max_bytes", value: size, max: limit })) } else { Ok(()) }
}

/// What a code means; `None` if it is not known.
#[pyfunction]
fn explain<'py>(py: Python<'py>, code: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    gongkai::explain(&code.to_ascii_uppercase()).map(|kind| to_python(py, kind)).transpose()
}

/// Ids, titles and years of the editions.
#[pyfunction]
fn forms() -> Vec<(String, String, Option<i32>, Option<i32>)> {
    gongkai::forms().editions.iter().map(|form| (form.id.clone(), form.title.clone(), form.first_year, form.last_year)).collect()
}

/// Table, column, type and meaning in Chinese and English of every column.
#[pyfunction]
fn codebook() -> Vec<(&'static str, String, String, String, String)> {
    let mut rows = Vec::new();
    for table in Rows::OF_REPORT.into_iter().chain(Rows::OF_SERIES) {
        for field in table.schema().fields() {
            let meaning = |language: &str| field.metadata().get(language).map(ToString::to_string).unwrap_or_default();
            rows.push((table.name(), field.name().clone(), field.data_type().to_string(), meaning("zh"), meaning("en")));
        }
    }
    rows
}

/// Indicator, editions, paths, quality, and why it is only about the same, of every table that gives an indicator.
#[pyfunction]
fn indicator_definitions() -> Vec<[String; 6]> {
    let definitions = gongkai_grammar::indicator_definitions().iter();
    let rows = definitions.flat_map(|definition| {
        definition.tables.iter().map(|table| {
            let (zh, en) = table.why.unwrap_or_default();
            let quality = if table.why.is_some() { "approximate" } else { "exact" };
            [definition.name, &table.editions.join(" "), &table.paths.join(" "), quality, zh, en].map(str::to_owned)
        })
    });
    rows.collect()
}

/// The command line; the result is its exit status.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> PyResult<u8> {
    guarded(py, || gongkai::cli::main(arguments))
}

#[pyfunction]
#[pyo3(name = "_panic_for_tests")]
#[allow(clippy::panic)]
fn panic_for_tests(py: Python<'_>) -> PyResult<()> {
    guarded(py, || panic!("asked for by a test"))
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
