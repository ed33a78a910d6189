//! How well faults are found: made-up reports with none to three known ones, read in every dialect.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use gongkai::{Document, Member, Options, Report, SeriesOptions, Verdict};
use gongkai_tests::{
    Filled, FilledCell, Rng, Style,
    faults::{Broken, Fault, SLIPS, Slip, broken, determined, inject, other_digit},
    fill, next_year,
    print::{DIALECTS, Fidelity, Print},
    printed_for,
    told::{misquote, said, tell},
};

/// What a dialect and the figures leave to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Legible {
    /// Every cell can be told from its neighbours.
    Whole,
    /// There are blank cells, and the dialect does not show all of them.
    Blanks,
    /// Digits of neighbouring cells run together.
    Glued,
}

/// Dialects with a mark around every cell.
const FRAMED: [&str; 5] = ["markdown", "markdown-grid", "box-drawing", "tabs", "tabs-packed"];

/// How often a check came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rules that the figures break.
    pub broken: usize,
    /// Those of them that were found broken.
    pub found: usize,
    /// Those that the reading says it cannot tell.
    pub told: usize,
    /// Those taken to hold.
    pub missed: usize,
    /// Rules found broken that the figures obey.
    pub false_alarms: usize,
    /// Rules that the figures obey.
    pub obeyed: usize,
}

/// How often the diagnosis of a lone fault was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// Faults that break a rule.
    pub faults: usize,
    /// Those of them that the figures determine.
    pub determined: usize,
    /// Those of the determined ones whose cells were named first.
    pub first: usize,
    /// Those that were named in the list at all, determined or not.
    pub listed: usize,
}

/// Everything that was measured.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// Reports read.
    pub reports: usize,
    /// Reports without a fault that got an error or warning about arithmetic.
    pub accused: Vec<String>,
    /// By what could be read, and the code.
    pub checks: BTreeMap<(Legible, String), Tally>,
    /// Where every cell can be told.
    pub diagnosis: BTreeMap<Slip, Diagnosis>,
    /// Sentences that give another number than the tables, by the code of what is to be found; figures that are right are those obeyed.
    pub told: BTreeMap<String, Tally>,
    /// Columns whose figures carried over are not those that the year before carried forward.
    pub carried: Tally,
    /// Cells of a report whose digits run together that the year before decides: all that were ambiguous, those decided, those decided wrongly.
    pub decided: [usize; 3],
    /// The longest that a report whose digits run together took, in milliseconds.
    pub slowest: f64,
    /// A few of the misses.
    pub examples: Vec<String>,
}

/// Reads `count` reports of every edition, dialect and number of faults.
#[must_use]
pub fn measure(count: u64) -> Measured {
    let mut measured = Measured::default();
    for form in &gongkai::forms().editions {
        for seed in 0..count {
            for faults in 0..=3 {
                let mut rng = Rng::new(seed * 4 + faults);
                let style = Style { thousands: false, ..Style::any(&mut rng) };
                let style = if seed % 2 == 0 { style.without_blanks() } else { style };
                let clean = fill(form, &mut rng, style);
                let first = SLIPS[usize::try_from((seed + seed / 6) % 6).unwrap()];
                let (filled, made) = spoil(form, clean, faults, first, &mut rng);
                let case = Case { faults: &made, broken: broken(form, &filled) };
                let sure = case.lone().is_some_and(|fault| determined(form, &filled, fault));
                for (name, print, fidelity) in DIALECTS {
                    let legible = match fidelity {
                        Fidelity::LosesSeparators => Legible::Glued,
                        _ if style.blanks == 0 || FRAMED.contains(name) => Legible::Whole,
                        _ => Legible::Blanks,
                    };
                    let text = print(form, &filled);
                    let start = Instant::now();
                    let report = gongkai::parse(&text, &Options::default());
                    if legible == Legible::Glued {
                        measured.slowest = measured.slowest.max(start.elapsed().as_secs_f64() * 1e3);
                    }
                    measured.reports += 1;
                    case.score(&format!("{} {name} seed {seed} faults {faults}", form.id), &report, legible, sure, &mut measured);
                }
            }
            told(form, seed, &mut measured);
            (0..4).for_each(|other| years(form, 4 * seed + other, &mut measured));
        }
    }
    measured
}

/// Dialects in which every cell can be told.
fn plain() -> impl Iterator<Item = &'static (&'static str, Print, Fidelity)> {
    DIALECTS.iter().filter(|(name, ..)| FRAMED.contains(name))
}

/// Sentences that say what the tables say, and one of them wrongly.
fn told(form: &gongkai_grammar::Form, seed: u64, measured: &mut Measured) {
    for (at, (name, print, _)) in plain().enumerate() {
        let mut rng = Rng::new(seed * 8 + at as u64);
        let style = Style { thousands: false, ..Style::any(&mut rng).without_blanks() };
        let filled = fill(form, &mut rng, style);
        let mut said = said(form, &filled);
        let wrong = (rng.chance(50) && !said.is_empty()).then(|| misquote(form, &filled, &mut said, &mut rng)).flatten();
        let text = tell(&print(form, &filled), &said);
        let report = gongkai::parse(&text, &Options::default());
        for one in &said {
            let code = match one.indicator {
                name if name.starts_with("requests") => "GK301",
                name if name.ends_with("granted") => "GK302",
                _ => "GK303",
            };
            let is_said = |f: &gongkai::Finding| {
                let fact = report.facts.iter().find(|fact| Some(fact.span) == f.span);
                fact.is_some_and(|fact| fact.indicator.as_deref() == Some(one.indicator))
            };
            let found = report.findings.iter().any(|f| (f.code == code || f.code == "GK603") && is_said(f));
            let tally = measured.told.entry(code.to_owned()).or_default();
            match (wrong == Some(one.indicator), found) {
                (true, true) => (tally.broken, tally.found) = (tally.broken + 1, tally.found + 1),
                (true, false) => {
                    (tally.broken, tally.missed) = (tally.broken + 1, tally.missed + 1);
                    measured.examples.push(format!("{} {name} seed {seed}: {one:?} is wrong and not found", form.id));
                }
                (false, true) => {
                    (tally.obeyed, tally.false_alarms) = (tally.obeyed + 1, tally.false_alarms + 1);
                    measured.examples.push(format!("{} {name} seed {seed}: false alarm about {one:?}", form.id));
                }
                (false, false) => tally.obeyed += 1,
            }
        }
    }
}

/// Two years, the second as the first demands, or with one figure carried over that is another.
fn years(form: &gongkai_grammar::Form, seed: u64, measured: &mut Measured) {
    if !form.tables.iter().any(|t| t.year_rules.iter().any(|r| r.code == "GK401")) {
        return;
    }
    let mut rng = Rng::new(seed * 16 + 3);
    let style = Style { thousands: false, ..Style::any(&mut rng).without_blanks() };
    let before = fill(form, &mut rng, style);
    let filled = fill(form, &mut rng, style);
    let after = next_year(form, &before, filled);
    let mut spoilt = after.clone();
    if rng.chance(50) {
        let path = "requests/carried_over/natural_person";
        if let Some(number) = other_digit(spoilt.cells[path].text(), &mut rng) {
            spoilt.cells.insert(path.to_owned(), FilledCell::Number(number));
        }
    }
    let (_, print, _) = DIALECTS[0];
    let texts = [printed_for(form, &before, print, 0), printed_for(form, &spoilt, print, 1)];
    let reports = texts.each_ref().map(|text| gongkai::parse(text, &Options::default()));
    let members: Vec<Member<'_>> = texts.iter().zip(&reports).map(|(text, report)| Member { name: "", text, report }).collect();
    let chains = gongkai::series(&members, &SeriesOptions::default());
    let row = form.tables.iter().flat_map(|t| &t.rows).find(|r| r.paths.iter().any(|p| p.starts_with("requests/carried_over/"))).unwrap();
    for path in &row.paths {
        let other = path.replace("carried_over", "carried_forward");
        let wrong = spoilt.cells[path].hundredths() != before.cells[&other].hundredths();
        let found = chains.iter().flat_map(|c| &c.findings).any(|f| f.finding.code == "GK401" && f.finding.paths.iter().any(|p| p == path));
        let tally = &mut measured.carried;
        (tally.broken, tally.obeyed) = (tally.broken + usize::from(wrong), tally.obeyed + usize::from(!wrong));
        match (wrong, found) {
            (true, true) => tally.found += 1,
            (true, false) => tally.missed += 1,
            (false, true) => tally.false_alarms += 1,
            (false, false) => {}
        }
        if wrong != found {
            measured.examples.push(format!("{} seed {seed}: {path} of two years: wrong {wrong}, found {found}", form.id));
        }
    }
    // The second report with its digits run together, decided by the first.
    let (_, glued, _) = DIALECTS.iter().find(|(name, ..)| *name == "glued").unwrap();
    let documents = [printed_for(form, &before, print, 0), printed_for(form, &after, *glued, 1)].map(Document::from_text);
    let documents: Vec<(&str, &Document)> = documents.iter().map(|d| ("", d)).collect();
    let mut reports: Vec<Report> = documents.iter().map(|(_, d)| gongkai::parse_document(d, &Options::default())).collect();
    let open: Vec<String> = reports[1].figures.iter().filter(|f| !f.candidates.is_empty()).map(|f| f.path.to_string()).collect();
    gongkai::reread(&documents, &mut reports, &Options::default(), &SeriesOptions::default());
    let [all, decided, wrongly] = &mut measured.decided;
    *all += open.len();
    for figure in reports[1].figures.iter().filter(|f| open.iter().any(|p| *p == f.path) && f.status != gongkai::Status::Ambiguous) {
        *decided += 1;
        let number = figure.value.and_then(|v| v.decimal().scaled(2)).unwrap_or(0);
        if number != i128::from(after.cells[figure.path.as_ref()].hundredths()) {
            *wrongly += 1;
            measured.examples.push(format!("{} seed {seed}: {} decided wrongly", form.id, figure.path));
        }
    }
}

/// Puts so many faults into figures, each of any kind; a lone one is of the kind asked for, if the figures have a place for it.
fn spoil(form: &gongkai_grammar::Form, clean: Filled, count: u64, first: Slip, rng: &mut Rng) -> (Filled, Vec<Fault>) {
    let (mut filled, mut made) = (clean, Vec::new());
    for _ in 0..count {
        // Some figures have no place for some faults.
        for at in 0..20 {
            let slip = if at < 10 && count == 1 { first } else { SLIPS[usize::try_from(rng.within(0..=5)).unwrap()] };
            if let Some(fault) = inject(form, &mut filled, slip, rng) {
                made.push(fault);
                break;
            }
        }
    }
    (filled, made)
}

struct Case<'a> {
    faults: &'a [Fault],
    broken: BTreeSet<Broken>,
}

impl Case<'_> {
    /// The only fault, if it breaks a rule that a correct report obeys.
    fn lone(&self) -> Option<&Fault> {
        let [fault] = self.faults else { return None };
        self.broken.iter().any(|b| !b.note).then_some(fault)
    }

    fn score(&self, name: &str, report: &Report, legible: Legible, sure: bool, measured: &mut Measured) {
        let verdicts: BTreeMap<(&str, &str, &str), Verdict> = report.checks.iter().map(|c| ((&*c.code, &*c.scope, &*c.rule), c.verdict)).collect();
        let is_broken = |code: &str, scope: &str, rule: &str| self.broken.iter().any(|b| (&*b.code, &*b.scope, &*b.formula) == (code, scope, rule));
        for truth in &self.broken {
            let tally = measured.checks.entry((legible, truth.code.clone())).or_default();
            tally.broken += 1;
            match verdicts.get(&(&truth.code, &truth.scope, &truth.formula)) {
                Some(Verdict::Broken) => tally.found += 1,
                Some(Verdict::NotEvaluable) | None => tally.told += 1,
                Some(_) => tally.missed += 1,
            }
            let found = verdicts.get(&(&truth.code, &truth.scope, &truth.formula));
            if legible == Legible::Whole && found != Some(&Verdict::Broken) && measured.examples.len() < 20 {
                measured.examples.push(format!("{name}: {} {} {found:?}", truth.code, truth.scope));
            }
        }
        let of_tables = |code: &str| code.starts_with("GK2");
        for (&(code, scope, rule), &verdict) in verdicts.iter().filter(|((code, scope, rule), _)| of_tables(code) && !is_broken(code, scope, rule)) {
            let tally = measured.checks.entry((legible, code.to_owned())).or_default();
            tally.obeyed += 1;
            if verdict == Verdict::Broken {
                tally.false_alarms += 1;
                measured.examples.push(format!("{name}: false alarm {code} {scope} {rule}"));
            }
        }
        for fault in self.faults.iter().filter(|f| f.slip == Slip::Dropped) {
            let tally = measured.checks.entry((legible, "GK103".to_owned())).or_default();
            tally.broken += 1;
            let absent = |f: &gongkai::Finding| matches!(&*f.code, "GK103" | "GK107") && fault.paths.iter().all(|p| f.paths.iter().any(|q| q == p));
            if report.findings.iter().any(absent) {
                tally.found += 1;
            } else {
                tally.missed += 1;
                measured.examples.push(format!("{name}: dropped {:?} not told", fault.paths));
            }
        }
        let alarms: Vec<&str> =
            report.findings.iter().filter(|f| f.code.starts_with("GK2") && f.severity != gongkai::Severity::Note).map(|f| &*f.message.en).collect();
        if self.faults.is_empty() && !alarms.is_empty() {
            measured.accused.push(format!("{name}: {}", alarms.join("; ")));
        }
        if let Some(fault) = self.lone().filter(|_| legible == Legible::Whole) {
            self.diagnosis(name, report, fault, sure, measured);
        }
    }

    fn diagnosis(&self, name: &str, report: &Report, fault: &Fault, sure: bool, measured: &mut Measured) {
        let tally = measured.diagnosis.entry(fault.slip).or_default();
        let of_table = |f: &&gongkai::Finding| f.code == "GK211" && f.paths.iter().any(|p| p.split('/').next() == Some(fault.table.as_str()));
        let repairs = report.findings.iter().find(of_table).map(|f| f.repairs.as_slice()).unwrap_or_default();
        let named = |repair: &gongkai::Repair| repair.changes.iter().map(|c| c.path.to_string()).collect::<BTreeSet<_>>() == fault.paths;
        tally.faults += 1;
        tally.listed += usize::from(repairs.iter().any(named));
        tally.determined += usize::from(sure);
        let first = repairs.first().is_some_and(named);
        tally.first += usize::from(sure && first);
        if sure && !first && measured.examples.len() < 40 {
            let words = repairs.first().map_or("nothing", |r| &r.message.en);
            measured.examples.push(format!("{name}: {:?} of {:?} got: {words}", fault.slip, fault.paths));
        }
    }
}
