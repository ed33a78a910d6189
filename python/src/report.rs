//! A report and the text it was read from.

use std::{collections::HashMap, sync::OnceLock};

use gongkai::{Document, Options, write::arrow::Collector};
use pyo3::{
    exceptions::PyKeyError,
    prelude::*,
    types::{PyDict, PyString, PyTuple, PyType},
};

use crate::{
    frame::{Frame, rows_of},
    guard::{guarded, internal},
    html::html,
    model::{ToObject, hash},
    to_python::to_python,
};

/// A report. What its fields mean is written in `gongkai/_gongkai.pyi`.
#[pyclass(frozen, module = "gongkai", mapping)]
pub struct Report {
    report: gongkai::Report,
    document: Document,
    file: Option<String>,
    /// What was made of the report once, by name.
    made: Py<PyDict>,
    /// The number of each figure by its path.
    paths: OnceLock<HashMap<String, usize>>,
}

impl Report {
    /// The report on a document.
    pub fn new(py: Python<'_>, report: gongkai::Report, document: Document, file: Option<String>) -> Self {
        Self { report, document, file, made: PyDict::new(py).unbind(), paths: OnceLock::new() }
    }

    fn paths(&self) -> &HashMap<String, usize> {
        self.paths.get_or_init(|| self.report.figures.iter().enumerate().map(|(at, figure)| (figure.path.to_string(), at)).collect())
    }

    /// What `make` makes, once.
    fn once<'py>(&self, py: Python<'py>, name: &str, make: impl FnOnce() -> PyResult<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        let made = self.made.bind(py);
        if let Some(object) = made.get_item(name)? {
            return Ok(object);
        }
        let object = make()?;
        made.set_item(name, &object)?;
        Ok(object)
    }

    fn frame(&self, py: Python<'_>, rows: &str) -> PyResult<Frame> {
        let rows = rows_of(rows)?;
        let batch = guarded(py, || {
            let mut collector = Collector::new(rows);
            collector.push(self.file.as_deref().unwrap_or_default(), &self.report);
            collector.finish()
        })?;
        Ok(Frame::new(rows.name(), rows.schema(), vec![batch.map_err(internal)?]))
    }
}

macro_rules! report {
    ($class:ident { $($field:ident),* }) => {
        #[pymethods]
        impl $class {
            $(#[getter]
            fn $field<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.once(py, stringify!($field), || self.report.$field.object(py))
            })*

            #[getter]
            fn schema(&self) -> &str {
                &self.report.schema
            }

            #[getter]
            fn offsets<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                to_python(py, &self.report.offsets)
            }

            #[getter]
            fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.once(py, "text", || Ok(PyString::new(py, &self.document.text).into_any()))
            }

            #[getter]
            fn file(&self) -> Option<&str> {
                self.file.as_deref()
            }

            fn indicators<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.once(py, "indicators", || guarded(py, || gongkai::indicators(&self.report))?.object(py))
            }

            #[pyo3(signature = (path, default = None))]
            fn get<'py>(&self, py: Python<'py>, path: &str, default: Option<Bound<'py, PyAny>>) -> PyResult<Option<Bound<'py, PyAny>>> {
                match self.paths().get(path) {
                    Some(&at) => self.figures(py)?.get_item(at).map(Some),
                    None => Ok(default),
                }
            }

            fn keys<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.once(py, "keys", || Ok(PyTuple::new(py, self.report.figures.iter().map(|figure| figure.path.as_ref()))?.into_any()))
            }

            fn _ipython_key_completions_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.keys(py)
            }

            fn __getitem__<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyAny>> {
                self.get(py, path, None)?.ok_or_else(|| PyKeyError::new_err(path.to_owned()))
            }

            fn __contains__(&self, path: &str) -> bool {
                self.paths().contains_key(path)
            }

            fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(self.keys(py)?.try_iter()?.into_any())
            }

            fn __len__(&self) -> usize {
                self.report.figures.len()
            }

            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                to_python(py, &self.report)
            }

            fn to_json(&self, py: Python<'_>) -> PyResult<String> {
                guarded(py, || serde_json::to_string(&self.report))?.map_err(internal)
            }

            #[pyo3(signature = (rows = "figures"))]
            fn to_frame(&self, py: Python<'_>, rows: &str) -> PyResult<Frame> {
                self.frame(py, rows)
            }

            #[pyo3(signature = (rows = "figures"))]
            fn to_arrow<'py>(&self, py: Python<'py>, rows: &str) -> PyResult<Bound<'py, PyAny>> {
                self.frame(py, rows)?.into_pyobject(py)?.call_method0("to_arrow")
            }

            #[pyo3(signature = (rows = "figures"))]
            fn to_pandas<'py>(&self, py: Python<'py>, rows: &str) -> PyResult<Bound<'py, PyAny>> {
                self.frame(py, rows)?.into_pyobject(py)?.call_method0("to_pandas")
            }

            #[pyo3(signature = (rows = "figures"))]
            fn to_polars<'py>(&self, py: Python<'py>, rows: &str) -> PyResult<Bound<'py, PyAny>> {
                self.frame(py, rows)?.into_pyobject(py)?.call_method0("to_polars")
            }

            fn correct(&self, py: Python<'_>, corrections: HashMap<String, String>) -> PyResult<Self> {
                let mut options = Options::with_offsets(self.report.offsets);
                options.corrections = corrections.into_iter().collect();
                let report = guarded(py, || gongkai::parse_document(&self.document, &options))?;
                Ok(Self::new(py, report, self.document.clone(), self.file.clone()))
            }

            fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
                guarded(py, || html(&self.report, &self.document.text))
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String, &str, Option<&str>))> {
                let load = PyType::new::<Self>(py).getattr("_from_json")?;
                Ok((load, (self.to_json(py)?, &self.document.text, self.file.as_deref())))
            }

            #[staticmethod]
            #[pyo3(signature = (json, text, file = None))]
            fn _from_json(py: Python<'_>, json: &str, text: String, file: Option<String>) -> PyResult<Self> {
                Ok(Self::new(py, serde_json::from_str(json).map_err(internal)?, Document::from_text(text), file))
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                other.cast::<Self>().is_ok_and(|other| other.get().report == self.report && other.get().document.text == self.document.text)
            }

            fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
                guarded(py, || hash(&self.report))?
            }

            fn __copy__(slf: Py<Self>) -> Py<Self> {
                slf
            }

            fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
                slf
            }

            fn __repr__(&self) -> String {
                let report = &self.report;
                let name = report.title.as_deref().or(self.file.as_deref()).unwrap_or("?");
                format!("Report({name:?}, year={:?}, figures={}, findings={})", report.year.unwrap_or(0), report.figures.len(), report.findings.len())
            }
        }
    };
}

report!(Report {
    title,
    issuer,
    year,
    period,
    issued,
    published,
    edition,
    evidence,
    signatories,
    contact,
    sections,
    tables,
    figures,
    facts,
    citations,
    articles,
    problems,
    measures,
    checks,
    findings
});
