//! Findings as a compiler prints them: the code, what is the matter, the lines of the report with the place marked, what can be done.

use std::io::{IsTerminal, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use gongkai::{
    Cause, Figure, Finding, Identity, Location, Message, Name, Report, SeriesFinding, SeriesOperand, Severity, Span, Standing, Value, Verdict,
    explain, forms,
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    Chain, Checked, Counts,
    places::{has_lines, location},
};
use crate::cli::words::chinese;

/// Columns of a line that are shown; a longer one is cut around the place.
const WIDTH: usize = 100;
/// Columns that are shown in front of the place then.
const BEFORE: usize = 40;
/// Columns of a place that are marked.
const MARKED: usize = 48;
/// Figures and other places that are shown beside the finding's own.
const BESIDE: usize = 6;
/// Lines further away are shown apart.
const NEAR: usize = 400;

fn said(message: &Message) -> &str {
    if chinese() { &message.zh } else { &message.en }
}

/// The findings of a file.
pub fn file(checked: &Checked, out: &mut dyn Write) -> std::io::Result<()> {
    checked.findings().try_for_each(|finding| one(checked, finding, &[], out))
}

/// A finding, with the places in other files that it concerns.
fn one(checked: &Checked, finding: &Finding, elsewhere: &[String], out: &mut dyn Write) -> std::io::Result<()> {
    let zh = chinese();
    let level = match finding.severity {
        Severity::Error => Level::ERROR.with_name(if zh { "错误" } else { "error" }),
        Severity::Warning => Level::WARNING.with_name(if zh { "警告" } else { "warning" }),
        Severity::Note => Level::NOTE.with_name(if zh { "提示" } else { "note" }),
    };
    let note = |zh_name: &'static str, en_name: &'static str| Level::NOTE.with_name(if zh { zh_name } else { en_name });
    let mut group = Group::with_title(level.primary_title(said(&finding.message)).id(finding.code.as_ref()));
    let lines = lines(checked, finding);
    let digits = lines.iter().map(|(number, _)| number.to_string().len()).max().unwrap_or(0);
    for (_, snippet) in lines {
        group = group.element(snippet);
    }
    for place in elsewhere {
        group = group.element(note("另见", "see").message(place.as_str()));
    }
    if let Some(words) = reading(finding) {
        group = group.element(note("注意", "note").message(words));
    }
    if let Some(basis) = &finding.basis {
        // A clause of the form file has one wording, that of the catalogue has two.
        let english = explain(&finding.code).filter(|kind| !zh && kind.basis.0 == basis).map(|kind| kind.basis.1);
        group = group.element(note("依据", "basis").message(english.unwrap_or(basis)));
    }
    group = group.element(Level::HELP.with_name(if zh { "建议" } else { "help" }).message(said(&finding.help)));
    // A finding that proposes one repair alone says it in its message.
    for repair in finding.repairs.iter().filter(|r| !said(&finding.message).contains(said(&r.message))) {
        group = group.element(Level::HELP.with_name(if zh { "可能的更正" } else { "possible repair" }).message(said(&repair.message)));
    }
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    // Lines are cut here, where the place is known; so the column is written here too, it counts in the whole line.
    let printed = renderer.term_width(WIDTH * 4).render(&[group]);
    for (i, line) in printed.lines().enumerate() {
        writeln!(out, "{}", line.trim_end())?;
        if i == 0 {
            writeln!(out, "{}--> {}", " ".repeat(digits), place(checked, finding.span, finding.location.as_deref()))?;
        }
    }
    writeln!(out)
}

/// Whose fault it is, where it may not be the report's.
fn reading(finding: &Finding) -> Option<&'static str> {
    if finding.severity == Severity::Note {
        return None;
    }
    let (zh, en) = match finding.cause {
        Cause::Report => return None,
        Cause::Reading => ("可能是读取有误，不一定是报告有误", "the reading may be at fault, not the report"),
        Cause::Unknown => ("不能确定是报告有误还是读取有误", "whether the report or the reading is at fault cannot be told"),
    };
    Some(if chinese() { zh } else { en })
}

/// The file with line and column, or with what its format has in their place.
fn place(checked: &Checked, span: Option<Span>, there: Option<&Location>) -> String {
    let file = &checked.file;
    match (there, span) {
        (Some(there), _) => format!("{file}: {}", location(there)),
        (None, Some(span)) if has_lines(&checked.document) => {
            let (line, column) = checked.places.at(&checked.document.text, span.start);
            format!("{file}:{line}:{column}")
        }
        _ => file.clone(),
    }
}

/// The figures of other reports that a finding about years rests on.
fn elsewhere(found: &SeriesFinding, files: &[Checked]) -> Vec<String> {
    let others = found.operands.iter().filter(|o| o.report != found.report);
    let line = |operand: &SeriesOperand| {
        let checked = files.get(operand.report)?;
        let figure = checked.figure(&operand.path)?;
        let place = place(checked, operand.span, figure.location.as_deref());
        let value = operand.value.map_or_else(String::new, |v| format!(" {v}"));
        Some(format!("{place} {}{value}", figure.label))
    };
    others.filter_map(line).collect()
}

/// A marked place, with words beside it.
struct Mark<'a> {
    span: Span,
    label: Option<&'a str>,
    primary: bool,
}

/// The lines of a finding's places: its own, the figures it concerns that are not zero, and other places.
fn lines<'a>(checked: &'a Checked, finding: &'a Finding) -> Vec<(usize, Snippet<'a, Annotation<'a>>)> {
    let Some(own) = finding.span else { return Vec::new() };
    let name = |f: &'a Figure| if across(&finding.paths) { column(&checked.report, f) } else { f.label.as_ref() };
    let figures = || finding.paths.iter().filter_map(|path| checked.figure(path));
    let label = figures().find(|f| f.span == Some(own)).map(name);
    let mut marks = vec![Mark { span: own, label, primary: true }];
    let zero = |v: Value| v.decimal().as_integer() == Some(0);
    let beside = figures().filter(|f| f.value.is_some_and(|v| !zero(v)));
    let beside = beside.filter_map(|f| Some(Mark { span: f.span?, label: Some(name(f)), primary: false }));
    let related = finding.related.iter().map(|r| Mark { span: r.span, label: Some(said(&r.message)), primary: false });
    marks.extend(related.chain(beside).filter(|m| m.span != own).take(BESIDE));
    let text = &checked.document.text;
    let mut lines: Vec<(usize, Vec<Mark<'_>>)> = Vec::new();
    for mark in marks {
        let (line, _) = checked.places.at(text, mark.span.start);
        match lines.iter_mut().find(|(l, _)| *l == line) {
            Some((_, same)) => same.push(mark),
            None => lines.push((line, vec![mark])),
        }
    }
    lines.sort_by_key(|(line, _)| *line);
    let (first, last) = (lines.first().map_or(1, |l| l.0), lines.last().map_or(1, |l| l.0));
    let whole = |line: usize| checked.places.line(text, line).of(text).width() <= WIDTH;
    if last - first <= NEAR && lines.iter().all(|(line, _)| whole(*line)) {
        let start = checked.places.line(text, first).start;
        let source = Span::new(start, checked.places.line(text, last).end);
        let marks = lines.into_iter().flat_map(|(line, marks)| {
            let end = checked.places.line(text, line).end;
            marks.into_iter().map(move |m| (Span::new(m.span.start - start, m.span.end.min(end).max(m.span.start) - start), m))
        });
        return vec![(last, Snippet::source(source.of(text)).line_start(first).annotations(marks.map(|(span, mark)| annotation(span, &mark))))];
    }
    lines.into_iter().map(|(line, marks)| (line, cut(text, checked.places.line(text, line), line, &marks))).collect()
}

/// Whether figures stand in one row, and their columns tell them apart.
fn across(paths: &[Name]) -> bool {
    let row = |path: &Name| path.rsplit_once('/').map(|(row, _)| row.to_owned());
    paths.len() > 1 && paths.windows(2).all(|pair| pair.first().and_then(row) == pair.last().and_then(row))
}

/// The label of a figure's column by its form.
fn column<'a>(report: &Report, figure: &'a Figure) -> &'a str {
    let found = || {
        let (table, column) = (figure.path.split('/').next()?, figure.path.rsplit('/').next()?);
        let edition = &report.tables.iter().find(|t| t.table == table)?.edition;
        let form = forms().edition(edition)?.tables.iter().find(|t| t.id == table)?;
        form.columns.iter().find(|c| c.id == column)?.labels.first()
    };
    found().map_or(figure.label.as_ref(), String::as_str)
}

fn annotation<'a>(span: Span, mark: &Mark<'a>) -> Annotation<'a> {
    let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    kind.span(span.start..span.end).label(mark.label)
}

/// A line, cut around its first mark if it is long.
fn cut<'a>(text: &'a str, line: Span, number: usize, marks: &[Mark<'a>]) -> Snippet<'a, Annotation<'a>> {
    let at = marks.iter().map(|m| m.span.start).min().unwrap_or(line.start);
    let width = |c: char| c.width().unwrap_or(0);
    let (mut start, mut columns) = (at, 0);
    for (i, c) in text.get(line.start..at).unwrap_or_default().char_indices().rev() {
        columns += width(c);
        if columns > BEFORE {
            break;
        }
        start = line.start + i;
    }
    let mut end = at;
    for (i, c) in text.get(at..line.end).unwrap_or_default().char_indices() {
        columns += width(c);
        if columns > WIDTH {
            break;
        }
        end = at + i + c.len_utf8();
    }
    let open = if start > line.start { "…" } else { "" };
    let close = if end < line.end { "…" } else { "" };
    let source = format!("{open}{}{close}", text.get(start..end).unwrap_or_default());
    let shown = marks.iter().filter(|m| m.span.start <= end).map(|m| {
        let mut stop = m.span.start;
        let mut columns = 0;
        for (i, c) in text.get(m.span.start..m.span.end.min(end)).unwrap_or_default().char_indices() {
            columns += width(c);
            if columns > MARKED {
                break;
            }
            stop = m.span.start + i + c.len_utf8();
        }
        annotation(Span::new(m.span.start - start + open.len(), stop - start + open.len()), m)
    });
    let shown: Vec<Annotation<'_>> = shown.collect();
    Snippet::source(source).line_start(number).annotations(shown)
}

/// The years of an agency: the chain, then what is between them.
pub fn chain(chain: &Chain, files: &[Checked], out: &mut dyn Write) -> std::io::Result<()> {
    let zh = chinese();
    let series = &chain.series;
    let unknown = if zh { "（未署机关）" } else { "(no agency)" };
    let identity = match series.identity {
        Identity::Told => {
            if zh {
                "（名称不同，按要求视为同一机关）"
            } else {
                " (names differ; taken for one agency as told)"
            }
        }
        Identity::Named | Identity::Unknown => "",
    };
    writeln!(out, "{}{identity}", series.agency.as_deref().unwrap_or(unknown))?;
    let mut line = String::new();
    let mut before: Option<i32> = None;
    for report in series.reports.iter().filter(|r| r.standing == Standing::Used) {
        if let Some(before) = before {
            line.push_str(if report.year == Some(before + 1) { " ─ " } else { " ┄ " });
        }
        before = report.year;
        let year = report.year.map_or_else(|| "?".to_owned(), |y| y.to_string());
        line.push_str(&format!("{year} [{}]", report.edition.as_deref().unwrap_or("?")));
    }
    writeln!(out, "  {line}")?;
    for report in series.reports.iter().filter(|r| r.standing == Standing::Undated) {
        writeln!(out, "  {} {}", if zh { "年度不明：" } else { "no year:" }, report.name)?;
    }
    for step in series.steps.iter().filter(|s| s.editions.first() != s.editions.last()) {
        let [from, to] = step.years;
        let codes = step.not_comparable.join(if zh { "、" } else { ", " });
        let words = match (zh, codes.is_empty()) {
            (true, true) => format!("{from} → {to} 表样不同：{} 个数据可比", step.comparable),
            (true, false) => format!("{from} → {to} 表样不同：{} 个数据可比，{codes} 不可比", step.comparable),
            (false, true) => format!("{from} to {to}: the form changed; {} figures can be compared", step.comparable),
            (false, false) => format!("{from} to {to}: the form changed; {} figures can be compared, {codes} cannot be answered", step.comparable),
        };
        writeln!(out, "  {words}")?;
    }
    let verdict = |verdict: Verdict| series.checks.iter().filter(|c| c.verdict == verdict).count();
    let holds = verdict(Verdict::Holds) + verdict(Verdict::HoldsIfBlankIsZero);
    let (broken, open) = (verdict(Verdict::Broken), verdict(Verdict::NotEvaluable));
    if zh {
        writeln!(out, "  跨年核对 {} 项：{holds} 项相符，{broken} 项不符，{open} 项无法核对", series.checks.len())?;
    } else {
        writeln!(out, "  checks across years: {}: {holds} hold, {broken} broken, {open} not evaluable", series.checks.len())?;
    }
    if !series.similar.is_empty() {
        let names = series.similar.join(if zh { "、" } else { ", " });
        writeln!(out, "  {}{names}", if zh { "名称相近、未合并的机关：" } else { "not joined, though the name is alike: " })?;
    }
    writeln!(out)?;
    for found in chain.findings() {
        if let Some(checked) = files.get(found.report) {
            one(checked, &found.finding, &elsewhere(found, files), out)?;
        }
    }
    Ok(())
}

/// How much was found.
pub fn summary(counts: &Counts, out: &mut dyn Write) -> std::io::Result<()> {
    let Counts { files, errors, warnings, notes, waived } = counts;
    if chinese() {
        let waived = if *waived > 0 { format!("；已豁免 {waived} 个") } else { String::new() };
        return writeln!(out, "{files} 个文件：{errors} 个错误，{warnings} 个警告，{notes} 个提示{waived}");
    }
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let waived = if *waived > 0 { format!("; {waived} waived") } else { String::new() };
    writeln!(out, "{}: {}, {}, {}{waived}", plural(*files, "file"), plural(*errors, "error"), plural(*warnings, "warning"), plural(*notes, "note"))
}
