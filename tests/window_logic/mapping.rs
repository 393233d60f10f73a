//! The mapping dialog, walked by accessible names: over a list of JSON objects, a sheet, and a table of text; what is chosen is followed at once, read, and remembered.

use std::path::{Path, PathBuf};

use crate::desk::{says, settle, with_files};
use chronolane::app::App;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Chooses an entry of a list by its words.
fn choose(harness: &mut Harness<'_, App>, list: &str, entry: &str) {
    harness.get_by_label(list).click();
    harness.run_steps(3);
    harness.query_all_by_label(entry).last().unwrap().click();
    harness.run_steps(3);
}

#[test]
fn objects_without_a_known_date_are_mapped_by_dotted_names() {
    let folder = tempfile::tempdir().unwrap();
    let rows = r#"[{"meta": {"k1": "2023-08-30 10:00"}, "k2": "Talks"}, {"meta": {"k1": "x"}, "k2": "Visit"}, {"meta": {"k1": "y"}, "k2": "Call"}, {"meta": {"k1": "z"}, "k2": "Tea"}]"#;
    let path = written(folder.path(), "objects.json", rows);
    let (mut harness, given) = with_files(vec![path.clone()]);
    assert!(says(&harness, "Columns of objects.json"), "the dialog opens by itself: {:?}", harness.state().notices());
    assert!(harness.query_by_label("between cells").is_none(), "objects have no delimiter");
    choose(&mut harness, "Field of meta.k1", "when");
    choose(&mut harness, "Field of k2", "title");
    assert!(says(&harness, "30 Aug 2023, 10:00"));
    choose(&mut harness, "times without a zone", "UTC");
    assert!(says(&harness, "30 Aug 2023, 10:00 UTC"));
    let map = folder.path().join("chosen.map.json");
    given.save_at(map.clone());
    harness.get_by_label("Save as .map.json…").click();
    settle(&mut harness);
    let kept = std::fs::read_to_string(map).unwrap();
    assert!(kept.contains("\"meta.k1\"") && kept.contains("\"zone\": \"utc\""), "{kept}");
    harness.get_by_label("Read the file so").click();
    settle(&mut harness);
    assert!(says(&harness, "4 rows = 1 plotted + 3 undated + 0 rejected"), "{:?}", harness.state().notices());
    let ctx = harness.ctx.clone();
    harness.state_mut().open(&ctx, vec![path]);
    settle(&mut harness);
    assert!(says(&harness, "4 rows = 1 plotted + 3 undated + 0 rejected"), "the choice is remembered");
}

#[test]
fn a_table_that_is_open_is_laid_out_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "table.csv", "day;what\n04/05/2021;Talks\n05/06/2021;Visit\n");
    let (mut harness, _) = with_files(vec![path]);
    if !says(&harness, "Columns of table.csv") {
        harness.get_by_label("File").click();
        harness.run_steps(3);
        harness.get_by_label_contains("Columns…").click();
        settle(&mut harness);
    }
    choose(&mut harness, "dates", "day first (04/05 is 4 May)");
    assert!(says(&harness, "4 May 2021"));
    harness.get_by_label("Read the file so").click();
    settle(&mut harness);
    assert!(says(&harness, "2 plotted + 0 undated"), "{:?}", harness.state().notices());
}

/// Opens the dialog on what is open.
fn open_columns(harness: &mut Harness<'_, App>) {
    harness.get_by_label("File").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Columns…").click();
    settle(harness);
}

#[test]
fn a_folder_of_tables_that_are_not_recognised_opens_the_dialog() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "broken.json", "{\"chronolane\": 1, \"events\": [");
    written(folder.path(), "one.csv", "k1,k2\n2023-08-30 10:00,Talks\nx,Visit\ny,Call\nz,Tea\n");
    written(folder.path(), "two.csv", "k1,k2\n2023-09-30 10:00,More talks\nx,Visit\ny,Call\nz,Tea\n");
    let (mut harness, _) = with_files(vec![folder.path().to_path_buf()]);
    assert!(says(&harness, "Columns of one.csv"), "{:?}", harness.state().notices());
    choose(&mut harness, "Field of k1", "when");
    choose(&mut harness, "Field of k2", "title");
    harness.get_by_label("Read the file so").click();
    settle(&mut harness);
    assert!(says(&harness, "8 rows = 2 plotted + 6 undated + 0 rejected"), "both tables have this header: {:?}", harness.state().notices());
    let nothing = tempfile::tempdir().unwrap();
    written(nothing.path(), "broken.json", "{\"chronolane\": 1, \"events\": [");
    let (harness, _) = with_files(vec![nothing.path().to_path_buf()]);
    assert!(!says(&harness, "Columns of") && harness.state().notices().iter().any(|words| words.contains("broken.json")));
}

#[test]
fn the_columns_of_a_known_program_can_be_chosen_and_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "event_id_cnty,event_date,time_precision,event_type,actor1,actor2,location,notes\nX1,05 January 2020,2,Battles,A,B,Town,They fought.\n";
    let path = written(folder.path(), "acled.csv", rows);
    let (mut harness, _) = with_files(vec![path]);
    assert_eq!(harness.state().formats_read(), ["acled"]);
    open_columns(&mut harness);
    assert!(says(&harness, "by columns alone each stands at its day") && says(&harness, "5 Jan 2020"));
    harness.get_by_label("Read the file so").click();
    settle(&mut harness);
    assert_eq!(harness.state().formats_read(), ["csv"], "{:?}", harness.state().notices());
    open_columns(&mut harness);
    harness.get_by_label("As it was found").click();
    harness.run_steps(3);
    harness.get_by_label("Read the file so").click();
    settle(&mut harness);
    assert_eq!(harness.state().formats_read(), ["acled"]);
}

#[test]
fn fields_that_are_taken_for_something_come_before_the_hundreds_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let many = |part: &dyn Fn(u32) -> String| (0..200).map(part).collect::<Vec<_>>().concat();
    let others = many(&|number| format!("\"f{number}\": {number}, "));
    let rows = ["1", "2", "3"].map(|day| format!("{{{others}\"date\": \"2023-08-0{day}\", \"title\": \"Talks {day}\"}}\n")).concat();
    let table = many(&|number| format!("f{number},")) + "date,title\n" + &format!("{}2023-08-01,Talks\n", "x,".repeat(200)).repeat(3);
    for (name, text) in [("wide.jsonl", rows), ("wide.csv", table)] {
        let (mut harness, _) = with_files(vec![written(folder.path(), name, &text)]);
        harness.get_by_label("File").click();
        harness.run_steps(3);
        harness.get_by_label_contains("Columns…").click();
        settle(&mut harness);
        let left = |harness: &Harness<'_, App>, column: &str| harness.get_by_label(&format!("Field of {column}")).rect().left();
        assert!(left(&harness, "date") < left(&harness, "f0") && says(&harness, "and 52 more columns"), "{name}");
        // Nothing moves away from under the pointer.
        choose(&mut harness, "Field of date", "note");
        assert!(left(&harness, "date") < left(&harness, "f0"), "{name}");
    }
}
