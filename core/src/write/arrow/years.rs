//! The tables of the years of an agency.

use gongkai_grammar::model::Series;

use super::{Cell, Collector, Rows, decimal, word};

impl Collector {
    /// Adds the rows of an agency's years; a table of another kind gets none.
    pub fn push_series(&mut self, series: &Series) {
        match self.rows {
            Rows::Years => self.years(series),
            Rows::YearChecks => self.year_checks(series),
            Rows::YearFindings => self.year_findings(series),
            _ => {}
        }
    }

    fn years(&mut self, series: &Series) {
        let agency = series.agency.as_deref();
        let missing = series.missing.iter().map(|&year| (Some(year), None));
        let mut years: Vec<_> = series.reports.iter().map(|report| (report.year, Some(report))).chain(missing).collect();
        // What has no year stands last, as in the series.
        years.sort_by_key(|(year, _)| (year.is_none(), *year));
        for (year, report) in years {
            self.row(&[
                Cell::Text(agency),
                Cell::Integer(year.map(i64::from)),
                Cell::Text(report.map(|report| report.name.as_str())),
                Cell::Text(report.and_then(|report| report.edition.as_deref())),
                Cell::Text(Some(&report.map_or_else(|| "missing".to_owned(), |report| word(&report.standing)))),
            ]);
        }
    }

    fn year_checks(&mut self, series: &Series) {
        for check in &series.checks {
            let [before, after] = check.years;
            self.row(&[
                Cell::Text(series.agency.as_deref()),
                Cell::Text(Some(&check.code)),
                Cell::Text(Some(&check.rule)),
                Cell::Text(Some(&check.scope)),
                Cell::Integer(Some(before.into())),
                Cell::Integer(Some(after.into())),
                Cell::Text(Some(&word(&check.verdict))),
                Cell::Decimal(check.left.and_then(decimal)),
                Cell::Decimal(check.right.and_then(decimal)),
            ]);
        }
    }

    fn year_findings(&mut self, series: &Series) {
        for found in &series.findings {
            let finding = &found.finding;
            let file = series.reports.iter().find(|report| report.report == found.report).map(|report| report.name.as_str());
            self.row(&[
                Cell::Text(series.agency.as_deref()),
                Cell::Text(Some(&finding.code)),
                Cell::Text(Some(&word(&finding.severity))),
                Cell::Integer(found.years.iter().min().copied().map(i64::from)),
                Cell::Integer(found.years.iter().max().copied().map(i64::from)),
                Cell::Text(file),
                Cell::Text(Some(&finding.message.zh)),
                Cell::Text(Some(&finding.message.en)),
                Cell::List(&finding.paths),
                Cell::Text(Some(&finding.fingerprint)),
            ]);
        }
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::{Array, RecordBatch, cast::AsArray, types::Int64Type};

    use super::*;
    use crate::{Member, Options, SeriesOptions, series};

    fn report(year: i32, carried_over: &str, carried_forward: &str) -> String {
        format!(
            "样本县{year}年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n| | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n|---|---|---|---|---|---|---|---|\n\
             | 一、本年新收政府信息公开申请数量 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n| 二、上年结转政府信息公开申请数量 | {carried_over} | 0 | 0 | 0 | 0 | 0 | {carried_over} |\n\
             | 四、结转下年度继续办理 | {carried_forward} | 0 | 0 | 0 | 0 | 0 | {carried_forward} |\n\n样本县人民政府\n{}年1月12日\n",
            year + 1
        )
    }

    fn batch(rows: Rows) -> RecordBatch {
        let texts = [report(2021, "0", "2"), report(2022, "3", "1"), report(2024, "1", "0")];
        let reports: Vec<_> = texts.iter().map(|text| crate::parse(text, &Options::default())).collect();
        let members: Vec<Member<'_>> = texts.iter().zip(&reports).map(|(text, report)| Member { name: "a.txt", text, report }).collect();
        let mut collector = Collector::new(rows);
        series(&members, &SeriesOptions::default()).iter().for_each(|series| collector.push_series(series));
        collector.finish().unwrap()
    }

    #[test]
    fn a_year_without_a_report_is_a_row() {
        let batch = batch(Rows::Years);
        let years: Vec<_> = batch.column_by_name("year").unwrap().as_primitive::<Int64Type>().iter().flatten().collect();
        let standing: Vec<_> = batch.column_by_name("standing").unwrap().as_string::<i32>().iter().flatten().collect();
        assert_eq!((years, standing), (vec![2021, 2022, 2023, 2024], vec!["used", "used", "missing", "used"]));
    }

    #[test]
    fn every_column_is_filled_by_what_it_is_for() {
        for rows in Rows::OF_SERIES {
            let batch = batch(rows);
            assert!(batch.num_rows() > 0, "{}", rows.name());
            for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                assert!(column.null_count() < column.len(), "{}.{}", rows.name(), field.name());
            }
        }
    }

    #[test]
    fn a_broken_carry_over_is_a_row() {
        let batch = batch(Rows::YearChecks);
        let texts =
            |name: &str| -> Vec<String> { batch.column_by_name(name).unwrap().as_string::<i32>().iter().flatten().map(str::to_owned).collect() };
        let broken = texts("code").into_iter().zip(texts("verdict")).filter(|(code, verdict)| code == "GK401" && verdict == "broken").count();
        assert_eq!(broken, 2, "natural persons and the total");
    }
}
