//! The verb `compare`: what differs between two reports.

use std::io::Write;

use gongkai::{CellChange, CellValue, ChangeKind, Comparison, Document, Missing, Passage, Report};

use super::{
    inputs::{Inputs, documents},
    outline::OutlineFormat,
    print::columns,
    words::{chinese, complain},
};

/// Compares the two files; `false` if one could not be read.
pub fn compared(inputs: &Inputs, format: OutlineFormat, out: &mut dyn Write) -> std::io::Result<bool> {
    let mut read: Vec<(String, Document, Report)> = Vec::new();
    let complete = documents(inputs, out, |file, document, options, _| {
        read.push((file.to_owned(), document.clone(), gongkai::parse_document(document, options)));
        Ok(())
    })?;
    let [(file_a, a, report_a), (file_b, b, report_b)] = read.as_slice() else {
        if complete {
            complain("请给出两个文件", "two files are compared, no more and no less");
        }
        return Ok(false);
    };
    let comparison = gongkai::compare((&a.text, report_a), (&b.text, report_b));
    if format == OutlineFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &comparison)?;
        writeln!(out)?;
        return Ok(complete);
    }
    text((file_a, file_b), &comparison, out)?;
    Ok(complete)
}

fn text((file_a, file_b): (&str, &str), comparison: &Comparison, out: &mut dyn Write) -> std::io::Result<()> {
    let zh = chinese();
    let own = |words: (&'static str, &'static str)| if zh { words.0 } else { words.1 };
    for (mark, file, side) in [("---", file_a, &comparison.a), ("+++", file_b, &comparison.b)] {
        writeln!(out, "{mark} {}  [{}]  {file}", side.title.as_deref().unwrap_or("?"), side.edition.as_deref().unwrap_or("?"))?;
    }
    if comparison.same_agency == Some(false) {
        writeln!(out, "{}", own(("两份报告的机关名称不同", "the two reports name different agencies")))?;
    }
    writeln!(out)?;
    let figures = comparison.cells.len();
    if zh {
        writeln!(out, "数据：{} 个相同，{figures} 个不同", comparison.equal)?;
    } else {
        writeln!(out, "figures: {} equal, {figures} differ", comparison.equal)?;
    }
    columns(&comparison.cells.iter().map(cell).collect::<Vec<_>>(), out)?;
    for section in &comparison.sections {
        let heading = section.heading.as_deref().or(section.kind.as_deref()).unwrap_or("—");
        let standing = match (section.a, section.b) {
            (Some(_), None) => own(("只在前一份", "only in the first")).to_owned(),
            (None, Some(_)) => own(("只在后一份", "only in the second")).to_owned(),
            _ => format!("{}{}%", own(("相似度 ", "alike ")), section.similarity),
        };
        writeln!(out, "\n{heading}  [{standing}]")?;
        for change in &section.changes {
            let mut line = |sign: char, passage: &Option<Passage>| passage.iter().try_for_each(|p| writeln!(out, "  {sign} {}", p.text));
            line('-', &change.a)?;
            line('+', &change.b)?;
        }
    }
    Ok(())
}

/// Path, both values, and by how much they differ.
fn cell(change: &CellChange) -> Vec<String> {
    let by = match (change.kind, change.change) {
        (ChangeKind::Uncertain, _) => if chinese() { "不能确定" } else { "cannot be told" }.to_owned(),
        (_, Some(by)) => format!("({}{by})", if by.decimal().is_negative() { "" } else { "+" }),
        _ => String::new(),
    };
    vec![change.path.to_string(), value(change.a.as_ref()), "→".to_owned(), value(change.b.as_ref()), by]
}

/// A value; what is no number is told apart.
fn value(cell: Option<&CellValue>) -> String {
    let Some(cell) = cell else { return if chinese() { "没有" } else { "absent" }.to_owned() };
    match (cell.value, cell.missing) {
        (Some(value), _) => value.to_string(),
        (None, Some(Missing::Blank)) => if chinese() { "空" } else { "blank" }.to_owned(),
        (None, Some(_)) => cell.raw.split_whitespace().collect(),
        (None, None) => "?".to_owned(),
    }
}
