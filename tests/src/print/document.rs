//! The report around the tables: headings, a few made-up lines, who signs.

use std::borrow::Cow;

use gongkai::write::Sheet;
use gongkai_grammar::{Form, FormTable};

use crate::generate::Filled;

/// No place of this name exists.
const PLACE: &str = "拟设县";
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// What the first part of every report says, and nothing else in it does.
pub const OVERVIEW: &str = "这一年，全县各单位按月核对公开栏目，发现错漏当天改正。";

/// The sections of a report with an annexed sheet: kind and heading.
const NARRATIVE: &[(&str, &str)] = &[
    ("overview", "概述"),
    ("proactive_disclosure", "主动公开政府信息情况"),
    ("requests", "依申请公开政府信息情况"),
    ("review_litigation", "行政复议、行政诉讼情况"),
    ("problems", "存在的主要问题和改进措施"),
    ("statistics", "附表"),
];

/// A report, part by part.
#[derive(Clone, Debug)]
pub struct Document(pub Vec<Part>);

/// A part of a report.
#[derive(Clone, Debug)]
pub enum Part {
    /// The title of the report.
    Title(String),
    /// The heading of a section.
    Heading(String),
    /// A line of text.
    Line(String),
    /// A table.
    Table(Sheet),
}

impl Document {
    /// The report that holds these figures.
    #[must_use]
    pub fn new(form: &Form, filled: &Filled) -> Self {
        let year = report_year(form);
        let mut parts = vec![
            Part::Title(format!("{PLACE}人民政府{year}年政府信息公开工作年度报告")),
            Part::Line(format!("{PLACE}人民政府编制本报告，数据自{year}年1月1日起至{year}年12月31日止。")),
        ];
        if form.requires.is_empty() {
            annexed(&mut parts, form, filled, year);
        } else {
            in_sections(&mut parts, form, filled, year);
        }
        parts.push(Part::Line(format!("{PLACE}人民政府")));
        parts.push(Part::Line(format!("{}年1月12日", year + 1)));
        Self(parts)
    }

    /// The text of the report: each part on lines of its own, with `gap` between them; tables as `table` prints them.
    pub fn text(&self, gap: &str, table: impl Fn(&Sheet) -> String) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Title(text) | Part::Heading(text) | Part::Line(text) => text.clone(),
            Part::Table(sheet) => table(sheet),
        });
        parts.collect::<Vec<_>>().join(gap) + "\n"
    }
}

/// A filled table as its form prints it.
fn sheet(table: &FormTable, filled: &Filled, year: i32) -> Sheet {
    Sheet::new(table, Some(year), &|path| filled.cells.get(path).map(|cell| Cow::Borrowed(cell.text())), &[])
}

/// A year that the edition was in use.
pub fn report_year(form: &Form) -> i32 {
    let first = form.first_year.unwrap_or(2000);
    form.last_year.map_or(first + 2, |last| last.min(first + 2))
}

fn heading(index: usize, text: &str) -> Part {
    Part::Heading(format!("{}、{text}", NUMERALS[index]))
}

/// Reports with a section for each table.
fn in_sections(parts: &mut Vec<Part>, form: &Form, filled: &Filled, year: i32) {
    for (index, kind) in form.requires.iter().enumerate() {
        let table = form.tables.iter().find(|table| table.id == *kind);
        parts.push(heading(index, table.map_or_else(|| section_title(kind), title)));
        match table {
            Some(table) => parts.push(Part::Table(sheet(table, filled, year))),
            None => parts.push(Part::Line(prose(kind).to_owned())),
        }
    }
}

/// Reports that tell first and annex their sheet.
fn annexed(parts: &mut Vec<Part>, form: &Form, filled: &Filled, year: i32) {
    for (index, (kind, title)) in NARRATIVE.iter().enumerate() {
        parts.push(heading(index, title));
        if *kind != "statistics" {
            parts.push(Part::Line(prose(kind).to_owned()));
        }
    }
    for table in &form.tables {
        sheet_with_signatures(parts, table, filled, year);
    }
}

fn sheet_with_signatures(parts: &mut Vec<Part>, table: &FormTable, filled: &Filled, year: i32) {
    parts.push(Part::Line(format!("{year}年度{PLACE}{}", title(table))));
    parts.push(Part::Line(format!("填报单位（盖章）：{PLACE}人民政府办公室")));
    parts.push(Part::Table(sheet(table, filled, year)));
    parts.push(Part::Line("单位负责人：甲某某 审核人：乙某某 填报人：丙某某".to_owned()));
    parts.push(Part::Line(format!("联系电话：0000-0000000 填报日期：{}年1月10日", year + 1)));
}

fn title(table: &FormTable) -> &str {
    table.titles.first().map_or("情况统计表", String::as_str)
}

fn section_title(kind: &str) -> &'static str {
    match kind {
        "overview" => "总体情况",
        "problems" => "存在的主要问题及改进情况",
        "other" => "其他需要报告的事项",
        _ => "有关情况",
    }
}

fn prose(kind: &str) -> &'static str {
    match kind {
        "overview" => OVERVIEW,
        "proactive_disclosure" => "公开的内容以民生事项为主，具体数字见附表。",
        "requests" => "申请人多为本地居民，答复前都先通一次电话。",
        "review_litigation" => "有关案件都按期提交了材料。",
        "problems" => "山区村组看公告不方便。下一步把公告送到每个村口的公告牌。",
        _ => "没有其他需要报告的事项。",
    }
}

#[cfg(test)]
mod tests {
    use gongkai_grammar::forms;

    use super::*;
    use crate::{Rng, Style, fill};

    #[test]
    fn headings_are_those_of_the_edition() {
        let headings = |edition: &str| -> Vec<String> {
            let form = forms().edition(edition).unwrap();
            let document = Document::new(form, &fill(form, &mut Rng::new(1), Style::default()));
            document.0.iter().filter_map(|part| if let Part::Heading(text) = part { Some(text.clone()) } else { None }).collect()
        };
        for edition in ["2019", "2021"] {
            let kinds: Vec<_> = headings(edition).iter().map(|heading| forms().section_kind(heading).map(str::to_owned)).collect();
            let required: Vec<_> = forms().edition(edition).unwrap().requires.iter().map(|kind| Some(kind.clone())).collect();
            assert_eq!(kinds, required);
        }
        assert_eq!(headings("2014")[5], "六、附表");
    }

    /// Only dates have digits, so that a digit elsewhere is a figure or a label.
    #[test]
    fn prose_has_no_figures() {
        for kind in ["overview", "proactive_disclosure", "requests", "review_litigation", "problems", "other"] {
            assert!(!prose(kind).contains(|c: char| c.is_ascii_digit()));
        }
    }
}
