//! Lanes in the window, by accessible names: chosen, folded, pinned, hidden, moved, made higher, sorted; and every change can be taken back.

use crate::desk::{sample, settle, with_file};
use chronolane::app::App;
use chronolane::store::GroupBy;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// The names of the lanes on screen, from the top.
fn lanes(harness: &Harness<'_, App>) -> Vec<String> {
    let mut found: Vec<(f32, String)> = harness
        .query_all_by_label_contains("Lane ")
        .filter_map(|node| {
            let label = node.accesskit_node().label()?;
            let name = label.strip_prefix("Lane ")?.split(", ").next()?.to_owned();
            Some((node.rect().top(), name))
        })
        .collect();
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    found.into_iter().map(|(_, name)| name).collect()
}

fn press(harness: &mut Harness<'_, App>, key: Key) {
    harness.key_press(key);
    harness.run_steps(3);
}

fn press_with(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

fn choose(harness: &mut Harness<'_, App>, lane: &str) {
    harness.get_by_label_contains(&format!("Lane {lane}, ")).click();
    harness.run_steps(3);
}

#[test]
fn a_lane_folds_what_belongs_to_it_and_shows_each_event_once() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::Num0);
    let before = lanes(&harness);
    assert!(before.iter().any(|name| name == "Vladimir Putin"));
    choose(&mut harness, "Russia");
    press(&mut harness, Key::L);
    assert!(lanes(&harness).iter().all(|name| name != "Vladimir Putin" && name != "Sergei Shoigu"));
    assert!(
        harness.query_by_label_contains("Lane Russia, 12 events, folded").is_some(),
        "{:?}",
        harness.get_by_label_contains("Lane Russia").accesskit_node().label()
    );
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(lanes(&harness), before);
    press_with(&mut harness, Modifiers::SHIFT, Key::L);
    assert!(lanes(&harness).len() < before.len() - 3);
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    assert_eq!(lanes(&harness), before);
}

#[test]
fn lanes_are_hidden_counted_and_brought_back() {
    let mut harness = with_file(sample());
    let before = lanes(&harness);
    choose(&mut harness, "John Kirby");
    press(&mut harness, Key::H);
    assert!(!lanes(&harness).contains(&"John Kirby".to_owned()));
    harness.get_by_label("1 lane hidden").click();
    harness.run_steps(3);
    harness.get_by_label("Show John Kirby").click();
    harness.run_steps(3);
    assert_eq!(lanes(&harness), before);
    choose(&mut harness, "John Kirby");
    press(&mut harness, Key::O);
    assert_eq!(lanes(&harness), ["John Kirby"]);
    press_with(&mut harness, Modifiers::SHIFT, Key::H);
    assert_eq!(lanes(&harness), before);
}

#[test]
fn a_pinned_lane_stands_at_the_top() {
    let mut harness = with_file(sample());
    choose(&mut harness, "John Kirby");
    press(&mut harness, Key::P);
    assert_eq!(lanes(&harness)[0], "John Kirby");
    assert!(harness.query_by_label_contains("Lane John Kirby, ").unwrap().accesskit_node().label().unwrap().ends_with("pinned"));
    press(&mut harness, Key::P);
    assert_ne!(lanes(&harness)[0], "John Kirby");
}

#[test]
fn lanes_move_by_key_and_by_mouse_and_back() {
    let mut harness = with_file(sample());
    let before = lanes(&harness);
    choose(&mut harness, "Sergei Shoigu");
    press_with(&mut harness, Modifiers::ALT, Key::ArrowDown);
    let at = |names: &[String], name: &str| names.iter().position(|other| other == name).unwrap();
    let moved = lanes(&harness);
    assert_eq!(at(&moved, "Sergei Shoigu"), at(&before, "Sergei Shoigu") + 1);
    press_with(&mut harness, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(lanes(&harness), before);

    // Dragged by its name below its neighbour's middle.
    let centre = |harness: &Harness<'_, App>, name: &str| harness.get_by_label_contains(&format!("Lane {name}, ")).rect().center();
    let from = centre(&harness, "Sergei Shoigu");
    let to = centre(&harness, "Vladimir Putin") + Vec2::new(0.0, 12.0);
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + Vec2::new(0.0, 30.0));
    harness.step();
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(3);
    assert_eq!(lanes(&harness), moved);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(lanes(&harness), before);
}

#[test]
fn a_lane_is_made_higher_by_its_lower_edge() {
    let mut harness = with_file(sample());
    let rect = |harness: &Harness<'_, App>| harness.get_by_label_contains("Lane Sergei Shoigu, ").rect();
    let before = rect(&harness);
    let edge = before.center_bottom() - Vec2::new(0.0, 1.0);
    harness.hover_at(edge);
    harness.step();
    harness.drag_at(edge);
    harness.step();
    harness.hover_at(edge + Vec2::new(0.0, 20.0));
    harness.step();
    harness.hover_at(edge + Vec2::new(0.0, 60.0));
    harness.run_steps(2);
    harness.drop_at(edge + Vec2::new(0.0, 60.0));
    harness.run_steps(3);
    assert!((rect(&harness).height() - before.height() - 60.0).abs() < 3.0, "{before:?} {:?}", rect(&harness));
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!((rect(&harness).height() - before.height()).abs() < 1.0, "a drag is taken back in one step");
}

#[test]
fn lanes_are_grouped_and_sorted_from_the_corner() {
    let mut harness = with_file(sample());
    harness.get_by_label("Lanes by actor").click();
    harness.run_steps(3);
    harness.get_by_label("By name").click();
    harness.run_steps(3);
    let tops = lanes(&harness);
    let at = |name: &str| tops.iter().position(|other| other == name).unwrap();
    assert!(at("North Korea") < at("Russia") && at("Russia") < at("United States"), "{tops:?}");
    assert!(at("Russia") < at("Vladimir Putin") && at("Vladimir Putin") < at("United States"), "members stay under what they belong to");
    harness.get_by_label("Lanes by actor").click();
    harness.run_steps(3);
    harness.get_by_label("status").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(harness.state().view().group, GroupBy::Status);
    assert!(lanes(&harness).contains(&"denied".to_owned()), "{:?}", lanes(&harness));
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(lanes(&harness), tops);
}

#[test]
fn arrows_choose_lanes_and_what_is_chosen_comes_into_view() {
    let mut harness = with_file(sample());
    press(&mut harness, Key::ArrowDown);
    let first = harness.state().view().selected_lane.unwrap();
    press(&mut harness, Key::ArrowDown);
    assert_ne!(harness.state().view().selected_lane, Some(first));
    press(&mut harness, Key::ArrowUp);
    assert_eq!(harness.state().view().selected_lane, Some(first));
    for _ in 0..40 {
        press(&mut harness, Key::ArrowDown);
    }
    let chosen = |harness: &Harness<'_, App>| {
        let is_chosen = |node: &egui_kittest::Node<'_>| format!("{:?}", node.accesskit_node().toggled()).contains("True");
        harness.query_all_by_label_contains("Lane ").filter(is_chosen).count()
    };
    assert_eq!(chosen(&harness), 1, "the last lane is on screen");
    press(&mut harness, Key::ArrowDown);
    assert_eq!(chosen(&harness), 1, "beyond the last lane is none");
}
