//! One page as many sites and programs write it: encodings, tags left open, what Word leaves in, tables that set the page, tables in two pieces,
//! pages inside JSON. The figures are those of the page as it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)] // A test may stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use gongkai::{Missing, Options, Report, Value};

type Figures = BTreeMap<String, (Option<Value>, Option<Missing>)>;

fn figures(report: &Report) -> Figures {
    report.figures.iter().map(|f| (f.path.to_string(), (f.value, f.missing))).collect()
}

/// Calls `change` with the start tag, the words and the end tag of every cell that holds words alone.
fn cells(page: &str, change: impl Fn(&str, &str) -> String) -> String {
    let mut whole = String::new();
    let mut rest = page;
    while let Some((before, behind)) = rest.split_once("<td") {
        let (tag, inner) = behind.split_once('>').unwrap();
        let (words, after) = inner.split_once('<').unwrap();
        whole.push_str(before);
        whole.push_str("<td");
        whole.push_str(tag);
        whole.push('>');
        whole.push_str(&if after.starts_with("/td>") { change(tag, words) } else { words.to_owned() });
        whole.push('<');
        rest = after;
    }
    whole + rest
}

/// The label of a row or a column, which programs break over lines; not a figure, nor a reference.
fn is_label(words: &str) -> bool {
    words.chars().count() > 4 && !words.contains('&') && words.chars().all(|c| !c.is_ascii_digit())
}

fn broken(words: &str, by: &str) -> String {
    let middle = words.chars().count() / 2;
    let (first, second): (String, String) = (words.chars().take(middle).collect(), words.chars().skip(middle).collect());
    format!("{first}{by}{second}")
}

fn utf16(page: &str) -> Vec<u8> {
    page.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The longest table in two, cut behind its fifth row, which no merged cell reaches over.
fn split(page: &str) -> String {
    let tables = page.match_indices("<table").map(|(at, _)| (page[at..].find("</table>").unwrap(), at));
    let (head, table) = page.split_at(tables.max().unwrap().1);
    let tag = &table[..=table.find('>').unwrap()];
    let row = table.match_indices("</tr>").map(|(at, _)| at + 5).nth(4).unwrap();
    format!("{head}{}</table><p>&nbsp;</p>{tag}{}", &table[..row], &table[row..])
}

fn variants(page: &str) -> Vec<(&'static str, Vec<u8>)> {
    let gbk = |page: &str| encoding_rs::GB18030.encode(page).0.into_owned();
    let no_meta = page.replace("<meta charset=\"utf-8\">", "");
    let body = page.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
    let open = ["</td>", "</tr>", "</p>", "</tbody>", "</li>", "</th>"].iter().fold(page.to_owned(), |page, tag| page.replace(tag, ""));
    let word = cells(body, |_, words| {
        format!(
            "\n  <p class=MsoNormal align=center\n  style='text-align:center'><span lang=EN-US style='font-size:10.5pt'>{words}<o:p></o:p></span></p>\n  "
        )
    });
    let escaped = body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let json = serde_json::json!({ "code": 0, "data": [{ "title": "年报", "content": body }] }).to_string();
    let markup = "<script>var rows = '<table><tr><td>规章</td><td>99</td></tr></table>';</script><style>td > p { content: '</table>' }</style>";
    vec![
        ("UTF-8 with a mark", [b"\xEF\xBB\xBF", page.as_bytes()].concat()),
        ("UTF-16", [b"\xFF\xFE".to_vec(), utf16(&no_meta)].concat()),
        ("UTF-16 without a mark", utf16(&no_meta)),
        ("GBK that declares nothing", gbk(&no_meta)),
        ("GBK that declares UTF-8", gbk(page)),
        ("UTF-8 that declares GBK", page.replace("charset=\"utf-8\"", "charset=\"gb2312\"").into_bytes()),
        ("tags in capitals", page.replace("<td", "<TD").replace("</td", "</TD").replace("<tr", "<TR").replace("<table", "<TABLE").into_bytes()),
        ("tags left open", open.into_bytes()),
        ("cells of heads alone", page.replace("<td", "<th").replace("</td", "</th").into_bytes()),
        ("labels over two lines", cells(page, |_, words| if is_label(words) { broken(words, "<br>\r\n   ") } else { words.into() }).into_bytes()),
        (
            "labels in two paragraphs",
            cells(page, |_, words| if is_label(words) { format!("<p>{}</p>", broken(words, "</p><p>")) } else { words.into() }).into_bytes(),
        ),
        ("spaces that do not break", cells(page, |_, words| format!("&nbsp;{words}&nbsp;&nbsp;")).into_bytes()),
        (
            "marks without width",
            cells(
                page,
                |_, words| {
                    if words.contains('&') { words.into() } else { words.chars().flat_map(|c| ['\u{200B}', c, '\u{FEFF}']).collect() }
                },
            )
            .into_bytes(),
        ),
        ("markup in scripts", page.replace("<body>", &format!("<body>{markup}")).into_bytes()),
        ("a page over a megabyte", page.replace("</head>", &format!("<script>{}</script></head>", "x = 1;".repeat(200_000))).into_bytes()),
        ("XHTML", format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}", page.replace("<br>", "<br/>")).into_bytes()),
        ("a piece of a page", body.as_bytes().to_vec()),
        ("escaped once", escaped.clone().into_bytes()),
        ("escaped twice", escaped.replace('&', "&amp;").into_bytes()),
        ("in JSON", json.clone().into_bytes()),
        ("in JSON in JSON", serde_json::to_string(&json).unwrap().into_bytes()),
        ("escaped in JSON", serde_json::json!({ "content": escaped }).to_string().into_bytes()),
        (
            "saved by Word",
            gbk(&format!(
                "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">\
                 <!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>a</o:Author></o:DocumentProperties></xml><![endif]-->\
                 </head><body lang=ZH-CN><div class=Section1><![if !supportEmptyParas]>&nbsp;<![endif]>{word}</div></body></html>"
            )),
        ),
        (
            "in tables that set the page",
            format!(
                "<table width=1000><tr><td colspan=2>首页 &gt; 政务公开</td></tr><tr><td><table><tr><td><a href=/a>机构职能</a></td></tr>\
                 <tr><td><a href=/b>政策文件</a></td></tr></table></td><td><table><tr><td>{body}</td></tr></table></td></tr>\
                 <tr><td colspan=2>主办：示例市人民政府 备案号：00000000</td></tr></table>"
            )
            .into_bytes(),
        ),
        ("a table in two pieces", split(page).into_bytes()),
    ]
}

#[test]
fn every_way_to_write_a_page_gives_its_figures() {
    let (mut wrong, mut unchanged, mut changed) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for edition in ["2008-fujian", "2014", "2019", "2021"] {
        let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("pages/{edition}.html"))).unwrap();
        let want = figures(&gongkai::read(page.as_bytes(), &Options::default()).unwrap());
        for (name, bytes) in variants(&page) {
            if bytes == page.as_bytes() {
                unchanged.insert(name)
            } else {
                changed.insert(name)
            };
            let found = figures(&gongkai::read(&bytes, &Options::default()).unwrap());
            let differ = want.iter().filter(|(path, figure)| found.get(*path) != Some(figure)).map(|(path, _)| path.as_str());
            let differ: Vec<&str> = differ.chain(found.keys().filter(|p| !want.contains_key(*p)).map(String::as_str)).collect();
            if !differ.is_empty() {
                wrong.push(format!("{edition}, {name}: {} figures, {}", differ.len(), differ[..differ.len().min(3)].join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(unchanged.is_subset(&changed), "some ways change no page: {unchanged:?}");
}
