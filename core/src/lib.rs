//! Reads China's government-information-disclosure annual reports (政府信息公开工作年度报告): every figure of their tables, with its place in
//! the text and how sure the reading is.
//!
//! ```
//! let text = "二、主动公开政府信息情况\n第二十条第（五）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政许可 | 12 | ||\n\
//!     第二十条第（六）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政处罚 | 3 | ||\n行政强制 | 0 | ||\n";
//! let report = gongkai::parse(text, &gongkai::Options::default());
//! let licences = report.figures.iter().find(|f| f.path == "proactive_disclosure/administrative_licensing/decisions").unwrap();
//! assert_eq!(licences.value, Some(gongkai::Value::Count(12)));
//! assert_eq!(licences.span.unwrap().of(text), "12");
//! ```
//!
//! [`parse`] takes any string and always returns a [`Report`]; [`read()`] takes the bytes of a file, or its path: a web page, docx, PDF, a spreadsheet, text. Neither panics or
//! looks at a clock or a locale, and nothing but the path is opened; the same input gives the same report everywhere.

#![cfg_attr(test, allow(clippy::string_slice))] // Offsets of the tests are their own.

// The command line uses the library as anyone else does.
#[cfg(feature = "cli")]
extern crate self as gongkai;

mod check;
#[cfg(feature = "cli")]
pub mod cli;
mod compare;
mod corrections;
mod document;
mod edition;
mod figures;
mod findings;
mod fingerprint;
mod form_summary;
mod grid;
mod hints;
mod indicators;
mod labels;
mod meta;
mod offsets;
mod options;
mod outline;
mod prose;
mod read;
mod recurring;
mod region;
mod report;
mod sentences;
mod series;
mod solve;
mod table;
pub mod write;

pub use compare::compare;
pub use document::{Document, Format, Grid, GridCell, Note, Place};
pub use findings::{CATALOGUE, Kind, Words, explain};
pub use form_summary::{FormSummary, form_summaries};
pub use gongkai_grammar::{forms, model::*};
pub use hints::Hint;
pub use indicators::indicators;
pub use offsets::Positions;
pub use options::Options;
pub use read::{Decoded, ReadError, Source, decode, document, read};
pub use recurring::{ALIKE, Recurrence, recurring};
#[doc(hidden)]
pub use report::ProseOf;
pub use report::{parse, parse_document};
pub use series::{Member, SeriesOptions, hints, reread, series};

/// The JSON Schema of [`Report`].
#[cfg(feature = "schema")]
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}
