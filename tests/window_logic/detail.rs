//! The detail pane's evidence and what leads on from it, walked by accessible names.

use std::path::Path;

use crate::desk::{sample, says, settle, with_file};
use chronolane::app::App;
use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

fn select(harness: &mut Harness<'_, App>, title: &str) {
    harness.get_all_by_label_contains(title).next().unwrap().click();
    harness.run_steps(4);
    settle(harness);
    harness.run_steps(3);
    settle(harness);
}

#[track_caller]
fn copied(harness: &mut Harness<'_, App>) -> String {
    for _ in 0..6 {
        harness.step();
        let found = harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = found {
            return text;
        }
    }
    panic!("nothing was copied");
}

#[test]
fn a_quote_stands_among_the_sentences_around_it() {
    let mut harness = with_file(sample());
    select(&mut harness, "Exchange letters pledging cooperation");
    assert!(says(&harness, "As it stands in its source's text"));
    // The sentence before it in the text, which the quote does not hold.
    assert!(says(&harness, "Sergei Shoigu, Russia’s defence minister, went to Pyongyang"));
}

#[test]
fn sources_are_cited_and_links_copied() {
    let mut harness = with_file(sample());
    select(&mut harness, "Sanctions on three entities");
    let cite = |harness: &mut Harness<'_, App>, form: &str| {
        harness.get_all_by_label("Cite").next().unwrap().click();
        harness.run_steps(3);
        harness.get_by_label(form).click();
        copied(harness)
    };
    assert!(cite(&mut harness, "Copy as plain text").contains("Chronolane sample"));
    assert!(cite(&mut harness, "Copy as BibTeX").starts_with("@misc{"));
    // It stands in the second source, further down.
    harness.get_by_label("Copy link").scroll_to_me();
    harness.run_steps(30);
    harness.get_by_label("Copy link").click();
    assert_eq!(copied(&mut harness), "https://ofac.treasury.gov/recent-actions/20230816");
}

#[test]
fn related_events_are_a_click_away() {
    let mut harness = with_file(sample());
    select(&mut harness, "Exchange letters pledging cooperation");
    assert!(says(&harness, "Same source") || says(&harness, "Same actors"));
    assert!(says(&harness, "Linked events"));
    let before = harness.state().selected();
    harness.get_all_by_label("Visits Pyongyang for talks").next().unwrap().click();
    harness.run_steps(4);
    assert_ne!(harness.state().selected(), before);
    assert_eq!(harness.state().selected_title(), Some("Visits Pyongyang for talks"));
}

fn with_source(folder: &Path, path: &str) -> Harness<'static, App> {
    let file = folder.join("case.json");
    let text = format!(
        r#"{{"chronolane":1,"sources":[{{"id":"log","title":"Gate log","path":"{path}"}}],
        "events":[{{"id":"a","when":"2021-06-01","title":"Gate opened","evidence":[{{"quote":"The gate was opened at dawn.","source":"log"}}]}}]}}"#
    );
    std::fs::write(&file, text).unwrap();
    let mut harness = with_file(file);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(4);
    settle(&mut harness);
    harness.run_steps(3);
    harness
}

#[test]
fn a_quote_that_does_not_stand_in_its_source_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.txt"), "The gate stayed shut.").unwrap();
    let harness = with_source(folder.path(), "log.txt");
    assert!(says(&harness, "These words do not stand in log.txt"));
}

#[test]
fn a_source_outside_the_folder_is_not_read() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("case");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(outer.path().join("secret.txt"), "The gate was opened at dawn. The key is 1234.").unwrap();
    let harness = with_source(&folder, "../secret.txt");
    assert!(says(&harness, "leads out of the folder") && !says(&harness, "1234"));
}

#[test]
fn what_is_looked_up_for_a_pane_that_closes_is_let_go() {
    let mut harness = with_file(sample());
    harness.key_press(Key::ArrowRight);
    harness.step();
    harness.key_press(Key::F9);
    harness.step();
    // Ends only where what was under way is taken without the pane.
    settle(&mut harness);
    assert!(!harness.state().is_busy());
}
