//! Searching in the window, walked by accessible names: counts as one types, completion, hits one after the other, highlight, facets.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::desk::{sample, settle, with_file};
use chronolane::app::App;

fn type_query(harness: &mut Harness<'_, App>, text: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text(text);
    harness.run_steps(2);
    settle(harness);
}

fn has(harness: &Harness<'_, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_name_is_completed_with_its_count() {
    let mut harness = with_file(sample());
    type_query(&mut harness, "actor:kir");
    assert!(has(&harness, "John Kirby"), "the name is offered");
    harness.key_press(Key::Tab);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().view().query, "actor:\"John Kirby\" ");
    assert!(harness.query_by_label("7 of 31").is_some());
    type_query(&mut harness, "kind:s");
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    harness.key_press(Key::Tab);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().view().query, "actor:\"John Kirby\" kind:Sanctions ", "the second that is offered is taken");
}

#[test]
fn hits_are_gone_through_and_begin_anew() {
    let mut harness = with_file(sample());
    type_query(&mut harness, "kind=visit,letters");
    assert!(harness.query_by_label("2 of 31").is_some());
    let mut seen = Vec::new();
    for _ in 0..3 {
        harness.key_press(Key::Enter);
        harness.run_steps(3);
        seen.push(harness.state().selected_title().unwrap().to_owned());
    }
    assert_eq!(seen, ["Visits Pyongyang for talks", "Exchange letters pledging cooperation", "Visits Pyongyang for talks"]);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::F3);
    harness.run_steps(3);
    assert_eq!(harness.state().selected_title(), Some("Exchange letters pledging cooperation"));
    harness.get_by_label("Next hit").click();
    harness.run_steps(3);
    assert_eq!(harness.state().selected_title(), Some("Visits Pyongyang for talks"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().view().query, "", "Escape takes the search away");
}

#[test]
fn highlight_keeps_the_others_in_the_picture() {
    let mut harness = with_file(sample());
    type_query(&mut harness, "kind:letters");
    assert!(!has(&harness, "Sanctions on three entities"));
    harness.get_by_label("Highlight").click();
    harness.run_steps(3);
    assert!(has(&harness, "Sanctions on three entities"), "what does not match is there, faded");
    assert!(harness.query_by_label("1 of 31").is_some(), "hits are counted as before");
    harness.key_press(Key::F3);
    harness.run_steps(3);
    assert_eq!(harness.state().selected_title(), Some("Exchange letters pledging cooperation"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::H);
    harness.run_steps(3);
    assert!(!has(&harness, "Sanctions on three entities"));
}

#[test]
fn facets_write_into_the_query_and_are_read_off_it() {
    let mut harness = with_file(sample());
    harness.get_by_label("Facets").click();
    harness.run_steps(2);
    settle(&mut harness);
    harness.get_by_label("Kinds: Letters, 1 event").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().view().query, "kind=letters");
    assert!(harness.query_by_label("Kinds: Letters, 1 event, chosen").is_some());
    assert!(harness.query_by_label("Kinds: Visit, 1 event").is_some(), "the others say what they would add");
    assert!(harness.query_by_label("Actors: Kim Jong Un, 1 event").is_some(), "other facets count what is found");
    harness.get_by_label("Kinds: Visit, 1 event").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().view().query, "kind=letters,visit");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().view().query, "kind=letters", "each click is taken back by itself");
    harness.get_by_label("Kinds: Letters, 1 event, chosen").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().view().query, "");
    harness.get_by_label("Search Actors").click();
    harness.run_steps(2);
    harness.get_by_label("Search Actors").type_text("kirb");
    harness.run_steps(5);
    settle(&mut harness);
    assert!(has(&harness, "Actors: John Kirby, 7 events") && !has(&harness, "Actors: Russia"));
}

#[test]
fn a_query_that_cannot_be_read_leaves_the_picture_and_the_facets() {
    let mut harness = with_file(sample());
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    harness.run_steps(2);
    settle(&mut harness);
    type_query(&mut harness, "kind=letters");
    type_query(&mut harness, " or");
    assert!(harness.query_by_label("At character 14").is_some());
    assert!(has(&harness, "The numbers are of the last one that could"));
    assert!(has(&harness, "Exchange letters") && !has(&harness, "Sanctions on three"));
    harness.get_by_label("Kinds: Visit, 1 event").click();
    harness.run_steps(2);
    assert_eq!(harness.state().view().query, "kind=letters or", "no choice is written into what cannot be read");
}
