//! The whole of it: text to report.

use gongkai_grammar::{
    Folded, FormTable, forms,
    model::{Evidence, Figure, Finding, Name, Report, SCHEMA, Source, Span, Status, Table},
};

use rustc_hash::FxHashMap;

use crate::{
    Options, Positions, check, corrections,
    document::{self, Document, Format, Grid},
    edition,
    figures::{self, Read},
    findings::{Details, finding, quote},
    fingerprint,
    labels::{Hit, Lexicon, lexicon},
    meta, outline, prose,
    region::{self, Region},
    solve::{self, Known, Solved},
    table::{self, Bound},
};

/// Reads a report from its text. Takes any string.
#[must_use]
pub fn parse(text: &str, options: &Options) -> Report {
    parse_parts(&Parts { text, body: Span::new(0, text.len()), grids: &[], metadata: &[] }, options, |_| {})
}

/// Reads a report from a document. Its spans count in the document's text.
#[must_use]
pub fn parse_document(document: &Document, options: &Options) -> Report {
    let parts = Parts { text: &document.text, body: document.body, grids: &document.grids, metadata: &document.metadata };
    parse_parts(&parts, options, |report| {
        check::notes(&document.notes, report);
        if document.format != Format::Text && document.notes.is_empty() {
            check::no_table(report);
        }
        if document.grids.is_empty() && document.places.is_empty() {
            return;
        }
        for figure in &mut report.figures {
            figure.location = figure.span.and_then(|s| document.locate(s)).map(Box::new);
        }
        for fact in &mut report.facts {
            fact.location = document.locate(fact.span).map(Box::new);
        }
        for finding in &mut report.findings {
            finding.location = finding.span.and_then(|s| document.locate(s)).map(Box::new);
        }
    })
}

/// The prose of a text, for measuring how long it alone takes. Not part of the interface.
#[doc(hidden)]
#[derive(Debug)]
pub struct ProseOf<'a> {
    text: &'a str,
    pieces: Vec<prose::Piece>,
}

impl<'a> ProseOf<'a> {
    /// Finds it.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let hits = lexicon().find(&Folded::new(text), text);
        let tables: Vec<Span> = region::regions(lexicon(), &hits, text, &[]).iter().map(|region| region.span).collect();
        let outline = outline::outline(text, Span::new(0, text.len()), &tables, &[]);
        Self { text, pieces: prose::pieces(text, &outline, &tables) }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.pieces.iter().map(|piece| piece.span.end - piece.span.start).sum()
    }

    /// Reads it; the number of facts.
    #[must_use]
    pub fn facts(&self) -> usize {
        prose::facts(self.text, &self.pieces, prose::Speaker::default()).len()
    }
}

/// What a report is read from.
struct Parts<'a> {
    text: &'a str,
    /// The document proper.
    body: Span,
    grids: &'a [Grid],
    metadata: &'a [(String, String)],
}

fn parse_parts(parts: &Parts<'_>, options: &Options, finish: impl FnOnce(&mut Report)) -> Report {
    let text = parts.text;
    let hits_of = lexicon();
    let folded = Folded::new(text);
    let mut hits = hits_of.find(&folded, text);
    hits.retain(|hit| parts.body.start <= hit.span.start && hit.span.end <= parts.body.end && !document::crosses(parts.grids, hit.span));
    let regions = region::regions(hits_of, &hits, text, parts.grids);
    let mut report = Report { schema: Name::Borrowed(SCHEMA), ..Report::default() };
    let read = tables(parts, hits_of, &hits, &regions, options, &mut report);
    let tables = describe(parts, &regions, &mut report);
    report.figures.reserve(read.iter().map(|table| table.figures.figures.len()).sum());
    let read: Vec<TableRead> = read.into_iter().map(|table| finished(text, table, options, &mut report)).collect();
    check::structure(text, &read, &mut report);
    check::report(text, &tables, &mut report);
    finish(&mut report);
    report.findings.sort_by(|a, b| (a.span.map_or(usize::MAX, |s| s.start), &a.code).cmp(&(b.span.map_or(usize::MAX, |s| s.start), &b.code)));
    flag(&mut report);
    fingerprint::fingerprints(text, &mut report);
    Positions::new(text, options.offsets).apply(text, &mut report);
    report
}

/// A table of the report as read, for the findings about its structure.
pub struct TableRead {
    pub kind: &'static str,
    pub edition: usize,
    pub bounds: Bounds,
    /// Whether a row of the form has more figures than columns.
    pub excess: bool,
    form: &'static FormTable,
    bound: Bound,
    solved: Solved,
    figures: Read,
}

/// How far it reaches.
pub struct Bounds {
    /// Behind its last region.
    pub end: usize,
    /// The last row of the form that has figures.
    pub last_row: Option<usize>,
    /// Rows of the form that have figures, or at least their label.
    pub rows: Vec<usize>,
    /// A label of a row without figures stands behind the last figures.
    pub open_label: bool,
}

/// One standing of a table in the text.
#[derive(Clone)]
struct Instance {
    bound: Bound,
    span: Span,
    /// Where the same text stands again; it is read once.
    repeats: Vec<Span>,
}

/// The editions that a table may follow.
struct Candidates {
    /// Each with where it stands in `read`, and its score.
    editions: Vec<(usize, usize, i64)>,
    /// The table as read, once for editions that print the same one.
    read: Vec<Vec<Instance>>,
}

/// Reads all tables into the report.
fn tables(parts: &Parts<'_>, lexicon: &'static Lexicon, hits: &[Hit], regions: &[Region], options: &Options, report: &mut Report) -> Vec<TableRead> {
    let text = parts.text;
    let mut chosen: Vec<(usize, Vec<usize>, Vec<gongkai_grammar::model::EditionScore>)> = Vec::new();
    for kind in 0..lexicon.kinds.len() {
        let of_kind: Vec<&Region> = regions.iter().filter(|r| r.kind == kind).collect();
        if let Some(choice) = edition::choose(hits, lexicon, &of_kind) {
            chosen.push((kind, choice.best, choice.scores));
        }
    }
    // Of equally good editions the one that binds more, then the one that another table of the report follows, then the newest.
    let mut candidates: Vec<Candidates> = Vec::new();
    let mut decided: Vec<usize> = Vec::new();
    for (kind, best, _) in &chosen {
        let of_kind: Vec<&Region> = regions.iter().filter(|r| r.kind == *kind).collect();
        // Editions that print the same table read it alike.
        let mut different: Vec<usize> = Vec::new();
        for &edition in best {
            if !different.iter().any(|&other| lexicon.same_table(*kind, other, edition)) {
                different.push(edition);
            }
        }
        let read = instances(parts, hits, lexicon, &of_kind, &different);
        let scores = first_scores(&read);
        let mut editions: Vec<(usize, usize, i64)> = Vec::new();
        for &edition in best {
            let same = different.iter().position(|&other| lexicon.same_table(*kind, other, edition)).unwrap_or(usize::MAX);
            editions.push((edition, same, scores.get(same).copied().unwrap_or(0)));
        }
        let top = editions.iter().map(|c| c.2).max().unwrap_or(0);
        editions.retain(|c| c.2 == top);
        if let [only] = editions.as_slice() {
            decided.push(only.0);
        }
        candidates.push(Candidates { editions, read });
    }
    let mut read = Vec::new();
    let mut order: Vec<(usize, usize)> = Vec::new();
    let mut results = Vec::new();
    for ((kind, _, scores), Candidates { editions, mut read }) in chosen.into_iter().zip(candidates) {
        let Some(&(edition, same, _)) = editions.iter().find(|c| decided.contains(&c.0)).or(editions.iter().max_by_key(|c| newest(c.0))) else {
            continue;
        };
        let instances = read.get_mut(same).map(std::mem::take).unwrap_or_default();
        order.push((instances.first().map_or(0, |i| i.span.start), results.len()));
        results.push((kind, edition, instances, scores));
    }
    order.sort_unstable();
    let mut results: Vec<Option<_>> = results.into_iter().map(Some).collect();
    for (_, index) in order {
        if let Some((kind, edition, instances, scores)) = results.get_mut(index).and_then(Option::take) {
            read.extend(one_table(text, lexicon, kind, edition, instances, scores, options, report));
        }
    }
    read
}

/// How long an edition was in force, then its place among the others.
fn newest(edition: usize) -> (i32, usize) {
    (forms().editions.get(edition).and_then(|form| form.last_year).unwrap_or(i32::MAX), edition)
}

/// What the first standing of a table that is no mere piece of it scores in each of the editions.
fn first_scores(read: &[Vec<Instance>]) -> Vec<i64> {
    let score = |list: &Vec<Instance>, at: usize| list.get(at).map(|i| i.bound.score());
    let best: Vec<i64> = (0..).map_while(|at| read.iter().filter_map(|list| score(list, at)).max()).collect();
    let most = best.iter().copied().max().unwrap_or(0);
    let first = best.iter().position(|&score| score * 2 >= most).unwrap_or(0);
    read.iter().map(|list| score(list, first).unwrap_or(0)).collect()
}

/// The standings of a table in each of the editions: regions that add rows to one another are one, regions that repeat rows are copies.
fn instances(parts: &Parts<'_>, hits: &[Hit], lexicon: &Lexicon, regions: &[&Region], editions: &[usize]) -> Vec<Vec<Instance>> {
    let mut lists: Vec<Vec<Instance>> = vec![Vec::new(); editions.len()];
    for (at, region) in regions.iter().enumerate() {
        let words = region.span.of(parts.text);
        // A table of one piece that stands again word for word.
        let first = regions.first().filter(|f| at > 0 && f.span.of(parts.text) == words && region.grids.is_empty());
        if first.is_some() && lists.iter().all(|list| matches!(list.as_slice(), [one] if one.span == regions.first().map_or(one.span, |f| f.span))) {
            lists.iter_mut().flatten().for_each(|one| one.repeats.push(region.span));
            continue;
        }
        for (list, bound) in lists.iter_mut().zip(table::bind(parts.text, hits, lexicon, region, parts.grids, editions)) {
            let Some(bound) = bound.filter(|b| !b.rows.is_empty() || !b.loose.is_empty()) else { continue };
            let repeats = |last: &Instance| last.bound.rows.iter().any(|a| a.row.is_some() && bound.rows.iter().any(|b| a.row == b.row));
            match list.last_mut().filter(|last| !repeats(last)) {
                Some(last) => {
                    last.span.end = region.span.end;
                    last.bound.merge(bound);
                }
                None => list.push(Instance { bound, span: region.span, repeats: Vec::new() }),
            }
        }
    }
    lists
}

#[allow(clippy::too_many_arguments)]
fn one_table(
    text: &str,
    lexicon: &'static Lexicon,
    kind: usize,
    edition: usize,
    instances: Vec<Instance>,
    scores: Vec<gongkai_grammar::model::EditionScore>,
    options: &Options,
    report: &mut Report,
) -> Option<TableRead> {
    let form = lexicon.table(edition, kind)?;
    let edition_form = forms().editions.get(edition)?;
    let repeats: Vec<Span> = instances.iter().flat_map(|i| i.repeats.iter().copied()).collect();
    let copies = instances.len() + repeats.len();
    let mut reads: Vec<(Read, Solved, Instance)> = instances
        .into_iter()
        .map(|mut instance| {
            let (known, unknown) = std::mem::take(&mut instance.bound.rows).into_iter().partition(|r| r.row.is_some());
            instance.bound.rows = unknown;
            let solved = solve::solve(text, form, known, &instance.bound, options.max_steps);
            (figures::figures(text, form, &instance.bound, &solved), solved, instance)
        })
        .collect();
    // The copy that tells most of the form is used.
    let tells = |f: &&Figure| f.status <= Status::Solved && (f.value.is_some() || f.missing.is_some()) && !f.path.contains("/local:");
    let certainty = |read: &Read| read.figures.iter().filter(tells).count();
    let best = (0..reads.len()).max_by_key(|&i| (reads.get(i).map_or(0, |(r, ..)| certainty(r)), std::cmp::Reverse(i)))?;
    let (used, solved, instance) = reads.remove(best);
    let end = reads.iter().map(|(.., i)| i.span.end).chain([instance.span.end]).chain(repeats.iter().map(|r| r.end)).max().unwrap_or(0);
    for (other, _, place) in &reads {
        copy_findings(&used.figures, &other.figures, place.span, &mut report.findings);
    }
    for &place in &repeats {
        copy_findings(&[], &[], place, &mut report.findings);
    }
    report.tables.push(Table {
        table: Name::Borrowed(&form.id),
        edition: Name::Borrowed(&edition_form.id),
        evidence: scores,
        dialect: instance.bound.dialect,
        pipes_per_row: instance.bound.pipes_per_row,
        rows: used.rows.len(),
        copies,
        span: instance.span,
    });
    let last_row = used.rows.iter().copied().max();
    let bounds =
        Bounds { end, last_row, rows: used.rows.iter().chain(&used.empty).copied().collect(), open_label: instance.bound.open_label(last_row) };
    let excess = used.excess;
    Some(TableRead { kind: lexicon.kinds.get(kind)?, edition, bounds, excess, form, bound: instance.bound, solved, figures: used })
}

/// Decides what the rules of a table leave open by what the prose and the caller say, and checks its figures.
fn finished(text: &str, mut table: TableRead, options: &Options, report: &mut Report) -> TableRead {
    if table.solved.is_open() {
        let known = Known { text, facts: &report.facts, year: report.year, hints: &options.hints };
        if !known.is_empty() && solve::decide(table.form, &mut table.solved, &known, options.max_steps) {
            table.figures = figures::figures(text, table.form, &table.bound, &table.solved);
        }
    }
    let read = &mut table.figures;
    corrections::apply(table.form, read, &options.corrections);
    report.findings.append(&mut read.findings);
    check::table(table.form, read, &mut report.checks, &mut report.findings);
    report.figures.append(&mut read.figures);
    table
}

/// GK109: the same table once more, equal or different.
fn copy_findings(used: &[Figure], other: &[Figure], span: Span, findings: &mut Vec<Finding>) {
    let there: FxHashMap<&str, &Figure> = other.iter().map(|f| (f.path.as_ref(), f)).collect();
    let same = |f: &Figure| {
        there
            .get(f.path.as_ref())
            .is_none_or(|o| (o.value, o.missing) == (f.value, f.missing) || o.status == Status::Ambiguous || f.status == Status::Ambiguous)
    };
    let different: Vec<&Figure> = used.iter().filter(|f| !same(f)).collect();
    let said = if different.is_empty() {
        ("两份相同，取其一".to_owned(), "the copies are equal, one is used".to_owned())
    } else {
        let cells: Vec<String> = different
            .iter()
            .take(5)
            .map(|f| {
                let raw = there.get(f.path.as_ref()).map(|o| o.raw.as_str()).unwrap_or_default();
                format!("{} {} / {}", f.path, quote(&f.raw), quote(raw))
            })
            .collect();
        (format!("两份有 {} 处不同：{}", different.len(), cells.join("；")), format!("{} cells differ: {}", different.len(), cells.join("; ")))
    };
    let severity = (!different.is_empty()).then_some(gongkai_grammar::model::Severity::Warning);
    findings.push(finding(
        "GK109",
        Details { said, span: Some(span), paths: different.iter().map(|f| f.path.clone()).collect(), severity, ..Details::default() },
    ));
}

/// Title, issuer, year, sections and the like. Returns the places of the tables.
fn describe(parts: &Parts<'_>, regions: &[Region], report: &mut Report) -> Vec<Span> {
    let text = parts.text;
    let spans: Vec<Span> = regions.iter().map(|r| r.span).collect();
    let closed = parts.grids.iter().filter(|g| g.sheet.is_none() && spans.iter().any(|s| s.start < g.span.end && g.span.start < s.end));
    let closed: Vec<Span> = closed.map(|g| g.span).collect();
    let outline = outline::outline(text, parts.body, &spans, &closed);
    let meta = meta::meta(text, &outline, &spans, parts.metadata);
    report.title = meta.title;
    report.issuer = meta.issuer;
    report.year = meta.year;
    report.period = meta.period;
    report.issued = meta.issued;
    report.published = meta.published;
    report.signatories = meta.signatories;
    report.contact = meta.contact;
    report.citations = meta.citations;
    report.articles = meta.articles;
    report.problems = meta.problems;
    report.measures = meta.measures;
    report.evidence = meta.evidence;
    for span in meta.damaged {
        let words = quote(span.of(text));
        report.findings.push(finding("GK113", Details { said: (words.clone(), words), span: Some(span), ..Details::default() }));
    }
    if !report.findings.iter().any(|f| f.code == "GK109") {
        for &(span, identical) in &outline.copies {
            let said = if identical {
                ("两份相同，取其一", "the copies are equal, one is used")
            } else {
                ("两份文字不同", "the copies differ in their words")
            };
            report.findings.push(finding("GK109", Details { said: (said.0.into(), said.1.into()), span: Some(span), ..Details::default() }));
        }
    }
    let speaker = prose::Speaker { issuer: report.issuer.as_deref(), year: report.year, on_requests: false };
    report.facts = prose::facts(text, &prose::pieces(text, &outline, &spans), speaker);
    report.sections = outline.sections;
    // The edition with the most labels of its own decides; then the one of most tables, then of most rows.
    let mut votes: Vec<(usize, usize, usize, Name)> = Vec::new();
    for table in &report.tables {
        let base = forms().edition(&table.edition).and_then(|f| f.extends.clone()).map_or_else(|| table.edition.clone(), Name::Owned);
        let own = table.evidence.iter().find(|e| e.edition == table.edition).map_or(0, |e| e.own.len());
        match votes.iter_mut().find(|(_, _, _, e)| *e == base) {
            Some(vote) => *vote = (vote.0 + own, vote.1 + 1, vote.2 + table.rows, base),
            None => votes.push((own, 1, table.rows, base)),
        }
    }
    report.edition = votes.into_iter().max_by_key(|(own, tables, rows, _)| (*own, *tables, *rows)).map(|(_, _, _, e)| e);
    for table in &report.tables {
        let own = table.evidence.iter().find(|e| e.edition == table.edition).map(|e| e.own.join("、")).unwrap_or_default();
        report.evidence.push(Evidence {
            field: Name::Borrowed("edition"),
            source: Source::Table,
            text: format!("{} → {}: {own}", table.table, table.edition),
            span: Some(table.span),
        });
    }
    spans
}

/// Writes the codes of the findings on the figures they concern.
fn flag(report: &mut Report) {
    if report.findings.iter().all(|f| f.paths.is_empty()) {
        return;
    }
    let mut codes: FxHashMap<&str, Vec<&Name>> = FxHashMap::default();
    for finding in &report.findings {
        for path in &finding.paths {
            codes.entry(path).or_default().push(&finding.code);
        }
    }
    for figure in &mut report.figures {
        let mut flags: Vec<Name> = codes.get(figure.path.as_ref()).map(|c| c.iter().map(|&n| n.clone()).collect()).unwrap_or_default();
        flags.sort();
        flags.dedup();
        figure.flags = flags;
    }
}
