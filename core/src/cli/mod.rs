//! The command line: figures, reports, outlines and forms from files, folders, globs and standard input.
//!
//! Results go to standard output, everything else to standard error in the user's language. A file that cannot be read is reported and the
//! others go on; the exit status is then 2.

#![allow(clippy::print_stdout, clippy::print_stderr)] // A command line prints.

mod cells;
mod check;
mod compare;
mod convert;
mod explain;
mod facts;
mod forms;
mod indicators;
mod inputs;
mod outline;
mod print;
mod text;
mod words;

use std::{
    ffi::OsString,
    io::{IsTerminal, Write},
};

use clap::{Parser, Subcommand};

use cells::{CellFormat, cells};
use check::{CheckArgs, check};
use compare::compared;
use convert::{BlankArgs, ConvertArgs, blank, converted};
use explain::explained;
use facts::facts;
use forms::forms;
use indicators::indicators;
use inputs::{Inputs, documents, each};
use outline::{Outline, OutlineFormat, outline_text};
use text::places;
use words::complain;

/// 读取政府信息公开工作年度报告 · Reads China's government-information-disclosure annual reports
#[derive(Parser)]
#[command(name = "gongkai", version, after_help = AFTER_HELP, max_term_width = 120)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

const AFTER_HELP: &str = "\
FILE: 文件、文件夹、通配符，或 - 表示标准输入 / files, folders, globs, or - for standard input.
退出码 / exit status: 0 成功 ok; 1 check 发现错误或警告 check found errors or warnings;
2 有文件无法读取或用法错误 a file could not be read, or wrong usage.

  gongkai cells report.txt
  gongkai check reports/
  gongkai cells --format csv reports/ > figures.csv
  gongkai parse report.txt | jq '.findings[].message.zh'";

#[derive(Subcommand)]
enum Verb {
    /// 表中数据，每行一个 · The figures of the tables, one a line
    Cells {
        #[command(flatten)]
        inputs: Inputs,
        /// 输出格式 · Output format [default: table on a terminal, else ndjson]
        #[arg(long, value_enum)]
        format: Option<CellFormat>,
        /// CSV 前加 BOM，便于 Excel 打开 · A byte order mark before CSV, for Excel
        #[arg(long)]
        excel: bool,
    },
    /// 完整结果（JSON） · The whole report as JSON
    Parse {
        #[command(flatten)]
        inputs: Inputs,
        /// 每份报告一行 · One report a line
        #[arg(long)]
        compact: bool,
    },
    /// 正文中的数量，每行一个 · The quantities of the running prose, one a line
    Facts {
        #[command(flatten)]
        inputs: Inputs,
        /// 输出格式 · Output format [default: table on a terminal, else ndjson]
        #[arg(long, value_enum)]
        format: Option<CellFormat>,
        /// CSV 前加 BOM，便于 Excel 打开 · A byte order mark before CSV, for Excel
        #[arg(long)]
        excel: bool,
    },
    /// 跨版本指标，每个一行，附来源 · Indicators across all editions, one a line, each with its source
    Indicators {
        #[command(flatten)]
        inputs: Inputs,
        /// 输出格式 · Output format [default: table on a terminal, else ndjson]
        #[arg(long, value_enum)]
        format: Option<CellFormat>,
        /// CSV 前加 BOM，便于 Excel 打开 · A byte order mark before CSV, for Excel
        #[arg(long)]
        excel: bool,
        /// 一份报告未能确定的数字，由同一机关相邻年份的报告定夺 · Let an agency's other years decide what one report leaves open
        #[arg(long)]
        years: bool,
    },
    /// 标题、年度、章节等 · Title, year, sections and the like
    Outline {
        #[command(flatten)]
        inputs: Inputs,
        /// 输出格式 · Output format [default: text on a terminal, else json]
        #[arg(long, value_enum)]
        format: Option<OutlineFormat>,
    },
    /// 文档的文字及其位置，便于查错 · The words of a document with their places, for finding mistakes
    Text {
        #[command(flatten)]
        inputs: Inputs,
        /// 只输出文字 · Only the words
        #[arg(long)]
        plain: bool,
    },
    /// 核对报告及相邻年度 · What is wrong with reports, and between the years of an agency
    Check(Box<CheckArgs>),
    /// 比较两份报告 · What differs between two reports
    Compare {
        #[command(flatten)]
        inputs: Inputs,
        /// 输出格式 · Output format
        #[arg(long, value_enum, default_value = "text")]
        format: OutlineFormat,
    },
    /// 官方表样：Word、HTML、Markdown · The official form of a report as Word, HTML, Markdown
    Convert(ConvertArgs),
    /// 空白表样 · A blank form
    Blank(BlankArgs),
    /// 代码的含义 · What a code means
    Explain {
        /// 代码，如 GK201 · Codes as GK201
        #[arg(required = true, value_name = "CODE")]
        codes: Vec<String>,
        /// 输出格式 · Output format
        #[arg(long, value_enum, default_value = "text")]
        format: OutlineFormat,
    },
    /// 已知的表样版本 · The editions of the form
    Forms {
        /// 输出格式 · Output format
        #[arg(long, value_enum, default_value = "text")]
        format: OutlineFormat,
        /// 只列这一版 · Only this edition, with all its rows
        edition: Option<String>,
    },
    /// 结果格式的 JSON Schema · The JSON Schema of the result
    Schema,
}

/// Runs the program with its arguments, the name of the program first. The result is its exit status.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // What was asked for (help, version) goes to standard output; if that is closed, nobody is there to be told.
            let _ = error.print();
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    match run(cli.verb) {
        Ok(status) => status,
        // A reader that closes early (head) is no error.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            complain(&format!("无法写出结果：{error}"), &format!("cannot write the result: {error}"));
            2
        }
    }
}

/// Runs a verb; the exit status is 2 if a file could not be read.
fn run(verb: Verb) -> std::io::Result<u8> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let terminal = std::io::stdout().is_terminal();
    let complete = match verb {
        Verb::Cells { inputs, format, excel } => {
            let format = format.unwrap_or(if terminal { CellFormat::Table } else { CellFormat::Ndjson });
            cells(&inputs, format, excel, &mut out)?
        }
        Verb::Parse { inputs, compact } => each(&inputs, &mut out, |_, report, out| {
            if compact {
                serde_json::to_writer(&mut *out, report)?
            } else {
                serde_json::to_writer_pretty(&mut *out, report)?
            }
            writeln!(out)
        })?,
        Verb::Facts { inputs, format, excel } => {
            let format = format.unwrap_or(if terminal { CellFormat::Table } else { CellFormat::Ndjson });
            facts(&inputs, format, excel, &mut out)?
        }
        Verb::Indicators { inputs, format, excel, years } => {
            let format = format.unwrap_or(if terminal { CellFormat::Table } else { CellFormat::Ndjson });
            indicators(&inputs, format, excel, years, &mut out)?
        }
        Verb::Outline { inputs, format } => {
            let format = format.unwrap_or(if terminal { OutlineFormat::Text } else { OutlineFormat::Json });
            each(&inputs, &mut out, |file, report, out| match format {
                OutlineFormat::Json => {
                    serde_json::to_writer_pretty(&mut *out, &Outline::new(report))?;
                    writeln!(out)
                }
                OutlineFormat::Text => outline_text(file, report, out),
            })?
        }
        Verb::Text { inputs, plain } => {
            documents(&inputs, &mut out, |_, document, _, out| if plain { out.write_all(document.text.as_bytes()) } else { places(document, out) })?
        }
        Verb::Check(args) => {
            let status = check(&args, &mut out)?;
            out.flush()?;
            return Ok(status);
        }
        Verb::Compare { inputs, format } => compared(&inputs, format, &mut out)?,
        Verb::Convert(args) => converted(&args, &mut out)?,
        Verb::Blank(args) => blank(&args, &mut out)?,
        Verb::Explain { codes, format } => explained(&codes, format, &mut out)?,
        Verb::Forms { format, edition } => forms(format, edition.as_deref(), &mut out)?,
        Verb::Schema => {
            serde_json::to_writer_pretty(&mut out, &gongkai::schema())?;
            writeln!(out)?;
            true
        }
    };
    out.flush()?;
    Ok(if complete { 0 } else { 2 })
}
