//! Folding: the text as labels are compared, with a way back to the source.
//!
//! Folding drops white space, quotation marks and title marks, and makes widths, brackets, dashes, box lines, a few variant characters and
//! the traditional characters of the forms equal. It is for finding and comparing labels only; what is read is always the source.

use crate::model::Span;

/// A folded text and its way back.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// (offset in the folded text, offset in the source) wherever the distance between the two changes.
    marks: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text. Linear; the result is never longer than the source.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut marks = Vec::with_capacity(source.len() / 64 + 1);
        let mut distance = usize::MAX;
        fold_into(&mut text, source, |folded, at| {
            // A folded character may be shorter than its source, so the distance is compared, not just the position.
            if at.wrapping_sub(folded) != distance {
                distance = at.wrapping_sub(folded);
                marks.push((folded, at));
            }
        });
        Self { text, marks }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a character of the folded text starts in the source.
    #[must_use]
    pub fn source_offset(&self, folded: usize) -> usize {
        let index = self.marks.partition_point(|&(at, _)| at <= folded);
        index.checked_sub(1).and_then(|i| self.marks.get(i)).map_or(folded, |&(at, from)| from + (folded - at))
    }

    /// The piece of `source` that `start..end` of the folded text came from. `source` is the text that was folded.
    #[must_use]
    pub fn span(&self, source: &str, start: usize, end: usize) -> Span {
        let from = self.source_offset(start);
        let Some(last) = self.text.get(start..end).and_then(|t| t.char_indices().next_back()) else {
            return Span::new(from, from);
        };
        let last = self.source_offset(start + last.0);
        let width = source.get(last..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        Span::new(from, last + width)
    }

    /// The first offset of the folded text at or behind an offset of the source.
    #[must_use]
    pub fn folded_offset(&self, source: usize) -> usize {
        let index = self.marks.partition_point(|&(_, from)| from <= source);
        let next = self.marks.get(index).map_or(self.text.len(), |&(at, _)| at);
        index.checked_sub(1).and_then(|i| self.marks.get(i)).map_or(0, |&(at, from)| (at + (source - from)).min(next))
    }
}

/// A text as labels are compared, without the way back.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text, |_, _| {});
    folded
}

/// Appends a folded text, in runs of characters that count as themselves. `mark` is told where each run goes and where it comes from.
#[inline]
fn fold_into(text: &mut String, source: &str, mut mark: impl FnMut(usize, usize)) {
    let mut rest = source.as_bytes();
    let mut run = 0;
    loop {
        // Nearly all characters end here.
        match *rest {
            [lead @ 0xE4..=0xE9, second, third, ref tail @ ..] if !is_variant(lead, second, third) => {
                rest = tail;
                continue;
            }
            [0xE3, 0x80, 0x81 | 0x82, ref tail @ ..] => {
                rest = tail;
                continue;
            }
            [byte, ref tail @ ..] if byte.is_ascii() && !is_odd(byte) => {
                rest = tail;
                continue;
            }
            _ => {}
        }
        let at = source.len() - rest.len();
        let (c, folded, width) = match rest.first() {
            Some(&byte) if byte.is_ascii() => (Some(char::from(byte)), odd(byte), 1),
            _ => {
                let c = source.get(at..).and_then(|s| s.chars().next());
                (c, c.and_then(fold_char), c.map_or(0, char::len_utf8))
            }
        };
        rest = rest.get(width..).unwrap_or_default();
        if folded != c || c.is_none() {
            if run < at {
                mark(text.len(), run);
                text.push_str(source.get(run..at).unwrap_or_default());
            }
            if let Some(folded) = folded {
                mark(text.len(), at);
                text.push(folded);
            } else {
                // Spaces stand together.
                while let [b' ' | b'\n' | b'\r' | b'\t', tail @ ..] = rest {
                    rest = tail;
                }
            }
            run = source.len() - rest.len();
        }
        if c.is_none() {
            return;
        }
    }
}

/// What an ASCII character that does not count as itself counts as.
const fn odd(byte: u8) -> Option<char> {
    match byte {
        b'[' => Some('('),
        b']' => Some(')'),
        _ => None,
    }
}

/// Whether an ASCII character does not count as itself.
#[inline]
const fn is_odd(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'"' | b'\'' | b'<' | b'>' | b'[' | b']')
}

/// What a character counts as in a label; `None` if it does not count.
#[must_use]
#[inline]
pub fn fold_char(c: char) -> Option<char> {
    Some(match c {
        '\u{4E00}'..='\u{9FFF}' => simplified(c),
        '0'..='9' | 'a'..='z' | 'A'..='Z' => c,
        ' ' | '\t' | '\n' | '\r' | '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200F}' | '\u{202F}' | '\u{FEFF}' | '\u{AD}' => return None,
        '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '＂' | '＇' => return None,
        '《' | '》' | '〈' | '〉' | '<' | '>' | '＜' | '＞' => return None,
        '（' | '〔' | '【' | '［' | '[' | '﹙' | '﹝' => '(',
        '）' | '〕' | '】' | '］' | ']' | '﹚' | '﹞' => ')',
        '│' | '┃' | '║' | '｜' => '|',
        '—' | '–' | '―' | '─' | '━' | '－' | '−' | '﹣' => '-',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    })
}

/// Variant and traditional characters of the labels and of the lexicons' words, each before what it counts as. Plain character pairs:
/// words that other regions use for the same thing are aliases in the form files.
const VARIANTS: &str = "它他帐账做作開开動动規规範范總总條条過过網网務务報报應应關关熱热點点輿舆參参舉举辦办聞闻發发佈布會会負负責责\
訪访談谈讀读請请結结傳传絡络時时復复覆复屬属於于圍围國国業业個个隱隐濟济穩稳訴诉訟讼議议維维為为糾纠錯错駁驳費费機机構构設设經经\
專专門门閱阅從从職职眾众訓训類类處处決决數数製制廢废現现項项許许罰罚強强單单萬万與与無无組组織织計计轉转續续區区這这種种護护權权\
執执詢询補补確确認认獲获內内繳缴納纳採采購购額额對对減减歷历標标稱称級级審审險险員员題题況况問问進进據据號号間间録录錄录檔档\
監监團团書书體体證证實实據据當当麵面谘咨將将際际導导產产達达並并電电郵邮話话聯联係系觀观價价佔占餘余億亿\
沒没後后複复繼继該该訊讯較较場场術术們们還还\
簡简頁页冊册張张輪轮課课戶户臺台輛辆欄栏隻只塊块畝亩頃顷噸吨約约夠够幾几兩两層层劃划質质徵征來来聽听論论評评紙纸鄉乡鎮镇縣县廳厅見见視视頻频\
訂订廣广雜杂誌志顯显觸触圖图館馆覽览諮咨領领遞递遠远練练學学習习檢检驗验備备齊齐擬拟編编寫写載载貼贴懸悬掛挂講讲紀纪擊击瀏浏註注絲丝響响銷销\
敗败勝胜違违準准黨党屆届陸陆頭头雲云針针繞绕歲岁稅税滯滞難难壓压縮缩隊队創创庫库狀状態态藥药農农醫医療疗環环災灾遷迁償偿戰战貧贫財财預预買买\
營营優优獎奖榮荣譽誉滿满異异統统長长風风車车馬马";

/// The characters from U+4000 to U+9FFF that are the first of a pair, as bits.
static FIRSTS: [u64; 512] = firsts();

#[allow(clippy::indexing_slicing)] // At compile time.
const fn firsts() -> [u64; 512] {
    let mut bits = [0u64; 512];
    let mut rest = VARIANTS.as_bytes();
    while let [lead, second, third, _, _, _, tail @ ..] = rest {
        bits[word_of(*lead, *second)] |= 1 << (*third & 0x3F);
        rest = tail;
    }
    bits
}

/// Where the bits of a character are: the last three bits of its first byte, which E4 to E9 differ in, and its second byte.
#[inline]
const fn word_of(lead: u8, second: u8) -> usize {
    ((lead & 0x07) as usize) << 6 | (second & 0x3F) as usize
}

/// Whether folding leaves the character of three bytes as it is; the first of them is E4 to E9.
#[must_use]
#[inline]
pub fn counts_as_itself(lead: u8, second: u8, third: u8) -> bool {
    !is_variant(lead, second, third)
}

#[inline]
fn is_variant(lead: u8, second: u8, third: u8) -> bool {
    FIRSTS.get(word_of(lead, second)).is_some_and(|word| word & (1 << (third & 0x3F)) != 0)
}

/// What a character from U+4E00 to U+9FFF counts as.
#[inline]
fn simplified(c: char) -> char {
    let index = u32::from(c) as usize;
    if FIRSTS.get(index / 64 % 512).is_none_or(|word| word & (1 << (index % 64)) == 0) { c } else { paired(c) }
}

#[cold]
fn paired(c: char) -> char {
    use std::sync::LazyLock;
    static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let mut pairs = Vec::new();
        let mut chars = VARIANTS.chars();
        while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
            pairs.push((from, to));
        }
        pairs.sort_unstable();
        pairs
    });
    PAIRS.binary_search_by_key(&c, |&(from, _)| from).ok().and_then(|i| PAIRS.get(i)).map_or(c, |&(_, to)| to)
}

#[cfg(test)]
#[allow(clippy::string_slice)] // Offsets of the test are its own.
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_width_space_quotes_and_variants() {
        assert_eq!(fold("危及“三安全 一稳定”"), fold("危及『三安全一稳定』"));
        assert_eq!(fold("其它处理（１）"), "其他处理(1)");
        assert_eq!(fold("規範性文件　總計"), "规范性文件总计");
        assert_eq!(fold("统 计\n指 标"), "统计指标");
    }

    #[test]
    fn variants_are_pairs_of_different_characters() {
        let chars: Vec<char> = VARIANTS.chars().collect();
        assert_eq!(chars.len() % 2, 0);
        for pair in chars.chunks(2) {
            assert_ne!(pair[0], pair[1]);
            assert_eq!(fold_char(pair[0]), Some(pair[1]), "{}", pair[0]);
        }
    }

    #[test]
    fn every_character_of_a_text_is_folded_as_it_is_alone() {
        for c in '\0'..=char::MAX {
            let mut text = [0; 4];
            let text: &str = c.encode_utf8(&mut text);
            assert_eq!(fold(text).chars().next(), fold_char(c), "{c:?}");
            assert!(fold_char(c).is_none_or(|f| fold_char(f) == Some(f)), "{c:?} is folded at once");
        }
    }

    proptest! {
        #[test]
        fn every_span_leads_back_to_what_was_folded(source in "[a一总總（(） \\t\\n“”|│１1]{0,40}") {
            let folded = Folded::new(&source);
            let text = folded.text();
            let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            for &start in &bounds {
                for &end in bounds.iter().filter(|&&end| end > start) {
                    let span = folded.span(&source, start, end);
                    prop_assert_eq!(&fold(span.of(&source)), &text[start..end]);
                    prop_assert_eq!(folded.folded_offset(span.start), start);
                }
            }
        }
    }
}
