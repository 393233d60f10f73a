//! The card of a marked span, or of two to compare: how long it is, what lies in it, and what to do with it.

use std::sync::Arc;

use egui::{Align2, Context, Grid, Response, RichText, Role, Sense, Ui, WidgetInfo, Window, vec2};

use super::commands::{self, Command, Standing};
use super::{Facts, Intent, menu};
use crate::jobs::{Job, Outcome, SpanSummary, span_summary};
use crate::render::paint::{color32, font};
use crate::scene::{Weight, grouped};
use crate::style::{SMALL_PX, TEXT_PX};
use crate::time;
use crate::view::{Action, Span};

/// The sums of the marked spans, made off the UI thread.
#[derive(Default)]
pub(super) struct SpanCard {
    wanted: Option<(u64, Vec<Span>)>,
    job: Option<Job<Vec<SpanSummary>>>,
    sums: Vec<SpanSummary>,
}

/// The width of the strip of counts.
const STRIP_PX: f32 = 300.0;
const STRIP_HEIGHT_PX: f32 = 34.0;

impl SpanCard {
    /// Whether a sum is being made.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// The sums of the marked spans, as far as they are made.
    pub fn sums(&self) -> &[SpanSummary] {
        &self.sums
    }

    /// Starts sums where the spans, the file or the filter have changed, and takes what is done. The sums before stay until then.
    fn update(&mut self, ctx: &Context, facts: Facts<'_>) {
        let wanted = (facts.document.generation, facts.view.marked.clone());
        if self.wanted.as_ref() != Some(&wanted) {
            let document = facts.document;
            let (store, lanes, rows) = (Arc::clone(&document.store), Arc::clone(&document.lanes), Arc::clone(&document.rows));
            let spans = wanted.1.clone();
            let wake = ctx.clone();
            let work = move |_: &_| spans.iter().map(|span| span_summary(&store, &lanes, &rows, *span)).collect();
            self.job = Some(Job::start(work, move || wake.request_repaint()));
            self.wanted = Some(wanted);
        }
        match self.job.as_ref().map(Job::poll) {
            Some(Outcome::Done(sums)) => {
                self.sums = sums;
                self.job = None;
            }
            Some(Outcome::Lost) => self.job = None,
            Some(Outcome::Working) | None => {}
        }
    }

    /// Shows the card while a span is marked.
    pub fn show(&mut self, ctx: &Context, facts: Facts<'_>, standing: &Standing, room: egui::Rect, intents: &mut Vec<Intent>) {
        if facts.view.marked.is_empty() {
            *self = Self::default();
            return;
        }
        self.update(ctx, facts);
        let mut open = true;
        Window::new("Marked span")
            .open(&mut open)
            .collapsible(true)
            .resizable(false)
            .constrain_to(room)
            .pivot(Align2::RIGHT_TOP)
            .default_pos(room.right_top() + vec2(-16.0, 52.0))
            .show(ctx, |ui| {
                ui.set_width(STRIP_PX);
                egui::ScrollArea::vertical().max_height((room.height() - 200.0).max(120.0)).show(ui, |ui| {
                    for (at, span) in facts.view.marked.iter().enumerate() {
                        if at > 0 {
                            ui.separator();
                        }
                        let sum = self.sums.get(at).filter(|sum| sum.span == *span);
                        let other = self.sums.get(1 - at.min(1)).filter(|_| self.sums.len() == 2);
                        one(ui, facts, *span, sum, other);
                    }
                });
                ui.add_space(4.0);
                ui.horizontal_wrapped(|ui| {
                    for row in SPAN_BUTTONS.iter().filter_map(|command| commands::row_of(*command)) {
                        if menu::plain_button(ui, row, standing).clicked() {
                            intents.push(Intent::Command(row.command));
                        }
                    }
                });
                if facts.view.marked.len() == 1 {
                    ui.weak("Ctrl+Shift+drag marks a second span to compare.");
                }
            });
        if !open {
            intents.push(Intent::View(Action::ClearMarked));
        }
    }
}

/// What can be done with a marked span.
const SPAN_BUTTONS: [Command; 5] =
    [Command::ZoomToSpan, Command::FilterToSpan, Command::CopySpan, Command::CompareSpan, Command::ExportSpan];

fn one(ui: &mut Ui, facts: Facts<'_>, span: Span, sum: Option<&SpanSummary>, other: Option<&SpanSummary>) {
    let words = time::span_text(span.from_ms, span.to_ms);
    ui.label(RichText::new(words).font(font(TEXT_PX, Weight::SemiBold)));
    let Some(sum) = sum else {
        ui.weak("Counting…");
        return;
    };
    ui.label(format!("{} in {}", events(sum.events), lanes(sum.lanes)));
    strip(ui, facts, sum, other.map_or(0, most_of).max(most_of(sum)));
    ui.label(rate_words(sum));
    Grid::new(("span counts", span.from_ms, span.to_ms)).num_columns(4).spacing([10.0, 2.0]).show(ui, |ui| {
        let of_kind = |(kind, count): &(String, usize)| (if kind.is_empty() { "No kind".to_owned() } else { kind.clone() }, *count);
        let kinds: Vec<_> = sum.by_kind.iter().map(of_kind).collect();
        let lanes: Vec<_> = sum.by_lane.iter().map(|(name, count)| (name.to_string(), *count)).collect();
        for at in 0..kinds.len().max(lanes.len()) {
            for list in [&lanes, &kinds] {
                if let Some((name, count)) = list.get(at) {
                    ui.add_sized([100.0, 16.0], egui::Label::new(RichText::new(name).size(SMALL_PX)).truncate());
                    ui.label(RichText::new(grouped(*count)).size(SMALL_PX));
                } else {
                    ui.label("");
                    ui.label("");
                }
            }
            ui.end_row();
        }
    });
    if sum.lanes > sum.by_lane.len() {
        ui.weak(format!("and {} more lanes", grouped(sum.lanes - sum.by_lane.len())));
    }
}

fn most_of(sum: &SpanSummary) -> u32 {
    sum.parts.iter().copied().max().unwrap_or(0)
}

fn events(count: usize) -> String {
    if count == 1 { "1 event".to_owned() } else { format!("{} events", grouped(count)) }
}

fn lanes(count: usize) -> String {
    if count == 1 { "1 lane".to_owned() } else { format!("{} lanes", grouped(count)) }
}

/// "12.4 a month, against 0.3 in the rest".
fn rate_words(sum: &SpanSummary) -> String {
    let rate = |rate: f64| match rate {
        rate if rate >= 100.0 => grouped(rate.round() as usize),
        rate if rate >= 10.0 => format!("{rate:.0}"),
        rate if rate >= 0.1 || rate == 0.0 => format!("{rate:.1}"),
        rate => format!("{rate:.3}"),
    };
    match sum.rest_a_month {
        Some(rest) => format!("{} begin a month, against {} in the rest", rate(sum.a_month), rate(rest)),
        None => format!("{} begin a month", rate(sum.a_month)),
    }
}

/// The counts of a span's parts as columns; two spans share one scale.
fn strip(ui: &mut Ui, facts: Facts<'_>, sum: &SpanSummary, most: u32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(STRIP_PX, STRIP_HEIGHT_PX), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Events over the span, {} in all", sum.events)));
    let pitch = rect.width() / sum.parts.len().max(1) as f32;
    let fill = color32(facts.style.density);
    for (at, count) in sum.parts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let tall = ((*count as f32 / most.max(1) as f32).sqrt() * (rect.height() - 2.0)).max(2.0);
        let left = rect.left() + pitch * at as f32;
        let bar = egui::Rect::from_min_max(egui::pos2(left, rect.bottom() - tall), egui::pos2(left + pitch - 1.0, rect.bottom()));
        ui.painter().rect_filled(bar, 0.0, fill);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, color32(facts.style.line_major)));
    response
}

/// What spans hold in words, to be pasted elsewhere: names and numbers with a tab between. `None` while they are being counted.
pub(super) fn copied(sums: &[SpanSummary]) -> Option<String> {
    let mut lines = Vec::new();
    for sum in sums {
        lines.push(time::span_text(sum.span.from_ms, sum.span.to_ms));
        lines.push(format!("{} in {}; {}", events(sum.events), lanes(sum.lanes), rate_words(sum)));
        lines.extend(sum.by_lane.iter().map(|(name, count)| format!("{name}\t{count}")));
        let kind = |kind: &str| if kind.is_empty() { "No kind".to_owned() } else { kind.to_owned() };
        lines.extend(sum.by_kind.iter().map(|(name, count)| format!("{}\t{count}", kind(name))));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}
