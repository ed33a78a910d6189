//! A little of what the fuzzers of `tests/fuzz` do, and all that they have found, without nightly Rust.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use gongkai_tests::{
    Rng,
    properties::{TARGETS, check},
};

/// The time of all targets together, unless `GONGKAI_FUZZ` says how many seconds; each has its share, and at least a few inputs.
const TIME: Duration = Duration::from_secs(4);
/// Inputs that each target gets on any machine.
const LEAST: usize = 5;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut list: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    list.sort();
    list
}

/// Every file in `tests/regressions/TARGET` was once an input that broke the target's property.
#[test]
fn what_fuzzers_found_stays_mended() {
    let mut replayed = 0;
    for folder in files(&tests().join("regressions")).iter().filter(|path| path.is_dir()) {
        let target = folder.file_name().unwrap().to_str().unwrap();
        for file in files(folder) {
            println!("{}", file.display());
            check(target, &fs::read(&file).unwrap());
            replayed += 1;
        }
    }
    assert!(replayed > 0);
}

/// What a target starts from here: some small inputs of its kind.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let input = |name: &str| {
        let folder = tests().join("vectors").join(name);
        fs::read(files(&folder).into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input")).unwrap()).unwrap()
    };
    let format = |name: &str| fs::read(tests().join("formats/2021").join(name)).unwrap();
    let mut list = match target {
        "html" => vec![format("gbk.html"), fs::read(tests().join("pages/2019.html")).unwrap()],
        "docx" => vec![format("pandoc.docx"), b"<w:document><w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:document>".to_vec()],
        "pdf" => vec![format("packed.pdf"), b"BT /F2 12 Tf 72 700 Td (12 34) Tj T* [(5)-300(6)] TJ ET 72 690 m 200 690 l S".to_vec()],
        "sheet" => vec![format("office.xls"), b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>".to_vec()],
        "forms" => vec![fs::read(tests().join("../grammar/forms/2021.form")).unwrap()],
        "json" => vec![br#"{"schema":"gongkai-report/1","offsets":"utf-8","title":null,"issuer":null,"year":2023,"period":["2023-01-01","2023-12-31"],"issued":null,"published":null,"edition":null,"evidence":[],"signatories":null,"contact":{"phones":[],"fax":null,"postcode":null,"address":null,"email":null,"urls":[]},"sections":[],"tables":[],"figures":[],"facts":[],"citations":[],"articles":[],"problems":[],"measures":[],"checks":[],"findings":[]}"#.to_vec()],
        "solve" => (0..200u8).map(|start| (0..60).map(|at: u8| at.wrapping_mul(start).wrapping_add(start)).collect()).collect(),
        _ => Vec::new(),
    };
    if list.is_empty() {
        list.extend(["2021-pdftotext", "2014-bs4-rows-tab", "2019-pandoc-gfm"].map(input));
    }
    list.extend(regressions(target));
    list
}

fn regressions(target: &str) -> Vec<Vec<u8>> {
    let folder = tests().join("regressions").join(target);
    if folder.is_dir() { files(&folder).into_iter().map(|file| fs::read(file).unwrap()).collect() } else { Vec::new() }
}

/// A piece of a seed, at most so long, with some bytes changed, taken out, doubled, or put in from another.
fn mutated(seeds: &[Vec<u8>], most: usize, rng: &mut Rng) -> Vec<u8> {
    fn below(rng: &mut Rng, n: usize) -> usize {
        usize::try_from(rng.within(0..=i64::try_from(n.max(1)).unwrap() - 1)).unwrap()
    }
    let piece = |rng: &mut Rng, most: usize| {
        let seed = &seeds[below(rng, seeds.len())];
        let length = seed.len().min(most);
        let at = if rng.chance(50) { 0 } else { below(rng, seed.len() - length + 1) };
        seed[at..at + length].to_vec()
    };
    let mut input = piece(rng, most);
    for _ in 0..=below(rng, 6) {
        let at = below(rng, input.len() + 1);
        let end = (at + 1 + below(rng, 12)).min(input.len());
        match below(rng, 5) {
            0 if at < input.len() => input[at] = u8::try_from(below(rng, 256)).unwrap(),
            1 if at < end => drop(input.drain(at..end)),
            2 if at < end => {
                let copy = input[at..end].to_vec();
                input.splice(at..at, copy);
            }
            3 => {
                let other = piece(rng, 40);
                input.splice(at..at, other);
            }
            _ => input.truncate(at.max(1)),
        }
    }
    input.truncate(most);
    input
}

#[test]
fn a_little_fuzzing_breaks_nothing() {
    let time = std::env::var("GONGKAI_FUZZ").map_or(TIME, |seconds| Duration::from_secs(seconds.parse().unwrap()));
    let share = time / u32::try_from(TARGETS.len()).unwrap();
    let only = std::env::var("GONGKAI_TARGET").ok();
    for (target, _, most) in TARGETS.iter().filter(|(name, ..)| only.as_ref().is_none_or(|only| only == name)) {
        let (seeds, mut rng, began) = (seeds(target), Rng::new(20_261_127), Instant::now());
        let mut runs = 0;
        while runs < LEAST || began.elapsed() < share {
            let input = mutated(&seeds, *most, &mut rng);
            let checked = std::panic::catch_unwind(|| check(target, &input));
            if checked.is_err() {
                let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(target);
                fs::write(&file, input).unwrap();
                panic!("{target} breaks on input {runs}, kept in {}", file.display());
            }
            runs += 1;
        }
        println!("{target}: {runs} inputs");
    }
}

/// The name and version of each package of a lock file.
fn locked(file: &str) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(tests().join(file)).unwrap();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in text.split("[[package]]").skip(1) {
        let field = |name: &str| package.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim_matches([' ', '=', '"']).to_owned());
        found.entry(field("name").unwrap()).or_default().push(field("version").unwrap());
    }
    found
}

/// Fuzzers have a lock file of their own; what they fuzz is what is shipped.
#[test]
fn fuzzers_use_the_same_libraries_and_every_target() {
    let (ours, theirs) = (locked("../Cargo.lock"), locked("fuzz/Cargo.lock"));
    let others = theirs.iter().filter(|(name, versions)| ours.get(*name).is_some_and(|known| versions.iter().any(|v| !known.contains(v))));
    assert_eq!(others.collect::<Vec<_>>(), []);
    assert!(theirs.contains_key("libfuzzer-sys"));
    let manifest = fs::read_to_string(tests().join("fuzz/Cargo.toml")).unwrap();
    let script = fs::read_to_string(tests().join("fuzz/run.sh")).unwrap();
    let all = script.lines().find_map(|line| line.strip_prefix("all=(")).unwrap();
    for (target, ..) in TARGETS {
        let code = fs::read_to_string(tests().join(format!("fuzz/targets/{target}.rs"))).unwrap();
        assert!(code.contains(&format!("check(\"{target}\", ")) && manifest.contains(&format!("name = \"{target}\"")), "{target}");
        assert!(all.trim_end_matches(')').split(' ').any(|name| name == *target), "{target}");
    }
}
