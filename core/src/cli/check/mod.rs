//! The verb `check`: the findings of reports, and of the years of each agency.

mod github;
mod json;
mod places;
mod sarif;
mod text;
mod waivers;

use std::{collections::HashMap, io::Write, path::PathBuf};

use clap::ValueEnum;
use gongkai::{CATALOGUE, Document, Figure, Finding, Member, Name, Options, Report, Series, SeriesFinding, SeriesOptions, Severity};

use crate::cli::{
    inputs::{Inputs, failures},
    words::complain,
};
use places::Places;
use waivers::Waivers;

#[derive(clap::Args)]
pub struct CheckArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// 输出格式 · Output format
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
    /// 只看这些代码或前缀 · Only these codes or their beginnings: GK2,GK401
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    select: Vec<String>,
    /// 不看这些代码或前缀 · Not these codes or their beginnings
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    ignore: Vec<String>,
    /// 不看比这更轻的 · Nothing that matters less
    #[arg(long, value_enum, value_name = "SEVERITY")]
    min_severity: Option<Least>,
    /// 已作出决定的发现，每行一个 · Findings that were decided on, one a line
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// 写出豁免文件：原有的，加上现有的发现 · Writes a file of waivers: those in use and one for each finding that is left
    #[arg(long, value_name = "FILE")]
    write_waivers: Option<PathBuf>,
    /// 新写的豁免的理由 · The reason for the waivers that are written anew
    #[arg(long, value_name = "TEXT", default_value = "", requires = "write_waivers")]
    reason: String,
    /// 所有文件属于同一机关 · All files are of one agency, whatever they call it
    #[arg(long)]
    one_agency: bool,
    /// 有错误或警告时退出码仍为 0 · Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    Text,
    Json,
    Sarif,
    Github,
}

/// The least severity that is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    Error,
    Warning,
    Note,
}

/// A file with what is printed of it.
pub struct Checked {
    file: String,
    document: Document,
    report: Report,
    places: Places,
    /// Where each path stands in [`Report::figures`].
    paths: HashMap<Name, usize>,
    /// Findings that are left, as numbers of [`Report::findings`].
    open: Vec<usize>,
    /// Findings that were waived, with the reason.
    waived: Vec<(usize, String)>,
}

impl Checked {
    fn figure(&self, path: &str) -> Option<&Figure> {
        self.paths.get(path).and_then(|&i| self.report.figures.get(i))
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.open.iter().filter_map(|&i| self.report.findings.get(i))
    }

    fn waived(&self) -> impl Iterator<Item = (&Finding, &str)> {
        self.waived.iter().filter_map(|(i, reason)| Some((self.report.findings.get(*i)?, reason.as_str())))
    }
}

/// The years of an agency with what is printed of them.
pub struct Chain {
    series: Series,
    open: Vec<usize>,
    waived: Vec<(usize, String)>,
}

impl Chain {
    fn findings(&self) -> impl Iterator<Item = &SeriesFinding> {
        self.open.iter().filter_map(|&i| self.series.findings.get(i))
    }

    fn waived(&self) -> impl Iterator<Item = (&SeriesFinding, &str)> {
        self.waived.iter().filter_map(|(i, reason)| Some((self.series.findings.get(*i)?, reason.as_str())))
    }
}

/// A file that could not be read, with why.
pub struct Failed {
    file: String,
    zh: String,
    en: String,
}

/// What stays of the findings.
struct Filter {
    select: Vec<String>,
    ignore: Vec<String>,
    least: Severity,
    waivers: Waivers,
}

enum Fate {
    Open,
    Waived(String),
    Dropped,
}

impl Filter {
    fn fate(&mut self, file: &str, finding: &Finding) -> Fate {
        let any = |list: &[String]| list.iter().any(|prefix| finding.code.starts_with(prefix.as_str()));
        if (!self.select.is_empty() && !any(&self.select)) || any(&self.ignore) || finding.severity > self.least {
            return Fate::Dropped;
        }
        self.waivers.reason(file, &finding.fingerprint).map_or(Fate::Open, Fate::Waived)
    }

    fn sort<'a>(&mut self, findings: impl Iterator<Item = (&'a str, &'a Finding)>) -> (Vec<usize>, Vec<(usize, String)>) {
        let (mut open, mut waived) = (Vec::new(), Vec::new());
        for (i, (file, finding)) in findings.enumerate() {
            match self.fate(file, finding) {
                Fate::Open => open.push(i),
                Fate::Waived(reason) => waived.push((i, reason)),
                Fate::Dropped => {}
            }
        }
        (open, waived)
    }
}

/// Counts of what is printed.
#[derive(Default)]
pub struct Counts {
    files: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
}

impl Counts {
    fn add(&mut self, finding: &Finding) {
        *match finding.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        } += 1;
    }
}

/// Checks the files; the exit status: 0 clean, 1 findings of severity error or warning, 2 if a file could not be read.
pub fn check(args: &CheckArgs, out: &mut dyn Write) -> std::io::Result<u8> {
    let codes = |list: &[String]| list.iter().map(|c| c.trim().to_ascii_uppercase()).collect::<Vec<_>>();
    let (select, ignore) = (codes(&args.select), codes(&args.ignore));
    for prefix in select.iter().chain(&ignore) {
        if !CATALOGUE.iter().any(|kind| kind.code.starts_with(prefix.as_str())) {
            complain(&format!("没有以 {prefix} 开头的代码"), &format!("no code begins with {prefix}"));
            return Ok(2);
        }
    }
    let waivers = match args.waivers.as_deref().map_or_else(|| Ok(Waivers::default()), Waivers::load) {
        Ok(waivers) => waivers,
        Err((zh, en)) => {
            complain(&zh, &en);
            return Ok(2);
        }
    };
    let least = match args.min_severity {
        Some(Least::Error) => Severity::Error,
        Some(Least::Warning) => Severity::Warning,
        Some(Least::Note) | None => Severity::Note,
    };
    let mut filter = Filter { select, ignore, least, waivers };
    let mut read: Vec<Read> = Vec::new();
    let mut used = None;
    let mut files: Vec<Checked> = Vec::new();
    let mut failed: Vec<Failed> = Vec::new();
    let mut counts = Counts::default();
    let mut complete = failures(
        &args.inputs,
        out,
        |file, document, options, _| {
            read.push(Read { file: file.to_owned(), document: document.clone(), report: gongkai::parse_document(document, options) });
            used = Some(options.clone());
            Ok(())
        },
        |file, zh, en| failed.push(Failed { file: file.to_owned(), zh: zh.to_owned(), en: en.to_owned() }),
    )?;
    if let Some(options) = used {
        decide(&mut read, &options, args.one_agency);
    }
    for Read { file, document, report } in read {
        let (open, waived) = filter.sort(report.findings.iter().map(|f| (file.as_str(), f)));
        let paths = report.figures.iter().enumerate().map(|(i, f)| (f.path.clone(), i)).collect();
        let checked = Checked { places: Places::new(&document.text), file, document, paths, report, open, waived };
        counts.files += 1;
        counts.waived += checked.waived.len();
        checked.findings().for_each(|f| counts.add(f));
        match args.format {
            CheckFormat::Text => text::file(&checked, out)?,
            CheckFormat::Github => checked.findings().try_for_each(|f| github::annotation(&checked, f, out))?,
            CheckFormat::Json | CheckFormat::Sarif => {}
        }
        files.push(checked);
    }
    let chains = chains(&files, args.one_agency, &mut filter);
    for chain in &chains {
        counts.waived += chain.waived.len();
        chain.findings().for_each(|f| counts.add(&f.finding));
    }
    match args.format {
        CheckFormat::Text => {
            chains.iter().try_for_each(|chain| text::chain(chain, &files, out))?;
            text::summary(&counts, out)?;
        }
        CheckFormat::Github => {
            for found in chains.iter().flat_map(Chain::findings) {
                if let Some(checked) = files.get(found.report) {
                    github::annotation(checked, &found.finding, out)?;
                }
            }
        }
        CheckFormat::Json => json::write(&files, &chains, &failed, out)?,
        CheckFormat::Sarif => sarif::write(&files, &chains, &failed, out)?,
    }
    let names: Vec<&str> = files.iter().map(|f| f.file.as_str()).collect();
    for unused in filter.waivers.unused(&names) {
        complain(&format!("未用到的豁免：{unused}"), &format!("a waiver that waives nothing: {unused}"));
    }
    if let Some(path) = &args.write_waivers {
        let open = files.iter().flat_map(|f| f.findings().map(|finding| (f.file.as_str(), finding)));
        let years = chains.iter().flat_map(|c| c.findings().filter_map(|f| Some((files.get(f.report)?.file.as_str(), &f.finding))));
        if let Err(error) = filter.waivers.write(path, open.chain(years), &args.reason) {
            let path = path.display();
            complain(&format!("{path}：无法写入（{error}）"), &format!("{path}: {error}"));
            complete = false;
        }
    }
    Ok(match (complete, counts.errors + counts.warnings) {
        (false, _) => 2,
        (true, 0) => 0,
        (true, _) => u8::from(!args.exit_zero),
    })
}

/// A report before its findings are sorted.
struct Read {
    file: String,
    document: Document,
    report: Report,
}

/// Lets the years beside decide what a report alone leaves open.
fn decide(read: &mut [Read], options: &Options, one_agency: bool) {
    let mut reports: Vec<Report> = read.iter_mut().map(|r| std::mem::take(&mut r.report)).collect();
    let documents: Vec<(&str, &Document)> = read.iter().map(|r| (r.file.as_str(), &r.document)).collect();
    gongkai::reread(&documents, &mut reports, options, &SeriesOptions::of_one_agency(one_agency));
    read.iter_mut().zip(reports).for_each(|(r, report)| r.report = report);
}

/// The chains of two years and more.
fn chains(files: &[Checked], one_agency: bool, filter: &mut Filter) -> Vec<Chain> {
    let members: Vec<Member<'_>> =
        files.iter().map(|f| Member { name: f.file.as_str(), text: f.document.text.as_str(), report: &f.report }).collect();
    let mut found = gongkai::series(&members, &SeriesOptions::of_one_agency(one_agency));
    found.retain(|series| series.reports.len() > 1);
    let chain = |mut series: Series| {
        for found in &mut series.findings {
            found.finding.location = files.get(found.report).and_then(|f| f.document.locate(found.finding.span?)).map(Box::new);
        }
        let named = series.findings.iter().map(|f| (files.get(f.report).map_or("", |c| c.file.as_str()), &f.finding));
        let (open, waived) = filter.sort(named);
        Chain { series, open, waived }
    };
    found.into_iter().map(chain).collect()
}
