//! The report as data: what every stage, binding and file format agrees on.

mod decimal;
mod report;

pub use decimal::{Decimal, NotADecimal, Value};
pub use report::*;
