//! A body that stands more than once.
//!
//! Sentences are hashed after folding. Where one of the first sentences stands again, the two sequences are laid side by side; a copy is a
//! stretch that repeats most of what stands before it, not a title printed again.

use gongkai_grammar::{fold_char, model::Span};
use memchr::memmem;

use super::scan::{is_letter, is_space, trim};

/// A sentence: its place and a hash of its folded text.
#[derive(Clone, Copy, Debug)]
struct Sentence {
    span: Span,
    hash: u64,
    letters: usize,
}

/// A copy of what stands before it.
#[derive(Clone, Copy, Debug)]
pub struct Copy {
    /// Its first byte.
    pub start: usize,
    /// Behind its last repeated sentence.
    pub end: usize,
    /// Behind the last sentence of the first standing that it repeats.
    pub original_end: usize,
    /// Whether nothing of the copy is left behind its last repeated sentence.
    pub complete: bool,
}

/// Shorter sentences stand anywhere.
const MIN_LETTERS: usize = 8;
/// Sentences at the start of the body by which a copy is looked for.
const ANCHORS: usize = 12;
/// Of these, how many are looked for before the whole text is hashed.
const ASKED: usize = 5;
/// Places that are tried; more than that is a text of repetitions, not a repeated text.
const TRIES: usize = 12;
/// Sentences that may be missing from either side before the next common one.
const SKIP: usize = 4;

/// The copies of the body that starts at `from`, in order.
pub fn copies(text: &str, lines: &[Span], from: usize) -> Vec<Copy> {
    if !recurs(text, lines, from) {
        return Vec::new();
    }
    let sentences = sentences(text, lines, from, usize::MAX, hash);
    let anchors: Vec<u64> = sentences.iter().take(ANCHORS).map(|s| s.hash).collect();
    let mut found: Vec<Copy> = Vec::new();
    let mut tries = 0;
    let mut at = 1;
    while at < sentences.len() && tries < TRIES {
        let hash = sentences.get(at).map_or(0, |s| s.hash);
        let anchor = anchors.iter().take(at).position(|&a| a == hash);
        if let Some(anchor) = anchor {
            tries += 1;
            let first_end = found.first().map_or(sentences.get(at).map_or(0, |s| s.span.start), |c| c.start);
            if let Some((copy, next)) = aligned(text, &sentences, anchor, at, first_end) {
                found.push(copy);
                at = next.max(at + 1);
                continue;
            }
        }
        at += 1;
    }
    found
}

/// Whether words of the first sentences stand again further on. Nearly every report is done with here, for a fraction of the cost.
fn recurs(text: &str, lines: &[Span], from: usize) -> bool {
    let first = sentences(text, lines, from, ANCHORS, |words| (0, folded(words).filter(|&c| is_letter(c)).take(MIN_LETTERS).count()));
    let again = |sentence: &Sentence| {
        // Han characters only: widths and spaces may differ between the copies.
        let words = sentence
            .span
            .of(text)
            .split(|c: char| !('\u{4E00}'..='\u{9FFF}').contains(&c))
            .max_by_key(|w| w.len())
            .filter(|w| w.len() >= 3 * MIN_LETTERS)?;
        Some(memmem::find(text.get(sentence.span.end..)?.as_bytes(), words.as_bytes()).is_some())
    };
    let (mut asked, mut found) = (0usize, 0usize);
    for answer in first.iter().filter_map(again) {
        asked += 1;
        found += usize::from(answer);
        // Behind a last one that misses nothing more can change.
        if asked == ASKED || (asked + 1 == ASKED && found == 0) {
            break;
        }
    }
    found * 3 >= asked.max(1)
}

/// Lays the sentences from `second` on beside those from `first` on.
fn aligned(text: &str, sentences: &[Sentence], first: usize, second: usize, first_end: usize) -> Option<(Copy, usize)> {
    let (mut a, mut b) = (first, second);
    let limit = sentences.partition_point(|s| s.span.start < first_end).min(second);
    let (mut matched, mut letters, mut missed) = (0usize, 0usize, 0usize);
    let mut last = None;
    let hash = |i: usize| sentences.get(i).map(|s| s.hash);
    while a < limit && b < sentences.len() {
        if hash(a) == hash(b) {
            matched += 1;
            letters += sentences.get(a).map_or(0, |s| s.letters);
            last = Some((a, b));
            (a, b) = (a + 1, b + 1);
            continue;
        }
        // The nearest pair that agrees again.
        let pair = (1..=SKIP).flat_map(|sum| (0..=sum).map(move |i| (i, sum - i))).find(|&(i, j)| a + i < limit && hash(a + i) == hash(b + j));
        missed += 1;
        if missed > matched + SKIP {
            break;
        }
        match pair {
            Some((i, j)) => (a, b) = (a + i, b + j),
            None => (a, b) = (a + 1, b + 1),
        }
    }
    let total: usize = sentences.get(first..limit)?.iter().map(|s| s.letters).sum();
    if matched < 3 || letters < 40 || letters * 2 < total {
        return None;
    }
    let (a, b) = last?;
    let (original, copied) = (sentences.get(a)?, sentences.get(b)?);
    // The words before the anchor that both standings share belong to the copy as well: a title in front of the first full stop.
    let start = shared_start(text, sentences.get(first)?.span.start, sentences.get(second)?.span.start);
    let (original_end, end) = shared_end(text, (original.span.end, sentences.get(second)?.span.start), copied.span.end);
    Some((Copy { start, end, original_end, complete: b + 1 == sentences.len() }, b + 1))
}

/// Moves `second` back over what stands before it as before `first`, line ends aside.
fn shared_start(text: &str, first: usize, second: usize) -> usize {
    let words = |end: usize| text.get(..end).unwrap_or_default().char_indices().rev().take(400).filter(|&(_, c)| !is_space(c));
    let mut start = second;
    for ((i, a), (j, b)) in words(first).zip(words(second)) {
        if a != b || i >= second || j < first {
            break;
        }
        start = j;
    }
    start
}

/// Carries the ends of both standings over the lines that follow in both, up to where the second begins: a date is too short a sentence.
fn shared_end(text: &str, (first, limit): (usize, usize), second: usize) -> (usize, usize) {
    let words = |from: usize| text.get(from..).unwrap_or_default().char_indices().map(move |(i, c)| (from + i, c)).filter(|&(_, c)| !is_space(c));
    let ends_line =
        |at: usize| text.get(at..).is_some_and(|rest| rest.is_empty() || rest.trim_start_matches([' ', '\t', '\u{3000}', '\r']).starts_with('\n'));
    let mut ends = (first, second);
    for ((i, a), (j, b)) in words(first).zip(words(second)).take_while(|((i, a), (_, b))| *i < limit && a == b) {
        let after = (i + a.len_utf8(), j + b.len_utf8());
        if ends_line(after.0) {
            ends = after;
        }
    }
    ends
}

/// The first `most` sentences of a text from `from` on: cut at line ends and full stops, short ones left out. `read` gives the hash of one and
/// the number of its letters.
fn sentences(text: &str, lines: &[Span], from: usize, most: usize, read: impl Fn(&str) -> (u64, usize)) -> Vec<Sentence> {
    let full_stop = memmem::Finder::new("。");
    let mut found = Vec::new();
    for line in lines.get(lines.partition_point(|l| l.end <= from)..).unwrap_or_default() {
        let start = line.start.max(from);
        let piece = text.get(start..line.end).unwrap_or_default();
        let mut at = start;
        let ends = full_stop.find_iter(piece.as_bytes()).map(|i| start + i + '。'.len_utf8()).chain([line.end]);
        for end in ends {
            if found.len() >= most {
                return found;
            }
            let span = trim(text, Span::new(at, end));
            if end - at >= MIN_LETTERS {
                let (hash, letters) = read(span.of(text));
                if letters >= MIN_LETTERS {
                    found.push(Sentence { span, hash, letters });
                }
            }
            at = end;
        }
    }
    found
}

/// FNV-1a over the folded characters, and the number of letters among them.
fn hash(text: &str) -> (u64, usize) {
    let (mut hash, mut count) = (0xcbf2_9ce4_8422_2325u64, 0);
    for c in folded(text) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
        count += usize::from(is_letter(c));
    }
    (hash, count)
}

/// Whether two pieces of a text are the same after folding.
pub fn same(text: &str, a: Span, b: Span) -> bool {
    a.of(text) == b.of(text) || folded(a.of(text)).eq(folded(b.of(text)))
}

/// The characters of a text as labels are compared.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter_map(fold_char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::scan::filled_lines;

    const BODY: &str = "示例市某某局2020年政府信息公开工作年度报告\n根据有关规定，现公布本年度的报告。全年公开信息十二条。\n一、总体情况\n全年公开各类信息五百二十条，均按时发布。受理申请两件，均已答复。";

    fn found(text: &str) -> Vec<Copy> {
        copies(text, &filled_lines(text), 0)
    }

    #[test]
    fn the_body_twice_and_three_times() {
        let text = format!("{BODY}\n（打印本页）\n{BODY}");
        let copies = found(&text);
        assert_eq!((copies.len(), &text[copies[0].start..copies[0].end]), (1, BODY));
        assert_eq!((&text[..copies[0].original_end], copies[0].complete), (BODY, true));
        let wide = BODY.replace('，', ",");
        let text = format!("{BODY}\n{wide}\n{BODY}");
        let copies = found(&text);
        assert_eq!(copies.len(), 2);
        assert!(same(&text, Span::new(0, BODY.len()), Span::new(copies[0].start, copies[0].end)));
    }

    #[test]
    fn twice_in_one_line() {
        let body = BODY.replace('\n', " ");
        let text = format!("{body} {body}");
        let copies = found(&text);
        assert_eq!(&text[copies[0].start..], body);
    }

    #[test]
    fn a_repeated_title_is_no_copy() {
        let title = BODY.lines().next().unwrap();
        assert!(found(&format!("{title}\n{title}\n来源：某某局\n{BODY}")).is_empty());
    }
}
