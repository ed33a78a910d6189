//! Made-up reports for the tests of gongkai: figures that obey every rule of a form, printed the way real tools flatten real pages.
//!
//! - [`fill`] takes an edition and a seeded [`Rng`] and returns a [`Filled`] form; [`violations`] says which rules figures break.
//! - [`told`] says some of the figures in running text, [`next_year`] fills the form of the year behind.
//! - [`faults`] spoils a filled form on purpose and says which rules that breaks.
//! - [`sound`] says what no report may say, [`reading`] compares a report with what was filled in, and [`properties`] are what must hold of
//!   any input, for the fuzzers and for the tests.
//! - [`print::DIALECTS`] lists the ways to print it, and what each of them loses ([`print::Fidelity`]).
//!
//! ```
//! use gongkai_tests::{Rng, Style, fill, print::DIALECTS};
//!
//! let form = gongkai_grammar::forms().edition("2021").unwrap();
//! let filled = fill(form, &mut Rng::new(7), Style::default());
//! for (name, print, _) in DIALECTS {
//!     assert!(print(form, &filled).contains("行政许可"), "{name}");
//! }
//! ```
//!
//! Everything is read from the form files: a new edition needs no code here. The same seed gives the same report everywhere.

// A panic in this crate is a failed test, which is what it is for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

pub mod faults;
mod generate;
pub mod print;
pub mod properties;
pub mod reading;
mod rng;
pub mod sound;
pub mod told;
mod years;

pub use generate::{Filled, FilledCell, Style, fill, violations};
pub use rng::Rng;
pub use years::{next_year, printed_for};

/// The Rust of the documents, run as doctests.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../../README.md")]
    mod readme {}
    #[doc = include_str!("../../README.zh-CN.md")]
    mod readme_zh {}
    #[doc = include_str!("../../core/README.md")]
    mod core_readme {}
    #[doc = include_str!("../../grammar/README.md")]
    mod grammar_readme {}
    #[doc = include_str!("../../docs/guide/en/src/first-steps.md")]
    mod first_steps {}
    #[doc = include_str!("../../docs/guide/zh/src/first-steps.md")]
    mod first_steps_zh {}
    #[doc = include_str!("../../docs/guide/en/src/limits.md")]
    mod limits {}
    #[doc = include_str!("../../docs/guide/zh/src/limits.md")]
    mod limits_zh {}
}
