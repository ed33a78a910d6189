//! Finding the labels of every form in a text, in one pass.
//!
//! The text is folded (see [`Folded`]), so that a label is found whatever spaces, line breaks, widths or quotation marks stand in it.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use gongkai_grammar::{Folded, FormTable, Row, RowKind, fold, forms, model::Span};
use rustc_hash::FxHashMap;

use crate::outline::scan::han;

/// A label as printed in one or more tables.
#[derive(Debug)]
pub struct Label {
    /// Folded.
    pub text: String,
    /// Where it is used.
    pub uses: Vec<Use>,
    /// What it stands for in each table, by edition and kind.
    roles: FxHashMap<(usize, usize), Vec<Role>>,
    /// Whether it is long enough to tell a table by itself; short ones stand in prose as well.
    pub strong: bool,
    /// Whether it is only the beginning of a label.
    pub partial: bool,
}

impl Label {
    /// What it stands for in a table.
    pub fn roles(&self, edition: usize, kind: usize) -> &[Role] {
        self.roles.get(&(edition, kind)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether it stands for one row, and nothing else, in every table of a kind that has it.
    pub fn is_row_only(&self, kind: usize) -> bool {
        let mut tables = self.roles.iter().filter(|((_, of), _)| *of == kind).peekable();
        tables.peek().is_some() && tables.all(|(_, roles)| matches!(roles.as_slice(), [Role::Row(_)]))
    }
}

/// One use of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Index of the edition in [`forms`].
    pub edition: usize,
    /// Index of the kind of table in [`Lexicon::kinds`].
    pub kind: usize,
    /// What it labels.
    pub role: Role,
}

/// What a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A row of figures.
    Row(usize),
    /// A label without figures.
    Group,
    /// A column of figures.
    Column(usize),
    /// Any other cell of the header, or a note.
    Header,
    /// The title of a block.
    Block(usize),
}

/// A label found in the text.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Index in [`Lexicon::labels`].
    pub label: usize,
    /// Place in the source.
    pub span: Span,
}

/// A set of pairs of characters, as bits by a hash of the two: what is not in it is no pair, what is in it may be one.
struct Pairs(Box<[u64; 1024]>);

impl Default for Pairs {
    fn default() -> Self {
        Self(Box::new([0; 1024]))
    }
}

impl Pairs {
    fn add(&mut self, first: u32, second: u32) {
        let hash = Self::hash(first, second);
        if let Some(word) = self.0.get_mut(hash / 64) {
            *word |= 1 << (hash % 64);
        }
    }

    #[inline]
    fn may_have(&self, first: u32, second: u32) -> bool {
        let hash = Self::hash(first, second);
        self.0.get(hash / 64).is_some_and(|word| word >> (hash % 64) & 1 == 1)
    }

    /// Sixteen bits.
    #[inline]
    fn hash(first: u32, second: u32) -> usize {
        (first.wrapping_mul(31) ^ second) as usize & 0xFFFF
    }
}

/// The labels of all forms.
pub struct Lexicon {
    automaton: Option<AhoCorasick>,
    /// The first two characters of all labels.
    beginnings: Pairs,
    /// The labels by pattern number.
    pub labels: Vec<Label>,
    /// The kinds of table of all forms: `requests` …
    pub kinds: Vec<&'static str>,
    /// Every unit of every form, folded.
    units: HashSet<String>,
    /// The rows' labels and numbers, folded, by edition and kind.
    rows: HashMap<(usize, usize), Vec<FoldedRow>>,
    /// The label 序号 of a column of running numbers, as the forms' headers have it.
    pub serial: Option<usize>,
}

/// A row of a form as labels are compared.
#[derive(Debug, Default)]
pub struct FoldedRow {
    /// Its labels.
    pub labels: Vec<String>,
    /// Its number without marks behind it: `(一)`, `1`.
    pub number: String,
}

/// Characters from which on a label tells a table by itself.
const STRONG: usize = 6;
/// Characters that the beginning of a label must have to stand for the whole.
const PARTIAL: usize = 7;

/// The lexicon of the forms that come with the grammar.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);
    &LEXICON
}

impl Lexicon {
    /// The table of an edition.
    pub fn table(&self, edition: usize, kind: usize) -> Option<&'static FormTable> {
        let id = self.kinds.get(kind)?;
        forms().editions.get(edition)?.tables.iter().find(|t| t.id == *id)
    }

    /// Whether a word is a measure word of some form.
    pub fn is_unit(&self, words: &str) -> bool {
        words.len() <= 12 && self.units.contains(fold(words).as_str())
    }

    /// The folded rows of a table.
    pub fn rows(&self, edition: usize, kind: usize) -> &[FoldedRow] {
        self.rows.get(&(edition, kind)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether two editions print the same table.
    pub fn same_table(&self, kind: usize, a: usize, b: usize) -> bool {
        match (self.table(a, kind), self.table(b, kind)) {
            (Some(a), Some(b)) => {
                let alike = |a: &Row, b: &Row| a.labels == b.labels && a.paths == b.paths;
                std::ptr::eq(a, b) || (a.rows.len() == b.rows.len() && a.rows.iter().zip(&b.rows).all(|(a, b)| alike(a, b)))
            }
            _ => false,
        }
    }

    /// Whether the rows of a kind of table stand side by side in one line.
    pub fn across(&self, kind: usize) -> bool {
        (0..forms().editions.len()).any(|edition| self.table(edition, kind).is_some_and(|t| t.across))
    }

    /// Every label in the text, from left to right, the longest at each place, none overlapping.
    pub fn find(&self, folded: &Folded, source: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let text = folded.text();
        let mut hits = Vec::new();
        // The character before, and where it stands.
        let (mut before, mut at) = (0, 0);
        let mut rest = text.as_bytes();
        loop {
            let here = text.len() - rest.len();
            let (c, tail) = match *rest {
                [lead @ 0xE4..=0xE9, second, third, ref tail @ ..] => (han(lead, second, third), tail),
                [byte, ref tail @ ..] if byte.is_ascii() => (u32::from(byte), tail),
                _ => match text.get(here..).and_then(|rest| rest.chars().next()) {
                    Some(c) => (u32::from(c), rest.get(c.len_utf8()..).unwrap_or_default()),
                    None => return hits,
                },
            };
            rest = tail;
            // Few pairs of characters begin a label.
            if self.beginnings.may_have(before, c)
                && let Some(m) = automaton.find(Input::new(text).span(at..text.len()).anchored(Anchored::Yes))
            {
                hits.push(Hit { label: m.pattern().as_usize(), span: folded.span(source, m.start(), m.end()) });
                (before, at) = (0, m.end());
                rest = text.as_bytes().get(m.end()..).unwrap_or_default();
            } else {
                (before, at) = (c, here);
            }
        }
    }

    /// Whole labels in a piece of text.
    #[cfg(feature = "html")]
    pub fn count(&self, text: &str) -> usize {
        self.find(&Folded::new(text), text).iter().filter(|hit| self.label(hit).is_some_and(|l| !l.partial)).count()
    }

    /// Whether words are the label of a row of figures, or end with it: 四、结转下年度继续办理.
    #[cfg(feature = "xlsx")]
    pub fn is_row(&self, words: &str) -> bool {
        let words = words.trim_end();
        let is_row = |label: &Label| !label.partial && label.uses.iter().any(|used| matches!(used.role, Role::Row(_)));
        self.find(&Folded::new(words), words).last().is_some_and(|hit| hit.span.end == words.len() && self.label(hit).is_some_and(is_row))
    }

    /// The label of a hit.
    pub fn label(&self, hit: &Hit) -> Option<&Label> {
        self.labels.get(hit.label)
    }

    fn build() -> Self {
        let mut kinds: Vec<&'static str> = Vec::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut labels: Vec<Label> = Vec::new();
        let mut index: HashMap<String, usize> = HashMap::new();
        let mut add = |text: String, used: Use, partial: bool| {
            if text.chars().count() < 2 {
                return;
            }
            let at = *index.entry(text.clone()).or_insert_with(|| {
                labels.push(Label {
                    text: text.clone(),
                    uses: Vec::new(),
                    roles: FxHashMap::default(),
                    strong: text.chars().count() >= STRONG,
                    partial,
                });
                patterns.push(text);
                labels.len() - 1
            });
            if let Some(label) = labels.get_mut(at) {
                label.partial &= partial;
                if !label.uses.contains(&used) {
                    label.uses.push(used);
                    label.roles.entry((used.edition, used.kind)).or_default().push(used.role);
                }
            }
        };
        for (edition, form) in forms().editions.iter().enumerate() {
            for table in &form.tables {
                let kind = kinds.iter().position(|k| *k == table.id).unwrap_or_else(|| {
                    kinds.push(&table.id);
                    kinds.len() - 1
                });
                let mut all = |texts: &[String], role: Role| {
                    for text in texts {
                        let whole = fold(text);
                        let core = whole.split('(').next().unwrap_or_default().to_owned();
                        let used = Use { edition, kind, role };
                        if matches!(role, Role::Row(_) | Role::Group) {
                            // A label may be broken by its own figures, so its beginning stands for it.
                            if let Some(clause) = core.split(['、', ',']).next().filter(|c| c.chars().count() >= PARTIAL && **c != *core) {
                                add(clause.to_owned(), used, true);
                            }
                            if core.chars().count() >= PARTIAL + 2 {
                                add(core.chars().take(PARTIAL).collect(), used, true);
                            } else if whole.chars().count() >= 2 * PARTIAL {
                                add(whole.chars().take(PARTIAL + 3).collect(), used, true);
                            }
                        }
                        if core.chars().count() >= 4 && core != whole {
                            add(core, used, false);
                        }
                        add(whole, used, false);
                    }
                };
                all(&table.headers, Role::Header);
                all(&table.notes, Role::Header);
                for (i, block) in table.blocks.iter().enumerate() {
                    all(&block.titles, Role::Block(i));
                }
                for (i, column) in table.columns.iter().enumerate() {
                    all(&column.labels, Role::Column(i));
                }
                for (i, row) in table.rows.iter().enumerate() {
                    all(&row.labels, if row.kind == RowKind::Group { Role::Group } else { Role::Row(i) });
                }
            }
        }
        let mut units = HashSet::new();
        let mut rows = HashMap::new();
        for (edition, form) in forms().editions.iter().enumerate() {
            for table in &form.tables {
                units.extend(
                    table
                        .unit
                        .iter()
                        .chain(table.rows.iter().filter_map(|r| r.unit.as_ref()))
                        .chain(table.columns.iter().filter_map(|c| c.unit.as_ref()))
                        .map(|u| fold(u)),
                );
                let Some(kind) = kinds.iter().position(|k| *k == table.id) else { continue };
                let folded = table.rows.iter().map(|row| {
                    let number = row.number.as_deref().map(fold).unwrap_or_default();
                    let number = number.trim_start_matches("其中:").trim_end_matches(['、', '.']).to_owned();
                    FoldedRow { labels: row.labels.iter().map(|l| fold(l)).collect(), number }
                });
                rows.insert((edition, kind), folded.collect());
            }
        }
        let serial = index.get("序号").copied();
        let mut beginnings = Pairs::default();
        for pattern in &patterns {
            let mut chars = pattern.chars().map(u32::from);
            if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
                beginnings.add(first, second);
            }
        }
        let automaton = AhoCorasick::builder().start_kind(StartKind::Anchored).match_kind(MatchKind::LeftmostLongest).build(&patterns).ok();
        Self { automaton, beginnings, labels, kinds, units, rows, serial }
    }
}
