//! Running prose: its quantities and zeros in words as facts.

mod amounts;
mod clause;
mod context;
mod express;
mod lexicon;
mod names;
mod normal;
mod parts;
mod said;
mod sentences;
mod tokens;
mod zeros;

pub use amounts::alike;
use gongkai_grammar::{
    check_lexicon,
    model::{Fact, Span},
};

use crate::outline::{Outline, scan::outside};

/// Whose report the prose is, of which year, and whether this part of it is about requests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speaker<'a> {
    pub issuer: Option<&'a str>,
    pub year: Option<i32>,
    pub on_requests: bool,
}

/// A piece of a document that holds prose.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub span: Span,
    /// Whether its heading says that it is about requests.
    pub on_requests: bool,
}

/// The parts of a document that hold prose: of its used body, what is neither table nor signature. `tables` is sorted.
pub fn pieces(text: &str, outline: &Outline, tables: &[Span]) -> Vec<Piece> {
    let is_prose = |kind: Option<&str>| !matches!(kind, Some("furniture" | "copy" | "signature" | "statistics"));
    let mut pieces = Vec::new();
    let mut part_on_requests = false;
    for section in outline.sections.iter().filter(|s| is_prose(s.kind.as_deref())) {
        if section.level <= 1 {
            part_on_requests = section.kind.as_deref() == Some("requests");
        }
        let named = section.heading.as_deref().is_some_and(|heading| check_lexicon().words("requests").any(|word| heading.contains(word)));
        let on_requests = part_on_requests || named;
        // A heading that runs on is no part of the sentence behind it, unless it is the beginning of one: 三、收到申请12件.
        let cut = section.heading_span.map_or(section.span.start, |h| h.end.clamp(section.span.start, section.span.end));
        let behind = text.get(cut..section.span.end).unwrap_or_default();
        let begun = sentences::is_number(behind) && clause::date(behind.trim_start()) == 0;
        let cut = if begun { section.span.start } else { cut };
        for part in [Span::new(section.span.start, cut), Span::new(cut, section.span.end)] {
            if part.start < part.end {
                pieces.extend(outside(part, tables).into_iter().map(|span| Piece { span, on_requests }));
            }
        }
    }
    pieces
}

/// The facts of the prose in `pieces`.
pub fn facts(text: &str, pieces: &[Piece], speaker: Speaker<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut paragraph = said::Paragraph::default();
    for piece in pieces {
        let speaker = Speaker { on_requests: piece.on_requests, ..speaker };
        sentences::sentences(text, piece.span, |sentence| said::read(text, sentence, speaker, &mut paragraph, &mut facts));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Raw words, object, indicator and total of every fact of a text.
    fn read(text: &str) -> Vec<String> {
        let speaker = Speaker { issuer: Some("示例县人民政府"), year: Some(2010), on_requests: false };
        let facts = facts(text, &[Piece { span: Span::new(0, text.len()), on_requests: false }], speaker);
        let part = |of: Option<usize>| of.and_then(|of| facts.get(of)).map_or_else(String::new, |f| format!(" < {}", f.raw));
        let said = |f: &Fact| format!("{} {} {}{}", f.raw, f.object.as_deref().unwrap_or("-"), f.indicator.as_deref().unwrap_or("-"), part(f.of));
        facts.iter().map(said).collect()
    }

    #[test]
    fn totals_and_their_parts() {
        assert_eq!(
            read("2010年，全县共收到申请56件，其中当面申请12件，占21%，网络申请44件，占79%。其中，同意公开40件；不予公开6件；其他10件。"),
            [
                "56件 申请 requests_received",
                "12件 当面申请 received_by_channel.in_person < 56件",
                "21% 当面申请 - < 56件",
                "44件 网络申请 received_by_channel.online < 56件",
                "79% 网络申请 - < 56件",
                "40件 同意公开 granted < 56件",
                "6件 不予公开 denied < 56件",
                "10件 其他 - < 56件",
            ]
        );
        // More than is left is no part.
        assert_eq!(read("发布信息10条，其中动态8条，公告5条。"), ["10条 信息 -", "8条 动态 - < 10条", "5条 公告 -"]);
    }

    #[test]
    fn numbers_in_front_of_what_they_count() {
        assert_eq!(
            read("落实3名专职人员和2名兼职人员，收到1份行政复议申请。"),
            ["3名 专职人员 staff_full_time", "2名 兼职人员 staff_part_time", "1份 行政复议申请 reconsideration_cases"]
        );
    }

    #[test]
    fn followers_and_passives() {
        assert_eq!(read("政务微博粉丝数突破5600，访客近230。"), ["突破5600 政务微博粉丝数 -", "近230 访客 -"]);
        assert_eq!(
            read("被申请行政复议27件，已办结25件；被提起行政诉讼8件。"),
            ["27件 行政复议 reconsideration_cases", "25件 已办结 - < 27件", "8件 行政诉讼 litigation_cases"]
        );
        // The sum of two outcomes is neither of them.
        assert_eq!(read("予以公开和部分公开362件。"), ["362件 予以公开和部分公开 -"]);
    }

    #[test]
    fn zeros_in_words() {
        for (text, want) in [
            ("全年未收到政府信息公开申请。", vec!["未收到 政府信息公开申请 requests_received"]),
            ("没有发生行政复议、行政诉讼案件。", vec!["没有发生 行政复议 reconsideration_cases", "没有发生 行政诉讼案件 litigation_cases"]),
            ("行政诉讼为零。", vec!["零 行政诉讼 litigation_cases"]),
            ("依申请公开未收取检索、复制等费用。", vec!["未收取 检索、复制等费用 information_processing_fee"]),
            ("本年度没有收费。", vec!["没有 收费 information_processing_fee"]),
            ("行政复议、行政诉讼均为0件。", vec!["0件 行政复议 reconsideration_cases", "0件 行政诉讼 litigation_cases"]),
            ("如未收到答复，可以申请。零星投诉也有。无正当理由不得拒绝。", vec![]),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn other_years_other_bodies_and_changes_are_not_the_reports() {
        for text in [
            "2009年，全县主动公开政府信息500条。",
            "截至2010年底，全县累计公开政府信息12万条。",
            "历年累计公开政府信息900条。",
            "县财政局主动公开政府信息320条。",
            "主动公开信息较上年增加20条。",
            "全县主动公开重点领域信息30条。",
        ] {
            assert!(read(text).iter().all(|fact| !fact.contains("disclosed")), "{text} {:?}", read(text));
        }
        assert_eq!(read("截至2010年底，累计公开政府信息900条，其中2010年公开政府信息98条。")[1], "98条 政府信息 disclosed_total < 900条");
        assert_eq!(read("示例县2010年主动公开政府信息98条。"), ["98条 政府信息 disclosed_total"]);
    }

    #[test]
    fn lists_by_body_and_shared_numbers() {
        let text = "各单位公开信息：县政府办5条、县财政局3条。复议、诉讼分别为2件、1件。";
        let facts = facts(text, &[Piece { span: Span::new(0, text.len()), on_requests: false }], Speaker::default());
        let said: Vec<_> = facts.iter().map(|f| (f.raw.as_str(), f.subject.as_deref(), f.object.as_deref())).collect();
        assert_eq!(
            said,
            [("5条", Some("县政府办"), None), ("3条", Some("县财政局"), None), ("2件", None, Some("复议")), ("1件", None, Some("诉讼"))]
        );
    }
}
