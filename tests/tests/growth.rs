//! Time grows linearly: hostile inputs, each a pattern repeated, are parsed at several sizes, and a line is fitted to time over size (log-log).
//!
//! The default test goes from 64 KB to 1 MB and takes the better of two runs. `GONGKAI_GROWTH=full` (with `--release --nocapture`) goes on to
//! 64 MB for the patterns of the list, with a stricter slope, tries every label of the forms alone, and prints a table.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A panic is a failed test; the full run prints its table.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use gongkai_grammar::{FormTable, forms};
use gongkai_tests::{Rng, Style, fill, print::DIALECTS};

/// Slope of log time over log size that the default test allows: 1 is linear, 2 is quadratic.
const SLOPE: f64 = 1.35;
/// The same from 1 MB to 64 MB, where caches and noise matter less.
const FULL_SLOPE: f64 = 1.15;
/// Bytes a second, in the profile of the tests.
const FLOOR: f64 = 0.1e6;
/// Sizes of the default test; the first one only tells whether the others are worth the time.
static SIZES: [usize; 4] = [16 << 10, 64 << 10, 256 << 10, 1 << 20];
/// Sizes of patterns that are no more than ordinary reports, one behind the other.
static REPORT_SIZES: [usize; 2] = [32 << 10, 256 << 10];
/// Sizes of the full test.
const FULL_SIZES: [usize; 4] = [1 << 20, 4 << 20, 16 << 20, 64 << 20];
/// Behind the second, no size is tried that would take longer than this if time were linear; the smaller ones tell.
const PATIENCE: Duration = Duration::from_millis(500);
/// The same for the full test.
const FULL_PATIENCE: Duration = Duration::from_secs(60);
/// A run shorter than this is repeated, since it is lost in the noise.
const SHORT: Duration = Duration::from_millis(5);

/// A hostile input: `start`, then `unit` again and again, then `end`.
struct Pattern {
    name: String,
    start: String,
    unit: String,
    end: String,
    /// The sizes of the default test.
    sizes: &'static [usize],
    /// The size it is tried up to in the full test; 0 if it is no part of it.
    full: usize,
}

impl Pattern {
    fn new(name: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { name: name.into(), start: String::new(), unit: unit.into(), end: String::new(), sizes: &SIZES, full: 0 }
    }

    fn after(mut self, start: impl Into<String>) -> Self {
        self.start = start.into();
        self
    }

    fn before(mut self, end: impl Into<String>) -> Self {
        self.end = end.into();
        self
    }

    fn full(mut self, size: usize) -> Self {
        self.full = size;
        self
    }

    /// The pattern in about `size` bytes.
    fn text(&self, size: usize) -> String {
        let times = size.saturating_sub(self.start.len() + self.end.len()) / self.unit.len();
        let mut text = String::with_capacity(size + self.unit.len());
        text.push_str(&self.start);
        text.extend(std::iter::repeat_n(self.unit.as_str(), times.max(1)));
        text.push_str(&self.end);
        text
    }
}

/// The inputs of the issue's list and their relatives.
fn patterns() -> Vec<Pattern> {
    let new = |name: &str, unit: &str| Pattern::new(name, unit);
    const ALL: usize = 64 << 20;
    let han = "本机关依照有关规定及时公开应当公开的内容并按期答复每一件收到的申请";
    let mut list = vec![
        // White space and marks.
        new("spaces", " ").full(ALL),
        new("ideographic spaces", "\u{3000}").full(ALL),
        new("tabs", "\t").full(ALL),
        new("newlines", "\n").full(ALL),
        new("lines of CR only", "本行只有回车\r").full(ALL),
        new("CR", "\r"),
        new("CR LF", "\r\n"),
        new("byte order marks", "\u{FEFF}").full(ALL),
        new("zero-width spaces", "\u{200B}").full(ALL),
        new("pipes", "|").full(ALL),
        new("pipes and spaces", "| ").full(ALL),
        new("pipes and newlines", "|\n"),
        new("wide pipes", "｜"),
        new("commas", ","),
        new("wide commas", "，"),
        new("full stops", "。"),
        new("dashes", "—"),
        new("hyphens", "-"),
        new("plus signs", "+"),
        // Brackets.
        new("〔", "〔").full(ALL),
        new("（", "（").full(ALL),
        new("《", "《").full(ALL),
        new("(", "(").full(ALL),
        new("[", "["),
        new("brackets of all kinds", "〔（《([【").full(ALL),
        new("closing brackets", "）〕》)]】"),
        new("《 and words, unclosed", "《政府信息公开工作年度报告"),
        new("（ and words, unclosed", "（一件申请"),
        // Digits.
        new("digits in one line", "7").full(ALL),
        new("wide digits", "７"),
        new("digits and spaces", "7 "),
        new("digits a line", "7\n"),
        new("digits and points", "1."),
        new("digits and commas", "1,"),
        new("digits and 、", "1、"),
        new("signed digits", "+1-1"),
        new("footnote numbers", "①"),
        new("numbers in brackets", "（1）"),
        new("page numbers", "\n— 3 —\n"),
        // Prose.
        new("一、", "一、"),
        new("一、 a line", "一、\n"),
        new("（一） a line", "（一）\n"),
        new("第一章 a line", "第一章 总述\n"),
        new("headings of requests", "三、收到和处理政府信息公开申请情况\n"),
        new("headings of requests in one line", "三、收到和处理政府信息公开申请情况"),
        new("Han text without marks in one line", han).full(ALL),
        new("Han text in one line", "本机关及时公开，并按期答复每一件申请。").full(10 << 20),
        new("Han text, one sentence a line", "本机关及时公开，并按期答复每一件申请。\n").full(ALL),
        new("2019年", "2019年"),
        new("2019年 a line", "2019年\n"),
        new("2019年1月1日至", "2019年1月1日至"),
        new("2019年1月1日至2019年12月31日", "2019年1月1日至2019年12月31日，"),
        new("titles", "示例市2023年政府信息公开工作年度报告\n"),
        new("titles in one line", "示例市2023年政府信息公开工作年度报告"),
        new("own names", "《示例市2023年政府信息公开工作年度报告》"),
        new("国办发〔2019", "国办发〔2019"),
        new("国办发〔2019〕", "国办发〔2019〕"),
        new("国办发〔2019〕1号", "国办发〔2019〕1号"),
        new("〔2019〕", "〔2019〕"),
        new("号", "号"),
        new("a total and its parts", "全年收到申请30件，其中网上1件，").full(ALL),
        new("parts without a total", "其中网上1件、"),
        new("up to a day, added up", "截至2010年底累计公开1条，"),
        new("none", "无"),
        new("none received", "未收到"),
        new("zeros in words", "未收到申请、复议和诉讼，").full(ALL),
        new("shares", "占1%，"),
        new("shared numbers", "甲、乙分别为1、2件，"),
        new("articles", "《条例》第二十条第一款").full(ALL),
        new("labels of contacts", "电话/传真："),
        new("addresses", "地址：示例市"),
        new("web sites", "www."),
        new("short names", "《甲乙丙办法》（以下简称"),
        new("problems and measures", "一是不足；下一步，").after("五、存在的主要问题及改进情况\n").full(ALL),
        new("problems without numbers", "在甲、乙等方面存在不足，").after("五、存在的主要问题及改进情况\n主要是：").full(ALL),
        new("page chrome", "当前位置：").full(ALL),
        new("page chrome, a line", "当前位置：首页 > 政务公开\n"),
        new("signatures", "示例市人民政府办公室\n2024年1月20日\n"),
        new("signatories", "单位负责人：　审核人：　填报人：　联系电话：\n"),
        // Tables without labels.
        new("rules of box lines", "├──┼──┤\n").full(ALL),
        new("rules of box lines in one line", "├──┼──┤"),
        new("rules of Markdown", "|---|---|---|\n").full(ALL),
        new("rules of Markdown in one line", "|---|"),
        new("rows of pipes", "| 1 | 2 | 3 |\n"),
        new("rows of tabs", "甲\t1\t2\n"),
        new("rows of spaces", "甲    1    2\n"),
        // Labels.
        new("规章", "规章"),
        new("总计", "总计"),
        new("总计 and figures", "总计 7\n"),
        new("其他", "其他"),
        new("其他 and spaces", "其他 "),
        new("其他 and lines", "其他\n"),
        new("其他 and pipes", "其他 | "),
        new("本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
        new("本年新收政府信息公开申请数量 and spaces", "本年新收政府信息公开申请数量 "),
        new("labels and spaces", "规章 其他 总计 "),
        new("glued digits", "1234567890").after(format!("{}本年新收政府信息公开申请数量", labels(requests()).join("\n"))),
        new("glued digits behind a label", "一、本年新收政府信息公开申请数量12345678901234"),
        new("glued digits behind labels", "规章1234567规范性文件7654321行政许可123456"),
        new("a letter far from a label", "其他一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九"),
    ];
    let requests = requests();
    list.push(Pattern::new("header of requests", format!("{}\n", header(requests).join(" "))));
    list.push(Pattern::new("header of requests in one line", header(requests).concat()));
    for (name, mark, end) in [("spaces", " ", "\n"), ("pipes", " | ", " |\n"), ("tabs", "\t", "\n"), ("lines", "\n", "\n"), ("no separators", "", "")]
    {
        list.push(Pattern::new(format!("tables of requests between {name}"), table(requests, mark, end)).full(if mark == " " { ALL } else { 0 }));
    }
    list.push(Pattern::new("rows of requests behind one header", rows(requests, " ", "\n")).after(format!("{}\n", header(requests).join(" "))));
    list.push(
        Pattern::new("one row of requests behind one header", "本年新收政府信息公开申请数量 1 0 0 0 0 0 1\n")
            .after(format!("{}\n", header(requests).join(" "))),
    );
    list.push(Pattern::new("figures behind a table of requests", "1 0 0 0 0 0 1\n").after(table(requests, " ", "\n")));
    // Between two rows of a table, where a region has no end.
    let (above, below) = (table(requests, " ", "\n"), "本年新收政府信息公开申请数量 1 0 0 0 0 0 1\n");
    let marks = [
        " ",
        "\n",
        "\r",
        "\t",
        ",",
        "|",
        "| ",
        "|\n",
        "—",
        "（",
        "（ ",
        "<",
        "〔",
        "①",
        "\u{200B}",
        "\u{FEFF}",
        "├──┼──┤\n",
        "|---|---|\n",
        "\n-3-\n",
    ];
    let figures = ["7", "7 ", "7\n", "7\t", "7 | ", "7, ", "７", "0", "1、", "+7", "7.", "7（", "无 ", "— "];
    for unit in marks.into_iter().chain(figures) {
        list.push(Pattern::new(format!("{unit:?} inside a table"), unit).after(above.clone()).before(format!("1\n{below}")));
        list.push(Pattern::new(format!("{unit:?} behind a table"), unit).after(above.clone()));
    }
    list.push(Pattern::new("pipes inside a table of pipes", "| ").after(table(requests, " | ", " |\n")).before(format!("1 | \n{below}")));
    list.push(Pattern::new("lines of pipes inside a table of pipes", "|\n").after(table(requests, " | ", " |\n")).before(format!("1 | \n{below}")));
    // Rows that no form has.
    let header = header(requests).join(" ");
    list.push(Pattern::new("unknown rows behind one header", "甲乙丙 1 0 0 0 0 0 1\n").after(format!("{header}\n")));
    list.push(Pattern::new("unknown rows, each behind its header", format!("{header}\n甲乙丙 1 0 0 0 0 0 1\n。\n")));
    list.push(Pattern::new("unknown rows between rows of requests", "甲乙丙 1 0 0 0 0 0 1\n其他 1 0 0 0 0 0 1\n".to_owned()).after(above.clone()));
    list.push(
        Pattern::new("unknown rows of pipes between rows", "| 甲乙丙 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n| 其他 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n")
            .after(above.clone()),
    );
    list.push(Pattern::new("headers, each with a figure", format!("{header}\n7\n。\n")));
    // Brackets that hide the next labels.
    list.push(Pattern::new("labels before unclosed brackets", "其他处理（"));
    list.push(Pattern::new("labels before unclosed brackets inside a table", "其他处理（").after(above.clone()).before(format!("1\n{below}")));
    list.push(Pattern::new("labels of requests before unclosed brackets", labels(requests).join("（")));
    for form in &forms().editions {
        for table in &form.tables {
            list.push(Pattern::new(format!("labels of {} {} in one line", form.id, table.id), labels(table).concat()));
            list.push(Pattern::new(format!("labels of {} {}, a line each", form.id, table.id), format!("{}\n", labels(table).join("\n"))));
        }
        for (name, print, _) in DIALECTS {
            let report = print(form, &fill(form, &mut Rng::new(7), Style::default()));
            list.push(Pattern { sizes: &REPORT_SIZES, ..Pattern::new(format!("reports of {} as {name}", form.id), report) });
        }
    }
    let every: Vec<&str> = forms().editions.iter().flat_map(|f| &f.tables).flat_map(labels).collect();
    list.push(Pattern::new("all labels in one line", every.concat()));
    list.push(Pattern::new("all labels and figures", every.iter().map(|l| format!("{l} 1\n")).collect::<String>()));
    list
}

fn requests() -> &'static FormTable {
    forms().edition("2021").unwrap().tables.iter().find(|t| t.id == "requests").unwrap()
}

fn header(table: &FormTable) -> Vec<&str> {
    table.headers.iter().chain(table.columns.iter().flat_map(|c| c.labels.first())).map(String::as_str).collect()
}

/// The labels that a table prints, in its order.
fn labels(table: &FormTable) -> Vec<&str> {
    let titles = table.blocks.iter().flat_map(|b| b.titles.first()).map(String::as_str);
    header(table).into_iter().chain(titles).chain(table.rows.iter().flat_map(|r| r.labels.first()).map(String::as_str)).collect()
}

/// Its rows, filled with ones that obey no rule.
fn rows(table: &FormTable, mark: &str, end: &str) -> String {
    table
        .rows
        .iter()
        .flat_map(|r| Some((r, r.labels.first()?)))
        .map(|(r, label)| format!("{label}{}{end}", format!("{mark}1").repeat(r.columns.len())))
        .collect()
}

fn table(table: &FormTable, mark: &str, end: &str) -> String {
    format!("{}{end}{}", header(table).join(mark), rows(table, mark, end))
}

/// A pattern as measured: bytes and seconds of every size.
struct Curve {
    name: String,
    points: Vec<(f64, f64)>,
}

impl Curve {
    /// The slope of the line through the logarithms of the three largest sizes; of one point alone it is unknown and counts as 1.
    fn slope(&self) -> f64 {
        let logs: Vec<(f64, f64)> = self.points.iter().rev().take(3).map(|(bytes, seconds)| (bytes.ln(), seconds.ln())).collect();
        #[allow(clippy::cast_precision_loss)]
        let n = logs.len() as f64;
        let (x, y) = (logs.iter().map(|p| p.0).sum::<f64>() / n, logs.iter().map(|p| p.1).sum::<f64>() / n);
        let (over, under) = logs.iter().fold((0.0, 0.0), |(o, u), p| (o + (p.0 - x) * (p.1 - y), u + (p.0 - x).powi(2)));
        if under > 0.0 { over / under } else { 1.0 }
    }

    /// Bytes a second at the largest size.
    fn speed(&self) -> f64 {
        self.points.last().map_or(0.0, |(bytes, seconds)| bytes / seconds)
    }

    fn row(&self) -> String {
        let per_byte: Vec<String> = self.points.iter().map(|(bytes, seconds)| format!("{:.1}", seconds / bytes * 1e9)).collect();
        format!("| {} | {:.2} | {:.1} | {} |", self.name, self.slope(), self.speed() / 1e6, per_byte.join(" "))
    }
}

/// Seconds of one parse; short ones are repeated for their mean.
fn seconds(text: &str) -> f64 {
    let start = Instant::now();
    let mut times = 0;
    loop {
        black_box(gongkai::parse(black_box(text), &gongkai::Options::default()));
        times += 1;
        let taken = start.elapsed();
        if taken >= SHORT {
            return taken.as_secs_f64() / f64::from(times);
        }
    }
}

/// Measures a pattern at the sizes, smallest first, until one takes too long.
fn measure(pattern: &Pattern, sizes: &[usize], runs: usize, patience: Duration) -> Curve {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for &size in sizes {
        let text = pattern.text(size);
        #[allow(clippy::cast_precision_loss)]
        let bytes = text.len() as f64;
        if let [_, .., (before, took)] = points.as_slice()
            && took * bytes / before > patience.as_secs_f64()
        {
            break;
        }
        let mut best = seconds(&text);
        for _ in 1..runs {
            // What took long has told enough.
            if best < patience.as_secs_f64() / 4.0 {
                best = best.min(seconds(&text));
            }
        }
        points.push((bytes, best));
    }
    Curve { name: pattern.name.clone(), points }
}

/// Measures; what looks bad is measured again, up to four times, and the best time of each size counts: another process may have been in the way
/// of any of them, and none makes a text faster to read.
fn judge(pattern: &Pattern, sizes: &[usize], limit: f64, patience: Duration) -> (Curve, bool) {
    let good = |curve: &Curve| curve.slope() <= limit && curve.speed() >= FLOOR;
    let mut best = measure(pattern, sizes, 2, patience);
    for _ in 0..4 {
        if good(&best) {
            break;
        }
        let again = measure(pattern, sizes, 2, patience);
        // A busy machine may have ended one of them at a smaller size.
        let behind = best.points.len().min(again.points.len());
        best.points.extend(again.points.iter().skip(behind));
        for ((_, took), (_, again)) in best.points.iter_mut().zip(&again.points) {
            *took = took.min(*again);
        }
    }
    let verdict = good(&best);
    (best, verdict)
}

const HEAD: &str = "| pattern | slope | MB/s at the largest | ns/byte at each size |\n| --- | --- | --- | --- |";

/// Every label of the forms, alone and again and again.
fn single_labels() -> Vec<Pattern> {
    let tables = || forms().editions.iter().flat_map(|f| &f.tables);
    let of_rows = tables().flat_map(|t| t.rows.iter().flat_map(|r| &r.labels));
    let of_headers = tables().flat_map(|t| {
        t.headers.iter().chain(&t.notes).chain(t.columns.iter().flat_map(|c| &c.labels)).chain(t.blocks.iter().flat_map(|b| &b.titles))
    });
    let all: std::collections::BTreeSet<&String> = of_rows.chain(of_headers).collect();
    all.into_iter().flat_map(|l| [Pattern::new(l.as_str(), l.as_str()), Pattern::new(format!("{l} 7"), format!("{l} 7\n"))]).collect()
}

#[test]
fn time_is_linear() {
    let full = std::env::var_os("GONGKAI_GROWTH").is_some_and(|v| v == "full");
    // The forms and the automaton are built once.
    black_box(gongkai::parse("规章", &gongkai::Options::default()));
    println!("{HEAD}");
    let mut bad = Vec::new();
    let mut add = |(curve, good): (Curve, bool)| {
        if !good {
            bad.push(curve.row());
        }
        println!("{}", curve.row());
    };
    for pattern in patterns() {
        add(judge(&pattern, pattern.sizes, SLOPE, PATIENCE));
    }
    if full {
        for pattern in single_labels() {
            add(judge(&pattern, pattern.sizes, SLOPE, PATIENCE));
        }
        for pattern in patterns().into_iter().filter(|p| p.full > 0) {
            let mut sizes: Vec<usize> = FULL_SIZES.into_iter().filter(|&s| s <= pattern.full).collect();
            if !sizes.contains(&pattern.full) {
                sizes.push(pattern.full);
            }
            add(judge(&pattern, &sizes, FULL_SLOPE, FULL_PATIENCE));
        }
    }
    assert!(bad.is_empty(), "slower than linear, or than {} MB/s:\n{HEAD}\n{}", FLOOR / 1e6, bad.join("\n"));
}
