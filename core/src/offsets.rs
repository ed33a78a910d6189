//! Spans in the units of each language, converted in this one place.

use gongkai_grammar::model::{Offsets, Report, Span};

/// Converts byte offsets of one text to code points or UTF-16 units.
#[derive(Clone, Debug)]
pub struct Positions {
    unit: Offsets,
    /// For every [`STEP`] bytes, the units before that byte's character.
    steps: Vec<usize>,
}

const STEP: usize = 256;

impl Positions {
    /// Prepares a text. Linear.
    #[must_use]
    pub fn new(text: &str, unit: Offsets) -> Self {
        let mut steps = Vec::new();
        if unit != Offsets::Utf8 {
            let mut units = 0;
            for (at, c) in text.char_indices() {
                while steps.len() * STEP <= at {
                    steps.push(units);
                }
                units += width(c, unit);
            }
        }
        Self { unit, steps }
    }

    /// The number of units before byte `at` of `text`, the text this was prepared for.
    #[must_use]
    pub fn convert(&self, text: &str, at: usize) -> usize {
        if self.unit == Offsets::Utf8 {
            return at;
        }
        let step = (at / STEP).min(self.steps.len().saturating_sub(1));
        let units = self.steps.get(step).copied().unwrap_or(0);
        // A step counts up to the first character that starts at or behind it.
        let mut from = step * STEP;
        while from < text.len() && !text.is_char_boundary(from) {
            from += 1;
        }
        units + text.get(from..at).unwrap_or_default().chars().map(|c| width(c, self.unit)).sum::<usize>()
    }

    /// Converts every span of a report whose spans count bytes of `text`.
    pub fn apply(&self, text: &str, report: &mut Report) {
        report.offsets = self.unit;
        if self.unit == Offsets::Utf8 {
            return;
        }
        let one = |span: &mut Span| *span = Span::new(self.convert(text, span.start), self.convert(text, span.end));
        report.evidence.iter_mut().filter_map(|e| e.span.as_mut()).for_each(one);
        for section in &mut report.sections {
            one(&mut section.span);
            section.heading_span.iter_mut().for_each(one);
        }
        report.tables.iter_mut().for_each(|t| one(&mut t.span));
        report.figures.iter_mut().filter_map(|f| f.span.as_mut()).for_each(one);
        for fact in &mut report.facts {
            one(&mut fact.span);
            one(&mut fact.sentence);
        }
        report.citations.iter_mut().flat_map(|c| &mut c.spans).for_each(one);
        report.articles.iter_mut().flat_map(|a| &mut a.spans).for_each(one);
        report.problems.iter_mut().chain(&mut report.measures).for_each(|p| one(&mut p.span));
        let contact = &mut report.contact;
        let single = [&mut contact.fax, &mut contact.postcode, &mut contact.address, &mut contact.email];
        single.into_iter().flatten().chain(&mut contact.phones).chain(&mut contact.urls).for_each(|p| one(&mut p.span));
        report.checks.iter_mut().flat_map(|c| &mut c.operands).filter_map(|o| o.span.as_mut()).for_each(one);
        for finding in &mut report.findings {
            finding.span.as_mut().into_iter().chain(finding.related.iter_mut().map(|r| &mut r.span)).for_each(one);
        }
    }
}

const fn width(c: char, unit: Offsets) -> usize {
    match unit {
        Offsets::Utf8 => c.len_utf8(),
        Offsets::CodePoint => 1,
        Offsets::Utf16 => c.len_utf16(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_converts() {
        let text: String = "a公𠀀开\n".repeat(200);
        for unit in [Offsets::Utf8, Offsets::CodePoint, Offsets::Utf16] {
            let positions = Positions::new(&text, unit);
            let mut units = 0;
            for (at, c) in text.char_indices() {
                assert_eq!(positions.convert(&text, at), units, "{unit:?} {at}");
                units += width(c, unit);
            }
            assert_eq!(positions.convert(&text, text.len()), units);
        }
    }
}
