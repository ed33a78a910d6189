//! From the tree of a page to a document: lines, tables, and the part of the page that is the report.

use super::{
    super::{
        ReadError,
        writer::{Writer, note_mark},
    },
    table::{self, is_layout},
    tree::{Id, Tree},
};
use crate::{
    Options,
    document::{Document, Format},
    labels::lexicon,
};

/// Whether an element is no text of a page.
fn is_no_text(tag: &str) -> bool {
    matches!(
        tag,
        "script" | "style" | "template" | "noscript" | "head" | "title" | "iframe" | "object" | "svg" | "textarea" | "audio" | "video" | "canvas"
    )
}

/// Whether an element stands on lines of its own.
fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// What a label of the forms weighs more than its letters.
const LABEL_WEIGHT: usize = 100;
/// The part of the weight of a page, in percent, that the element of the report has at least.
const SHARE: usize = 85;
/// Lines in front of that element in which the title may stand.
const ABOVE: usize = 40;

/// The words of an element as one piece: blocks and line breaks in it are line breaks, runs of white space a space.
pub fn words(tree: &Tree<'_>, id: Id) -> String {
    let mut text = String::new();
    gather(tree, id, &mut text);
    text.truncate(text.trim_end().len());
    text
}

fn gather(tree: &Tree<'_>, id: Id, text: &mut String) {
    if let Some(words) = tree.text(id) {
        push(text, words);
        return;
    }
    let tag = tree.tag(id);
    match tag {
        // A form that was filled in and saved: its fields hold the figures.
        "input" if is_shown_field(tree, id) => push(text, &tree.attribute(id, "value").unwrap_or_default()),
        "textarea" => {}
        _ if is_no_text(tag) || is_hidden(tree, id) => return,
        "sup" => {
            let raised: String = tree.children(id).map(|child| words(tree, child)).collect();
            if let Some(mark) = note_mark(text, &raised) {
                push(text, &mark);
                return;
            }
        }
        _ => {}
    }
    let block = tag == "br" || is_block(tag);
    if block {
        end_line(text);
    }
    for child in tree.children(id) {
        gather(tree, child, text);
    }
    if block {
        end_line(text);
    }
}

/// Whether a field shows what stands in it.
fn is_shown_field(tree: &Tree<'_>, id: Id) -> bool {
    tree.attribute(id, "type").is_none_or(|kind| matches!(kind.trim().to_ascii_lowercase().as_str(), "" | "text" | "number" | "tel"))
        && !is_hidden(tree, id)
}

/// Whether the page itself says that an element is not shown.
pub fn is_hidden(tree: &Tree<'_>, id: Id) -> bool {
    let hides = |style: &str| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
        style.split(';').any(|rule| rule.strip_prefix("display:").is_some_and(|value| value.starts_with("none")))
    };
    tree.attribute(id, "style").is_some_and(|style| hides(&style)) || tree.attribute(id, "hidden").is_some()
}

/// Adds words, runs of white space as one space. Spaces that do not break stay.
fn push(text: &mut String, words: &str) {
    for c in words.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
            if !text.is_empty() && !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
        } else {
            text.push(c);
        }
    }
}

fn end_line(text: &mut String) {
    if text.ends_with(' ') {
        text.pop();
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// An element that may be the one of the report.
struct Container {
    start: usize,
    end: usize,
    weight: usize,
    parent: Option<usize>,
    /// The heaviest of those inside it.
    heaviest: Option<usize>,
}

/// Writes a page into a document.
pub struct Page<'a> {
    tree: &'a Tree<'a>,
    options: &'a Options,
    writer: Writer,
    /// The line that is being put together.
    line: String,
    /// Its letters inside links.
    linked: usize,
    links: usize,
    containers: Vec<Container>,
    open: Option<usize>,
    /// The number of the item of every ordered list that is open; `None` for lists without numbers.
    lists: Vec<Option<(usize, bool)>>,
    /// Starts of the lines written, and of those that may be the title.
    lines: Vec<usize>,
}

/// Reads a parsed page.
///
/// # Errors
/// [`ReadError::Limit`] over [`Options::max_cells`].
pub fn read(tree: &Tree<'_>, options: &Options) -> Result<Document, ReadError> {
    let mut page = Page {
        tree,
        options,
        writer: Writer::new(Format::Html, options),
        line: String::new(),
        linked: 0,
        links: 0,
        containers: Vec::new(),
        open: None,
        lists: Vec::new(),
        lines: Vec::new(),
    };
    let metadata = metadata(tree);
    page.element(Tree::ROOT)?;
    page.flush();
    let (start, end) = page.body(&metadata);
    let mut document = page.writer.finish();
    document.metadata = metadata;
    (document.body.start, document.body.end) = (start, end);
    Ok(document)
}

impl Page<'_> {
    fn element(&mut self, id: Id) -> Result<(), ReadError> {
        if let Some(words) = self.tree.text(id) {
            push(&mut self.line, words);
            if self.links > 0 {
                self.linked += words.chars().filter(|c| !c.is_whitespace()).count();
            }
            return Ok(());
        }
        let tree = self.tree;
        let tag = tree.tag(id);
        match tag {
            _ if is_no_text(tag) => return Ok(()),
            "br" | "hr" => {
                self.flush();
                return Ok(());
            }
            "table" if !is_layout(tree, id) => return self.table(id),
            "a" => self.links += 1,
            "ol" => self.lists.push(Some((start_of(tree, id), is_chinese(tree, id)))),
            "ul" | "menu" | "dir" => self.lists.push(None),
            _ => {}
        }
        let block = is_block(tag);
        if block || id == Tree::ROOT {
            self.flush();
            self.enter();
        }
        if tag == "li" {
            self.number(id);
        }
        for child in tree.children(id) {
            if tag == "pre"
                && let Some(words) = tree.text(child)
            {
                for line in words.lines() {
                    self.line.push_str(line);
                    self.flush();
                }
                continue;
            }
            self.element(child)?;
        }
        if block || id == Tree::ROOT {
            self.flush();
            self.leave();
        }
        match tag {
            "a" => self.links -= 1,
            "ol" | "ul" | "menu" | "dir" => {
                self.lists.pop();
            }
            _ => {}
        }
        Ok(())
    }

    /// Writes the number that browsers show in front of an item.
    fn number(&mut self, item: Id) {
        if let Some(Some((next, chinese))) = self.lists.last_mut() {
            let number = self.tree.attribute(item, "value").and_then(|v| v.trim().parse().ok()).unwrap_or(*next);
            *next = number + 1;
            match gongkai_grammar::chinese_number(number).filter(|_| *chinese) {
                Some(numeral) => self.line.push_str(&format!("{numeral}、")),
                None => self.line.push_str(&format!("{number}. ")),
            }
        }
    }

    fn enter(&mut self) {
        let start = self.writer.at();
        self.containers.push(Container { start, end: start, weight: 0, parent: self.open, heaviest: None });
        self.open = Some(self.containers.len() - 1);
    }

    fn leave(&mut self) {
        let Some(at) = self.open else { return };
        let end = self.writer.at();
        let Some(closed) = self.containers.get_mut(at) else { return };
        closed.end = end;
        let (weight, parent) = (closed.weight, closed.parent);
        self.open = parent;
        let best = parent.and_then(|p| self.containers.get(p)).and_then(|p| p.heaviest).and_then(|h| self.containers.get(h)).map_or(0, |h| h.weight);
        if let Some(parent) = parent.and_then(|p| self.containers.get_mut(p)) {
            parent.weight += weight;
            if weight > best {
                parent.heaviest = Some(at);
            }
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let letters = self.line.chars().filter(|c| !c.is_whitespace()).count();
        let start = self.writer.at();
        if self.writer.line(&self.line).is_some() {
            self.lines.push(start);
            let own = letters.saturating_sub(self.linked);
            let labels = if own > 0 { lexicon().count(&self.line) } else { 0 };
            self.weigh(own + LABEL_WEIGHT * labels);
        }
        self.line.clear();
        self.linked = 0;
    }

    fn weigh(&mut self, weight: usize) {
        if let Some(open) = self.open.and_then(|o| self.containers.get_mut(o)) {
            open.weight += weight;
        }
    }

    fn table(&mut self, id: Id) -> Result<(), ReadError> {
        self.flush();
        for caption in self.tree.children(id).filter(|&c| self.tree.tag(c) == "caption") {
            self.line = words(self.tree, caption);
            self.flush();
        }
        self.enter();
        let rows = table::grid(self.tree, id, self.options)?;
        let start = self.writer.at();
        if self.writer.grid(&rows, None)?.is_some() {
            self.lines.push(start);
            let texts = rows.iter().flatten().map(|c| c.text.as_str());
            // Figures are no labels.
            let labels = |t: &str| if t.is_ascii() { 0 } else { lexicon().count(t) };
            self.weigh(texts.map(|t| t.chars().count() + LABEL_WEIGHT * labels(t)).sum());
        }
        self.leave();
        Ok(())
    }

    /// The part of the text that is the report: the smallest element that holds most of what is no link, and the title above it.
    fn body(&self, metadata: &[(String, String)]) -> (usize, usize) {
        let Some(mut chosen) = self.containers.first() else { return (0, self.writer.at()) };
        while let Some(inner) = chosen.heaviest.and_then(|h| self.containers.get(h)).filter(|h| h.weight * 100 >= chosen.weight * SHARE) {
            chosen = inner;
        }
        // An element of one line is no report; its neighbours may belong to it.
        let mut holder = chosen;
        while self.lines.iter().filter(|&&l| l >= holder.start && l < holder.end).nth(2).is_none() {
            let Some(parent) = holder.parent.and_then(|p| self.containers.get(p)) else { break };
            holder = parent;
        }
        let above = self.lines.iter().rev().filter(|&&l| l < holder.start).take(ABOVE);
        let title = above.copied().filter(|&l| crate::meta::is_title_line(self.writer.line_at(l), metadata)).last();
        (title.unwrap_or(holder.start), holder.end)
    }
}

/// What the head of a page says of it.
fn metadata(tree: &Tree<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut stack = vec![Tree::ROOT];
    while let Some(id) = stack.pop() {
        match tree.tag(id) {
            "meta" => {
                let name = tree.attribute(id, "name").or_else(|| tree.attribute(id, "property"));
                if let (Some(name), Some(content)) = (name, tree.attribute(id, "content")) {
                    found.push((name.trim().to_owned(), content.trim().to_owned()));
                }
            }
            "title" => {
                let title: String = tree.children(id).filter_map(|c| tree.text(c)).collect();
                found.push(("title".to_owned(), title.trim().to_owned()));
            }
            // Fields stand in the head; some sites let them slip behind it.
            "table" => {}
            _ => {
                let from = stack.len();
                stack.extend(tree.children(id));
                if let Some(new) = stack.get_mut(from..) {
                    new.reverse();
                }
            }
        }
    }
    found
}

/// The first number of a list.
fn start_of(tree: &Tree<'_>, list: Id) -> usize {
    tree.attribute(list, "start").and_then(|v| v.trim().parse().ok()).unwrap_or(1)
}

/// Whether a list is numbered 一、二、三.
fn is_chinese(tree: &Tree<'_>, list: Id) -> bool {
    let style = tree.attribute(list, "style").unwrap_or_default();
    ["cjk-", "chinese", "japanese"].iter().any(|kind| style.contains(kind))
}
