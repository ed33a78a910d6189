//! Reports as Arrow tables: one row a report, a figure, a fact, a check, a finding, an indicator.
//!
//! A whole number is an `Int64` and an amount a `Decimal128(38, 6)` in a column of its own; what has no number is null in both, and `missing`
//! says why. No blank is ever a zero.

mod columns;
mod rows;
mod years;

use std::sync::Arc;

use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{ArrayBuilder, Decimal128Builder, Int64Builder, ListBuilder, StringBuilder},
};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};
use gongkai_grammar::model::{Message, Name, Report, Value};
use serde::Serialize;

use columns::{Column, ERRORS, Kind, SCALE, columns};
use rows::Head;

/// What a row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rows {
    /// A file, read or not.
    Reports,
    /// A cell of a statutory table.
    Figures,
    /// A quantity of the prose.
    Facts,
    /// A rule, evaluated.
    Checks,
    /// What is wrong, odd or uncertain.
    Findings,
    /// A measure with one name in every edition.
    Indicators,
    /// A year of an agency, with its report or without.
    Years,
    /// A rule across years, evaluated.
    YearChecks,
    /// What is wrong or odd between years.
    YearFindings,
}

impl Rows {
    /// Those of a report.
    pub const OF_REPORT: [Self; 6] = [Self::Reports, Self::Figures, Self::Facts, Self::Checks, Self::Findings, Self::Indicators];
    /// Those of the years of an agency.
    pub const OF_SERIES: [Self; 3] = [Self::Years, Self::YearChecks, Self::YearFindings];

    /// The name of the table: `figures`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Figures => "figures",
            Self::Facts => "facts",
            Self::Checks => "checks",
            Self::Findings => "findings",
            Self::Indicators => "indicators",
            Self::Years => "years",
            Self::YearChecks => "year_checks",
            Self::YearFindings => "year_findings",
        }
    }

    /// The schema of the table. Each field has its meaning in Chinese and English as metadata, `zh` and `en`.
    #[must_use]
    pub fn schema(self) -> SchemaRef {
        schema(columns(self))
    }

    /// The same with the columns `error_zh` and `error_en`, as [`Collector::with_errors`] gives it.
    #[must_use]
    pub fn schema_with_errors(self) -> SchemaRef {
        schema(columns(self).iter().chain(self.errors()))
    }

    /// The columns of errors, but for those that a table of reports has anyway.
    fn errors(self) -> &'static [Column] {
        if self == Self::Reports { &[] } else { ERRORS }
    }
}

fn schema<'a>(columns: impl IntoIterator<Item = &'a Column>) -> SchemaRef {
    let field = |column: &Column| {
        let meaning = [("zh".to_owned(), column.meaning.0.to_owned()), ("en".to_owned(), column.meaning.1.to_owned())];
        Field::new(column.name, column.kind.data_type(), true).with_metadata(std::collections::HashMap::from(meaning))
    };
    Arc::new(Schema::new(columns.into_iter().map(field).collect::<Vec<_>>()))
}

/// Collects the rows of reports, and gives them as a batch.
pub struct Collector {
    rows: Rows,
    schema: SchemaRef,
    columns: Vec<Builder>,
}

enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Decimal(Decimal128Builder),
    List(ListBuilder<StringBuilder>),
}

/// What stands in a cell.
enum Cell<'a> {
    Text(Option<&'a str>),
    Integer(Option<i64>),
    Decimal(Option<i128>),
    List(&'a [Name]),
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Decimal => Self::Decimal(Decimal128Builder::new().with_data_type(Kind::Decimal.data_type())),
            Kind::List => Self::List(ListBuilder::new(StringBuilder::new())),
        }
    }

    /// A cell of another kind than the column's is null; a test looks at every column.
    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(builder), Cell::Text(text)) => builder.append_option(*text),
            (Self::Integer(builder), Cell::Integer(number)) => builder.append_option(*number),
            (Self::Decimal(builder), Cell::Decimal(number)) => builder.append_option(*number),
            (Self::List(builder), Cell::List(names)) => {
                names.iter().for_each(|name| builder.values().append_value(name));
                builder.append(true);
            }
            (Self::Text(builder), _) => builder.append_null(),
            (Self::Integer(builder), _) => builder.append_null(),
            (Self::Decimal(builder), _) => builder.append_null(),
            (Self::List(builder), _) => builder.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => ArrayBuilder::finish(builder),
            Self::Integer(builder) => ArrayBuilder::finish(builder),
            Self::Decimal(builder) => ArrayBuilder::finish(builder),
            Self::List(builder) => ArrayBuilder::finish(builder),
        }
    }
}

impl Collector {
    /// A table of rows, empty.
    #[must_use]
    pub fn new(rows: Rows) -> Self {
        Self { rows, schema: rows.schema(), columns: columns(rows).iter().map(|column| Builder::new(column.kind)).collect() }
    }

    /// A table in which a file that could not be read is a row of its name and its error, in the columns `error_zh` and `error_en`.
    #[must_use]
    pub fn with_errors(rows: Rows) -> Self {
        let columns = columns(rows).iter().chain(rows.errors()).map(|column| Builder::new(column.kind)).collect();
        Self { rows, schema: rows.schema_with_errors(), columns }
    }

    /// Adds the rows of a report under the name of its file; see [`push_series`](Self::push_series) for the tables of years.
    pub fn push(&mut self, file: &str, report: &Report) {
        let head = Head { file, issuer: report.issuer.as_deref(), year: report.year.map(i64::from) };
        match self.rows {
            Rows::Reports => self.report(&head, report),
            Rows::Figures => self.figures(&head, report),
            Rows::Facts => self.facts(&head, report),
            Rows::Checks => self.checks(&head, report),
            Rows::Findings => self.findings(&head, report),
            Rows::Indicators => self.indicators(&head, report),
            Rows::Years | Rows::YearChecks | Rows::YearFindings => {}
        }
    }

    /// Adds a file that could not be read; a table without the columns of errors has no row for it.
    pub fn push_error(&mut self, file: &str, error: &Message) {
        let cell = |field: &Field| match field.name().as_str() {
            "file" => Cell::Text(Some(file)),
            "error_zh" => Cell::Text(Some(&error.zh)),
            "error_en" => Cell::Text(Some(&error.en)),
            _ => Cell::Text(None),
        };
        if self.schema.column_with_name("error_zh").is_some() {
            self.schema.fields().iter().zip(&mut self.columns).for_each(|(field, column)| column.push(&cell(field)));
        }
    }

    /// The rows so far, of which none are kept.
    ///
    /// # Errors
    /// If the columns are not of one length, which they always are.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(self.schema.clone(), self.columns.iter_mut().map(Builder::finish).collect())
    }

    /// A row; columns behind its last cell are null.
    fn row(&mut self, cells: &[Cell<'_>]) {
        let cells = cells.iter().chain(std::iter::repeat(&Cell::Text(None)));
        self.columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
    }
}

fn decimal(value: Value) -> Option<i128> {
    value.decimal().scaled(SCALE)
}

/// A word of the model as JSON has it.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::{Array, cast::AsArray, types::Int64Type};

    use super::*;
    use crate::Options;

    const TEXT: &str = "样本县2021年政府信息公开工作年度报告\n\n2021年，全县通过网络收到政府信息公开申请约5件，培训占比12.5%。\n\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n\
                        | 规章 | 0 | | 无 |\n| 行政规范性文件 | 12 | — | 30 |\n\n| 第二十条第（八）项 | | | |\n| 信息内容 | 本年收费金额（单位：万元） | | |\n\
                        | 行政事业性收费 | 12.50 | | |\n";

    fn batch(rows: Rows) -> RecordBatch {
        let mut collector = Collector::new(rows);
        collector.push("a.txt", &crate::parse(TEXT, &Options::default()));
        collector.push_error("b.txt", &Message { zh: "损坏".into(), en: "damaged".into() });
        collector.finish().unwrap()
    }

    fn texts<'a>(batch: &'a RecordBatch, name: &str) -> Vec<Option<&'a str>> {
        batch.column_by_name(name).unwrap().as_string::<i32>().iter().collect()
    }

    #[test]
    fn blank_none_dash_and_zero_stay_apart() {
        let batch = batch(Rows::Figures);
        let (paths, missing) = (texts(&batch, "path"), texts(&batch, "missing"));
        let values: Vec<Option<i64>> = batch.column_by_name("value").unwrap().as_primitive::<Int64Type>().iter().collect();
        let of = |path: &str| paths.iter().position(|p| *p == Some(path)).map(|at| (values[at], missing[at])).unwrap();
        assert_eq!(of("proactive_disclosure/rules/issued"), (Some(0), None));
        assert_eq!(of("proactive_disclosure/rules/repealed"), (None, Some("blank")));
        assert_eq!(of("proactive_disclosure/rules/in_force"), (None, Some("none")));
        assert_eq!(of("proactive_disclosure/normative_documents/repealed"), (None, Some("dash")));
        let amounts = batch.column_by_name("amount").unwrap().as_primitive::<arrow_array::types::Decimal128Type>().clone();
        let at = paths.iter().position(|p| *p == Some("proactive_disclosure/administrative_fees/amount")).unwrap();
        assert_eq!((amounts.value(at), amounts.value_as_string(at)), (12_500_000, "12.500000".to_owned()));
    }

    #[test]
    fn every_column_is_filled_by_what_it_is_for() {
        for rows in Rows::OF_REPORT {
            let batch = batch(rows);
            assert!(batch.num_rows() > 0, "{}", rows.name());
            // Columns for what this report does not have.
            let empty: Vec<&str> = match rows {
                Rows::Reports => vec!["issued", "published"],
                Rows::Figures => vec!["page"],
                Rows::Facts => Vec::new(),
                _ => vec!["amount", "why_zh", "why_en"],
            };
            for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                assert!(field.metadata().len() == 2);
                assert!(column.null_count() < column.len() || empty.contains(&field.name().as_str()), "{}.{}", rows.name(), field.name());
            }
        }
    }

    #[test]
    fn a_file_that_could_not_be_read_is_a_row() {
        let batch = batch(Rows::Reports);
        assert_eq!(texts(&batch, "file"), [Some("a.txt"), Some("b.txt")]);
        assert_eq!(texts(&batch, "error_zh"), [None, Some("损坏")]);
        assert_eq!(batch.column_by_name("figures").unwrap().null_count(), 1);
    }

    #[test]
    fn tables_with_errors_have_a_row_for_each_of_them() {
        for rows in Rows::OF_REPORT {
            let mut collector = Collector::with_errors(rows);
            collector.push_error("b.txt", &Message { zh: "损坏".into(), en: "damaged".into() });
            let batch = collector.finish().unwrap();
            assert_eq!((texts(&batch, "file"), texts(&batch, "error_en")), (vec![Some("b.txt")], vec![Some("damaged")]), "{}", rows.name());
        }
    }

    #[test]
    fn amounts_are_never_rounded() {
        assert_eq!(rows::number(Some(Value::Amount("0.1234567".parse().unwrap()))), (None, None));
        assert_eq!(rows::number(Some(Value::Amount("999999999999999999".parse().unwrap()))), (None, Some(999_999_999_999_999_999_000_000)));
    }
}
