//! Running prose: its quantities as facts.

mod amounts;
mod lexicon;
mod normal;
mod sentences;

use gongkai_grammar::model::{Fact, FactStatus, Name, Span};

use crate::outline::{Outline, scan::outside};
use normal::Normal;
pub use sentences::breaks;

/// The parts of a document that hold prose: of its used body, what is neither table nor signature. `tables` is sorted.
pub fn pieces(outline: &Outline, tables: &[Span]) -> Vec<Span> {
    let is_prose = |kind: Option<&str>| !matches!(kind, Some("furniture" | "copy" | "signature" | "statistics"));
    outline.sections.iter().filter(|s| is_prose(s.kind.as_deref())).flat_map(|s| outside(s.span, tables)).collect()
}

/// The quantities of the prose in `pieces`.
pub fn facts(text: &str, pieces: &[Span]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for piece in pieces {
        sentences::sentences(text, *piece, |sentence| {
            let normal = Normal::new(text, sentence.span);
            for amount in amounts::amounts(&normal.text) {
                let span = normal.span(text, amount.place.start, amount.place.end);
                facts.push(Fact {
                    raw: span.of(text).to_owned(),
                    value: amount.value,
                    unit: amount.unit.map(Name::Borrowed),
                    approximation: amount.approximation,
                    status: FactStatus::Printed,
                    subject: None,
                    object: None,
                    channel: None,
                    period: None,
                    of: None,
                    indicator: None,
                    span,
                    sentence: sentence.span,
                    location: None,
                });
            }
        });
    }
    facts
}
