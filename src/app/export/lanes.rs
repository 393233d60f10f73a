//! Which lanes go into the picture: a list with a box for each, searched by name, as cheap with ten thousand as with ten.

use egui::{ScrollArea, TextEdit, Ui};

use super::Choice;
use crate::store::LaneIndex;

/// The height of the list.
const LIST_PX: f32 = 120.0;

/// Shows the list; all lanes unless some are chosen.
pub(super) fn show(ui: &mut Ui, lanes: &LaneIndex, choice: &mut Choice, search: &mut String) {
    let chosen = &mut choice.options.lanes;
    let all = lanes.lanes();
    let words = match chosen {
        None => format!("All {} lanes", all.len()),
        Some(names) => format!("{} of {} lanes", names.len(), all.len()),
    };
    egui::CollapsingHeader::new(words).id_salt("export lanes").show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.add(TextEdit::singleline(search).desired_width(150.0).hint_text("Name")).accessible_name("Find a lane");
            if ui.button("All").clicked() {
                *chosen = None;
            }
            if ui.button("None").clicked() {
                *chosen = Some(Vec::new());
            }
        });
        let wanted = search.trim().to_lowercase();
        let offered: Vec<usize> =
            (0..all.len()).filter(|&at| wanted.is_empty() || all[at].name().to_lowercase().contains(&wanted)).take(20_000).collect();
        let row_px = ui.spacing().interact_size.y;
        ScrollArea::vertical().max_height(LIST_PX).auto_shrink([false, true]).show_rows(ui, row_px, offered.len(), |ui, rows| {
            for &at in &offered[rows] {
                let name = all[at].name();
                let was = chosen.as_ref().is_none_or(|names| names.iter().any(|other| **other == **name));
                let mut is = was;
                ui.checkbox(&mut is, crate::scene::elided(name, crate::style::TEXT_PX, crate::scene::Weight::Regular, 240.0));
                if is == was {
                    continue;
                }
                // Kept in the order of the lanes.
                let kept = |other: usize| {
                    if other == at { is } else { chosen.as_ref().is_none_or(|names| names.iter().any(|one| **one == **all[other].name())) }
                };
                let names: Vec<String> = (0..all.len()).filter(|&other| kept(other)).map(|other| all[other].name().to_string()).collect();
                *chosen = (names.len() < all.len()).then_some(names);
            }
        });
    });
}
