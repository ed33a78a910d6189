//! Parses every made-up document so many times, for `benches/instructions.py`, which counts the instructions.

#![allow(clippy::print_stdout)] // Its result.

use gongkai_benches::{ALL, groups};

/// The allocator of the command line and of the Python package.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    let Some(all) = groups().into_iter().find(|group| group.name == ALL) else { return };
    let bytes: usize = all.documents.iter().take(all.distinct).map(String::len).sum();
    let figures: usize = (0..rounds).map(|_| all.parse_distinct()).sum();
    println!("{bytes} {figures}");
}
