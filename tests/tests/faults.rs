//! The bars for finding faults; `examples/faults` prints how far they are passed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

#[path = "../examples/faults/measure.rs"]
mod measure;

use measure::{Legible, measure};

#[test]
fn faults_are_found_and_nothing_else_is() {
    let measured = measure(6);
    assert_eq!(measured.accused, Vec::<String>::new(), "errors or warnings about reports without a fault");
    let examples = measured.examples.join("\n");
    for ((legible, code), tally) in &measured.checks {
        if *legible == Legible::Whole && code.starts_with("GK2") {
            assert_eq!(tally.false_alarms, 0, "{code}: {examples}");
            // A framed blank behind a figure may be a pad, and is then said to be uncertain.
            assert_eq!(tally.missed, 0, "{code}: {examples}");
            assert!(100 * tally.found >= 99 * tally.broken, "{code}: {tally:?}: {examples}");
        }
    }
    for (code, tally) in measured.told.iter().chain([(&"GK401".to_owned(), &measured.carried)]) {
        assert_eq!((tally.missed, tally.false_alarms), (0, 0), "{code}: {examples}");
        assert!(tally.found > 3 && tally.obeyed > 20, "{code}: {tally:?} are too few to tell");
    }
    assert_eq!(measured.decided[2], 0, "{examples}");
    let (determined, first) = measured.diagnosis.values().fold((0, 0), |(d, f), t| (d + t.determined, f + t.first));
    assert!(determined > 100, "{determined} faults are too few to tell");
    assert!(100 * first >= 95 * determined, "{first} of {determined} named first: {examples}");
}
