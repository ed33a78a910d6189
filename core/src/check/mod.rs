//! Checks: the rules of the form, evaluated over the figures.
//!
//! Every rule that has at least one figure is listed with its operands and verdict, so that no findings never means not checked.

mod arithmetic;
mod diagnose;

pub use arithmetic::arithmetic;
pub use diagnose::diagnose;
