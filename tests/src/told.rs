//! What the running text of a report says of its figures.

use gongkai_grammar::{Form, TableSource, indicator_definitions};

use crate::{
    faults::other_digit,
    generate::{Filled, FilledCell},
    print::OVERVIEW,
    rng::Rng,
};

/// How a figure is said; `#` is the number.
const SENTENCES: [(&str, &str); 5] = [
    ("requests_received", "全县收到政府信息公开申请#件。"),
    ("granted", "对申请予以公开#件。"),
    ("partially_granted", "部分公开#件。"),
    ("reconsideration_cases", "发生行政复议#件。"),
    ("litigation_cases", "发生行政诉讼#件。"),
];

/// What a sentence about received requests may give as well: what was there to do, and what was done.
const ALSO: [&[&str]; 2] = [&["requests_received", "requests_carried_over"], &["requests_concluded"]];

/// A figure said in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// `requests_received`
    pub indicator: &'static str,
    /// The number that is said.
    pub number: String,
}

/// Everything that can be said of the figures, as they are.
#[must_use]
pub fn said(form: &Form, filled: &Filled) -> Vec<Said> {
    let value = |indicator: &'static str| Some(Said { indicator, number: value(form, filled, indicator)?.to_string() });
    SENTENCES.iter().filter_map(|(indicator, _)| value(indicator)).collect()
}

/// Makes one of the sentences say another number than its table has. `None` if none of them can.
pub fn misquote(form: &Form, filled: &Filled, said: &mut [Said], rng: &mut Rng) -> Option<&'static str> {
    let at = usize::try_from(rng.within(0..=i64::try_from(said.len()).ok()? - 1)).ok()?;
    let one = said.get_mut(at)?;
    let number = other_digit(&one.number, rng)?;
    let sum = |names: &[&str]| names.iter().try_fold(0, |sum, name| Some(sum + value(form, filled, name)?));
    let also = one.indicator == "requests_received" && ALSO.iter().any(|names| sum(names).is_some_and(|sum| sum.to_string() == number));
    if also || number == one.number {
        return None;
    }
    one.number = number;
    Some(one.indicator)
}

/// The report with the sentences in its first part.
///
/// # Panics
/// If the report has no first part.
#[must_use]
pub fn tell(text: &str, said: &[Said]) -> String {
    assert!(text.contains(OVERVIEW), "{text}");
    let sentence = |said: &Said| SENTENCES.iter().find(|(name, _)| *name == said.indicator).unwrap().1.replace('#', &said.number);
    text.replacen(OVERVIEW, &format!("{OVERVIEW}{}", said.iter().map(sentence).collect::<String>()), 1)
}

/// What the tables give for an indicator, in numbers; `None` if they do not have it, or have only about the same.
fn value(form: &Form, filled: &Filled, indicator: &str) -> Option<i64> {
    let own = |source: &&TableSource| source.editions.iter().any(|id| *id == form.id || form.extends.as_deref() == Some(id));
    let source = indicator_definitions().iter().find(|d| d.name == indicator)?.tables.iter().find(own).filter(|source| source.why.is_none())?;
    let number = |path: &&str| filled.cells.get(*path).filter(|cell| matches!(cell, FilledCell::Number(_)));
    let cells: Vec<&FilledCell> = source.paths.iter().map(number).collect::<Option<_>>()?;
    Some(cells.iter().map(|cell| cell.hundredths() / 100).sum())
}
