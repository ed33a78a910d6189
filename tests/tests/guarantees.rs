//! What `docs/guarantees.md` promises: the tests it names exist, and those of its tests that have no better place.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use gongkai::Options;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Stack of the thread that parses in `a_small_stack_is_enough`.
const STACK: usize = 128 << 10;

#[test]
fn every_test_that_is_named_exists() {
    let page = fs::read_to_string(root().join("docs/guarantees.md")).unwrap();
    let mut named = 0;
    for row in page.lines().filter(|line| line.starts_with("| G")) {
        let tests = row.split('|').nth(3).unwrap();
        // `name`, `name` (`file`): the names before a file are in it.
        let mut names: Vec<&str> = Vec::new();
        for (at, quoted) in tests.split('`').enumerate().filter(|(at, _)| at % 2 == 1) {
            if !root().join(quoted).is_file() {
                names.push(quoted);
                continue;
            }
            let code = fs::read_to_string(root().join(quoted)).unwrap();
            for name in names.drain(..) {
                let there = code.contains(&format!("fn {name}(")) || code.contains(&format!("def {name}(")) || code.contains(&format!("('{name}'"));
                assert!(there, "{quoted} has no test {name} (part {at} of {row})");
                named += 1;
            }
        }
        let left: Vec<&&str> =
            names.iter().filter(|name| !["unwrap_used", "expect_used", "indexing_slicing", "string_slice", "panic"].contains(name)).collect();
        assert!(left.is_empty(), "{left:?} stand in no file");
    }
    assert!(named > 20, "{named}");
}

#[test]
fn a_small_stack_is_enough() {
    let mut texts: Vec<String> = Vec::new();
    for folder in fs::read_dir(root().join("tests/vectors")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let inputs = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.file_stem().unwrap() == "input");
        texts.extend(inputs.filter_map(|path| fs::read_to_string(path).ok()));
    }
    for mark in ["|", "（", "《", "一、", "1.", " ", "\n", "<td>", "“", "第二十条", "其中", "〔", "万"] {
        texts.push(mark.repeat(100_000));
    }
    assert!(texts.len() > 200);
    let parse = move || texts.iter().map(|text| gongkai::parse(text, &Options::default()).figures.len()).sum::<usize>();
    assert!(std::thread::Builder::new().stack_size(STACK).spawn(parse).unwrap().join().unwrap() > 10_000);
}

#[test]
fn unsafe_is_forbidden_everywhere() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    let members = workspace.lines().find_map(|line| line.strip_prefix("members = [")).unwrap();
    for member in members.trim_end_matches(']').split(',').map(|name| name.trim().trim_matches('"')) {
        let manifest = fs::read_to_string(root().join(member).join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{member} has lints of its own");
    }
}

/// Crates in the build of `gongkai` with these arguments.
fn crates(arguments: &[&str]) -> usize {
    let tree = ["tree", "--locked", "-q", "-p", "gongkai", "-e", "normal", "--prefix", "none"];
    let shown = Command::new(env!("CARGO")).args(tree).args(arguments).current_dir(root()).output().unwrap();
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    String::from_utf8(shown.stdout).unwrap().lines().filter_map(|line| line.split(' ').next()).collect::<BTreeSet<_>>().len()
}

#[test]
fn dependencies_are_few_and_locked() {
    let (text, pages) = (crates(&["--no-default-features"]), crates(&[]));
    assert!(text <= 29 && pages <= 50, "{text} crates for text alone, {pages} with web pages");
}
