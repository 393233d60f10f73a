//! The facets: kinds, statuses, actors, places, sources and tags with the number of their events, each a click that writes into the query.
//!
//! The query is the one truth: what is ticked here is read off it. Counting runs off the UI thread; the old numbers stay until the new ones are there.

use std::sync::Arc;

use egui::{Align, Button, CollapsingHeader, Layout, Response, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::{Facts, Intent};
use crate::formats::Progress as _;
use crate::jobs::{Job, Outcome, Shared, facet_rows};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped};
use crate::store::query::Chosen;
use crate::store::{Facet, FacetRow, FacetRows, Query};
use crate::style::{SMALL_PX, TEXT_PX};
use crate::view::Action;

/// The rows of every facet.
type AllRows = [FacetRows; Facet::ALL.len()];

/// A facet with so many values has a search of its own.
const SEARCHED_FROM: usize = 12;

/// What the numbers depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    generation: u64,
    indexed: bool,
    searches: [String; Facet::ALL.len()],
}

/// The panel's own state.
#[derive(Default)]
pub(super) struct Facets {
    searches: [String; Facet::ALL.len()],
    asked: Option<Key>,
    counting: Option<Job<AllRows>>,
    rows: Option<AllRows>,
}

impl Facets {
    /// Whether numbers are being counted.
    pub fn is_busy(&self) -> bool {
        self.counting.is_some()
    }

    /// Counts anew where the numbers are of something else, and takes what was counted.
    fn update(&mut self, ui: &Ui, facts: Facts<'_>) {
        let document = facts.document;
        let indexed = document.store.words().is_some();
        let key = Key { generation: document.generation, indexed, searches: self.searches.clone() };
        if self.asked.as_ref() != Some(&key) {
            self.asked = Some(key);
            let (store, matching, query) = (Arc::clone(&document.store), document.matching.clone(), document.query.clone());
            let (searches, ctx) = (self.searches.clone(), ui.ctx().clone());
            let work = move |shared: &Shared| facet_rows(&store, &query, matching.as_deref(), &searches, &|| shared.cancelled());
            self.counting = Some(Job::start(work, move || ctx.request_repaint()));
        }
        match self.counting.as_ref().map(Job::poll) {
            Some(Outcome::Done(rows)) => {
                self.rows = Some(rows);
                self.counting = None;
            }
            Some(Outcome::Lost) => self.counting = None,
            Some(Outcome::Working) | None => {}
        }
    }

    /// Shows the panel.
    pub fn show(&mut self, ui: &mut Ui, facts: Facts<'_>, intents: &mut Vec<Intent>) {
        self.update(ui, facts);
        let style = facts.style;
        ui.horizontal(|ui| {
            ui.label(RichText::new("Facets").font(font(TEXT_PX, Weight::SemiBold)));
            if self.is_busy() {
                ui.spinner();
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.small_button("×").on_hover_text("Close").accessible_name("Close facets").clicked() {
                    intents.push(Intent::View(Action::ShowFacets(false)));
                }
            });
        });
        if facts.query_error.is_some() {
            let words = "The search cannot be read. The numbers are of the last one that could.";
            ui.add(egui::Label::new(RichText::new(words).small().color(color32(style.warning))).wrap());
        }
        let Some(rows) = &self.rows else { return };
        let can_choose = facts.query_error.is_none();
        let query = &facts.document.query;
        ScrollArea::vertical().id_salt("facets").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for ((facet, rows), search) in Facet::ALL.into_iter().zip(rows).zip(&mut self.searches) {
                if rows.in_all == 0 {
                    continue;
                }
                let heading = RichText::new(facet.heading()).font(font(SMALL_PX + 1.0, Weight::SemiBold)).color(color32(style.text_quiet));
                CollapsingHeader::new(heading).id_salt(facet.heading()).default_open(true).show_unindented(ui, |ui| {
                    if rows.in_all >= SEARCHED_FROM || !search.is_empty() {
                        let edit =
                            TextEdit::singleline(search).desired_width(f32::INFINITY).hint_text(format!("of {}", grouped(rows.in_all)));
                        ui.add(edit).accessible_name(format!("Search {}", facet.heading()));
                    }
                    for row in &rows.rows {
                        let chosen = query.chosen(facet, &row.value);
                        let response = value(ui, facts, facet, row, chosen, can_choose);
                        choose(&response, query, facet, row, chosen, intents);
                    }
                    rest(ui, facts, rows);
                });
            }
        });
    }
}

/// A value with its number.
fn value(ui: &mut Ui, facts: Facts<'_>, facet: Facet, row: &FacetRow, chosen: Chosen, enabled: bool) -> Response {
    let style = facts.style;
    let mut words = RichText::new(&row.label);
    if chosen == Chosen::Excluded {
        words = words.strikethrough().color(color32(style.text_quiet));
    }
    let count_color = if chosen == Chosen::Wanted { style.text } else { style.text_quiet };
    let count = RichText::new(grouped(row.count as usize)).small().color(color32(count_color));
    let button =
        Button::selectable(chosen == Chosen::Wanted, words).shortcut_text(count).truncate().min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add_enabled(enabled, button).on_hover_text(match chosen {
        Chosen::Neither => "Click: only these. Alt+click: all but these",
        Chosen::Wanted | Chosen::Excluded => "Click: as before",
    });
    let standing = match chosen {
        Chosen::Neither => "",
        Chosen::Wanted => ", chosen",
        Chosen::Excluded => ", left out",
    };
    let events = if row.count == 1 { "event" } else { "events" };
    let name = format!("{}: {}, {} {events}{standing}", facet.heading(), row.label, grouped(row.count as usize));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, chosen == Chosen::Wanted, &name));
    response
}

/// Writes a choice into the query.
fn choose(response: &Response, query: &Query, facet: Facet, row: &FacetRow, chosen: Chosen, intents: &mut Vec<Intent>) {
    let mut next = None;
    if response.clicked() {
        let alt = response.ctx.input(|input| input.modifiers.alt);
        next = Some(match (chosen, alt) {
            (Chosen::Neither, false) => Chosen::Wanted,
            (Chosen::Neither | Chosen::Wanted, true) => Chosen::Excluded,
            (Chosen::Wanted, false) | (Chosen::Excluded, _) => Chosen::Neither,
        });
    }
    response.context_menu(|ui| {
        for (words, choice) in [("Only these", Chosen::Wanted), ("All but these", Chosen::Excluded), ("As before", Chosen::Neither)] {
            if choice != chosen && ui.button(words).clicked() {
                next = Some(choice);
                ui.close();
            }
        }
    });
    if let Some(next) = next {
        // Each click is undone by itself.
        let text = query.with_choice(facet, &row.value, next).to_string();
        intents.extend([Intent::EndRun, Intent::View(Action::SetQuery(text)), Intent::EndRun]);
    }
}

/// Says how many values are not listed.
fn rest(ui: &mut Ui, facts: Facts<'_>, rows: &FacetRows) {
    let left = rows.matching.saturating_sub(rows.rows.len());
    let words = if left > 0 {
        format!("and {} more; search to see them", grouped(left))
    } else if rows.rows.is_empty() {
        "none holds this".to_owned()
    } else {
        return;
    };
    ui.label(RichText::new(words).small().color(color32(facts.style.text_quiet)));
}
