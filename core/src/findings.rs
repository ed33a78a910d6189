//! The one table of findings: code, name, severity, words in both languages, help, basis. Documentation and the types of the bindings are made
//! from it, and a test proves that a vector triggers each.

use gongkai_grammar::model::{Cause, Finding, Message, Name, Related, Severity, Span, Value};

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// `GK101`
    pub code: &'static str,
    /// `ragged-row`
    pub name: &'static str,
    /// How much it matters, unless the form file says otherwise.
    pub severity: Severity,
    /// What it is about.
    pub title: (&'static str, &'static str),
    /// What can be done.
    pub help: (&'static str, &'static str),
}

macro_rules! catalogue {
    ($($code:ident $name:literal $severity:ident: $zh:literal / $en:literal; $help_zh:literal / $help_en:literal)*) => {
        /// Every kind of finding, by code.
        pub const CATALOGUE: &[Kind] = &[$(Kind {
            code: stringify!($code),
            name: $name,
            severity: Severity::$severity,
            title: ($zh, $en),
            help: ($help_zh, $help_en),
        }),*];
    };
}

catalogue! {
    GK101 "ragged-row" Warning: "行内单元格数与表样不符" / "a row has more or fewer cells than its form";
        "对照原文核对该行各数据所在的列。" / "Compare the row with the source and put its figures into their columns."
    GK102 "unknown-row" Note: "表中有表样以外的行" / "a row that the form does not have";
        "本地增设的行按其原名保留；如为错字，请改为表样用语。" / "Local rows are kept under their label; if it is a misprint, use the form's wording."
    GK103 "missing-row" Warning: "缺少表样中的行" / "a row of the form is absent";
        "补上缺少的行；没有数据的填 0。" / "Add the row; where there is nothing to report, fill in 0."
    GK104 "unknown-column" Warning: "表头有表样以外的列" / "a column that the form does not have";
        "删除该列，或核对表样版本。" / "Remove the column or check the edition of the form."
    GK105 "unreadable-value" Warning: "单元格内容无法读作数据" / "a cell that cannot be read as a figure";
        "改为阿拉伯数字；没有的填 0。" / "Use Arabic digits; where there is nothing, fill in 0."
    GK106 "composite-value" Note: "一个单元格内有两个数" / "two numbers in one cell";
        "单元格内只填一个数，其余写入正文。" / "Keep one number in the cell and put the other into the text."
    GK107 "truncated-table" Warning: "文档在表格中间结束" / "the document ends inside a table";
        "取得完整的文档后再读。" / "Get the whole document and read it again."
    GK108 "missing-table" Warning: "应有的表格未出现" / "an announced table does not follow";
        "表格可能是图片或附件，请以文字或表格形式发布。" / "The table may be an image or an attachment; publish it as text."
    GK109 "repeated-body" Note: "正文或表格重复出现" / "the body or a table stands more than once";
        "只取一份；如两份不同，请核对。" / "One copy is used; where copies differ, find out which is right."
    GK110 "ambiguous-digits" Warning: "连写的数字有多种分法" / "digits run together that can be split in more than one way";
        "对照原网页或原文件核对。" / "Compare with the original page or file."
    GK111 "solved-cells" Note: "由勾稽关系推定的单元格" / "cells recovered by the rules of the form";
        "如有原件，请核对。" / "Compare with the original if you have it."
    GK112 "mixed-forms" Note: "同一报告混用不同版本的表样" / "one report mixes editions of the form";
        "统一使用报告年度适用的格式。" / "Use the format that is in force for the report's year throughout."
    GK113 "damaged-text" Note: "文字或数字有缺损" / "text or numbers are damaged";
        "对照原文补正。" / "Restore it from the original."
    GK114 "no-text-layer" Warning: "页面只有图像，没有文字" / "pages are pictures without text";
        "这是扫描件：请找文字版，或先用 OCR 软件识别后再读。" / "This is a scan: find the text version, or run OCR and read the result."
    GK115 "unreadable-font" Warning: "字体未注明字符，部分文字无法读出" / "a font does not say its characters, so words could not be read";
        "请用原文件（docx、网页）或重新导出的 PDF。" / "Use the original (docx, web page) or a PDF exported anew."
    GK201 "request-balance" Error: "本年新收与上年结转之和不等于办理结果总计与结转下年度之和" / "received + carried over is not concluded + carried forward";
        "核对该列四项数据。" / "Check the four figures of the column."
    GK202 "outcome-total" Warning: "办理结果总计不等于各项之和" / "the total of outcomes is not their sum";
        "核对该列各办理结果与总计。" / "Check the outcomes and the total of the column."
    GK203 "applicant-total" Warning: "总计不等于各类申请人之和" / "the total is not the sum over the kinds of applicant";
        "核对该行各类申请人与总计。" / "Check the kinds of applicant and the total of the row."
    GK204 "proceedings-total" Warning: "复议或诉讼总计不等于各项结果之和" / "the total of proceedings is not the sum of their results";
        "核对该组各项结果与总计。" / "Check the results and the total of the block."
    GK205 "statistics-sum" Warning: "统计表合计不等于分项之和" / "a total of the statistics sheet is not the sum of its parts";
        "核对合计与分项。" / "Check the total and its parts."
    GK206 "of-which" Warning: "其中数大于所属总数，或当年数大于累计数" / "a part is greater than its whole, or a year than its accumulation";
        "核对两个数据。" / "Check both figures."
    GK207 "impossible-value" Error: "不可能的数值（负数或小数件数）" / "an impossible value: a negative or fractional count";
        "件数应为非负整数。" / "Counts are whole numbers, not below zero."
    GK208 "outcome-without-request" Error: "没有申请却有办理结果" / "an outcome where there was no request";
        "核对该列是否填错位置。" / "Check whether figures stand in the wrong column."
    GK209 "disclosed-stock" Note: "当年公开的多于公开在外的总数" / "newly disclosed is greater than disclosed in total";
        "核对两个数据。" / "Check both figures."
    GK210 "proceedings-shortfall" Note: "复议或诉讼数量不等于三项结果之和" / "proceedings are not the sum of their three results";
        "未审结案件在该表中没有单列，差额可能属正常。" / "The form has no row for pending cases, so a difference may be right."
    GK211 "misplaced-value" Note: "可用一处填错的数据解释" / "a misplaced or mistyped figure would explain it";
        "对照原始台账核对；如确有误，按此改正。" / "Compare with the records; if it is so, correct it."
}

/// The kind of a code.
pub fn kind(code: &str) -> Option<&'static Kind> {
    CATALOGUE.iter().find(|k| k.code == code)
}

/// What a finding is about, beyond its kind.
#[derive(Default)]
pub struct Details {
    /// What is the matter here: Chinese and English, put behind the kind's title.
    pub said: (String, String),
    /// Where.
    pub span: Option<Span>,
    /// The figures it concerns.
    pub paths: Vec<Name>,
    /// The readings that are left.
    pub alternatives: Vec<Vec<Option<Value>>>,
    /// Its severity, if the form file says so.
    pub severity: Option<Severity>,
    /// Whose fault it is.
    pub cause: Option<Cause>,
    /// The clause or form it rests on.
    pub basis: Option<Name>,
    /// Other places it concerns.
    pub related: Vec<Related>,
}

/// Makes a finding of a kind of the catalogue.
pub fn finding(code: &'static str, details: Details) -> Finding {
    let fallback = Kind { code, name: "", severity: Severity::Warning, title: ("", ""), help: ("", "") };
    let kind = kind(code).unwrap_or(&fallback);
    let (zh, en) = details.said;
    let join = |title: &str, said: String, mark: &str| if said.is_empty() { title.to_owned() } else { format!("{title}{mark}{said}") };
    Finding {
        code: Name::Borrowed(code),
        name: Name::Borrowed(kind.name),
        severity: details.severity.unwrap_or(kind.severity),
        cause: details.cause.unwrap_or(Cause::Report),
        message: Message { zh: join(kind.title.0, zh, "：").into(), en: join(kind.title.1, en, ": ").into() },
        help: Message { zh: Name::Borrowed(kind.help.0), en: Name::Borrowed(kind.help.1) },
        basis: details.basis,
        span: details.span,
        location: None,
        paths: details.paths,
        alternatives: details.alternatives,
        related: details.related,
        repairs: Vec::new(),
    }
}

/// The first characters of a piece of the report, for a message.
pub fn quote(text: &str) -> String {
    let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > 40 {
        words = words.chars().take(40).collect::<String>() + "…";
    }
    words
}
