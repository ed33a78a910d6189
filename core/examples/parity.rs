//! `parity VECTORS SERIES OUT`: the truth that the tests of the other languages compare with, one case for each folder of VECTORS and SERIES.
//!
//! For `VECTORS/case/input.*` it writes `OUT/case.txt`, the text of the document, and `OUT/case.json`, the report on that text with spans in
//! bytes; also `OUT/case.read.json`, the report on the bytes, where it is another. For bytes that cannot be read it writes `OUT/case.error`, the
//! message.
//!
//! For the years `SERIES/case/*.txt` it writes `OUT/series/case.hints.json`, what they tell of each other, and `OUT/series/case.reread.json`: which
//! of them that decides, and the reports as they then are.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use gongkai::{Document, Member, Options, Report, SeriesOptions, document, hints, parse, parse_document, reread};
use serde::Serialize;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [vectors, series, out] = args.as_slice() else { return Err("usage: parity VECTORS SERIES OUT".into()) };
    let (options, out) = (Options::default(), Path::new(out));
    fs::create_dir_all(out.join("series"))?;
    for folder in fs::read_dir(series)? {
        years(&folder?.path(), &options, &out.join("series"))?;
    }
    for folder in fs::read_dir(vectors)? {
        let folder = folder?;
        if !folder.path().is_dir() {
            continue;
        }
        let write = |suffix: &str, content: &str| fs::write(out.join(format!("{}.{suffix}", folder.file_name().to_string_lossy())), content);
        let input = fs::read_dir(folder.path())?.filter_map(Result::ok).find(|f| f.path().file_stem().is_some_and(|stem| stem == "input"));
        let bytes = fs::read(input.ok_or("a vector without input.*")?.path())?;
        match document(&bytes, &options) {
            Err(error) => write("error", &error.to_string())?,
            Ok(document) => {
                let json = serde_json::to_string(&parse(&document.text, &options))?;
                let of_bytes = serde_json::to_string(&parse_document(&document, &options))?;
                write("txt", &document.text)?;
                write("json", &json)?;
                if of_bytes != json {
                    write("read.json", &of_bytes)?;
                }
            }
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Reread {
    decided: Vec<usize>,
    reports: Vec<Report>,
}

/// The reports of a folder, each beside the others.
fn years(folder: &Path, options: &Options, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.filter_map(|f| Some(f.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    let documents: Vec<Document> = files.iter().map(|path| fs::read_to_string(path).map(Document::from_text)).collect::<Result<_, _>>()?;
    let mut reports: Vec<Report> = documents.iter().map(|document| parse_document(document, options)).collect();
    let members: Vec<Member<'_>> =
        documents.iter().zip(&reports).map(|(document, report)| Member { name: "", text: &document.text, report }).collect();
    let write = |suffix: &str, content: String| {
        fs::write(out.join(format!("{}.{suffix}", folder.file_name().unwrap_or_default().to_string_lossy())), content)
    };
    write("hints.json", serde_json::to_string(&hints(&members, &SeriesOptions::default()))?)?;
    let named: Vec<(&str, &Document)> = documents.iter().map(|document| ("", document)).collect();
    let decided = reread(&named, &mut reports, options, &SeriesOptions::default());
    write("reread.json", serde_json::to_string(&Reread { decided, reports })?)?;
    Ok(())
}
