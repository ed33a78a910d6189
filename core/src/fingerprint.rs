//! A name for each finding that stays when the report is read again, or changed elsewhere: what decisions about findings are kept under.

use gongkai_grammar::{
    fold,
    model::{Figure, Finding, Name, Report, Table},
};
use rustc_hash::FxHashMap;

/// Characters at the place of a finding that count.
const WORDS: usize = 200;

/// Gives every finding of a report its fingerprint. Its spans count bytes of `text`.
pub fn fingerprints(text: &str, report: &mut Report) {
    // Nearly all reports have findings, many of them none about figures.
    let wanted = report.findings.iter().any(|f| !f.paths.is_empty());
    let figures: FxHashMap<&str, &Figure> = report.figures.iter().filter(|_| wanted).map(|f| (f.path.as_ref(), f)).collect();
    let abouts: Vec<String> = report.findings.iter().map(|finding| about(text, finding, &figures, &report.tables)).collect();
    name(report.findings.iter_mut().zip(&abouts));
}

/// Names findings by what each is about; equal ones are counted.
pub fn name<'a>(findings: impl IntoIterator<Item = (&'a mut Finding, &'a String)>) {
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    for (finding, about) in findings {
        let hash = fnv(about);
        let count = seen.entry(hash).or_default();
        *count += 1;
        finding.fingerprint = Name::Owned(if *count == 1 { format!("{hash:016x}") } else { format!("{hash:016x}-{count}") });
    }
}

/// What a finding is about, without its place: the figures and their values, else the table, else the words that stand there, else what it says.
fn about(text: &str, finding: &Finding, figures: &FxHashMap<&str, &Figure>, tables: &[Table]) -> String {
    let mut about = finding.code.to_string();
    for path in &finding.paths {
        about.extend(["\n", path, "="]);
        match figures.get(path.as_ref()).map(|f| (f.value, &f.raw)) {
            Some((Some(value), _)) => about.push_str(&value.to_string()),
            Some((None, raw)) if !raw.is_empty() => about.push_str(&fold(raw)),
            _ => {}
        }
    }
    if !finding.paths.is_empty() {
        return about;
    }
    if let Some(table) = tables.iter().find(|t| Some(t.span) == finding.span) {
        return format!("{about}\n{}", table.table);
    }
    let words: String = finding.span.map(|s| s.of(text).chars().take(WORDS).collect()).unwrap_or_default();
    let words = fold(&words);
    about.push('\n');
    about.push_str(if words.is_empty() { &finding.message.en } else { &words });
    about
}

/// FNV-1a of 64 bits: the same in every version and on every machine.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!((fnv(""), fnv("a"), fnv("foobar")), (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8));
    }

    #[test]
    fn equal_findings_are_counted() {
        let about = "GK113".to_owned();
        let mut findings = vec![crate::findings::finding("GK113", crate::findings::Details::default()); 3];
        name(findings.iter_mut().map(|f| (f, &about)));
        let names: Vec<&str> = findings.iter().map(|f| f.fingerprint.as_ref()).collect();
        assert_eq!(names, [names[0].to_owned(), format!("{}-2", names[0]), format!("{}-3", names[0])]);
    }
}
