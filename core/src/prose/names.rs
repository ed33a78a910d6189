//! What is named and not said: titles, quotations, and the accounts of channels.

use std::ops::Range;

use super::tokens::{Class, Token};

/// Characters of a name in quotation marks; longer quotations are text.
const QUOTATION: usize = 14;

/// What is named and not said: 《…》, and short quotations.
pub fn names(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find(['《', '“', '"'])).map(|i| from + i) {
        let rest = text.get(open..).unwrap_or_default();
        let mut depth = 0usize;
        let title = rest.starts_with('《');
        let close = rest.char_indices().take(if title { 200 } else { QUOTATION + 2 }).find_map(|(i, c)| {
            match c {
                '《' => depth += 1,
                '》' if title => depth = depth.saturating_sub(1),
                '“' if !title => depth += 1,
                '”' if !title => depth = depth.saturating_sub(1),
                '"' if !title && i > 0 => depth = 0,
                '"' if !title => depth = 1,
                _ => return None,
            }
            (depth == 0).then_some(i + c.len_utf8())
        });
        from = open + close.unwrap_or('《'.len_utf8().min(rest.chars().next().map_or(1, char::len_utf8)));
        if close.is_some() {
            found.push(open..from);
        }
    }
    found
}

/// The titles in 《》, sorted: what is done in them is not said.
pub fn titles(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.match_indices(['《', '》']) {
        if c == "《" {
            start = if depth == 0 { at } else { start };
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
            if depth == 0 {
                found.push(start..at);
            }
        }
    }
    found
}

/// Bytes of the name of an account.
const ACCOUNT: usize = 36;

/// Takes out the words within the quoted name of a channel, in front of it or behind: “示例发布”微信公众号.
pub fn accounts(text: &str, tokens: &mut Vec<Token>) {
    let mut open = None;
    let mut names: Vec<Range<usize>> = Vec::new();
    for (at, mark) in text.match_indices(['“', '”', '"']) {
        match (open, mark) {
            (None, _) | (_, "“") => open = Some(at + mark.len()),
            (Some(start), _) => {
                let channel = |t: &Token| t.class.is(Class::CHANNEL) && (t.place.start == at + mark.len() || t.place.end + mark.len() == start);
                if at - start <= ACCOUNT && tokens.iter().any(channel) {
                    names.push(start..at);
                }
                open = None;
            }
        }
    }
    tokens.retain(|t| !names.iter().any(|name| name.start <= t.place.start && t.place.end <= name.end));
}
