//! Where the tables are: runs of labels with little but figures between them.

use gongkai_grammar::{heading_mark, lines, model::Span};

use crate::{
    document::Grid,
    grid::{is_figure, is_pipe},
    labels::{Hit, Lexicon, Role},
    meta::signed,
    outline::scan::{capped, is_letter},
};

/// A stretch of the text that holds a table, or a part of one.
#[derive(Clone, Debug)]
pub struct Region {
    /// Index of the kind of table in [`Lexicon::kinds`].
    pub kind: usize,
    /// Its labels, a range of the hits.
    pub hits: std::ops::Range<usize>,
    /// The tables of real cells it is in, a range of the document's grids; empty where the table is text.
    pub grids: std::ops::Range<usize>,
    /// From its first label to the first label or sentence behind it, in the source.
    pub span: Span,
}

/// Letters that may stand between two labels of a table: an unknown row's label, a heading.
const MAX_LETTERS: usize = 45;
/// Rows of a table that a sentence may hold by its words alone.
const SENTENCE_ROWS: usize = 2;
/// Bytes behind a label in which a clause says its figure.
const MAX_SAID: usize = 60;
/// Characters of a line that are looked at on either side of a label.
const MAX_LINE: usize = 200;
/// Bytes of figures that may follow the last label of a table.
const MAX_TAIL: usize = 4096;
/// Labels one region may have; a document of nothing but labels is cut into pieces.
const MAX_HITS: usize = 600;

/// Finds the tables. Linear in the text and the hits.
pub fn regions(lexicon: &Lexicon, hits: &[Hit], source: &str, grids: &[Grid]) -> Vec<Region> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=hits.len() {
        let linked = match (hits.get(at - 1), hits.get(at)) {
            (Some(a), Some(b)) => {
                let gap = source.get(a.span.end..b.span.start).unwrap_or_default();
                at - start < MAX_HITS && joins(gap) && !opens_note(gap)
            }
            _ => false,
        };
        if !linked {
            if at > start {
                cluster(lexicon, hits, source, start..at, &mut found);
            }
            start = at;
        }
    }
    let next_hit = |region: &Region| hits.get(region.hits.end).map_or(source.len(), |h| h.span.start);
    for region in &mut found {
        let Some(last) = region.hits.end.checked_sub(1).and_then(|i| hits.get(i)) else { continue };
        let limit_hit = next_hit(region);
        let limit = limit_hit.min(last.span.end.saturating_add(MAX_TAIL));
        let across = lexicon.across(region.kind);
        region.grids = grids_of(hits.get(region.hits.clone()).unwrap_or_default(), grids);
        if across && let Some(next) = figures_apart(source, last.span.end, limit_hit, region.grids.clone(), grids) {
            region.grids.end = next + 1;
        }
        let last_grid = region.grids.end.checked_sub(1).and_then(|i| grids.get(i)).filter(|_| !region.grids.is_empty());
        let end = match last_grid {
            // The next table may begin in the same grid.
            Some(grid) if grid.span.end > last.span.end => grid.span.end.min(limit_of(grid, limit_hit)),
            _ => tail_end(source, last.span.end, limit, across),
        };
        region.span = Span::new(region.span.start, end);
    }
    found.retain(|region| !is_sentence(lexicon, hits, source, region));
    found
}

/// The table of real cells right behind a header that is one by itself, if no figures follow in the header's own.
fn figures_apart(source: &str, from: usize, limit: usize, header: std::ops::Range<usize>, grids: &[Grid]) -> Option<usize> {
    let own = header.end.checked_sub(1).and_then(|i| grids.get(i)).filter(|_| !header.is_empty())?;
    let next = grids.get(header.end).filter(|next| next.span.end <= limit)?;
    let between = source.get(own.span.end..next.span.start)?;
    let figures = |span: Span| span.of(source).split_whitespace().any(is_figure);
    let alone = !figures(Span::new(from, own.span.end.max(from))) && figures(next.span);
    (alone && !between.chars().any(is_letter) && !next.span.of(source).chars().any(is_letter)).then_some(header.end)
}

/// Whether the few rows of a region are words of running text: 全市共主动公开政府信息数12条，内容涵盖……
fn is_sentence(lexicon: &Lexicon, hits: &[Hit], source: &str, region: &Region) -> bool {
    if !region.grids.is_empty() {
        return false;
    }
    if lexicon.across(region.kind) {
        return all_said(lexicon, hits, source, region, true);
    }
    let is_row = |hit: &&Hit| lexicon.label(hit).is_some_and(|l| l.uses.iter().any(|u| u.kind == region.kind && matches!(u.role, Role::Row(_))));
    let rows: Vec<&Hit> = hits.get(region.hits.clone()).unwrap_or_default().iter().filter(is_row).take(SENTENCE_ROWS + 1).collect();
    if rows.iter().all(|hit| lexicon.label(hit).is_some_and(|l| l.partial)) {
        // 由概述，主动公开情况，依申请公开情况等部分组成: names of parts without a figure among them. 政府信息公开工作报告 begins as a row does.
        let figures = region.span.of(source).split(|c: char| c.is_whitespace() || is_pipe(c)).any(is_figure);
        return !figures || all_said(lexicon, hits, source, region, true);
    }
    (rows.len() <= SENTENCE_ROWS && rows.iter().all(|hit| in_prose(source, hit.span))) || all_said(lexicon, hits, source, region, false)
}

/// Whether the labels of a region say their figures as clauses do, with a measure word and a mark behind them: 政府公报公开12条，……
/// A label without a figure may be that of a heading. Where there are no rows, or figures stand in a row below their labels, `all` labels count,
/// else those of rows.
fn all_said(lexicon: &Lexicon, hits: &[Hit], source: &str, region: &Region, all: bool) -> bool {
    let counts =
        |hit: &&Hit| lexicon.label(hit).is_some_and(|l| l.uses.iter().any(|u| u.kind == region.kind && (all || matches!(u.role, Role::Row(_)))));
    let mut any = false;
    for hit in hits.get(region.hits.clone()).unwrap_or_default().iter().filter(counts) {
        match says(lexicon, source, hit) {
            Some(true) => any = true,
            Some(false) => return false,
            None => {}
        }
    }
    any
}

/// Whether the figure behind a label is said as a clause says it; `None` if there is no figure.
fn says(lexicon: &Lexicon, source: &str, hit: &Hit) -> Option<bool> {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let behind = capped(source.get(hit.span.end..).unwrap_or_default(), MAX_SAID)
        .trim_start_matches(|c| is_letter(c) || matches!(c, ' ' | '”' | '’' | '"' | '」' | '：' | ':'));
    if !behind.starts_with(is_digit) {
        let next = behind.chars().find(|c| !c.is_whitespace());
        return next.is_some_and(|c| is_digit(c) || is_pipe(c) || matches!(c, '-' | '—' | '/')).then_some(false);
    }
    let rest = behind.trim_start_matches(|c: char| is_digit(c) || matches!(c, ',' | '，' | '.'));
    let rest = rest.trim_start_matches(' ');
    let measured = rest.trim_start_matches(is_letter);
    let unit = rest.get(..rest.len() - measured.len()).unwrap_or_default();
    Some(lexicon.is_unit(unit) && measured.starts_with(['，', '。', '；', '、', '：', ',', ';', ':', '（', '(', '）', ')']))
}

/// Whether the line of a label goes on with more words than a row of a table has, and with the marks of a sentence between them.
fn in_prose(source: &str, label: Span) -> bool {
    let line = |c: &char| *c != '\n';
    let ahead = source.get(..label.start).unwrap_or_default().chars().rev().take_while(line).take(MAX_LINE);
    let behind = source.get(label.end..).unwrap_or_default().chars().take_while(line).take(MAX_LINE);
    let (mut letters, mut commas) = (0, 0);
    for c in behind.chain(ahead) {
        letters += usize::from(is_letter(c));
        commas += usize::from(matches!(c, ',' | '，' | '。'));
    }
    letters > MAX_LETTERS && commas > 1
}

/// Whether a gap is no more than figures, marks and a few words. The tags of a table that was left as HTML and its &nbsp; do not count.
fn joins(gap: &str) -> bool {
    let (mut letters, mut tag) = (0, false);
    let mut rest = gap.as_bytes();
    while letters <= MAX_LETTERS {
        // Nearly all characters are these.
        match *rest {
            [b' ' | b'0'..=b'9' | b'\n' | b'|' | b'\t' | b'\r', ref tail @ ..] => {
                rest = tail;
                continue;
            }
            [0xE5..=0xE9, _, _, ref tail @ ..] => {
                rest = tail;
                letters += usize::from(!tag);
                continue;
            }
            _ => {}
        }
        let Some(c) = gap.get(gap.len() - rest.len()..).and_then(|rest| rest.chars().next()) else { return true };
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '&' if rest.starts_with(b"nbsp;") => rest = rest.get(b"nbsp;".len()..).unwrap_or_default(),
            '<' if rest.first().is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') => tag = true,
            '>' => tag = false,
            _ if tag => {}
            '。' | ';' | '；' | '!' | '！' | '?' | '？' => return false,
            c if is_letter(c) => letters += 1,
            _ => {}
        }
    }
    false
}

/// Whether the line that a gap ends in is a note under a table: 注：政府信息公开工作专门机构数包括……
fn opens_note(gap: &str) -> bool {
    let line = gap.rsplit_once('\n').map_or("", |(_, line)| line);
    line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | '*' | '※' | '|' | '备')).starts_with("注")
}

/// Cuts a run of linked labels where the kind of table changes, and keeps the pieces that are tables.
fn cluster(lexicon: &Lexicon, hits: &[Hit], source: &str, range: std::ops::Range<usize>, found: &mut Vec<Region>) {
    let has = |at: usize, kind: usize| hits.get(at).and_then(|h| lexicon.label(h)).is_some_and(|l| l.uses.iter().any(|u| u.kind == kind));
    let mut start = range.start;
    while start < range.end {
        // The kind of this piece: of the first strong label, or of the first label at all.
        let strong = (start..range.end).find(|&i| hits.get(i).and_then(|h| lexicon.label(h)).is_some_and(|l| l.strong));
        let leader = strong.unwrap_or(start);
        let kinds: Vec<usize> = hits.get(leader).and_then(|h| lexicon.label(h)).map(|l| l.uses.iter().map(|u| u.kind).collect()).unwrap_or_default();
        let Some(&kind) = kinds.iter().max_by_key(|&&kind| (leader..range.end).take_while(|&i| has(i, kind)).count()) else { return };
        // Short labels of other tables are words here; a long one begins the next table, with the short ones of that table before it.
        let (mut last, mut sure, mut end) = (start, start, None);
        for at in start..range.end {
            let strong = hits.get(at).and_then(|h| lexicon.label(h)).is_some_and(|l| l.strong);
            if has(at, kind) {
                last = at;
                sure = if strong || sure + 1 == at { at } else { sure };
            } else if at > leader && strong {
                let next = (sure + 1..at).find(|&i| !has(i, kind) && shares_kind(lexicon, hits, i, at));
                end = Some(next.unwrap_or(last + 1));
                break;
            }
        }
        // Labels of no such table that a sentence behind it says are words of that sentence.
        let said = |at: usize| hits.get(at).is_some_and(|hit| says(lexicon, source, hit) == Some(true));
        let end = end.unwrap_or_else(|| if (last + 1..range.end).any(said) { last + 1 } else { range.end });
        while let Some(again) = begins_again(lexicon, hits, source, start..end, kind) {
            keep(lexicon, hits, start..again, kind, found);
            start = again;
        }
        keep(lexicon, hits, start..end, kind, found);
        start = end;
    }
}

/// Where a table of the same kind begins anew: before the labels in front of two rows, one behind the other, that it has had before. A header that
/// is repeated on a new page is no new table.
fn begins_again(lexicon: &Lexicon, hits: &[Hit], source: &str, range: std::ops::Range<usize>, kind: usize) -> Option<usize> {
    let mut rows: Vec<usize> = Vec::new();
    // The last row so far, and the one in front of and behind the start of what is repeated.
    let (mut last, mut repeated): (Option<usize>, Option<(usize, usize)>) = (None, None);
    for at in range.clone() {
        let Some(hit) = hits.get(at) else { continue };
        if !lexicon.label(hit).is_some_and(|label| !label.partial && label.is_row_only(kind)) {
            continue;
        }
        let before = last.and_then(|i| hits.get(i));
        // A spanned label may be printed several times.
        if before.is_some_and(|before| before.label == hit.label) {
            last = Some(at);
            continue;
        }
        if !rows.contains(&hit.label) {
            rows.push(hit.label);
            repeated = None;
        } else if let Some((end, first)) = repeated {
            let strong = [first, at].into_iter().filter_map(|i| hits.get(i).and_then(|h| lexicon.label(h))).any(|l| l.strong);
            if strong {
                // Behind the last figures in front of it.
                let figures = |i: &usize| match (hits.get(i - 1), hits.get(*i)) {
                    (Some(a), Some(b)) => source.get(a.span.end..b.span.start).unwrap_or_default().contains(|c: char| c.is_ascii_digit()),
                    _ => false,
                };
                return Some((end + 1..=first).rev().find(figures).unwrap_or(end + 1));
            }
        } else {
            repeated = last.map(|last| (last, at));
        }
        last = Some(at);
    }
    None
}

/// Whether two labels stand in tables of one kind.
fn shares_kind(lexicon: &Lexicon, hits: &[Hit], a: usize, b: usize) -> bool {
    let uses = |at: usize| hits.get(at).and_then(|h| lexicon.label(h)).map(|l| l.uses.as_slice()).unwrap_or_default();
    uses(a).iter().any(|a| uses(b).iter().any(|b| a.kind == b.kind))
}

/// Keeps a piece if its labels are those of a table and not words of a sentence.
fn keep(lexicon: &Lexicon, hits: &[Hit], range: std::ops::Range<usize>, kind: usize, found: &mut Vec<Region>) {
    let (mut labels, mut strong, mut header): (Vec<usize>, usize, bool) = (Vec::new(), 0, false);
    for hit in hits.get(range.clone()).unwrap_or_default() {
        let Some(label) = lexicon.label(hit) else { continue };
        let Some(used) = label.uses.iter().find(|u| u.kind == kind) else { continue };
        // The beginning of a label may be that of a sentence.
        if !label.partial && !labels.contains(&hit.label) {
            labels.push(hit.label);
            strong += usize::from(label.strong);
            header |= matches!(used.role, Role::Header | Role::Column(_) | Role::Block(_));
        }
    }
    if labels.len() >= 3 && strong >= 1 && (header || labels.len() >= 5) {
        let start = hits.get(range.start).map_or(0, |h| h.span.start);
        found.push(Region { kind, hits: range, grids: 0..0, span: Span::new(start, start) });
    }
}

/// The grids that hold the labels of a region, if most of them stand in cells of their own.
fn grids_of(hits: &[Hit], grids: &[Grid]) -> std::ops::Range<usize> {
    /// Labels that one cell has in the mean; a cell that holds a whole table is not read as a cell.
    const LABELS_IN_CELL: usize = 3;
    let mut range: Option<std::ops::Range<usize>> = None;
    let (mut inside, mut cells) = (0usize, 0usize);
    let mut last = None;
    for hit in hits {
        let at = grids.partition_point(|g| g.span.end <= hit.span.start);
        let Some(grid) = grids.get(at).filter(|g| g.span.start <= hit.span.start) else { continue };
        let cell = grid.cells.partition_point(|c| c.span.end <= hit.span.start);
        inside += 1;
        cells += usize::from(last != Some((at, cell)));
        last = Some((at, cell));
        range = Some(range.map_or(at..at + 1, |r| r.start..at + 1));
    }
    range.filter(|_| inside * 2 >= hits.len() && inside <= cells * LABELS_IN_CELL).unwrap_or(0..0)
}

/// Where a region that ends in a grid ends: before the row of the next label, if that stands in the same grid.
fn limit_of(grid: &Grid, next_hit: usize) -> usize {
    let at = grid.cells.partition_point(|c| c.span.end <= next_hit);
    let row = grid.cells.get(at).filter(|_| next_hit < grid.span.end).map(|c| c.row);
    grid.cells.iter().find(|c| Some(c.row) == row).map_or(grid.span.end, |c| c.span.start)
}

/// Where the figures behind the last label end: at the first line that is neither figures nor a row of its own, and before those who signed the
/// table. In a table whose figures all follow its header, words of a torn header may come before them.
fn tail_end(source: &str, from: usize, limit: usize, across: bool) -> usize {
    let mut limit = limit.min(source.len());
    while limit > from && !source.is_char_boundary(limit) {
        limit -= 1;
    }
    let tail = source.get(from..limit).unwrap_or_default();
    let mut letters = 0;
    let mut end = from;
    let mut figures = false;
    for (index, line) in lines(tail).enumerate() {
        let words = line.of(tail);
        let stop = [words.find(['。', '；', ';']), signed::begins(words)].into_iter().flatten().min();
        let own = words.get(..stop.unwrap_or(words.len())).unwrap_or_default();
        letters += own.chars().filter(|&c| is_letter(c)).count();
        let row = own.split_whitespace().next_back().is_some_and(is_figure) || own.contains(is_pipe) || own.contains('\t');
        let short = own.chars().filter(|&c| is_letter(c)).count() <= 4 && letters <= MAX_LETTERS;
        let ok = letters == 0 || index == 0 || short || (row && letters <= MAX_LETTERS) || (across && letters <= MAX_LETTERS);
        // 五、存在的主要问题 behind the last row is a heading, whatever may follow a header.
        let heading = figures && !row && heading_mark(own).is_some_and(|mark| mark.level() == 1);
        if !ok || heading {
            return end;
        }
        figures |= row;
        if stop.is_some() || letters > MAX_LETTERS {
            return from + line.start + cut(own);
        }
        if row {
            letters = 0;
        }
        end = from + line.end;
    }
    end
}

/// Bytes of a line up to where its words are too many for a table.
fn cut(line: &str) -> usize {
    line.char_indices().filter(|&(_, c)| is_letter(c)).nth(MAX_LETTERS).map_or(line.len(), |(at, _)| at)
}
