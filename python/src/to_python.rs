//! Anything that serde can write, as Python's own dicts, lists, strings and numbers: what `json.loads` makes of its JSON, without the JSON.

use std::{cell::RefCell, fmt::Display};

use pyo3::{
    IntoPyObjectExt,
    prelude::*,
    types::{PyDict, PyList, PyString},
};
use rustc_hash::FxHashMap;
use serde::ser::{self, Serialize};

use crate::guard::internal;

/// `value` as Python objects.
pub fn to_python<'py>(py: Python<'py>, value: &(impl Serialize + ?Sized)) -> PyResult<Bound<'py, PyAny>> {
    let strings = Strings::default();
    value.serialize(Writer { py, strings: &strings }).map_err(|Error(error)| error)
}

/// An exception on the way through serde.
#[derive(Debug)]
pub struct Error(PyErr);

impl Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self(internal(message))
    }
}

impl From<PyErr> for Error {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

/// Strings met before, each made once: most words of a report stand in it several times.
#[derive(Default)]
struct Strings<'py> {
    /// The names of fields and variants, which are the program's: by their place.
    names: RefCell<FxHashMap<(*const u8, usize), Bound<'py, PyString>>>,
    /// Paths, labels, units, codes: by their letters.
    words: RefCell<FxHashMap<Box<str>, Bound<'py, PyString>>>,
}

/// Longer strings, in bytes, are sentences and stand once.
const WORD: usize = 64;

#[derive(Clone, Copy)]
struct Writer<'a, 'py> {
    py: Python<'py>,
    strings: &'a Strings<'py>,
}

impl<'py> Writer<'_, 'py> {
    fn name(self, name: &'static str) -> Bound<'py, PyString> {
        let place = (name.as_ptr(), name.len());
        // Nearly every name was met before, and is only looked up.
        if let Some(known) = self.strings.names.borrow().get(&place) {
            return known.clone();
        }
        let new = PyString::intern(self.py, name);
        self.strings.names.borrow_mut().insert(place, new.clone());
        new
    }
}

type Object<'py> = Result<Bound<'py, PyAny>, Error>;

/// What will be a list.
struct List<'a, 'py> {
    writer: Writer<'a, 'py>,
    items: Vec<Bound<'py, PyAny>>,
}

/// A dict that grows, and the key that waits for its value.
struct Dict<'a, 'py> {
    writer: Writer<'a, 'py>,
    dict: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
}

macro_rules! plain {
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Object<'py> {
            Ok(value.into_bound_py_any(self.py)?)
        })*
    };
}

impl<'a, 'py> ser::Serializer for Writer<'a, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;
    type SerializeSeq = List<'a, 'py>;
    type SerializeTuple = List<'a, 'py>;
    type SerializeTupleStruct = List<'a, 'py>;
    type SerializeTupleVariant = ser::Impossible<Self::Ok, Error>;
    type SerializeMap = Dict<'a, 'py>;
    type SerializeStruct = Dict<'a, 'py>;
    type SerializeStructVariant = ser::Impossible<Self::Ok, Error>;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_u8: u8,
        serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32, serialize_f64: f64, serialize_char: char,
        serialize_bytes: &[u8]
    }

    fn serialize_str(self, value: &str) -> Object<'py> {
        if value.len() > WORD {
            return Ok(PyString::new(self.py, value).into_any());
        }
        if let Some(known) = self.strings.words.borrow().get(value) {
            return Ok(known.clone().into_any());
        }
        let new = PyString::new(self.py, value);
        self.strings.words.borrow_mut().insert(value.into(), new.clone());
        Ok(new.into_any())
    }

    fn serialize_none(self) -> Object<'py> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Object<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Object<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Object<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Object<'py> {
        Ok(self.name(variant).into_any())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Object<'py> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, variant: &'static str, value: &T) -> Object<'py> {
        let dict = PyDict::new(self.py);
        dict.set_item(self.name(variant), value.serialize(self)?)?;
        Ok(dict.into_any())
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List<'a, 'py>, Error> {
        Ok(List { writer: self, items: Vec::with_capacity(len.unwrap_or_default()) })
    }

    fn serialize_tuple(self, len: usize) -> Result<List<'a, 'py>, Error> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<List<'a, 'py>, Error> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(self, name: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self::SerializeTupleVariant, Error> {
        Err(ser::Error::custom(name))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Dict<'a, 'py>, Error> {
        Ok(Dict { writer: self, dict: PyDict::new(self.py), key: None })
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Dict<'a, 'py>, Error> {
        self.serialize_map(Some(len))
    }

    fn serialize_struct_variant(self, name: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self::SerializeStructVariant, Error> {
        Err(ser::Error::custom(name))
    }
}

impl List<'_, '_> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.items.push(value.serialize(self.writer)?);
        Ok(())
    }
}

macro_rules! list {
    ($($trait:ident $push:ident),*) => {
        $(impl<'py> ser::$trait for List<'_, 'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Error;

            fn $push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.push(value)
            }

            fn end(self) -> Object<'py> {
                Ok(PyList::new(self.writer.py, self.items)?.into_any())
            }
        })*
    };
}

list!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field);

impl<'py> ser::SerializeMap for Dict<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.key = Some(key.serialize(self.writer)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        Ok(self.dict.set_item(self.key.take(), value.serialize(self.writer)?)?)
    }

    fn end(self) -> Object<'py> {
        Ok(self.dict.into_any())
    }
}

impl<'py> ser::SerializeStruct for Dict<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        Ok(self.dict.set_item(self.writer.name(key), value.serialize(self.writer)?)?)
    }

    fn end(self) -> Object<'py> {
        Ok(self.dict.into_any())
    }
}
