//! The files named on the command line, read one after the other.

use std::{
    io::{IsTerminal, Read, Write},
    path::{Path, PathBuf},
};

use gongkai::{Document, Options, Report, SeriesOptions};

use super::words::{complain, system};

#[derive(clap::Args)]
pub struct Inputs {
    /// 文件、文件夹、通配符或 - · Files, folders, globs or -
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<String>,
    /// 文件大小上限（字节） · Bytes a file may have
    #[arg(long, default_value_t = Options::default().max_bytes)]
    max_bytes: usize,
}

/// Suffixes of the files of a folder that are read.
const SUFFIXES: [&str; 13] = ["txt", "md", "text", "markdown", "html", "htm", "shtml", "docx", "pdf", "xlsx", "xls", "xlsb", "ods"];

/// Many files take long enough for a progress bar.
const MANY: usize = 50;

/// Calls `print` with the report of every input, in order; `false` if one could not be read.
pub fn each(
    inputs: &Inputs,
    out: &mut dyn Write,
    mut print: impl FnMut(&str, &Report, &mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<bool> {
    documents(inputs, out, |file, document, options, out| print(file, &gongkai::parse_document(document, options), out))
}

/// What is done with a report and the name of its file.
pub type Print<'a> = dyn FnMut(&str, &Report, &mut dyn Write) -> std::io::Result<()> + 'a;

/// Like [`each`], but the years beside decide what a report alone leaves open; all inputs are read before the first is printed.
pub fn decided(inputs: &Inputs, out: &mut dyn Write, print: &mut Print<'_>) -> std::io::Result<bool> {
    let mut read: Vec<(String, Document)> = Vec::new();
    let mut reports: Vec<Report> = Vec::new();
    let mut used = Options::default();
    let complete = documents(inputs, out, |file, document, options, _| {
        reports.push(gongkai::parse_document(document, options));
        read.push((file.to_owned(), document.clone()));
        used = options.clone();
        Ok(())
    })?;
    let named: Vec<(&str, &Document)> = read.iter().map(|(file, document)| (file.as_str(), document)).collect();
    gongkai::reread(&named, &mut reports, &used, &SeriesOptions::default());
    for ((file, _), report) in read.iter().zip(&reports) {
        print(file, report, out)?;
    }
    Ok(complete)
}

/// Calls `print` with every input as read, in order; `false` if one could not be read.
pub fn documents(
    inputs: &Inputs,
    out: &mut dyn Write,
    print: impl FnMut(&str, &Document, &Options, &mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<bool> {
    failures(inputs, out, print, |_, _, _| {})
}

/// The same, and calls `failed` with every file that could not be read and why, in Chinese and English.
pub fn failures(
    inputs: &Inputs,
    out: &mut dyn Write,
    mut print: impl FnMut(&str, &Document, &Options, &mut dyn Write) -> std::io::Result<()>,
    mut failed: impl FnMut(&str, &str, &str),
) -> std::io::Result<bool> {
    let mut complete = true;
    let files = expand(&inputs.paths, &mut complete);
    let options = Options { max_bytes: inputs.max_bytes, ..Options::default() };
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
                failed(&name, &zh, &en);
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
