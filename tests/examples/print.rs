//! Prints a made-up report: `cargo run -p gongkai-tests --example print -- EDITION DIALECT SEED [blanks]`.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)] // A tool for people.

use gongkai_tests::{Rng, Style, fill, print::DIALECTS};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, edition, dialect, seed, rest @ ..] = args.as_slice() else {
        let names: Vec<&str> = DIALECTS.iter().map(|d| d.0).collect();
        eprintln!("usage: print EDITION DIALECT SEED [blanks]\ndialects: {}", names.join(" "));
        return;
    };
    let form = gongkai_grammar::forms().edition(edition).unwrap();
    let mut rng = Rng::new(seed.parse().unwrap());
    let style = Style::any(&mut rng);
    let style = if rest.is_empty() { style.without_blanks() } else { style };
    let filled = fill(form, &mut rng, style);
    let (_, print, _) = DIALECTS.iter().find(|d| d.0 == dialect).unwrap();
    println!("{}", print(form, &filled));
}
