//! Web pages and pieces of them, also as strings of JSON.

mod page;
mod plain;
mod standard;
mod table;
mod tokens;
mod tree;

use super::{ReadError, decode, writer::Writer};
use crate::{
    Options,
    document::{Document, Format, Note},
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
    if bytes.get(..64).unwrap_or(bytes).contains(&0) || bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        // UTF-16, with its mark or without: the tags without their zero bytes.
        let narrow: Vec<u8> = bytes.iter().copied().filter(|&b| b != 0).collect();
        return count_tags(&narrow, b"<") >= ENOUGH;
    }
    let head = bytes.trim_ascii_start();
    let json = head.starts_with(b"{") || head.starts_with(b"[") || head.starts_with(b"\"");
    let escaped = |mark: &[u8]| count_tags(bytes, mark) >= ENOUGH;
    escaped(b"<") || escaped(b"&lt;") || escaped(b"&amp;lt;") || (json && (escaped(b"\\u003c") || escaped(b"\\u003C") || escaped(b"\\\\u003c")))
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
    page::read(&Tree::parse(html, options)?, options)
}

/// The HTML inside JSON, or inside itself with its tags escaped; `None` if it is HTML as it stands.
fn unwrapped(text: &str) -> Option<String> {
    let mut current: Option<String> = None;
    for _ in 0..LAYERS {
        let text = current.as_deref().unwrap_or(text).trim();
        let inner = if text.starts_with(['{', '[', '"']) {
            longest_string(&serde_json::from_str(text).ok()?)
        } else if count_tags(text.as_bytes(), b"<") == 0
            && [b"&lt;".as_slice(), b"&amp;lt;"].iter().any(|mark| count_tags(text.as_bytes(), mark) >= ENOUGH)
        {
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
        let tree = Tree::parse(rest.get(start..end).unwrap_or_default(), options)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn document(html: &str) -> Document {
        assert!(is_html(html.as_bytes()), "{html}");
        read(html.as_bytes(), &Options::default()).unwrap()
    }

    /// The cells of the tables: row, column, rows and columns covered, words.
    fn cells(document: &Document) -> Vec<(usize, usize, usize, usize, &str)> {
        let cells = document.grids.iter().flat_map(|g| &g.cells);
        cells.map(|c| (c.row, c.column, c.row_span, c.column_span, c.span.of(&document.text))).collect()
    }

    #[test]
    fn merged_cells_have_their_places() {
        let document = document(
            "<table><tr><th rowspan=2>项目<th colspan=\"2\">数量<tr><td>本年<td>累计\
             <tr><td>甲&nbsp;<td><p>1</p><p>2</p><td>\u{200B}</table>",
        );
        assert_eq!(
            cells(&document),
            [
                (0, 0, 2, 1, "项目"),
                (0, 1, 1, 2, "数量"),
                (1, 1, 1, 1, "本年"),
                (1, 2, 1, 1, "累计"),
                (2, 0, 1, 1, "甲"),
                (2, 1, 1, 1, "1 2"),
                (2, 2, 1, 1, "")
            ]
        );
        assert_eq!(document.text, "项目\t数量\n本年\t累计\n甲\t1 2\t\n");
    }

    #[test]
    fn tables_that_set_the_page_are_text() {
        let document = document("<table><tr><td>菜单<td><p>一、总体情况</p><table><tr><td>规章<td>0</table><p>完</p></table>");
        assert_eq!(document.text, "菜单\n一、总体情况\n规章\t0\n完\n");
        assert_eq!(cells(&document).len(), 2);
    }

    #[test]
    fn what_is_no_text_is_left_out_and_lists_are_numbered() {
        let html = "<body><style>p{}</style><script>document.write('<p>1</p>')</script><!--[if mso]><p>隐</p><![endif]-->\
            <ol style='list-style-type:cjk-ideographic'><li>总体情况<li>存在问题</ol><ol start=3><li>丙</ol><ul><li>丁</ul><pre>甲\n乙</pre>全<b>文</b><br>完";
        assert_eq!(document(html).text, "一、总体情况\n二、存在问题\n3. 丙\n丁\n甲\n乙\n全文\n完\n");
    }

    #[test]
    fn cells_say_what_the_page_shows() {
        let html = "<table><tr style='DISPLAY : none'><td>9<td>9<tr><td>规章<td><input type=text value=' 12 '><td><input type=hidden value=8>\
            <tr><td>规范性文件<td><textarea>3</textarea><td>4<sup>1</sup><td style='display:none'>7<td hidden>7\
            <tr><td>行政许可<td>5<sup>②</sup><td>6<span style='display:none;'>0</span></table>";
        assert_eq!(document(html).text, "规章\t12\t\n规范性文件\t3\t4[1]\n行政许可\t5②\t6\n");
    }

    #[test]
    fn pages_inside_json_and_escaped_pages() {
        let html = "<div><p>一、总体情况</p><table><tr><td>规章</td><td>7</td></tr></table></div>";
        let once = serde_json::to_string(&serde_json::json!({ "title": "报告", "data": [{ "id": 1, "content": html }] })).unwrap();
        let twice = serde_json::to_string(&once).unwrap();
        let unicode = once.replace('<', "\\u003c").replace('>', "\\u003E");
        let escaped = html.replace('<', "&lt;").replace('>', "&gt;");
        let escaped_twice = escaped.replace('&', "&amp;");
        let escaped_in_json = serde_json::to_string(&serde_json::json!({ "content": escaped })).unwrap();
        for text in [html, &once, &twice, &unicode, &escaped, &escaped_twice, &escaped_in_json] {
            assert_eq!(document(text).text, "一、总体情况\n规章\t7\n", "{text}");
        }
    }

    #[test]
    fn the_report_is_told_from_the_page_around_it() {
        let menu = "<li><a href=/>首页</a><li><a href=/gk>政府信息公开</a><li><a href=/b>办事服务大厅</a>".repeat(20);
        let body = "<p>根据规定，编制本年度政府信息公开工作年度报告，现予公布。</p>".repeat(12);
        let html = format!(
            "<html><head><meta name=ArticleTitle content=示例县某某局2020年政府信息公开工作年度报告><title>年报_示例县</title></head><body><ul>{menu}</ul>\
             <div><h1>示例县某某局2020年政府信息公开工作年度报告</h1><p>发布时间：2021-01-28</p><div id=c>{body}</div></div>\
             <div>主办：示例县人民政府 备案号：00000000</div></body></html>"
        );
        let document = document(&html);
        let body = document.body.of(&document.text);
        assert!(body.starts_with("示例县某某局2020年") && body.ends_with("现予公布。\n"), "{body}");
        assert_eq!(document.metadata.len(), 2);
        let report = crate::parse_document(&document, &Options::default());
        assert_eq!(report.title.as_deref(), Some("示例县某某局2020年政府信息公开工作年度报告"));
        assert_eq!(report.year, Some(2020));
        assert_eq!(report.published.map(|d| d.to_string()), None.or(Some("2021-01-28".to_owned())));
    }

    #[test]
    fn a_page_that_only_leads_to_the_report_is_a_finding() {
        let title = "示例市某某局2022年政府信息公开工作年度报告";
        let page = format!("<html><body><h1>{title}</h1><iframe src=a.pdf></iframe><p>附件：<a href=a.pdf>{title}.pdf</a></p></body></html>");
        let report = crate::parse_document(&document(&page), &Options::default());
        assert_eq!(report.title.as_deref(), Some(title));
        assert!(report.findings.iter().any(|f| f.code == "GK108" && f.message.zh.contains("附件")), "{:?}", report.findings);
    }

    #[test]
    fn a_header_may_be_a_table_of_its_own() {
        let results = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计";
        let figures = "<td>1<td>0<td>0<td>2<td>3<td>4<td>1<td>0<td>0<td>5<td>0<td>0<td>6<td>0<td>6";
        for between in ["", "<tr>", "</table><table>", "</table>\n<p></p><table>"] {
            let html = format!(
                "<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr><td colspan=5>行政复议<td colspan=10>行政诉讼\
                 <tr><td colspan=5><td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>{results}{results}{results}{between}<tr>{figures}</table>\
                 <table><tr><td>联系电话<td>12</table>"
            );
            let report = crate::parse_document(&document(&html), &Options::default());
            let values: Vec<String> = report.figures.iter().filter_map(|f| f.value).map(|v| v.to_string()).collect();
            assert_eq!(values.join(" "), "1 0 0 2 3 4 1 0 0 5 0 0 6 0 6", "{between}");
        }
    }

    #[test]
    fn figures_belong_to_the_columns_that_the_header_names() {
        let html = "<table><tr><td rowspan=3 colspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）<td colspan=7>申请人情况\
             <tr><td rowspan=2>总计<td rowspan=2>自然人<td colspan=5>法人或其他组织<tr><td>科研机构<td>商业企业<td>社会公益组织<td>法律服务机构<td>其他\
             <tr><td colspan=3>一、本年新收政府信息公开申请数量<td>9<td>2<td>3<td>4<td>0<td>0<td>0\
             <tr><td colspan=3>二、上年结转政府信息公开申请数量<td>1<td>0<td>1<td>0<td>0<td>0<td>0</table>";
        let report = crate::parse_document(&document(html), &Options::default());
        let value = |path: &str| report.figures.iter().find(|f| f.path == path).and_then(|f| f.value).map(|v| v.to_string());
        for (path, want) in [
            ("requests/received/natural_person", "2"),
            ("requests/received/commercial_enterprise", "4"),
            ("requests/received/research_institution", "3"),
            ("requests/received/total", "9"),
            ("requests/carried_over/research_institution", "1"),
            ("requests/carried_over/total", "1"),
        ] {
            assert_eq!(value(path).as_deref(), Some(want), "{path}");
        }
    }

    #[test]
    fn encodings_of_pages() {
        let html = "<html><head><meta charset=gb2312></head><body><p>政府信息公开工作年度报告</p><p>编制说明</p></body></html>";
        let gbk = encoding_rs::GB18030.encode(html).0;
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(html.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [html.as_bytes(), &gbk, &utf16, &utf16[2..]] {
            assert!(is_html(bytes));
            assert_eq!(read(bytes, &Options::default()).unwrap().text, "政府信息公开工作年度报告\n编制说明\n");
        }
        assert!(!is_html("一、总体情况 a < b\n二、主动公开 <br>".as_bytes()));
    }
}
