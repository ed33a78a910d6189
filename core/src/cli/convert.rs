//! The verb `convert`: the official form of a report, or a blank one.

use std::{fs, io::Write, path::PathBuf};

use clap::{Args, ValueEnum};
use gongkai::{
    Report,
    write::{self, HtmlOptions},
};

use super::{
    inputs::{Inputs, each},
    words::complain,
};

/// What is converted, and into what.
#[derive(Args)]
pub struct ConvertArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// 输出格式 · Output format
    #[arg(long, value_enum, default_value = "docx")]
    format: FormFormat,
    /// 写到这个文件夹，每份报告一个文件 · One file for each report, in this folder [default: standard output, for one report]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

/// A blank form.
#[derive(Args)]
pub struct BlankArgs {
    /// 版本，见 forms · The edition, see forms
    edition: String,
    /// 年度，有的表头要写 · The year, which some headers name
    #[arg(long)]
    year: Option<i32>,
    /// 输出格式 · Output format
    #[arg(long, value_enum, default_value = "docx")]
    format: FormFormat,
}

/// How the form is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormFormat {
    /// Word
    Docx,
    /// 可贴入 Word 或网页 · To be pasted into Word or a web page
    Html,
    /// Markdown
    Markdown,
}

impl FormFormat {
    fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }

    fn write(self, report: &Report) -> std::io::Result<Vec<u8>> {
        Ok(match self {
            Self::Docx => write::docx(report)?,
            Self::Html => format!("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n{}", write::html(report, HtmlOptions::default())).into_bytes(),
            Self::Markdown => write::markdown(report).into_bytes(),
        })
    }
}

/// Converts the reports; `false` if one could not be read or written.
pub fn converted(args: &ConvertArgs, out: &mut dyn Write) -> std::io::Result<bool> {
    let mut read: Vec<(String, Report)> = Vec::new();
    if args.into.is_none() {
        let complete = each(&args.inputs, out, |file, report, _| {
            read.push((file.to_owned(), report.clone()));
            Ok(())
        })?;
        let [(_, report)] = read.as_slice() else {
            if complete {
                complain("多份报告请用 --into 指定文件夹", "several reports need a folder: --into DIR");
            }
            return Ok(false);
        };
        out.write_all(&args.format.write(report)?)?;
        return Ok(complete);
    }
    let folder = args.into.clone().unwrap_or_default();
    fs::create_dir_all(&folder)?;
    let mut names: Vec<String> = Vec::new();
    each(&args.inputs, out, |file, report, _| {
        let stem = PathBuf::from(file).file_stem().map_or_else(|| "report".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let count = names.iter().filter(|name| **name == stem).count();
        // Files of the same name from different folders.
        let name = if count == 0 { stem.clone() } else { format!("{stem}-{}", count + 1) };
        names.push(stem);
        fs::write(folder.join(format!("{name}.{}", args.format.extension())), args.format.write(report)?)
    })
}

/// Writes a blank form; `false` if the edition is not known.
pub fn blank(args: &BlankArgs, out: &mut dyn Write) -> std::io::Result<bool> {
    let Some(report) = write::blank(&args.edition, args.year) else {
        complain(&format!("没有版本 {}，见 gongkai forms", args.edition), &format!("no edition {}; see gongkai forms", args.edition));
        return Ok(false);
    };
    out.write_all(&args.format.write(&report)?)?;
    Ok(true)
}
