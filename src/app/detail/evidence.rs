//! One piece of evidence: the quote in its context, where it stands, what can be copied and cited.

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, FontId, RichText, Ui};

use super::super::acting::is_web;
use super::super::{Facts, Intent};
use super::{card, quiet};
use crate::jobs::QuoteContext;
use crate::model::{CitationForm, Evidence, Source, citation};
use crate::render::paint::color32;
use crate::store::EventId;
use crate::style::TEXT_PX;
use crate::time;

/// Shows the evidence as a card.
pub(super) fn show(
    ui: &mut Ui,
    facts: Facts<'_>,
    id: EventId,
    evidence: &Evidence<'_>,
    context: Option<&QuoteContext>,
    intents: &mut Vec<Intent>,
) {
    let store = &facts.document.store;
    let source = store.source(&evidence.source);
    let accent = facts.document.kinds.look(store.kind(id)).color(facts.style);
    let inner = card(color32(facts.style.field)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if !evidence.quote.is_empty() {
            quote(ui, facts, evidence, context);
        }
        quiet(ui, facts, &standing_of(&source, evidence));
        if let Some(when) = &evidence.when {
            let words = format!("This source gives another date: {}", store.wording(when));
            ui.add(egui::Label::new(RichText::new(words).color(color32(facts.style.warning))).wrap());
        }
        actions(ui, facts, &source, evidence, intents);
        for further in &evidence.further {
            quiet(ui, facts, &format!("{}: {}", further.name, further.value.as_text()));
        }
    });
    let edge = inner.response.rect;
    let bar = egui::Rect::from_min_max(edge.left_top(), egui::pos2(edge.left() + 3.0, edge.bottom()));
    ui.painter().rect_filled(bar, 1.0, color32(accent));
}

/// The quote, highlighted among the sentences around it where the source's text is at hand.
fn quote(ui: &mut Ui, facts: Facts<'_>, evidence: &Evidence<'_>, context: Option<&QuoteContext>) {
    let style = facts.style;
    let font = FontId::proportional(TEXT_PX + 0.5);
    let around = TextFormat { font_id: font.clone(), color: color32(style.text_quiet), ..TextFormat::default() };
    let marked = TextFormat { font_id: font, color: color32(style.text), background: color32(style.highlight), ..TextFormat::default() };
    let mut job = LayoutJob::default();
    if let Some(QuoteContext::Found(passage)) = context {
        job.append(&passage.before, 0.0, around.clone());
        job.append(&passage.quote, 0.0, marked);
        job.append(&passage.after, 0.0, around);
    } else {
        job.append(&evidence.quote, 0.0, marked);
    }
    ui.add(egui::Label::new(job).wrap());
    match context {
        Some(QuoteContext::Found(_)) => {
            ui.label(RichText::new("As it stands in its source's text").small().color(color32(style.text_quiet)));
        }
        Some(QuoteContext::Absent(path)) => {
            let file = if path.is_empty() { "the source's text" } else { path };
            let words = format!("These words do not stand in {file}. Compare the quote with its source");
            ui.add(egui::Label::new(RichText::new(words).small().color(color32(style.warning))).wrap());
        }
        Some(QuoteContext::Unreadable(error)) => {
            ui.add(egui::Label::new(RichText::new(error.to_string()).small().color(color32(style.warning))).wrap());
        }
        None => {}
    }
}

/// What can be opened, copied and cited.
fn actions(ui: &mut Ui, facts: Facts<'_>, source: &Source, evidence: &Evidence<'_>, intents: &mut Vec<Intent>) {
    let url = if evidence.url.is_empty() { source.url.as_str() } else { evidence.url.as_ref() };
    let link = |words: &str| RichText::new(words).small().color(color32(facts.style.accent));
    ui.horizontal_wrapped(|ui| {
        let button = |ui: &mut Ui, words: &str, tip: &str| ui.add(Button::new(link(words)).frame(false)).on_hover_text(tip).clicked();
        if is_web(url) && button(ui, "Open source", url) {
            intents.push(Intent::OpenUrl(url.to_owned()));
        }
        if is_web(&source.archive_url) && button(ui, "Archived copy", &source.archive_url) {
            intents.push(Intent::OpenUrl(source.archive_url.clone()));
        }
        if button(ui, "Copy sentence", "The sentence with its source") {
            intents.push(Intent::CopyText(format!("“{}” ({})", evidence.quote, standing_of(source, evidence))));
        }
        if !url.is_empty() && button(ui, "Copy link", url) {
            intents.push(Intent::CopyText(url.to_owned()));
        }
        if !citation(CitationForm::Plain, source, evidence).is_empty() {
            ui.menu_button(link("Cite"), |ui| {
                for (form, name) in CitationForm::ALL {
                    if ui.button(format!("Copy as {name}")).clicked() {
                        intents.push(Intent::CopyText(citation(form, source, evidence)));
                        ui.close();
                    }
                }
            });
        }
    });
}

/// Title, publisher, date and place within the source, as far as they are known.
fn standing_of(source: &Source, evidence: &Evidence<'_>) -> String {
    let published = if evidence.published.is_empty() { source.published.as_str() } else { &evidence.published };
    let published =
        time::read(published, &time::Dialect::default()).map_or_else(|_| published.to_owned(), |when| time::wording_short(&when));
    let parts: Vec<&str> = [source.title.as_str(), &source.publisher, &source.author, &published, &evidence.locator]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() { "no source named".to_owned() } else { parts.join(" · ") }
}
