//! Text in any encoding that Chinese offices and crawlers use.

use std::borrow::Cow;

use super::ReadError;
use crate::Options;

/// Bytes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// Name of the encoding: `UTF-8`, `GB18030` …
    pub encoding: &'static str,
    /// Characters that could not be decoded and stand as U+FFFD.
    pub replaced: usize,
}

/// Decodes bytes: byte order mark, then valid UTF-8, then the words that every report has, then what `options.content_type` and the file declare,
/// then detection. GB18030 is read as such under every name it goes by.
///
/// # Errors
/// [`ReadError::Limit`] over `options.max_bytes`.
pub fn decode<'a>(bytes: &'a [u8], options: &Options) -> Result<Decoded<'a>, ReadError> {
    if bytes.len() > options.max_bytes {
        return Err(ReadError::Limit { limit: "max_bytes", value: bytes.len(), max: options.max_bytes });
    }
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Ok(utf8(rest));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", replaced: 0 });
    }
    Ok(other(bytes, options))
}

fn utf8(bytes: &[u8]) -> Decoded<'_> {
    let text = String::from_utf8_lossy(bytes);
    let replaced = if matches!(text, Cow::Owned(_)) { count_replaced(&text) } else { 0 };
    Decoded { text, encoding: "UTF-8", replaced }
}

fn count_replaced(text: &str) -> usize {
    text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count()
}

#[cfg(feature = "encoding")]
fn other<'a>(bytes: &'a [u8], options: &Options) -> Decoded<'a> {
    /// Bytes that the detector looks at: it is slow, and the first page tells.
    const SAMPLE: usize = 16 << 10;
    let encoding = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| utf16_without_mark(bytes)).unwrap_or_else(|| {
        let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
        // Short pages of mostly digits mislead a detector of languages; the words that every report has do not.
        let words = |encoding: &'static encoding_rs::Encoding, words: &[&str]| {
            let text = encoding.decode(sample).0;
            words.iter().map(|w| text.matches(w).count()).sum::<usize>()
        };
        let simplified = words(encoding_rs::GB18030, &["政府", "公开", "信息"]);
        let traditional = words(encoding_rs::BIG5, &["政府", "公開", "信息", "資訊"]);
        // UTF-8 but for a few damaged bytes is damaged UTF-8.
        let damaged = words(encoding_rs::UTF_8, &["政府", "公开", "信息", "公開", "資訊"]);
        let lossy = String::from_utf8_lossy(sample);
        if damaged > simplified.max(traditional) || (damaged == simplified.max(traditional) && count_replaced(&lossy) * 50 < lossy.chars().count()) {
            return encoding_rs::UTF_8;
        }
        if simplified != traditional {
            return if simplified > traditional { encoding_rs::GB18030 } else { encoding_rs::BIG5 };
        }
        if let Some(declared) = options.content_type.as_deref().and_then(charset).or_else(|| charset(&String::from_utf8_lossy(sample))) {
            return declared;
        }
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(sample, sample.len() == bytes.len());
        let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
        // Nothing but these is expected here.
        if guess == encoding_rs::BIG5 { guess } else { encoding_rs::GB18030 }
    });
    let (text, _, _) = encoding.decode(bytes);
    let replaced = count_replaced(&text);
    Decoded { text, encoding: encoding.name(), replaced }
}

/// The encoding that a header or the head of a page names: `charset=gb2312`, `encoding="GBK"`. Only those of Chinese: a page that is no UTF-8 and
/// says so, or says it is Latin, is wrong.
#[cfg(feature = "encoding")]
fn charset(head: &str) -> Option<&'static encoding_rs::Encoding> {
    let head = head.to_ascii_lowercase();
    let label = ["charset", "encoding"].iter().find_map(|name| {
        let value = head.split_once(name)?.1.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        value.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).next()
    })?;
    match encoding_rs::Encoding::for_label(label.as_bytes())? {
        encoding if encoding == encoding_rs::GBK || encoding == encoding_rs::GB18030 => Some(encoding_rs::GB18030),
        encoding if encoding == encoding_rs::BIG5 => Some(encoding),
        _ => None,
    }
}

/// UTF-16 without a byte order mark: its ASCII characters have zero bytes, and it has the words of a report.
#[cfg(feature = "encoding")]
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    if !sample.contains(&0) {
        return None;
    }
    let words = |encoding: &'static encoding_rs::Encoding| {
        let text = encoding.decode_without_bom_handling(sample).0;
        ["政府", "公开", "信息", "公開", "報告"].iter().map(|w| text.matches(w).count()).sum::<usize>()
    };
    [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].into_iter().find(|encoding| words(encoding) > 0)
}

#[cfg(not(feature = "encoding"))]
fn other<'a>(bytes: &'a [u8], _options: &Options) -> Decoded<'a> {
    utf8(bytes)
}

#[cfg(all(test, feature = "encoding"))]
mod tests {
    use super::*;

    fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    const TEXT: &str = "示例市人民政府2023年政府信息公开工作年度报告，本报告所列数据的统计期限为一年。";

    #[test]
    fn every_encoding_gives_the_same_text() {
        let options = Options::default();
        let utf16 = |big: bool| -> Vec<u8> { TEXT.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect() };
        let cases: Vec<(Vec<u8>, &str)> = vec![
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), "UTF-8"),
            (encoded(encoding_rs::GB18030, TEXT), "gb18030"),
            ([b"\xFF\xFE".to_vec(), utf16(false)].concat(), "UTF-16LE"),
            ([b"\xFE\xFF".to_vec(), utf16(true)].concat(), "UTF-16BE"),
            (utf16(false), "UTF-16LE"),
        ];
        for (bytes, name) in cases {
            let decoded = decode(&bytes, &options).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding, decoded.replaced), (TEXT, name, 0));
        }
        let traditional = "範例市人民政府資訊公開年度報告，本報告所列資料之統計期間為一年，並依規定公布。";
        let bytes = encoded(encoding_rs::BIG5, traditional);
        let decoded = decode(&bytes, &options).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (traditional, "Big5"));
    }

    #[test]
    fn what_is_declared_decides_where_the_words_do_not() {
        // These bytes are words in both encodings, and none of a report.
        let text = "總務處";
        let bytes = encoded(encoding_rs::BIG5, text);
        let read = |content_type: Option<&str>, bytes: &[u8]| {
            let options = Options { content_type: content_type.map(str::to_owned), ..Options::default() };
            decode(bytes, &options).unwrap().encoding
        };
        assert_eq!(read(Some("text/html; charset=big5"), &bytes), "Big5");
        assert_eq!(read(Some("text/html; charset=\"GB2312\""), &bytes), "gb18030");
        let page = [b"<meta http-equiv=Content-Type content='text/html; CHARSET = Big5'>", bytes.as_slice()].concat();
        assert_eq!(read(None, &page), "Big5");
        assert_eq!(read(Some("text/html; charset=gbk"), &page), "gb18030");
        // A declaration that the bytes belie.
        let simplified = encoded(encoding_rs::GB18030, TEXT);
        for wrong in ["text/html; charset=utf-8", "text/html; charset=iso-8859-1", "text/html; charset=big5", "text/html"] {
            assert_eq!(read(Some(wrong), &simplified), "gb18030");
        }
    }

    #[test]
    fn damaged_bytes_are_counted() {
        let mut bytes = TEXT.repeat(4).into_bytes();
        bytes[3] = 0xFF;
        let decoded = decode(&bytes, &Options::default()).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.replaced > 0);
        let small = Options { max_bytes: 3, ..Options::default() };
        assert_eq!(decode(b"abc", &small).unwrap().text, "abc");
        assert_eq!(decode(b"abcd", &small), Err(ReadError::Limit { limit: "max_bytes", value: 4, max: 3 }));
    }
}
