//! Reads China's government-information-disclosure annual reports (政府信息公开工作年度报告): every figure of their tables, with its place in
//! the text and how sure the reading is; every rule of the form evaluated; nothing guessed in silence.
//!
//! ```
//! let text = "二、主动公开政府信息情况\n第二十条第（五）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政许可 | 12 | ||\n\
//!     第二十条第（六）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政处罚 | 3 | ||\n行政强制 | 无 | ||\n";
//! let report = gongkai::parse(text, &gongkai::Options::default());
//! let figure = |path: &str| report.figures.iter().find(|figure| figure.path == path).unwrap();
//!
//! let licences = figure("proactive_disclosure/administrative_licensing/decisions");
//! assert_eq!(licences.value, Some(gongkai::Value::Count(12)));
//! assert_eq!(licences.span.unwrap().of(text), "12");
//!
//! let compulsion = figure("proactive_disclosure/administrative_compulsion/decisions"); // 无 is no number, and no zero
//! assert_eq!((compulsion.value, compulsion.missing), (None, Some(gongkai::Missing::None)));
//! ```
//!
//! [`parse`] takes any string and always returns a [`Report`]; [`read()`] takes the bytes of a file, or its path: a web page, docx, PDF, a
//! spreadsheet, text. Neither panics or looks at a clock or a locale, and nothing but the path is opened; the same input gives the same report
//! everywhere.
//!
//! # Overview
//!
//! | to | use |
//! | --- | --- |
//! | read a text, a file, or a file in two steps | [`parse`]; [`read()`]; [`document()`] and [`parse_document`] |
//! | look at what was read | [`Report`]: [`Figure`], [`Fact`], [`Section`], [`Table`], [`Check`], [`Finding`], [`Citation`], … |
//! | know how sure a figure is | [`Status`], [`Missing`], [`Figure::candidates`], [`Figure::flags`] |
//! | know what a code means | [`explain`], [`CATALOGUE`] |
//! | follow a measure over all editions | [`indicators`] |
//! | check the years of an agency | [`series`]; [`hints`], [`reread`] for what the years beside a report decide |
//! | lay two reports side by side | [`compare`]; [`recurring`] for their problems and measures |
//! | know the editions of the form | [`form_summaries`], [`forms`] |
//! | write the official form | [`write::html()`], [`write::markdown()`], [`write::blank`]; `write::docx` with the feature `docx` |
//! | count places in other units | [`Options::offsets`], [`Positions`] |
//!
//! A report is plain data and serialises with serde. The types are those of the crate `gongkai_grammar`, given out again here.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `encoding` (default) | text in GB18030, Big5 and UTF-16 |
//! | `html` (default) | web pages |
//! | `docx`, `pdf`, `xlsx` | Word files; PDF files that hold text; xlsx, xlsb, xls and ods |
//! | `arrow` | `write::arrow`: rows of many reports as Arrow tables |
//! | `schema` | `schema()`: the JSON Schema of a report |
//! | `cli` | the program `gongkai`, with all formats |
//!
//! # Limits
//!
//! [`Options`] bounds what a file may be: bytes, what a zip unpacks to, depth, cells, pages. The defaults are safe for files of strangers. A file over
//! a limit is an error that names the limit, never a part of a document. Time grows with the length of the input and no faster, and the stack is
//! bounded.
//!
//! # Errors
//!
//! [`ReadError`] is about files: over a limit, damaged, of a format that is not read or not built in, not there. [`ReadError::message`] has it in Chinese
//! and English. Whatever is wrong with the content of a report is no error but a [`Finding`].
//!
//! # Cookbook
//!
//! **Keep only what is sure.** A printed cell that no finding is about:
//!
//! ```
//! use gongkai::{Options, Status, parse};
//!
//! let text = "第二十条第（五）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政许可 | 12 | ||\n\
//!     第二十条第（六）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政处罚 | 3 | ||\n行政强制 | 无 | ||\n";
//! let report = parse(text, &Options::default());
//! let sure = report.figures.iter().filter(|figure| figure.value.is_some() && figure.status == Status::Printed && figure.flags.is_empty());
//! assert_eq!(sure.count(), 2);
//! ```
//!
//! **Say what is wrong, in Chinese, with the place.**
//!
//! ```
//! use gongkai::{Options, Severity, parse};
//!
//! let text = "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n\
//!     | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n\
//!     | 2 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
//! let report = parse(text, &Options::default());
//! let error = report.findings.iter().find(|finding| finding.code == "GK204").unwrap();
//! assert!(error.severity <= Severity::Warning && error.message.zh.contains("总计"));
//! assert_eq!(error.span.unwrap().of(text), "3");
//! assert_eq!(gongkai::explain("GK204").unwrap().name, "proceedings-total");
//!
//! // A figure put right by a reader: the rules are evaluated with it, and what is printed stays.
//! let mut options = Options::default();
//! options.corrections.insert("review_litigation/reconsideration/total".into(), "2".into());
//! let corrected = parse(text, &options);
//! assert!(corrected.findings.iter().all(|finding| finding.code != "GK204"));
//! assert_eq!(corrected.figures.iter().find(|figure| figure.correction.is_some()).unwrap().raw, "3");
//! ```
//!
//! **One measure over all editions**, from tables or, where there are none, from the prose:
//!
//! ```
//! use gongkai::{Options, Value, indicators, parse};
//!
//! let text = "示例县2010年政府信息公开工作年度报告\n二、依申请公开情况\n2010年，我县共收到政府信息公开申请25件，均已按时答复。";
//! let all = indicators(&parse(text, &Options::default()));
//! let received = all.iter().find(|indicator| indicator.indicator == "requests_received").unwrap();
//! assert_eq!(received.value, Some(Value::Count(25)));
//! ```
//!
//! **The years of an agency:**
//!
//! ```
//! use gongkai::{Member, Options, SeriesOptions, parse, series};
//!
//! let texts = [2022, 2023].map(|year| format!("示例市人民政府{year}年政府信息公开工作年度报告\n一、总体情况\n"));
//! let reports = texts.each_ref().map(|text| parse(text, &Options::default()));
//! let members: Vec<Member> = texts.iter().zip(&reports).map(|(text, report)| Member { name: "", text, report }).collect();
//! let chains = series(&members, &SeriesOptions::default());
//! assert_eq!((chains.len(), chains[0].agency.as_deref()), (1, Some("示例市人民政府")));
//! ```
//!
//! **The official form**, blank or filled:
//!
//! ```
//! let blank = gongkai::write::blank("2021", None).unwrap();
//! let form = gongkai::write::markdown(&blank);
//! assert!(form.contains("| 行政许可 |"));
//!
//! // What is written is read again: a form without a number, every cell of it blank.
//! let read = gongkai::parse(&form, &gongkai::Options::default());
//! assert_eq!(read.edition.as_deref(), Some("2021"));
//! assert!(read.figures.iter().all(|figure| figure.value.is_none()));
//! ```

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
