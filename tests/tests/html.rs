//! The cells of web pages against a tree of the HTML standard that someone else has built, on whole pages and on thousands of damaged ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)] // A test may stop.

use std::{fs, path::Path};

use gongkai::Options;
use gongkai_tests::Rng;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

fn tag(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

/// Calls `visit` with a node and all below it; those of which it says no are passed by.
fn walk(node: &Handle, visit: &mut dyn FnMut(&Handle) -> bool) {
    if visit(node) {
        for child in node.children.borrow().iter() {
            walk(child, visit);
        }
    }
}

/// The words of a cell without white space, and how many paragraphs it has; `None` if it holds a table.
fn words(cell: &Handle) -> Option<(String, usize)> {
    let (mut text, mut paragraphs, mut inner) = (String::new(), 0, false);
    walk(cell, &mut |node| {
        let name = tag(node);
        inner |= name == "table";
        paragraphs += usize::from(matches!(name.as_str(), "p" | "div" | "br" | "li"));
        if let NodeData::Text { contents } = &node.data {
            text.extend(contents.borrow().chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')));
        }
        !matches!(name.as_str(), "script" | "style" | "template" | "noscript" | "title" | "textarea" | "iframe" | "object" | "svg" | "head")
    });
    (!inner).then_some((text, paragraphs))
}

/// The cells of every table that holds figures, in the order of the page.
fn oracle(html: &str) -> Vec<Vec<String>> {
    let dom = html5ever::parse_document(
        RcDom::default(),
        html5ever::ParseOpts {
            tree_builder: html5ever::tree_builder::TreeBuilderOpts { scripting_enabled: false, ..Default::default() },
            ..Default::default()
        },
    )
    .one(html);
    let mut tables = Vec::new();
    walk(&dom.document, &mut |node| {
        if matches!(tag(node).as_str(), "script" | "style" | "template" | "noscript" | "textarea" | "iframe" | "object" | "svg" | "head") {
            return false;
        }
        if tag(node) != "table" {
            return true;
        }
        let mut cells = Vec::new();
        for child in node.children.borrow().iter() {
            let rows: Vec<Handle> = match tag(child).as_str() {
                "tr" => vec![child.clone()],
                "thead" | "tbody" | "tfoot" => child.children.borrow().iter().filter(|c| tag(c) == "tr").cloned().collect(),
                _ => Vec::new(),
            };
            for row in rows {
                cells.extend(row.children.borrow().iter().filter(|c| matches!(tag(c).as_str(), "td" | "th")).map(words));
            }
        }
        let layout = cells.len() < 2 || cells.iter().any(|c| c.as_ref().is_none_or(|(text, paragraphs)| *paragraphs > 12 && text.len() > 1000));
        if !layout {
            tables.push(cells.into_iter().flatten().map(|(text, _)| text).collect::<Vec<String>>());
        }
        layout
    });
    tables.retain(|cells| cells.iter().any(|c| !c.is_empty()));
    tables
}

fn ours(html: &str) -> Vec<Vec<String>> {
    let document = gongkai::document(html.as_bytes(), &Options::default()).unwrap();
    assert_eq!(document.format, gongkai::Format::Html);
    let bare = |words: &str| {
        words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')).collect::<String>()
    };
    document.grids.iter().map(|g| g.cells.iter().map(|c| bare(c.span.of(&document.text))).collect()).collect()
}

fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = Vec::new();
    for edition in ["2008-fujian", "2014", "2019", "2021"] {
        for file in [root.join(format!("pages/{edition}.html")), root.join(format!("formats/{edition}/office.html"))] {
            pages.push((file.display().to_string(), fs::read_to_string(file).unwrap()));
        }
    }
    pages
}

#[test]
fn cells_of_whole_pages() {
    for (name, html) in pages() {
        let want = oracle(&html);
        assert!(want.iter().map(Vec::len).sum::<usize>() > 50, "{name}");
        assert_eq!(ours(&html), want, "{name}");
    }
}

/// Places of the tags of a page.
fn tags(html: &str) -> Vec<(usize, usize)> {
    html.match_indices('<').filter_map(|(at, _)| html[at..].find('>').map(|end| (at, at + end + 1))).collect()
}

#[test]
fn cells_of_thousands_of_damaged_pages() {
    let mut rng = Rng::new(47);
    let mut compared = 0;
    for (name, html) in pages().into_iter().filter(|(_, html)| html.len() < 40_000) {
        let places = tags(&html);
        for round in 0..500 {
            let mut damaged = html.clone();
            let mut below = |n: usize| usize::try_from(rng.bits() % u64::try_from(n).unwrap()).unwrap();
            for _ in 0..1 + below(6) {
                let (from, to) = places[below(places.len())];
                let Some(own) = damaged.get(from..to).map(str::to_owned) else { continue };
                let (other_from, other_to) = places[below(places.len())];
                match below(4) {
                    0 => damaged.replace_range(from..to, ""),
                    1 => damaged.insert_str(from, &own),
                    2 => {
                        if let Some(other) = html.get(other_from..other_to) {
                            damaged.insert_str(to, other);
                        }
                    }
                    _ => damaged.truncate(to),
                }
            }
            if damaged.trim_start().starts_with('<') && damaged.contains("<body") {
                assert_eq!(ours(&damaged), oracle(&damaged), "{name}, round {round}");
                compared += 1;
            }
        }
    }
    assert!(compared > 2000, "{compared} pages");
}
