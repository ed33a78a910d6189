//! Every folder of `tests/vectors` against the truth that was read from it by hand, and against what it gave last time.
//!
//! A vector is `input.*`, `truth.json` and `NOTES.md`. The truth holds the cells itself (vectors made by hand), or names the page that a tool has
//! flattened (`cells_of`). No cell may be silently wrong. Vectors made by hand must be right in every cell; of the flattened ones
//! `tests/vectors/floor.json` keeps how many cells are right, which may only grow.
//!
//! `GONGKAI_BLESS=1 cargo test -p gongkai-tests --test vectors` writes `floor.json` and every `expected.json`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)] // A test may stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use gongkai::{Decimal, Figure, Missing, Options, Report};
use serde_json::{Value, json};

/// Vectors made by hand in which a cell cannot be known from the text: the wrong cells must be flagged, as everywhere.
const NOT_WHOLE: &[(&str, &str)] = &[
    ("pipe-law-six-cell-rows", "every row of outcomes has lost one of its columns; which of those with 0 it was, the rules do not tell"),
    ("two-years-in-a-row", "no header says which of the two years in each row is the report's"),
];

struct Vector {
    name: String,
    folder: PathBuf,
    truth: Truth,
    report: Report,
}

#[derive(Default)]
struct Truth {
    /// Whether the truth is of this text alone, not of a page that a tool has flattened.
    by_hand: bool,
    edition: Value,
    year: Value,
    title: Value,
    cells: BTreeMap<String, Value>,
    unknowable: BTreeSet<String>,
    findings: Vec<String>,
    no_findings: Vec<String>,
    status: BTreeMap<String, String>,
    units: BTreeMap<String, String>,
    /// What is said of the prose, as far as the truth says it.
    prose: BTreeMap<&'static str, Value>,
}

/// The keys of a truth about the prose.
const PROSE: [&str; 6] = ["facts", "indicators", "contact", "citations", "problems", "measures"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

fn bless() -> bool {
    std::env::var_os("GONGKAI_BLESS").is_some_and(|v| v == "1")
}

fn load(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

impl Truth {
    fn load(folder: &Path) -> Self {
        let strings = |value: &Value| -> Vec<String> { value.as_array().into_iter().flatten().map(|v| v.as_str().unwrap().to_owned()).collect() };
        let cells = |value: &Value| -> BTreeMap<String, Value> { value.as_object().unwrap().iter().map(|(k, v)| (k.clone(), v.clone())).collect() };
        let words = |value: &Value| value.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.as_str().unwrap().to_owned())).collect();
        let own = load(&folder.join("truth.json"));
        let unknowable = strings(&own["unknowable"]).into_iter().collect();
        if let Some(page) = own["cells_of"].as_str() {
            return Self { cells: cells(&load(&folder.join(page))["cells"]), unknowable, ..Self::default() };
        }
        Self {
            by_hand: true,
            edition: own["edition"].clone(),
            year: own["year"].clone(),
            title: own["title"].clone(),
            cells: cells(&own["cells"]),
            unknowable,
            findings: strings(&own["findings"]),
            no_findings: strings(&own["no_findings"]),
            prose: PROSE.iter().filter(|key| !own[**key].is_null()).map(|key| (*key, own[*key].clone())).collect(),
            status: words(&own["status"]),
            units: words(&own["units"]),
        }
    }
}

fn vectors() -> Vec<Vector> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    assert!(folders.len() > 200, "vectors are missing");
    folders
        .into_iter()
        .map(|folder| {
            let input = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).find(|p| p.file_stem().is_some_and(|s| s == "input"));
            let bytes = fs::read(input.unwrap_or_else(|| panic!("{}: no input", folder.display()))).unwrap();
            let report = gongkai::read(&bytes, &Options::default()).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
            Vector { name: folder.file_name().unwrap().to_string_lossy().into_owned(), truth: Truth::load(&folder), folder, report }
        })
        .collect()
}

/// Whether a figure says what the truth says: a number, `null` for no number, or 无.
fn right(want: &Value, figure: Option<&Figure>) -> bool {
    match want {
        Value::Null => figure.is_none_or(|f| f.value.is_none()),
        Value::String(_) => figure.is_some_and(|f| f.value.is_none() && f.missing == Some(Missing::None)),
        number => figure.and_then(|f| f.value).is_some_and(|v| v.decimal() == number.to_string().parse::<Decimal>().unwrap()),
    }
}

#[derive(Default)]
struct Score {
    right: usize,
    flagged: Vec<String>,
    silent: Vec<String>,
}

fn score(vector: &Vector) -> Score {
    let table = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let Truth { cells, unknowable, .. } = &vector.truth;
    let figures: BTreeMap<&str, &Figure> = vector.report.figures.iter().map(|f| (f.path.as_ref(), f)).collect();
    let read_tables: BTreeSet<String> = figures.keys().map(|p| table(p)).collect();
    let flagged_tables: BTreeSet<String> = figures.values().filter(|f| !f.flags.is_empty()).map(|f| table(&f.path)).collect();
    let mut score = Score::default();
    let mut lost: BTreeMap<String, usize> = BTreeMap::new();
    for (path, want) in cells {
        let figure = figures.get(path.as_str()).copied();
        let line = || format!("{path}: want {want}, read {:?} {:?} {:?}", figure.map(|f| f.value), figure.map(|f| f.status), figure.map(|f| &f.raw));
        // A cell that is not there is flagged by what is said of its table. Of one that cannot be known, nothing need be said but no number.
        if right(want, figure) {
            score.right += 1;
        } else if unknowable.contains(path) && figure.is_none_or(|f| f.value.is_none()) {
            score.flagged.push(line());
        } else if !read_tables.contains(&table(path)) {
            *lost.entry(table(path)).or_default() += 1;
        } else if figure.map_or_else(|| flagged_tables.contains(&table(path)), |f| !f.flags.is_empty()) {
            score.flagged.push(line());
        } else {
            score.silent.push(line());
        }
    }
    for (table, cells) in lost {
        // GK108 says which table did not come out.
        let said = vector.report.findings.iter().any(|f| f.code == "GK108" && f.message.en.contains(&table));
        let line = format!("{table}: all {cells} cells are lost");
        if said { score.flagged.push(line) } else { score.silent.push(line) }
    }
    let tables: BTreeSet<String> = cells.keys().map(|p| table(p)).collect();
    for (path, figure) in figures {
        let unknown = unknowable.contains(path) || (tables.contains(&table(path)) && !path.contains("/local:"));
        if unknown && !cells.contains_key(path) && figure.value.is_some() && figure.flags.is_empty() {
            score.silent.push(format!("{path}: cannot be known, read {:?} {:?}", figure.value, figure.raw));
        }
    }
    score
}

fn codes(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|f| f.code.as_ref()).collect()
}

/// The most important promise of all.
#[test]
fn no_cell_is_silently_wrong() {
    let (mut bad, mut all, mut good, mut flagged) = (Vec::new(), 0, 0, 0);
    for vector in vectors() {
        let score = score(&vector);
        all += vector.truth.cells.len();
        good += score.right;
        flagged += score.flagged.len();
        bad.extend(score.silent.iter().map(|line| format!("{}: {line}", vector.name)));
    }
    println!("{good} of {all} cells right, {flagged} flagged");
    assert!(bad.is_empty(), "silently wrong:\n{}", bad.join("\n"));
}

#[test]
fn vectors_made_by_hand_are_right_in_every_cell() {
    let mut bad = Vec::new();
    for vector in vectors().iter().filter(|v| v.truth.by_hand) {
        let wrong = score(vector).flagged;
        let excused = NOT_WHOLE.iter().find(|(name, _)| *name == vector.name);
        match (wrong.is_empty(), excused) {
            (false, None) => bad.push(format!("{}: {} cells\n    {}", vector.name, wrong.len(), wrong.join("\n    "))),
            (true, Some((_, why))) => bad.push(format!("{}: right in every cell, but excused ({why}): take it off the list", vector.name)),
            _ => {}
        }
    }
    assert!(bad.is_empty(), "\n{}", bad.join("\n"));
}

#[test]
fn vectors_made_by_hand_have_their_edition_findings_and_title() {
    let mut bad = Vec::new();
    for Vector { name, truth, report, .. } in vectors().iter().filter(|v| v.truth.by_hand) {
        let mut say = |what: String| bad.push(format!("{name}: {what}"));
        for (field, want, read) in [("edition", &truth.edition, json!(report.edition)), ("year", &truth.year, json!(report.year))] {
            if *want != read {
                say(format!("{field}: want {want}, read {read}"));
            }
        }
        if !truth.title.is_null() && truth.title != json!(report.title) {
            say(format!("title: want {}, read {:?}", truth.title, report.title));
        }
        let codes = codes(report);
        for code in truth.findings.iter().filter(|c| !codes.contains(&c.as_str())) {
            say(format!("{code} is not found; found: {}", codes.join(" ")));
        }
        for finding in report.findings.iter().filter(|f| truth.no_findings.iter().any(|c| *c == f.code)) {
            say(format!("{} must not be found: {} {:?}", finding.code, finding.message.en, finding.span));
        }
        for (path, want) in &truth.status {
            let figure = report.figures.iter().find(|f| f.path == *path);
            if figure.is_none_or(|f| json!(f.status) != json!(want)) {
                say(format!("{path}: want status {want}, read {:?}", figure.map(|f| f.status)));
            }
        }
        for (path, want) in &truth.units {
            let unit = report.figures.iter().find(|f| f.path == *path).and_then(|f| f.unit.as_deref());
            if unit != Some(want) {
                say(format!("{path}: want the unit {want}, read {unit:?}"));
            }
        }
    }
    assert!(bad.is_empty(), "\n{}", bad.join("\n"));
}

/// Whether what is read has every key of the truth with its value; numbers are compared as numbers.
fn agrees(want: &Value, read: &Value) -> bool {
    match (want, read) {
        (Value::Object(want), _) => want.iter().all(|(key, value)| agrees(value, &read[key.as_str()])),
        (Value::Array(want), Value::Array(read)) => want.len() == read.len() && want.iter().zip(read).all(|(w, r)| agrees(w, r)),
        (Value::Number(want), Value::String(read)) => want.to_string().parse::<Decimal>() == read.parse::<Decimal>(),
        _ => want == read,
    }
}

/// What is read of the prose, in the shape of the truth.
fn prose(report: &Report, key: &str) -> Value {
    let texts = |list: &[gongkai::Passage]| json!(list.iter().map(|p| &p.text).collect::<Vec<_>>());
    let text = |passage: &Option<gongkai::Passage>| json!(passage.as_ref().map(|p| &p.text));
    match key {
        "facts" => json!(report.facts),
        "indicators" => gongkai::indicators(report).iter().map(|i| (i.indicator.to_string(), json!(i.value))).collect(),
        "contact" => json!({
            "phones": texts(&report.contact.phones), "fax": text(&report.contact.fax), "postcode": text(&report.contact.postcode),
            "address": text(&report.contact.address), "email": text(&report.contact.email), "urls": texts(&report.contact.urls),
        }),
        "citations" => json!(report.citations.iter().map(|c| json!([c.title, c.number])).collect::<Vec<_>>()),
        "problems" => texts(&report.problems),
        _ => texts(&report.measures),
    }
}

#[test]
fn prose_is_read_as_the_truth_says() {
    let (mut bad, mut seen) = (Vec::new(), BTreeSet::new());
    for Vector { name, truth, report, .. } in &vectors() {
        for (key, want) in &truth.prose {
            seen.insert(*key);
            let read = prose(report, key);
            if agrees(want, &read) {
                continue;
            }
            let lists = want.as_array().zip(read.as_array());
            let differing = lists.into_iter().flat_map(|(want, read)| want.iter().zip(read)).find(|(w, r)| !agrees(w, r));
            let (want, read) = differing.map_or((want, &read), |(w, r)| (w, r));
            bad.push(format!("{name}: {key}: want {want}, read {read}"));
        }
    }
    assert_eq!(seen.len(), PROSE.len(), "no vector is about some of the keys: {seen:?}");
    assert!(bad.is_empty(), "\n{}", bad.join("\n"));
}

#[test]
fn flattened_pages_are_read_as_well_as_before() {
    let path = folder().join("floor.json");
    let mut floor: BTreeMap<String, usize> = if path.exists() { serde_json::from_value(load(&path)).unwrap() } else { BTreeMap::new() };
    let (mut bad, mut better, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for vector in vectors().iter().filter(|v| !v.truth.by_hand) {
        let (now, all) = (score(vector).right, vector.truth.cells.len());
        println!("{:42} {now:3} of {all}", vector.name);
        seen.insert(vector.name.clone());
        match floor.get(&vector.name) {
            Some(&least) if now < least => bad.push(format!("{}: {now} of {all} cells right, before {least}", vector.name)),
            Some(&least) if now == least => {}
            Some(_) => better.push(vector.name.clone()),
            None if bless() => {}
            None => bad.push(format!("{}: not in floor.json", vector.name)),
        }
        let least = floor.entry(vector.name.clone()).or_default();
        *least = now.max(*least);
    }
    bad.extend(floor.keys().filter(|name| !seen.contains(*name)).map(|name| format!("{name}: in floor.json, but no vector")));
    if bless() {
        floor.retain(|name, _| seen.contains(name));
        fs::write(&path, serde_json::to_string_pretty(&floor).unwrap() + "\n").unwrap();
    } else if !better.is_empty() {
        println!("better than floor.json (GONGKAI_BLESS=1 keeps it): {}", better.join(", "));
    }
    assert!(bad.is_empty(), "\n{}", bad.join("\n"));
}

/// What matters of a report, a figure a line.
fn snapshot(report: &Report) -> String {
    let mut out = String::from("{\n");
    for (field, value) in [("edition", json!(report.edition)), ("year", json!(report.year)), ("title", json!(report.title))] {
        writeln!(out, "\"{field}\": {value},").unwrap();
    }
    let mut list = |name: &str, open: char, close: char, lines: Vec<String>, end: &str| {
        let body = if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join(",\n")) };
        writeln!(out, "\"{name}\": {open}{body}{close}{end}").unwrap();
    };
    let tables = report.tables.iter().map(|t| json!([t.table, t.edition, t.dialect, t.rows, t.copies]).to_string()).collect();
    list("tables", '[', ']', tables, ",");
    let figure = |f: &Figure| {
        let mut parts = vec![json!(f.value), json!(f.missing), json!(f.status)];
        parts.extend(f.flags.iter().map(|code| json!(code)));
        format!("{}: {}", json!(f.path), Value::Array(parts))
    };
    list("figures", '{', '}', report.figures.iter().map(figure).collect(), ",");
    let fact = |f: &gongkai::Fact| json!([f.raw, f.value, f.unit, f.approximation, f.subject, f.object, f.of, f.indicator]).to_string();
    list("facts", '[', ']', report.facts.iter().map(fact).collect(), ",");
    list("findings", '[', ']', report.findings.iter().map(|f| json!(f.code).to_string()).collect(), "");
    out + "}\n"
}

/// The first lines that differ.
fn difference(before: &str, now: &str) -> String {
    let (before, now): (Vec<&str>, Vec<&str>) = (before.lines().collect(), now.lines().collect());
    let gone = before.iter().filter(|l| !now.contains(l)).map(|l| format!("    - {l}"));
    let new = now.iter().filter(|l| !before.contains(l)).map(|l| format!("    + {l}"));
    let lines: Vec<String> = gone.take(6).chain(new.take(6)).collect();
    if lines.is_empty() { "    (another order)".to_owned() } else { lines.join("\n") }
}

#[test]
fn reports_are_what_they_were() {
    let mut bad = Vec::new();
    for Vector { name, folder, report, .. } in vectors() {
        let (path, now) = (folder.join("expected.json"), snapshot(&report));
        let parsed: Value = serde_json::from_str(&now).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(parsed["figures"].as_object().unwrap().len(), report.figures.len(), "{name}: two figures have one path");
        if bless() {
            fs::write(&path, now).unwrap();
        } else if let Ok(before) = fs::read_to_string(&path) {
            if before.replace("\r\n", "\n") != now {
                bad.push(format!("{name}\n{}", difference(&before, &now)));
            }
        } else {
            bad.push(format!("{name}: no expected.json"));
        }
    }
    assert!(bad.is_empty(), "{} differ (GONGKAI_BLESS=1 takes what is read now):\n{}", bad.len(), bad.join("\n"));
}
