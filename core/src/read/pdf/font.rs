//! Fonts: from the codes of a content stream to characters and widths (ISO 32000-1, 9.5 to 9.10).

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

/// One glyph of a string.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its characters; `None` if the font does not say.
    pub text: Option<String>,
    /// How far it moves the text, in thousandths of the font's size.
    pub advance: f32,
    /// Whether it is the space that word spacing widens.
    pub space: bool,
}

/// What a font's codes mean.
#[derive(Debug, Default)]
pub struct Font {
    /// Whether codes have two bytes.
    wide: bool,
    /// Whether the text runs down the page.
    pub vertical: bool,
    unicode: HashMap<u32, String>,
    /// The encoding of the codes, where they are characters themselves.
    encoding: Option<&'static encoding_rs::Encoding>,
    widths: HashMap<u32, f32>,
    default_width: f32,
}

/// Codes that one range of a map may cover.
const MAX_RANGE: u32 = 65_536;
/// Bytes that a code takes beside its text.
const CODE: usize = 64;

/// Takes a part of what is left; `left` is `None` once there is not enough.
fn take(left: &mut Option<usize>, size: usize) -> bool {
    *left = left.and_then(|left| left.checked_sub(size));
    left.is_some()
}

impl Font {
    /// Reads a font's dictionary. What it unpacks and the codes it maps are taken from `left`, which is `None` behind it if that was not enough.
    pub fn new(doc: &Document, dict: &Dictionary, left: &mut Option<usize>) -> Self {
        let mut font = Self { default_width: 500.0, ..Self::default() };
        if let Ok(map) = dict.get_deref(b"ToUnicode", doc).and_then(Object::as_stream) {
            match map.get_plain_content_with_limit(left.unwrap_or(0)) {
                Ok(map) if take(left, map.len()) => font.unicode = to_unicode(&map, left),
                Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => *left = None,
                _ => {}
            }
        }
        let encoding = dict.get_deref(b"Encoding", doc).ok();
        if dict.get_deref(b"Subtype", doc).and_then(Object::as_name).is_ok_and(|n| n == b"Type0") {
            font.composite(doc, dict, encoding.and_then(|e| e.as_name().ok()).unwrap_or_default(), left);
        } else {
            font.simple(doc, dict, encoding);
        }
        font
    }

    /// A font of two-byte codes.
    fn composite(&mut self, doc: &Document, dict: &Dictionary, encoding: &[u8], left: &mut Option<usize>) {
        self.wide = true;
        self.default_width = 1000.0;
        self.vertical = encoding.ends_with(b"-V");
        let has = |part: &[u8]| memchr::memmem::find(encoding, part).is_some();
        self.encoding = match () {
            () if has(b"UCS2") || has(b"UTF16") => Some(encoding_rs::UTF_16BE),
            () if has(b"GBK") || has(b"GBpc") || encoding.starts_with(b"GB-") => Some(encoding_rs::GB18030),
            () if has(b"B5pc") || has(b"ETen") || has(b"HKscs") => Some(encoding_rs::BIG5),
            () => None,
        };
        let Ok(list) = dict.get_deref(b"DescendantFonts", doc).and_then(Object::as_array) else { return };
        let Some(inner) = list.first().and_then(|f| doc.dereference(f).ok()).and_then(|(_, f)| f.as_dict().ok()) else { return };
        if let Ok(width) = inner.get_deref(b"DW", doc).and_then(Object::as_float) {
            self.default_width = width;
        }
        // [ first [w w …] first last w … ]
        let Ok(widths) = inner.get_deref(b"W", doc).and_then(Object::as_array) else { return };
        let mut at = widths.iter().filter_map(|o| doc.dereference(o).ok()).map(|(_, o)| o);
        while let Some(first) = at.next().and_then(|o| o.as_float().ok()) {
            match at.next() {
                Some(Object::Array(list)) => {
                    for (code, width) in (code(first)..).zip(list) {
                        if let Some(width) = doc.dereference(width).ok().and_then(|(_, w)| w.as_float().ok()) {
                            self.widths.insert(code, width);
                        }
                    }
                }
                Some(last) => {
                    let (Ok(last), Some(width)) = (last.as_float(), at.next().and_then(|o| o.as_float().ok())) else { return };
                    let last = code(last).min(code(first).saturating_add(MAX_RANGE));
                    if !take(left, CODE * (last.saturating_sub(code(first)) as usize)) {
                        return;
                    }
                    self.widths.extend((code(first)..=last).map(|code| (code, width)));
                }
                None => return,
            }
        }
    }

    /// A font of one-byte codes.
    fn simple(&mut self, doc: &Document, dict: &Dictionary, encoding: Option<&Object>) {
        let named = encoding.and_then(|e| e.as_name().ok());
        let differences = encoding.and_then(|e| e.as_dict().ok());
        let symbolic = differences.is_none() && named.is_none();
        if self.unicode.is_empty() && !symbolic {
            self.encoding = Some(encoding_rs::WINDOWS_1252);
        }
        if let Some(list) = differences.and_then(|d| d.get_deref(b"Differences", doc).ok()).and_then(|d| d.as_array().ok())
            && self.unicode.is_empty()
        {
            let mut next = 0;
            for item in list {
                match item {
                    Object::Name(name) => {
                        if let Some(text) = glyph_name(&String::from_utf8_lossy(name)) {
                            self.unicode.insert(next, text);
                        }
                        next += 1;
                    }
                    other => next = other.as_float().map_or(next, code),
                }
            }
        }
        let first = dict.get_deref(b"FirstChar", doc).and_then(Object::as_float).map_or(0, code);
        if let Ok(list) = dict.get_deref(b"Widths", doc).and_then(Object::as_array) {
            for (code, width) in (first..).zip(list.iter().take(256)) {
                if let Some(width) = doc.dereference(width).ok().and_then(|(_, w)| w.as_float().ok()) {
                    self.widths.insert(code, width);
                }
            }
        }
    }

    /// The glyphs of a string.
    pub fn show(&self, bytes: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::with_capacity(bytes.len() / 2);
        let mut rest = bytes;
        while let Some((&first, behind)) = rest.split_first() {
            // In GBK and Big5 the bytes of ASCII stand alone.
            let two = self.wide && (first >= 0x80 || self.encoding.is_none_or(|e| e == encoding_rs::UTF_16BE));
            let length = if two { 2.min(rest.len()) } else { 1 };
            let (own, next) = rest.split_at_checked(length).unwrap_or((rest, behind));
            rest = next;
            let code = own.iter().fold(0u32, |code, &byte| code << 8 | u32::from(byte));
            let text = self.unicode.get(&code).cloned().or_else(|| {
                let text = self.encoding?.decode_without_bom_handling(own).0;
                let lost = text.chars().any(|c| c == char::REPLACEMENT_CHARACTER || c.is_control());
                (!lost).then(|| text.into_owned())
            });
            let advance = self.widths.get(&code).copied().unwrap_or(self.default_width);
            shown.push(Shown { text, advance, space: length == 1 && code == 32 });
        }
        shown
    }
}

fn code(number: f32) -> u32 {
    // Codes are small whole numbers; what is none becomes 0.
    if (0.0..=65_535.0).contains(&number) { number as u32 } else { 0 }
}

/// The character of a glyph's name: uni4E00, u4E00, or a name of the Adobe list that reports use.
fn glyph_name(name: &str) -> Option<String> {
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(c) = hex.and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32) {
        return Some(c.to_string());
    }
    let mut letters = name.chars();
    if let (Some(c), None) = (letters.next(), letters.next()) {
        return Some(c.to_string());
    }
    let c = match name {
        "zero" => '0',
        "one" => '1',
        "two" => '2',
        "three" => '3',
        "four" => '4',
        "five" => '5',
        "six" => '6',
        "seven" => '7',
        "eight" => '8',
        "nine" => '9',
        "space" => ' ',
        "period" => '.',
        "comma" => ',',
        "hyphen" | "minus" => '-',
        "parenleft" => '(',
        "parenright" => ')',
        "slash" => '/',
        "colon" => ':',
        "percent" => '%',
        "plus" => '+',
        "emdash" => '—',
        "endash" => '–',
        _ => return None,
    };
    Some(c.to_string())
}

/// Reads a ToUnicode map: `<code> <text>` in bfchar, `<first> <last> <text>` or `<first> <last> [<text> …]` in bfrange.
fn to_unicode(map: &[u8], left: &mut Option<usize>) -> HashMap<u32, String> {
    let mut found = HashMap::new();
    let mut strings: Vec<Vec<u8>> = Vec::new();
    let mut list: Option<Vec<Vec<u8>>> = None;
    // Whether pairs or ranges are read; nothing outside them.
    let mut range: Option<bool> = None;
    let mut at = 0;
    while let Some(&byte) = map.get(at) {
        match byte {
            b'<' if range.is_some() && map.get(at + 1) != Some(&b'<') => {
                let end = map.get(at..).and_then(|rest| memchr::memchr(b'>', rest)).map_or(map.len(), |i| at + i);
                let bytes = hex(map.get(at + 1..end).unwrap_or_default());
                at = end;
                match &mut list {
                    Some(list) => list.push(bytes),
                    None => strings.push(bytes),
                }
            }
            b'[' => list = Some(Vec::new()),
            b']' => {
                if let (Some(list), [first, _]) = (list.take(), strings.as_slice()) {
                    let first = number(first);
                    found.extend((first..=u32::MAX).zip(list.iter().map(|text| utf16(text))));
                }
                strings.clear();
            }
            b'b' if map.get(at..).is_some_and(|rest| rest.starts_with(b"beginbfchar")) => {
                (range, at) = (Some(false), at + 10);
                strings.clear();
            }
            b'b' if map.get(at..).is_some_and(|rest| rest.starts_with(b"beginbfrange")) => {
                (range, at) = (Some(true), at + 11);
                strings.clear();
            }
            b'e' if map.get(at..).is_some_and(|rest| rest.starts_with(b"endbf")) => range = None,
            _ => {}
        }
        match strings.as_slice() {
            [code, text] if range == Some(false) && list.is_none() => {
                found.insert(number(code), utf16(text));
                strings.clear();
            }
            [first, last, text] if range == Some(true) && list.is_none() => {
                let (first, last) = (number(first), number(last));
                let text = utf16(text);
                let mut stem: Vec<char> = text.chars().collect();
                let end = stem.pop().map(u32::from);
                let last = last.min(first.saturating_add(MAX_RANGE));
                if !take(left, (CODE + text.len()).saturating_mul(last.saturating_sub(first) as usize)) {
                    return found;
                }
                for code in first..=last {
                    let end = end.and_then(|end| char::from_u32(end + (code - first)));
                    found.insert(code, stem.iter().copied().chain(end).collect());
                }
                strings.clear();
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits.iter().filter_map(|&b| char::from(b).to_digit(16)).filter_map(|d| u8::try_from(d).ok()).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |n, d| n << 4 | d)).collect()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, &b| n << 8 | u32::from(b))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).map(|pair| pair.iter().fold(0, |n, &b| n << 8 | u16::from(b))).collect();
    String::from_utf16_lossy(&units).chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_characters_ranges_and_lists() {
        let map = b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar\n<0003> <0020>\n<0011> <653F5E9C>\nendbfchar\n\
            2 beginbfrange <0020> <0022> <0030>\n<0030> <0031> [<516C> <5F00>]\nendbfrange";
        let found = to_unicode(map, &mut Some(1000));
        let mut list: Vec<(u32, &str)> = found.iter().map(|(code, text)| (*code, text.as_str())).collect();
        list.sort_unstable();
        assert_eq!(list, [(3, " "), (0x11, "政府"), (0x20, "0"), (0x21, "1"), (0x22, "2"), (0x30, "公"), (0x31, "开")]);
    }

    #[test]
    fn codes_of_one_and_two_bytes() {
        let font = Font { wide: true, encoding: Some(encoding_rs::GB18030), default_width: 1000.0, ..Font::default() };
        let shown = font.show(b"\xB9\xAB12");
        let texts: Vec<Option<&str>> = shown.iter().map(|s| s.text.as_deref()).collect();
        assert_eq!(texts, [Some("公"), Some("1"), Some("2")]);
        let unknown = Font { wide: true, ..Font::default() };
        assert_eq!(unknown.show(b"\x12\x34\x56").iter().filter(|s| s.text.is_none()).count(), 2);
    }
}
