//! Letters drawn before they are wanted.
//!
//! egui draws a letter when it first stands in a text, apart for each quarter of a pixel at which it may begin; a frame whose texts are all new, such as the
//! first that scrubs, would be late for it. Once a picture is shown, letters are drawn a few a frame, in frames in which nobody does anything.

use std::collections::BTreeSet;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Context};

use crate::render::paint::font;
use crate::scene::{LABEL_PX, Weight};
use crate::store::{EventId, EventStore};
use crate::style::{HEADING_PX, SMALL_PX, TEXT_PX};

/// The fonts that lanes and the detail pane are written in.
const FONTS: [(f32, Weight); 6] = [
    (LABEL_PX, Weight::Regular),
    (TEXT_PX, Weight::Regular),
    (SMALL_PX, Weight::Regular),
    (SMALL_PX, Weight::SemiBold),
    (TEXT_PX, Weight::SemiBold),
    (HEADING_PX, Weight::SemiBold),
];
/// Parts of a pixel at which a letter is drawn apart.
const PLACES: usize = 4;
/// Letters that a frame draws at most: a fraction of a millisecond.
const EACH_FRAME: usize = 24;
/// Titles that are looked through for letters.
const TITLES: usize = 256;
/// Letters beside ASCII that are drawn beforehand: some scripts have thousands.
const OTHERS_MOST: usize = 192;

/// What is drawn already, and what is still to be drawn.
#[derive(Default)]
pub(super) struct Letters {
    /// Whether there is a window whose frames they could make late.
    pub wanted: bool,
    known: Vec<char>,
    /// Steps done: each font, each few letters, each place.
    done: usize,
    pixels_per_point: f32,
}

impl Letters {
    /// Learns the letters of a store by some of its titles.
    pub fn learn(&mut self, store: &EventStore) {
        if !self.wanted {
            return;
        }
        let step = store.len().div_ceil(TITLES).max(1);
        let titles = (0..store.len()).step_by(step).map(|event| store.title_text(EventId(event as u32)));
        let others: BTreeSet<char> = titles.flat_map(str::chars).filter(|letter| !letter.is_ascii() && letter.is_alphanumeric()).collect();
        let letters: Vec<char> = ('!'..='~').chain(others.into_iter().take(OTHERS_MOST)).collect();
        if letters != self.known {
            (self.known, self.done) = (letters, 0);
        }
    }

    fn steps(&self) -> usize {
        FONTS.len() * self.known.len().div_ceil(EACH_FRAME) * PLACES
    }

    /// Whether nothing is left to be drawn.
    pub fn are_drawn(&self) -> bool {
        self.done >= self.steps()
    }

    /// Draws the next few, unless somebody does something.
    pub fn go_on(&mut self, ctx: &Context) {
        let pixels_per_point = ctx.pixels_per_point();
        if (pixels_per_point - self.pixels_per_point).abs() > f32::EPSILON {
            (self.pixels_per_point, self.done) = (pixels_per_point, 0);
        }
        if self.are_drawn() {
            return;
        }
        // Another frame comes for what is left.
        ctx.request_repaint();
        if ctx.input(|input| !input.events.is_empty() || input.pointer.any_down()) {
            return;
        }
        let (few, place) = (self.done / PLACES, self.done % PLACES);
        let chunks = self.known.len().div_ceil(EACH_FRAME);
        let (size_px, weight) = FONTS[few / chunks];
        let Some(letters) = self.known.chunks(EACH_FRAME).nth(few % chunks) else { return };
        let mut job = LayoutJob::default();
        let offset = place as f32 / PLACES as f32 / pixels_per_point;
        job.append(&letters.iter().collect::<String>(), offset, TextFormat::simple(font(size_px, weight), Color32::PLACEHOLDER));
        ctx.fonts_mut(|fonts| fonts.layout_job(job));
        self.done += 1;
    }
}

#[cfg(test)]
mod tests {
    use egui::{FontId, RawInput};

    use super::*;
    use crate::app::theme;
    use crate::model::{Event, Ledger};
    use crate::store::StoreBuilder;

    fn store(title: &str) -> EventStore {
        let mut builder = StoreBuilder::default();
        builder.begin_file("a.csv".into());
        crate::model::EventSink::event(&mut builder, &Event { title: title.into(), ..Event::default() }, 1);
        builder.finish(Ledger::default())
    }

    /// Draws frames with this input until none is left, at most so many; gives how many.
    fn frames(ctx: &Context, letters: &mut Letters, most: usize) -> usize {
        for frame in 0..most {
            if letters.are_drawn() {
                return frame;
            }
            let mut output = ctx.run_ui(RawInput::default(), |ui| letters.go_on(ui.ctx()));
            output.textures_delta.clear();
        }
        most
    }

    #[test]
    fn texts_of_known_letters_need_no_more_drawing() {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut letters = Letters { wanted: true, ..Letters::default() };
        letters.learn(&store("Čáp přiletěl"));
        let needed = frames(&ctx, &mut letters, 1_000);
        assert!((10..1_000).contains(&needed), "{needed}");
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            for (at, (size_px, weight)) in FONTS.into_iter().enumerate() {
                let id: FontId = font(size_px, weight);
                let text = format!("{} quick fox, Příliš čáp!", "i".repeat(at));
                ui.ctx().fonts_mut(|fonts| fonts.layout_no_wrap(text, id, Color32::WHITE));
            }
        });
        // The letters ů and š stand in no title.
        let drawn = output.textures_delta.set.len();
        output.textures_delta.clear();
        assert!(drawn > 0, "a letter of no title is drawn when it is wanted");
        let mut again = ctx.run_ui(RawInput::default(), |ui| {
            for (size_px, weight) in FONTS {
                let text = "Plain words, přiletěl, 1999".to_owned();
                ui.ctx().fonts_mut(|fonts| fonts.layout_no_wrap(text, font(size_px, weight), Color32::WHITE));
            }
        });
        let drawn = again.textures_delta.set.len();
        again.textures_delta.clear();
        assert_eq!(drawn, 0);
    }

    #[test]
    fn nothing_is_drawn_where_no_window_wants_it() {
        let mut letters = Letters::default();
        letters.learn(&store("Words"));
        assert!(letters.are_drawn());
    }
}
