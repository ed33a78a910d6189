//! The tree of a web page, as the HTML standard builds it from any bytes, in one flat list of nodes.

use std::borrow::Cow;

use html5ever::Attribute;

use super::{
    super::ReadError,
    plain, standard,
    tokens::{self, decoded},
};
use crate::Options;

/// Index of a node in a [`Tree`].
pub type Id = usize;

/// A way to another node, or to none. Pages have many nodes: it is kept small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link(u32);

impl Link {
    /// To a node.
    pub fn to(id: Id) -> Self {
        Self(u32::try_from(id).unwrap_or(u32::MAX))
    }

    /// The node, if there is one.
    pub fn get(self) -> Option<Id> {
        usize::try_from(self.0).ok().filter(|_| self != Self::default())
    }
}

impl Default for Link {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

/// A node with its links.
#[derive(Debug, Default)]
pub struct Node<'a> {
    pub parent: Link,
    pub first: Link,
    pub last: Link,
    pub previous: Link,
    pub next: Link,
    pub depth: u32,
    pub data: Data<'a>,
}

/// What a node is.
#[derive(Debug, Default)]
pub enum Data<'a> {
    /// The document, or the content of a template.
    #[default]
    Root,
    /// An element; its name in small letters.
    Element { name: Cow<'a, str>, attributes: Attributes<'a> },
    /// Words.
    Text(Cow<'a, str>),
    /// A comment or a processing instruction.
    Other,
}

/// The attributes of an element.
#[derive(Debug)]
pub enum Attributes<'a> {
    /// As they stand in the tag; most are never asked for.
    Raw(&'a str),
    /// As a parser gave them.
    Parsed(Vec<Attribute>),
}

/// A parsed page.
#[derive(Debug)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
}

impl<'a> Tree<'a> {
    /// Parses a page or a piece of one.
    ///
    /// # Errors
    /// [`ReadError::Limit`] over [`Options::max_depth`] or [`Options::max_cells`].
    pub fn parse(html: &'a str, options: &Options) -> Result<Self, ReadError> {
        let nodes = match plain::nodes(html, options)? {
            Some(nodes) => nodes,
            None => standard::nodes(html, options)?,
        };
        Ok(Self { nodes })
    }

    /// The root of all.
    pub const ROOT: Id = 0;

    fn node(&self, id: Id) -> Option<&Node<'a>> {
        self.nodes.get(id)
    }

    /// The children of a node, in order.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let first = self.node(id).and_then(|n| n.first.get());
        std::iter::successors(first, |&child| self.node(child).and_then(|n| n.next.get()))
    }

    /// The tag of an element; empty for what is none.
    pub fn tag(&self, id: Id) -> &str {
        match self.node(id).map(|n| &n.data) {
            Some(Data::Element { name, .. }) => name,
            _ => "",
        }
    }

    /// The words of a text node.
    pub fn text(&self, id: Id) -> Option<&str> {
        match self.node(id).map(|n| &n.data) {
            Some(Data::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// An attribute of an element.
    pub fn attribute(&self, id: Id, name: &str) -> Option<Cow<'_, str>> {
        match self.node(id).map(|n| &n.data) {
            Some(Data::Element { attributes: Attributes::Parsed(list), .. }) => {
                list.iter().find(|a| &*a.name.local == name).map(|a| Cow::Borrowed(&*a.value))
            }
            Some(Data::Element { attributes: Attributes::Raw(tag), .. }) => {
                let (_, value) = tokens::attributes(tag).find(|(own, _)| own.eq_ignore_ascii_case(name))?;
                Some(decoded(value).unwrap_or(Cow::Borrowed(value)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as one line: tags with their children in brackets.
    fn outline(tree: &Tree<'_>, id: Id) -> String {
        let own = tree.text(id).map(str::trim).unwrap_or_else(|| tree.tag(id)).to_owned();
        let inner: Vec<String> = tree.children(id).map(|c| outline(tree, c)).filter(|c| !c.is_empty()).collect();
        if inner.is_empty() { own } else { format!("{own}({})", inner.join(" ")) }
    }

    #[test]
    fn damaged_tables_are_put_right_as_browsers_do() {
        let tree = Tree::parse("<table><tr><td>甲<td>乙<tr><td>丙</table>", &Options::default()).unwrap();
        assert_eq!(outline(&tree, Tree::ROOT), "(html(head body(table(tbody(tr(td(甲) td(乙)) tr(td(丙)))))))");
        let tree = Tree::parse("<table>外<tr><td><b>甲</td></table>", &Options::default()).unwrap();
        assert_eq!(outline(&tree, Tree::ROOT), "(html(head body(外 table(tbody(tr(td(b(甲))))))))");
    }

    #[test]
    fn depth_is_limited_and_time_with_it() {
        let began = std::time::Instant::now();
        let error = Tree::parse(&"<div>".repeat(1_000_000), &Options::default()).unwrap_err();
        assert!(matches!(error, ReadError::Limit { limit: "max_depth", value, max: 512 } if value > 512));
        assert!(began.elapsed().as_secs() < 5);
        assert!(Tree::parse(&"<p>段".repeat(100_000), &Options::default()).is_ok());
    }
}
