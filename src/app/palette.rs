//! The command palette: every command, lane, kind, bookmark and event, found by a few letters of its name.

use std::sync::Arc;

use egui::{Align2, Context, Key, Modifiers, RichText, ScrollArea, TextEdit, Window, vec2};

use super::commands::{COMMANDS, Command, Standing};
use super::document::Document;
use super::{Facts, Intent};
use crate::jobs::{Job, Outcome, best_titles};
use crate::render::paint::color32;
use crate::store::{EventId, Fuzzy, GroupBy};
use crate::style::SMALL_PX;
use crate::time::{self, Dialect};
use crate::view::{Action, BookmarkAction, LaneAction, LaneSort};

/// Entries that are listed.
const MOST: usize = 60;
/// Events that are looked for.
const MOST_EVENTS: usize = 30;
const ROW_PX: f32 = 24.0;

/// What the palette looks through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Among {
    /// Everything.
    #[default]
    All,
    /// Lanes.
    Lanes,
}

/// One thing that can be chosen.
struct Entry {
    score: i32,
    /// What kind of thing it is.
    what: &'static str,
    name: String,
    /// Its key or date.
    aside: String,
    intent: Intent,
}

/// The palette's own state.
#[derive(Default)]
pub(super) struct Palette {
    open: bool,
    among: Among,
    typed: String,
    chosen: usize,
    focus: bool,
    /// What was looked for last, and in which document.
    looked: Option<(u64, Fuzzy)>,
    job: Option<Job<Vec<EventId>>>,
    events: Vec<EventId>,
}

impl Palette {
    /// Opens the palette, empty.
    pub fn open(&mut self, among: Among) {
        *self = Self { open: true, focus: true, among, ..Self::default() };
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether events are being looked for.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Shows the palette: Up and Down choose, Enter does, Escape closes.
    pub fn show(&mut self, ctx: &Context, facts: Option<Facts<'_>>, standing: &Standing, intents: &mut Vec<Intent>) {
        if !self.open {
            return;
        }
        let taken = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (mut close, enter) = (taken(Key::Escape), taken(Key::Enter));
        let step = i32::from(taken(Key::ArrowDown)) - i32::from(taken(Key::ArrowUp));
        self.chosen = self.chosen.saturating_add_signed(step as isize);
        let typed = Fuzzy::new(&self.typed);
        if let Some(facts) = facts {
            self.look_for_events(ctx, facts.document, &typed);
        }
        let mut entries = entries(facts, standing, self.among, &typed, &self.events);
        self.chosen = self.chosen.min(entries.len().saturating_sub(1));
        let mut done = enter.then_some(self.chosen);
        let title = if self.among == Among::Lanes { "Go to a lane" } else { "Do or find" };
        let wide = (ctx.content_rect().width() - 80.0).clamp(260.0, 560.0);
        Window::new(title).collapsible(false).resizable(false).anchor(Align2::CENTER_TOP, [0.0, 70.0]).show(ctx, |ui| {
            ui.set_width(wide);
            let hint = if self.among == Among::Lanes { "A lane's name" } else { "A command, lane, kind, event or bookmark" };
            let field = ui
                .add(TextEdit::singleline(&mut self.typed).desired_width(f32::INFINITY).hint_text(hint))
                .accessible_name("Name to look for");
            if std::mem::take(&mut self.focus) || !field.has_focus() {
                field.request_focus();
            }
            if field.changed() {
                self.chosen = 0;
            }
            let high = (ctx.content_rect().height() - 220.0).clamp(90.0, 420.0);
            ScrollArea::vertical().max_height(high).min_scrolled_height(high).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, entry) in entries.iter().enumerate() {
                    let words = RichText::new(&entry.name);
                    let aside = RichText::new(if entry.aside.is_empty() {
                        entry.what.to_owned()
                    } else {
                        format!("{} · {}", entry.what, entry.aside)
                    })
                    .size(SMALL_PX);
                    let button = egui::Button::new(words)
                        .right_text(aside)
                        .frame_when_inactive(at == self.chosen)
                        .selected(at == self.chosen)
                        .truncate();
                    let row = ui.add_sized(vec2(ui.available_width(), ROW_PX), button);
                    if at == self.chosen && step != 0 {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() {
                        done = Some(at);
                    }
                }
                if entries.is_empty() {
                    let words = if self.job.is_some() { "Looking…" } else { "Nothing has a name like this." };
                    ui.weak(words);
                }
            });
            if let Some(facts) = facts {
                let color = color32(facts.style.text_quiet);
                ui.label(RichText::new("Up and Down choose, Enter does it, Escape closes").size(SMALL_PX).color(color));
            }
        });
        if let Some(at) = done.filter(|at| *at < entries.len()) {
            intents.push(entries.swap_remove(at).intent);
            close = true;
        }
        if close {
            *self = Self::default();
        }
    }

    /// Starts looking through titles where something else was typed, and takes what was found. What was found before stays until then.
    fn look_for_events(&mut self, ctx: &Context, document: &Document, typed: &Fuzzy) {
        if self.among != Among::All {
            return;
        }
        if typed.is_empty() {
            (self.job, self.looked) = (None, None);
            self.events.clear();
            return;
        }
        let wanted = (document.generation, typed.clone());
        if self.looked.as_ref() != Some(&wanted) {
            let (store, typed, wake) = (Arc::clone(&document.store), typed.clone(), ctx.clone());
            self.job = Some(Job::start(move |shared| best_titles(&store, &typed, MOST_EVENTS, shared), move || wake.request_repaint()));
            self.looked = Some(wanted);
        }
        match self.job.as_ref().map(Job::poll) {
            Some(Outcome::Done(events)) => {
                self.events = events;
                self.job = None;
            }
            Some(Outcome::Lost) => self.job = None,
            Some(Outcome::Working) | None => {}
        }
    }
}

/// What fits, best first: commands before lanes before the rest where they fit alike.
fn entries(facts: Option<Facts<'_>>, standing: &Standing, among: Among, typed: &Fuzzy, events: &[EventId]) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    let mut add = |what, name: &str, aside: &dyn Fn() -> String, intent: &dyn Fn() -> Intent| {
        if let Some(score) = typed.score(name) {
            out.push(Entry { score, what, name: name.to_owned(), aside: aside(), intent: intent() });
        }
    };
    let nothing = String::new;
    if among == Among::All {
        for row in COMMANDS.iter().filter(|row| row.command != Command::Palette && standing.allows(row.needs)) {
            let key = || {
                row.shortcut.map_or_else(String::new, |shortcut| shortcut.format(&egui::ModifierNames::NAMES, cfg!(target_os = "macos")))
            };
            add("command", row.label, &key, &|| Intent::Command(row.command));
        }
    }
    if let Some(facts) = facts {
        for lane in facts.document.lanes.lanes() {
            let count = || lane.len().to_string();
            add("lane", lane.name(), &count, &|| Intent::GoToLane(lane.name().to_string()));
        }
        if among == Among::All {
            for group in GroupBy::ALL {
                add("lanes", &format!("Lanes by {}", group.name()), &nothing, &|| Intent::View(Action::SetGroup(group)));
            }
            for sort in LaneSort::ALL {
                add("lanes", &format!("Order of lanes: {}", sort.name().to_lowercase()), &nothing, &|| {
                    Intent::View(Action::Lanes(LaneAction::Sort(sort)))
                });
            }
            for (at, bookmark) in facts.view.bookmarks.iter().enumerate() {
                add("bookmark", &bookmark.name, &nothing, &|| Intent::View(Action::Bookmark(BookmarkAction::Visit(at))));
            }
            let store = &facts.document.store;
            if !typed.is_empty() {
                for (id, name) in store.names().kinds.iter() {
                    let query = || Intent::View(Action::SetQuery(format!("kind=\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))));
                    add("filter by kind", store.kind_label(id), &nothing, &query);
                }
            }
            for event in events {
                let date =
                    || time::read(store.canonical(*event), &Dialect::EDTF).map(|when| store.wording_short(&when)).unwrap_or_default();
                add("event", store.title_text(*event), &date, &|| Intent::View(Action::Select(Some(*event))));
            }
        }
    }
    out.sort_by_key(|entry| std::cmp::Reverse(entry.score));
    out.truncate(MOST);
    out
}
