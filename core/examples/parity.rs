//! `parity VECTORS OUT`: the truth that the tests of the other languages compare with, one case for each folder of VECTORS.
//!
//! For `VECTORS/case/input.*` it writes `OUT/case.txt`, the text of the document, and `OUT/case.json`, the report on that text with spans in
//! bytes; also `OUT/case.read.json`, the report on the bytes, where it is another. For bytes that cannot be read it writes `OUT/case.error`, the
//! message.

use std::{error::Error, fs, path::Path};

use gongkai::{Options, document, parse, parse_document};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [vectors, out] = args.as_slice() else { return Err("usage: parity VECTORS OUT".into()) };
    let (options, out) = (Options::default(), Path::new(out));
    fs::create_dir_all(out)?;
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
