//! Checks: what must hold in a report, evaluated.
//!
//! Every check that was evaluated is listed with its operands and verdict, so that no findings never means not checked.

mod arithmetic;
mod blanks;
mod contents;
mod dates;
mod diagnose;
mod editions;
mod sections;
mod shares;
mod stale;
mod structure;
mod sums;
mod text_table;

use std::borrow::Cow;

pub use structure::{no_table, notes, structure};

use gongkai_grammar::{
    Form, FormTable, fold, forms,
    model::{Check, Decimal, Finding, Message, Name, Operand, Related, Report, Section, Span, Value, Verdict},
};

use crate::{
    figures::Read,
    findings::{Details, finding},
    indicators::{by_path, some_indicators},
    outline::scan::outside,
};

/// Evaluates the rules of a table, and looks for what explains the broken ones.
pub fn table(form: &'static FormTable, read: &Read, checks: &mut Vec<Check>, findings: &mut Vec<Finding>) {
    let index = arithmetic::Index::new(form, read);
    let (before, said) = (checks.len(), findings.len());
    let laws = arithmetic::arithmetic(form, &index, checks, findings);
    let own = checks.get(before..).unwrap_or_default();
    if own.iter().any(|check| check.verdict == Verdict::Broken) {
        let diagnosis = diagnose::diagnose(form, &index, &laws, own, findings.get_mut(said..).unwrap_or_default());
        findings.extend(diagnosis);
    }
}

/// Evaluates what concerns the report as a whole: its parts, its dates, its editions, its text. `tables` are the places of its tables, sorted.
pub fn report(text: &str, tables: &[Span], report: &mut Report) {
    let subject = Subject::new(text, tables, report);
    let mut results = Results::default();
    sections::sections(&subject, &mut results);
    contents::contents(&subject, &mut results);
    editions::editions(&subject, &mut results);
    dates::dates(&subject, &mut results);
    stale::stale(&subject, &mut results);
    blanks::blanks(&subject, &mut results);
    text_table::text_table(&subject, &mut results);
    sums::sums(&subject, &mut results);
    shares::shares(&subject, &mut results);
    let Results { mut checks, mut findings } = results;
    report.checks.append(&mut checks);
    report.findings.append(&mut findings);
}

/// A report as the checks see it.
struct Subject<'a> {
    text: &'a str,
    report: &'a Report,
    /// Where tables stand, sorted.
    tables: &'a [Span],
    /// The parts of the body: its sections of level 1, each with what stands under it.
    parts: Vec<Part<'a>>,
    /// The form of its year, or of its tables if no year is known.
    form: Option<&'static Form>,
    /// Whether it is a whole report, not a piece of one.
    whole: bool,
    /// Whether the text ends inside a table.
    cut: bool,
}

/// A part of the body.
struct Part<'a> {
    /// Its index in the sections of the report.
    index: usize,
    section: &'a Section,
    /// Heading and text, up to the next part.
    span: Span,
}

impl<'a> Subject<'a> {
    fn new(text: &'a str, tables: &'a [Span], report: &'a Report) -> Self {
        let mut parts: Vec<Part<'a>> = Vec::new();
        for (index, section) in report.sections.iter().enumerate() {
            match section.level {
                0 => {}
                1 => parts.push(Part { index, section, span: section.span }),
                _ => {
                    if let Some(part) = parts.last_mut() {
                        part.span.end = section.span.end;
                    }
                }
            }
        }
        let of_tables = report.edition.as_deref().and_then(|edition| forms().edition(edition));
        let of_year = report.year.and_then(|year| forms().in_force(year).max_by_key(|form| form.requires.len()));
        // Tables decide; without any, the year does.
        let form = of_tables.or(of_year);
        let opens = parts.first().is_some_and(|p| form.is_none_or(|f| f.requires.first().map(String::as_str) == p.section.kind.as_deref()));
        Self {
            text,
            report,
            tables,
            whole: parts.len() > 1 && (report.title.is_some() || opens),
            cut: report.findings.iter().any(|f| f.code == "GK107"),
            parts,
            form,
        }
    }

    /// The prose of a piece of the body, as source.
    fn prose(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let from = self.tables.partition_point(|t| t.end <= span.start);
        outside(span, self.tables.get(from..).unwrap_or_default()).into_iter()
    }

    /// Whether one of `words` stands in the prose of a piece. Folding is slow, so the text as it is comes first.
    fn says(&self, pieces: &[Span], words: &[String]) -> bool {
        let has = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
        pieces.iter().any(|piece| has(piece.of(self.text))) || pieces.iter().any(|piece| has(&fold(piece.of(self.text))))
    }

    /// The place of what a field of the report rests on.
    fn evidence(&self, field: &str) -> Option<Span> {
        self.report.evidence.iter().find(|e| e.field == field).and_then(|e| e.span)
    }

    /// What the report says of an indicator, in its text or in a table.
    fn stated(&self, indicator: &str) -> Option<Decimal> {
        let of_text = self.report.facts.iter().find(|f| f.indicator.as_deref() == Some(indicator)).and_then(|f| f.value);
        let of_table = || some_indicators(self.report, &by_path(self.report), |name| name == indicator).pop().and_then(|i| i.value);
        of_text.or_else(of_table).map(Value::decimal)
    }

    fn part(&self, kind: &str) -> Option<&Part<'a>> {
        self.parts.iter().find(|p| p.section.kind.as_deref() == Some(kind))
    }
}

impl Part<'_> {
    fn operand(&self) -> Operand {
        Operand { path: format!("sections/{}", self.index).into(), value: None, span: self.section.heading_span }
    }

    /// The text behind the heading.
    fn body(&self) -> Span {
        Span::new(self.section.heading_span.map_or(self.span.start, |h| h.end), self.span.end)
    }
}

/// What has been evaluated.
#[derive(Default)]
struct Results {
    checks: Vec<Check>,
    findings: Vec<Finding>,
}

impl Results {
    /// Lists a check.
    fn check(&mut self, code: &'static str, rule: &'static str, scope: impl Into<Name>, verdict: Verdict, operands: Vec<Operand>) {
        self.compare(code, rule, scope, verdict, operands, [None, None]);
    }

    /// Lists a check with its two sides.
    fn compare(
        &mut self,
        code: &'static str,
        rule: impl Into<Name>,
        scope: impl Into<Name>,
        verdict: Verdict,
        operands: Vec<Operand>,
        [left, right]: [Option<Value>; 2],
    ) {
        self.checks.push(Check { code: Name::Borrowed(code), rule: rule.into(), scope: scope.into(), verdict, operands, left, right });
    }

    /// Says what is the matter.
    fn say(&mut self, code: &'static str, zh: impl Into<String>, en: impl Into<String>, details: Details) {
        self.findings.push(finding(code, Details { said: (zh.into(), en.into()), ..details }));
    }
}

/// `Holds` or `Broken`.
fn verdict(holds: bool) -> Verdict {
    if holds { Verdict::Holds } else { Verdict::Broken }
}

/// An operand that is no figure.
fn at(path: impl Into<Cow<'static, str>>, span: Option<Span>) -> Operand {
    Operand { path: path.into(), value: None, span }
}

/// Another place, and what it has to do with a finding.
fn related(span: Span, zh: &'static str, en: &'static str) -> Related {
    Related { message: Message { zh: Name::Borrowed(zh), en: Name::Borrowed(en) }, span }
}
