//! Spans in the units of each language, converted in this one place.

use gongkai_grammar::model::{Comparison, Offsets, Report, Series, Span};

/// Converts offsets of one text from one unit to another.
#[derive(Clone, Debug)]
pub struct Positions {
    from: Offsets,
    to: Offsets,
    /// For every [`STEP`] units of `from`, the first character that begins at or behind them.
    steps: Vec<Place>,
}

/// Where a character begins: in bytes, and in both units.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    byte: usize,
    from: usize,
    to: usize,
}

const STEP: usize = 256;

impl Positions {
    /// Prepares a text whose offsets count bytes. Linear.
    #[must_use]
    pub fn new(text: &str, to: Offsets) -> Self {
        Self::between(text, Offsets::Utf8, to)
    }

    /// Prepares a text whose offsets count `from`. Linear.
    #[must_use]
    pub fn between(text: &str, from: Offsets, to: Offsets) -> Self {
        let mut steps = Vec::new();
        if from != to {
            let mut place = Place::default();
            for c in text.chars() {
                while steps.len() * STEP <= place.from {
                    steps.push(place);
                }
                place = place.behind(c, from, to);
            }
        }
        Self { from, to, steps }
    }

    /// The offset `at` of `text`, the text this was prepared for, in the other unit; the end of the text if it lies behind it.
    #[must_use]
    pub fn convert(&self, text: &str, at: usize) -> usize {
        if self.from == self.to {
            return at;
        }
        // The last character of a step may lie behind `at`: a character has several units.
        let step = (at / STEP).min(self.steps.len().saturating_sub(1));
        let known = self.steps.get(..=step).unwrap_or_default().iter().rev().find(|place| place.from <= at);
        let mut place = known.copied().unwrap_or_default();
        for c in text.get(place.byte..).unwrap_or_default().chars() {
            if place.from >= at {
                break;
            }
            place = place.behind(c, self.from, self.to);
        }
        place.to
    }

    /// Converts every span of a report on `text`.
    pub fn apply(&self, text: &str, report: &mut Report) {
        report.offsets = self.to;
        if self.from == self.to {
            return;
        }
        let one = |span: &mut Span| self.apply_to(text, span);
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

    /// Converts every span of a comparison of two reports, each on its text.
    pub fn apply_to_comparison(a: (&Self, &str), b: (&Self, &str), comparison: &mut Comparison) {
        let one = |(positions, text): (&Self, &str), span: &mut Span| positions.apply_to(text, span);
        for section in &mut comparison.sections {
            section.a.iter_mut().for_each(|span| one(a, span));
            section.b.iter_mut().for_each(|span| one(b, span));
            for change in &mut section.changes {
                change.a.iter_mut().for_each(|passage| one(a, &mut passage.span));
                change.b.iter_mut().for_each(|passage| one(b, &mut passage.span));
            }
        }
        for cell in &mut comparison.cells {
            cell.a.iter_mut().filter_map(|value| value.span.as_mut()).for_each(|span| one(a, span));
            cell.b.iter_mut().filter_map(|value| value.span.as_mut()).for_each(|span| one(b, span));
        }
    }

    /// Converts every span of the years of an agency; `texts` are those of the reports that were given, in their order.
    pub fn apply_to_series(texts: &[(Self, &str)], series: &mut Series) {
        let one = |report: usize, span: &mut Span| {
            if let Some((positions, text)) = texts.get(report) {
                positions.apply_to(text, span);
            }
        };
        let of_checks = series.checks.iter_mut().flat_map(|check| &mut check.operands);
        let of_findings = series.findings.iter_mut().flat_map(|finding| {
            let related = finding.finding.related.iter_mut().map(|related| &mut related.span);
            finding.finding.span.as_mut().into_iter().chain(related).for_each(|span| one(finding.report, span));
            &mut finding.operands
        });
        for operand in of_checks.chain(of_findings) {
            operand.span.iter_mut().for_each(|span| one(operand.report, span));
        }
    }

    fn apply_to(&self, text: &str, span: &mut Span) {
        *span = Span::new(self.convert(text, span.start), self.convert(text, span.end));
    }
}

impl Place {
    fn behind(self, c: char, from: Offsets, to: Offsets) -> Self {
        Self { byte: self.byte + c.len_utf8(), from: self.from + width(c, from), to: self.to + width(c, to) }
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

    #[test]
    fn offsets_come_back() {
        let text: String = "a公𠀀开\n".repeat(200);
        let units = [Offsets::Utf8, Offsets::CodePoint, Offsets::Utf16];
        for (from, to) in units.iter().flat_map(|from| units.iter().map(move |to| (*from, *to))) {
            let (there, back) = (Positions::between(&text, from, to), Positions::between(&text, to, from));
            let starts = Positions::new(&text, from);
            for at in text.char_indices().map(|(at, _)| starts.convert(&text, at)) {
                assert_eq!(back.convert(&text, there.convert(&text, at)), at, "{from:?} {to:?}");
            }
            let end = starts.convert(&text, text.len());
            assert_eq!(there.convert(&text, end + 1000), if from == to { end + 1000 } else { there.convert(&text, end) });
        }
    }
}
