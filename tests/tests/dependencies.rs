//! `docs/dependencies.md` lists what the manifests ask for, and `rust-version` is what the dependencies need.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// What Cargo knows of the workspace, for the systems that are released for.
fn metadata() -> Value {
    let platforms = ["--filter-platform", "x86_64-unknown-linux-gnu", "--filter-platform", "wasm32-unknown-unknown"];
    let arguments = ["metadata", "--locked", "--all-features", "--format-version", "1"];
    let told = Command::new(env!("CARGO")).args(arguments).args(platforms).current_dir(root()).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

fn texts<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    list[key].as_array().unwrap().iter().map(|each| each.as_str().unwrap()).collect()
}

/// The rows of the section about a manifest: the cells of each.
fn listed(page: &str, manifest: &str) -> BTreeMap<String, Vec<String>> {
    let section = page.split("\n## ").find(|section| section.starts_with(&format!("`{manifest}`\n")));
    let section = section.unwrap_or_else(|| panic!("docs/dependencies.md has no section `{manifest}`"));
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let (name, rest) = row.split_once("` |").unwrap();
        (name.to_owned(), rest.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
    })
    .collect()
}

/// The words between backquotes.
fn quoted(cell: &str) -> BTreeSet<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_crate_is_listed_with_its_features_and_licence() {
    let page = fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let mut sections = 0;
    for package in packages.iter().filter(|package| package["source"].is_null()) {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap()).strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        let listed = listed(&page, &manifest);
        let asked = package["dependencies"].as_array().unwrap();
        let names: BTreeSet<&str> = asked.iter().map(|dependency| dependency["name"].as_str().unwrap()).collect();
        assert_eq!(listed.keys().map(String::as_str).collect::<BTreeSet<_>>(), names, "docs/dependencies.md, {manifest}");
        for dependency in asked {
            let name = dependency["name"].as_str().unwrap();
            let mut features: BTreeSet<&str> = texts(dependency, "features").into_iter().collect();
            if dependency["uses_default_features"].as_bool().unwrap() {
                features.insert("default");
            }
            let licences: BTreeSet<String> = (packages.iter().filter(|other| other["name"] == name))
                .map(|other| other["license"].as_str().unwrap().replace('/', " OR "))
                .collect();
            assert_eq!(quoted(&listed[name][0]), features, "features of {name}, {manifest}");
            assert!(licences.contains(&listed[name][2]), "licence of {name}, {manifest}: {licences:?}");
        }
        sections += 1;
    }
    assert_eq!(sections, 7);
}

#[test]
fn every_python_package_is_listed_with_its_extras() {
    let page = fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let manifest = fs::read_to_string(root().join("python/pyproject.toml")).unwrap();
    assert!(!manifest.contains("\ndependencies"), "the package itself needs nothing");
    let name = |asked: &str| asked.trim().trim_matches('"').split(['>', '=', '<']).next().unwrap().to_owned();
    let mut asked: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let extras = manifest.split("[project.optional-dependencies]\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let build = manifest.lines().find_map(|line| line.strip_prefix("requires = ")).unwrap();
    for (extra, list) in extras.lines().map(|line| line.split_once(" = ").unwrap()).chain([("build", build)]) {
        for package in list.trim_matches(['[', ']']).split("\", \"") {
            asked.entry(name(package)).or_default().insert(extra);
        }
    }
    let listed = listed(&page, "python/pyproject.toml");
    let listed: BTreeMap<String, BTreeSet<&str>> =
        listed.iter().map(|(name, cells)| (name.clone(), cells[0].split(", ").map(|extra| extra.trim_matches('`')).collect())).collect();
    assert_eq!(listed, asked);
}

#[test]
fn every_npm_package_is_listed_with_its_licence() {
    let page = fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let manifest: Value = serde_json::from_slice(&fs::read(root().join("wasm/package.json")).unwrap()).unwrap();
    let lock: Value = serde_json::from_slice(&fs::read(root().join("wasm/package-lock.json")).unwrap()).unwrap();
    assert!(manifest.get("dependencies").is_none(), "the package itself needs nothing");
    let asked: BTreeMap<String, String> = (manifest["devDependencies"].as_object().unwrap().keys())
        .map(|name| (name.clone(), lock["packages"][format!("node_modules/{name}")]["license"].as_str().unwrap().to_owned()))
        .collect();
    let listed: BTreeMap<String, String> = listed(&page, "wasm/package.json").into_iter().map(|(name, cells)| (name, cells[2].clone())).collect();
    assert_eq!(listed, asked);
}

/// `1.88` and `1.88.0` as numbers that compare.
fn version(text: &str) -> Vec<u32> {
    let numbers = text.split('.').map(|part| part.parse().unwrap());
    numbers.chain([0, 0]).take(3).collect()
}

#[test]
fn no_dependency_needs_a_newer_rust_than_we_say() {
    let metadata = metadata();
    let packages: BTreeMap<&str, &Value> =
        metadata["packages"].as_array().unwrap().iter().map(|package| (package["id"].as_str().unwrap(), package)).collect();
    let nodes: BTreeMap<&str, &Value> =
        metadata["resolve"]["nodes"].as_array().unwrap().iter().map(|node| (node["id"].as_str().unwrap(), node)).collect();
    // What is built with the published crates and the bindings, with all their features; not what their tests need.
    let published = ["gongkai-grammar", "gongkai", "gongkai-python", "gongkai-wasm"];
    let mut open: Vec<&str> =
        packages.iter().filter(|(_, package)| published.iter().any(|name| package["name"] == *name)).map(|(id, _)| *id).collect();
    assert_eq!(open.len(), published.len());
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let built = nodes[id]["deps"].as_array().unwrap().iter();
            let built = built.filter(|on| on["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev"));
            open.extend(built.map(|on| on["pkg"].as_str().unwrap()));
        }
    }
    let ours = version(packages.values().find(|package| package["name"] == "gongkai").unwrap()["rust_version"].as_str().unwrap());
    let mut needed = Vec::new();
    for package in seen.iter().map(|id| packages[id]).filter(|package| !package["source"].is_null()) {
        if let Some(theirs) = package["rust_version"].as_str() {
            assert!(version(theirs) <= ours, "{} needs Rust {theirs}", package["name"]);
            needed.push(version(theirs));
        }
    }
    assert_eq!(needed.into_iter().max().unwrap(), ours, "a lower rust-version may be enough");
}
