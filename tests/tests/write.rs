//! The official form: what is written is read again as what it was.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A test may stop.

use gongkai::{
    Missing, Options, Report, Span, Status, Value, Verdict,
    write::{self, HtmlOptions},
};
use gongkai_grammar::{Row, RowKind, forms};
use gongkai_tests::{Rng, Style, fill, print::DIALECTS};

type Cell<'a> = (&'a str, Option<Value>, Option<Missing>);

/// Path and content of the figures that the document has.
fn cells(report: &Report) -> Vec<Cell<'_>> {
    let there = report.figures.iter().filter(|figure| figure.value.is_some() || figure.missing.is_some());
    there.map(|figure| (figure.path.as_ref(), figure.value, figure.missing)).collect()
}

fn read(bytes: &[u8]) -> Report {
    gongkai::read(bytes, &Options::default()).unwrap()
}

/// The report as read again from each format.
fn again(report: &Report) -> Vec<(&'static str, Report)> {
    let page = |options| format!("<!DOCTYPE html><meta charset=\"utf-8\"><body>{}</body>", write::html(report, options));
    vec![
        ("html", read(page(HtmlOptions::default()).as_bytes())),
        ("marked html", read(page(HtmlOptions::marked()).as_bytes())),
        ("markdown", parsed(&write::markdown(report))),
        ("docx", read(&write::docx(report).unwrap())),
    ]
}

/// A made-up report of an edition in a dialect.
fn printed(edition: &str, dialect: &str, seed: u64, style: Style) -> String {
    let form = forms().edition(edition).unwrap();
    let print = DIALECTS.iter().find(|(name, ..)| *name == dialect).unwrap().1;
    print(form, &fill(form, &mut Rng::new(seed), style))
}

fn parsed(text: &str) -> Report {
    gongkai::parse(text, &Options::default())
}

fn corrected(text: &str, corrections: &[(&str, &str)]) -> Report {
    let mut options = Options::default();
    options.corrections = corrections.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect();
    gongkai::parse(text, &options)
}

#[test]
fn what_is_written_is_read_again() {
    let mut compared = 0;
    for form in &forms().editions {
        for seed in 0..6 {
            let report = parsed(&printed(&form.id, "markdown-grid", seed, Style::any(&mut Rng::new(seed))));
            for (format, again) in again(&report) {
                assert_eq!(cells(&again), cells(&report), "{} {seed} {format}", form.id);
                assert_eq!((again.year, again.title.as_ref()), (report.year, report.title.as_ref()), "{} {seed} {format}", form.id);
                compared += cells(&report).len();
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn a_blank_form_is_read_as_blank() {
    for edition in ["2019", "2021"] {
        let blank = write::blank(edition, Some(2022)).unwrap();
        for (format, again) in again(&blank) {
            let blanks = again.figures.iter().filter(|figure| figure.missing == Some(Missing::Blank)).count();
            assert_eq!((blanks, again.figures.len()), (blank.figures.len(), blank.figures.len()), "{edition} {format}");
        }
    }
}

/// Rows that no form knows, and cells that cannot be told, are written too.
#[test]
fn nothing_is_left_out() {
    let text = "样本县2016年政府信息公开工作年度报告\n\n| 统计指标 | 单位 | 统计数 |\n|---|---|---|\n| 一、主动公开情况 | — | |\n\
        | （一）主动公开政府信息数（不同渠道和方式公开相同信息计1条） | 条 | 120 |\n| 其中：主动公开规范性文件数 | 条 | 无 |\n\
        | 制发规范性文件总数 | 件 | |\n| 本县自设的栏目数 | 个 | 31 |\n";
    let mut report = parsed(text);
    let local = |report: &Report| report.figures.iter().find(|f| f.path.contains("local:")).map(|f| (f.label.to_string(), f.value));
    assert_eq!(local(&report), Some(("本县自设的栏目数".to_owned(), Some(Value::Count(31)))));
    for (format, again) in again(&report) {
        assert_eq!(cells(&again), cells(&report), "{format}");
        assert_eq!(local(&again), local(&report), "{format}");
    }
    let open = report.figures.iter_mut().find(|f| f.value == Some(Value::Count(120))).unwrap();
    (open.value, open.status, open.candidates) = (None, Status::Ambiguous, vec![Some(Value::Count(12)), Some(Value::Count(120))]);
    for (format, again) in again(&report) {
        assert_eq!(again.figures[0].missing, Some(Missing::Text), "{format}: a cell that cannot be told is written {}", write::UNKNOWN);
    }
}

/// A document that lacks all rows of a group, or the rows in front of one: its form is written without them, and nothing shifts.
#[test]
fn groups_without_rows_are_left_out() {
    for form in &forms().editions {
        let whole = parsed(&printed(&form.id, "markdown-grid", 1, Style::any(&mut Rng::new(1))));
        for table in &form.tables {
            for (at, _) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Group) {
                let next = |rows: &[Row]| rows.iter().position(|row| row.kind == RowKind::Group).unwrap_or(rows.len());
                let (before, behind) = (&table.rows[..at], &table.rows[at + 1..]);
                let first = before.iter().rposition(|row| row.kind == RowKind::Group).map_or(0, |group| group + 1);
                // The rows of the group, those up to the next group, and those in front of it.
                for rows in [&behind[..next(behind).min(1)], &behind[..next(behind)], &before[first..]] {
                    let dropped: Vec<&str> = rows.iter().flat_map(|row| &row.paths).map(String::as_str).collect();
                    let mut report = whole.clone();
                    report.figures.retain(|figure| !dropped.contains(&figure.path.as_ref()));
                    for (format, again) in again(&report) {
                        assert_eq!(cells(&again), cells(&report), "{} {format} without {dropped:?}", form.id);
                    }
                }
            }
        }
    }
}

#[test]
fn text_is_never_markup() {
    let mut report = write::blank("2021", None).unwrap();
    report.title = Some("<script>alert(\"1\")</script>&|\u{1}".to_owned());
    report.figures[0].path = "proactive_disclosure/local:\"><b>/1".into();
    report.figures[0].label = "<i>栏目</i>".into();
    let html = write::html(&report, HtmlOptions::marked());
    assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains("<i>") && html.contains("&lt;i&gt;栏目&lt;/i&gt;"), "{html}");
    assert!(read(&write::docx(&report).unwrap()).figures.len() >= report.figures.len());
}

#[test]
fn marks_say_what_is_known_of_a_cell() {
    let text = printed("2021", "markdown-grid", 3, Style { zeros: 0, ..Style::default() });
    let path = "requests/received/total";
    let report = parsed(&text);
    let printed = report.figures.iter().find(|f| f.path == path).unwrap();
    assert!(!write::html(&report, HtmlOptions::marked()).contains("broken"));

    let report = corrected(&text, &[(path, "1")]);
    let figure = report.figures.iter().find(|f| f.path == path).unwrap();
    assert_eq!((figure.value, figure.status, figure.correction.as_deref()), (Some(Value::Count(1)), Status::Corrected, Some("1")));
    assert_eq!((&figure.raw, figure.span), (&printed.raw, printed.span), "what is printed stays");
    assert_eq!(figure.span.map(|span: Span| span.of(&text)), Some(printed.raw.as_str()));
    let broken: Vec<&str> = report.checks.iter().filter(|c| c.verdict == Verdict::Broken).map(|c| c.scope.as_ref()).collect();
    assert!(broken.contains(&"requests/*/total") && broken.contains(&"requests/received/*"), "{broken:?}");
    let html = write::html(&report, HtmlOptions::marked());
    assert!(html.contains(&format!("class=\"corrected broken\" data-path=\"{path}\">1<")), "{html}");
    assert!(!write::html(&report, HtmlOptions::default()).contains("class="));
}

/// A correction settles what the reading left open, and the rules are evaluated with it.
#[test]
fn corrections_settle_open_cells() {
    let text = printed("2021", "glued", 5, Style::default());
    let open =
        |report: &Report| -> Vec<String> { report.figures.iter().filter(|f| f.status == Status::Ambiguous).map(|f| f.path.to_string()).collect() };
    let before = parsed(&text);
    let paths = open(&before);
    assert!(!paths.is_empty());
    let after = corrected(&text, &paths.iter().map(|path| (path.as_str(), "无")).collect::<Vec<_>>());
    assert_eq!(open(&after), Vec::<String>::new());
    let settled = |f: &&gongkai::Figure| f.status == Status::Corrected && f.missing == Some(Missing::None) && f.candidates.is_empty();
    assert_eq!(after.figures.iter().filter(settled).count(), paths.len());
    let flagged =
        |report: &Report| report.figures.iter().filter(|f| paths.contains(&f.path.to_string()) && f.flags.iter().any(|c| c == "GK101")).count();
    assert!(flagged(&before) > 100 && flagged(&after) == 0, "{} {}", flagged(&before), flagged(&after));
}
