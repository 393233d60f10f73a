//! The table twin, walked by accessible names: one filter and one selection with the lanes, order, columns, copying, the keyboard.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(feature = "gui")]

mod desk;

use std::fmt::Write as _;

use chronolane::app::App;
use desk::{sample, says, settle, with_file};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

fn with_table() -> Harness<'static, App> {
    let mut harness = with_file(sample());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    harness.run_steps(3);
    settle(&mut harness);
    harness
}

/// What the window put into the clipboard in its last frame.
fn copied(harness: &Harness<'_, App>) -> Option<String> {
    harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

/// Steps until something is copied.
fn until_copied(harness: &mut Harness<'_, App>) -> String {
    for _ in 0..20_000 {
        harness.step();
        if let Some(text) = copied(harness) {
            return text;
        }
        std::thread::yield_now();
    }
    panic!("nothing was copied");
}

#[test]
fn the_table_and_the_lanes_have_one_selection() {
    let mut harness = with_table();
    assert!(says(&harness, "Events as a table, 31 rows"));
    harness.get_by_label_contains("Row 3 of 31").click();
    harness.run_steps(3);
    assert_eq!(harness.state().selected().map(|event| event.0), Some(2));
    harness.key_press(Key::ArrowDown);
    harness.run_steps(3);
    assert_eq!(harness.state().selected().map(|event| event.0), Some(3));
    harness.key_press(Key::End);
    harness.run_steps(3);
    assert_eq!(harness.state().selected().map(|event| event.0), Some(30));
    assert!(says(&harness, "Row 31 of 31: "), "the selected row is brought into view");
    harness.key_press(Key::ArrowLeft);
    harness.run_steps(3);
    assert_eq!(harness.state().selected().map(|event| event.0), Some(29), "the arrows of time go on working");
}

#[test]
fn a_search_and_its_highlight_hold_in_the_table_too() {
    let mut harness = with_table();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("kind=visit,letters");
    harness.run_steps(3);
    settle(&mut harness);
    harness.run_steps(3);
    settle(&mut harness);
    assert!(says(&harness, "Events as a table, 2 rows"));
    assert!(says(&harness, "Row 1 of 2: ") && !says(&harness, "Row 3"));
    harness.get_by_label("Highlight").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(says(&harness, "Events as a table, 31 rows"));
}

#[test]
fn a_column_orders_the_rows_and_turns_them_round() {
    let mut harness = with_table();
    harness.get_by_label("Sort by Title").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(says(&harness, "Sort by Title, ascending"));
    let first =
        |harness: &Harness<'_, App>| harness.query_by_label_contains("Row 1 of 31").and_then(|row| row.accesskit_node().label()).unwrap();
    assert!(first(&harness).contains("Any deal would violate UN resolutions"), "{}", first(&harness));
    harness.get_by_label("Sort by Title, ascending").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(first(&harness).contains("Votes for all four") || first(&harness).contains("Warns helpers"), "{}", first(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    settle(&mut harness);
    assert!(says(&harness, "Sort by Title, ascending"), "the order is undone like any change");
}

#[test]
fn columns_are_chosen() {
    let mut harness = with_table();
    assert!(!says(&harness, "Sort by Sentence"));
    harness.get_by_label("Columns").click();
    harness.run_steps(3);
    harness.get_by_label("Sentence").click();
    harness.run_steps(3);
    harness.get_by_label("Place").click();
    harness.run_steps(3);
    assert!(harness.state().view().table.columns.iter().any(|own| own.column == chronolane::store::Column::Quote));
    assert!(!says(&harness, "Sort by Place"));
}

#[test]
fn rows_are_copied_as_text_and_never_as_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sums.csv");
    std::fs::write(&path, "when,title,actors\n2023-08-02,=1+1,A\n,No date here,B\n").unwrap();
    let mut harness = with_file(path);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    harness.run_steps(3);
    assert!(says(&harness, "2 rows, 1 without a date"));
    assert!(says(&harness, "Row 2 of 2: No date, B: No date here"));
    harness.get_by_label("Copy rows").click();
    let text = until_copied(&mut harness);
    assert!(text.starts_with("When\tTitle\t") && text.contains("\n2 Aug 2023\t'=1+1\t"), "{text}");
    assert_eq!(text.lines().count(), 3);
    harness.run_steps(2);
    assert!(harness.state().notices().iter().any(|words| words.starts_with("2 rows copied")));
    harness.get_by_label_contains("Row 2 of 2").click();
    harness.run_steps(2);
    harness.get_by_label("Copy selected row").click();
    let text = until_copied(&mut harness);
    assert!(text.lines().count() == 2 && text.contains("No date here"), "{text}");
}

#[test]
fn a_table_of_many_rows_makes_the_cells_of_those_in_view() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.csv");
    let rows = (0..40_000).fold(String::from("when,title\n"), |mut text, at| {
        let _ = writeln!(text, "{},event {at}", 1000 + at / 50);
        text
    });
    std::fs::write(&path, rows).unwrap();
    let mut harness = with_file(path);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    harness.run_steps(3);
    let at_first = harness.state().cells_made();
    assert!(at_first > 0 && at_first < 1_000, "{at_first}");
    harness.key_press(Key::End);
    harness.run_steps(3);
    assert!(says(&harness, "Row 40,000 of 40,000: ") || says(&harness, "Row 40000 of 40000: "));
    assert!(harness.state().cells_made() < 2_000);
    let before = harness.state().cells_made();
    harness.run_steps(5);
    assert_eq!(harness.state().cells_made(), before, "a frame in which nothing changed makes none");
}

#[test]
fn the_table_can_stand_in_the_place_of_the_lanes() {
    let mut harness = with_table();
    harness.get_by_label("Instead of the lanes").click();
    harness.run_steps(3);
    assert!(!says(&harness, "Timeline, ") && says(&harness, "Row 1 of 31"));
    harness.get_by_label("With the lanes").click();
    harness.run_steps(3);
    assert!(says(&harness, "Timeline, "));
    harness.get_by_label("Close table").click();
    harness.run_steps(3);
    assert!(!says(&harness, "Row 1 of 31"));
}
