//! Lists the files of `forms/` so that a new edition needs no change in Rust.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let forms = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("forms");
    println!("cargo::rerun-if-changed=forms");
    let mut names: Vec<String> =
        fs::read_dir(&forms)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).filter(|name| name.ends_with(".form")).collect();
    names.sort();
    let mut code = String::from("&[\n");
    for name in names {
        // The same words wherever the crate lies: a target folder may be that of several copies.
        let path = format!("/forms/{name}");
        code.push_str(&format!("    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),\n"));
    }
    code.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("forms.rs"), code)
}
