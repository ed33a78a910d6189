//! Content streams: where the glyphs and the rulings of a page stand (ISO 32000-1, 8 and 9). Coordinates are points from the upper left corner.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};

use super::{super::ReadError, font::Font};

/// A glyph on a page.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Its characters.
    pub text: String,
    /// Left and right edge.
    pub left: f32,
    pub right: f32,
    /// Upper and lower edge.
    pub top: f32,
    pub bottom: f32,
}

/// A ruling: a straight line along one of the axes.
#[derive(Clone, Copy, Debug)]
pub struct Ruling {
    /// Whether it runs from left to right.
    pub horizontal: bool,
    /// Its place on the other axis.
    pub at: f32,
    /// Its ends.
    pub from: f32,
    pub to: f32,
}

/// Quarters of a turn, clockwise, that text makes on a page: 0 for text that runs from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn(pub u8);

impl Turn {
    /// The turn of text that runs along a line of page coordinates.
    fn of(right: f32, down: f32) -> Self {
        match () {
            () if down.abs() > right.abs() => Self(if down > 0.0 { 1 } else { 3 }),
            () if right < 0.0 => Self(2),
            () => Self(0),
        }
    }

    /// A point of the page, turned so that the text runs from left to right.
    fn upright(self, (x, y): (f32, f32)) -> (f32, f32) {
        match self.0 {
            1 => (y, -x),
            2 => (-x, -y),
            3 => (-y, x),
            _ => (x, y),
        }
    }

    /// An area of turned coordinates as it stands on the page.
    pub fn back(self, [left, top, right, bottom]: [f32; 4]) -> [f32; 4] {
        let back = Self((4 - self.0) % 4);
        let ((a, b), (c, d)) = (back.upright((left, top)), back.upright((right, bottom)));
        [a.min(c), b.min(d), a.max(c), b.max(d)]
    }
}

/// What stands on a page, turned so that most of its text runs from left to right.
#[derive(Debug, Default)]
pub struct Marks {
    /// How the text stood on the page.
    pub turn: Turn,
    pub glyphs: Vec<Glyph>,
    pub rulings: Vec<Ruling>,
    /// Glyphs whose characters the font does not say.
    pub unknown: usize,
    /// Pictures.
    pub images: usize,
    /// Whether some of the content could not be read, or was too much.
    pub damaged: bool,
}

impl Marks {
    /// Turns the page: a wide table is often set sideways.
    fn set_upright(&mut self, turn: Turn) {
        self.turn = turn;
        if turn.0 == 0 {
            return;
        }
        for glyph in &mut self.glyphs {
            let (a, b) = (turn.upright((glyph.left, glyph.top)), turn.upright((glyph.right, glyph.bottom)));
            (glyph.left, glyph.right, glyph.top, glyph.bottom) = (a.0.min(b.0), a.0.max(b.0), a.1.min(b.1), a.1.max(b.1));
        }
        let rulings = std::mem::take(&mut self.rulings);
        self.rulings.extend(rulings.into_iter().filter_map(|line| {
            let ends = if line.horizontal { ((line.from, line.at), (line.to, line.at)) } else { ((line.at, line.from), (line.at, line.to)) };
            ruling(turn.upright(ends.0), turn.upright(ends.1))
        }));
    }
}

/// Forms inside forms.
const MAX_FORMS: usize = 12;
/// States saved at once.
const MAX_STATES: usize = 256;
/// What drawing a form or reading a font costs beside its bytes.
const PIECE: usize = 2048;
/// An operation of no PDF, set behind the content of a page to see that it was read to its end.
const END: &str = "WholeContent";
/// No more bytes than this hold nothing, packed.
const PACKED_NOTHING: usize = 16;
/// Glyphs and rulings of a page.
const MAX_MARKS: usize = 400_000;
/// A filled rectangle so thin is a ruling.
const THIN: f32 = 3.0;
/// A ruling is longer than this.
const SHORT: f32 = 3.0;

/// An affine transformation.
type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    let ([a0, a1, a2, a3, a4, a5], [b0, b1, b2, b3, b4, b5]) = (a, b);
    [a0 * b0 + a1 * b2, a0 * b1 + a1 * b3, a2 * b0 + a3 * b2, a2 * b1 + a3 * b3, a4 * b0 + a5 * b2 + b4, a4 * b1 + a5 * b3 + b5]
}

fn apply([a, b, c, d, e, f]: Matrix, (x, y): (f32, f32)) -> (f32, f32) {
    (a * x + c * y + e, b * x + d * y + f)
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<ObjectId>,
    size: f32,
    character: f32,
    word: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// Reads the pages of a file; fonts are read once.
pub struct Reader<'a> {
    doc: &'a Document,
    fonts: HashMap<ObjectId, Font>,
    max_unpacked: usize,
    /// What may still be unpacked, however often the file has the same thing drawn, and whether that was not enough.
    left: usize,
    over: bool,
    marks: Marks,
    /// Glyphs of each turn.
    turns: [usize; 4],
    /// Fonts that stand in resources themselves have no number; they get one of their own.
    inline_fonts: u32,
}

impl<'a> Reader<'a> {
    /// A reader of pages.
    pub fn new(doc: &'a Document, max_unpacked: usize) -> Self {
        Self { doc, fonts: HashMap::new(), max_unpacked, left: max_unpacked, over: false, marks: Marks::default(), turns: [0; 4], inline_fonts: 0 }
    }

    /// The marks of a page.
    ///
    /// # Errors
    /// [`ReadError::Limit`] if what was drawn up to its end is over [`crate::Options::max_unpacked`].
    pub fn page(&mut self, id: ObjectId) -> Result<Marks, ReadError> {
        self.marks = Marks::default();
        let ctm = self.page_matrix(id);
        let content = self.unpacked(self.doc.get_page_content_with_limit(id, self.left));
        let streams = self.doc.get_page_contents(id).into_iter().filter_map(|id| self.doc.get_object(id).ok()?.as_stream().ok());
        // Bytes that cannot be unpacked come as none.
        self.marks.damaged |= content.trim_ascii().is_empty() && streams.map(|s| s.content.len()).sum::<usize>() > PACKED_NOTHING;
        let resources = self.inherited(id, b"Resources").and_then(|o| o.as_dict().ok());
        let state = State { ctm, font: None, size: 0.0, character: 0.0, word: 0.0, scale: 1.0, leading: 0.0, rise: 0.0 };
        self.turns = [0; 4];
        self.run(content, resources, state, 0);
        if self.over {
            return Err(ReadError::Limit { limit: "max_unpacked", value: self.max_unpacked.saturating_add(1), max: self.max_unpacked });
        }
        let mut marks = std::mem::take(&mut self.marks);
        let most = (0u8..).zip(self.turns).max_by_key(|&(turn, glyphs)| (glyphs, std::cmp::Reverse(turn)));
        marks.set_upright(Turn(most.map_or(0, |(turn, _)| turn)));
        Ok(marks)
    }

    /// The content of a stream, counted; empty if it is damaged or too long.
    fn unpacked(&mut self, content: lopdf::Result<Vec<u8>>) -> Vec<u8> {
        let size = match &content {
            Ok(content) => content.len().saturating_add(PIECE),
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => usize::MAX,
            Err(_) => {
                self.marks.damaged = true;
                0
            }
        };
        self.count(size);
        content.ok().filter(|_| !self.over).unwrap_or_default()
    }

    fn count(&mut self, size: usize) {
        self.over |= size > self.left;
        self.left = self.left.saturating_sub(size);
    }

    /// An entry of a page or of the nodes above it.
    fn inherited(&self, id: ObjectId, key: &[u8]) -> Option<&'a Object> {
        let mut node = self.doc.get_dictionary(id).ok()?;
        for _ in 0..64 {
            if let Ok(found) = node.get_deref(key, self.doc) {
                return Some(found);
            }
            node = node.get_deref(b"Parent", self.doc).and_then(Object::as_dict).ok()?;
        }
        None
    }

    /// From the page's coordinates to points from its upper left corner, turned as it is shown.
    fn page_matrix(&self, id: ObjectId) -> Matrix {
        let area = self.inherited(id, b"CropBox").or_else(|| self.inherited(id, b"MediaBox")).and_then(|o| o.as_array().ok());
        let numbers: Vec<f32> =
            area.into_iter().flatten().filter_map(|o| self.doc.dereference(o).ok()).filter_map(|(_, o)| o.as_float().ok()).collect();
        let (left, low, right, high) = match numbers.as_slice() {
            &[a, b, c, d] => (a.min(c), b.min(d), a.max(c), b.max(d)),
            _ => (0.0, 0.0, 595.0, 842.0),
        };
        let turned = self.inherited(id, b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0).rem_euclid(360);
        match turned {
            90 => [0.0, 1.0, 1.0, 0.0, -low, -left],
            180 => [-1.0, 0.0, 0.0, 1.0, right, -low],
            270 => [0.0, -1.0, -1.0, 0.0, high, right],
            _ => [1.0, 0.0, 0.0, -1.0, -left, high],
        }
    }

    /// Whether a page has more marks than one is read with; `pending` are not drawn yet.
    fn full(&mut self, pending: usize) -> bool {
        let full = self.marks.glyphs.len() + self.marks.rulings.len() + pending > MAX_MARKS;
        self.marks.damaged |= full;
        full || self.over
    }

    fn run(&mut self, mut content: Vec<u8>, resources: Option<&'a Dictionary>, start: State, depth: usize) {
        // The library leaves out what stands behind an operation that it cannot read, or behind bytes that it cannot unpack, and does not say so.
        content.extend_from_slice(b"\n");
        content.extend_from_slice(END.as_bytes());
        let (mut whole, mut in_text) = (false, false);
        let mut state = start;
        let mut saved: Vec<State> = Vec::new();
        let (mut line, mut text) = (IDENTITY, IDENTITY);
        let mut path: Vec<Ruling> = Vec::new();
        let mut boxes: Vec<[f32; 4]> = Vec::new();
        let (mut point, mut first) = ((0.0, 0.0), (0.0, 0.0));
        // One at a time: all operations of a page take many times its bytes.
        for operation in Content::decode_iter(&content).map_while(Result::ok) {
            if self.full(path.len() + boxes.len()) {
                return;
            }
            let number = |i: usize| operation.operands.get(i).and_then(|o| o.as_float().ok()).unwrap_or(0.0);
            let matrix = || [number(0), number(1), number(2), number(3), number(4), number(5)];
            match operation.operator.as_str() {
                "q" if saved.len() < MAX_STATES => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.ctm = times(matrix(), state.ctm),
                "BT" => (line, text, in_text) = (IDENTITY, IDENTITY, true),
                "ET" => in_text = false,
                "Tf" => {
                    state.size = number(1);
                    state.font = operation.operands.first().and_then(|o| o.as_name().ok()).and_then(|name| self.font(resources, name));
                }
                "Tc" => state.character = number(0),
                "Tw" => state.word = number(0),
                "Tz" => state.scale = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Tm" => (line, text) = (matrix(), matrix()),
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -number(1);
                    }
                    line = times([1.0, 0.0, 0.0, 1.0, number(0), number(1)], line);
                    text = line;
                }
                "T*" | "'" | "\"" => {
                    if operation.operator == "\"" {
                        (state.word, state.character) = (number(0), number(1));
                    }
                    line = times([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                    text = line;
                    if let Some(string) = operation.operands.last().and_then(|o| o.as_str().ok()) {
                        self.show(&state, &mut text, string);
                    }
                }
                "Tj" => {
                    if let Some(string) = operation.operands.first().and_then(|o| o.as_str().ok()) {
                        self.show(&state, &mut text, string);
                    }
                }
                "TJ" => {
                    for item in operation.operands.first().and_then(|o| o.as_array().ok()).into_iter().flatten() {
                        match item {
                            Object::String(string, _) => self.show(&state, &mut text, string),
                            other => {
                                let back = -other.as_float().unwrap_or(0.0) / 1000.0 * state.size;
                                let vertical = state.font.and_then(|f| self.fonts.get(&f)).is_some_and(|f| f.vertical);
                                let (x, y) = if vertical { (0.0, back) } else { (back * state.scale, 0.0) };
                                text = times([1.0, 0.0, 0.0, 1.0, x, y], text);
                            }
                        }
                    }
                }
                "m" => {
                    point = apply(state.ctm, (number(0), number(1)));
                    first = point;
                }
                "l" => {
                    let next = apply(state.ctm, (number(0), number(1)));
                    path.extend(ruling(point, next));
                    point = next;
                }
                "h" => {
                    path.extend(ruling(point, first));
                    point = first;
                }
                "c" => point = apply(state.ctm, (number(4), number(5))),
                "v" | "y" => point = apply(state.ctm, (number(2), number(3))),
                "re" => {
                    let (a, b) = (apply(state.ctm, (number(0), number(1))), apply(state.ctm, (number(0) + number(2), number(1) + number(3))));
                    boxes.push([a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)]);
                }
                "S" | "s" | "B" | "B*" | "b" | "b*" => {
                    self.marks.rulings.append(&mut path);
                    for [left, top, right, bottom] in boxes.drain(..) {
                        let sides = [
                            ((left, top), (right, top)),
                            ((left, bottom), (right, bottom)),
                            ((left, top), (left, bottom)),
                            ((right, top), (right, bottom)),
                        ];
                        self.marks.rulings.extend(sides.into_iter().filter_map(|(a, b)| ruling(a, b)));
                    }
                }
                "f" | "F" | "f*" => {
                    path.clear();
                    for [left, top, right, bottom] in boxes.drain(..) {
                        let (width, height) = (right - left, bottom - top);
                        if height <= THIN && width > SHORT {
                            self.marks.rulings.extend(ruling((left, (top + bottom) / 2.0), (right, (top + bottom) / 2.0)));
                        } else if width <= THIN && height > SHORT {
                            self.marks.rulings.extend(ruling(((left + right) / 2.0, top), ((left + right) / 2.0, bottom)));
                        }
                    }
                }
                "n" => {
                    path.clear();
                    boxes.clear();
                }
                "Do" => {
                    if let Some(name) = operation.operands.first().and_then(|o| o.as_name().ok()) {
                        self.object(resources, name, &state, depth);
                    }
                }
                "BI" => self.marks.images += 1,
                END => whole = !in_text,
                _ => {}
            }
        }
        self.marks.damaged |= !whole;
    }

    /// A picture, or a form with a content of its own.
    fn object(&mut self, resources: Option<&'a Dictionary>, name: &[u8], state: &State, depth: usize) {
        let doc = self.doc;
        let objects = resources.and_then(|r| r.get_deref(b"XObject", doc).ok()).and_then(|o| o.as_dict().ok());
        let Some(stream) = objects.and_then(|o| o.get_deref(name, doc).ok()).and_then(|o| o.as_stream().ok()) else { return };
        if stream.dict.get_deref(b"Subtype", doc).and_then(Object::as_name).is_ok_and(|n| n == b"Image") {
            self.marks.images += 1;
            return;
        }
        if depth >= MAX_FORMS {
            return;
        }
        let mut state = state.clone();
        if let Some(list) = stream.dict.get_deref(b"Matrix", doc).ok().and_then(|m| m.as_array().ok()) {
            let numbers: Vec<f32> = list.iter().filter_map(|o| o.as_float().ok()).collect();
            if let &[a, b, c, d, e, f] = numbers.as_slice() {
                state.ctm = times([a, b, c, d, e, f], state.ctm);
            }
        }
        let own = stream.dict.get_deref(b"Resources", doc).ok().and_then(|o| o.as_dict().ok());
        let content = self.unpacked(stream.get_plain_content_with_limit(self.left));
        self.run(content, own.or(resources), state, depth + 1);
    }

    /// The font of a name, read when it is first used.
    fn font(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<ObjectId> {
        let fonts = resources?.get_deref(b"Font", self.doc).ok()?.as_dict().ok()?;
        let entry = fonts.get(name).ok()?;
        let (id, font) = self.doc.dereference(entry).ok()?;
        let id = id.unwrap_or_else(|| {
            self.inline_fonts += 1;
            (u32::MAX - self.inline_fonts, u16::MAX)
        });
        if !self.fonts.contains_key(&id) {
            let mut left = Some(self.left);
            let font = Font::new(self.doc, font.as_dict().ok()?, &mut left);
            self.count(left.map_or(usize::MAX, |left| self.left - left).saturating_add(PIECE));
            self.fonts.insert(id, font);
        }
        Some(id)
    }

    fn show(&mut self, state: &State, text: &mut Matrix, string: &[u8]) {
        let Some(font) = state.font.and_then(|id| self.fonts.get(&id)) else {
            self.marks.unknown += string.len();
            return;
        };
        for shown in font.show(string) {
            let advance = shown.advance / 1000.0 * state.size;
            let space = state.character + if shown.space { state.word } else { 0.0 };
            let to_page = times(*text, state.ctm);
            let [right, down, ..] = to_page;
            if let Some(glyphs) = self.turns.get_mut(usize::from(Turn::of(right, down).0)) {
                *glyphs += 1;
            }
            // The box of the glyph, from its base line or, where text runs down, from the middle of its upper edge.
            let (a, b) = if font.vertical {
                ((-state.size / 2.0, -state.size), (state.size / 2.0, 0.0))
            } else {
                ((0.0, state.rise - 0.15 * state.size), (advance * state.scale, state.rise + 0.85 * state.size))
            };
            let (p, q) = (apply(to_page, a), apply(to_page, b));
            let moved = if font.vertical { (0.0, -state.size - space) } else { ((advance + space) * state.scale, 0.0) };
            *text = times([1.0, 0.0, 0.0, 1.0, moved.0, moved.1], *text);
            let (left, right, top, bottom) = (p.0.min(q.0), p.0.max(q.0), p.1.min(q.1), p.1.max(q.1));
            match shown.text {
                Some(words) if words.trim().is_empty() => {}
                Some(words) if [left, right, top, bottom].iter().all(|n| n.is_finite()) && bottom - top > 0.5 => {
                    self.marks.glyphs.push(Glyph { text: words, left, right, top, bottom });
                }
                Some(_) => {}
                None => self.marks.unknown += 1,
            }
        }
    }
}

/// The ruling between two points, if it runs along an axis.
fn ruling(a: (f32, f32), b: (f32, f32)) -> Option<Ruling> {
    let (width, height) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
    if !(width.is_finite() && height.is_finite()) {
        return None;
    }
    if height < 1.0 && width > SHORT {
        Some(Ruling { horizontal: true, at: (a.1 + b.1) / 2.0, from: a.0.min(b.0), to: a.0.max(b.0) })
    } else if width < 1.0 && height > SHORT {
        Some(Ruling { horizontal: false, at: (a.0 + b.0) / 2.0, from: a.1.min(b.1), to: a.1.max(b.1) })
    } else {
        None
    }
}
