//! Web pages and pieces of them, also as strings of JSON.

mod page;
mod table;
mod tree;

use super::{ReadError, decode};
use crate::{
    Options,
    document::{Document, Format, Note, Writer},
};
use tree::Tree;

/// Tags that tell HTML from text.
const TAGS: &[&str] =
    &["table", "tr", "td", "th", "p", "div", "span", "br", "li", "ul", "h1", "h2", "h3", "html", "head", "body", "meta", "font", "strong", "b"];
/// Tags that a text must have to be HTML.
const ENOUGH: usize = 3;
/// JSON strings inside JSON strings.
const LAYERS: usize = 4;

/// Whether bytes are a web page, a piece of one, or such in JSON; a text with tables left as HTML is one too.
pub fn is_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        // UTF-16: the tags without their zero bytes.
        let narrow: Vec<u8> = bytes.iter().copied().filter(|&b| b != 0).collect();
        return count_tags(&narrow, b"<") >= ENOUGH;
    }
    let head = bytes.trim_ascii_start();
    let json = head.starts_with(b"{") || head.starts_with(b"[") || head.starts_with(b"\"");
    let escaped = |mark: &[u8]| count_tags(bytes, mark) >= ENOUGH;
    escaped(b"<") || escaped(b"&lt;") || (json && (escaped(b"\\u003c") || escaped(b"\\u003C") || escaped(b"\\\\u003c")))
}

/// Tags behind the mark that opens one; counted up to [`ENOUGH`].
fn count_tags(bytes: &[u8], mark: &[u8]) -> usize {
    let is_tag = |at: usize| {
        let name = bytes.get(at + mark.len()..).unwrap_or_default();
        let name = name.strip_prefix(b"/").or_else(|| name.strip_prefix(b"\\/")).unwrap_or(name);
        if name.get(..8).is_some_and(|n| n.eq_ignore_ascii_case(b"!doctype")) {
            return true;
        }
        let length = name.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = name.get(..length).unwrap_or_default();
        length <= 6 && TAGS.iter().any(|t| t.as_bytes().eq_ignore_ascii_case(name))
    };
    memchr::memmem::find_iter(bytes, mark).filter(|&at| is_tag(at)).take(ENOUGH).count()
}

/// Reads a page.
///
/// # Errors
/// [`ReadError::Limit`] over [`Options::max_depth`] or [`Options::max_cells`].
pub fn read(bytes: &[u8], options: &Options) -> Result<Document, ReadError> {
    let decoded = decode(bytes, options)?;
    let html = unwrapped(&decoded.text);
    let html = html.as_deref().unwrap_or(&decoded.text);
    let tag_first = html.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').starts_with('<');
    let mut document = if tag_first && !is_marked_up(html) { page(html, options)? } else { islands(html, options)? };
    document.encoding = Some(decoded.encoding);
    if decoded.replaced > 0 {
        document.notes.push(Note::Undecoded(decoded.replaced));
    }
    Ok(document)
}

/// Whether a text is Markdown or a wiki page with some tags in it: it has no body, and lines with the marks of these.
fn is_marked_up(text: &str) -> bool {
    let whole = ["<html", "<body", "<HTML", "<BODY"].iter().any(|tag| text.contains(tag));
    let marked = |line: &str| {
        let heading = line.trim_start_matches('#');
        (heading.len() < line.len() && heading.starts_with(' '))
            || ["|-", "| -", "{|", "* [", "- [", "[[", "= ", "== "].iter().any(|mark| line.starts_with(mark))
    };
    !whole && text.lines().any(marked)
}

fn page(html: &str, options: &Options) -> Result<Document, ReadError> {
    page::read(&Tree::parse(html, options.max_depth)?, options)
}

/// The HTML inside JSON, or inside itself with its tags escaped; `None` if it is HTML as it stands.
fn unwrapped(text: &str) -> Option<String> {
    let mut current: Option<String> = None;
    for _ in 0..LAYERS {
        let text = current.as_deref().unwrap_or(text).trim();
        let inner = if text.starts_with(['{', '[', '"']) {
            longest_string(&serde_json::from_str(text).ok()?)
        } else if count_tags(text.as_bytes(), b"<") == 0 && count_tags(text.as_bytes(), b"&lt;") >= ENOUGH {
            Some(text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&"))
        } else {
            None
        };
        match inner {
            Some(inner) => current = Some(inner),
            None => break,
        }
    }
    current
}

/// The longest string of a JSON value: the page among its other fields.
fn longest_string(value: &serde_json::Value) -> Option<String> {
    let mut longest: Option<&str> = None;
    let mut stack = vec![value];
    while let Some(value) = stack.pop() {
        match value {
            serde_json::Value::String(s) if longest.is_none_or(|l| s.len() > l.len()) => longest = Some(s),
            serde_json::Value::Array(items) => stack.extend(items),
            serde_json::Value::Object(fields) => stack.extend(fields.values()),
            _ => {}
        }
    }
    longest.map(str::to_owned)
}

/// A text whose tables were left as HTML: Markdown. Its lines are lines, its tables tables.
fn islands(text: &str, options: &Options) -> Result<Document, ReadError> {
    let mut writer = Writer::new(Format::Text, options);
    let mut rest = text;
    while let Some((start, end)) = island(rest) {
        let (before, behind) = (rest.get(..start).unwrap_or_default(), rest.get(end..).unwrap_or_default());
        before.lines().for_each(|line| writer.verbatim(line));
        let tree = Tree::parse(rest.get(start..end).unwrap_or_default(), options.max_depth)?;
        writer.append(page::read(&tree, options)?)?;
        rest = behind;
    }
    rest.lines().for_each(|line| writer.verbatim(line));
    Ok(writer.finish())
}

/// The first `<table … </table>` of a text, or up to its end.
fn island(text: &str) -> Option<(usize, usize)> {
    let start = memchr::memmem::find(text.as_bytes(), b"<table")?;
    let end = memchr::memmem::find(text.as_bytes().get(start..)?, b"</table>").map_or(text.len(), |at| start + at + "</table>".len());
    Some((start, end))
}
