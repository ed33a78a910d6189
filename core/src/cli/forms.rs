//! The verb `forms`: the editions of the form.

use std::io::Write;

use super::{outline::OutlineFormat, words::complain};

pub fn forms(format: OutlineFormat, only: Option<&str>, out: &mut dyn Write) -> std::io::Result<bool> {
    let mut editions = gongkai::form_summaries();
    editions.retain(|edition| only.is_none_or(|id| id == edition.id));
    if let (Some(id), true) = (only, editions.is_empty()) {
        complain(&format!("没有版本 {id}"), &format!("there is no edition {id}"));
        return Ok(false);
    }
    if format == OutlineFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &editions)?;
        writeln!(out)?;
        return Ok(true);
    }
    for e in &editions {
        let (first, last) = (e.years.0.map_or_else(String::new, |y| y.to_string()), e.years.1.map_or_else(String::new, |y| y.to_string()));
        writeln!(out, "{}  {first}–{last}  {}  {}", e.id, e.title, e.notices.join(" "))?;
        if only.is_some() {
            for path in &e.paths {
                writeln!(out, "  {path}")?;
            }
        }
    }
    Ok(true)
}

// --------------------------------------------------------------------------------------------------------------------
