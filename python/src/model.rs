//! The parts of a report as immutable Python objects. What their fields mean is written in `gongkai/_gongkai.pyi`.

use std::hash::{DefaultHasher, Hash, Hasher};

use gongkai::{Cause, Date, FactStatus, Missing, Name, RepairKind, Severity, Span, Status, Value, Verdict};
use pyo3::{
    IntoPyObjectExt,
    prelude::*,
    sync::PyOnceLock,
    types::{PyString, PyTuple, PyType},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{guard::internal, to_python::to_python};

/// What a field of the model is in Python.
pub trait ToObject {
    /// Itself as Python's.
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

macro_rules! as_it_is {
    ($($type:ty),*) => {
        $(impl ToObject for $type {
            fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.into_bound_py_any(py)
            }
        })*
    };
}

as_it_is!(String, bool, usize, u8, i32, u32, [i32; 4]);

impl ToObject for Name {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(match self {
            // Ids of the forms, over and over again.
            Self::Borrowed(name) => PyString::intern(py, name).into_any(),
            Self::Owned(name) => PyString::new(py, name).into_any(),
        })
    }
}

impl ToObject for Box<str> {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self).into_any())
    }
}

impl<T: ToObject> ToObject for Option<T> {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_ref().map_or_else(|| Ok(py.None().into_bound(py)), |value| value.object(py))
    }
}

impl<T: ToObject> ToObject for Vec<T> {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let objects: Vec<_> = self.iter().map(|value| value.object(py)).collect::<PyResult<_>>()?;
        Ok(PyTuple::new(py, objects)?.into_any())
    }
}

impl<T: ToObject> ToObject for Box<T> {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_ref().object(py)
    }
}

impl<A: ToObject, B: ToObject> ToObject for (A, B) {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyTuple::new(py, [self.0.object(py)?, self.1.object(py)?])?.into_any())
    }
}

impl ToObject for Span {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        (self.start, self.end).object(py)
    }
}

impl ToObject for Value {
    /// A count is an `int`, an amount a `decimal.Decimal` with the digits that are printed.
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        match self {
            Self::Count(count) => count.into_bound_py_any(py),
            Self::Amount(amount) => DECIMAL.import(py, "decimal", "Decimal")?.call1((amount.to_string(),)),
        }
    }
}

impl ToObject for Date {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_string().object(py)
    }
}

macro_rules! words {
    ($($type:ty),*) => {
        $(impl ToObject for $type {
            fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                to_python(py, self)
            }
        })*
    };
}

words!(gongkai::Approximation, gongkai::Dialect, Cause, FactStatus, Missing, RepairKind, Severity, gongkai_grammar::model::Source, Status, Verdict);

/// Start and end of what may have a place.
fn place(span: impl Into<Option<Span>>) -> (Option<usize>, Option<usize>) {
    span.into().map_or((None, None), |span| (Some(span.start), Some(span.end)))
}

/// A hash of all that is in it.
pub fn hash(value: &impl Serialize) -> PyResult<u64> {
    let mut hasher = DefaultHasher::new();
    serde_json::to_vec(value).map_err(internal)?.hash(&mut hasher);
    Ok(hasher.finish())
}

/// A value from the JSON that [`hash`] and pickles are made of.
fn from_json<T: DeserializeOwned>(json: &str) -> PyResult<T> {
    serde_json::from_str(json).map_err(internal)
}

/// `Figure(path='requests/granted/total', value=3)`
fn repr(class: &str, fields: &[(&str, Bound<'_, PyAny>)]) -> PyResult<String> {
    let shown: Vec<String> = fields.iter().map(|(name, value)| Ok(format!("{name}={}", value.repr()?.to_str()?))).collect::<PyResult<_>>()?;
    Ok(format!("{class}({})", shown.join(", ")))
}

/// What a field is called in Python.
macro_rules! python_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident as $python:literal) => {
        $python
    };
}

/// A class that shows a struct of the model: its fields, `start` and `end` if it has a place, and the fields of its `repr`.
macro_rules! view {
    ($name:ident { $($field:ident $(as $python:literal)?),* } $(place $span:ident)? shown { $($shown:ident),* }) => {
        #[pyclass(frozen, module = "gongkai")]
        pub struct $name(gongkai::$name);

        impl ToObject for gongkai::$name {
            fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                $name(self.clone()).into_bound_py_any(py)
            }
        }

        #[pymethods]
        impl $name {
            $(#[getter]
            $(#[pyo3(name = $python)])?
            fn $field<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                self.0.$field.object(py)
            })*

            $(#[getter]
            fn start(&self) -> Option<usize> {
                place(self.0.$span).0
            }

            #[getter]
            fn end(&self) -> Option<usize> {
                place(self.0.$span).1
            })?

            #[classattr]
            fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
                PyTuple::new(py, [$(python_name!($field $(as $python)?)),*])
            }

            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                to_python(py, &self.0)
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                let load = PyType::new::<Self>(py).getattr("_from_json")?;
                Ok((load, (serde_json::to_string(&self.0).map_err(internal)?,)))
            }

            #[staticmethod]
            fn _from_json(json: &str) -> PyResult<Self> {
                from_json(json).map(Self)
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                other.cast::<Self>().is_ok_and(|other| other.get().0 == self.0)
            }

            fn __hash__(&self) -> PyResult<u64> {
                hash(&self.0)
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                repr(stringify!($name), &[$((stringify!($shown), self.0.$shown.object(py)?)),*])
            }
        }
    };
}

view!(Figure { path, label, value, missing, raw, unit, span, location, status, flags, candidates, correction } place span shown { path, value, status });
view!(Fact { raw, value, unit, approximation, status, subject, object, channel, period, of, indicator, span, sentence, location } place span shown { raw, value, indicator });
view!(Section { heading, kind, level, heading_span, span } place span shown { heading, kind });
view!(Table { table, edition, evidence, dialect, pipes_per_row, rows, copies, span } place span shown { table, edition });
view!(EditionScore { edition, labels, own } shown { edition, labels });
view!(Check { code, rule, scope, verdict, operands, left, right } shown { code, scope, verdict });
view!(Operand { path, value, span } place span shown { path, value });
view!(Finding { code, name, severity, cause, message, help, basis, span, location, paths, alternatives, related, repairs, fingerprint } place span shown { code, severity, message });
view!(Message { zh, en } shown { zh });
view!(Related { message, span } place span shown { message, span });
view!(Repair { kind, changes, closes, of, message } shown { kind, changes });
view!(Change { path, from as "from_", to } shown { path, to });
view!(Citation { title, short_title, number, code, year, serial, damaged, spans } shown { title, number });
view!(Article { law, article, paragraph, item, spans } shown { law, article });
view!(Passage { text, span } place span shown { text });
view!(Evidence { field, source, text, span } place span shown { field, source, text });
view!(Signatories { responsible, reviewer, preparer, phone, date } shown { responsible, reviewer, preparer });
view!(Contact { phones, fax, postcode, address, email, urls } shown { phones, email });
view!(Location { page, area, sheet, table, row, column } shown { page, sheet, table, row, column });
view!(Indicator { indicator, value, unit, quality, why, origin, paths, fact, raw, span, flags } place span shown { indicator, value, quality });

words!(gongkai::Quality, gongkai::Origin);
