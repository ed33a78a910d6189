//! A summary in under half a minute: the best of a few runs, as a Markdown table.
//!
//! `cargo run --release -p gongkai-benches`

#![allow(clippy::print_stdout)] // It prints a table.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use gongkai::ProseOf;
use gongkai_benches::{ALL, Group, REAL, groups, json};

/// The allocator of the command line and of the Python package.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Most runs of one measurement.
const RUNS: usize = 20;
/// No run is started after this time, but for the first two.
const PATIENCE: Duration = Duration::from_millis(300);

/// A stage by its name.
type Stage = (&'static str, fn(&Group) -> usize);

/// Megabytes a second of the best run.
#[allow(clippy::cast_precision_loss)] // Documents are small.
fn speed(bytes: usize, run: impl Fn() -> usize) -> f64 {
    let start = Instant::now();
    let mut best = f64::INFINITY;
    for at in 0..RUNS {
        if at >= 2 && start.elapsed() > PATIENCE {
            break;
        }
        let one = Instant::now();
        black_box(run());
        best = best.min(one.elapsed().as_secs_f64());
    }
    bytes as f64 / best / 1e6
}

fn main() {
    if cfg!(debug_assertions) {
        println!("> not optimised: run with --release\n");
    }
    let groups = groups();
    println!("| documents | distinct | figures | parse MB/s | of pest lines | of memchr newlines |\n| --- | --: | --: | --: | --: | --: |");
    for group in &groups {
        let parse = speed(group.bytes(), || group.parse());
        let pest = speed(group.bytes(), || group.pest_lines());
        let newlines = speed(group.bytes(), || group.newlines());
        let figures = group.parse() * group.distinct / group.documents.len();
        println!(
            "| {} | {} | {figures} | {parse:.1} | {:.3} of {pest:.0} | {:.5} of {newlines:.0} |",
            group.name,
            group.distinct,
            parse / pest,
            parse / newlines
        );
    }
    println!("\n| stage, MB/s of input | {} |\n| --- |{}", [ALL, REAL].join(" | "), " --: |".repeat(2));
    let of = |name: &str| groups.iter().find(|g| g.name == name);
    let reports: Vec<_> = [ALL, REAL].into_iter().map(|name| of(name).map(Group::reports).unwrap_or_default()).collect();
    let stages: [Stage; 3] = [("decode", Group::decode), ("fold (a part of parse)", Group::fold), ("parse", Group::parse)];
    let row = |name: &str, cells: Vec<Option<f64>>| {
        let cells: Vec<String> = cells.into_iter().map(|c| c.map_or_else(|| "–".to_owned(), |c| format!("{c:.1}"))).collect();
        println!("| {name} | {} |", cells.join(" | "));
    };
    for (name, stage) in stages {
        row(name, [ALL, REAL].into_iter().map(|g| of(g).map(|g| speed(g.bytes(), || stage(g)))).collect());
    }
    let prose = |name: &str| {
        let group = of(name)?;
        let prose: Vec<ProseOf<'_>> = group.documents.iter().map(|text| ProseOf::new(text)).collect();
        Some(speed(prose.iter().map(ProseOf::bytes).sum(), || prose.iter().map(ProseOf::facts).sum()))
    };
    row("prose (a part of parse), MB/s of its own bytes", [ALL, REAL].into_iter().map(prose).collect());
    row("JSON", [ALL, REAL].into_iter().zip(&reports).map(|(g, reports)| of(g).map(|g| speed(g.bytes(), || json(reports)))).collect());
}
