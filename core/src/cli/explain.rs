//! The verb `explain`: what a code means.

use std::io::Write;

use gongkai::{Kind, explain};

use super::{
    outline::OutlineFormat,
    print::word,
    words::{chinese, complain},
};

/// Prints the kinds of the codes, in any case of letters; `false` if there is none of a code.
pub fn explained(codes: &[String], format: OutlineFormat, out: &mut dyn Write) -> std::io::Result<bool> {
    let mut complete = true;
    let mut kinds: Vec<&'static Kind> = Vec::new();
    for code in codes {
        match explain(&code.to_ascii_uppercase()) {
            Some(kind) => kinds.push(kind),
            None => {
                complete = false;
                complain(&format!("没有代码 {code}"), &format!("there is no code {code}"));
            }
        }
    }
    if format == OutlineFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &kinds)?;
        writeln!(out)?;
        return Ok(complete);
    }
    let zh = chinese();
    for kind in kinds {
        let own = |(chinese, english): (&'static str, &'static str)| if zh { chinese } else { english };
        let severity = match (zh, kind.severity) {
            (true, gongkai::Severity::Error) => "错误".to_owned(),
            (true, gongkai::Severity::Warning) => "警告".to_owned(),
            (true, gongkai::Severity::Note) => "提示".to_owned(),
            (false, severity) => word(&severity),
        };
        writeln!(out, "{} {} [{severity}]\n{}\n", kind.code, kind.name, own(kind.title))?;
        for (name, words) in [
            (("缘由", "why"), own(kind.why)),
            (("依据", "basis"), own(kind.basis)),
            (("建议", "help"), own(kind.help)),
            (("例", "example"), kind.example),
        ] {
            let mut lines = words.lines();
            writeln!(out, "  {}{} {}", own(name), if zh { "：" } else { ":" }, lines.next().unwrap_or_default())?;
            lines.try_for_each(|line| writeln!(out, "    {line}"))?;
        }
        writeln!(out)?;
    }
    Ok(complete)
}
