//! The window as a screen reader finds it: lanes, marks and counts by name in the order of time, the playhead as a slider, and what each can be asked to do.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::desk::{sample, with_file};
use chronolane::app::App;
use egui::Key;
use egui::accesskit::{Action, ActionRequest, Role, TreeId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

/// What a node of the lanes stands for: one event, or the number that it begins with.
fn events(name: &str) -> usize {
    let mut words = name.split(' ');
    let (first, second, third) = (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_count = second.starts_with("event") || second == "more" && third.starts_with("event");
    if is_count { first.replace(',', "").parse().expect("a number") } else { 1 }
}

/// What a lane tells.
struct Lane {
    top_px: f32,
    name: String,
    /// How many events it claims.
    total: usize,
    /// The name and the left edge of each thing.
    told: Vec<(String, f32)>,
}

/// Every lane from the top.
fn told(harness: &Harness<'_, App>) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for list in harness.query_all_by_role(Role::List) {
        let Some(label) = list.accesskit_node().label().filter(|label| label.starts_with("Events of ")) else { continue };
        let (name, total) = label.rsplit_once(", ").expect("a lane says how many");
        let items = list.query_all_by_role(Role::ListItem);
        lanes.push(Lane {
            top_px: list.rect().top(),
            name: name.to_owned(),
            total: total.replace(',', "").parse().expect("a number"),
            told: items.map(|item| (item.accesskit_node().label().unwrap_or_default(), item.rect().left())).collect(),
        });
    }
    assert!(lanes.is_sorted_by(|one, other| one.top_px <= other.top_px), "lanes stand in the order in which they are seen");
    lanes
}

fn assert_all_is_told(harness: &Harness<'_, App>) {
    let lanes = told(harness);
    assert!(!lanes.is_empty());
    for Lane { name, total, told, .. } in lanes {
        assert_eq!(told.iter().map(|(name, _)| events(name)).sum::<usize>(), total, "{name}: {told:?}");
        // A band begins left of a symbol of the same time, and a count stands where there is room.
        let marks: Vec<f32> = told.iter().filter(|(name, _)| events(name) == 1).map(|(_, left)| *left).collect();
        assert!(marks.is_sorted_by(|one, other| one <= &(other + 10.0)), "{name} in the order of time: {told:?}");
    }
}

fn press(harness: &mut Harness<'_, App>, key: Key) {
    harness.key_press(key);
    harness.run_steps(3);
}

fn playhead<'h>(harness: &'h Harness<'_, App>) -> Node<'h> {
    harness.get_by_role_and_label(Role::Slider, "Playhead")
}

fn value(harness: &Harness<'_, App>) -> String {
    playhead(harness).accesskit_node().value().unwrap_or_default()
}

/// Asks for something as a screen reader does.
fn ask(harness: &mut Harness<'_, App>, name: &str, action: Action) {
    let is_asked = |item: &Node<'_>| item.accesskit_node().label().is_some_and(|label| label.contains(name));
    let (target_node, _) = harness.get_all_by_role(Role::ListItem).find(is_asked).unwrap().accesskit_node().locate();
    harness.event(egui::Event::AccessKitActionRequest(ActionRequest { action, target_tree: TreeId::ROOT, target_node, data: None }));
    harness.run_steps(3);
}

#[test]
fn every_lane_tells_all_its_events_in_the_order_of_time_at_every_zoom() {
    let mut harness = with_file(sample());
    assert_all_is_told(&harness);
    for key in [Key::Num0, Key::W, Key::W, Key::W, Key::A] {
        press(&mut harness, key);
        assert_all_is_told(&harness);
    }
}

#[test]
fn a_mark_is_named_by_its_date_as_it_is_known_its_kind_and_who() {
    let harness = with_file(sample());
    for name in [
        "Wednesday 30 August 2023, statement, John Kirby: Letters “at the surface level”",
        "between 28 July and 30 August 2023, letters, Vladimir Putin, Kim Jong Un: Exchange letters pledging cooperation",
        "Friday 1 September 2023 (uncertain), statement, Dmitry Peskov, North Korea: Speaks of good, respectful relations",
    ] {
        assert!(harness.query_all_by_label(name).next().is_some(), "{name}");
    }
}

#[test]
fn a_contested_event_is_said_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contested.csv");
    std::fs::write(&path, "when,title,actors,kind,status\n2023-08-02,A visit,Someone,visit,denied\n2023-08,Talks,Someone,,\n").unwrap();
    let harness = with_file(path);
    assert!(harness.query_by_label("Wednesday 2 August 2023, visit, denied, Someone: A visit").is_some());
    assert!(harness.query_by_label("August 2023, Someone: Talks").is_some());
}

#[test]
fn marks_are_selected_and_counts_come_closer_when_a_screen_reader_asks() {
    let mut harness = with_file(sample());
    let mark = "Letters “at the surface level”";
    ask(&mut harness, mark, Action::Click);
    assert_eq!(harness.state().selected_title(), Some(mark));
    ask(&mut harness, "Visits Pyongyang for talks", Action::Focus);
    assert_eq!(harness.state().selected_title(), Some("Visits Pyongyang for talks"));
    // The lanes keep the keyboard and point at the mark.
    let canvas = harness.get_by_label_contains("Timeline, ");
    assert!(canvas.accesskit_node().is_focused_in_tree());
    let named = canvas.accesskit_node().active_descendant().and_then(|node| node.label()).unwrap();
    assert!(named.ends_with("Visits Pyongyang for talks"), "{named}");
    press(&mut harness, Key::ArrowRight);
    let canvas = harness.get_by_label_contains("Timeline, ");
    let next = canvas.accesskit_node().active_descendant().and_then(|node| node.label()).unwrap();
    assert_ne!(named, next, "a step is said");
    assert!(next.contains(harness.state().selected_title().unwrap()));
    press(&mut harness, Key::Num0);
    let before = harness.state().window();
    let count = harness.get_all_by_role(Role::ListItem).find_map(|item| {
        let name = item.accesskit_node().label()?;
        (events(&name) > 1).then_some(name)
    });
    ask(&mut harness, &count.expect("the whole range has counts"), Action::Click);
    assert!(harness.state().window().length_ms() < before.length_ms());
}

#[test]
fn the_playhead_is_a_slider_that_moves_by_the_lines_of_the_ruler() {
    let mut harness = with_file(sample());
    assert_eq!(value(&harness), "not set");
    playhead(&harness).increment_accesskit();
    harness.run_steps(3);
    let first = value(&harness);
    assert!(first.ends_with("August 2023"), "{first}");
    playhead(&harness).increment_accesskit();
    harness.run_steps(3);
    let second = value(&harness);
    assert_ne!(first, second);
    playhead(&harness).decrement_accesskit();
    harness.run_steps(3);
    assert_eq!(value(&harness), first);
    assert!(harness.state().selected().is_some(), "the nearest event is selected, as by the mouse");
    let node = playhead(&harness);
    let node = node.accesskit_node();
    let at_ms = node.numeric_value().unwrap();
    assert!(node.min_numeric_value().unwrap() < at_ms && at_ms < node.max_numeric_value().unwrap());
    // Beyond the window's end the window comes along.
    let opened = harness.state().window();
    playhead(&harness).focus();
    harness.run_steps(2);
    press(&mut harness, Key::End);
    assert_eq!(harness.state().window(), opened);
    for _ in 0..3 {
        press(&mut harness, Key::ArrowRight);
    }
    assert!(harness.state().window().from_ms > opened.from_ms);
    assert!(harness.state().window().holds(harness.state().view().playhead_ms.unwrap()));
}

/// Three thousand events in thirty lanes, most of them in one week.
fn dense(folder: &Path) -> PathBuf {
    let mut text = "when,title,actors\n".to_owned();
    for at in 0..3_000 {
        let _ = writeln!(text, "2023-0{}-{:02},Event {at},Actor {:02}", 1 + at % 9, 1 + at % 28, at % 30);
    }
    let path = folder.join("dense.csv");
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_dense_file_is_told_in_a_bounded_number_of_nodes_and_still_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_file(dense(folder.path()));
    for key in [Key::Num0, Key::W, Key::W, Key::W, Key::W] {
        press(&mut harness, key);
        assert_all_is_told(&harness);
        let nodes = harness.state().nodes_made();
        assert!(nodes > 20 && nodes <= 400, "{nodes} nodes");
    }
    // What is selected is among what is told.
    press(&mut harness, Key::ArrowRight);
    let title = harness.state().selected_title().unwrap().to_owned();
    assert!(harness.query_all_by_role(Role::ListItem).any(|item| item.accesskit_node().label().unwrap_or_default().ends_with(&title)));
}

#[test]
fn the_parts_of_the_window_are_landmarks() {
    let mut harness = with_file(sample());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::T);
    press(&mut harness, Key::F8);
    for name in ["Menus and search", "Lanes panel", "Table panel", "Event in detail", "Overview strip", "Problems panel", "Status line"] {
        assert!(harness.query_by_role_and_label(Role::Region, name).is_some(), "{name}");
    }
    let described = harness.get_by_label_contains("Timeline, ").accesskit_node().description().unwrap();
    assert!(described.contains("events in view"), "{described}");
}
