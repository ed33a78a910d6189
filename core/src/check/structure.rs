//! What is there and what is not: rows, tables, forms, and what a reader could not read (GK103, GK107, GK108, GK112–GK116).

use gongkai_grammar::{
    RowKind, forms,
    model::{Cause, Name, Report, Span, Table},
};

use crate::{
    document::Note,
    findings::{Details, finding, quote, table_title},
    report::TableRead,
};

/// Findings about what is there and what is not: GK103, GK107, GK108, GK112.
pub fn structure(text: &str, read: &[TableRead], report: &mut Report) {
    let end_of_text = text.trim_end().len();
    for table in read {
        let Some(form) = forms().editions.get(table.edition).and_then(|f| f.tables.iter().find(|t| t.id == table.kind)) else { continue };
        let value_rows: Vec<usize> = form.rows.iter().enumerate().filter(|(_, r)| r.kind == RowKind::Value).map(|(i, _)| i).collect();
        let at_end = table.bounds.end >= end_of_text;
        let cut = at_end
            && !form.across
            && table.bounds.last_row != value_rows.last().copied()
            && table.bounds.last_row.is_none_or(|l| value_rows.last().is_some_and(|last| l < *last));
        let known = report.tables.iter().find(|t| t.table == table.kind).map(|t| t.span);
        if cut || (at_end && table.bounds.open_label) {
            let last = table.bounds.last_row.and_then(|r| form.rows.get(r)).and_then(|r| r.labels.first()).cloned().unwrap_or_default();
            let after = |r: &usize| table.bounds.last_row.is_none_or(|last| *r > last);
            let details = Details {
                said: (format!("最后读到的行是“{last}”"), format!("the last row read is {last}")),
                span: Some(Span::new(end_of_text, end_of_text)),
                paths: value_rows
                    .iter()
                    .copied()
                    .filter(after)
                    .filter_map(|r| form.rows.get(r))
                    .flat_map(|r| r.paths.iter().map(|p| Name::Borrowed(p.as_str())))
                    .collect(),
                cause: Some(Cause::Unknown),
                ..Details::default()
            };
            report.findings.push(finding("GK107", details));
        }
        let missing: Vec<usize> = value_rows
            .iter()
            .copied()
            .filter(|r| !form.across && !table.bounds.rows.contains(r))
            .filter(|r| !cut || table.bounds.last_row.is_some_and(|last| *r <= last))
            .collect();
        if !missing.is_empty() {
            let labels: Vec<&str> = missing.iter().filter_map(|&r| form.rows.get(r)?.labels.first()).map(String::as_str).collect();
            let some = |sep: &str| quote(&labels.iter().take(4).copied().collect::<Vec<_>>().join(sep));
            let details = Details {
                said: (format!("{} 行：{}", labels.len(), some("、")), format!("{} rows: {}", labels.len(), some(", "))),
                span: known,
                paths: missing.iter().filter_map(|&r| form.rows.get(r)).flat_map(|r| r.paths.iter().map(|p| Name::Borrowed(p.as_str()))).collect(),
                cause: Some(Cause::Unknown),
                ..Details::default()
            };
            report.findings.push(finding("GK103", details));
        }
    }
    mixed_forms(read, report);
    missing_tables(read, report);
}

fn mixed_forms(read: &[TableRead], report: &mut Report) {
    let excess = read.iter().any(|t| t.excess);
    let base = |edition: &str| forms().edition(edition).and_then(|f| f.extends.clone()).unwrap_or_else(|| edition.to_owned());
    let odd: Vec<&Table> = report.tables.iter().filter(|t| report.edition.as_deref().is_some_and(|e| base(&t.edition) != e)).collect();
    let said = match odd.first() {
        Some(table) => {
            let edition = report.edition.as_deref().unwrap_or_default();
            (
                format!("“{}”用 {} 版，其余用 {edition} 版", table_title(&table.table), table.edition),
                format!("{} follows {}, the others {edition}", table.table, table.edition),
            )
        }
        None if excess => ("行内数据多于该版表头的列数".to_owned(), "a row has more figures than its edition has columns".to_owned()),
        None => return,
    };
    let span = odd.first().map(|t| t.span);
    report.findings.push(finding("GK112", Details { said, span, ..Details::default() }));
}

/// GK108: a part that the form fills with a table, or an annex that is one, has none.
fn missing_tables(read: &[TableRead], report: &mut Report) {
    let has = |kind: &str| read.iter().any(|t| t.kind == kind);
    let by_year: Vec<&gongkai_grammar::Form> = forms()
        .editions
        .iter()
        .filter(|f| match (&report.edition, report.year) {
            (Some(edition), _) => f.id == **edition,
            (None, Some(year)) => {
                f.first_year.is_some_and(|first| first <= year) && f.last_year.is_none_or(|last| year <= last) && f.extends.is_none()
            }
            (None, None) => false,
        })
        .collect();
    let mut announced: Vec<(String, Span)> = Vec::new();
    for section in report.sections.iter().filter(|s| s.level == 1) {
        let Some(kind) = section.kind.as_deref() else { continue };
        let expected = kind == "statistics" || by_year.iter().any(|f| f.tables.iter().any(|t| t.id == kind));
        if expected && !has(kind) && !announced.iter().any(|(k, _)| k == kind) {
            announced.push((kind.to_owned(), section.heading_span.unwrap_or(section.span)));
        }
    }
    // One table that holds several kinds (2014) answers for all of them.
    if has("statistics") {
        announced.clear();
    }
    for (kind, span) in announced {
        report.findings.push(finding(
            "GK108",
            Details { said: (format!("“{}”", table_title(&kind)), kind), span: Some(span), cause: Some(Cause::Unknown), ..Details::default() },
        ));
    }
}

/// GK108: a file that calls itself a report and holds none of its tables. On many sites these are in an attachment.
pub fn no_table(report: &mut Report) {
    let announced = report.findings.iter().any(|f| f.code == "GK108");
    if report.tables.is_empty() && report.title.is_some() && report.year.is_some() && !announced {
        let said = (
            "整个文件里没有报告的表格，可能在附件或图片里".to_owned(),
            "the file holds no table of the report; it may be in an attachment or a picture".to_owned(),
        );
        report.findings.push(finding("GK108", Details { said, cause: Some(Cause::Unknown), ..Details::default() }));
    }
}

/// What a reader could not read.
pub fn notes(notes: &[Note], report: &mut Report) {
    let pages = |pages: &[u32]| {
        let list = |between: &str| pages.iter().map(u32::to_string).collect::<Vec<_>>().join(between);
        (format!("第 {} 页", list("、")), format!("page {}", list(", ")))
    };
    for note in notes {
        let (code, said) = match note {
            Note::Undecoded(count) => ("GK113", (format!("{count} 个字符无法解码"), format!("characters that could not be decoded: {count}"))),
            Note::NoText(list) => ("GK114", pages(list)),
            Note::Unreadable(list) => ("GK115", pages(list)),
            Note::Damaged(list) => ("GK116", pages(list)),
        };
        report.findings.push(finding(code, Details { said, cause: Some(Cause::Unknown), ..Details::default() }));
    }
}
