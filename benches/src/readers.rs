//! How long files take to read: bytes to document, and bytes to report, for each FILE the best of a few runs as one line of JSON with the
//! cells that were read. `benches/peers/readers.py` sets it beside the libraries that Python has.
//!
//! `cargo run --release -p gongkai-benches --bin readers -- FILE…`

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)] // It prints, and may stop.

use std::{hint::black_box, time::Instant};

use gongkai::{Document, Options, Report};

/// The allocator of the command line and of the Python package.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Nanoseconds of the best of some runs.
fn best<T>(runs: u32, run: impl Fn() -> T) -> u128 {
    let time = |_| {
        let began = Instant::now();
        black_box(run());
        began.elapsed().as_nanos()
    };
    (0..runs).map(time).min().unwrap_or_default()
}

/// The rows of the tables, each the words of its cells.
fn rows(document: &Document) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for grid in &document.grids {
        let first = rows.len();
        rows.resize(first + grid.rows, Vec::new());
        for cell in &grid.cells {
            rows.get_mut(first + cell.row).expect("a row of the grid").push(cell.span.of(&document.text).to_owned());
        }
    }
    rows
}

/// The figures of a text by the rows of the form: the label, then what is printed.
fn figure_rows(report: &Report) -> Vec<Vec<String>> {
    let row = |path: &str| path.rsplit_once('/').filter(|_| !path.starts_with("proactive")).map_or(path, |(row, _)| row).to_owned();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for figures in report.figures.chunk_by(|a, b| row(&a.path) == row(&b.path)) {
        let label = figures.iter().take(1).map(|f| f.label.to_string());
        rows.push(label.chain(figures.iter().filter_map(|f| f.value).map(|value| value.to_string())).collect());
    }
    rows
}

fn main() {
    let options = Options::default();
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let runs = files.first().and_then(|first| first.strip_prefix("--runs=")?.parse().ok()).inspect(|_| drop(files.remove(0))).unwrap_or(10);
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let document = gongkai::document(&bytes, &options).unwrap();
        let report = gongkai::parse_document(&document, &options);
        let figures: serde_json::Map<String, serde_json::Value> =
            report.figures.iter().map(|f| (f.path.to_string(), serde_json::to_value(f.value).unwrap())).collect();
        let labels: serde_json::Map<String, serde_json::Value> =
            report.figures.iter().map(|f| (f.path.to_string(), f.label.to_string().into())).collect();
        let line = serde_json::json!({
            "file": file,
            "document_ns": u64::try_from(best(runs, || gongkai::document(&bytes, &options))).unwrap(),
            "report_ns": u64::try_from(best(runs, || gongkai::read(&bytes, &options))).unwrap(),
            "rows": if document.grids.is_empty() { figure_rows(&report) } else { rows(&document) },
            "labels": labels,
            "figures": figures,
        });
        println!("{line}");
    }
}
