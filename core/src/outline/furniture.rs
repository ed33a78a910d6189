//! The page around a report: what a site or a crawler prints before and after it.
//!
//! The words here are those of web pages, not of the form. A line is furniture only near the ends of the document, where no sentence
//! and no heading of the report has begun or where all have ended; a wrong guess costs a fact, a missed one brings a foreign one in.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use gongkai_grammar::{fold, fold_char, model::Span};
use memchr::memmem;

use super::scan::{after, before, capped, is_decoration, is_han_digit, is_space};

/// Keys of the metadata that pages print before a document: `发布时间: 2020-01-20`, folded.
const KEYS: &[&str] = &[
    "标题",
    "题目",
    "名称",
    "信息名称",
    "文件名称",
    "发布时间",
    "发布日期",
    "发文日期",
    "发布机构",
    "发布机关",
    "发布单位",
    "发文机关",
    "发文单位",
    "信息来源",
    "文章来源",
    "来源",
    "文号",
    "发文字号",
    "发文文号",
    "栏目",
    "所属栏目",
    "索引号",
    "信息索引号",
    "索引",
    "主题分类",
    "体裁分类",
    "主题词",
    "成文日期",
    "成文时间",
    "生成日期",
    "生效日期",
    "公开日期",
    "公开时间",
    "公开方式",
    "公开形式",
    "公开范围",
    "公开时限",
    "公开类别",
    "公开责任部门",
    "责任部门",
    "信息分类",
    "信息类别",
    "分类",
    "组配分类",
    "服务对象",
    "有效性",
    "有效期",
    "时效性",
    "效力状态",
    "原文链接",
    "网址",
    "链接",
    "本地目录",
    "作者",
    "编辑",
    "责任编辑",
    "责编",
    "浏览",
    "浏览次数",
    "浏览量",
    "点击",
    "点击数",
    "点击量",
    "点击次数",
    "阅读",
    "阅读次数",
    "阅读量",
    "访问量",
    "访问次数",
    "字体",
    "字号",
    "字体大小",
    "文字大小",
    "更新时间",
    "更新日期",
    "时间",
    "日期",
    "发表时间",
    "录入时间",
    "上传时间",
    "保存",
    "分享",
    "分享到",
    "视力保护色",
    "关键词",
    "关键字",
    "背景色",
];
/// Beginnings of lines that lead to the page.
const LEADS: &[&str] =
    &["当前位置", "您的位置", "您现在", "您当前", "你现在", "所在位置", "现在位置", "网站首页", "http://", "https://", "分享到", "扫一扫"];
/// Words that stand alone, as buttons do.
const BUTTONS: &[&str] = &[
    "微信",
    "微博",
    "新浪微博",
    "QQ",
    "QQ空间",
    "全真版",
    "文字版",
    "文件下载",
    "附件下载",
    "相关链接:",
    "相关链接",
    "-->",
    "打印",
    "打印本页",
    "关闭",
    "关闭窗口",
    "关闭本页",
    "分享",
    "收藏",
    "保存",
    "大",
    "中",
    "小",
    "(大",
    "小)",
    "(打印)",
    "(关闭)",
    "(大中小)",
    "首页",
    "返回",
    "返回顶部",
    "返回首页",
    "无障碍浏览",
    "无障碍",
    "长者模式",
    "下载",
    "语音播报",
    "繁体",
    "简体",
    "登录",
    "注册",
    "搜索",
];
/// Beginnings of lines behind the report.
const ENDS: &[&str] = &[
    "责任编辑",
    "责编:",
    "编辑:",
    "来源:",
    "文章来源:",
    "信息来源:",
    "初审:",
    "复审:",
    "终审:",
    "审核:",
    "校对:",
    "扫一扫",
    "扫描二维码",
    "相关阅读",
    "相关链接",
    "相关文档",
    "相关附件",
    "相关信息",
    "相关解读",
    "相关新闻",
    "相关文章",
    "附件下载",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "主办单位",
    "主办:",
    "承办单位:",
    "承办:",
    "版权所有",
    "网站地图",
    "网站标识码",
    "分享到",
    "打印本页",
    "关闭窗口",
    "关闭本页",
    "(打印",
    "(关闭",
    "打印关闭",
    "返回顶部",
    "返回首页",
    "联系我们",
    "关于我们",
    "网站声明",
    "Copyright",
    "copyright",
    "©",
    "(Mac用户",
    "浏览次数",
    "ICP备",
];
/// Words that only the foot of a page has.
const FOOT: &[&str] = &["ICP备", "公网安备", "公安备", "网站标识码", "版权所有"];

/// Bytes of the first line of a one-line document that may be furniture.
const HEAD_WINDOW: usize = 1500;
/// Bytes at the end of the last line that may be furniture.
const FOOT_WINDOW: usize = 2000;
/// Lines at the start of a document among which furniture is looked for.
const HEAD_LINES: usize = 80;
/// A line of more bytes is a paragraph.
const LONG: usize = 300;
/// Lines above the last one of a title that may belong to it.
const TITLE_LINES: usize = 3;
/// Bytes of the longest key.
const KEY: usize = 18;
/// Bytes of a button.
const BUTTON: usize = 18;

/// The furniture before the report, sorted. `lines` are the filled lines of the text.
pub fn head(text: &str, lines: &[Span]) -> Vec<Span> {
    let zone = lines.get(..HEAD_LINES.min(lines.len())).unwrap_or_default();
    // A rule that says where the text begins settles it.
    let marker = zone.iter().rposition(|l| is_text_marker(l.of(text)));
    let mut found: Vec<Span> = Vec::new();
    let mut from = 0;
    if let Some(at) = marker {
        from = at + 1;
        found.push(Span::new(0, zone.get(at).map_or(0, |l| l.end)));
    }
    let mut chrome = Vec::new();
    let mut title = None;
    for (at, line) in zone.iter().enumerate().skip(from) {
        let words = line.of(text);
        if words.len() > LONG {
            if let Some(cut) = line_head(words) {
                found.push(Span::new(line.start, line.start + cut));
            }
            break;
        }
        if is_page_line(words) {
            chrome.push(at);
        } else if words.ends_with('。') || (words.len() > 90 && words.contains('。')) || begins_a_part(words) {
            break;
        } else if title.is_none() && words.trim_end_matches(is_decoration).ends_with("报告") {
            title = Some(at);
        }
    }
    let Some((&first, &last)) = chrome.first().zip(chrome.last()) else { return found };
    // The site's name and menu stand before the title and its first lines, buttons between other furniture.
    let menu = from..title.map_or(0, |t| t.saturating_sub(TITLE_LINES));
    for (at, line) in zone.iter().enumerate().skip(from).take((last + 1).saturating_sub(from)) {
        let between = at > first && line.end - line.start <= BUTTON;
        if chrome.contains(&at)
            || (title.is_some_and(|t| t > first) && menu.contains(&at))
            || (between && title.is_none_or(|t| at > t || at + TITLE_LINES < t))
        {
            found.push(*line);
        }
    }
    found.sort_unstable();
    found
}

/// Where the furniture behind the report starts, between `from` and `to`.
pub fn tail(text: &str, lines: &[Span], from: usize, to: usize) -> Option<usize> {
    let first = lines.partition_point(|l| l.end <= from);
    let zone = lines.get(first..).unwrap_or_default();
    let zone = zone.get(..zone.partition_point(|l| l.start < to)).unwrap_or_default();
    let last = zone.last().copied();
    // The words of a foot, looked for once as the lines go by.
    let until = last.map_or(from, |l| l.end);
    let mut feet = footer().into_iter().flat_map(|f| f.find_iter(text.get(from..until).unwrap_or_default())).map(|m| from + m.start()).peekable();
    for line in zone.iter().filter(|l| l.start >= from) {
        if begins_the_end(line.of(text)) {
            return Some(line.start);
        }
        while feet.next_if(|foot| *foot < line.start).is_some() {}
        if line.end - line.start <= LONG && feet.peek().is_some_and(|foot| *foot < line.end) {
            return Some(line.start);
        }
    }
    // One line: buttons behind its last words.
    let line = last.filter(|l| l.end <= to)?;
    let part = Span::new(line.start.max(from), line.end);
    let window = before(text, line.end, FOOT_WINDOW.min(part.end.saturating_sub(part.start)));
    let foot = footer().filter(|f| f.is_match(window));
    let mut at = line.end - window.len();
    for (count, word) in window.split_inclusive(|c| is_space(c) || c == '|').enumerate() {
        let words = capped(word, 60);
        if count > 0 && (begins_the_end(words) || foot.is_some_and(|f| f.is_match(words))) {
            return Some(at);
        }
        at += word.len();
    }
    let mut end = line.end;
    while let Some((rest, word)) = text.get(line.start..end)?.rsplit_once(is_space) {
        if word.len() > 60 || !BUTTONS.contains(&fold(word).as_str()) {
            break;
        }
        end = line.start + rest.trim_end_matches(is_space).len();
    }
    (end < line.end && end > from).then(|| end + text.get(end..line.end).map_or(0, |rest| rest.len() - rest.trim_start_matches(is_space).len()))
}

/// The words of `FOOT`.
fn footer() -> Option<&'static AhoCorasick> {
    static FOOTER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(FOOT).ok());
    FOOTER.as_ref()
}

/// Whether a line starts as those of the page behind a report do.
fn begins_the_end(line: &str) -> bool {
    /// The first characters, sorted.
    static FIRSTS: LazyLock<Vec<char>> = LazyLock::new(|| {
        let mut firsts: Vec<char> = ENDS.iter().filter_map(|e| e.chars().next()).collect();
        firsts.sort_unstable();
        firsts.dedup();
        firsts
    });
    // Most lines of a report are told apart by their first character.
    let first = line.chars().find(|&c| !is_space(c)).and_then(fold_char);
    if first.is_none_or(|first| FIRSTS.binary_search(&first).is_err()) {
        return false;
    }
    let words = fold(capped(line, 60));
    ENDS.iter().any(|e| words.starts_with(e))
}

/// `---------- 正文 ----------`
fn is_text_marker(line: &str) -> bool {
    line.len() <= 200 && line.trim_matches(|c| is_space(c) || matches!(c, '=' | '-' | '*' | '#' | '—' | '【' | '】')) == "正文"
}

/// `一、…`: the report has begun.
fn begins_a_part(line: &str) -> bool {
    let rest = line.trim_start_matches(is_han_digit);
    rest.len() < line.len() && rest.trim_start_matches(is_space).starts_with(['、', '．', '.'])
}

/// Whether a short line belongs to the page before a report.
fn is_page_line(line: &str) -> bool {
    if line.starts_with("首页") && line.contains(['>', '»', '›', '＞', '/', '-', '→', '|', '｜']) {
        return true;
    }
    let words = fold(capped(line, LONG));
    let words = words.trim_start_matches(['|', '*', '#', '-', '>']);
    LEADS.iter().any(|l| words.starts_with(l))
        || is_key(words.trim_start_matches(['(', '[']))
        || BUTTONS.contains(&words)
        || memmem::find(words.as_bytes(), "浏览次数".as_bytes()).is_some()
        || footer().is_some_and(|f| f.is_match(words))
        || inner_keys(line) >= 2
}

/// Whether folded words start with a key of the metadata and its colon.
fn is_key(words: &str) -> bool {
    // No key has a colon inside, and all are short.
    let end = words.bytes().take(KEY + 1).position(|b| b == b':' || b == b'|');
    end.and_then(|end| words.get(..end)).is_some_and(|key| KEYS.contains(&key))
}

/// How many words of a line are keys with a colon or a day: 某某网站 时间:2015-01-02 来源:某某.
fn inner_keys(line: &str) -> usize {
    // Colons and pipes of any width, hyphens: without one of them there is neither a key nor a day.
    let marked = |word: &str| word.bytes().any(|b| matches!(b, b':' | b'|' | b'-' | 0xE2 | 0xEF));
    if line.len() > LONG || !marked(line) || line.contains('。') {
        return 0;
    }
    line.split(is_space).filter(|word| marked(word) && (is_day(word) || is_key(&fold(word)))).count()
}

/// `2015-01-02`
fn is_day(word: &str) -> bool {
    (8..=10).contains(&word.len()) && word.split('-').count() == 3 && word.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

/// The furniture at the start of a long line: where it ends.
fn line_head(line: &str) -> Option<usize> {
    let window = capped(line, HEAD_WINDOW);
    let window = window.find('。').and_then(|at| window.get(..at)).unwrap_or(window);
    let first = fold(after(window, 0, 60));
    let led = LEADS.iter().any(|l| first.starts_with(l));
    let (mut end, mut count, mut at, mut open) = (0, 0, 0, false);
    for word in window.split_inclusive(|c| is_space(c) || c == '|') {
        let bare = word.trim_end_matches(|c| is_space(c) || c == '|');
        let words = fold(bare);
        let time = open && !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '-' | '.' | '/'));
        if time || is_key(&words) || BUTTONS.contains(&words.as_str()) || LEADS.iter().any(|l| words.starts_with(l)) {
            end = at + bare.len();
            count += 1;
            open = true;
        } else if !words.is_empty() {
            open = false;
        }
        at += word.len();
    }
    (count >= 2 || (led && count == 1)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::scan::filled_lines;

    fn heads(text: &str) -> Vec<&str> {
        head(text, &filled_lines(text)).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn lines_of_the_page_before_the_report() {
        let text =
            "首页 > 政务公开\n索 引 号 | 0001 | 主题分类 | 综合\n微信\n浏览次数：12\n样本县示例局2020年政府信息公开工作年度报告\n正文是一个句子。";
        assert_eq!(heads(text), ["首页 > 政务公开", "索 引 号 | 0001 | 主题分类 | 综合", "微信", "浏览次数：12"]);
        let text = "标题: 甲\n其他: 乙\n==== 正文 ====\n根据规定，现公布。";
        assert_eq!(heads(text), ["标题: 甲\n其他: 乙\n==== 正文 ===="]);
        assert_eq!(heads("示例网 时间:2015-01-02 来源:样本县\n本报告"), ["示例网 时间:2015-01-02 来源:样本县"]);
    }

    #[test]
    fn keys_are_short_and_have_no_colon() {
        for key in KEYS {
            assert!(
                key.len() <= KEY && !key.contains([':', '|']) && is_key(&format!("{key}:甲")) && is_key(&format!("{key}|")) && !is_key(key),
                "{key}"
            );
        }
        assert!(!is_key("甲来源:乙") && !is_key(":") && !is_key("来源 甲:"));
    }

    #[test]
    fn words_of_the_page_at_the_ends_of_one_line() {
        let body = "本报告根据规定编制".repeat(20);
        let text = format!(
            "当前位置： 首页政务公开 示例市2013年政府信息公开年度报告 来源：示例市 时间：2014-01-02 00:00 微信 相关链接： --> {body}。 附件下载"
        );
        let lines = filled_lines(&text);
        let end = head(&text, &lines)[0].end;
        assert!(text[..end].ends_with("-->") && text[end..].trim_start().starts_with("本报告"));
        assert_eq!(tail(&text, &lines, end, text.len()).map(|at| &text[at..]), Some("附件下载"));
        let text = "一、概述\n甲。\n责任编辑：某某\n地图";
        assert_eq!(tail(text, &filled_lines(text), 0, text.len()).map(|at| &text[at..]), Some("责任编辑：某某\n地图"));
    }
}
