//! Running prose: its quantities and zeros in words as facts.

mod amounts;
mod clause;
mod express;
mod lexicon;
mod normal;
mod said;
mod sentences;
mod tokens;
mod zeros;

use gongkai_grammar::model::{Fact, Span};

use crate::outline::{Outline, scan::outside};

/// Whose report the prose is, and of which year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speaker<'a> {
    pub issuer: Option<&'a str>,
    pub year: Option<i32>,
}

/// The parts of a document that hold prose: of its used body, what is neither table nor signature. `tables` is sorted.
pub fn pieces(text: &str, outline: &Outline, tables: &[Span]) -> Vec<Span> {
    let is_prose = |kind: Option<&str>| !matches!(kind, Some("furniture" | "copy" | "signature" | "statistics"));
    let mut pieces = Vec::new();
    for section in outline.sections.iter().filter(|s| is_prose(s.kind.as_deref())) {
        // A heading that runs on is no part of the sentence behind it, unless it is the beginning of one: 三、收到申请12件.
        let cut = section.heading_span.map_or(section.span.start, |h| h.end.clamp(section.span.start, section.span.end));
        let behind = text.get(cut..section.span.end).unwrap_or_default();
        let begun = sentences::is_number(behind) && clause::date(behind) == 0;
        let cut = if begun { section.span.start } else { cut };
        for part in [Span::new(section.span.start, cut), Span::new(cut, section.span.end)] {
            if part.start < part.end {
                pieces.extend(outside(part, tables));
            }
        }
    }
    pieces
}

/// The facts of the prose in `pieces`.
pub fn facts(text: &str, pieces: &[Span], speaker: Speaker<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut paragraph = said::Paragraph::default();
    for piece in pieces {
        sentences::sentences(text, *piece, |sentence| said::read(text, sentence, speaker, &mut paragraph, &mut facts));
    }
    facts
}
