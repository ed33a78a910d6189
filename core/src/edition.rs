//! Which edition of the form a table follows: by its labels, never by the report's year or the notice it cites.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_grammar::{
    forms,
    model::{EditionScore, Name},
};

use crate::{
    labels::{Hit, Lexicon, Role},
    region::Region,
};

/// The editions that explain the labels of a table best, all equally well, with the scores of every edition that has such a table.
pub struct Choice {
    /// Indices of the best editions; never empty.
    pub best: Vec<usize>,
    /// Every edition's score.
    pub scores: Vec<EditionScore>,
}

/// Scores the editions over the regions of one kind of table. Where the table stands several times, in editions of their own, as on a page that
/// holds the report of another year too, the first one decides.
pub fn choose(hits: &[Hit], lexicon: &Lexicon, regions: &[&Region]) -> Option<Choice> {
    let all = score(hits, lexicon, regions)?;
    let first = regions.get(..before_copies(hits, lexicon, regions)).filter(|first| first.len() < regions.len());
    let labels = |choice: &Choice| choice.scores.iter().map(|score| score.labels).max().unwrap_or(0);
    // A piece that tells little decides nothing.
    let first = first.and_then(|first| score(hits, lexicon, first)).filter(|first| labels(first) * 2 >= labels(&all));
    Some(first.filter(|first| first.best.iter().any(|edition| !all.best.contains(edition))).unwrap_or(all))
}

/// The regions in front of the first that repeats rows.
fn before_copies(hits: &[Hit], lexicon: &Lexicon, regions: &[&Region]) -> usize {
    /// Rows that both have.
    const REPEATED: usize = 2;
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for (at, region) in regions.iter().enumerate() {
        let is_row = |hit: &&Hit| lexicon.label(hit).is_some_and(|label| !label.partial && label.is_row_only(region.kind));
        let rows: BTreeSet<usize> = hits.get(region.hits.clone()).unwrap_or_default().iter().filter(is_row).map(|hit| hit.label).collect();
        if rows.intersection(&seen).count() >= REPEATED {
            return at;
        }
        seen.extend(rows);
    }
    regions.len()
}

fn score(hits: &[Hit], lexicon: &Lexicon, regions: &[&Region]) -> Option<Choice> {
    let kind = regions.first()?.kind;
    // Different labels, each with the editions that have it.
    let mut labels: BTreeMap<usize, (&str, Vec<usize>)> = BTreeMap::new();
    for hit in regions.iter().flat_map(|r| hits.get(r.hits.clone()).unwrap_or_default()) {
        let Some(label) = lexicon.label(hit).filter(|l| !l.partial) else { continue };
        if label.uses.iter().any(|u| u.kind == kind) {
            let editions = || label.uses.iter().filter(|u| u.kind == kind).map(|u| u.edition).collect();
            labels.entry(hit.label).or_insert_with(|| (label.text.as_str(), editions()));
        }
    }
    let columns = columns_named(hits, lexicon, regions, kind);
    let mut counts: Vec<(usize, usize, usize)> = Vec::new();
    let mut scores = Vec::new();
    for (edition, form) in forms().editions.iter().enumerate() {
        let Some(table) = lexicon.table(edition, kind) else { continue };
        let found: Vec<&(&str, Vec<usize>)> = labels.values().filter(|(_, e)| e.contains(&edition)).collect();
        // A form and its extension share labels; what counts as its own is what no unrelated form has.
        let related = |other: usize| {
            forms().editions.get(other).is_some_and(|o| o.extends.as_deref() == Some(&form.id) || form.extends.as_deref() == Some(&o.id))
        };
        let own: Vec<String> = found.iter().filter(|(_, e)| e.iter().all(|&x| x == edition || related(x))).map(|(l, _)| (*l).to_owned()).collect();
        counts.push((edition, found.len(), table.rows.len()));
        scores.push(EditionScore { edition: Name::Borrowed(&form.id), labels: found.len(), own });
    }
    let most = counts.iter().map(|&(_, found, _)| found).max()?;
    let best: Vec<usize> = counts.iter().filter(|&&(_, found, _)| found == most).map(|&(edition, _, _)| edition).collect();
    // Of a form and its extension that explain the same, the smaller one.
    let smallest: Vec<usize> = best
        .iter()
        .copied()
        .filter(|&e| {
            let base = forms().editions.get(e).and_then(|f| f.extends.as_deref());
            !base.is_some_and(|base| best.iter().any(|&other| forms().editions.get(other).is_some_and(|f| f.id == base)))
        })
        .collect();
    // A header that names the columns of one form, and not all of another's, is that of the first.
    let unnamed = |edition: usize| {
        let named = columns.get(&edition).filter(|named| !named.is_empty())?;
        lexicon.table(edition, kind).map(|table| table.columns.len().saturating_sub(named.len()))
    };
    let least = smallest.iter().filter_map(|&edition| unnamed(edition)).min();
    let named: Vec<usize> = smallest.iter().copied().filter(|&edition| unnamed(edition).is_none() || unnamed(edition) == least).collect();
    Some(Choice { best: named, scores })
}

/// The columns that labels name, by edition.
fn columns_named(hits: &[Hit], lexicon: &Lexicon, regions: &[&Region], kind: usize) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let labels = regions.iter().flat_map(|r| hits.get(r.hits.clone()).unwrap_or_default()).filter_map(|hit| lexicon.label(hit));
    for of in labels.filter(|label| !label.partial).flat_map(|label| &label.uses).filter(|of| of.kind == kind) {
        if let Role::Column(column) = of.role {
            found.entry(of.edition).or_default().insert(column);
        }
    }
    found
}
