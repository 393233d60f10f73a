//! The table twin, walked by accessible names: one filter and one selection with the lanes, order, columns, copying, the keyboard.

use std::fmt::Write as _;

use crate::desk::{sample, says, settle, with_file};
use chronolane::app::App;
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

fn titles(text: &str) -> Vec<String> {
    text.lines().skip(1).map(|line| line.split('\t').nth(1).unwrap_or_default().to_owned()).collect()
}

/// A table of so many rows, "event 0" and so on, with fields of their own.
fn with_rows(folder: &std::path::Path, count: usize) -> Harness<'static, App> {
    let path = folder.join("rows.csv");
    let rows = (0..count).fold(String::from("when,title,kind,Weight\n"), |mut text, at| {
        let _ = writeln!(text, "{},event {at},{},{}", 1900 + at, ["a", "b"][at % 2], 100 - at * 7);
        text
    });
    std::fs::write(&path, rows).unwrap();
    let mut harness = with_file(path);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    harness.run_steps(3);
    settle(&mut harness);
    harness
}

fn click(harness: &mut Harness<'_, App>, row: &str, modifiers: Modifiers) {
    harness.get_by_label_contains(row).click_modifiers(modifiers);
    harness.run_steps(3);
    settle(harness);
}

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
    settle(harness);
}

fn copy_chosen(harness: &mut Harness<'_, App>) -> Vec<String> {
    harness.event(egui::Event::Copy);
    let text = until_copied(harness);
    titles(&text)
}

#[test]
fn several_rows_are_chosen_and_copied_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_rows(folder.path(), 9);
    click(&mut harness, "Row 6 of 9", Modifiers::NONE);
    click(&mut harness, "Row 3 of 9", Modifiers::SHIFT);
    assert!(says(&harness, "9 rows, 4 chosen"));
    click(&mut harness, "Row 1 of 9", Modifiers::COMMAND);
    click(&mut harness, "Row 4 of 9", Modifiers::COMMAND);
    assert_eq!(copy_chosen(&mut harness), ["event 0", "event 2", "event 4", "event 5"]);
    assert_eq!(harness.state().selected_title(), Some("event 2"), "a neighbour leads in the place of the row that was let go");
    let chosen = |harness: &Harness<'_, App>| {
        harness
            .query_all_by_label_contains("Row ")
            .filter(|node| node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True))
            .count()
    };
    assert_eq!(chosen(&harness), 4);
    // Another order: the same rows, as they stand now.
    harness.get_by_label("Sort by When, ascending").click();
    harness.run_steps(3);
    settle(&mut harness);
    harness.get_by_label("Copy 4 chosen rows").click();
    let text = until_copied(&mut harness);
    assert_eq!(titles(&text), ["event 5", "event 4", "event 2", "event 0"]);
    harness.run_steps(3);
    // What is selected in the lanes is then the only one.
    let is_row = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().is_some_and(|label| label.starts_with("Row "));
    harness.get_all_by_label_contains("event 7").find(|node| !is_row(node)).unwrap().click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(!says(&harness, "chosen") && harness.state().selected_title() == Some("event 7"));
    assert_eq!(chosen(&harness), 1);
}

#[test]
fn the_keyboard_chooses_several_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_rows(folder.path(), 9);
    click(&mut harness, "Row 3 of 9", Modifiers::NONE);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(copy_chosen(&mut harness), ["event 2", "event 3", "event 4"]);
    assert_eq!(harness.state().selected_title(), Some("event 4"));
    press(&mut harness, Modifiers::SHIFT, Key::Home);
    assert_eq!(copy_chosen(&mut harness), ["event 0", "event 1", "event 2"]);
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert!(says(&harness, "9 rows, 9 chosen"));
    assert_eq!(copy_chosen(&mut harness).len(), 9);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!says(&harness, "chosen") && harness.state().selected_title() == Some("event 0"));
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(harness.state().selected_title(), Some("event 1"));
}

#[test]
fn further_fields_are_columns_to_choose() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_rows(folder.path(), 9);
    press(&mut harness, Modifiers::NONE, Key::F9);
    harness.get_by_label("Columns").click();
    harness.run_steps(3);
    settle(&mut harness);
    harness.get_by_label("Weight (9)").click();
    harness.run_steps(3);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.get_by_label("Sort by Weight").click();
    harness.run_steps(3);
    settle(&mut harness);
    harness.get_by_label("Copy rows").click();
    let text = until_copied(&mut harness);
    assert_eq!(titles(&text)[..2], ["event 8", "event 7"], "numbers by their size");
    assert!(text.lines().next().unwrap().ends_with("\tWeight") && text.lines().nth(1).unwrap().ends_with("\t44"), "{text}");
    assert!(harness.state().view().table.columns.iter().any(|own| matches!(own.column, chronolane::store::Column::Field(_))));
}

#[test]
fn all_of_many_rows_are_chosen_without_looking_at_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_rows(folder.path(), 14);
    press(&mut harness, Modifiers::NONE, Key::End);
    let before = harness.state().cells_made();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert!(says(&harness, "14 rows, 14 chosen"));
    assert_eq!(harness.state().cells_made(), before, "rows that were seen are not made again");
}

#[test]
fn a_table_without_rows_says_what_to_do_next() {
    let mut harness = with_table();
    harness.get_by_label("Instead of the lanes").click();
    harness.run_steps(3);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("zzzz");
    harness.run_steps(3);
    settle(&mut harness);
    harness.run_steps(3);
    settle(&mut harness);
    assert!(says(&harness, "Events as a table, 0 rows"));
    harness.get_by_label("Clear the search").click();
    harness.run_steps(3);
    settle(&mut harness);
    harness.run_steps(3);
    settle(&mut harness);
    assert!(says(&harness, "Events as a table, 31 rows"));
}
