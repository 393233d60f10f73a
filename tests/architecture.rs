//! The rule of the layers: each uses only those above it, and no layer but the window and its painter knows egui.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from top to bottom. `cli` and `app` stand side by side and never use each other.
const LAYERS: [&str; 13] =
    ["time", "model", "store", "formats", "view", "session", "style", "scene", "render", "writers", "jobs", "cli", "app"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn layer_of(path: &Path) -> Option<usize> {
    let inside = path.strip_prefix(root()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    LAYERS.iter().position(|layer| *layer == first.trim_end_matches(".rs"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The layers that a file's text names as `crate::layer`.
fn used(text: &str) -> Vec<(usize, &'static str)> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (at, layer) in LAYERS.iter().enumerate() {
        let names = [format!("crate::{layer}::"), format!("crate::{layer};"), format!("crate::{layer},"), format!("crate::{layer} as")];
        if names.iter().any(|name| code.contains(name.as_str())) {
            found.push((at, *layer));
        }
    }
    // `use crate::{a, b}` would slip by.
    assert!(!code.contains("use crate::{"), "name each layer in a line of its own");
    found
}

#[test]
fn each_layer_uses_only_those_above_it() {
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let Some(own) = layer_of(&path) else { continue };
        for (other, name) in used(&fs::read_to_string(&path).unwrap()) {
            let side_by_side = LAYERS[own] == "app" && name == "cli";
            if other > own || side_by_side {
                wrong.push(format!("{} uses {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_window_and_its_painter_know_egui() {
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let inside = path.strip_prefix(root()).unwrap();
        if inside.starts_with("app") || inside.starts_with("render/paint") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let names_it = |line: &str| {
            !line.trim_start().starts_with("//") && (line.contains("egui::") || line.contains("eframe::") || line.contains("rfd::"))
        };
        if text.lines().any(names_it) {
            wrong.push(inside.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_layer_is_declared() {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    for layer in LAYERS {
        assert!(lib.contains(&format!("pub mod {layer};")), "{layer}");
    }
}
