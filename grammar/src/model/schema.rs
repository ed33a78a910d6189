//! JSON Schema of the types that write themselves.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Date, Span, Value};

macro_rules! schema {
    ($type:ty, $name:literal, $schema:tt) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

schema!(Span, "Span", {
    "description": "[start, end] in the units that `offsets` names",
    "type": "array", "items": { "type": "integer", "minimum": 0 }, "minItems": 2, "maxItems": 2
});
schema!(Date, "Date", { "description": "a day, a month or a year", "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" });
schema!(Value, "Value", {
    "description": "a whole number for counts, a decimal string for amounts",
    "oneOf": [{ "type": "integer" }, { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" }]
});
