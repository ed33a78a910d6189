//! The body that issues a report.
//!
//! A title often names only the place (示例市), a signature only the office that wrote (示例市人民政府办公室); the text and the page say the
//! rest. The name is always one that is printed.

use std::collections::HashMap;

use gongkai_grammar::model::{Source, Span};
use memchr::memmem;

use super::{Found, title};
use crate::outline::{
    Outline, is_office,
    scan::{after, before, compact, is_letter, is_space, is_stop},
    year_start,
};

/// A name and where it stands.
struct Named {
    name: String,
    span: Span,
    source: Source,
    /// Smaller is surer.
    rank: u8,
}

/// Words that names of places end with: bodies of the same name speak for them.
const PLACES: &[&str] = &["省", "自治区", "市", "县", "区", "旗", "盟", "州", "乡", "镇", "街道", "园"];
/// Endings of zones, which are run by a committee and are no place of their own.
const ZONES: &[&str] =
    &["实验区", "开发区", "新区", "园区", "示范区", "高新区", "保税区", "度假区", "产业园", "管理区", "经开区", "风景区", "合作区", "试验区"];
/// The bodies that run a place, the usual first.
const RULERS: &[&str] = &["人民政府", "管委会", "管理委员会"];
/// Bytes of a name.
const NAME: usize = 120;
/// Occurrences of a short name that are looked at for its long form.
const LOOKS: usize = 200;

/// The issuer and every name that was found on the way, the used one first.
pub fn issuer(text: &str, outline: &Outline, titles: &[title::Title]) -> Vec<Found<String>> {
    let preamble = Span::new(
        outline.body.start,
        outline.sections.iter().find(|s| s.level == 1).map_or(outline.body.end, |s| s.span.start.max(outline.body.start)),
    );
    let mut names: Vec<Named> = Vec::new();
    if let Some(span) = outline.signature.and_then(|s| s.issuer) {
        names.push(Named { name: core_name(&compact(span.of(text))), span, source: Source::Signature, rank: 1 });
    }
    names.extend(in_metadata(text, outline));
    names.extend(in_text(text, preamble, outline.body));
    let mut found = Vec::new();
    let titled = titles.iter().find_map(|t| title::agency(&t.text).filter(|a| a.chars().count() >= 2).map(|a| (a, t)));
    if let Some((agency, title)) = titled {
        let place = PLACES.iter().any(|p| agency.ends_with(p)) && !RULERS.iter().any(|r| agency.ends_with(r));
        let fuller = if place { ruler(text, preamble, outline.body, &agency, &names) } else { None };
        match fuller {
            Some(named) => {
                found.push(Found { value: named.name, text: named.span.of(text).to_owned(), span: Some(named.span), source: named.source });
                found.push(Found { value: agency.clone(), text: agency, span: Some(title.span), source: title.source });
            }
            None => found.push(Found { value: agency.clone(), text: agency, span: Some(title.span), source: title.source }),
        }
    }
    names.sort_by_key(|n| n.rank);
    found.extend(names.into_iter().map(|n| Found { text: compact(n.span.of(text)), value: n.name, span: Some(n.span), source: n.source }));
    found
}

/// The body that runs the place a title names, where it is printed under that name.
fn ruler(text: &str, preamble: Span, body: Span, place: &str, names: &[Named]) -> Option<Named> {
    let of_place = |rank: std::ops::RangeInclusive<u8>| {
        let named = names.iter().find(|n| {
            rank.contains(&n.rank) && n.name.starts_with(place) && n.name.len() > place.len() && RULERS.iter().any(|r| n.name.ends_with(r))
        })?;
        Some(Named { name: named.name.clone(), span: named.span, source: named.source, rank: 0 })
    };
    let printed = |range: Span, rulers: &[&str]| {
        rulers.iter().find_map(|ruler| {
            let name = format!("{place}{ruler}");
            let at = range.start + memmem::find(range.of(text).as_bytes(), name.as_bytes())?;
            Some(Named { span: Span::new(at, at + name.len()), name, source: Source::Text, rank: 0 })
        })
    };
    let zone = ZONES.iter().any(|z| place.ends_with(z));
    of_place(1..=1)
        .or_else(|| printed(preamble, RULERS.get(..1).unwrap_or_default()))
        .or_else(|| of_place(2..=2))
        .or_else(|| printed(preamble, RULERS))
        .or_else(|| of_place(3..=9))
        .or_else(|| if zone { printed(body, RULERS.get(1..).unwrap_or_default()) } else { None })
}

/// The name of a body without the office that writes for it.
fn core_name(name: &str) -> String {
    for office in ["办公室", "办公厅", "办"] {
        if let Some(stem) = name.strip_suffix(office)
            && RULERS.iter().any(|r| stem.ends_with(r))
        {
            return stem.to_owned();
        }
    }
    name.to_owned()
}

/// 发布机构, 来源, 填报单位, 主办单位.
fn in_metadata(text: &str, outline: &Outline) -> Vec<Named> {
    let mut found = Vec::new();
    for section in outline.sections.iter().filter(|s| s.kind.as_deref() == Some("furniture")) {
        // What the foot of a page names is the site, not always the agency.
        let foot = section.span.start > outline.body.start;
        let keys: &[(&str, u8)] = if foot {
            &[("主办单位", 6)]
        } else {
            &[("发布机构", 2), ("发布机关", 2), ("发布单位", 2), ("发文机关", 2), ("公开责任部门", 3), ("来源", 5)]
        };
        let piece = after(text, section.span.start, 4000.min(section.span.end - section.span.start));
        for (key, rank) in keys {
            found.extend(valued(piece, section.span.start, key, *rank));
        }
    }
    found.extend(valued(outline.body.of(text), outline.body.start, "填报单位", 4).map(|n| Named { source: Source::Table, ..n }));
    found
}

/// The name behind the first `key：` of a piece.
fn valued(piece: &str, at: usize, key: &str, rank: u8) -> Option<Named> {
    let key_end = memmem::find(piece.as_bytes(), key.as_bytes())? + key.len();
    let rest = after(piece, key_end, NAME);
    let rest = ["（盖章）", "(盖章)", "（公章）", "(公章)"].iter().find_map(|seal| rest.strip_prefix(seal)).unwrap_or(rest);
    let value = rest.trim_start_matches(|c| is_space(c) && c != '\n').strip_prefix([':', '：', '|'])?;
    let value = value.trim_start_matches(|c| is_space(c) && c != '\n');
    let name = value.split(|c| is_space(c) || matches!(c, '|' | '，' | ',' | '；' | ';')).next()?;
    let start = at + key_end + (after(piece, key_end, NAME).len() - value.len());
    is_office(name).then(|| Named { name: core_name(name), span: Span::new(start, start + name.len()), source: Source::Metadata, rank })
}

/// 本报告由某某局编制, 现将某某局2019年政府信息公开工作…: names in the first paragraphs.
fn in_text(text: &str, preamble: Span, body: Span) -> Option<Named> {
    let piece = preamble.of(text);
    let written = memmem::find_iter(piece.as_bytes(), "编制").take(8).find_map(|at| {
        let lead = before(piece, at, NAME);
        let from = lead.rfind('由')? + '由'.len_utf8();
        let name = lead.get(from..)?;
        (is_name(name) && is_office(name)).then(|| (preamble.start + at - name.len(), name))
    });
    let reported = || {
        memmem::find_iter(piece.as_bytes(), "年").take(40).find_map(|at| {
            let start = year_start(piece, at)?;
            let behind = after(piece, at, 60);
            let subject = behind.find("信息公开").or_else(|| behind.find("政务公开"))?;
            if behind.get(..subject)?.contains(is_stop) {
                return None;
            }
            let lead = before(piece, start, NAME).trim_end_matches(is_space);
            let from = lead.rfind(|c: char| !is_letter(c)).map_or(0, |i| i + lead.get(i..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8));
            let mut name = lead.get(from..)?;
            for verb in ["现将", "现公布", "现发布", "公布", "发布", "编制", "现就", "将"] {
                if let Some((_, rest)) = name.split_once(verb)
                    && !rest.is_empty()
                {
                    name = rest;
                }
            }
            let end = preamble.start + start - (before(piece, start, NAME).len() - lead.len());
            let name = name.trim_end_matches("编制").trim_end_matches("公布");
            let end = end - (lead.len() - lead.trim_end_matches("编制").trim_end_matches("公布").len());
            (is_name(name) && is_office(name)).then(|| (end - name.len(), name))
        })
    };
    let (start, name) = written.or_else(reported)?;
    let short = Named { name: core_name(name), span: Span::new(start, start + name.len()), source: Source::Text, rank: 3 };
    Some(long_form(text, body, name).unwrap_or(short))
}

fn is_name(name: &str) -> bool {
    (6..=NAME).contains(&name.len())
        && !["我", "本", "该", "各", "全"].iter().any(|w| name.starts_with(w))
        && name.chars().all(is_letter)
        && !["年报", "报告", "首页", "网站"].iter().any(|w| name.contains(w))
}

/// 自治区某某局 -> 示例自治区某某局: the form with the place's name that the text uses most.
fn long_form(text: &str, body: Span, name: &str) -> Option<Named> {
    if !["自治区", "自治州", "省", "市", "县", "区", "州", "旗"].iter().any(|p| name.starts_with(p)) {
        return None;
    }
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for at in memmem::find_iter(body.of(text).as_bytes(), name).take(LOOKS).map(|i| body.start + i) {
        let lead = before(text, at, 24);
        let from = lead.rfind(|c: char| !is_letter(c)).map_or(0, |i| i + lead.get(i..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8));
        let place = lead.get(from..).unwrap_or_default();
        let verb = ["在", "由", "的", "将", "对", "到", "向", "和", "请", "是"].iter().any(|v| place.contains(v));
        if !verb && (6..=21).contains(&place.len()) && from > 0 {
            counts.entry(place).or_insert((0, at)).0 += 1;
        }
    }
    let (place, (_, at)) = counts.into_iter().filter(|(_, (count, _))| *count >= 2).max_by_key(|(_, (count, at))| (*count, usize::MAX - at))?;
    let name = format!("{place}{name}");
    Some(Named { span: Span::new(at - place.len(), at - place.len() + name.len()), name: core_name(&name), source: Source::Text, rank: 3 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    fn name(text: &str) -> Option<String> {
        let outline = outline(text, Span::new(0, text.len()), &[], &[]);
        issuer(text, &outline, &title::titles(text, &outline)).into_iter().next().map(|f| f.value)
    }

    #[test]
    fn from_the_title_and_what_the_text_adds() {
        let title = "2020年政府信息公开工作年度报告";
        assert_eq!(name(&format!("示例县某某局{title}\n一、总体情况")).as_deref(), Some("示例县某某局"));
        assert_eq!(name(&format!("示例市{title}\n请与示例市人民政府办公室联系。\n一、总体情况")).as_deref(), Some("示例市人民政府"));
        assert_eq!(name(&format!("示例市{title}\n甲。\n一、总体情况\n示例市人民政府发布微信。")).as_deref(), Some("示例市"));
        assert_eq!(name(&format!("示例实验区{title}\n甲。\n一、总体情况\n示例实验区管委会网站。")).as_deref(), Some("示例实验区管委会"));
        assert_eq!(name(&format!("发布机构：示例实验区管委会办公室\n示例实验区{title}\n甲。")).as_deref(), Some("示例实验区管委会"));
    }

    #[test]
    fn from_signature_and_text() {
        assert_eq!(name("甲。\n一、总体情况\n无。\n示例区管理委员会办公室\n2018年1月20日").as_deref(), Some("示例区管理委员会"));
        assert_eq!(name("本报告由样本县某某局编制。\n一、总体情况").as_deref(), Some("样本县某某局"));
        assert_eq!(name("根据有关规定，例县人民政府编制2012年度政府信息公开工作年度报告如下。\n一、概述").as_deref(), Some("例县人民政府"));
        let text =
            "现将自治区某某局2019年政务信息公开工作报告如下。\n一、总体情况\n修订《示例自治区某某局指南》，在门户公布；《示例自治区某某局制度》。";
        assert_eq!(name(text).as_deref(), Some("示例自治区某某局"));
        assert_eq!(name("填报单位（盖章）：样本县某某局 | 甲").as_deref(), Some("样本县某某局"));
    }
}
