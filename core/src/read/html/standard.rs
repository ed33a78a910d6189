//! The tree of a page by the whole algorithm of the HTML standard (html5ever).

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    rc::Rc,
};

use html5ever::{
    Attribute, ExpandedName, ParseOpts, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    parse_document,
    tendril::{StrTendril, TendrilSink},
    tree_builder::TreeBuilderOpts,
};

use super::{
    super::ReadError,
    tree::{Attributes, Data, Id, Link, Node, Tree},
};
use crate::Options;

/// Bytes of a page that are parsed between two looks at its depth.
const PIECE: usize = 8 << 10;

/// The nodes of a page.
///
/// # Errors
/// [`ReadError::Limit`] over [`Options::max_depth`] or [`Options::max_cells`].
pub fn nodes(html: &str, options: &Options) -> Result<Vec<Node<'static>>, ReadError> {
    let sink = Sink { nodes: RefCell::new(vec![Node::default()]), deepest: Cell::new(0), cells: Cell::new(0) };
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(sink, ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = html;
    while !rest.is_empty() {
        let mut cut = rest.len().min(PIECE);
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        let (piece, behind) = rest.split_at(cut);
        parser.process(StrTendril::from_slice(piece));
        rest = behind;
        // The time that the standard's algorithm takes grows with the square of the depth.
        let sink = &parser.tokenizer.sink.sink;
        let depth = usize::try_from(sink.deepest.get()).unwrap_or(usize::MAX);
        for (limit, value, max) in [("max_depth", depth, options.max_depth), ("max_cells", sink.cells.get(), options.max_cells)] {
            if value > max {
                return Err(ReadError::Limit { limit, value, max });
            }
        }
    }
    Ok(parser.finish())
}

/// A node as the parser knows it, with its name, which the parser asks for often.
#[derive(Clone, Debug)]
struct Handle {
    id: Id,
    name: Option<Rc<QualName>>,
}

struct Sink {
    nodes: RefCell<Vec<Node<'static>>>,
    deepest: Cell<u32>,
    cells: Cell<usize>,
}

impl Sink {
    fn create(&self, data: Data<'static>, name: Option<Rc<QualName>>) -> Handle {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { data, ..Node::default() });
        Handle { id: nodes.len() - 1, name }
    }

    fn detach(nodes: &mut [Node<'_>], id: Id) {
        let Some(node) = nodes.get_mut(id) else { return };
        let take = std::mem::take::<Link>;
        let (parent, previous, next) = (take(&mut node.parent), take(&mut node.previous), take(&mut node.next));
        match previous.get() {
            Some(previous) => nodes.get_mut(previous).into_iter().for_each(|n| n.next = next),
            None => parent.get().and_then(|p| nodes.get_mut(p)).into_iter().for_each(|n| n.first = next),
        }
        match next.get() {
            Some(next) => nodes.get_mut(next).into_iter().for_each(|n| n.previous = previous),
            None => parent.get().and_then(|p| nodes.get_mut(p)).into_iter().for_each(|n| n.last = previous),
        }
    }

    /// Puts a node under `parent`, in front of `next` or as the last one.
    fn attach(&self, nodes: &mut [Node<'_>], parent: Id, next: Option<Id>, id: Id) {
        Self::detach(nodes, id);
        let depth = nodes.get(parent).map_or(0, |p| p.depth) + 1;
        if matches!(nodes.get(id).map(|n| &n.data), Some(Data::Element { .. })) {
            self.deepest.set(self.deepest.get().max(depth));
        }
        let previous = match next {
            Some(next) => nodes.get(next).map(|n| n.previous),
            None => nodes.get(parent).map(|p| p.last),
        };
        let (previous, behind) = (previous.unwrap_or_default(), next.map(Link::to).unwrap_or_default());
        if let Some(node) = nodes.get_mut(id) {
            (node.parent, node.previous, node.next, node.depth) = (Link::to(parent), previous, behind, depth);
        }
        match previous.get() {
            Some(previous) => nodes.get_mut(previous).into_iter().for_each(|n| n.next = Link::to(id)),
            None => nodes.get_mut(parent).into_iter().for_each(|n| n.first = Link::to(id)),
        }
        match next {
            Some(next) => nodes.get_mut(next).into_iter().for_each(|n| n.previous = Link::to(id)),
            None => nodes.get_mut(parent).into_iter().for_each(|n| n.last = Link::to(id)),
        }
    }

    fn insert(&self, parent: Id, next: Option<Id>, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(handle) => self.attach(&mut self.nodes.borrow_mut(), parent, next, handle.id),
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = match next {
                    Some(next) => nodes.get(next).and_then(|n| n.previous.get()),
                    None => nodes.get(parent).and_then(|p| p.last.get()),
                };
                if let Some(Data::Text(words)) = before.and_then(|b| nodes.get_mut(b)).map(|n| &mut n.data) {
                    words.to_mut().push_str(&text);
                    return;
                }
                nodes.push(Node { data: Data::Text(Cow::Owned(text.to_string())), ..Node::default() });
                let id = nodes.len() - 1;
                self.attach(&mut nodes, parent, next, id);
            }
        }
    }

    fn parent(&self, id: Id) -> Option<Id> {
        self.nodes.borrow().get(id).and_then(|n| n.parent.get())
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Vec<Node<'static>>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Vec<Node<'static>> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: Tree::ROOT, name: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        static NONE: QualName = QualName { prefix: None, ns: html5ever::ns!(), local: html5ever::local_name!("") };
        target.name.as_deref().unwrap_or(&NONE).expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> Handle {
        let name = Rc::new(name);
        if matches!(&*name.local, "td" | "th") {
            self.cells.set(self.cells.get() + 1);
        }
        self.create(Data::Element { name: Cow::Owned(name.local.to_string()), attributes: Attributes::Parsed(attributes) }, Some(name))
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.create(Data::Other, None)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.create(Data::Other, None)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        match self.parent(element.id) {
            Some(parent) => self.insert(parent, Some(element.id), child),
            None => self.insert(previous.id, None, child),
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    // The content of a template is its children: it is no part of the page, and whoever walks the tree passes templates by.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let Some(parent) = self.parent(sibling.id) {
            self.insert(parent, Some(sibling.id), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, new: Vec<Attribute>) {
        if let Some(Data::Element { attributes: Attributes::Parsed(attributes), .. }) =
            self.nodes.borrow_mut().get_mut(target.id).map(|n| &mut n.data)
        {
            for attribute in new {
                if !attributes.iter().any(|a| a.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        Self::detach(&mut self.nodes.borrow_mut(), target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut nodes = self.nodes.borrow_mut();
        while let Some(child) = nodes.get(node.id).and_then(|n| n.first.get()) {
            self.attach(&mut nodes, new_parent.id, None, child);
        }
    }
}
