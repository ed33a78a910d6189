//! XML as a stream of elements, within limits: no document types, no entities but the predefined ones, a bounded depth.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::ReadError;
use crate::{Format, Options};

/// Attributes that an element may have.
const MAX_ATTRIBUTES: usize = 1024;

/// What is done with the elements of a part. Names are without their prefix.
pub trait Visit {
    /// An element begins.
    fn start(&mut self, tag: &Tag<'_>);
    /// An element ends.
    fn end(&mut self, name: &str);
    /// Words.
    fn text(&mut self, words: &str);
}

/// The start of an element.
pub struct Tag<'a> {
    element: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// Its name, without a prefix.
    pub fn name(&self) -> &str {
        local(self.element.name().0)
    }

    /// The value of an attribute, by its name without a prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.element.attributes();
        let mut known = attributes.with_checks(false).take(MAX_ATTRIBUTES).flatten();
        let value = known.find(|a| local(a.key.0) == name)?.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }
}

/// Every tag comes here, and its name is a few bytes: too few for a search to pay.
fn local(name: &str) -> &str {
    let prefix = name.bytes().rposition(|byte| byte == b':').map_or(0, |colon| colon + 1);
    name.get(prefix..).unwrap_or(name)
}

/// The text of a part, without its mark. Nearly all parts are sound, which is known sooner than they are mended.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Walks through a part of a file. A part that is damaged at its end is read up to there.
///
/// # Errors
/// [`ReadError::Limit`] over [`Options::max_depth`], [`ReadError::Damaged`] for a document type or a part that is no XML from its beginning.
pub fn walk(bytes: &[u8], format: Format, options: &Options, visitor: &mut impl Visit) -> Result<(), ReadError> {
    let text = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    let mut seen = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                (depth, seen) = (depth + 1, true);
                if depth > options.max_depth {
                    return Err(ReadError::Limit { limit: "max_depth", value: depth, max: options.max_depth });
                }
                visitor.start(&Tag { element: &element });
            }
            Ok(Event::Empty(element)) => {
                let tag = Tag { element: &element };
                visitor.start(&tag);
                visitor.end(tag.name());
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                visitor.end(local(element.name().0));
            }
            Ok(Event::Text(words)) => visitor.text(&words.xml10_content()),
            Ok(Event::CData(words)) => visitor.text(&words.xml10_content()),
            Ok(Event::GeneralRef(entity)) => match entity.resolve_char_ref() {
                Ok(Some(c)) => visitor.text(c.encode_utf8(&mut [0; 4])),
                _ => visitor.text(quick_xml::escape::resolve_predefined_entity(&entity.xml10_content()).unwrap_or_default()),
            },
            Ok(Event::DocType(_)) => return Err(ReadError::damaged(format, "a document type in XML")),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) if !seen => return Err(ReadError::damaged(format, error)),
            Err(_) => return Ok(()),
        }
    }
}

/// Whether every element of a part is closed, each before those around it.
#[cfg(feature = "xlsx")]
pub fn is_whole(bytes: &[u8]) -> bool {
    let text = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}
