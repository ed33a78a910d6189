//! The report as data: what every stage, binding and file format agrees on.

mod decimal;
mod report;
#[cfg(feature = "schema")]
mod schema;

pub use decimal::{Decimal, NotADecimal, Value};
pub use report::*;
