//! The report as data: what every stage, binding and file format agrees on.

mod comparison;
mod decimal;
mod indicator;
mod report;
#[cfg(feature = "schema")]
mod schema;
mod series;

pub use comparison::*;
pub use decimal::{Decimal, NotADecimal, Value};
pub use indicator::{Indicator, Origin, Quality};
pub use report::*;
pub use series::*;
