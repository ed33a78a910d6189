//! The one table of findings. `docs/checks.md` and the types of the bindings are written from it; a test proves that a vector triggers each.
//!
//! A new kind takes a new code, never a used one. Its family is the first digit; `ARCHITECTURE.md` says what decides severity and cause in each.

use gongkai_grammar::model::{Message, Severity};
use serde::{Serialize, Serializer};

/// Words in Chinese and in English.
pub type Words = (&'static str, &'static str);

/// A kind of finding. In JSON its [`Words`] are objects with `zh` and `en`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// `GK101`
    pub code: &'static str,
    /// `ragged-row`
    pub name: &'static str,
    /// How much it matters, unless the form file or the case says otherwise.
    pub severity: Severity,
    /// What it is about.
    #[serde(serialize_with = "both")]
    pub title: Words,
    /// What can be done.
    #[serde(serialize_with = "both")]
    pub help: Words,
    /// The clause, notice or form it rests on.
    #[serde(serialize_with = "both")]
    pub basis: Words,
    /// Why its severity is what it is.
    #[serde(serialize_with = "both")]
    pub why: Words,
    /// A piece of a report that triggers it.
    pub example: &'static str,
}

fn both<S: Serializer>(&(zh, en): &Words, serializer: S) -> Result<S::Ok, S::Error> {
    Message { zh: zh.into(), en: en.into() }.serialize(serializer)
}

macro_rules! catalogue {
    ($($code:ident $name:literal $severity:ident {
        title $title_zh:literal / $title_en:literal
        help $help_zh:literal / $help_en:literal
        basis $basis_zh:literal / $basis_en:literal
        why $why_zh:literal / $why_en:literal
        example $example:literal
    })*) => {
        /// Every kind of finding, by code.
        pub const CATALOGUE: &[Kind] = &[$(Kind {
            code: stringify!($code),
            name: $name,
            severity: Severity::$severity,
            title: ($title_zh, $title_en),
            help: ($help_zh, $help_en),
            basis: ($basis_zh, $basis_en),
            why: ($why_zh, $why_en),
            example: $example,
        }),*];
    };
}

catalogue! {
    // Reading: the cells of the tables, and the text they were read from.

    GK101 "ragged-row" Warning {
        title "行内单元格数与表样不符" / "a row has more or fewer cells than its form"
        help "对照原文核对该行各数据所在的列。" / "Compare the row with the source and put its figures into their columns."
        basis "表样的列数" / "the columns of the form"
        why "数据属于哪一列不能确定，不核对就不能用。" / "It is open which column a figure belongs to; it cannot be used before someone has looked."
        example "（一）予以公开 | 10 | 10 |"
    }
    GK102 "unknown-row" Note {
        title "表中有表样以外的行" / "a row that the form does not have"
        help "本地增设的行按其原名保留；如为错字，请改为表样用语。" / "Local rows are kept under their label; if it is a misprint, use the form's wording."
        basis "表样的行" / "the rows of the form"
        why "各地常增设本地的行，数据按原名保留，没有丢失。" / "Offices often add rows of their own; their figures are kept under the printed label."
        example "9.属于内部参考资料 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
    }
    GK103 "missing-row" Warning {
        title "缺少表样中的行" / "a row of the form is absent"
        help "补上缺少的行；没有数据的填 0。" / "Add the row; where there is nothing to report, fill in 0."
        basis "表样的行" / "the rows of the form"
        why "表样要求的数据没有报告，或在转换中丢失。" / "Figures that the form asks for are not reported, or were lost on the way."
        example "7.属于行政执法案卷 → （四）无法提供"
    }
    GK104 "unknown-column" Warning {
        title "表头有表样以外的列" / "a column that the form does not have"
        help "删除该列，或核对表样版本。" / "Remove the column or check the edition of the form."
        basis "表样的列" / "the columns of the form"
        why "多出的列会使其余数据错位。" / "A column too many may put the other figures under the wrong header."
        example "自然人 | 商业企业 | 个体工商户 | 科研机构"
    }
    GK105 "unreadable-value" Warning {
        title "单元格内容无法读作数据" / "a cell that cannot be read as a figure"
        help "改为阿拉伯数字；没有的填 0。" / "Use Arabic digits; where there is nothing, fill in 0."
        basis "表样要求填数字" / "the form asks for a number"
        why "该项没有可用的数据。" / "There is no figure to use."
        example "行政许可 | 见附件"
    }
    GK106 "composite-value" Note {
        title "一个单元格内有两个数" / "two numbers in one cell"
        help "单元格内只填一个数，其余写入正文。" / "Keep one number in the cell and put the other into the text."
        basis "表样每格一个数" / "one number a cell"
        why "第一个数可以读出，其余保留在原文中。" / "The first number can be read; the rest is kept as printed."
        example "政府集中采购 | 3项(41笔)"
    }
    GK107 "truncated-table" Warning {
        title "文档在表格中间结束" / "the document ends inside a table"
        help "取得完整的文档后再读。" / "Get the whole document and read it again."
        basis "表样的行" / "the rows of the form"
        why "其后的数据都没有，不能当作 0。" / "Everything behind is absent and must not be taken for zero."
        example "行政强制 | 172 | 0 | 2078 | 行政事业性收费 |"
    }
    GK108 "missing-table" Warning {
        title "应有的表格未出现" / "an announced table does not follow"
        help "表格可能是图片或附件，请以文字或表格形式发布。" / "The table may be an image or an attachment; publish it as text."
        basis "表样；国办公开办函〔2021〕30号" / "the form; notice 〔2021〕30"
        why "法定数据没有以可读的方式公布。" / "Figures that the law asks for are not published in a way that can be read."
        example "七、附表（其后没有表格）"
    }
    GK109 "repeated-body" Note {
        title "正文或表格重复出现" / "the body or a table stands more than once"
        help "只取一份；如两份不同，请核对。" / "One copy is used; where copies differ, find out which is right."
        basis "一份报告只有一份正文" / "a report has one body"
        why "两份相同时不影响数据；不同时为警告。" / "Equal copies do no harm; differing ones are a warning."
        example "（全文之后又是全文）"
    }
    GK110 "ambiguous-digits" Warning {
        title "连写的数字有多种分法" / "digits run together that can be split in more than one way"
        help "对照原网页或原文件核对。" / "Compare with the original page or file."
        basis "表样的列数与勾稽关系" / "the columns and the rules of the form"
        why "勾稽关系不能确定唯一的分法，列出各种可能。" / "The rules leave more than one split; all are listed."
        example "行政强制126025"
    }
    GK111 "solved-cells" Note {
        title "由勾稽关系推定的单元格" / "cells recovered by the rules of the form"
        help "如有原件，请核对。" / "Compare with the original if you have it."
        basis "表内勾稽关系" / "the rules of the form"
        why "只有一种读法符合全部关系，可用但应注明。" / "One reading alone obeys all rules: it can be used, with a word of caution."
        example "（一）予以公开270020130"
    }
    GK112 "mixed-forms" Note {
        title "同一报告混用不同版本的表样" / "one report mixes editions of the form"
        help "统一使用报告年度适用的格式。" / "Use the format that is in force for the report's year throughout."
        basis "报告年度适用的表样" / "the form in force for the year"
        why "各表按各自版本读出，数据没有丢失。" / "Each table is read by its own edition; nothing is lost."
        example "行政处罚 | 0 | 0 | 0（表头只有一列）"
    }
    GK113 "damaged-text" Note {
        title "文字或数字有缺损" / "text or numbers are damaged"
        help "对照原文补正。" / "Restore it from the original."
        basis "原文" / "the source"
        why "缺损处按原样保留，不作推测。" / "The damaged place is kept as it is; nothing is guessed."
        example "国办公开办函〔202130"
    }
    GK114 "no-text-layer" Warning {
        title "页面只有图像，没有文字" / "pages are pictures without text"
        help "这是扫描件：请找文字版，或先用 OCR 软件识别后再读。" / "This is a scan: find the text version, or run OCR and read the result."
        basis "文件" / "the file"
        why "这些页的内容完全没有读到。" / "Nothing of these pages was read."
        example "（扫描的 PDF）"
    }
    GK115 "unreadable-font" Warning {
        title "字体未注明字符，部分文字无法读出" / "a font does not say its characters, so words could not be read"
        help "请用原文件（docx、网页）或重新导出的 PDF。" / "Use the original (docx, web page) or a PDF exported anew."
        basis "文件" / "the file"
        why "部分文字没有读到。" / "Some words were not read."
        example "（字体没有 ToUnicode 表的 PDF）"
    }
    GK116 "damaged-page" Warning {
        title "页面内容损坏或过多，没有读全" / "the content of a page is damaged or too much, and was not read in full"
        help "请用原文件（docx、网页）或重新导出的 PDF。" / "Use the original (docx, web page) or a PDF exported anew."
        basis "文件" / "the file"
        why "这些页的部分内容没有读到。" / "Parts of these pages were not read."
        example "（传输中断过的 PDF）"
    }

    // Arithmetic of the tables. The formulas and severities are the form files'.

    GK201 "request-balance" Error {
        title "本年新收与上年结转之和不等于办理结果总计与结转下年度之和" / "received + carried over is not concluded + carried forward"
        help "核对该列四项数据。" / "Check the four figures of the column."
        basis "表样印明的勾稽关系" / "the rule printed on the form"
        why "表样上印明的关系，没有例外。" / "The form itself prints the rule; there is no exception."
        example "新收 11，结转 0；总计 10，结转下年 0"
    }
    GK202 "outcome-total" Warning {
        title "办理结果总计不等于各项之和" / "the total of outcomes is not their sum"
        help "核对该列各办理结果与总计。" / "Check the outcomes and the total of the column."
        basis "表样隐含关系" / "implied by the form"
        why "总计的含义如此，但表样没有印明。" / "It follows from what a total is, but the form does not print it."
        example "予以公开 9，无法提供 2；总计 10"
    }
    GK203 "applicant-total" Warning {
        title "总计不等于各类申请人之和" / "the total is not the sum over the kinds of applicant"
        help "核对该行各类申请人与总计。" / "Check the kinds of applicant and the total of the row."
        basis "表样隐含关系" / "implied by the form"
        why "总计的含义如此，但表样没有印明。" / "It follows from what a total is, but the form does not print it."
        example "自然人 9，商业企业 2；总计 10"
    }
    GK204 "proceedings-total" Warning {
        title "复议或诉讼总计不等于各项结果之和" / "the total of proceedings is not the sum of their results"
        help "核对该组各项结果与总计。" / "Check the results and the total of the block."
        basis "表样隐含关系" / "implied by the form"
        why "总计的含义如此，但表样没有印明。" / "It follows from what a total is, but the form does not print it."
        example "结果维持 2，尚未审结 1；总计 4"
    }
    GK205 "statistics-sum" Warning {
        title "统计表合计不等于分项之和" / "a total of the statistics sheet is not the sum of its parts"
        help "核对合计与分项。" / "Check the total and its parts."
        basis "表样隐含关系" / "implied by the form"
        why "分项列全，合计应与之相等，但表样没有印明。" / "The parts are complete, so they should add up; the form does not print it."
        example "收到申请数 48；当面 3，网络 40"
    }
    GK206 "of-which" Warning {
        title "其中数大于所属总数，或当年数大于累计数" / "a part is greater than its whole, or a year than its accumulation"
        help "核对两个数据。" / "Check both figures."
        basis "表样隐含关系" / "implied by the form"
        why "部分不能大于整体。" / "A part cannot be greater than its whole."
        example "新闻发布会 2，其中主要负责同志参加 3"
    }
    GK207 "impossible-value" Error {
        title "不可能的数值（负数或小数件数）" / "an impossible value: a negative or fractional count"
        help "件数应为非负整数。" / "Counts are whole numbers, not below zero."
        basis "表样的单位" / "the unit of the form"
        why "无论如何解释都不成立。" / "No reading of the figure can be right."
        example "行政许可 | 12.5"
    }
    GK208 "outcome-without-request" Error {
        title "没有申请却有办理结果" / "an outcome where there was no request"
        help "核对该列是否填错位置。" / "Check whether figures stand in the wrong column."
        basis "表样印明的勾稽关系" / "the rule printed on the form"
        why "没有申请就没有结果；多为填错列。" / "Without a request there is no outcome; mostly a figure in the wrong column."
        example "其他：新收 0，结转 0；予以公开 10"
    }
    GK209 "disclosed-stock" Note {
        title "当年公开的多于公开在外的总数" / "newly disclosed is greater than disclosed in total"
        help "核对两个数据。" / "Check both figures."
        basis "表样隐含关系" / "implied by the form"
        why "当年公开后又废止的不计入总数，可能属正常。" / "What was disclosed and repealed in the same year is not in the total: it may be right."
        example "本年新公开 5，总数量 3"
    }
    GK210 "proceedings-shortfall" Note {
        title "复议或诉讼数量不等于三项结果之和" / "proceedings are not the sum of their three results"
        help "未审结案件在该表中没有单列，差额可能属正常。" / "The form has no row for pending cases, so a difference may be right."
        basis "表样隐含关系" / "implied by the form"
        why "表中没有未审结一行，差额常属正常。" / "The form has no row for pending cases, so a shortfall is common and right."
        example "行政复议 10；维持 6，纠错 2，其他 0"
    }
    GK211 "misplaced-value" Note {
        title "改动一两个单元格即可消除的矛盾" / "changing one or two cells would close the contradictions"
        help "对照原始登记核对所列单元格；程序不作任何改动。" / "Check the cells named against the register; the program changes nothing."
        basis "表内勾稽关系" / "the rules of the form"
        why "这是对其他问题的解释，不是另一个问题。" / "It explains other findings and is no fault of its own."
        example "“其他”列的 11 移到“自然人”列"
    }

    // Text against table.

    GK301 "text-requests" Warning {
        title "正文所述申请数量与表格不符" / "requests stated in the text are not those of the table"
        help "核对正文与表格；如口径不同，请在正文写明。" / "Check text and table; if they count different things, say so in the text."
        basis "同一报告的正文与表格应一致" / "text and table of one report should agree"
        why "正文写法不一，可能另有口径，故不作错误。" / "Offices write it in many ways and may count something else, so it is no error."
        example "全年收到申请12件。（表：新收 11）"
    }
    GK302 "text-outcomes" Warning {
        title "正文所述办理结果与表格不符" / "outcomes stated in the text are not those of the table"
        help "核对正文与表格；如口径不同，请在正文写明。" / "Check text and table; if they count different things, say so in the text."
        basis "同一报告的正文与表格应一致" / "text and table of one report should agree"
        why "正文写法不一，可能另有口径，故不作错误。" / "Offices write it in many ways and may count something else, so it is no error."
        example "其中予以公开9件。（表：予以公开 10）"
    }
    GK303 "text-proceedings" Warning {
        title "正文所述复议、诉讼数量与表格不符" / "proceedings stated in the text are not those of the table"
        help "核对正文与表格；如口径不同，请在正文写明。" / "Check text and table; if they count different things, say so in the text."
        basis "同一报告的正文与表格应一致" / "text and table of one report should agree"
        why "正文写法不一，可能另有口径，故不作错误。" / "Offices write it in many ways and may count something else, so it is no error."
        example "收到行政复议申请1件。（表：0）"
    }
    GK304 "text-counts" Warning {
        title "正文所述数量与表格不符" / "a count stated in the text is not that of the table"
        help "核对正文与表格；如口径不同，请在正文写明。" / "Check text and table; if they count different things, say so in the text."
        basis "同一报告的正文与表格应一致" / "text and table of one report should agree"
        why "正文写法不一，可能另有口径，故不作错误。" / "Offices write it in many ways and may count something else, so it is no error."
        example "全年主动公开政府信息4970条。（表：72804）"
    }

    // Across the years of one agency.

    GK401 "carried-over" Warning {
        title "上年结转与上一年报告的结转下年度不符" / "carried over is not what last year's report carries forward"
        help "核对两年的报告，说明调整的原因。" / "Check both reports and explain the adjustment."
        basis "表样相邻两年的同一数据" / "one and the same figure in two years' forms"
        why "两年报告的是同一批申请，应当相等。" / "Both reports speak of the same requests."
        example "2022年结转下年度 3；2023年上年结转 2"
    }
    GK402 "documents-in-force" Note {
        title "年末有效件数不等于上年数加制发减废止" / "documents in force are not last year's + issued - repealed"
        help "如经清理重新统计，请在报告中说明。" / "If the stock was counted anew, say so in the report."
        basis "表样隐含关系" / "implied by the form"
        why "清理后常重新统计，差额可能属正常。" / "Stocks are often counted anew after a clean-up, so a difference may be right."
        example "上年有效 40，制发 2，废止 1；现行有效 38"
    }
    GK403 "items-last-year" Note {
        title "所填上年项目数与上年报告不符" / "items of last year are not those of last year's report"
        help "如项目清单有调整，请在报告中说明。" / "If the list of items was changed, say so in the report."
        basis "表样隐含关系" / "implied by the form"
        why "项目清单常调整，差额可能属正常。" / "Lists of items are often changed, so a difference may be right."
        example "上年 218+19；本年报告上一年项目数量 230"
    }
    GK404 "accumulation" Note {
        title "累计数不等于上年累计加本年数" / "the accumulation is not last year's + this year's figure"
        help "核对累计数的起点与口径。" / "Check where the accumulation begins and what it counts."
        basis "表样隐含关系" / "implied by the form"
        why "累计的起点和口径常有变动。" / "What is accumulated, and since when, often changes."
        example "上年累计 1516，本年 739；累计 4359"
    }
    GK405 "pending-cases" Note {
        title "上年未结案件在本年没有相应数量" / "cases that were pending last year are not to be found this year"
        help "核对上年未审结案件的结果是否已列入本年。" / "Check whether the results of last year's pending cases are in this year's table."
        basis "表样隐含关系" / "implied by the form"
        why "各地对跨年案件的统计办法不一。" / "Offices count cases that span two years in different ways."
        example "上年尚未审结 1；本年总计 0"
    }
    GK406 "years-of-series" Note {
        title "年度缺失或重复" / "a year is missing, or two reports claim the same year"
        help "补上缺少年度的报告，或核对报告年度。" / "Add the report of the year, or check which year a report is about."
        basis "《条例》：每年一份报告" / "the regulation: one report a year"
        why "可能只是没有提供该年的文件。" / "It may be that the file was not given."
        example "2019年、2021年"
    }
    GK407 "repeated-sentences" Note {
        title "大量语句与上年报告相同" / "many sentences are those of last year's report"
        help "按本年实际情况改写。" / "Write what happened this year."
        basis "国办公开办函〔2021〕30号" / "notice 〔2021〕30"
        why "固定表述本来会重复，只供参考。" / "Set phrases repeat by nature; it is only a hint."
        example "（正文八成语句与上年相同）"
    }

    // Completeness and form.

    GK501 "missing-section" Warning {
        title "缺少规定的部分" / "a required part is missing"
        help "补上该部分；没有内容的也应写明。" / "Add the part; if there is nothing to report, say so."
        basis "《条例》第五十条；报告年度适用的格式" / "article 50 of the regulation; the format of the year"
        why "法规列明年报应当包括的内容。" / "The regulation lists what a report must contain."
        example "四、……情况 → 六、其他需要报告的……"
    }
    GK502 "section-order" Warning {
        title "各部分次序或编号有误" / "parts are out of order or misnumbered"
        help "按格式规定的次序排列并连续编号。" / "Put the parts into the order of the format and number them without gaps."
        basis "报告年度适用的格式" / "the format of the year"
        why "读者和程序都按次序查找。" / "Readers and programs look for the parts by their order."
        example "一、…… 二、…… 四、……"
    }
    GK503 "section-heading" Note {
        title "标题用语与格式不同" / "a heading is worded differently from the format"
        help "使用格式规定的标题。" / "Use the heading of the format."
        basis "报告年度适用的格式" / "the format of the year"
        why "意思相同，只是用语不一。" / "It means the same in other words."
        example "五、存在的问题和下一步打算"
    }
    GK504 "perfunctory-section" Warning {
        title "问题及改进部分为空或流于形式" / "the part on problems and improvements is empty or perfunctory"
        help "写明本年存在的具体问题和改进措施。" / "Say which problems there were and what is done about them."
        basis "《条例》第五十条第（四）项；国办公开办函〔2021〕30号" / "article 50 (4) of the regulation; notice 〔2021〕30"
        why "法规要求报告问题和改进情况。" / "The regulation asks for problems and improvements."
        example "五、存在的主要问题……无。"
    }
    GK505 "outdated-form" Warning {
        title "所用表样不是报告年度适用的版本" / "the tables are not of the edition in force for the year"
        help "改用报告年度适用的表样。" / "Use the tables in force for the report's year."
        basis "报告年度适用的格式" / "the format of the year"
        why "不同版本的数据不能直接比较。" / "Figures of different editions cannot be compared."
        example "2022年度报告用上一版的表样"
    }
    GK506 "outdated-notice" Note {
        title "引用的通知与所用表样不符" / "the notice cited is not that of the tables used"
        help "引用规定所用表样的通知。" / "Cite the notice that prescribes the tables used."
        basis "规定表样的通知" / "the notice that prescribes the form"
        why "数据不受影响。" / "The figures are not affected."
        example "根据国办公开办函〔2019〕60号（用下一版的表样）"
    }
    GK507 "late-publication" Warning {
        title "公布晚于法定期限" / "published after the legal deadline"
        help "按期公布；如网页日期是改版所致，请注明原公布日期。" / "Publish in time; if the page was only moved, state the first date."
        basis "《条例》第四十九条" / "article 49 of the regulation"
        why "法规规定的期限；网页日期可能是后来改动的，故不作错误。" / "The law sets the date; but a page may carry the date of a later change, so it is no error."
        example "2012年度报告，2013年4月11日发布"
    }
    GK508 "stated-period" Warning {
        title "统计期限不是报告年度的公历年" / "the stated period is not the calendar year of the report"
        help "统计期限应为1月1日至12月31日。" / "The period should be 1 January to 31 December."
        basis "报告年度适用的格式" / "the format of the year"
        why "期限不同，数据不能比较；也可能是笔误。" / "Figures of another period cannot be compared; or it is a slip."
        example "自2022年1月1日起至2022年12月11日止"
    }
    GK509 "fee-statement" Note {
        title "未说明信息处理费收取情况" / "nothing is said of the information-processing fee"
        help "写明是否收取及金额，没有收取的也应写明。" / "Say whether a fee was charged and how much, also if none was."
        basis "国办函〔2020〕109号；国办公开办函〔2021〕30号" / "notices 〔2020〕109 and 〔2021〕30"
        why "多数机关没有收费，常未提及。" / "Most offices charge nothing and do not mention it."
        example "六、……事项：无。"
    }
    GK510 "overview-topics" Note {
        title "总体部分缺少规定的方面" / "the overview lacks a topic of the format"
        help "补充所缺方面的情况。" / "Add the topic."
        basis "国办公开办函〔2021〕30号" / "notice 〔2021〕30"
        why "可能以其他用语写到。" / "It may be told in other words."
        example "（未写监督保障）"
    }
    GK511 "stale-year" Note {
        title "疑似遗留的其他年度" / "a year that seems left over from another report"
        help "核对该处年份。" / "Check the year there."
        basis "报告年度" / "the year of the report"
        why "是否笔误由人判断。" / "Whether it is a slip is for a person to say."
        example "2022年度报告：“截至2021年底，共收到……”"
    }
    GK512 "blank-cells" Note {
        title "表中有空白单元格" / "blank cells in a table"
        help "没有数据的填 0。" / "Where there is nothing to report, fill in 0."
        basis "表样" / "the form"
        why "各地做法不一，有的要求留空；空白不当作 0。" / "Offices differ, some ask for blanks; a blank is not taken for zero."
        example "（一）予以公开 | 10 | | | | | | 10 |"
    }
    GK513 "announced-parts" Note {
        title "所称部分数与实有部分数不符" / "the number of parts announced is not the number found"
        help "改正数目，或补上缺少的部分。" / "Correct the number or add what is missing."
        basis "报告自身的说明" / "what the report says of itself"
        why "可能只是数目没有更新，或文档不完整。" / "The number may be stale, or the document incomplete."
        example "本报告由四个部分组成（其后有六个部分）"
    }

    // Arithmetic in the text.

    GK601 "text-sum" Warning {
        title "正文所列分项之和不等于总数" / "listed parts do not add up to their stated total"
        help "核对总数与分项。" / "Check the total and its parts."
        basis "正文自身的数据" / "the figures of the text itself"
        why "分项可能不全，故不作错误。" / "The list may not be complete, so it is no error."
        example "共收到301件，其中网络103件、其他197件"
    }
    GK602 "text-share" Warning {
        title "所述比例与数据不符" / "a stated share is not its quotient"
        help "按所列数据重新计算。" / "Compute it from the figures given."
        basis "正文自身的数据" / "the figures of the text itself"
        why "按所印精度计算不符；只是截尾的为提示。" / "It differs at the printed precision; if it is only cut off, not rounded, it is a note."
        example "共301件，其中同意公开239件，占80%"
    }
    GK603 "magnitude" Warning {
        title "数量级疑似有误" / "a number seems wrong by a power of ten"
        help "核对“万”“亿”等单位。" / "Check the multiplier behind the number."
        basis "正文自身的数据" / "the figures of the text itself"
        why "与同一报告的其他数据相差整数量级。" / "It differs from other figures of the report by just a power of ten."
        example "共173769万条，其中网站75656条、其他98113条"
    }
}
