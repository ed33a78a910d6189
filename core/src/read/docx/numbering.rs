//! The numbers that Word computes for paragraphs (自动编号): numbering.xml and the numbering of styles.

use std::collections::HashMap;

use super::super::xml::{Tag, Visit};

/// Levels a list has.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`: the number of level 1, then 、.
    text: String,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new() }
    }
}

/// What a paragraph or a style says of its number: the list, and the level in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberOf {
    /// The list; `0` for none.
    pub list: Option<String>,
    /// From 0.
    pub level: Option<usize>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    /// The levels of the abstract lists.
    lists: HashMap<String, Vec<Level>>,
    /// The abstract list of each list.
    instances: HashMap<String, String>,
    /// Levels of a list that start anew.
    restarts: HashMap<(String, usize), u32>,
    /// The numbering of each style, and the style it is based on.
    styles: HashMap<String, (NumberOf, Option<String>)>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists that have begun to count.
    begun: Vec<String>,
    // What is being read.
    list: Option<String>,
    instance: Option<String>,
    level: Option<usize>,
    style: Option<String>,
}

/// Styles that may be based on one another.
const MAX_STYLES: usize = 20;

impl Visit for Numbering {
    fn start(&mut self, tag: &Tag<'_>) {
        let value = || tag.attribute("val");
        let level = |list: &Option<String>, lists: &mut HashMap<String, Vec<Level>>, at: Option<usize>, set: &dyn Fn(&mut Level)| {
            if let Some(level) = list.as_ref().and_then(|l| lists.get_mut(l)).zip(at).and_then(|(levels, at)| levels.get_mut(at)) {
                set(level);
            }
        };
        match tag.name() {
            "abstractNum" => {
                self.list = tag.attribute("abstractNumId");
                self.lists.extend(self.list.clone().map(|list| (list, vec![Level::default(); LEVELS])));
            }
            "lvl" => self.level = tag.attribute("ilvl").and_then(|v| v.parse().ok()).filter(|&l| l < LEVELS),
            "start" => {
                let start = value().and_then(|v| v.parse().ok()).unwrap_or(1);
                level(&self.list, &mut self.lists, self.level, &|l| l.start = start);
            }
            "numFmt" => {
                let format = value().unwrap_or_default();
                level(&self.list, &mut self.lists, self.level, &|l| l.format.clone_from(&format));
            }
            "lvlText" => {
                let text = value().unwrap_or_default();
                level(&self.list, &mut self.lists, self.level, &|l| l.text.clone_from(&text));
            }
            "num" => self.instance = tag.attribute("numId"),
            "abstractNumId" => self.instances.extend(self.instance.clone().zip(value())),
            "lvlOverride" => self.level = tag.attribute("ilvl").and_then(|v| v.parse().ok()).filter(|&l| l < LEVELS),
            "startOverride" => {
                if let (Some(instance), Some(level), Some(start)) = (self.instance.clone(), self.level, value().and_then(|v| v.parse().ok())) {
                    self.restarts.insert((instance, level), start);
                }
            }
            "style" => {
                self.style = tag.attribute("styleId");
                self.styles.extend(self.style.clone().map(|s| (s, (NumberOf::default(), None))));
            }
            name @ ("basedOn" | "numId" | "ilvl") => {
                if let Some((number, base)) = self.style.as_ref().and_then(|s| self.styles.get_mut(s)) {
                    match name {
                        "basedOn" => *base = value(),
                        "numId" => number.list = value(),
                        _ => number.level = value().and_then(|v| v.parse().ok()),
                    }
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "abstractNum" => self.list = None,
            "num" => self.instance = None,
            "lvl" | "lvlOverride" => self.level = None,
            "style" => self.style = None,
            _ => {}
        }
    }

    fn text(&mut self, _words: &str) {}
}

impl Numbering {
    /// Counts a paragraph with this numbering and style; the number in front of it, empty if it has none.
    pub fn next(&mut self, own: &NumberOf, style: Option<&str>) -> String {
        let mut number = own.clone();
        let mut style = style.map(str::to_owned);
        for _ in 0..MAX_STYLES {
            if number.list.is_some() && number.level.is_some() {
                break;
            }
            let Some((of_style, base)) = style.take().and_then(|s| self.styles.get(&s)) else { break };
            number.list = number.list.or_else(|| of_style.list.clone());
            number.level = number.level.or(of_style.level);
            style.clone_from(base);
        }
        let level = number.level.unwrap_or(0);
        let Some(list) = number.list.filter(|list| list != "0" && level < LEVELS) else { return String::new() };
        let Some(id) = self.instances.get(&list).cloned() else { return String::new() };
        let Some(levels) = self.lists.get(&id) else { return String::new() };
        let counters = self.counters.entry(id).or_default();
        // A list with numbers of its own starts at them when it is first used.
        if !self.begun.contains(&list) {
            for (at, counter) in counters.iter_mut().enumerate() {
                if let Some(start) = self.restarts.get(&(list.clone(), at)) {
                    *counter = start.checked_sub(1);
                }
            }
            self.begun.push(list);
        }
        for (at, counter) in counters.iter_mut().enumerate() {
            let start = levels.get(at).map_or(1, |l| l.start);
            match at.cmp(&level) {
                std::cmp::Ordering::Less => *counter = counter.or(Some(start)),
                std::cmp::Ordering::Equal => *counter = Some(counter.map_or(start, |c| c.saturating_add(1))),
                std::cmp::Ordering::Greater => *counter = None,
            }
        }
        let Some(own) = levels.get(level).filter(|l| l.format != "bullet" && l.format != "none") else { return String::new() };
        let mut text = String::new();
        let mut pattern = own.text.chars();
        while let Some(c) = pattern.next() {
            if c != '%' {
                text.push(c);
                continue;
            }
            let at = pattern.next().and_then(|d| d.to_digit(10)).and_then(|d| usize::try_from(d).ok()).and_then(|d| d.checked_sub(1));
            let format = at.and_then(|at| levels.get(at)).map_or("decimal", |l| l.format.as_str());
            text.push_str(&written(at.and_then(|at| counters.get(at)).copied().flatten().unwrap_or(1), format));
        }
        // Word sets a tab behind the number; letters and digits would run into the words.
        if text.ends_with(|c: char| c.is_alphanumeric()) {
            text.push(' ');
        }
        text
    }
}

/// A number in one of Word's formats (ST_NumberFormat of ECMA-376).
fn written(value: u32, format: &str) -> String {
    let from = |list: &str| usize::try_from(value).ok().and_then(|v| list.chars().nth(v.checked_sub(1)?)).map(String::from);
    let letter = |first: u8| char::from(first + u8::try_from(value.saturating_sub(1) % 26).unwrap_or(0)).to_string();
    let chinese = || usize::try_from(value).ok().and_then(gongkai_grammar::chinese_number);
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "taiwaneseDigital"
        | "koreanCounting" => chinese(),
        "chineseLegalSimplified" => from("壹贰叁肆伍陆柒捌玖拾"),
        "ideographTraditional" => from("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => from("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedParen" => from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => from("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "ideographEnclosedCircle" => from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            Some(value.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０'))).collect())
        }
        "decimalZero" => Some(format!("{value:02}")),
        "upperLetter" => Some(letter(b'A')),
        "lowerLetter" => Some(letter(b'a')),
        "upperRoman" => Some(roman(value)),
        "lowerRoman" => Some(roman(value).to_ascii_lowercase()),
        _ => None,
    }
    .unwrap_or_else(|| value.to_string())
}

fn roman(mut value: u32) -> String {
    if value > 3999 {
        return value.to_string();
    }
    let mut text = String::new();
    for (size, letters) in [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ] {
        while value >= size {
            text.push_str(letters);
            value -= size;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, Options, read::xml::walk};

    #[test]
    fn numbers_as_word_shows_them() {
        for (value, format, text) in [
            (3, "chineseCounting", "三"),
            (12, "japaneseCounting", "十二"),
            (2, "decimalEnclosedCircle", "②"),
            (3, "chineseLegalSimplified", "叁"),
            (14, "upperRoman", "XIV"),
            (2, "lowerLetter", "b"),
            (12, "decimalFullWidth", "１２"),
            (7, "decimal", "7"),
            (25, "decimalEnclosedCircle", "25"),
        ] {
            assert_eq!(written(value, format), text);
        }
    }

    #[test]
    fn levels_count_and_start_anew() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="4">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
            </w:numbering>"#;
        let mut numbering = Numbering::default();
        walk(xml.as_bytes(), Format::Docx, &Options::default(), &mut numbering).unwrap();
        let style = r#"<w:styles><w:style w:styleId="a"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>"#;
        walk(style.as_bytes(), Format::Docx, &Options::default(), &mut numbering).unwrap();
        let mut next = |list: &str, level: usize| numbering.next(&NumberOf { list: Some(list.into()), level: Some(level) }, None);
        let numbers: Vec<String> = [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("2", 0), ("9", 0)].map(|(l, n)| next(l, n)).to_vec();
        assert_eq!(numbers, ["一、", "（一）", "（二）", "1 ", "二、", "（一）", "五、", ""]);
        assert_eq!(numbering.next(&NumberOf::default(), Some("b")), "（一）");
        assert_eq!(numbering.next(&NumberOf { list: Some("0".into()), level: None }, Some("b")), "");
    }
}
