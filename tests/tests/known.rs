//! Readings that the rules of the form leave open are decided by the prose and by what the caller knows, or stay open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use gongkai::{Decimal, Document, Figure, Finding, Hint, Member, Message, Options, Report, SeriesOptions, Status, Value};

fn parse(prose: &str, hints: Vec<Hint>) -> Report {
    let table = "二、主动公开政府信息情况第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件693665\
                 第二十条第（五）项信息内容本年处理决定数量行政许可81第二十条第（六）项信息内容本年处理决定数量行政处罚12行政强制0\
                 第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费0";
    let mut options = Options::default();
    options.hints = hints;
    gongkai::parse(&format!("某某县2021年政府信息公开工作年度报告\n\n一、总体情况\n\n{prose}\n\n{table}\n"), &options)
}

fn figure<'a>(report: &'a Report, column: &str) -> &'a Figure {
    let path = format!("proactive_disclosure/normative_documents/{column}");
    report.figures.iter().find(|f| f.path == path).unwrap()
}

/// What is said of the recovered cells of the row.
fn told(report: &Report) -> &Finding {
    let of_row = |f: &&Finding| f.code == "GK111" && f.paths.iter().any(|p| p.starts_with("proactive_disclosure/normative_documents/"));
    report.findings.iter().find(of_row).unwrap()
}

fn reason(zh: &'static str, en: &'static str) -> Message {
    Message { zh: zh.into(), en: en.into() }
}

#[test]
fn without_more_the_digits_stay_ambiguous() {
    let report = parse("本年度工作平稳。", Vec::new());
    for column in ["issued", "repealed", "in_force"] {
        assert_eq!(figure(&report, column).status, Status::Ambiguous, "{column}");
    }
}

#[test]
fn a_sentence_with_the_words_of_the_row_decides_its_cell() {
    let report = parse("截至目前，共有行政规范性文件665件。", Vec::new());
    let in_force = figure(&report, "in_force");
    assert_eq!((in_force.value, in_force.status), (Some(Value::Count(665)), Status::Solved));
    // The rest of the row has two readings still: 6|93 and 69|3.
    assert_eq!(figure(&report, "issued").candidates, [Some(Value::Count(6)), Some(Value::Count(69))]);
    let finding = told(&report);
    assert_eq!(finding.paths, ["proactive_disclosure/normative_documents/in_force"]);
    assert!(finding.message.en.contains("the prose “截至目前，共有行政规范性文件665件。”"), "{}", finding.message.en);
}

#[test]
fn a_sentence_about_something_else_decides_nothing() {
    for prose in [
        "全年举办培训665件。",
        "共有行政规范性文件665条。",
        "共有行政规范性文件约665件。",
        "共有行政规范性文件665件，行政规范性文件69件，行政规范性文件93件。",
    ] {
        let report = parse(prose, Vec::new());
        assert_eq!(figure(&report, "in_force").status, Status::Ambiguous, "{prose}");
    }
}

#[test]
fn a_hint_decides_and_is_named() {
    let path = |column: &str| format!("proactive_disclosure/normative_documents/{column}");
    let base = Hint::new(path("in_force"), Decimal::from(599), reason("上年现行有效 599 件", "599 were in force last year"));
    let report = parse("本年度工作平稳。", vec![base.minus(path("issued")).plus(path("repealed"))]);
    let read: Vec<Option<Value>> = ["issued", "repealed", "in_force"].iter().map(|c| figure(&report, c).value).collect();
    assert_eq!(read, [Some(Value::Count(69)), Some(Value::Count(3)), Some(Value::Count(665))]);
    let finding = told(&report);
    assert!(finding.message.en.ends_with("by 599 were in force last year"), "{}", finding.message.en);
}

#[test]
fn hints_that_fit_nothing_or_do_not_fit_together_decide_nothing() {
    let hint =
        |column: &str, value: i64| Hint::new(format!("proactive_disclosure/normative_documents/{column}"), Decimal::from(value), reason("甲", "a"));
    for hints in [
        vec![hint("in_force", 7)],
        vec![hint("issued", 6936), hint("in_force", 665)],
        vec![Hint::new("no/such/path", Decimal::from(1), reason("乙", "b"))],
    ] {
        let report = parse("本年度工作平稳。", hints);
        assert_eq!(figure(&report, "in_force").status, Status::Ambiguous);
    }
}

/// 1 and 10 or 11 and 0: what the year before carried forward decides, if it is one of them.
#[test]
fn the_years_beside_decide() {
    let open = "某某县2021年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n自然人商业企业科研机构社会公益组织法律服务机构其他总计\
                一、本年新收政府信息公开申请数量0000202二、上年结转政府信息公开申请数量000011011四、结转下年度继续办理0000000\n\n某某县人民政府\n";
    let before = |last: [u32; 3]| {
        let [services, others, total] = last;
        format!(
            "某某县2020年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n\
             | 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n\
             | 一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 9 | 9 | 18 |\n| 二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 5 | 5 | 10 |\n\
             | （一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n| 四、结转下年度继续办理 | 0 | 0 | 0 | 0 | {services} | {others} | {total} |\n\n某某县人民政府\n"
        )
    };
    let carried = |report: &Report, column: &str| {
        let path = format!("requests/carried_over/{column}");
        report.figures.iter().find(|f| f.path == path).map(|f| (f.value, f.status)).unwrap()
    };
    let options = Options::default();
    for (last, decided) in [([1, 10, 11], vec![0]), ([4, 10, 14], vec![])] {
        let documents = [("2021", Document::from_text(open)), ("2020", Document::from_text(before(last)))];
        let documents: Vec<(&str, &Document)> = documents.iter().map(|(name, document)| (*name, document)).collect();
        let mut reports: Vec<Report> = documents.iter().map(|(_, document)| gongkai::parse_document(document, &options)).collect();
        assert_eq!(carried(&reports[0], "other_organization"), (None, Status::Ambiguous));
        assert_eq!(gongkai::reread(&documents, &mut reports, &options, &SeriesOptions::default()), decided);
        if decided.is_empty() {
            assert_eq!(carried(&reports[0], "other_organization"), (None, Status::Ambiguous));
            continue;
        }
        assert_eq!(carried(&reports[0], "other_organization"), (Some(Value::Count(10)), Status::Solved));
        assert_eq!(carried(&reports[0], "legal_service_institution"), (Some(Value::Count(1)), Status::Solved));
        let said = |f: &Finding| f.code == "GK111" && f.message.en.ends_with("the report for 2020 and GK401");
        assert!(reports[0].findings.iter().any(said), "{:?}", reports[0].findings);
    }
    // The hints are there for those who read by themselves.
    let texts = [open.to_owned(), before([1, 10, 11])];
    let reports = texts.each_ref().map(|text| gongkai::parse(text, &options));
    let members: Vec<Member<'_>> = texts.iter().zip(&reports).map(|(text, report)| Member { name: "", text, report }).collect();
    let hints = gongkai::hints(&members, &SeriesOptions::default());
    let of_others = |hint: &&Hint| hint.path == "requests/carried_over/other_organization";
    assert_eq!(hints[0].iter().find(of_others).map(|h| h.value), Some(Decimal::from(10)));
}

/// A printed figure stays what it is.
#[test]
fn a_hint_changes_nothing_printed() {
    let report =
        parse("本年度工作平稳。", vec![Hint::new("proactive_disclosure/administrative_licensing/decisions", Decimal::from(18), reason("甲", "a"))]);
    let figure = report.figures.iter().find(|f| f.path == "proactive_disclosure/administrative_licensing/decisions").unwrap();
    assert_eq!(figure.value, Some(Value::Count(81)));
}
