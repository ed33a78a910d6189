//! The tags and words of a page, cut as the HTML standard cuts them (13.2.5 of the standard). What is rare and hard is left to the standard's whole
//! algorithm.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// A page, or a piece of one, that is not read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hard;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Words, their references not yet decoded.
    Text(&'a str),
    /// A start tag: its name in small letters, and its attributes as they stand.
    Start(Cow<'a, str>, &'a str),
    /// An end tag.
    End(Cow<'a, str>),
    /// A comment, or what the standard makes one.
    Comment,
    /// A document type.
    Doctype,
}

/// The pieces of a page in their order.
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// All of a page.
    pub fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    /// Takes bytes off the front.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The next piece; `None` at the end, and for a tag that the end cuts off.
    ///
    /// # Errors
    /// [`Hard`] for comments and end tags that are damaged.
    pub fn next(&mut self) -> Result<Option<Token<'a>>, Hard> {
        let bytes = self.rest.as_bytes();
        let opens = |at: usize| bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'));
        let mut end = 0;
        while let Some(at) = memchr(b'<', bytes.get(end..).unwrap_or_default()) {
            if opens(end + at) {
                end += at;
                break;
            }
            end += at + 1;
        }
        if !opens(end) || bytes.get(end) != Some(&b'<') {
            end = bytes.len();
        }
        if end > 0 {
            return Ok(Some(Token::Text(self.take(end))));
        }
        match bytes.get(1..).unwrap_or_default() {
            [] => Ok(None),
            [b'!', b'-', b'-', body @ ..] => {
                if body.starts_with(b">") || body.starts_with(b"->") {
                    return Err(Hard);
                }
                let close = memmem::find(body, b"-->").ok_or(Hard)?;
                // The standard ends a comment there too.
                if memmem::find(body.get(..close).unwrap_or_default(), b"--!>").is_some() {
                    return Err(Hard);
                }
                self.take(4 + close + 3);
                Ok(Some(Token::Comment))
            }
            [b'!' | b'?', name @ ..] => {
                let doctype = name.get(..7).is_some_and(|n| n.eq_ignore_ascii_case(b"doctype"));
                let close = memchr(b'>', bytes).ok_or(Hard)?;
                self.take(close + 1);
                Ok(Some(if doctype && bytes.get(1) == Some(&b'!') { Token::Doctype } else { Token::Comment }))
            }
            [b'/', letter, ..] if letter.is_ascii_alphabetic() => Ok(self.tag(2).map(|(name, _)| Token::End(name))),
            [b'/', ..] => Err(Hard),
            _ => Ok(self.tag(1).map(|(name, attributes)| Token::Start(name, attributes))),
        }
    }

    /// A tag whose name begins at a place, with its attributes.
    fn tag(&mut self, from: usize) -> Option<(Cow<'a, str>, &'a str)> {
        let rest = self.rest.get(from..)?;
        let length = rest.bytes().position(|b| is_space(b) || matches!(b, b'/' | b'>'));
        let Some((name, behind)) = length.and_then(|length| rest.split_at_checked(length)) else {
            self.rest = "";
            return None;
        };
        let mut attributes = attributes(behind);
        attributes.by_ref().for_each(drop);
        if !attributes.rest.starts_with('>') {
            self.rest = "";
            return None;
        }
        let raw = behind.get(..behind.len() - attributes.rest.len())?;
        self.rest = attributes.rest.get(1..)?;
        let name = if name.bytes().any(|b| b.is_ascii_uppercase()) { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) };
        Some((name, raw))
    }

    /// The content of an element that holds no tags, up to its end tag, which is taken too.
    ///
    /// # Errors
    /// [`Hard`] if it has no end, or if it is a script that seems to hold another.
    pub fn raw(&mut self, name: &str) -> Result<&'a str, Hard> {
        let bytes = self.rest.as_bytes();
        let mut from = 0;
        loop {
            let at = from + memmem::find(bytes.get(from..).unwrap_or_default(), b"</").ok_or(Hard)?;
            let own = bytes.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
            let behind = bytes.get(at + 2 + name.len()).copied();
            if !own || !behind.is_some_and(|b| is_space(b) || matches!(b, b'/' | b'>')) {
                from = at + 2;
                continue;
            }
            let content = self.take(at);
            if name == "script" && content.contains("<!--") && content.to_ascii_lowercase().contains("<script") {
                return Err(Hard);
            }
            self.tag(2);
            return Ok(content);
        }
    }

    /// Takes a line break off the front, which the standard leaves out behind some tags.
    pub fn skip_line_break(&mut self) {
        self.rest = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\n', '\r'])).unwrap_or(self.rest);
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// Names and values, as they stand behind the name of a tag.
#[derive(Clone, Debug)]
pub struct AttributesOf<'a> {
    rest: &'a str,
}

/// The attributes behind the name of a tag, up to its `>` or the end of the text.
pub fn attributes(tag: &str) -> AttributesOf<'_> {
    AttributesOf { rest: tag }
}

impl<'a> AttributesOf<'a> {
    /// Takes bytes off the front as long as they are of a kind.
    fn take(&mut self, of_kind: impl Fn(u8) -> bool) -> &'a str {
        let length = self.rest.bytes().position(|b| !of_kind(b)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for AttributesOf<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.take(|b| is_space(b) || b == b'/');
        if self.rest.is_empty() || self.rest.starts_with('>') {
            return None;
        }
        let from = self.rest;
        // A name may begin with the sign.
        self.rest = self.rest.strip_prefix('=').unwrap_or(self.rest);
        self.take(|b| !is_space(b) && !matches!(b, b'/' | b'>' | b'='));
        let name = from.get(..from.len() - self.rest.len())?;
        self.take(is_space);
        let Some(value) = self.rest.strip_prefix('=') else { return Some((name, "")) };
        self.rest = value;
        self.take(is_space);
        let value = match self.rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = self.rest.get(1..)?;
                let (value, behind) = inner.split_once(quote).unwrap_or((inner, ""));
                self.rest = behind;
                value
            }
            _ => self.take(|b| !is_space(b) && b != b'>'),
        };
        Some((name, value))
    }
}

/// Named characters that pages use.
const NAMED: &[(&str, char)] = &[
    ("nbsp", '\u{A0}'),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("shy", '\u{AD}'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("permil", '‰'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("yen", '¥'),
    ("deg", '°'),
    ("sect", '§'),
    ("rarr", '→'),
    ("larr", '←'),
];

/// Words with their character references decoded; `None` for one that is rare or damaged.
pub fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Some(Cow::Borrowed(text));
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        whole.push_str(before);
        let length = behind.bytes().position(|b| !(b.is_ascii_alphanumeric() || b == b'#')).unwrap_or(behind.len());
        let (name, after) = behind.split_at_checked(length)?;
        if name.is_empty() {
            whole.push('&');
            rest = after;
            continue;
        }
        let after = after.strip_prefix(';')?;
        let c = match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                // The others stand for something else.
                code.ok().and_then(char::from_u32).filter(|c| !c.is_control() || matches!(c, '\t' | '\n'))?
            }
            None => NAMED.iter().find(|(own, _)| *own == name)?.1,
        };
        whole.push(c);
        rest = after;
    }
    whole.push_str(rest);
    Some(Cow::Owned(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_words() {
        let mut tokens = Tokens::new("甲 < 乙<TD colspan=2 a='>' b = \"x\" =c / d>1&nbsp;</td ><!-- <p> --><![if !a]><?xml a?><!DOCTYPE html>完<p");
        let mut found = Vec::new();
        while let Some(token) = tokens.next().unwrap() {
            found.push(token);
        }
        let tag = " colspan=2 a='>' b = \"x\" =c / d";
        assert_eq!(
            found,
            [
                Token::Text("甲 < 乙"),
                Token::Start("td".into(), tag),
                Token::Text("1&nbsp;"),
                Token::End("td".into()),
                Token::Comment,
                Token::Comment,
                Token::Comment,
                Token::Doctype,
                Token::Text("完")
            ]
        );
        assert_eq!(attributes(tag).collect::<Vec<_>>(), [("colspan", "2"), ("a", ">"), ("b", "x"), ("=c", ""), ("d", "")]);
    }

    #[test]
    fn references() {
        assert_eq!(decoded("甲&nbsp;&#50;&#x4E00; & 乙&amp;lt;").as_deref(), Some("甲\u{A0}2一 & 乙&lt;"));
        for hard in ["&nbsp", "&unknown;", "&#0;", "&#x80;", "&#;", "&#99999999999;"] {
            assert_eq!(decoded(hard), None, "{hard}");
        }
    }
}
