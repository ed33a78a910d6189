//! The pipe law: a pipe after every cell, and at the end of a row a run of pipes for the columns that its cells do not fill.
//!
//! The widest row decides how many columns there are; cells that span rows do not count in the rows below. The last row of a table has no run.

use gongkai::write::{Sheet, SheetCell};
use gongkai_grammar::Form;

use super::document::Document;
use crate::generate::Filled;

/// A row: the texts of its kept cells, and how many pipes follow them.
struct Line<'a> {
    texts: Vec<&'a str>,
    run: String,
}

/// One row a line; blank cells hold a space and keep their pipe.
#[must_use]
pub fn rows(form: &Form, filled: &Filled) -> String {
    text(form, filled, true, |_, line| line.joined())
}

/// One row a line; blank cells are dropped and the rest of the row slides left.
#[must_use]
pub fn rows_dropping(form: &Form, filled: &Filled) -> String {
    text(form, filled, false, |_, line| line.joined())
}

/// One row a line, most rows with a pipe in front.
#[must_use]
pub fn leading(form: &Form, filled: &Filled) -> String {
    text(form, filled, true, |index, line| if index % 3 == 2 { line.joined() } else { format!("| {}", line.joined()) })
}

/// One cell a line, each with its pipe; the run has a line of its own.
#[must_use]
pub fn cells(form: &Form, filled: &Filled) -> String {
    text(form, filled, false, |_, line| {
        let mut lines: Vec<String> = line.texts.iter().map(|text| format!("{text} |")).collect();
        lines.extend((!line.run.is_empty()).then(|| line.run.clone()));
        lines.join("\n")
    })
}

/// One cell a line, a pipe on a line of its own before each row; the run follows the last cell.
#[must_use]
pub fn leading_lines(form: &Form, filled: &Filled) -> String {
    text(form, filled, false, |_, line| {
        let (last, others) = line.texts.split_last().unwrap();
        let mut lines = vec!["|".to_owned()];
        lines.extend(others.iter().map(|text| format!("{text} |")));
        lines.push(Line { texts: vec![last], run: line.run.clone() }.joined());
        lines.join("\n")
    })
}

/// Cell, newline, pipe, newline; the run follows the last pipe.
#[must_use]
pub fn cell_newline_pipe(form: &Form, filled: &Filled) -> String {
    text(form, filled, false, |_, line| format!("{}\n|{}", line.texts.join("\n|\n"), line.run))
}

impl Line<'_> {
    fn joined(&self) -> String {
        let mut text = String::new();
        for cell in &self.texts {
            text.push_str(cell);
            text.push_str(if cell.is_empty() { "| " } else { " | " });
        }
        text.push_str(&self.run);
        text.trim_end().to_owned()
    }
}

fn text(form: &Form, filled: &Filled, keep_blanks: bool, print: impl Fn(usize, &Line) -> String) -> String {
    Document::new(form, filled).text("\n", |sheet| {
        let lines = lines(sheet, keep_blanks);
        lines.iter().enumerate().map(|(index, line)| print(index, line)).collect::<Vec<_>>().join("\n")
    })
}

fn lines(sheet: &Sheet, keep_blanks: bool) -> Vec<Line<'_>> {
    let widest = sheet.rows.iter().map(|cells| cells.iter().map(|cell| cell.width).sum::<usize>()).max().unwrap_or(0);
    let mut lines: Vec<Line> = Vec::new();
    for cells in &sheet.rows {
        let kept: Vec<&SheetCell> = cells.iter().filter(|cell| keep_blanks || !cell.text.is_empty()).collect();
        if kept.is_empty() {
            continue;
        }
        let run = "|".repeat(widest - kept.len());
        lines.push(Line { texts: kept.iter().map(|cell| cell.text.as_str()).collect(), run });
    }
    if let Some(last) = lines.last_mut() {
        last.run.clear();
    }
    lines
}

#[cfg(test)]
mod tests {
    use gongkai_grammar::forms;

    use super::*;
    use crate::{FilledCell, Rng, Style, fill};

    fn filled(blank: &str) -> (&'static Form, Filled) {
        let form = forms().edition("2021").unwrap();
        let mut filled = fill(form, &mut Rng::new(4), Style::default());
        for (column, text) in [("issued", "5"), ("repealed", "1"), ("in_force", "37")] {
            let cell = if column == blank { FilledCell::Blank } else { FilledCell::Number(text.to_owned()) };
            filled.cells.insert(format!("proactive_disclosure/normative_documents/{column}"), cell);
        }
        (form, filled)
    }

    /// As trafilatura 1 printed an invented page.
    #[test]
    fn rows_have_as_many_pipes_as_the_widest() {
        let (form, filled) = filled("");
        let text = rows(form, &filled);
        for line in [
            "第二十条第（一）项 | |||",
            "信息内容 | 本年处理决定数量 | ||",
            "行政规范性文件 | 5 | 1 | 37 |",
            "自然人 | 法人或其他组织 | 总计 | |||||||",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
        let pipes = |start: &str| text.lines().find(|l| l.starts_with(start)).unwrap().matches('|').count();
        assert_eq!([pipes("规章"), pipes("（三）不予公开"), pipes("（二）部分公开"), pipes("结果维持")], [4, 10, 10, 15]);
        assert_eq!([pipes("行政事业性收费"), pipes("四、结转下年度继续办理")], [2, 8], "the last rows");
    }

    #[test]
    fn blank_cells_keep_their_pipe_or_are_dropped() {
        let (form, filled) = filled("repealed");
        assert!(rows(form, &filled).contains("\n行政规范性文件 | 5 | | 37 |\n"));
        assert!(rows_dropping(form, &filled).contains("\n行政规范性文件 | 5 | 37 | |\n"));
        assert!(cells(form, &filled).contains("\n行政规范性文件 |\n5 |\n37 |\n|\n"));
        assert!(leading_lines(form, &filled).contains("\n|\n行政规范性文件 |\n5 |\n37 | |\n|\n"));
        assert!(cell_newline_pipe(form, &filled).contains("\n行政规范性文件\n|\n5\n|\n37\n||\n第二十条第（五）项\n||||\n"));
        assert!(leading(form, &filled).contains("\n| 行政规范性文件 | 5 | | 37 |\n"));
    }
}
