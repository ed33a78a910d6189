//! How well faults are found, as Markdown tables: `cargo run --release -p gongkai-tests --example faults -- [REPORTS]`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, clippy::print_stderr)] // A tool for people.

mod measure;

use measure::{Legible, Tally, measure};

#[allow(clippy::cast_precision_loss)] // Counts are small.
fn percent(part: usize, of: usize) -> String {
    if of == 0 { "–".to_owned() } else { format!("{:.2} %", 100.0 * part as f64 / of as f64) }
}

fn main() {
    let count = std::env::args().nth(1).map_or(40, |n| n.parse().unwrap());
    let measured = measure(count);
    println!("{} reports read; {} of those without a fault got an error or a warning.\n", measured.reports, measured.accused.len());
    for (legible, title) in
        [(Legible::Whole, "every cell can be told"), (Legible::Blanks, "blank cells lost"), (Legible::Glued, "digits run together")]
    {
        println!("| {title} | broken | found | said to be uncertain | missed | false alarms |\n| --- | --: | --: | --: | --: | --: |");
        for ((_, code), t) in measured.checks.iter().filter(|((l, _), _)| *l == legible) {
            let Tally { broken, found, told, missed, false_alarms, obeyed } = *t;
            println!(
                "| {code} | {broken} | {} | {} | {} | {} of {obeyed} |",
                percent(found, broken),
                percent(told, broken),
                percent(missed, broken),
                percent(false_alarms, obeyed)
            );
        }
        println!();
    }
    println!("| text against tables, and years | broken | found | missed | false alarms |\n| --- | --: | --: | --: | --: |");
    let carried = ("GK401".to_owned(), measured.carried);
    for (code, t) in measured.told.iter().chain([(&carried.0, &carried.1)]) {
        let Tally { broken, found, missed, false_alarms, obeyed, .. } = *t;
        println!("| {code} | {broken} | {} | {} | {} of {obeyed} |", percent(found, broken), percent(missed, broken), percent(false_alarms, obeyed));
    }
    let [open, decided, wrongly] = measured.decided;
    println!("\nOf {open} cells that digits run together leave open the year before decides {decided}, {wrongly} of them wrongly.\n");
    println!("| lone fault | breaks a rule | determined | its cells named first | listed at all |\n| --- | --: | --: | --: | --: |");
    for (slip, d) in &measured.diagnosis {
        println!("| {slip:?} | {} | {} | {} | {} |", d.faults, d.determined, percent(d.first, d.determined), percent(d.listed, d.faults));
    }
    println!("\nThe slowest report whose digits run together took {:.1} ms.", measured.slowest);
    for line in measured.accused.iter().take(10).chain(&measured.examples) {
        eprintln!("{line}");
    }
}
