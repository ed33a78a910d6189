//! The user guide: both languages have the same chapters, no relative link of a document leads nowhere, and the lists in it are those of the library.
//!
//! `GONGKAI_BLESS=1 cargo test -p gongkai-tests --test guide` writes what stands between `<!-- written: NAME -->` and `<!-- end -->`. What the
//! guide shows is run by `python/tests/test_guide.py`, `wasm/test/guide.test.mjs` and the doctests of this crate.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use gongkai::{CATALOGUE, Options, Severity, form_summaries};
use gongkai_grammar::{Form, RowKind, forms, indicator_definitions};

const LANGUAGES: [&str; 2] = ["zh", "en"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).replace("\r\n", "\n")
}

fn source(language: &str) -> PathBuf {
    root().join("docs/guide").join(language).join("src")
}

/// Where the links of a page lead: `[…](here)`, without code.
fn links(page: &str) -> Vec<&str> {
    let prose = page.split("```").step_by(2);
    prose.flat_map(|part| part.split("](").skip(1)).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link).collect()
}

/// The chapters of a book, in order.
fn chapters(language: &str) -> Vec<String> {
    links(&read(&source(language).join("SUMMARY.md"))).into_iter().map(str::to_owned).collect()
}

#[test]
fn both_languages_have_the_same_chapters() {
    let listed = chapters("zh");
    assert!(listed.len() > 10, "{listed:?}");
    for language in LANGUAGES {
        assert_eq!(chapters(language), listed);
        let there: BTreeSet<String> = (fs::read_dir(source(language)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()))
            .filter(|name| name != "SUMMARY.md")
            .collect();
        assert_eq!(there, listed.iter().cloned().collect(), "{language}: SUMMARY.md lists every page, and no other");
        assert!(read(&root().join("docs/guide").join(language).join("book.toml")).contains("src = \"src\""));
    }
    // The same code in both: what is shown in one language is shown in the other.
    for chapter in listed {
        let code = |language: &str| {
            read(&source(language).join(&chapter)).lines().filter(|line| line.starts_with("```")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(code("zh"), code("en"), "{chapter}");
    }
}

/// Every document, by its path.
fn documents() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = ["", "docs", "core", "grammar", "python", "wasm"].iter().map(|folder| root().join(folder)).collect();
    folders.extend(LANGUAGES.map(source));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// A heading as links name it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let mut followed = 0;
    for page in documents() {
        let text = read(&page);
        for link in links(&text).into_iter().filter(|link| !link.contains("://")) {
            let (file, part) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: {link} leads nowhere", page.display());
            let there = part.is_empty() || read(&target).lines().any(|line| line.starts_with('#') && anchor(line) == part);
            assert!(there, "{}: {link} names no heading", page.display());
            followed += 1;
        }
    }
    assert!(followed > 100, "{followed}");
}

/// Words for `zh` or for `en`.
fn say<'a>(language: &str, (zh, en): (&'a str, &'a str)) -> &'a str {
    if language == "zh" { zh } else { en }
}

/// The editions of the form.
fn editions(language: &str) -> String {
    let mut out =
        say(language, ("| 编号 | 报告年度 | 表样 | 依据 | 表 | 数据 |\n", "| id | report years | form | notice | tables | figures |\n")).to_owned();
    out.push_str("| --- | --- | --- | --- | --: | --: |\n");
    for form in form_summaries() {
        let years = [form.years.0, form.years.1].map(|year| year.map_or_else(String::new, |year| year.to_string())).join("–");
        let tables = forms().edition(form.id).unwrap().tables.len();
        writeln!(out, "| `{}` | {years} | {} | {} | {tables} | {} |", form.id, form.title, form.notices.join("、"), form.paths.len()).unwrap();
    }
    out
}

/// Rows of one edition whose paths another does not have: label and columns.
fn rows_without(form: &Form, other: &Form) -> Vec<(String, String, Vec<String>)> {
    let theirs: BTreeSet<&String> = other.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.paths).collect();
    let mut found = Vec::new();
    for (table, row) in form.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row))) {
        let own: Vec<String> =
            row.paths.iter().filter(|path| !theirs.contains(path)).map(|path| path.rsplit('/').next().unwrap().to_owned()).collect();
        if row.kind != RowKind::Group && !own.is_empty() {
            let all = own.len() == row.paths.len() && own.len() > 4;
            let columns = if all { vec!["*".to_owned()] } else { own };
            found.push((format!("{}/{}", table.id, row.id), row.labels.first().cloned().unwrap_or_default(), columns));
        }
    }
    found
}

/// What the form of 2021 has and that of 2019 has not, and the other way round.
fn changes(language: &str) -> String {
    let edition = |id| forms().edition(id).unwrap();
    let mut out = say(language, ("| 行 | 只在2019 | 只在2021 |\n", "| row | only in 2019 | only in 2021 |\n")).to_owned();
    out.push_str("| --- | --- | --- |\n");
    let quoted = |columns: &[String]| columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(" ");
    let new = rows_without(edition("2021"), edition("2019"));
    let mut rows: Vec<(String, String, String, String)> = rows_without(edition("2019"), edition("2021"))
        .into_iter()
        .map(|(row, label, columns)| (row, label, quoted(&columns), String::new()))
        .collect();
    for (row, label, columns) in new {
        match rows.iter_mut().find(|old| old.0 == row) {
            Some(old) => {
                if old.1 != label {
                    old.1 = format!("{} → {label}", old.1);
                }
                old.3 = quoted(&columns);
            }
            None => rows.push((row, label, String::new(), quoted(&columns))),
        }
    }
    for (row, label, old, new) in rows {
        writeln!(out, "| {label} `{row}` | {old} | {new} |").unwrap();
    }
    out
}

/// The codes of findings.
fn codes(language: &str) -> String {
    let mut out = say(language, ("| 代码 | 级别 | 说的是 |\n", "| code | severity | what |\n")).to_owned();
    out.push_str("| --- | --- | --- |\n");
    for kind in CATALOGUE {
        let severity = match kind.severity {
            Severity::Error => ("错误", "error"),
            Severity::Warning => ("警告", "warning"),
            Severity::Note => ("提示", "note"),
        };
        writeln!(out, "| {} | {} | {} |", kind.code, say(language, severity), say(language, kind.title)).unwrap();
    }
    out
}

/// The indicators, and how well the tables of each edition give them.
fn indicators(language: &str) -> String {
    let ids: Vec<&str> = form_summaries().iter().filter(|form| form.extends.is_none()).map(|form| form.id).collect();
    let mut out =
        format!("| {} | {} |\n", say(language, ("指标", "indicator")), ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" | "));
    writeln!(out, "| --- |{}", " :-: |".repeat(ids.len())).unwrap();
    for indicator in indicator_definitions() {
        let cells = ids.iter().map(|id| match indicator.tables.iter().find(|table| table.editions.contains(id)) {
            Some(table) if table.why.is_some() => "≈",
            Some(_) => "＝",
            None => "",
        });
        writeln!(out, "| `{}` | {} |", indicator.name, cells.collect::<Vec<_>>().join(" | ")).unwrap();
    }
    out
}

/// The limits and what they are if nobody says otherwise.
fn limits(language: &str) -> String {
    let options = Options::default();
    let rows = [
        ("max_bytes", options.max_bytes, ("文件的字节数", "bytes of a file")),
        ("max_unpacked", options.max_unpacked, ("docx、xlsx、ods 解压后的字节数", "bytes that a docx, xlsx or ods unpacks to")),
        ("max_ratio", options.max_ratio, ("解压倍数（超过 1 MB 后才看）", "how many times it may grow, beyond 1 MB")),
        ("max_depth", options.max_depth, ("网页或 XML 元素嵌套的层数", "elements in one another, in a page or XML")),
        ("max_cells", options.max_cells, ("全部表格的单元格数", "cells of all tables")),
        ("max_pages", options.max_pages, ("PDF 的页数", "pages of a PDF")),
        (
            "max_steps",
            options.max_steps,
            ("每张表推定时的步数；用完则保持有歧义，不报错", "steps of the search in a table; beyond it cells stay ambiguous, which is no error"),
        ),
    ];
    let mut out = say(language, ("| 选项 | 默认 | 限制的是 |\n", "| option | default | of what |\n")).to_owned();
    out.push_str("| --- | --: | --- |\n");
    for (name, value, words) in rows {
        writeln!(out, "| `{name}` | {value} | {} |", say(language, words)).unwrap();
    }
    out
}

/// By when a body publishes.
fn deadlines(language: &str) -> String {
    let mut out = say(language, ("| 报告年度 | 依据 | 期限（次年） |\n", "| report years | basis | deadline, of the year after |\n")).to_owned();
    out.push_str("| --- | --- | --- |\n");
    for law in &forms().laws {
        let years = [law.first_year, law.last_year].map(|year| year.map_or_else(String::new, |year| year.to_string())).join("–");
        for deadline in &law.deadlines {
            let (Some((month, day)), Some(basis)) = (deadline.day, &deadline.basis) else { continue };
            let whose = deadline.endings.iter().take(4).map(String::as_str).collect::<Vec<_>>().join("、");
            let whose = if whose.is_empty() { String::new() } else { format!("（…{whose}…）") };
            writeln!(out, "| {years} | {basis} | {month:02}-{day:02}{whose} |").unwrap();
        }
    }
    out
}

/// What is written into the guide under a name.
fn written(name: &str, language: &str) -> String {
    match name {
        "editions" => editions(language),
        "changes" => changes(language),
        "codes" => codes(language),
        "indicators" => indicators(language),
        "limits" => limits(language),
        "deadlines" => deadlines(language),
        _ => panic!("nothing is written under the name {name}"),
    }
}

#[test]
fn the_lists_in_the_guide_are_those_of_the_library() {
    let mut names = BTreeSet::new();
    for (language, chapter) in LANGUAGES.iter().flat_map(|language| chapters(language).into_iter().map(move |chapter| (language, chapter))) {
        let path = source(language).join(&chapter);
        let page = read(&path);
        let mut parts = page.split("<!-- written: ");
        let mut now = parts.next().unwrap().to_owned();
        for part in parts {
            let (name, rest) = part.split_once(" -->\n").unwrap();
            let (_, behind) = rest.split_once("<!-- end -->").unwrap_or_else(|| panic!("{chapter}: {name} has no end"));
            write!(now, "<!-- written: {name} -->\n\n{}\n<!-- end -->{behind}", written(name, language)).unwrap();
            names.insert(format!("{name} {language}"));
        }
        if std::env::var_os("GONGKAI_BLESS").is_some() {
            fs::write(&path, &now).unwrap();
        }
        assert!(read(&path) == now, "{}: GONGKAI_BLESS=1 writes its lists", path.display());
    }
    assert_eq!(names.len(), 12, "{names:?}");
}
