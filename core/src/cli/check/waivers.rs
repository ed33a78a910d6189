//! Decisions about findings that are kept from one run to the next: one JSON object a line, with the finding's fingerprint and the reason.
//!
//! ```text
//! # 空行和 # 开头的行不读
//! {"code":"GK201","file":"report-2023.txt","fingerprint":"4f1c…","reason":"已向该机关核实"}
//! ```
//!
//! Without `file` a waiver is good for every file. Without a reason it is none.

use std::{
    fmt,
    io::{self, Write},
    path::Path,
};

use gongkai::Finding;
use serde::{Deserialize, Serialize};

use crate::cli::words::{complain, system};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiver {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    fingerprint: String,
    #[serde(default)]
    reason: String,
}

impl fmt::Display for Waiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [self.code.as_deref(), self.file.as_deref(), Some(&self.fingerprint), Some(&self.reason)];
        f.write_str(&words.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

/// The waivers of a file, with how often each was used.
#[derive(Default)]
pub struct Waivers {
    list: Vec<(Waiver, usize)>,
}

impl Waivers {
    /// Reads a file of waivers; why it cannot be used, in Chinese and English.
    pub fn load(path: &Path) -> Result<Self, (String, String)> {
        let name = path.display();
        let text = std::fs::read_to_string(path).map_err(|e| {
            let (zh, en) = system(&e);
            (format!("{name}：{zh}"), format!("{name}: {en}"))
        })?;
        let mut list = Vec::new();
        for (number, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let number = number + 1;
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            let waiver: Waiver = serde_json::from_str(line)
                .map_err(|e| (format!("{name}：第 {number} 行不是豁免（{e}）"), format!("{name}: line {number} is no waiver ({e})")))?;
            if waiver.reason.trim().is_empty() {
                complain(&format!("{name}：第 {number} 行没有理由，不予豁免"), &format!("{name}: line {number} gives no reason and waives nothing"));
            }
            list.push((waiver, 0));
        }
        Ok(Self { list })
    }

    /// Why a finding of a file is waived.
    pub fn reason(&mut self, file: &str, fingerprint: &str) -> Option<String> {
        let fits = |w: &Waiver| w.fingerprint == fingerprint && !w.reason.trim().is_empty() && w.file.as_deref().is_none_or(|f| f == base(file));
        let (waiver, used) = self.list.iter_mut().find(|(w, _)| fits(w))?;
        *used += 1;
        Some(waiver.reason.clone())
    }

    /// Waivers for these files, or for every file, that no finding needs any more.
    pub fn unused(&self, files: &[&str]) -> Vec<String> {
        let here = |w: &Waiver| w.file.as_deref().is_none_or(|f| files.iter().any(|file| base(file) == f));
        self.list.iter().filter(|(w, used)| *used == 0 && !w.reason.trim().is_empty() && here(w)).map(|(w, _)| w.to_string()).collect()
    }

    /// Writes those that were used, and one for each of `open`.
    pub fn write<'a>(&self, path: &Path, open: impl Iterator<Item = (&'a str, &'a Finding)>, reason: &str) -> io::Result<()> {
        let mut out = Vec::new();
        let used = self.list.iter().filter(|(_, used)| *used > 0).map(|(w, _)| w.clone());
        let new = open.map(|(file, finding)| Waiver {
            code: Some(finding.code.to_string()),
            file: Some(base(file).to_owned()),
            fingerprint: finding.fingerprint.to_string(),
            reason: reason.to_owned(),
        });
        for waiver in used.chain(new) {
            serde_json::to_writer(&mut out, &waiver)?;
            writeln!(out)?;
        }
        std::fs::write(path, out)
    }
}

/// The last part of a path: waivers outlive folders.
fn base(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}
