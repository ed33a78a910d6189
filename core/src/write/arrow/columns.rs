//! The columns of the tables: what the codebook says of them.

use arrow_schema::DataType;

use super::Rows;

/// Digits of an amount, in all and behind the point. The smallest amount, one 分, is a millionth of the largest unit, 万元.
const PRECISION: u8 = 38;
pub const SCALE: u8 = 6;

/// The columns of a table.
pub const fn columns(rows: Rows) -> &'static [Column] {
    match rows {
        Rows::Reports => REPORTS,
        Rows::Figures => FIGURES,
        Rows::Facts => FACTS,
        Rows::Checks => CHECKS,
        Rows::Findings => FINDINGS,
        Rows::Indicators => INDICATORS,
        Rows::Years => YEARS,
        Rows::YearChecks => YEAR_CHECKS,
        Rows::YearFindings => YEAR_FINDINGS,
    }
}

/// A column of a table.
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    /// In Chinese and English.
    pub meaning: (&'static str, &'static str),
}

const fn column(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Column {
    Column { name, kind, meaning: (zh, en) }
}

/// What kind of value a column holds.
#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Integer,
    Decimal,
    List,
}

impl Kind {
    pub fn data_type(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Integer => DataType::Int64,
            Self::Decimal => DataType::Decimal128(PRECISION, SCALE.cast_signed()),
            Self::List => DataType::new_list(DataType::Utf8, true),
        }
    }
}

const FILE: Column = column("file", Kind::Text, "文件", "the file");
const ISSUER: Column = column("issuer", Kind::Text, "机关，照印", "the agency as printed");
const YEAR: Column = column("year", Kind::Integer, "报告年度", "the year the report is about");
const VALUE: Column = column("value", Kind::Integer, "整数；空值见 missing", "a whole number; if null see missing");
const AMOUNT: Column = column("amount", Kind::Decimal, "金额或带小数的数", "an amount, or a number with a fraction");
const UNIT: Column = column("unit", Kind::Text, "单位", "the unit");
const RAW: Column = column("raw", Kind::Text, "原文", "what is printed");
const START: Column = column("start", Kind::Integer, "原文起点", "where it begins in the text");
const END: Column = column("end", Kind::Integer, "原文终点", "where it ends in the text");
const FLAGS: Column = column("flags", Kind::List, "有关问题的代码", "codes of the findings that concern it");
const MESSAGE_ZH: Column = column("message_zh", Kind::Text, "说明（中文）", "the message in Chinese");
const MESSAGE_EN: Column = column("message_en", Kind::Text, "说明（英文）", "the message in English");

const ERROR_ZH: Column = column("error_zh", Kind::Text, "无法读取的原因（中文）", "why it could not be read, in Chinese");
const ERROR_EN: Column = column("error_en", Kind::Text, "无法读取的原因（英文）", "why it could not be read, in English");
/// Why a file could not be read.
pub const ERRORS: &[Column] = &[ERROR_ZH, ERROR_EN];

const REPORTS: &[Column] = &[
    FILE,
    ERROR_ZH,
    ERROR_EN,
    column("title", Kind::Text, "标题", "its title"),
    ISSUER,
    YEAR,
    column("edition", Kind::Text, "表样版本", "the edition of its tables"),
    column("issued", Kind::Text, "落款日期", "the date under the text"),
    column("published", Kind::Text, "发布日期", "the date of publication"),
    column("tables", Kind::Integer, "表数", "tables"),
    column("figures", Kind::Integer, "数据个数", "figures"),
    column("ambiguous", Kind::Integer, "未能确定的数据个数", "figures with more than one reading"),
    column("broken", Kind::Integer, "不成立的规则数", "rules that do not hold"),
    column("errors", Kind::Integer, "错误数", "findings of severity error"),
    column("warnings", Kind::Integer, "警告数", "findings of severity warning"),
    column("notes", Kind::Integer, "提示数", "findings of severity note"),
];
const FIGURES: &[Column] = &[
    FILE,
    ISSUER,
    YEAR,
    column("path", Kind::Text, "数据的路径：表/行/列", "table/row/column"),
    column("label", Kind::Text, "行名", "the label of the row"),
    VALUE,
    AMOUNT,
    column("missing", Kind::Text, "没有数的原因：blank 空白、none 无、dash —、text 文字", "why there is no number: blank, none (无), dash, text"),
    UNIT,
    RAW,
    START,
    END,
    column("page", Kind::Integer, "页", "the page"),
    column(
        "status",
        Kind::Text,
        "把握：printed 照印、aligned 按位置、solved 由勾稽关系推出、ambiguous 未定、corrected 更正",
        "how sure it is: printed, aligned, solved, ambiguous, corrected",
    ),
    FLAGS,
];
const FACTS: &[Column] = &[
    FILE,
    ISSUER,
    YEAR,
    column("indicator", Kind::Text, "指标", "the indicator it expresses"),
    VALUE,
    AMOUNT,
    UNIT,
    column("approximation", Kind::Text, "约数：over 以上、about 左右、under 不足", "over, about or under"),
    column("status", Kind::Text, "printed 印有数字、worded 文字表述的零", "printed, or worded as zero"),
    column("subject", Kind::Text, "主体", "who or what it is about"),
    column("object", Kind::Text, "所计对象", "what is counted"),
    column("channel", Kind::Text, "渠道", "the channel"),
    column("period", Kind::Text, "时间", "the time"),
    RAW,
    START,
    END,
];
const CHECKS: &[Column] = &[
    FILE,
    ISSUER,
    YEAR,
    column("code", Kind::Text, "规则代码", "the code"),
    column("rule", Kind::Text, "公式", "the formula"),
    column("scope", Kind::Text, "适用的列或行", "the column or row it is evaluated for"),
    column("verdict", Kind::Text, "结论", "the outcome"),
    column("left", Kind::Decimal, "左边", "the left side"),
    column("right", Kind::Decimal, "右边", "the right side"),
];
const FINDINGS: &[Column] = &[
    FILE,
    ISSUER,
    YEAR,
    column("code", Kind::Text, "问题代码", "the code"),
    column("name", Kind::Text, "名称", "its name"),
    column("severity", Kind::Text, "程度", "how much it matters"),
    column("cause", Kind::Text, "原因在报告还是读取", "whose fault it is"),
    MESSAGE_ZH,
    MESSAGE_EN,
    column("basis", Kind::Text, "依据", "the clause it rests on"),
    START,
    END,
    column("paths", Kind::List, "有关数据", "the figures it concerns"),
    column("fingerprint", Kind::Text, "指纹", "names it when the report is read again"),
];
const INDICATORS: &[Column] = &[
    FILE,
    ISSUER,
    YEAR,
    column("indicator", Kind::Text, "指标", "the indicator"),
    VALUE,
    AMOUNT,
    UNIT,
    column("quality", Kind::Text, "exact 口径一致、approximate 口径相近、absent 无", "exact, approximate or absent"),
    column("why_zh", Kind::Text, "口径有何不同（中文）", "why it is only about the same, in Chinese"),
    column("why_en", Kind::Text, "口径有何不同（英文）", "why it is only about the same, in English"),
    column("origin", Kind::Text, "出自表（table）或正文（prose）", "table or prose"),
    RAW,
    START,
    END,
    FLAGS,
];

const AGENCY: Column = column("agency", Kind::Text, "机关，按最近一份报告", "the agency as its last report names it");
const YEARS: &[Column] = &[
    AGENCY,
    YEAR,
    FILE,
    column("edition", Kind::Text, "表样版本", "the edition of its tables"),
    column(
        "standing",
        Kind::Text,
        "used 采用、copy 相同的另一份、revision 数据不同的另一份、undated 年度不明、missing 缺",
        "used, copy (another of the year, the same), revision (another, different), undated, or missing",
    ),
];
const YEAR_CHECKS: &[Column] = &[
    AGENCY,
    column("code", Kind::Text, "规则代码", "the code"),
    column("rule", Kind::Text, "公式", "the formula"),
    column("scope", Kind::Text, "适用的列或行", "the column or row it is evaluated for"),
    column("year_before", Kind::Integer, "前一年", "the first of the two years"),
    column("year_after", Kind::Integer, "后一年", "the second"),
    column("verdict", Kind::Text, "结论", "the outcome"),
    column("left", Kind::Decimal, "左边", "the left side"),
    column("right", Kind::Decimal, "右边", "the right side"),
];
const YEAR_FINDINGS: &[Column] = &[
    AGENCY,
    column("code", Kind::Text, "问题代码", "the code"),
    column("severity", Kind::Text, "程度", "how much it matters"),
    column("first_year", Kind::Integer, "所涉最早年度", "the first year it concerns"),
    column("last_year", Kind::Integer, "所涉最近年度", "the last year it concerns"),
    FILE,
    MESSAGE_ZH,
    MESSAGE_EN,
    column("paths", Kind::List, "有关数据", "the figures it concerns"),
    column("fingerprint", Kind::Text, "指纹", "names it when the reports are read again"),
];
