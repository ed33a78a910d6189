//! One version everywhere, and one text of each licence: see `docs/release.md`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn file(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn one_version_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    let workspace = file("Cargo.toml");
    assert!(workspace.contains(&format!("[workspace.package]\nversion = \"{version}\"\n")));
    for member in ["grammar", "core"] {
        let line = workspace.lines().find(|line| line.contains(&format!("path = \"{member}\""))).unwrap();
        assert!(line.contains(&format!("version = \"{version}\"")), "{line}");
    }
    for member in ["grammar", "core", "python", "wasm", "wasm/bindgen", "tests", "benches"] {
        assert!(file(&format!("{member}/Cargo.toml")).contains("\nversion.workspace = true\n"), "{member} has a version of its own");
    }
    // maturin takes the version of the crate.
    assert!(file("python/pyproject.toml").contains("dynamic = [\"version\"]"));
    for (name, pointer) in
        [("wasm/package.json", "/version"), ("wasm/package-lock.json", "/version"), ("wasm/package-lock.json", "/packages//version")]
    {
        let json: Value = serde_json::from_str(&file(name)).unwrap();
        assert_eq!(json.pointer(pointer).unwrap(), version, "{name}");
    }
    // The newest entry is of this version, or says that it will be.
    let changes = file("CHANGELOG.md");
    let newest = changes.split("\n## [").nth(1).unwrap();
    assert!(newest.starts_with(&format!("{version}] - ")) || newest.starts_with(&format!("Unreleased]\n\nTo be {version}.\n")), "{newest}");
}

#[test]
fn every_package_has_the_licences() {
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        for package in ["grammar", "core", "python", "wasm"] {
            assert_eq!(file(&format!("{package}/{licence}")), file(licence), "{package}/{licence}");
        }
    }
    for manifest in ["Cargo.toml", "python/pyproject.toml"] {
        assert!(file(manifest).contains("license = \"MIT OR Apache-2.0\""), "{manifest}");
    }
    let npm: Value = serde_json::from_str(&file("wasm/package.json")).unwrap();
    assert_eq!(npm["license"], "MIT OR Apache-2.0");
    assert!(npm["files"].as_array().unwrap().iter().any(|pattern| pattern == "LICENSE-*"));
}
