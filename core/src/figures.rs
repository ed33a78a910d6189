//! From solved rows to figures, and what is to be said about them.

use std::collections::HashMap;

use gongkai_grammar::{
    Cell, ColumnKind, FormTable, Number, RowKind, cell,
    model::{Cause, Decimal, Figure, Finding, Message, Missing, Name, Related, Span, Status, Value},
};

use crate::{
    findings::{Details, finding, quote},
    solve::{Doubt, Line, Part, Solved},
    table::{Bound, BoundRow, How, label_words},
};

/// The figures of one table.
pub struct Read {
    /// In the order of the form; rows it does not know behind them.
    pub figures: Vec<Figure>,
    /// The cell of the form (row, column) that each figure is, in the same order; rows the form does not know come last.
    pub cells: Vec<Option<(usize, usize)>>,
    /// What is to be said.
    pub findings: Vec<Finding>,
    /// Rows of the form that have figures.
    pub rows: Vec<usize>,
    /// Rows of the form whose label stands without figures.
    pub empty: Vec<usize>,
    /// Whether a row has more figures than columns.
    pub excess: bool,
    /// How often a path of an unknown row was used.
    copies: HashMap<String, usize>,
}

/// Makes the figures of a table.
///
/// `bound` has the rows that the form does not know, `solved` all others.
pub fn figures(text: &str, form: &'static FormTable, bound: &Bound, solved: &Solved) -> Read {
    let mut read = Read {
        figures: Vec::new(),
        cells: Vec::new(),
        findings: Vec::new(),
        rows: Vec::new(),
        empty: Vec::new(),
        excess: false,
        copies: HashMap::new(),
    };
    let cells: usize = form.rows.iter().map(|r| r.paths.len()).sum();
    read.figures.reserve(cells);
    read.cells.reserve(cells);
    let mut lines: Vec<&Line> = solved.lines.iter().collect();
    lines.sort_by_key(|l| l.cells.first().copied());
    let mut recovered: Vec<Recovered> = Vec::new();
    let mut notes: Vec<RowNote> = Vec::new();
    for line in lines {
        if line.doubt == Doubt::Empty {
            read.empty.extend(line.bound.row);
        } else {
            if form.across { read.rows.extend(0..form.rows.len()) } else { read.rows.extend(line.bound.row) }
        }
        read.excess |= line.doubt == Doubt::Excess;
        let from = read.figures.len();
        let reading = agreed(line);
        for (at, &(row, column)) in line.cells.iter().enumerate() {
            if let Some(mut figure) = figure(text, form, line, at, (row, column), &reading) {
                let printed = bound.column_units.iter().find(|(of, _)| *of == column).filter(|_| figure.unit.as_deref() == form.unit_of(row, column));
                if let Some((_, unit)) = printed {
                    figure.unit = Some(Name::Owned(unit.of(text).to_owned()));
                }
                read.figures.push(figure);
                read.cells.push(Some((row, column)));
            }
        }
        let made = read.figures.get(from..).unwrap_or_default();
        if made.iter().any(|f| f.status == Status::Solved) {
            Recovered::add(&mut recovered, line, made);
        }
        line_notes(text, form, line, made, &mut notes);
        cell_findings(text, form, line, made, &mut read.findings);
    }
    read.findings.extend(notes.into_iter().map(RowNote::finding));
    let span = table_span(bound, solved);
    read.findings.extend(recovered.into_iter().map(|r| r.finding(span)));
    for row in &bound.rows {
        unknown_row(text, form, row, &mut read);
    }
    for &span in &bound.unknown_columns {
        let words = quote(span.of(text));
        read.findings.push(finding("GK104", Details { said: (words.clone(), words), span: Some(span), ..Details::default() }));
    }
    if let (Some(first), Some(last)) = (bound.loose.first(), bound.loose.last()) {
        let values: Vec<&str> = bound.loose.iter().take(8).map(|s| s.of(text)).collect();
        let said = (format!("无行名的数据 {}", values.join(" ")), format!("figures without a row: {}", values.join(" ")));
        read.findings.push(finding(
            "GK102",
            Details { said, span: Some(Span::new(first.start, last.end.max(first.end))), cause: Some(Cause::Reading), ..Details::default() },
        ));
    }
    read.rows.sort_unstable();
    read.rows.dedup();
    absent(form, &mut read);
    read
}

/// The form has these cells, the document has not: they are listed without a value, and a finding speaks of them.
fn absent(form: &'static FormTable, read: &mut Read) {
    if form.across {
        return;
    }
    let mut listed = vec![false; form.rows.len()];
    for cell in read.cells.iter().flatten() {
        if let Some(listed) = listed.get_mut(cell.0) {
            *listed = true;
        }
    }
    for (index, row) in form.rows.iter().enumerate().filter(|(i, r)| r.kind == RowKind::Value && listed.get(*i) == Some(&false)) {
        for (path, column) in row.paths.iter().zip(row.columns.clone()) {
            read.figures.push(Figure {
                path: Name::Borrowed(path),
                label: row.labels.first().map(|l| Name::Borrowed(l.as_str())).unwrap_or_default(),
                value: None,
                missing: None,
                raw: String::new(),
                unit: form.unit_of(index, column).map(Name::Borrowed),
                span: None,
                location: None,
                status: Status::Ambiguous,
                flags: Vec::new(),
                candidates: Vec::new(),
                correction: None,
            });
            read.cells.push(Some((index, column)));
        }
    }
    let place = |cell: &Option<(usize, usize)>| cell.unwrap_or((usize::MAX, 0));
    if read.cells.is_sorted_by_key(place) {
        return;
    }
    // In the order of the form, what it does not know behind.
    let mut order: Vec<(Option<(usize, usize)>, Figure)> =
        std::mem::take(&mut read.cells).into_iter().zip(std::mem::take(&mut read.figures)).collect();
    order.sort_by_key(|(cell, _)| place(cell));
    (read.cells, read.figures) = order.into_iter().unzip();
}

/// Recovered cells that are known by the same evidence.
struct Recovered {
    /// Codes of the rules.
    rules: Vec<&'static str>,
    /// Words of the prose, what the caller knows.
    told_by: Vec<Message>,
    /// The labels of their rows.
    labels: Vec<Name>,
    paths: Vec<Name>,
}

impl Recovered {
    /// Puts the recovered cells of a line to those known likewise.
    fn add(all: &mut Vec<Self>, line: &Line, made: &[Figure]) {
        let mut rules = line.solved_by.clone();
        rules.sort_unstable();
        rules.dedup();
        let at = all.iter().position(|r| r.rules == rules && r.told_by == line.told_by).unwrap_or_else(|| {
            all.push(Self { rules, told_by: line.told_by.clone(), labels: Vec::new(), paths: Vec::new() });
            all.len() - 1
        });
        let Some(same) = all.get_mut(at) else { return };
        for figure in made.iter().filter(|f| f.status == Status::Solved) {
            same.paths.push(figure.path.clone());
            if same.labels.last() != Some(&figure.label) {
                same.labels.push(figure.label.clone());
            }
        }
    }

    fn finding(self, span: Option<Span>) -> Finding {
        let by = |mark: &str, none: &str, said: fn(&Message) -> &str| {
            let all: Vec<&str> = self.rules.iter().copied().chain(self.told_by.iter().map(said)).collect();
            if all.is_empty() { none.to_owned() } else { all.join(mark) }
        };
        let (count, labels) = (self.paths.len(), quote(&self.labels.join("、")));
        let said = (
            format!("{count} 个单元格（{labels}），依据 {}", by("、", "唯一的分法", |m| &m.zh)),
            format!("{count} cells ({labels}), by {}", by(", ", "the only split", |m| &m.en)),
        );
        finding("GK111", Details { said, span, paths: self.paths, cause: Some(Cause::Reading), ..Details::default() })
    }
}

fn table_span(bound: &Bound, solved: &Solved) -> Option<Span> {
    let rows = || bound.rows.iter().chain(solved.lines.iter().map(|line| &line.bound));
    let first = rows().filter_map(|r| r.label.or_else(|| r.cells.first().map(|c| c.span))).min()?;
    let last = rows().flat_map(|r| &r.cells).map(|c| c.span.end).max()?;
    Some(Span::new(first.start, last.max(first.end)))
}

/// For every cell of a line: the part that all candidates agree on, or the different values it may have.
enum Agreed {
    One(Part),
    Several(Vec<Option<Decimal>>),
}

fn agreed(line: &Line) -> Vec<Agreed> {
    // Most rows have one reading.
    if let [parts] = line.candidates.as_slice()
        && line.doubt != Doubt::Excess
    {
        return (0..line.cells.len()).map(|at| Agreed::One(parts.get(at).copied().unwrap_or(crate::solve::LOST))).collect();
    }
    (0..line.cells.len())
        .map(|at| {
            let mut parts = line.candidates.iter().map(|c| c.get(at).copied().unwrap_or(crate::solve::LOST));
            let Some(first) = parts.next() else { return Agreed::Several(Vec::new()) };
            let mut values = vec![first.value];
            let mut one = true;
            for part in parts {
                one &= part.value == first.value && part.missing == first.missing;
                if !values.contains(&part.value) {
                    values.push(part.value);
                }
            }
            if line.doubt == Doubt::Excess {
                excess(line, at)
            } else if one {
                Agreed::One(first)
            } else {
                Agreed::Several(values)
            }
        })
        .collect()
}

/// More figures than columns: the first ones, the last ones, or none of them may be meant.
fn excess(line: &Line, at: usize) -> Agreed {
    let all = line.candidates.first().map(Vec::as_slice).unwrap_or_default();
    let value = |i: usize| all.get(i).and_then(|p| p.value);
    let shifted = at + line.bound.excess;
    let later = all.get(shifted).map_or_else(|| line.bound.cells.get(shifted).map(|_| None), |p| Some(p.value));
    match (value(at), later) {
        (first, Some(last)) if first == last => all.get(at).map_or_else(|| Agreed::Several(vec![first]), |p| Agreed::One(*p)),
        (first, last) => Agreed::Several([Some(first), last].into_iter().flatten().collect()),
    }
}

fn figure(text: &str, form: &'static FormTable, line: &Line, at: usize, (row, column): (usize, usize), agreed: &[Agreed]) -> Option<Figure> {
    let r = form.rows.get(row)?;
    let path = r.paths.get(column.checked_sub(r.columns.start)?)?;
    let kind = form.kind_of(row, column);
    let unit = form.unit_of(row, column).map(Name::Borrowed);
    let label = Name::Borrowed(r.labels.first()?.as_str());
    let base = Figure {
        path: Name::Borrowed(path),
        label,
        value: None,
        missing: None,
        raw: String::new(),
        unit,
        span: None,
        location: None,
        status: Status::Ambiguous,
        flags: Vec::new(),
        candidates: Vec::new(),
        correction: None,
    };
    Some(match agreed.get(at)? {
        Agreed::One(part) => {
            let printed_unit = part.unit.or(line.bound.unit.filter(|u| !matches!(cell(u.of(text)), Cell::Dash | Cell::Blank)));
            Figure {
                value: part.value.map(|v| to_value(v, kind)),
                missing: part.missing,
                raw: part.span.map(|s| s.of(text).to_owned()).unwrap_or_default(),
                unit: printed_unit.map(|u| Name::Owned(u.of(text).to_owned())).or(base.unit),
                span: part.span,
                status: status(line),
                ..base
            }
        }
        Agreed::Several(values) => {
            // The columns may stand in another order than the form's.
            let cells = || line.bound.cells.iter().map(|cell| cell.span);
            let start = cells().map(|span| span.start).min();
            let span = start.zip(cells().map(|span| span.end).max()).map(|(start, end)| Span::new(start, end));
            Figure {
                raw: span.map(|s| s.of(text).to_owned()).unwrap_or_default(),
                span,
                candidates: values.iter().map(|v| v.map(|v| to_value(v, kind))).collect(),
                correction: None,
                ..base
            }
        }
    })
}

/// How sure a cell is that all candidates agree on.
fn status(line: &Line) -> Status {
    match (line.doubt, line.bound.how) {
        (Doubt::Empty, _) => Status::Ambiguous,
        (Doubt::Glued, _) => Status::Solved,
        (Doubt::Short, _) if line.solved_by.is_empty() && line.told_by.is_empty() => Status::Aligned,
        (Doubt::Short, _) => Status::Solved,
        (Doubt::Excess | Doubt::Position | Doubt::ColumnLost, _) | (Doubt::None, How::Order | How::SimilarLabel) => Status::Aligned,
        (Doubt::None, How::Label) => Status::Printed,
    }
}

/// A number as the value of a kind of cell.
pub fn to_value(value: Decimal, kind: ColumnKind) -> Value {
    match value.as_integer() {
        Some(n) if kind != ColumnKind::Amount => Value::Count(n),
        _ => Value::Amount(value),
    }
}

/// The number of a cell, or why there is none.
pub fn number(text: &str) -> Result<Number, Missing> {
    match cell(text) {
        Cell::Number(number) | Cell::Composite(number) => Ok(number),
        Cell::Blank => Err(Missing::Blank),
        Cell::None => Err(Missing::None),
        Cell::Dash => Err(Missing::Dash),
        _ => Err(Missing::Text),
    }
}

/// What is to be said of rows of a table: rows of which the same is to be said share one finding.
struct RowNote {
    code: &'static str,
    /// What is the matter, in Chinese and in English; the rows go before it.
    said: (String, String),
    rows: Vec<(String, Option<Span>)>,
    paths: Vec<Name>,
    alternatives: Vec<Vec<Option<Value>>>,
}

impl RowNote {
    fn finding(self) -> Finding {
        let (zh, en) = self.said;
        let more = self.rows.len().saturating_sub(1);
        let Some((label, span)) = self.rows.first().cloned() else { return finding(self.code, Details::default()) };
        let said = match more {
            0 => (format!("“{label}”{zh}"), format!("{label} {en}")),
            _ => (format!("“{label}”等 {} 行{zh}", more + 1), format!("{label} and {more} more rows: each {en}")),
        };
        let others = self.rows.into_iter().skip(1);
        let related =
            others.filter_map(|(label, span)| Some(Related { message: Message { zh: label.clone().into(), en: label.into() }, span: span? }));
        finding(
            self.code,
            Details {
                said,
                span,
                paths: self.paths,
                cause: Some(Cause::Reading),
                alternatives: self.alternatives,
                related: related.collect(),
                ..Details::default()
            },
        )
    }
}

/// Notes about a whole row: GK101, GK102, GK110.
fn line_notes(text: &str, form: &'static FormTable, line: &Line, made: &[Figure], notes: &mut Vec<RowNote>) {
    let row = line.bound.row.and_then(|r| form.rows.get(r));
    // Most rows are as the form prints them.
    if line.doubt == Doubt::None && line.bound.how == How::Label && row.is_none_or(|r| r.kind != RowKind::Local) {
        return;
    }
    let label = row.and_then(|r| r.labels.first()).cloned().unwrap_or_default();
    let label = if form.across { form.titles.first().cloned().unwrap_or(label) } else { label };
    let span = line.bound.label.or_else(|| line.bound.cells.first().map(|c| c.span));
    let all: Vec<Name> = made.iter().map(|f| f.path.clone()).collect();
    let open: Vec<&Figure> = made.iter().filter(|f| f.status == Status::Ambiguous).collect();
    let (have, want) = (line.bound.cells.len() + line.bound.excess, line.cells.len());
    let mut say = |code: &'static str, zh: String, en: String, alternatives: Vec<Vec<Option<Value>>>| {
        let same = |note: &&mut RowNote| note.code == code && note.said.0 == zh && note.alternatives.is_empty() && alternatives.is_empty();
        match notes.iter_mut().find(same) {
            Some(note) => {
                note.rows.push((label.clone(), span));
                note.paths.extend(all.iter().cloned());
            }
            None => notes.push(RowNote { code, said: (zh, en), rows: vec![(label.clone(), span)], paths: all.clone(), alternatives }),
        }
    };
    if row.is_some_and(|r| r.kind == RowKind::Local) {
        say("GK102", "为本地增设的行".to_owned(), "is a local row".to_owned(), Vec::new());
    }
    if line.bound.how == How::SimilarLabel {
        let printed = line.bound.label.map(|l| quote(l.of(text))).unwrap_or_default();
        say("GK102", format!("印作“{printed}”"), format!("is printed as {printed}"), Vec::new());
    }
    let readings = || -> Vec<Vec<Option<Value>>> {
        if open.is_empty() {
            return Vec::new();
        }
        let kind = |at: usize| line.cells.get(at).map_or(ColumnKind::Count, |&(r, c)| form.kind_of(r, c));
        line.candidates.iter().take(24).map(|c| c.iter().enumerate().map(|(at, p)| p.value.map(|v| to_value(v, kind(at)))).collect()).collect()
    };
    match line.doubt {
        Doubt::None if line.bound.how == How::Order => {
            say("GK101", "没有行名，按位置读取".to_owned(), "stands without its label and is read by its place".to_owned(), Vec::new())
        }
        Doubt::None => {}
        Doubt::Glued if open.is_empty() => {}
        Doubt::Glued => {
            say("GK110", format!("有 {} 种分法", line.candidates.len()), format!("can be split in {} ways", line.candidates.len()), readings())
        }
        Doubt::Empty => {
            say("GK101", format!("应有 {want} 格，行名后没有数据"), format!("has no figures behind its label, the form {want}"), Vec::new())
        }
        Doubt::Short | Doubt::Excess => {
            say("GK101", format!("应有 {want} 格，读到 {have} 格"), format!("has {have} cells, the form {want}"), readings())
        }
        Doubt::Position => {
            say("GK101", "有空格，按文字位置对应各列".to_owned(), "has blank cells; its words are placed by their position".to_owned(), Vec::new())
        }
        Doubt::ColumnLost => say(
            "GK101",
            format!("应有 {want} 格，读到 {have} 格，按右对齐读取"),
            format!("has {have} cells, the form {want}; aligned to the right"),
            Vec::new(),
        ),
    }
}

/// Findings about single cells: GK105, GK106.
fn cell_findings(text: &str, form: &'static FormTable, line: &Line, made: &[Figure], findings: &mut Vec<Finding>) {
    let local = line.bound.row.and_then(|r| form.rows.get(r)).is_some_and(|r| r.kind == RowKind::Local);
    let [parts] = line.candidates.as_slice() else { return };
    for (part, figure) in parts.iter().zip(made) {
        let mut say = |code: &'static str| {
            let words = quote(&figure.raw);
            let details = Details {
                said: (format!("{} “{words}”", figure.label), format!("{} {words}", figure.path)),
                span: figure.span,
                paths: vec![figure.path.clone()],
                ..Details::default()
            };
            findings.push(finding(code, details));
        };
        let printed_unit = line.bound.unit.map(|u| u.of(text)).or(figure.unit.as_deref());
        if part.damaged || (part.missing == Some(Missing::Text) && !local && printed_unit != Some("是/否")) {
            say("GK105");
        }
        if part.composite {
            say("GK106");
        }
    }
}

/// A row that the form does not know is kept under its printed label.
fn unknown_row(text: &str, form: &'static FormTable, row: &BoundRow, read: &mut Read) {
    let Some(printed) = row.label else { return };
    let label = label_words(printed.of(text));
    let label = quote(&label).replace('/', "／");
    // Of tables with blocks it is not known whose columns they are.
    let columns: Vec<usize> = if form.blocks.is_empty() { (0..form.columns.len()).collect() } else { Vec::new() };
    let fits = columns.len() == row.cells.len();
    let mut paths = Vec::new();
    for (i, token) in row.cells.iter().enumerate() {
        let column = columns.get(i).filter(|_| fits).and_then(|&c| form.columns.get(c)).map_or_else(|| (i + 1).to_string(), |c| c.id.clone());
        let mut path = format!("{}/local:{label}/{column}", form.id);
        let copies = read.copies.entry(path.clone()).or_insert(0);
        *copies += 1;
        if *copies > 1 {
            path = format!("{}/local:{label}#{copies}/{column}", form.id);
        }
        let number = number(token.span.of(text));
        paths.push(Name::Owned(path.clone()));
        read.cells.push(None);
        read.figures.push(Figure {
            path: Name::Owned(path),
            label: Name::Owned(label.clone()),
            value: number.as_ref().ok().map(|n| to_value(n.value, ColumnKind::Count)),
            missing: number.as_ref().err().copied(),
            raw: token.span.of(text).to_owned(),
            unit: number.ok().and_then(|n| n.unit).map(|u| Name::Owned(token.span.of(text).get(u).unwrap_or_default().to_owned())),
            span: Some(token.span),
            location: None,
            status: if fits { Status::Printed } else { Status::Aligned },
            flags: Vec::new(),
            candidates: Vec::new(),
            correction: None,
        });
    }
    let said = (format!("“{label}”"), label);
    read.findings.push(finding("GK102", Details { said, span: Some(printed), paths, ..Details::default() }));
}
