//! The display zone: its choice, and the work of putting the open events into it.

use egui::{Align2, Context, Key, Modifiers, RichText, ScrollArea, TextEdit, Window};

use super::{App, Facts, Intent};
use crate::jobs::{Job, Outcome, Zoned};
use crate::render::paint::color32;
use crate::store::Query;
use crate::style::Style;
use crate::time::Zone;
use crate::view::Action;

/// How many zones the list shows.
const LISTED: usize = 60;
const LIST_PX: f32 = 260.0;

/// The choice being made, and the change under way.
#[derive(Default)]
pub(super) struct Zones {
    open: bool,
    wants_focus: bool,
    text: String,
    /// The zones that the text leaves.
    listed: Vec<Zone>,
    changing: Option<Changing>,
}

struct Changing {
    zone: Zone,
    /// The document that it was begun for.
    generation: u64,
    query: String,
    job: Job<Zoned>,
}

impl Zones {
    pub fn open_choice(&mut self) {
        (self.open, self.wants_focus) = (true, true);
        self.text.clear();
        self.listed = listed("");
    }

    pub fn choice_open(&self) -> bool {
        self.open
    }

    /// Whether events are being put into another zone.
    pub fn is_busy(&self) -> bool {
        self.changing.is_some()
    }

    /// Stops a change: another document is open.
    pub fn stop(&mut self) {
        self.changing = None;
    }

    /// Shows the choice: words narrow the list down, Enter takes the first, Escape closes it.
    pub fn show_choice(&mut self, ctx: &Context, chosen: Zone, style: &Style, intents: &mut Vec<Intent>) {
        if !self.open {
            return;
        }
        let enter = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let mut close = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let mut taken = self.listed.first().copied().filter(|_| enter);
        let quiet = color32(style.text_quiet);
        Window::new("Time zone").collapsible(false).resizable(false).anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO).show(ctx, |ui| {
            ui.set_width(380.0);
            let words =
                "Times that were written with a zone are shown by the clocks of this one. Dates without a zone stand as written in any.";
            ui.add(egui::Label::new(RichText::new(words).color(quiet)).wrap());
            ui.add_space(4.0);
            let edit = TextEdit::singleline(&mut self.text).desired_width(f32::INFINITY).hint_text("A city, a continent, or UTC");
            let edit = ui.add(edit).accessible_name("Search zones");
            if std::mem::take(&mut self.wants_focus) {
                edit.request_focus();
            }
            if edit.changed() {
                self.listed = listed(&self.text);
            }
            ui.add_space(4.0);
            ScrollArea::vertical().max_height(LIST_PX).auto_shrink([false, false]).show(ui, |ui| {
                for zone in &self.listed {
                    if ui.radio(*zone == chosen, said(*zone)).clicked() {
                        taken = Some(*zone);
                    }
                }
                if self.listed.is_empty() {
                    ui.label(RichText::new("No zone has this in its name. Try the largest city near by.").color(quiet));
                } else if self.listed.len() >= LISTED {
                    ui.label(RichText::new("… more: go on typing").color(quiet));
                }
            });
            ui.add_space(6.0);
            close |= ui.button("Close zones").clicked();
        });
        if let Some(zone) = taken {
            intents.push(Intent::View(Action::SetZone(zone)));
        }
        if close || taken.is_some() {
            self.open = false;
        }
    }

    /// Begins to put the events of a document into the zone of the view, unless they stand in it or are on their way.
    fn follow(&mut self, ctx: &Context, facts: Facts<'_>) {
        let (document, zone) = (facts.document, facts.view.zone);
        if document.store.zone() == zone {
            self.changing = None;
            return;
        }
        if self.changing.as_ref().is_some_and(|change| change.zone == zone && change.generation == document.generation) {
            return;
        }
        // What cannot be read filters nothing.
        let text = facts.view.query.clone();
        let Ok(query) = Query::parse(&text).or_else(|_| Query::parse("")) else { return };
        let job = document.in_zone(ctx, facts.view, query);
        self.changing = Some(Changing { zone, generation: document.generation, query: text, job });
    }
}

/// The zones that a text leaves, the chosen words first: UTC and this computer's, then those of the database.
fn listed(text: &str) -> Vec<Zone> {
    let wanted = text.trim().to_lowercase();
    let first = [Some(Zone::UTC), Zone::local().ok()].into_iter().flatten();
    let first = first.filter(|zone| said(*zone).to_lowercase().contains(&wanted));
    first.chain(Zone::search(text, LISTED)).collect()
}

/// A zone as the list says it.
fn said(zone: Zone) -> String {
    if zone.is_local() { format!("Local: {}, the zone of this computer", zone.name()) } else { zone.name().replace('_', " ") }
}

impl App {
    /// Shows instants in a zone from now on.
    pub fn show_in(&mut self, zone: Zone) {
        self.view.zone = zone;
        self.options.zone = zone;
    }

    /// Keeps what is open, and what will be, in the zone of the view.
    pub(super) fn follow_zone(&mut self, ctx: &Context) {
        if self.options.zone != self.view.zone {
            self.options.zone = self.view.zone;
            self.recent.zone = self.view.zone;
        }
        if let Some(document) = &self.document {
            let facts = Facts {
                document,
                view: &self.view,
                style: &super::theme::style_of(ctx),
                query_error: self.query_error.as_ref(),
                filtering: self.filtering.is_some(),
            };
            self.zones.follow(ctx, facts);
        }
    }

    /// Takes the events that were put into another zone. Selections keep to their events, whose numbers change.
    pub(super) fn take_zoned(&mut self, ctx: &Context) {
        let Some(change) = &self.zones.changing else { return };
        let zoned = match change.job.poll() {
            Outcome::Working => return,
            Outcome::Lost => None,
            Outcome::Done(zoned) => Some(zoned),
        };
        let (generation, query) = (change.generation, change.query.clone());
        self.zones.changing = None;
        let Some(document) = &mut self.document else { return };
        let Some(zoned) = zoned else {
            // It could not be done, and would not the next time.
            self.view.zone = document.store.zone();
            return;
        };
        if document.generation != generation {
            return;
        }
        let before = std::sync::Arc::clone(&document.store);
        let other_group = zoned.filtered.wanted.group != self.view.group;
        document.take_zoned(zoned, &self.view);
        let after = &document.store;
        let renumber = |event| before.same_in(after, event);
        self.view.selected = self.view.selected.and_then(renumber);
        self.history.renumber(renumber);
        self.filtering = None;
        if query != self.view.query || other_group {
            self.start_filter(ctx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_begins_with_utc_and_narrows_down() {
        assert_eq!(listed("").first(), Some(&Zone::UTC));
        assert!(listed("").len() >= LISTED);
        assert_eq!(listed("berlin"), [Zone::parse("Europe/Berlin").unwrap()]);
        assert_eq!(listed("utc").first(), Some(&Zone::UTC));
        assert!(listed("nowhere at all").is_empty());
    }
}
