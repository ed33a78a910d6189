//! Two reports side by side: the figures that differ, and the prose sentence by sentence.

mod text;

use gongkai_grammar::{
    fold,
    model::{COMPARISON_SCHEMA, CellChange, CellValue, ChangeKind, Comparison, Figure, Missing, Name, Offsets, Report, Side, Status, Value},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Compares two reports of one agency: two years, or two drafts. Their spans must count bytes of their texts (the default of
/// [`Options`](crate::Options)); otherwise only figures are compared.
#[must_use]
pub fn compare(a: (&str, &Report), b: (&str, &Report)) -> Comparison {
    let side = |r: &Report| Side { title: r.title.clone(), issuer: r.issuer.clone(), year: r.year, edition: r.edition.clone() };
    let (equal, cells) = cells(a.1, b.1);
    let bytes = a.1.offsets == Offsets::Utf8 && b.1.offsets == Offsets::Utf8;
    Comparison {
        schema: Name::Borrowed(COMPARISON_SCHEMA),
        a: side(a.1),
        b: side(b.1),
        same_agency: a.1.issuer.as_deref().zip(b.1.issuer.as_deref()).map(|(a, b)| fold(a) == fold(b)),
        equal,
        cells,
        sections: if bytes { text::sections(a, b) } else { Vec::new() },
    }
}

/// The number of equal figures, and those that differ.
pub fn cells(a: &Report, b: &Report) -> (usize, Vec<CellChange>) {
    let of_b: FxHashMap<&str, &Figure> = b.figures.iter().filter(|f| is_there(f)).map(|f| (f.path.as_ref(), f)).collect();
    let of_a: FxHashSet<&str> = a.figures.iter().filter(|f| is_there(f)).map(|f| f.path.as_ref()).collect();
    let mut equal = 0;
    let mut changes = Vec::new();
    for figure in a.figures.iter().filter(|f| is_there(f)) {
        let other = of_b.get(figure.path.as_ref()).copied();
        match other.map(|other| difference(figure, other)) {
            Some(None) => equal += 1,
            Some(Some(kind)) => changes.push(change(kind, Some(figure), other)),
            None => changes.push(change(ChangeKind::Removed, Some(figure), None)),
        }
    }
    changes.extend(b.figures.iter().filter(|f| is_there(f) && !of_a.contains(f.path.as_ref())).map(|f| change(ChangeKind::Added, None, Some(f))));
    (equal, changes)
}

/// Whether a figure was seen: rows of the form that are not printed have figures too.
pub fn is_there(figure: &Figure) -> bool {
    figure.span.is_some() || figure.status != Status::Ambiguous || !figure.candidates.is_empty()
}

/// How two figures differ; blank, 无, — and 0 are four different things.
fn difference(a: &Figure, b: &Figure) -> Option<ChangeKind> {
    if [a, b].iter().any(|f| f.status == Status::Ambiguous && f.value.is_none()) {
        return Some(ChangeKind::Uncertain);
    }
    let words = |f: &Figure| (f.missing == Some(Missing::Text)).then(|| fold(&f.raw));
    let same = match (a.value, b.value) {
        (Some(a), Some(b)) => a.decimal() == b.decimal(),
        (None, None) => a.missing == b.missing && words(a) == words(b),
        _ => false,
    };
    (!same).then_some(ChangeKind::Changed)
}

fn change(kind: ChangeKind, a: Option<&Figure>, b: Option<&Figure>) -> CellChange {
    let one = |f: &Figure| CellValue { value: f.value, missing: f.missing, raw: f.raw.clone(), status: f.status, span: f.span };
    let value = |f: Option<&Figure>| f.and_then(|f| f.value).map(Value::decimal);
    let by = value(b).zip(value(a)).and_then(|(b, a)| b.checked_sub(a));
    let (path, label) = b.or(a).map(|f| (f.path.clone(), f.label.clone())).unwrap_or_default();
    CellChange { path, label, kind, a: a.map(one), b: b.map(one), change: by.map(|d| d.as_integer().map_or(Value::Amount(d), Value::Count)) }
}
