//! What a government-information-disclosure annual report (政府信息公开工作年度报告) *is*: the grammars of its lines, cells, dates and
//! document numbers, the statutory forms of every era as data, and the data model of what is read from one.
//!
//! This crate defines; it does not judge. Use the crate `gongkai` to read a report.
//!
//! ```
//! use gongkai_grammar::{Cell, cell, forms};
//!
//! assert_eq!((cell("无"), cell(" ")), (Cell::None, Cell::Blank));
//!
//! let form = forms().edition("2021").unwrap();
//! assert_eq!(form.title, "政府信息公开工作年度报告格式");
//! assert!(form.tables.iter().flat_map(|table| &table.rows).any(|row| row.labels[0] == "行政许可"));
//! ```
//!
//! # Overview
//!
//! | what | where it is defined |
//! | --- | --- |
//! | [`lines`], [`line_kind`], [`heading_mark`] | `pest/document.pest` |
//! | [`cell()`] | `pest/value.pest` |
//! | [`date`], [`period`], [`document_numbers`], [`quantity()`] | `pest/prose.pest` |
//! | [`prose_lexicon`], [`outline_lexicon`], [`check_lexicon`] | the lists of words in `lexicon/` |
//! | [`indicator_definitions`] | `lexicon/indicators.txt` |
//! | [`forms()`], [`Form`] | the files of `forms/`, in the language of `pest/form.pest` |
//! | [`fold()`] | texts as labels are compared |
//! | [`model`] | the report as data |
//!
//! The grammars are total where they meet a document, linear, and never recursive; their rules do not leave this crate.
//!
//! # Features, limits, errors
//!
//! `schema` adds the JSON Schema of the model. A cell longer than [`CELL_CAP`] is words and does not go to the grammar. Nothing here opens a file; the only
//! error is [`FormError`], of a form file that [`Forms::load`] is given.
//!
//! # Cookbook
//!
//! **The rules of a form**, as they are written in its file:
//!
//! ```
//! let requests = gongkai_grammar::forms().edition("2021").unwrap().tables.iter().find(|table| table.id == "requests").unwrap();
//! let balance = requests.rules.iter().find(|rule| rule.code == "GK201").unwrap();
//! assert!(balance.printed); // the form itself states it
//! assert_eq!(balance.terms.len(), 7); // once for each kind of applicant, and for the total
//! ```
//!
//! **Which editions were in force in a year:**
//!
//! ```
//! let ids: Vec<&str> = gongkai_grammar::forms().in_force(2020).map(|form| form.id.as_str()).collect();
//! assert_eq!(ids, ["2019"]);
//! ```
//!
//! **Dates and document numbers** of running text:
//!
//! ```
//! use gongkai_grammar::{date, document_numbers};
//!
//! let (day, bytes) = date("二〇二四年一月十九日印发").unwrap();
//! assert_eq!((day.year, day.month, day.day), (2024, Some(1), Some(19)));
//! assert_eq!(bytes, "二〇二四年一月十九日".len());
//! assert_eq!(document_numbers("依据国办公开办函〔2021〕30号").len(), 1);
//! ```
//!
//! **Texts as labels are compared**, however they were typed:
//!
//! ```
//! use gongkai_grammar::fold;
//!
//! assert_eq!(fold("（一） 予以公開"), fold("(一)予以公开"));
//! ```
//!
//! **The number of a heading:**
//!
//! ```
//! use gongkai_grammar::{chinese_number, heading_mark};
//!
//! assert!(heading_mark("三、收到和处理政府信息公开申请情况").is_some());
//! assert_eq!(chinese_number(12).as_deref(), Some("十二"));
//! ```

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
