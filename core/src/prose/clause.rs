//! What a clause says of its number: who, what is done, what is counted, by which channel, when.

use std::ops::Range;

use super::{
    lexicon::words,
    tokens::{Class, Token},
};
use crate::outline::scan::is_han_digit;

/// The places of the parts of a clause, in its sentence as read; an empty place is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub subject: Range<usize>,
    pub verb: Range<usize>,
    /// What is done, where it was said of the number before in the same clause.
    pub carried: Range<usize>,
    pub object: Range<usize>,
    pub channel: Range<usize>,
    pub period: Range<usize>,
    /// Whether so many channels are named that they stand for all.
    pub channels: bool,
    /// Whether its number is said to be a part of one before.
    pub part: bool,
    /// Whether its words are those of a part, as a rule.
    pub part_word: bool,
    /// Whether its number is a share: 占34%.
    pub share: bool,
    /// Whether it is about that share: 约占34%.
    pub about: bool,
    /// Whether its number says how another changed.
    pub change: bool,
    /// Whether it counts more years than one.
    pub cumulative: bool,
    /// Whether it adds up: up to a day, that is more than a year.
    pub adds_up: bool,
    /// Whether what is counted stands behind the number.
    pub behind: bool,
    /// Whether its number was told before: 上述3件申请.
    pub again: bool,
    /// Whether it is only meant to be done.
    pub plan: bool,
    /// Whether the numbers behind it share it: 分别为.
    pub shared: bool,
}

/// Marks a clause ends with.
pub const MARKS: &[char] = &[',', ';', ':', '。', '(', ')', '!', '?', '|', '\t', '\n'];
/// Behind the last mark of a text that a clause ends with; 0 if there is none.
pub fn behind_last_mark(text: &str) -> usize {
    let mut bytes = text.as_bytes();
    loop {
        bytes = match bytes {
            [.., b',' | b';' | b':' | b'(' | b')' | b'!' | b'?' | b'|' | b'\t' | b'\n'] | [.., 0xE3, 0x80, 0x82] => return bytes.len(),
            [head @ .., _] => head,
            [] => return 0,
        };
    }
}

/// Marks between the items of a list; one at the edge of a part is none of it.
const EDGES: &[char] = &[',', ';', ':', '。', '(', ')', '!', '?', '|', '\t', '、', '.', '-', '“', '”', '"', ' ', '\n', '·', '*', '#'];
/// A channel is looked for so far behind the word that announces it.
const CHANNEL: usize = 120;

/// Reads a clause: `lead` stands in front of the number, `tail` between it and what comes next.
pub fn said(text: &str, tokens: &[Token], lead: Range<usize>, tail: Range<usize>) -> Said {
    let inside = within(tokens, &lead);
    let mut said = Said::default();
    for token in inside {
        said.part |= token.class.is(Class::PARTS);
        said.part_word |= token.class.is(Class::PART_WORD);
        said.share |= token.class.is(Class::SHARE);
        said.change |= token.class.is(Class::CHANGE);
        said.cumulative |= token.class.is(Class::CUMULATIVE);
        said.adds_up |= token.class.is(Class::ADDS_UP);
        said.shared |= token.class.is(Class::SHARED);
        said.plan |= token.class.is(Class::PLAN);
    }
    // 占总数34%: what a share is of is not what was counted.
    let share = inside.iter().rfind(|t| t.class.is(Class::SHARE));
    said.about = share.is_some_and(|t| text.get(..t.place.start).is_some_and(|head| words().about_before.at(head).is_some()));
    let (inside, lead) = match share {
        Some(token) => (within(tokens, &(lead.start..token.place.start)), lead.start..token.place.start),
        None => (inside, lead),
    };
    let compared = text.get(lead.clone()).and_then(|lead| lead.strip_prefix(['比', '较'])).filter(|rest| date(rest) > 0);
    let lead = match compared {
        // 比2014年的3条增加1条
        Some(rest) => lead.end - rest.len()..lead.end,
        None => lead,
    };
    said.change |= compared.is_some();
    let start = opening(text, inside, lead.clone(), &mut said);
    let by = by_channel(inside, start, lead.end);
    if let Some((masked, place, count)) = &by {
        said.channel = place.clone();
        let all = text.get(masked.clone()).unwrap_or_default();
        said.channels = *count > 2 || all.contains('等');
    }
    let masked = by.as_ref().map_or(lead.end..lead.end, |(masked, ..)| masked.clone());
    let free = |t: &&Token| t.place.start >= start && (t.place.end <= masked.start || t.place.start >= masked.end);
    // 各部门公开12条, but 培训12次
    let deed = |t: &Token| {
        let words_of = text.get(t.place.clone()).unwrap_or_default();
        let who = text.get(trimmed(text, inside, start..t.place.start)).unwrap_or_default();
        words().deeds_of_bodies.at(words_of) == Some(words_of) && words().is_body(who)
    };
    let noun = |t: &Token| t.class.is(Class::VERBAL_NOUN) && ends(text, inside, t.place.end, lead.end) && !deed(t);
    let verb = inside.iter().filter(free).find(|t| is_verb(text, t) && !noun(t) && !names_a_kind(text, t, start, lead.end));
    let Some(verb) = verb else {
        // Without a verb all of it is what was counted; behind a channel that is announced, what stands there.
        let from = if masked.start < masked.end { masked.end } else { start };
        said.subject =
            if masked.start < masked.end { subject(text, trimmed(text, inside, start..masked.start), &mut said.period) } else { start..start };
        said.object = trimmed(text, inside, from..lead.end);
        if said.subject.is_empty() {
            said.subject = who(text, inside, &mut said.object);
        }
        finish(text, tokens, inside, lead.end, tail, &mut said);
        return said;
    };
    said.verb = verb.place.clone();
    for next in inside.iter().filter(|t| t.place.start >= verb.place.end) {
        let between = text.get(said.verb.end..next.place.start).unwrap_or_default();
        if !(between.is_empty() || between == "、" || between == "和" || between == "并") || !is_verb(text, next) || next.class.is(Class::VERBAL_NOUN)
        {
            break;
        }
        said.verb.end = next.place.end;
    }
    // 我局通过各类渠道公开: by what means is said behind who.
    let by = inside.iter().find(|t| t.class.is(Class::BY) && t.place.start > start && t.place.len() > '以'.len_utf8());
    let before = verb.place.start.min(masked.start).min(by.map_or(usize::MAX, |t| t.place.start));
    said.subject = subject(text, trimmed(text, inside, start..before), &mut said.period);
    // The channel may stand behind the verb: 收到网上申请.
    let from = if masked.start >= said.verb.end && masked.start < masked.end { masked.end } else { said.verb.end };
    said.object = trimmed(text, inside, from.max(said.verb.end)..lead.end);
    // 规范性文件共公布12件: what is counted stands in front of the verb.
    if said.object.is_empty() && words().things_in_front.at(text.get(said.subject.clone()).unwrap_or_default().trim_end_matches('》')).is_some() {
        said.object = std::mem::replace(&mut said.subject, start..start);
        said.subject = who(text, inside, &mut said.object);
    }
    finish(text, tokens, inside, lead.end, tail, &mut said);
    said
}

/// Whether a verb is a part of the name of a kind that is all of its clause: 检查监督类12条.
fn names_a_kind(text: &str, token: &Token, start: usize, end: usize) -> bool {
    let whole = text.get(start..end).unwrap_or_default();
    let kind = whole.strip_suffix("信息").unwrap_or(whole).strip_suffix('类');
    let deed = text.get(token.place.clone()).is_some_and(|word| words().deeds_of_bodies.at(word) == Some(word));
    token.place.start == start && !deed && kind.is_some_and(|kind| kind.chars().count() <= KIND)
}

/// Characters of the name of a kind.
const KIND: usize = 8;

/// Takes off what is counted who is the whole of the body that reports: 全县现有工作人员12人.
fn who(text: &str, inside: &[Token], object: &mut Range<usize>) -> Range<usize> {
    let words_of = text.get(object.clone()).unwrap_or_default();
    let Some(whole) = words()
        .whole
        .iter()
        .find(|word| words_of.strip_prefix(**word).is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['不', '未', '无', '没'])))
    else {
        return object.start..object.start;
    };
    let from = object.start + whole.len();
    let who = object.start..from;
    *object = trimmed(text, inside, from..object.end);
    who
}

/// What is read the same whether there is a verb or not: the words behind the number, and channels without a word that announces them.
fn finish(text: &str, tokens: &[Token], inside: &[Token], end: usize, tail: Range<usize>, said: &mut Said) {
    // 全区43个部门, 有3件行政复议: who has them stands in front.
    let lead = text.get(said.object.clone()).unwrap_or_default();
    let body = words().whole.contains(&lead) || said.verb.is_empty() && words().is_body(lead);
    let had = said.verb.is_empty()
        && inside
            .last()
            .is_some_and(|t| t.class.is(Class::ADVERB) && t.place.end == end && text.get(t.place.clone()).is_some_and(|w| w.ends_with('有')));
    let listed = lead.ends_with("以下") || words().leads.contains(&lead) || words().again.contains(&lead);
    // 在12件申请中, 已答复的12件申请中: the number is told again, for its parts.
    let again = (lead == "在" || lead.is_empty() && said.verb.is_empty() || text.get(..end).is_some_and(|head| head.ends_with('的'))).then(|| {
        let rest = text.get(tail.clone()).unwrap_or_default();
        let clause = rest.find(MARKS).and_then(|mark| rest.get(..mark)).unwrap_or_default();
        clause.strip_suffix('中').map(|words| tail.start..tail.start + words.len())
    });
    let again = again.flatten();
    if (said.object.is_empty() || had || body || listed || again.is_some()) && !said.share {
        let object = again.unwrap_or_else(|| behind(text, tokens, tail));
        if !object.is_empty() {
            said.again = words().again.contains(&lead);
            if (had || body) && said.subject.is_empty() {
                said.subject = subject(text, said.object.clone(), &mut said.period);
            }
            said.object = object;
            said.behind = true;
        }
    }
    if said.channel.is_empty() {
        let at =
            |place: &Range<usize>| inside.iter().rfind(|t| t.class.is(Class::CHANNEL) && t.place.start >= place.start && t.place.end <= place.end);
        // 微博“示例发布”发布3条: the name of an account may stand behind it.
        let named = |t: &&Token| text.get(t.place.end..said.subject.end).is_some_and(|name| name.is_empty() || name.starts_with(['“', '"']));
        let subject = at(&said.subject).filter(named);
        if let Some(token) = subject.or_else(|| at(&said.object)) {
            said.channel = token.place.clone();
        }
    }
}

/// A subject; what begins with 因, 对, 向 and the like is none, and a year behind it is the period: 示例县2010年公开.
fn subject(text: &str, place: Range<usize>, period: &mut Range<usize>) -> Range<usize> {
    let words_of = text.get(place.clone()).unwrap_or_default();
    if words().no_subject.at(words_of).is_some() {
        return place.start..place.start;
    }
    // 全县因政府信息公开被申请复议: why is said behind who.
    let why = words_of.match_indices('因').find(|(at, _)| *at > 0 && !words_of.get(*at..).is_some_and(|rest| rest.starts_with("因素")));
    let place = place.start..why.map_or(place.end, |(at, _)| place.start + at);
    let words_of = text.get(place.clone()).unwrap_or_default();
    // 年度 counts as a word of time, and may have been taken off.
    let place = match text.get(place.end..) {
        Some(rest) if rest.starts_with('年') && words_of.ends_with(|c: char| c.is_ascii_digit()) => place.start..place.end + '年'.len_utf8(),
        _ => place,
    };
    let words_of = text.get(place.clone()).unwrap_or_default();
    let year = words_of.rfind('年').and_then(|at| at.checked_sub(4)).filter(|&at| words_of.get(at..).is_some_and(|rest| date(rest) == rest.len()));
    match year {
        Some(at) if at > 0 => {
            *period = place.start + at..place.end;
            place.start..place.start + at
        }
        _ => place,
    }
}

/// Whether a word is a verb where it stands, and no part of a word for a number or a kind: 阅读量, 办结率, 收到数, 解读类.
fn is_verb(text: &str, token: &Token) -> bool {
    token.class.is(Class::VERB) && !text.get(token.place.end..).is_some_and(|rest| rest.starts_with(['量', '率', '数', '类', '型']))
}

/// The tokens that lie in a place.
fn within<'a>(tokens: &'a [Token], place: &Range<usize>) -> &'a [Token] {
    let from = tokens.partition_point(|t| t.place.start < place.start);
    let to = tokens.partition_point(|t| t.place.end <= place.end);
    tokens.get(from..to).unwrap_or_default()
}

/// Passes over what opens a clause: marks, adverbs and words of time; of these the last is its period.
fn opening(text: &str, inside: &[Token], lead: Range<usize>, said: &mut Said) -> usize {
    let mut at = lead.start;
    let mut tokens = inside.iter().peekable();
    loop {
        let rest = text.get(at..lead.end).unwrap_or_default();
        let length = date(rest);
        if length > 0 {
            if said.period.is_empty() {
                said.period.start = at;
            }
            at += length;
            said.period.end = at;
            continue;
        }
        while tokens.peek().is_some_and(|t| t.place.start < at) {
            tokens.next();
        }
        match tokens.peek() {
            Some(token) if token.place.start == at && token.class.is(Class::PERIOD) => {
                if said.period.is_empty() || said.period.end < at {
                    said.period.start = at;
                }
                at = token.place.end;
                said.period.end = at;
            }
            Some(token) if token.place.start == at && token.class.is(OPENING) && !token.class.is(Class::VERB) => at = token.place.end,
            _ => match rest.chars().next() {
                Some(c) if EDGES.contains(&c) || matches!(c, '的' | '和' | '及') => at += c.len_utf8(),
                // 1.政策法规类信息8条
                Some(_) if at == lead.start && order(rest) > 0 => at += order(rest),
                // 截至2017年底, 自2017年1月1日起至
                Some(c) if AROUND_DATES.contains(&c) => {
                    let dated = rest.trim_start_matches(AROUND_DATES).starts_with(|c: char| c.is_ascii_digit());
                    if !dated && (said.period.is_empty() || said.period.end != at) {
                        return at;
                    }
                    at += c.len_utf8();
                }
                _ => return at,
            },
        }
    }
}

/// Bytes of the number that an item of a list begins with: `1.`, `2、`, `①`, `四、`, `一是`.
fn order(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut behind = text.get(digits..).unwrap_or_default().chars();
    match (digits, behind.next()) {
        (0, Some(c @ '①'..='⑳')) => c.len_utf8(),
        (0, Some(c)) if is_han_digit(c) => {
            let rest = text.trim_start_matches(is_han_digit);
            if rest.starts_with(['、', '是']) { text.len() - rest.len() + '、'.len_utf8() } else { 0 }
        }
        (1..=2, Some(c @ ('.' | '、'))) if !behind.next().is_some_and(|c| c.is_ascii_digit()) => digits + c.len_utf8(),
        _ => 0,
    }
}

/// What stands before, between and behind dates.
const AROUND_DATES: &[char] = &['截', '至', '止', '自', '从', '起', '底', '末', '含'];

const OPENING: Class = Class::ADVERB.or(Class::PARTS).or(Class::CUMULATIVE).or(Class::SHARE);

/// The length of a date or a year at the start of a text: 2017年, 2017年度, 2017年1至6月, 2017年12月31日.
pub fn date(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 || !text.get(4..).is_some_and(|rest| rest.starts_with('年')) {
        return 0;
    }
    let mut end = 4 + '年'.len_utf8();
    let rest = text.get(end..).unwrap_or_default();
    let part = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '月' | '日' | '至' | '-' | '年')).len();
    if rest.get(..part).is_some_and(|p| p.ends_with(['月', '日'])) {
        end += part;
    }
    let rest = text.get(end..).unwrap_or_default();
    end + rest.chars().next().filter(|c| matches!(c, '度' | '底' | '末' | '内' | '间')).map_or(0, char::len_utf8)
}

/// 通过政府网站和微信公众号等渠道: the place of all of it, the channels, and how many kinds there are.
fn by_channel(inside: &[Token], start: usize, end: usize) -> Option<(Range<usize>, Range<usize>, usize)> {
    let by = inside.iter().find(|t| t.class.is(Class::BY) && t.place.start >= start)?;
    let mut found: Option<(Range<usize>, usize)> = None;
    let mut masked = by.place.clone();
    for token in inside.iter().filter(|t| t.place.start >= by.place.end) {
        let near = token.place.start <= found.as_ref().map_or(by.place.end + CHANNEL, |(place, _)| place.end.max(masked.end) + CHANNEL / 4);
        if !near {
            break;
        }
        if token.class.is(Class::CHANNEL) {
            match &mut found {
                Some((place, count)) => {
                    *count += usize::from(token.place.start > place.end);
                    place.end = token.place.end;
                }
                None => found = Some((token.place.clone(), 1)),
            }
            masked.end = token.place.end;
        } else if found.is_some() && token.class.is(Class::CHANNEL_END) && token.place.start <= masked.end + 3 {
            masked.end = token.place.end;
        } else if found.is_some() && token.class.is(Class::VERB) {
            break;
        }
    }
    found.filter(|_| masked.end <= end).map(|(place, count)| (masked, place, count))
}

/// Whether nothing but adverbs and marks stands between `at` and `end`.
fn ends(text: &str, inside: &[Token], at: usize, end: usize) -> bool {
    trimmed(text, inside, at..end).is_empty()
}

/// A place without the marks, adverbs and particles at its ends.
fn trimmed(text: &str, inside: &[Token], place: Range<usize>) -> Range<usize> {
    let mut place = place.start..place.end.max(place.start);
    loop {
        let rest = text.get(place.clone()).unwrap_or_default();
        let token =
            inside.get(inside.partition_point(|t| t.place.start < place.start)).filter(|t| t.place.start == place.start && t.place.end <= place.end);
        match (token, rest.chars().next()) {
            (_, None) => return place.start..place.start,
            (Some(t), _) if t.class.is(TRIMMED) && !t.class.is(Class::VERB.or(Class::NOUN)) => place.start = t.place.end,
            (None, Some(c)) if EDGES.contains(&c) || matches!(c, '的' | '了' | '和' | '及' | '过' | '对' | '将' | '含') => {
                place.start += c.len_utf8()
            }
            _ => break,
        }
    }
    loop {
        let rest = text.get(place.clone()).unwrap_or_default();
        let last = inside.partition_point(|t| t.place.end <= place.end).checked_sub(1).and_then(|i| inside.get(i));
        let token = last.filter(|t| t.place.end == place.end && t.place.start >= place.start);
        match (token, rest.chars().next_back()) {
            (_, None) => return place.start..place.start,
            // Of 申请中 only 中 says that parts follow.
            (Some(t), Some('中')) if t.class.is(Class::PARTS) && t.place.len() > 2 * '中'.len_utf8() => {
                place.end -= '中'.len_utf8();
                return place;
            }
            (Some(t), _) if t.class.is(TRIMMED) && !t.class.is(Class::VERB.or(Class::NOUN)) => place.end = t.place.start,
            (None, Some(c)) if EDGES.contains(&c) || matches!(c, '的' | '了' | '为' | '共' | '达' | '有' | '和' | '及' | '各' | '是' | '计') =>
            {
                place.end -= c.len_utf8();
            }
            _ => return place,
        }
    }
}

const TRIMMED: Class = Class::ADVERB.or(Class::PERIOD).or(Class::PARTS).or(Class::SHARED).or(Class::CUMULATIVE).or(Class::SHARE);

/// What was counted, behind the number: up to the end of the clause, an adverb, or a verb that something follows.
fn behind(text: &str, tokens: &[Token], tail: Range<usize>) -> Range<usize> {
    let rest = text.get(tail.clone()).unwrap_or_default();
    let clause = rest.find(|c: char| MARKS.contains(&c) || c == '、').map_or(tail.end, |at| tail.start + at);
    let inside = within(tokens, &(tail.start..clause));
    let mut end = clause;
    for token in inside {
        // 5个部门公开了预算
        let done = || text.get(token.place.end..).is_some_and(|rest| rest.starts_with('了'));
        // 3个县局公开12条: so does a number behind it.
        let at_number = token.place.end == tail.end && text.get(tail.end..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let noun = token.class.is(Class::VERBAL_NOUN) && !done() && !at_number;
        let verb = is_verb(text, token) && !noun && (token.place.end < clause || at_number) && token.place.start > tail.start;
        // 3个县的预算未公开, but 1件因信息不存在, and 3个月没有更新, where the word opens what is said.
        let denied = token.class.is(Class::NONE)
            && token.place.start > tail.start
            && text.get(token.place.clone()).is_some_and(|word| word.starts_with(['未', '没']));
        if (verb || denied || token.class.is(Class::ADVERB.or(Class::CHANGE).or(Class::SHARE).or(Class::PERIOD))) && !token.class.is(Class::NOUN) {
            end = token.place.start;
            break;
        }
    }
    let words_of = trimmed(text, inside, tail.start..end);
    // 1件因涉及商业秘密不予公开: why is no thing.
    if text.get(words_of.clone()).is_some_and(|said| words().whys.contains(&said)) { words_of.start..clause } else { words_of }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_begins_behind_the_last_of_the_marks() {
        for mark in MARKS {
            for text in [format!("甲{mark}乙丙"), format!("{mark}"), format!("甲{mark}{mark}")] {
                let plainly = text.rfind(MARKS).map(|at| at + mark.len_utf8());
                assert_eq!(Some(behind_last_mark(&text)), plainly, "{text:?}");
            }
        }
        assert_eq!((behind_last_mark("甲、乙"), behind_last_mark("")), (0, 0));
    }
}
