//! The command line: figures, reports, outlines and forms from files, folders, globs and standard input.
//!
//! Results go to standard output, everything else to standard error in the user's language. A file that cannot be read is reported and the
//! others go on; the exit status is then 2.

#![allow(clippy::print_stdout, clippy::print_stderr)] // A command line prints.

use std::{
    io::{IsTerminal, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand, ValueEnum};
use gongkai::{Document, Figure, Options, Report, Span, Status};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// 读取政府信息公开工作年度报告 · Reads China's government-information-disclosure annual reports
#[derive(Parser)]
#[command(name = "gongkai", version, after_help = AFTER_HELP, max_term_width = 120)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

const AFTER_HELP: &str = "\
FILE: 文件、文件夹、通配符，或 - 表示标准输入 / files, folders, globs, or - for standard input.
退出码 / exit status: 0 成功 ok; 2 有文件无法读取或用法错误 a file could not be read, or wrong usage.

  gongkai cells report.txt
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

#[derive(clap::Args)]
struct Inputs {
    /// 文件、文件夹、通配符或 - · Files, folders, globs or -
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<String>,
    /// 文件大小上限（字节） · Bytes a file may have
    #[arg(long, default_value_t = Options::default().max_bytes)]
    max_bytes: usize,
}

/// A report is thousands of small pieces: the system's allocator takes a sixth of the time to read one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CellFormat {
    Ndjson,
    Csv,
    Table,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutlineFormat {
    Json,
    Text,
}

/// Suffixes of the files of a folder that are read.
const SUFFIXES: [&str; 13] = ["txt", "md", "text", "markdown", "html", "htm", "shtml", "docx", "pdf", "xlsx", "xls", "xlsb", "ods"];

/// Many files take long enough for a progress bar.
const MANY: usize = 50;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.verb) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        // A reader that closes early (head) is no error.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("无法写出结果：{error}"), &format!("cannot write the result: {error}"));
            ExitCode::from(2)
        }
    }
}

/// Runs a verb; `false` if a file could not be read.
fn run(verb: Verb) -> std::io::Result<bool> {
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
        Verb::Forms { format, edition } => forms(format, edition.as_deref(), &mut out)?,
        Verb::Schema => {
            serde_json::to_writer_pretty(&mut out, &gongkai::schema())?;
            writeln!(out)?;
            true
        }
    };
    out.flush()?;
    Ok(complete)
}

// --------------------------------------------------------------------------------------------------------------------
// Files.

/// Calls `print` with the report of every input, in order; `false` if one could not be read.
fn each(inputs: &Inputs, out: &mut dyn Write, mut print: impl FnMut(&str, &Report, &mut dyn Write) -> std::io::Result<()>) -> std::io::Result<bool> {
    documents(inputs, out, |file, document, options, out| print(file, &gongkai::parse_document(document, options), out))
}

/// Calls `print` with every input as read, in order; `false` if one could not be read.
fn documents(
    inputs: &Inputs,
    out: &mut dyn Write,
    mut print: impl FnMut(&str, &Document, &Options, &mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<bool> {
    let mut complete = true;
    let files = expand(&inputs.paths, &mut complete);
    let mut options = Options::default();
    options.max_bytes = inputs.max_bytes;
    let bar =
        (files.len() >= MANY && std::io::stderr().is_terminal()).then(|| indicatif::ProgressBar::new(u64::try_from(files.len()).unwrap_or(u64::MAX)));
    for file in files {
        let name = file.display().to_string();
        let read = load(&file).map_err(|e| system(&e)).and_then(|bytes| {
            gongkai::document(&bytes, &options).map_err(|e| {
                let message = e.message();
                (message.zh.into_owned(), message.en.into_owned())
            })
        });
        match read {
            Ok(document) => print(&name, &document, &options, out)?,
            Err((zh, en)) => {
                complete = false;
                complain(&format!("{name}：{zh}"), &format!("{name}: {en}"));
            }
        }
        if let Some(bar) = &bar {
            bar.inc(1);
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(complete)
}

fn load(file: &Path) -> std::io::Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(file)
}

/// Folders become the text files in them, globs the files they match, in the order of their names.
fn expand(paths: &[String], complete: &mut bool) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        let as_path = Path::new(path);
        if as_path.is_dir() {
            folder(as_path, &mut files);
        } else if path.contains(['*', '?']) && !as_path.exists() {
            let mut matched: Vec<PathBuf> = glob::glob(path).map(|found| found.flatten().collect()).unwrap_or_default();
            if matched.is_empty() {
                *complete = false;
                complain(&format!("{path}：没有匹配的文件"), &format!("{path}: no file matches"));
            }
            matched.sort();
            files.append(&mut matched);
        } else {
            files.push(as_path.to_owned());
        }
    }
    files
}

fn folder(path: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(path).map(|entries| entries.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            folder(&entry, files);
        } else if entry.extension().and_then(|e| e.to_str()).is_some_and(|e| SUFFIXES.contains(&e)) {
            files.push(entry);
        }
    }
}

// --------------------------------------------------------------------------------------------------------------------
// Printing.

/// A figure with the file it is from.
#[derive(Serialize)]
struct Cell<'a> {
    file: &'a str,
    #[serde(flatten)]
    figure: &'a Figure,
}

fn cells(inputs: &Inputs, format: CellFormat, excel: bool, out: &mut dyn Write) -> std::io::Result<bool> {
    match format {
        CellFormat::Ndjson => each(inputs, out, |file, report, out| {
            for figure in &report.figures {
                serde_json::to_writer(&mut *out, &Cell { file, figure })?;
                writeln!(out)?;
            }
            Ok(())
        }),
        CellFormat::Csv => {
            if excel {
                out.write_all("\u{FEFF}".as_bytes())?;
            }
            csv_row(out, &["file", "path", "label", "value", "missing", "unit", "raw", "start", "end", "status", "flags"].map(str::to_owned))?;
            each(inputs, out, |file, report, out| {
                for f in &report.figures {
                    let place = |n: Option<usize>| n.map_or_else(String::new, |n| n.to_string());
                    let row = [
                        safe(file),
                        f.path.to_string(),
                        safe(&f.label),
                        f.value.map_or_else(String::new, |v| v.to_string()),
                        f.missing.map_or_else(String::new, |m| word(&m)),
                        f.unit.as_deref().unwrap_or_default().to_owned(),
                        safe(&f.raw),
                        place(f.span.map(|s| s.start)),
                        place(f.span.map(|s| s.end)),
                        word(&f.status),
                        f.flags.join(" "),
                    ];
                    csv_row(out, &row)?;
                }
                Ok(())
            })
        }
        CellFormat::Table => each(inputs, out, table),
    }
}

/// The words of a document, each line and each cell behind its place: bytes from the start of the text, then the page or the sheet, table, row
/// and column.
fn places(document: &Document, out: &mut dyn Write) -> std::io::Result<()> {
    let encoding = document.encoding.map(|e| format!(" {e}")).unwrap_or_default();
    writeln!(out, "{}{encoding} · {} bytes · body {}..{}", document.format.name(), document.text.len(), document.body.start, document.body.end)?;
    for (name, value) in &document.metadata {
        writeln!(out, "{name}: {value}")?;
    }
    let mut line = |start: usize, end: usize| {
        let span = Span::new(start, end);
        let place = document.locate(span).map(|l| serde_json::to_string(&l)).transpose()?.unwrap_or_default();
        writeln!(out, "{start:>7}..{end:<7} {place} {}", span.of(&document.text))
    };
    let mut at = 0;
    let mut grids = document.grids.iter().peekable();
    while at < document.text.len() {
        if let Some(grid) = grids.next_if(|g| g.span.start <= at) {
            for cell in &grid.cells {
                line(cell.span.start, cell.span.end)?;
            }
            at = grid.span.end.max(at + 1);
            continue;
        }
        let end = document.text.get(at..).and_then(|rest| rest.find('\n')).map_or(document.text.len(), |i| at + i);
        line(at, end)?;
        at = end + 1;
    }
    for note in &document.notes {
        writeln!(out, "{note:?}")?;
    }
    Ok(())
}

/// A spreadsheet must not take text of a report for a formula; numbers with a sign stay as they are.
fn safe(text: &str) -> String {
    let formula = text.starts_with(['=', '@', '\t', '\r']) || (text.starts_with(['+', '-']) && text.parse::<f64>().is_err());
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn csv_row(out: &mut dyn Write, row: &[String]) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(row)?;
    writer.flush()
}

/// The word that JSON has for a value of a closed set.
fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The figures as a table for reading, with the findings below.
fn table(file: &str, report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    let zh = chinese();
    let title = report.title.clone().or_else(|| report.issuer.clone()).unwrap_or_else(|| file.to_owned());
    writeln!(out, "{title}  [{}]", report.edition.as_deref().unwrap_or("?"))?;
    let rows: Vec<[String; 5]> = report
        .figures
        .iter()
        .map(|f| {
            let value = match (&f.value, f.status, f.missing) {
                (Some(v), _, _) => v.to_string(),
                (None, Status::Ambiguous, _) => "?".to_owned(),
                (None, _, Some(gongkai::Missing::Blank)) | (None, _, None) => String::new(),
                (None, _, Some(_)) => f.raw.clone(),
            };
            let status = if f.status == Status::Printed { String::new() } else { word(&f.status) };
            [f.path.to_string(), value, f.unit.as_deref().unwrap_or_default().to_owned(), status, f.flags.join(" ")]
        })
        .collect();
    let width = |i: usize| rows.iter().filter_map(|r| r.get(i)).map(|c| c.width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    for [path, value, unit, status, flags] in &rows {
        let line = format!(
            "  {path}{}  {}{value}  {unit}{}  {status}{}  {flags}",
            pad(path, widths.first()),
            pad(value, widths.get(1)),
            pad(unit, widths.get(2)),
            pad(status, widths.get(3))
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    for f in &report.findings {
        writeln!(out, "{} {}", f.code, if zh { &f.message.zh } else { &f.message.en })?;
    }
    writeln!(out)
}

fn pad(text: &str, width: Option<&usize>) -> String {
    " ".repeat(width.copied().unwrap_or(0).saturating_sub(text.width()))
}

/// What the `outline` verb prints of a report.
#[derive(Serialize)]
struct Outline<'a> {
    title: &'a Option<String>,
    issuer: &'a Option<String>,
    year: Option<i32>,
    period: Option<(String, String)>,
    issued: Option<String>,
    published: Option<String>,
    edition: Option<&'a str>,
    evidence: &'a [gongkai::Evidence],
    signatories: &'a Option<gongkai::Signatories>,
    citations: &'a [gongkai::Citation],
    sections: &'a [gongkai::Section],
    tables: &'a [gongkai::Table],
}

impl<'a> Outline<'a> {
    fn new(report: &'a Report) -> Self {
        Self {
            title: &report.title,
            issuer: &report.issuer,
            year: report.year,
            period: report.period.map(|(a, b)| (a.to_string(), b.to_string())),
            issued: report.issued.map(|d| d.to_string()),
            published: report.published.map(|d| d.to_string()),
            edition: report.edition.as_deref(),
            evidence: &report.evidence,
            signatories: &report.signatories,
            citations: &report.citations,
            sections: &report.sections,
            tables: &report.tables,
        }
    }
}

fn outline_text(file: &str, report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    let o = Outline::new(report);
    writeln!(out, "{}", o.title.as_deref().unwrap_or(file))?;
    let line = |name: (&str, &str), value: Option<String>| value.map(|v| format!("  {}: {v}", if chinese() { name.0 } else { name.1 }));
    let lines = [
        line(("发布机关", "issuer"), o.issuer.clone()),
        line(("年度", "year"), o.year.map(|y| y.to_string())),
        line(("统计期限", "period"), o.period.map(|(a, b)| format!("{a} – {b}"))),
        line(("落款日期", "issued"), o.issued),
        line(("发布日期", "published"), o.published),
        line(("表样版本", "edition"), o.edition.map(str::to_owned)),
    ];
    for text in lines.into_iter().flatten() {
        writeln!(out, "{text}")?;
    }
    for section in o.sections {
        let heading = section.heading.as_deref().unwrap_or("—");
        writeln!(out, "  {}{heading}  [{}]", "  ".repeat(usize::from(section.level)), section.kind.as_deref().unwrap_or("?"))?;
    }
    writeln!(out)
}

fn forms(format: OutlineFormat, only: Option<&str>, out: &mut dyn Write) -> std::io::Result<bool> {
    #[derive(Serialize)]
    struct Edition<'a> {
        id: &'a str,
        title: &'a str,
        extends: Option<&'a str>,
        years: (Option<i32>, Option<i32>),
        notices: &'a [String],
        paths: Vec<&'a str>,
    }
    let editions: Vec<Edition<'_>> = gongkai::forms()
        .editions
        .iter()
        .filter(|f| only.is_none_or(|id| id == f.id))
        .map(|f| Edition {
            id: &f.id,
            title: &f.title,
            extends: f.extends.as_deref(),
            years: (f.first_year, f.last_year),
            notices: &f.notices,
            paths: f.tables.iter().flat_map(|t| &t.rows).flat_map(|r| r.paths.iter().map(String::as_str)).collect(),
        })
        .collect();
    if let (Some(id), true) = (only, editions.is_empty()) {
        complain(&format!("没有版本 {id}"), &format!("there is no edition {id}"));
        return Ok(false);
    }
    if format == OutlineFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &editions)?;
        writeln!(out)?;
        return Ok(true);
    }
    for e in &editions {
        let (first, last) = (e.years.0.map_or_else(String::new, |y| y.to_string()), e.years.1.map_or_else(String::new, |y| y.to_string()));
        writeln!(out, "{}  {first}–{last}  {}  {}", e.id, e.title, e.notices.join(" "))?;
        if only.is_some() {
            for path in &e.paths {
                writeln!(out, "  {path}")?;
            }
        }
    }
    Ok(true)
}

// --------------------------------------------------------------------------------------------------------------------
// Words for the user.

/// Whether the user reads Chinese: by `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set.
fn chinese() -> bool {
    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty())).is_some_and(|v| v.starts_with("zh"))
}

/// What the system says of a file, in both languages.
fn system(error: &std::io::Error) -> (String, String) {
    let zh = match error.kind() {
        std::io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        std::io::ErrorKind::IsADirectory => "这是文件夹".to_owned(),
        _ => format!("无法读取（{error}）"),
    };
    (zh, error.to_string())
}

fn complain(zh: &str, en: &str) {
    eprintln!("gongkai: {}", if chinese() { zh } else { en });
}
