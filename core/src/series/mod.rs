//! Several reports: which are of one agency, one chain of years for each, and what must hold between the years.
//!
//! Reports are of one agency if they name it alike. Names that differ are never joined unasked; those that look alike are listed.

mod repeated;
mod told;
mod years;

use gongkai_grammar::{
    fold, forms,
    model::{
        Cause, ChangeKind, Identity, Name, Offsets, Report, SERIES_SCHEMA, Series, SeriesFinding, SeriesOperand, SeriesReport, Source, Span,
        Standing, Status,
    },
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Document, Hint, Options, compare,
    findings::{Details, finding},
    fingerprint, parse_document,
};

/// A report of a series, as it is given.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// What the caller calls it: the name of its file.
    pub name: &'a str,
    /// The text it was read from. Sentences are compared only if the report's spans count bytes of it.
    pub text: &'a str,
    /// What was read.
    pub report: &'a Report,
}

/// What the caller knows of the reports.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct SeriesOptions {
    /// All reports are of one agency, whatever they call it.
    pub one_agency: bool,
}

impl SeriesOptions {
    /// The defaults, but with all reports of one agency if `one_agency`.
    #[must_use]
    pub fn of_one_agency(one_agency: bool) -> Self {
        Self { one_agency }
    }
}

/// Groups reports by agency, in the order of their first report, and evaluates each agency's years.
#[must_use]
pub fn series(members: &[Member<'_>], options: &SeriesOptions) -> Vec<Series> {
    let groups = groups(members, options);
    let alike = alike(&groups.iter().filter_map(|(name, _)| name.as_deref()).collect::<Vec<_>>());
    let printed =
        |name: &str| groups.iter().find(|(n, _)| n.as_deref() == Some(name)).and_then(|(_, g)| members.get(*g.first()?)?.report.issuer.clone());
    let mut all: Vec<Series> = Vec::with_capacity(groups.len());
    for (agency, group) in &groups {
        let mut one = chain(members, group);
        one.similar = agency.as_deref().and_then(|a| alike.get(a)).into_iter().flatten().filter_map(|name| printed(name)).collect();
        all.push(one);
    }
    all
}

/// What the reports of the years before and after tell of the figures of each report, in the order of `members`: for
/// [`Options::hints`](crate::Options), with which a report whose rows have more than one reading may be read once more. A report that needs none
/// is given them as well.
#[must_use]
pub fn hints(members: &[Member<'_>], options: &SeriesOptions) -> Vec<Vec<Hint>> {
    let mut all: Vec<Vec<Hint>> = vec![Vec::new(); members.len()];
    for (_, group) in groups(members, options) {
        let used = standings(members, &group, &mut Series::default());
        for (before, after) in neighbours(&used) {
            for (one, hints) in [before, after].into_iter().zip(told::told(before, after)) {
                all.get_mut(one.index).into_iter().for_each(|all| all.extend(hints.iter().cloned()));
            }
        }
    }
    all
}

/// Reads reports that have figures of more than one reading once more with what the years beside them tell, as long as that decides something.
/// `documents` are what `reports` were read from, with `options`, each under its name. The reports that were decided are told by their index.
pub fn reread(documents: &[(&str, &Document)], reports: &mut [Report], options: &Options, series: &SeriesOptions) -> Vec<usize> {
    let mut decided = Vec::new();
    for _ in 0..ROUNDS {
        let members: Vec<Member<'_>> =
            documents.iter().zip(reports.iter()).map(|((name, document), report)| Member { name, text: &document.text, report }).collect();
        let hints = hints(&members, series);
        let before = decided.len();
        for (index, hints) in hints.into_iter().enumerate().filter(|(_, hints)| !hints.is_empty()) {
            let (Some((_, document)), Some(report)) = (documents.get(index), reports.get_mut(index)) else { continue };
            if report.figures.iter().all(|f| f.candidates.is_empty()) {
                continue;
            }
            let read = parse_document(document, &Options { hints: [options.hints.as_slice(), &hints].concat(), ..options.clone() });
            if certain(&read) > certain(report) {
                *report = read;
                decided.push(index);
            }
        }
        if decided.len() == before {
            break;
        }
    }
    decided.sort_unstable();
    decided.dedup();
    decided
}

/// A report that was decided may decide the next; so far that goes on.
const ROUNDS: usize = 4;

/// Agencies, each with the indices of its reports.
type Groups = Vec<(Option<String>, Vec<usize>)>;

fn groups(members: &[Member<'_>], options: &SeriesOptions) -> Groups {
    let mut groups: Groups = Vec::new();
    let mut known: FxHashMap<Option<String>, usize> = FxHashMap::default();
    for (index, member) in members.iter().enumerate() {
        let agency = member.report.issuer.as_deref().map(fold).filter(|name| !name.is_empty());
        let key = if options.one_agency { None } else { agency.clone() };
        // A report that names no agency stands alone.
        let joins = options.one_agency || agency.is_some();
        match known.get(&key).filter(|_| joins).and_then(|&at| groups.get_mut(at)) {
            Some((_, group)) => group.push(index),
            None => {
                known.insert(key, groups.len());
                groups.push((agency, vec![index]));
            }
        }
    }
    groups
}

/// Names looked at beside each name, in their order.
const NEIGHBOURS: usize = 4;

/// Names of which one holds all characters of the other in their order: 管委会 and 管理委员会.
fn alike<'a>(names: &[&'a str]) -> FxHashMap<&'a str, Vec<&'a str>> {
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    let mut found: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (at, &one) in sorted.iter().enumerate() {
        for &other in sorted.iter().skip(at + 1).take(NEIGHBOURS) {
            let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
            let mut rest = long.chars();
            if short.chars().all(|c| rest.any(|l| l == c)) {
                found.entry(one).or_default().push(other);
                found.entry(other).or_default().push(one);
            }
        }
    }
    found
}

/// The report that stands for a year.
struct Used<'a> {
    index: usize,
    year: i32,
    member: &'a Member<'a>,
    figures: FxHashMap<&'a str, &'a gongkai_grammar::model::Figure>,
    /// Paths of its forms; empty if no edition is known.
    paths: FxHashSet<&'static str>,
}

impl<'a> Used<'a> {
    fn new(index: usize, year: i32, member: &'a Member<'a>) -> Self {
        let report = member.report;
        let tables = report.tables.iter().filter_map(|t| forms().edition(&t.edition)?.tables.iter().find(|form| form.id == t.table));
        let edition = report.edition.as_deref().and_then(|e| forms().edition(e)).into_iter().flat_map(|form| &form.tables);
        let edition = edition.filter(|form| !report.tables.iter().any(|t| t.table == form.id));
        let paths = tables.chain(edition).flat_map(|t| &t.rows).flat_map(|r| r.paths.iter().map(String::as_str)).collect();
        Self { index, year, member, figures: report.figures.iter().filter(|f| compare::is_there(f)).map(|f| (f.path.as_ref(), f)).collect(), paths }
    }

    /// Where the report names its year.
    fn place(&self) -> Option<Span> {
        self.member.report.evidence.iter().find(|e| e.field == "year" && e.source != Source::Metadata).and_then(|e| e.span)
    }
}

/// The reports of one agency by year: lists each with its standing, and returns those that are used.
fn standings<'a>(members: &'a [Member<'a>], group: &[usize], series: &mut Series) -> Vec<Used<'a>> {
    let mut of_year: Vec<(Option<i32>, usize, &Member<'_>)> = group.iter().filter_map(|&i| members.get(i).map(|m| (m.report.year, i, m))).collect();
    of_year.sort_by_key(|&(year, index, _)| (year.is_none(), year, index));
    let agency = |m: &Member<'_>| m.report.issuer.clone();
    series.agency = of_year.iter().rev().find_map(|(_, _, m)| agency(m));
    let names: FxHashSet<Option<String>> = of_year.iter().map(|(_, _, m)| m.report.issuer.as_deref().map(fold)).collect();
    series.identity = match (names.len(), series.agency.is_some()) {
        (1, true) => Identity::Named,
        (1, false) if of_year.len() == 1 => Identity::Unknown,
        _ => Identity::Told,
    };
    let mut used: Vec<Used<'_>> = Vec::new();
    for same in of_year.chunk_by(|a, b| a.0 == b.0 && a.0.is_some()) {
        let best = same.iter().max_by_key(|(_, index, m)| (m.report.published.or(m.report.issued), certain(m.report), *index)).map(|b| b.1);
        for &(year, index, member) in same {
            let standing = match (year, same.iter().find(|o| Some(o.1) == best)) {
                (None, _) => Standing::Undated,
                (Some(_), Some(other)) if other.1 != index => {
                    let differ = compare::cells(other.2.report, member.report).1.iter().any(|c| c.kind != ChangeKind::Uncertain);
                    if differ { Standing::Revision } else { Standing::Copy }
                }
                _ => Standing::Used,
            };
            if let (Some(year), Standing::Used) = (year, standing) {
                used.push(Used::new(index, year, member));
            }
            let edition = member.report.edition.clone();
            series.reports.push(SeriesReport { report: index, name: member.name.to_owned(), agency: agency(member), year, edition, standing });
        }
    }
    used
}

/// The pairs of reports of two years that follow each other.
fn neighbours<'u, 'a>(used: &'u [Used<'a>]) -> impl Iterator<Item = (&'u Used<'a>, &'u Used<'a>)> {
    used.windows(2).filter_map(|pair| match pair {
        [before, after] if before.year + 1 == after.year => Some((before, after)),
        _ => None,
    })
}

/// The chain of years of one agency.
fn chain(members: &[Member<'_>], group: &[usize]) -> Series {
    let mut series = Series { schema: Name::Borrowed(SERIES_SCHEMA), ..Series::default() };
    let used = standings(members, group, &mut series);
    years_of(&used, &mut series, members);
    for (before, after) in neighbours(&used) {
        years::step(before, after, &mut series);
        repeated::repeated(before, after, &mut series);
    }
    let abouts: Vec<String> = series.findings.iter().map(about).collect();
    fingerprint::name(series.findings.iter_mut().map(|f| &mut f.finding).zip(&abouts));
    series
}

fn certain(report: &Report) -> usize {
    report.figures.iter().filter(|f| f.status != Status::Ambiguous && f.value.is_some()).count()
}

/// What a finding is about, without its place.
fn about(found: &SeriesFinding) -> String {
    let mut about = format!("{} {:?}", found.finding.code, found.years);
    if found.operands.is_empty() {
        about.push_str(&found.finding.message.en);
    }
    for operand in &found.operands {
        about.push_str(&format!("\n{} {}={}", operand.year, operand.path, operand.value.map_or_else(String::new, |v| v.to_string())));
    }
    about
}

/// GK406: years without a report, years with two.
fn years_of(used: &[Used<'_>], series: &mut Series, members: &[Member<'_>]) {
    for pair in used.windows(2) {
        let [before, after] = pair else { continue };
        let gap: Vec<i32> = (before.year + 1..after.year).collect();
        if gap.is_empty() {
            continue;
        }
        let list = gap.iter().map(i32::to_string).collect::<Vec<_>>();
        let said = (format!("没有 {} 年的报告", list.join("、")), format!("no report for {}", list.join(", ")));
        let details = Details { said, span: after.place(), cause: Some(Cause::Unknown), ..Details::default() };
        series.findings.push(SeriesFinding { report: after.index, years: gap.clone(), operands: Vec::new(), finding: finding("GK406", details) });
        series.missing.extend(gap);
    }
    let twice: Vec<SeriesReport> = series.reports.iter().filter(|r| matches!(r.standing, Standing::Copy | Standing::Revision)).cloned().collect();
    for other in twice {
        let (Some(year), Some(member)) = (other.year, members.get(other.report)) else { continue };
        let Some(chosen) = used.iter().find(|u| u.year == year) else { continue };
        let place = Used::new(other.report, year, member).place();
        let same = other.standing == Standing::Copy;
        let said = (
            format!("{year} 年有两份报告（另一份：{}），{}，采用另一份", chosen.member.name, if same { "数据相同" } else { "数据不同" }),
            format!(
                "two reports for {year} (the other: {}), their figures {}; the other is used",
                chosen.member.name,
                if same { "are equal" } else { "differ" }
            ),
        );
        let details = Details { said, span: place, cause: Some(Cause::Unknown), ..Details::default() };
        series.findings.push(SeriesFinding { report: other.report, years: vec![year], operands: Vec::new(), finding: finding("GK406", details) });
    }
}

/// A figure as an operand.
fn operand(used: &Used<'_>, path: Name) -> SeriesOperand {
    let figure = used.figures.get(path.as_ref());
    let span = figure.and_then(|f| f.span);
    SeriesOperand { year: used.year, report: used.index, value: figure.and_then(|f| f.value), span, path }
}

/// Whether the spans of a report can be looked up in its text.
fn counts_bytes(report: &Report) -> bool {
    report.offsets == Offsets::Utf8
}
