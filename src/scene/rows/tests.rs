//! Labels of pictures: important ones first, and lines to those in other rows.

use super::*;

fn mark(x: f32) -> Figure {
    Figure {
        form: Form::Symbol,
        left: x - SYMBOL_RADIUS_PX - 1.0,
        right: x + SYMBOL_RADIUS_PX + 1.0,
        anchor: x,
        cut_left: false,
        cut_right: false,
        outlined: false,
        feather: (0.0, 0.0),
        ghosts: Vec::new(),
    }
}

fn packed(places: &[f32], texts: &[&str], rows: usize, care: Option<&[u32]>) -> Rows {
    let figures: Vec<Figure> = places.iter().map(|x| mark(*x)).collect();
    let words: Vec<Words<'_>> = texts.iter().map(|text| Words { text: Cow::Borrowed(text), number: None }).collect();
    let sides = Sides { left: 0.0, right: 900.0, bar_signs: false };
    pack(&figures.iter().collect::<Vec<_>>(), |at| words[at].clone(), rows, sides, care).expect("not too many")
}

fn label_of(rows: &Rows, at: usize) -> Option<&PlacedLabel> {
    rows.placed.iter().find(|mark| mark.at == at)?.label.as_ref()
}

#[test]
fn important_labels_choose_their_place_first() {
    let texts = ["The first of two events side by side", "The other one, which matters more", "Here the row ends for good and all"];
    let places = [300.0, 330.0, 360.0];
    let plain = packed(&places, &texts, 1, Some(&[1, 1, 1]));
    let weighed = packed(&places, &texts, 1, Some(&[1, 1, 5]));
    assert!(label_of(&plain, 2).is_none() || label_of(&weighed, 2).is_some());
    let label = label_of(&weighed, 2).expect("the important one has its label");
    assert_eq!(label.text, texts[2], "uncut");
    assert_eq!(weighed.placed.len() + weighed.chips.iter().map(|chip| chip.marks.len()).sum::<usize>(), 3);
}

#[test]
fn a_label_without_room_beside_its_mark_is_led_to_another_row() {
    // In the first row the marks take all the room beside each other; the second is free.
    let places: Vec<f32> = (0..30).map(|at| 40.0 + 26.0 * at as f32).collect();
    let texts: Vec<String> = (0..30).map(|at| format!("Event number {at} of the row")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let care = vec![1; 30];
    let led = packed(&places, &texts, 4, Some(&care));
    let labels: Vec<(usize, &PlacedLabel)> = led.placed.iter().filter_map(|mark| Some((mark.row, mark.label.as_ref()?))).collect();
    for (at, (row, label)) in labels.iter().enumerate() {
        let own = label.led_to.unwrap_or(*row);
        assert!(own < led.used);
        for (other_row, other) in &labels[at + 1..] {
            let apart = other.led_to.unwrap_or(*other_row) != own
                || label.left + label.width <= other.left
                || other.left + other.width <= label.left;
            assert!(apart, "{label:?} lies on {other:?}");
        }
        for mark in led.placed.iter().filter(|mark| mark.row == own) {
            let (left, right) = mark_of(places[mark.at]);
            assert!(label.left >= right || label.left + label.width <= left, "{label:?} lies on the mark at {left}");
        }
    }
    let without = packed(&places, &texts, 4, None);
    let count = |rows: &Rows| rows.placed.iter().filter(|mark| mark.label.is_some()).count();
    assert!(count(&led) >= count(&without), "{} with care, {} without", count(&led), count(&without));
}

fn mark_of(x: f32) -> (f32, f32) {
    (x - SYMBOL_RADIUS_PX - 1.0, x + SYMBOL_RADIUS_PX + 1.0)
}

#[test]
fn numbers_stay_when_words_are_cut() {
    let words = Words { text: Cow::Borrowed("A long title that has no room here"), number: Some(17) };
    let cut = words.cut(90.0).unwrap();
    let written = words.written(cut);
    assert!(written.ends_with("… [17]") && cut.width_px <= 90.0, "{written} {}", cut.width_px);
    assert!((text_width(&written, LABEL_PX, Weight::Regular) - cut.width_px).abs() < 0.01);
    assert_eq!(words.bare().unwrap().0, "[17]");
    assert!(words.cut(10.0).is_none());
}

#[test]
fn many_marks_become_counts_when_more_than_half_have_no_room() {
    let pitch = 2.0 * SYMBOL_RADIUS_PX + 2.0 + GAP_PX;
    let side_by_side = |count: usize, each: usize| -> Vec<Figure> {
        (0..count).flat_map(|at| std::iter::repeat_n(20.0 + pitch * at as f32, each)).map(mark).collect()
    };
    let made = |figures: &[Figure]| {
        let figures: Vec<&Figure> = figures.iter().collect();
        let words = |_| Words { text: Cow::Borrowed(""), number: None };
        pack(&figures, words, 1, Sides { left: 0.0, right: 900.0, bar_signs: false }, None).is_some()
    };
    assert_eq!(without_room(&side_by_side(20, 2).iter().collect::<Vec<_>>(), 1), 20);
    assert!(made(&side_by_side(20, 1)) && !made(&side_by_side(20, 3)));
    assert!(made(&side_by_side(2, 5)), "few stay marks");
}
