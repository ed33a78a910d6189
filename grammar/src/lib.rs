//! What a government-information-disclosure annual report (政府信息公开工作年度报告) *is*: the grammars of its lines, cells, dates and
//! document numbers, the statutory forms of every era as data, and the data model of what is read from one.
//!
//! This crate defines; it does not judge. Use the crate `gongkai` to read a report.
//!
//! | what | where it is defined |
//! | --- | --- |
//! | [`lines`], [`line_kind`], [`heading_mark`] | `pest/document.pest` |
//! | [`cell()`] | `pest/value.pest` |
//! | [`date`], [`period`], [`document_numbers`], [`quantity()`] | `pest/prose.pest` |
//! | [`prose_lexicon`], [`outline_lexicon`] | the lists of words in `lexicon/` |
//! | [`indicator_definitions`] | `lexicon/indicators.txt` |
//! | [`forms()`], [`Form`] | the files of `forms/`, in the language of `pest/form.pest` |
//! | [`fold()`] | texts as labels are compared |
//! | [`model`] | the report as data |
//!
//! The grammars are total where they meet a document, linear, and never recursive; their rules do not leave this crate.

#![cfg_attr(test, allow(clippy::string_slice))] // Offsets of the tests are their own.

// pest without its `std` feature spells its types through `alloc`; the grammars are not recursive, so its stack guard is not needed.
extern crate alloc;

mod fold;
mod form;
mod indicators;
mod lexicon;
mod line;
pub mod model;
mod number;
mod prose;
mod quantity;
mod value;

pub use fold::{Folded, counts_as_itself, fold, fold_char};
pub use form::{
    Block, Column, ColumnKind, Deadline, Form, FormError, FormTable, Forms, Law, Relation, Row, RowKind, Rule, Scope, SectionKind, Term, Wording,
    YearCell, YearRule, YearTerm, forms,
};
pub use indicators::{Condition, Doubt, Field, IndicatorDefinition, Pattern, TableSource, indicator_definitions};
pub use lexicon::{Entry, Lexicon, check_lexicon, outline_lexicon, prose_lexicon};
pub use line::{HeadingMark, LineKind, NumberStyle, heading_mark, line_kind, lines};
pub use number::{chinese_number, digit_value, small_number, year_number};
pub use prose::{DocumentNumber, damaged_period, date, document_numbers, period};
pub use quantity::{Quantity, quantity};
pub use value::{CELL_CAP, Cell, Number, cell};
