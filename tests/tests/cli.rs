//! The command line, run as a program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::LazyLock,
};

use serde_json::Value;

/// The program, built once: another crate's, so cargo does not hand it to this test.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["build", "--locked", "--quiet", "--package", "gongkai", "--features", "cli", "--bin", "gongkai", "--message-format", "json"];
    let built = Command::new(cargo).args(args).current_dir(workspace()).stderr(Stdio::inherit()).output().unwrap();
    assert!(built.status.success(), "the command line does not build");
    let messages = String::from_utf8(built.stdout).unwrap();
    let program = messages.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()?["executable"].as_str().map(PathBuf::from)).next_back();
    program.expect("cargo names no program")
});

/// A report that is read without a doubt.
const SAMPLE: &str = "tests/vectors/pipe-law-plain/input.txt";
const CELLS: usize = 200;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.args(args).current_dir(workspace()).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "en_GB.UTF-8");
    command
}

fn run(args: &[&str]) -> Output {
    command(args).stdin(Stdio::null()).output().unwrap()
}

/// What a run prints that must succeed and say nothing else.
fn printed(args: &[&str]) -> String {
    let Output { status, stdout, stderr } = run(args);
    assert!(status.success() && stderr.is_empty(), "{args:?}: {status} {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// A folder of its own for each test, gone when the test has passed.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gongkai-cli-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn sample() -> Vec<u8> {
    fs::read(workspace().join(SAMPLE)).unwrap()
}

#[test]
fn cells_as_ndjson() {
    // Not on a terminal, this is the default.
    let out = printed(&["cells", SAMPLE]);
    assert_eq!(out, printed(&["cells", "--format", "ndjson", SAMPLE]));
    let cells: Vec<Value> = out.lines().map(json).collect();
    assert_eq!(cells.len(), CELLS);
    let report = gongkai::read(&sample(), &gongkai::Options::default()).unwrap();
    for (cell, figure) in cells.iter().zip(&report.figures) {
        assert_eq!(cell["file"], SAMPLE);
        for (name, value) in serde_json::to_value(figure).unwrap().as_object().unwrap() {
            assert_eq!(cell[name], *value, "{}", figure.path);
        }
    }
}

#[test]
fn cells_as_csv() {
    let out = printed(&["cells", "--format", "csv", SAMPLE]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "file,path,label,value,missing,unit,raw,start,end,status,flags");
    assert_eq!(lines.len(), CELLS + 1);
    assert!(lines[1..].iter().all(|l| l.starts_with(&format!("{SAMPLE},"))));
    let excel = printed(&["cells", "--format", "csv", "--excel", SAMPLE]);
    assert_eq!(excel.strip_prefix('\u{FEFF}'), Some(out.as_str()));
}

/// A label of a report must not become a formula of a spreadsheet.
#[test]
fn csv_has_no_formulas() {
    let folder = Folder::new("formula");
    let text = String::from_utf8(sample()).unwrap().replace("规章 |", "规章 | =HYPERLINK(1) |");
    let file = folder.file("=1+1.txt", text.as_bytes());
    let out = printed(&["cells", "--format", "csv", &file]);
    let cells = || out.lines().skip(1).flat_map(|l| l.split(',')).map(|c| c.trim_matches('"'));
    assert!(cells().all(|c| !c.starts_with(['=', '@'])), "{out}");
    let named = command(&["cells", "--format", "csv", "=1+1.txt"]).current_dir(&folder.0).output().unwrap();
    assert!(String::from_utf8(named.stdout).unwrap().lines().skip(1).all(|l| l.starts_with("'=1+1.txt,")));
}

#[test]
fn cells_as_table() {
    let out = printed(&["cells", "--format", "table", SAMPLE]);
    let report = gongkai::read(&sample(), &gongkai::Options::default()).unwrap();
    assert!(out.starts_with(&format!("{}  [2021]\n", report.title.unwrap())), "{out}");
    for figure in &report.figures {
        assert!(out.lines().any(|l| l.split_whitespace().next() == Some(&figure.path)), "{}", figure.path);
    }
    assert!(!out.contains('\u{1B}'), "no colours where there is no terminal");
}

#[test]
fn parse_prints_the_report() {
    let report = serde_json::to_value(gongkai::read(&sample(), &gongkai::Options::default()).unwrap()).unwrap();
    assert_eq!(json(&printed(&["parse", SAMPLE])), report);
    let compact = printed(&["parse", "--compact", SAMPLE, SAMPLE]);
    let lines: Vec<Value> = compact.lines().map(json).collect();
    assert_eq!(lines, [report.clone(), report]);
}

#[test]
fn outline_as_json_and_text() {
    let report = serde_json::to_value(gongkai::read(&sample(), &gongkai::Options::default()).unwrap()).unwrap();
    let outline = json(&printed(&["outline", SAMPLE]));
    assert_eq!(outline, json(&printed(&["outline", "--format", "json", SAMPLE])));
    for field in ["title", "issuer", "year", "period", "issued", "published", "edition", "sections", "citations", "tables"] {
        assert_eq!(outline[field], report[field], "{field}");
    }
    let text = printed(&["outline", "--format", "text", SAMPLE]);
    assert!(text.starts_with(report["title"].as_str().unwrap()));
    assert!(text.contains("  year: 2022\n") && text.contains("[requests]"), "{text}");
    let chinese = command(&["outline", "--format", "text", SAMPLE]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(String::from_utf8(chinese.stdout).unwrap().contains("  年度: 2022\n"));
}

#[test]
fn forms_are_listed() {
    let editions: Vec<&str> = gongkai::forms().editions.iter().map(|f| f.id.as_str()).collect();
    let listed = json(&printed(&["forms", "--format", "json"]));
    assert_eq!(listed.as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap()).collect::<Vec<_>>(), editions);
    let text = printed(&["forms"]);
    assert_eq!(text.lines().map(|l| l.split_whitespace().next().unwrap()).collect::<Vec<_>>(), editions);
    assert!(printed(&["forms", "2021"]).contains("\n  requests/granted/total\n"));
    let unknown = run(&["forms", "1999"]);
    assert_eq!((unknown.status.code(), String::from_utf8(unknown.stderr).unwrap()), (Some(2), "gongkai: there is no edition 1999\n".to_owned()));
}

/// The invented reports of the README, of two years.
const YEARS: [&str; 2] = ["samples/report-2022.txt", "samples/report-2023.txt"];

/// Columns of a line up to the first of a character, Han characters counted as two.
fn column(line: &str, mark: char) -> usize {
    let wide = |c: char| if ('\u{2E80}'..='\u{FFEF}').contains(&c) { 2 } else { 1 };
    line.chars().take_while(|c| *c != mark).map(wide).sum()
}

#[test]
fn check_prints_findings_with_their_lines() {
    let out = run(&["check", "--select", "GK20", YEARS[1]]);
    assert_eq!(out.status.code(), Some(1));
    let text = String::from_utf8(out.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("error[GK201]: ") && lines[0].ends_with("requests/*/natural_person: 16 ≠ 17"), "{text}");
    assert_eq!(lines[1], "  --> samples/report-2023.txt:52:20");
    assert!(lines[3].starts_with("52 | 一、本年新收政府信息公开申请数量 | 14 |"), "{text}");
    // The caret stands under the figure, not under as many bytes or characters.
    assert_eq!(column(lines[4], '^'), column(lines[3], '1'), "{text}");
    assert!(lines.iter().any(|l| l.trim_start().starts_with("= help: ")) && lines.iter().any(|l| l.trim_start().starts_with("= basis: ")), "{text}");
    assert!(lines.last().unwrap().starts_with("1 file: 1 error, "), "{text}");
    assert!(!text.contains('\u{1B}') && lines.iter().all(|l| !l.ends_with(' ')), "{text}");
    let chinese = command(&["check", "--select", "GK20", YEARS[1]]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(String::from_utf8(chinese.stdout).unwrap().starts_with("错误[GK201]: "));
}

/// One line of a document may be all of it.
#[test]
fn check_cuts_long_lines_around_the_place() {
    let folder = Folder::new("long-line");
    let text = String::from_utf8(fs::read(workspace().join(YEARS[1])).unwrap()).unwrap();
    let file = folder.file("one-line.txt", text.replace('\n', " ").as_bytes());
    let out = String::from_utf8(run(&["check", "--select", "GK201", &file]).stdout).unwrap();
    let shown: Vec<&str> = out.lines().filter(|l| l.starts_with("1 | ")).collect();
    assert!(!shown.is_empty() && shown.iter().all(|l| l.contains('…') && l.chars().count() < 110), "{out}");
    let place = out.lines().find_map(|l| l.strip_prefix(" --> ")?.strip_prefix(file.as_str())?.strip_prefix(":1:")?.parse::<usize>().ok()).unwrap();
    let at: String = text.replace('\n', " ").chars().skip(place - 1).take(4).collect();
    assert_eq!(at, "14 |");
    let caret = out.lines().skip_while(|l| !l.starts_with("1 | ")).nth(1).unwrap();
    assert_eq!(column(caret, '^'), column(shown[0], '1') + column(shown[0].split_once('1').unwrap().1, '1') + 1, "{out}");
}

#[test]
fn check_chooses_findings_and_exits_by_what_is_left() {
    let status = |args: &[&str]| run(&[&["check"], args, &[YEARS[1]]].concat()).status.code();
    assert_eq!(status(&[]), Some(1));
    assert_eq!(status(&["--exit-zero"]), Some(0));
    assert_eq!(status(&["--select", "gk201"]), Some(1));
    assert_eq!(status(&["--select", "GK1"]), Some(0));
    assert_eq!(status(&["--select", "GK2", "--ignore", "GK201,GK203,GK21"]), Some(0));
    assert_eq!(status(&["--min-severity", "error", "--ignore", "GK201"]), Some(0));
    assert_eq!(status(&["--select", "GK9"]), Some(2));
    let gone = run(&["check", "--exit-zero", "gone.txt", YEARS[1]]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(String::from_utf8(gone.stdout).unwrap().contains("error[GK201]"), "the others go on");
    let out = String::from_utf8(run(&["check", "--min-severity", "error", YEARS[1]]).stdout).unwrap();
    assert!(out.ends_with("1 file: 1 error, 0 warnings, 0 notes\n"), "{out}");
}

#[test]
fn check_as_json_has_an_object_for_each_file() {
    let out = run(&["check", "--format", "json", YEARS[0], "gone.txt", YEARS[1]]);
    assert_eq!(out.status.code(), Some(2));
    let all = json(&String::from_utf8(out.stdout).unwrap());
    let all = all.as_array().unwrap();
    assert_eq!(all.iter().map(|f| f["file"].as_str().unwrap()).collect::<Vec<_>>(), [YEARS[0], YEARS[1], "gone.txt"]);
    for (entry, file) in all.iter().zip(YEARS) {
        let report = serde_json::to_value(gongkai::read(&fs::read(workspace().join(file)).unwrap(), &gongkai::Options::default()).unwrap()).unwrap();
        for field in ["findings", "checks", "year", "title"] {
            assert_eq!(entry[field], report[field], "{file} {field}");
        }
    }
    assert_eq!((&all[2]["findings"], all[2]["error"]["en"].is_string()), (&serde_json::json!([]), true));
    // The chain stands with its last year.
    assert!(all[0]["series"].is_null());
    let series = &all[1]["series"];
    assert_eq!(series["reports"].as_array().unwrap().iter().map(|r| r["year"].as_i64().unwrap()).collect::<Vec<_>>(), [2022, 2023]);
    let carried: Vec<&str> =
        series["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "GK401").map(|f| f["paths"][0].as_str().unwrap()).collect();
    assert_eq!(carried, ["requests/carried_over/natural_person", "requests/carried_over/total"]);
}

#[test]
fn check_prints_the_chain_of_years() {
    let out = run(&["check", "--select", "GK401", "samples"]);
    assert_eq!(out.status.code(), Some(1));
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.starts_with("示例市人民政府\n  2022 [2021] ─ 2023 [2021]\n"), "{text}");
    assert_eq!(text.matches("warning[GK401]: ").count(), 2, "{text}");
    // Both years are shown: the line of the later one, the place of the earlier.
    assert!(
        text.contains("--> samples/report-2023.txt:53:20") && text.contains("= see: samples/report-2022.txt:48:15 结转下年度继续办理 3\n"),
        "{text}"
    );
    assert!(text.ends_with("2 files: 0 errors, 2 warnings, 0 notes\n"), "{text}");
}

#[test]
fn check_as_github_annotations() {
    let out = String::from_utf8(run(&["check", "--format", "github", "--select", "GK201", YEARS[1]]).stdout).unwrap();
    assert!(out.starts_with("::error file=samples/report-2023.txt,line=52,col=20,endLine=52,endColumn=22,title=GK201 request-balance::"), "{out}");
    let folder = Folder::new("github");
    let file = folder.file("50%, a:b.txt", &fs::read(workspace().join(YEARS[1])).unwrap());
    let out = String::from_utf8(run(&["check", "--format", "github", "--select", "GK201", &file]).stdout).unwrap();
    assert!(out.contains("50%25%2C a%3Ab.txt,line=52") && out.lines().count() == 1, "{out}");
}

#[test]
fn check_as_sarif() {
    let folder = Folder::new("sarif");
    let file = folder.file("报告 1.txt", &fs::read(workspace().join(YEARS[1])).unwrap());
    let log = json(&String::from_utf8(run(&["check", "--format", "sarif", &file]).stdout).unwrap());
    let run = &log["runs"][0];
    assert_eq!((log["version"].as_str(), run["columnKind"].as_str()), (Some("2.1.0"), Some("unicodeCodePoints")));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), gongkai::CATALOGUE.len());
    assert!(rules.iter().all(|r| !r["help"]["text"].as_str().unwrap().is_empty()));
    let results = run["results"].as_array().unwrap();
    let first = results.iter().find(|r| r["ruleId"] == "GK201").unwrap();
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["region"], serde_json::json!({"startLine": 52, "startColumn": 20, "endLine": 52, "endColumn": 22}));
    assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with("/%E6%8A%A5%E5%91%8A%201.txt"), "{place}");
    for result in results {
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
        assert!(!result["partialFingerprints"]["gongkai/v1"].as_str().unwrap().is_empty());
    }
}

/// Lines of a document that is no text are those of no file: the place is told in the words of its format.
#[test]
fn check_names_the_place_in_a_file_that_is_no_text() {
    let page = "<html><body><h1>示例市人民政府2023年政府信息公开工作年度报告</h1><p>四、政府信息公开行政复议、行政诉讼情况</p><table>\
        <tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>\
        <tr><td rowspan=2>结果维持</td><td rowspan=2>结果纠正</td><td rowspan=2>其他结果</td><td rowspan=2>尚未审结</td><td rowspan=2>总计</td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>\
        <tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>\
        <tr><td>1</td><td>0</td><td>0</td><td>1</td><td>3</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>\
        </table></body></html>";
    let folder = Folder::new("page");
    let file = folder.file("report.html", page.as_bytes());
    let text = String::from_utf8(run(&["check", "--select", "GK204", &file]).stdout).unwrap();
    assert!(text.contains(&format!("--> {file}: table 1, row 4, column 5\n")), "{text}");
    let github = String::from_utf8(run(&["check", "--format", "github", "--select", "GK204", &file]).stdout).unwrap();
    assert!(github.starts_with("::warning file=") && !github.contains("line=") && github.contains("(table 1, row 4, column 5)"), "{github}");
    let sarif = json(&String::from_utf8(run(&["check", "--format", "sarif", "--select", "GK204", &file]).stdout).unwrap());
    let place = &sarif["runs"][0]["results"][0]["locations"][0];
    assert!(place["physicalLocation"]["region"].is_null(), "{place}");
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "table 1, row 4, column 5");
}

#[test]
fn waivers_keep_decisions() {
    let folder = Folder::new("waivers");
    let report = fs::read(workspace().join(YEARS[1])).unwrap();
    let file = folder.file("report.txt", &report);
    let list = folder.0.join("waivers.ndjson").to_str().unwrap().to_owned();
    assert_eq!(run(&["check", "--write-waivers", &list, &file]).status.code(), Some(1));
    // Without a reason nothing is waived, and the run says so.
    let bare = run(&["check", "--waivers", &list, &file]);
    assert_eq!(bare.status.code(), Some(1));
    assert!(String::from_utf8(bare.stderr).unwrap().contains("line 1 gives no reason"));
    assert_eq!(run(&["check", "--write-waivers", &list, "--reason", "asked the office", &file]).status.code(), Some(1));
    let kept = fs::read_to_string(&list).unwrap();
    assert!(kept.lines().any(|l| l.starts_with(r#"{"code":"GK201","file":"report.txt","fingerprint":""#)), "{kept}");
    let waived = run(&["check", "--waivers", &list, &file]);
    assert_eq!((waived.status.code(), waived.stderr.len()), (Some(0), 0), "{kept}");
    let said = String::from_utf8(waived.stdout).unwrap();
    assert!(said.starts_with("1 file: 0 errors, 0 warnings, 0 notes; "), "{said}");
    let all = json(&String::from_utf8(run(&["check", "--format", "json", "--waivers", &list, &file]).stdout).unwrap());
    assert_eq!(all[0]["findings"], serde_json::json!([]));
    assert!(all[0]["waived"].as_array().unwrap().iter().all(|w| w["reason"] == "asked the office"));
    let sarif = json(&String::from_utf8(run(&["check", "--format", "sarif", "--waivers", &list, &file]).stdout).unwrap());
    assert_eq!(sarif["runs"][0]["results"][0]["suppressions"][0]["justification"], "asked the office");
    // Writing again keeps them.
    assert_eq!(run(&["check", "--waivers", &list, "--write-waivers", &list, &file]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&list).unwrap(), kept);
    // They hold after an edit elsewhere in the file, and not once the figure is another.
    let text = String::from_utf8(report).unwrap();
    folder.file("report.txt", text.replace("一、总体情况\n", "一、总体情况\n新增的一段文字。\n另一段。\n").as_bytes());
    assert_eq!(run(&["check", "--waivers", &list, "--min-severity", "warning", &file]).status.code(), Some(0));
    folder.file("report.txt", text.replace("申请数量 | 14 |", "申请数量 | 19 |").as_bytes());
    assert_eq!(run(&["check", "--waivers", &list, &file]).status.code(), Some(1));
    // What waives nothing any more is named.
    folder.file("report.txt", text.replace("继续办理 | 3 |", "继续办理 | 2 |").as_bytes());
    let mended = run(&["check", "--waivers", &list, &file]);
    assert_eq!(mended.status.code(), Some(0));
    assert!(String::from_utf8(mended.stderr).unwrap().contains("a waiver that waives nothing: GK201 report.txt "));
    // Another file's waiver is not this file's.
    let other = folder.file("other.txt", text.as_bytes());
    assert_eq!(run(&["check", "--waivers", &list, &other]).status.code(), Some(1));
    for (bad, why) in [("{}", "line 1 is no waiver"), ("# none\nGK201", "line 2 is no waiver")] {
        let bad = folder.file("bad", bad.as_bytes());
        let out = run(&["check", "--waivers", &bad, &file]);
        assert_eq!(out.status.code(), Some(2));
        assert!(String::from_utf8(out.stderr).unwrap().contains(why));
    }
    assert_eq!(run(&["check", "--waivers", "gone", &file]).status.code(), Some(2));
}

#[test]
fn compare_prints_figures_and_sentences() {
    let folder = Folder::new("compare");
    let text = fs::read_to_string(workspace().join(YEARS[1])).unwrap();
    let changed = text.replace("行政许可 |\n1204 |", "行政许可 |\n1210 |").replace("行政强制 |\n无 |", "行政强制 |\n0 |");
    let changed = changed.replace("全年没有更换公开平台。", "全年更换公开平台一次。").replace("两个部门的栏目三个月没有更新。", "");
    let draft = folder.file("draft.txt", changed.as_bytes());
    let out = printed(&["compare", YEARS[1], &draft]);
    let figures: Vec<Vec<&str>> = out.lines().filter(|l| l.contains('→')).map(|l| l.split_whitespace().collect()).collect();
    assert_eq!(
        figures,
        [
            vec!["proactive_disclosure/administrative_licensing/decisions", "1204", "→", "1210", "(+6)"],
            vec!["proactive_disclosure/administrative_compulsion/decisions", "无", "→", "0"],
        ],
        "{out}"
    );
    assert!(out.contains("figures: 198 equal, 2 differ"), "{out}");
    let sentences: Vec<&str> = out.lines().filter(|l| l.starts_with("  - ") || l.starts_with("  + ")).collect();
    assert_eq!(sentences, ["  - 全年没有更换公开平台。", "  + 全年更换公开平台一次。", "  - 两个部门的栏目三个月没有更新。"], "{out}");
    let both = json(&printed(&["compare", "--format", "json", YEARS[1], &draft]));
    assert_eq!((both["equal"].as_u64(), both["same_agency"].as_bool(), both["cells"].as_array().unwrap().len()), (Some(198), Some(true), 2));
    assert_eq!(both["cells"][0]["a"]["value"], 1204);
    let section = both["sections"].as_array().unwrap().iter().find(|s| s["kind"] == "overview").unwrap();
    assert_eq!((&section["changes"][0]["kind"], section["equal"].as_u64()), (&serde_json::json!("changed"), Some(1)));
    assert!((40..100).contains(&section["similarity"].as_u64().unwrap()), "{section}");
    let same = json(&printed(&["compare", "--format", "json", YEARS[1], YEARS[1]]));
    assert!(same["cells"].as_array().unwrap().is_empty());
    assert!(same["sections"].as_array().unwrap().iter().all(|s| s["similarity"] == 100 && s["changes"].as_array().unwrap().is_empty()));
    for args in [&["compare", YEARS[0]][..], &["compare", YEARS[0], YEARS[1], &draft], &["compare", YEARS[0], "gone.txt"]] {
        assert_eq!(run(args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn convert_writes_the_official_form() {
    let folder = Folder::new("convert");
    let (first, second) = (folder.file("a/report.txt", &sample()), folder.file("b/report.txt", &sample()));
    let markdown = printed(&["convert", &first, "--format", "markdown"]);
    assert!(markdown.starts_with("# ") && markdown.contains("| --- |"), "{markdown}");
    let into = folder.0.join("out").display().to_string();
    printed(&["convert", &first, &second, "--into", &into]);
    let cells = |file: &str| -> Vec<[Value; 3]> {
        let lines = printed(&["cells", file, "--format", "ndjson"]);
        lines.lines().map(json).map(|cell| ["path", "value", "missing"].map(|key| cell[key].clone())).collect()
    };
    for name in ["report.docx", "report-2.docx"] {
        assert_eq!(cells(&format!("{into}/{name}")), cells(&first), "{name}");
    }
    assert_eq!(run(&["convert", &first, &second]).status.code(), Some(2), "two reports need a folder");
}

#[test]
fn blank_prints_a_form_to_fill_in() {
    let html = printed(&["blank", "2021", "--format", "html"]);
    assert_eq!(html.matches("<table").count(), 3, "{html}");
    assert_eq!(run(&["blank", "1999"]).status.code(), Some(2));
}

#[test]
fn explain_tells_what_a_code_means() {
    let kind = gongkai::explain("GK201").unwrap();
    let english = printed(&["explain", "gk201"]);
    for words in [kind.code, kind.name, kind.title.1, kind.why.1, kind.basis.1, kind.help.1] {
        assert!(english.contains(words), "{words}: {english}");
    }
    let chinese = command(&["explain", "GK201"]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(String::from_utf8(chinese.stdout).unwrap().contains(kind.why.0));
    let both = json(&printed(&["explain", "--format", "json", "GK201", "GK401"]));
    assert_eq!((both[0]["title"]["zh"].as_str(), both[1]["code"].as_str()), (Some(kind.title.0), Some("GK401")));
    let none = run(&["explain", "GK999"]);
    assert_eq!((none.status.code(), String::from_utf8(none.stderr).unwrap()), (Some(2), "gongkai: there is no code GK999\n".to_owned()));
}

#[test]
fn schema_is_that_of_the_library() {
    assert_eq!(json(&printed(&["schema"])), gongkai::schema());
}

#[test]
fn folders_and_globs_are_read_in_order() {
    let folder = Folder::new("folder");
    for name in ["b.txt", "a.md", "below/c.text", "left.doc", "left.json"] {
        folder.file(name, &sample());
    }
    let of = |out: &str| -> Vec<String> {
        let mut files: Vec<String> = out.lines().map(|l| json(l)["file"].as_str().unwrap().rsplit(['/', '\\']).next().unwrap().to_owned()).collect();
        assert_eq!(files.len() % CELLS, 0);
        files.dedup();
        files
    };
    let path = folder.0.to_str().unwrap();
    assert_eq!(of(&printed(&["cells", path])), ["a.md", "b.txt", "c.text"]);
    assert_eq!(of(&printed(&["cells", &format!("{path}/*.txt")])), ["b.txt"]);
    let none = run(&["cells", &format!("{path}/*.odt")]);
    assert_eq!(none.status.code(), Some(2));
    assert!(String::from_utf8(none.stderr).unwrap().ends_with("no file matches\n"));
}

#[test]
fn standard_input_is_read() {
    let mut child = command(&["cells", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&sample()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    assert_eq!(String::from_utf8(out.stdout).unwrap().lines().count(), CELLS);
}

/// A file that is not there, one that is no text, one that is too large: each is named, the others are read.
#[test]
fn what_cannot_be_read_is_named_and_the_others_go_on() {
    let folder = Folder::new("missing");
    let pdf = folder.file("scan.txt", b"\x89PNG\r\n");
    let gone = folder.0.join("gone.txt").to_str().unwrap().to_owned();
    for (lang, mark) in [("zh_CN.UTF-8", "："), ("en_GB.UTF-8", ": "), ("C", ": ")] {
        let out = command(&["cells", &gone, &pdf, SAMPLE]).env("LANG", lang).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{lang}");
        assert_eq!(String::from_utf8(out.stdout).unwrap().lines().count(), CELLS, "{lang}");
        let said = String::from_utf8(out.stderr).unwrap();
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 2, "{said}");
        assert!(lines[0].starts_with(&format!("gongkai: {gone}{mark}")) && lines[1].starts_with(&format!("gongkai: {pdf}{mark}")), "{lang}: {said}");
        let zh = lang.starts_with("zh");
        assert!(lines[1].contains(if zh { "PNG 图片" } else { "PNG image" }), "{lang}: {said}");
        // The words are the user's, not the system's.
        let chinese = lines[0].chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        assert_eq!(chinese, zh, "{lang}: {said}");
    }
    let small = run(&["cells", "--max-bytes", "10", SAMPLE]);
    assert_eq!((small.status.code(), small.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(small.stderr).unwrap().contains("max_bytes"));
}

#[test]
fn wrong_usage_is_status_2() {
    for args in [&["cells"][..], &["read", SAMPLE], &[], &["cells", "--format", "xml", SAMPLE]] {
        let out = run(args);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{args:?}");
        assert!(!out.stderr.is_empty());
    }
    assert!(printed(&["--help"]).contains("cells"));
    assert!(printed(&["--version"]).starts_with("gongkai "));
}

/// `gongkai … | head -1` ends without a complaint.
#[cfg(unix)]
#[test]
fn a_reader_may_stop_early() {
    let many = [SAMPLE; 40];
    for verb in [&["cells"][..], &["cells", "--format", "csv"], &["cells", "--format", "table"], &["parse"], &["outline"]] {
        let args: Vec<&str> = verb.iter().chain(&many).copied().collect();
        let mut child = command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut byte = [0];
        child.stdout.take().unwrap().read_exact(&mut byte).unwrap();
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success() && out.stderr.is_empty(), "{verb:?}: {} {}", out.status, String::from_utf8_lossy(&out.stderr));
    }
}
