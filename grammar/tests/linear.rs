//! The grammars are not recursive and repeat nothing that may be empty: the stack a text needs is bounded, and every repetition goes forward.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use pest_meta::{
    ast::{Expr, Rule, RuleType},
    parser::{self, Rule as Meta},
};

/// Rules that pest defines and that match without going forward.
const EMPTY: [&str; 7] = ["SOI", "EOI", "PEEK", "PEEK_ALL", "POP", "POP_ALL", "DROP"];
/// What pest puts between the parts of a rule that is not atomic.
const IMPLICIT: [&str; 2] = ["WHITESPACE", "COMMENT"];

/// The rules of every file of `pest/`.
fn grammars() -> Vec<(String, BTreeMap<String, Rule>)> {
    let mut files: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("pest")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let rules = rules(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (path.file_name().unwrap().to_string_lossy().into_owned(), rules)
        })
        .collect()
}

fn rules(text: &str) -> Result<BTreeMap<String, Rule>, String> {
    let pairs = parser::parse(Meta::grammar_rules, text).map_err(|e| e.to_string())?;
    let rules = parser::consume_rules(pairs).map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    Ok(rules.into_iter().map(|rule| (rule.name.clone(), rule)).collect())
}

/// The rules that a rule may call.
fn calls(rule: &Rule, rules: &BTreeMap<String, Rule>) -> BTreeSet<String> {
    let mut called: BTreeSet<String> = rule
        .expr
        .iter_top_down()
        .filter_map(|e| if let Expr::Ident(name) = e { Some(name) } else { None })
        .filter(|n| rules.contains_key(n))
        .collect();
    let atomic = matches!(rule.ty, RuleType::Atomic | RuleType::CompoundAtomic);
    // pest calls nothing of its own accord inside of what it calls so.
    if !atomic && !reach(&IMPLICIT, rules).contains(&rule.name) {
        called.extend(IMPLICIT.iter().filter(|n| rules.contains_key(**n)).map(|n| (*n).to_owned()));
    }
    called
}

/// The rules that others lead to by name.
fn reach(from: &[&str], rules: &BTreeMap<String, Rule>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<String> = from.iter().map(|n| (*n).to_owned()).collect();
    while let Some(name) = open.pop() {
        if let Some(rule) = rules.get(&name)
            && seen.insert(name)
        {
            open.extend(rule.expr.iter_top_down().filter_map(|e| if let Expr::Ident(name) = e { Some(name) } else { None }));
        }
    }
    seen
}

/// A circle of calls, if there is one; and how deep the calls go.
fn circle(rules: &BTreeMap<String, Rule>) -> Result<usize, Vec<String>> {
    fn visit<'a>(
        name: &'a str,
        graph: &'a BTreeMap<String, BTreeSet<String>>,
        depths: &mut BTreeMap<&'a str, usize>,
        path: &mut Vec<&'a str>,
    ) -> Result<usize, Vec<String>> {
        if let Some(depth) = depths.get(name) {
            return Ok(*depth);
        }
        if let Some(at) = path.iter().position(|n| *n == name) {
            return Err(path[at..].iter().chain([&name]).map(|n| (*n).to_owned()).collect());
        }
        path.push(name);
        let mut depth = 0;
        for next in &graph[name] {
            depth = depth.max(visit(next, graph, depths, path)?);
        }
        path.pop();
        depths.insert(name, depth + 1);
        Ok(depth + 1)
    }
    let graph: BTreeMap<String, BTreeSet<String>> = rules.iter().map(|(name, rule)| (name.clone(), calls(rule, rules))).collect();
    let mut depths = BTreeMap::new();
    let mut deepest = 0;
    for name in graph.keys() {
        deepest = deepest.max(visit(name, &graph, &mut depths, &mut Vec::new())?);
    }
    Ok(deepest)
}

/// Whether an expression may match without going forward, given the rules that may.
fn may_be_empty(expr: &Expr, empty: &BTreeSet<String>) -> bool {
    let of = |e: &Expr| may_be_empty(e, empty);
    match expr {
        Expr::Str(text) | Expr::Insens(text) => text.is_empty(),
        Expr::Range(..) => false,
        Expr::Ident(name) => empty.contains(name) || EMPTY.contains(&name.as_str()),
        Expr::Seq(a, b) => of(a) && of(b),
        Expr::Choice(a, b) => of(a) || of(b),
        Expr::RepOnce(e) | Expr::Push(e) => of(e),
        Expr::RepExact(e, least) | Expr::RepMin(e, least) | Expr::RepMinMax(e, least, _) => *least == 0 || of(e),
        // Looking ahead, all that may be left out, and whatever pest may add.
        _ => true,
    }
}

/// The rules that may match without going forward: the smallest set that explains itself.
fn empty_rules(rules: &BTreeMap<String, Rule>) -> BTreeSet<String> {
    let mut empty = BTreeSet::new();
    loop {
        let more: Vec<String> =
            rules.values().filter(|r| !empty.contains(&r.name) && may_be_empty(&r.expr, &empty)).map(|r| r.name.clone()).collect();
        if more.is_empty() {
            return empty;
        }
        empty.extend(more);
    }
}

/// The repetitions of what may be empty, by the rule they stand in.
fn standing_repetitions(rules: &BTreeMap<String, Rule>) -> Vec<String> {
    let empty = empty_rules(rules);
    let repeats = |e: &Expr| match e {
        Expr::Rep(inner) | Expr::RepOnce(inner) | Expr::RepMin(inner, _) => may_be_empty(inner, &empty),
        // Bounded, but pointless.
        Expr::RepExact(inner, _) | Expr::RepMax(inner, _) | Expr::RepMinMax(inner, ..) => may_be_empty(inner, &empty),
        _ => false,
    };
    let mut bad: Vec<String> = rules.values().filter(|r| r.expr.iter_top_down().any(|e| repeats(&e))).map(|r| r.name.clone()).collect();
    bad.extend(IMPLICIT.iter().filter(|n| empty.contains(**n)).map(|n| (*n).to_owned()));
    bad
}

#[test]
fn grammars_are_not_recursive() {
    let grammars = grammars();
    assert!(grammars.len() >= 4, "grammars are missing");
    for (file, rules) in &grammars {
        match circle(rules) {
            Ok(depth) => assert!(depth <= 16, "{file}: rules call {depth} deep"),
            Err(path) => panic!("{file}: {}", path.join(" → ")),
        }
    }
}

#[test]
fn repetitions_go_forward() {
    for (file, rules) in &grammars() {
        let bad = standing_repetitions(rules);
        assert!(bad.is_empty(), "{file}: repeats what may be empty: {}", bad.join(", "));
    }
}

/// The test itself sees what it looks for.
#[test]
fn bad_grammars_are_seen() {
    let rules = |text: &str| rules(text).unwrap();
    assert_eq!(circle(&rules("a = { b ~ \"x\" }\nb = { \"(\" ~ c? }\nc = { \"[\" ~ b }")), Err(["b", "c", "b"].map(str::to_owned).to_vec()));
    assert_eq!(circle(&rules("a = { \"x\" ~ b }\nb = { \"y\" }")), Ok(2));
    // The white space between the parts of a rule is a call as well.
    assert_eq!(circle(&rules("WHITESPACE = { mark }\nmark = { \" \" }\na = { \"x\" ~ \"y\" }")), Ok(3));
    let empty = |text: &str| empty_rules(&rules(text)).into_iter().collect::<Vec<_>>();
    assert_eq!(empty("a = { b ~ c }\nb = { \"x\"* }\nc = { \"z\" | \"y\"? }\nd = { b ~ \"!\" }"), ["a", "b", "c"]);
    assert_eq!(empty("a = { &\"x\" }\nb = { !\"x\" ~ ANY }\nc = { \"x\"{2, } }\nd = { \"x\"{0, 3} }\ne = { SOI }"), ["a", "d", "e"]);
}
