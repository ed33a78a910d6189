//! Tables of rows for data frames, handed over by the Arrow C stream interface without a copy.

use arrow_array::{RecordBatch, RecordBatchIterator, ffi_stream::FFI_ArrowArrayStream};
use arrow_schema::SchemaRef;
use gongkai::write::arrow::Rows;
use pyo3::{exceptions::PyValueError, prelude::*, types::PyCapsule};

/// A table.
#[pyclass(frozen, module = "gongkai")]
pub struct Frame {
    name: String,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Frame {
    /// The table of these batches.
    pub fn new(name: impl Into<String>, schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { name: name.into(), schema, batches: batches.into_iter().filter(|batch| batch.num_rows() > 0).collect() }
    }

    fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

#[pymethods]
impl Frame {
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer give its own schema, whatever was asked for.
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new(batches, self.schema.clone())));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongkai._frames")?.call_method1("to_arrow", (slf,))
    }

    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongkai._frames")?.call_method1("to_pandas", (slf,))
    }

    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongkai._frames")?.call_method1("to_polars", (slf,))
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    fn __repr__(&self) -> String {
        format!("Frame({}: {} rows × {} columns)", self.name, self.rows(), self.schema.fields().len())
    }
}

/// The kind of rows of a name.
pub fn rows_of(name: &str) -> PyResult<Rows> {
    Rows::OF_REPORT.into_iter().find(|rows| rows.name() == name).ok_or_else(|| {
        let names: Vec<&str> = Rows::OF_REPORT.iter().map(|rows| rows.name()).collect();
        PyValueError::new_err(format!("rows must be one of {}, not {name:?}", names.join(", ")))
    })
}
