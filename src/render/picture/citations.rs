//! Numbered citations: which events have a number, and the list of their evidence beneath the lanes or on pages of its own.
//!
//! Every event of the picture that has evidence is listed, drawn by itself or counted with others, so that no number is missing. Order: by time.

use std::collections::BTreeMap;

use super::blocks::{SMALL_LINE_PX, line};
use super::sheet::Block;
use super::{Link, Material, words};
use crate::model::Event;
use crate::scene::{Paper, Point, Prim, Rect, Weight, text_width, wrapped};
use crate::store::{EventId, EventStore};
use crate::style::{SMALL_PX, Style};

/// Most events that are numbered.
pub(super) const MOST_LISTED: usize = 2_000;
/// The narrowest column of the list.
const COLUMN_PX: f32 = 420.0;
/// Empty pixels between columns.
const GUTTER_PX: f32 = 26.0;
/// Empty pixels after an entry.
const AFTER_PX: f32 = 7.0;
/// Lines that a sentence and an address may take.
const QUOTE_LINES: usize = 14;
const URL_LINES: usize = 4;

/// The numbers of the events with evidence.
pub(super) struct Numbers {
    pub paper: Paper,
    order: Vec<EventId>,
    /// Events in the window of which too many have evidence, so that none has a number.
    pub too_many: bool,
}

impl Numbers {
    /// Without any.
    pub const fn none() -> Self {
        Self { paper: Paper { numbers: BTreeMap::new() }, order: Vec::new(), too_many: false }
    }
}

/// Numbers the events of the picture that have evidence, by time.
pub(super) fn numbers(material: &Material) -> Numbers {
    let too_many = Numbers { too_many: true, ..Numbers::none() };
    let Some(events) = words::shown(material, 20 * MOST_LISTED) else { return too_many };
    let with_evidence = |event: &EventId| material.store.record(*event).evidence.iter().any(|evidence| !is_bare(evidence));
    let order: Vec<EventId> = events.into_iter().filter(with_evidence).take(MOST_LISTED + 1).collect();
    if order.len() > MOST_LISTED {
        return too_many;
    }
    let numbers: BTreeMap<EventId, u32> = order.iter().copied().zip(1..).collect();
    Numbers { paper: Paper { numbers }, order, too_many: false }
}

/// Whether evidence says nothing that could be listed.
fn is_bare(evidence: &crate::model::Evidence<'_>) -> bool {
    evidence.quote.trim().is_empty() && evidence.source.trim().is_empty() && evidence.url.trim().is_empty()
}

/// Whether an address leads to the web and nowhere else: a file could name anything.
pub(in crate::render) fn is_web(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !url.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}

/// How many columns of the list fit beside each other, and how wide each is.
fn columns(width: f32) -> (usize, f32) {
    let count = (((width + GUTTER_PX) / (COLUMN_PX + GUTTER_PX)).floor() as usize).clamp(1, 4);
    (count, (width - GUTTER_PX * (count - 1) as f32) / count as f32)
}

/// The list set in columns: blocks `width` pixels wide and no taller than `most_px`, `blocks_most` at most, and the number of entries that found no room. Where blocks may
/// follow, an entry taller than one has a block's column to itself and is cut rather than kept back for ever.
pub(super) fn list(
    material: &Material,
    numbers: &Numbers,
    width: f32,
    most_px: f32,
    blocks_most: usize,
    style: &Style,
) -> (Vec<Block>, usize) {
    let (count, column_px) = columns(width);
    let indent = text_width(&format!("[{}]", numbers.order.len()), SMALL_PX, Weight::SemiBold) + 9.0;
    let numbered = numbers.order.iter().filter_map(|event| Some((*event, *numbers.paper.numbers.get(event)?)));
    let mut waiting: Vec<Block> = numbered.map(|(event, number)| entry(material, event, number, (indent, column_px), style)).collect();
    waiting.reverse();
    let mut blocks = Vec::new();
    while !waiting.is_empty() && blocks.len() < blocks_most {
        let left: f32 = waiting.iter().map(|entry| entry.height).sum();
        // Columns of even height where what is left takes less than a block.
        let even_px = (left / count as f32 + 60.0).min(most_px);
        let mut block = Block::default();
        for column in 0..count {
            let mut y = 0.0;
            let room = if column + 1 == count { most_px } else { even_px };
            while let Some(next) = waiting.pop_if(|next| y + next.height <= room || (y == 0.0 && blocks_most > 1)) {
                let height = next.height;
                add(&mut block, next, (column_px + GUTTER_PX) * column as f32, y);
                y += height;
            }
            block.height = block.height.max(y);
        }
        blocks.push(block);
    }
    (blocks, waiting.len())
}

fn add(block: &mut Block, entry: Block, x: f32, y: f32) {
    block.shapes.extend(entry.shapes.into_iter().map(|prim| crate::scene::moved(prim, x, y)));
    block
        .links
        .extend(entry.links.into_iter().map(|link| Link { rect: Rect { x: link.rect.x + x, y: link.rect.y + y, ..link.rect }, ..link }));
}

/// One entry: number, date and title, then each sentence with its source and address.
fn entry(material: &Material, event: EventId, number: u32, (indent, width): (f32, f32), style: &Style) -> Block {
    let store = &material.store;
    let record = store.record(event);
    let mut setter = Setter { block: Block::default(), indent, width, y: 0.0 };
    let label = format!("[{number}]");
    let at = Point { x: 0.0, y: SMALL_LINE_PX / 2.0 };
    setter.block.shapes.push(line(at, SMALL_PX, Weight::SemiBold, style.text, label));
    setter.set(&heading(store, &record), Weight::SemiBold, style.text, 4);
    for evidence in record.evidence.iter().filter(|evidence| !is_bare(evidence)) {
        if !evidence.quote.trim().is_empty() {
            setter.set(&format!("“{}”", evidence.quote.trim()), Weight::Regular, style.text, QUOTE_LINES);
        }
        let source = store.source(&evidence.source);
        let published = if evidence.published.is_empty() { source.published.as_str() } else { &evidence.published };
        let parts = [source.author.as_str(), source.title.as_str(), source.publisher.as_str(), published, &evidence.locator];
        let mut kept: Vec<&str> = Vec::new();
        for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
            if !kept.contains(&part) {
                kept.push(part);
            }
        }
        if !kept.is_empty() {
            setter.set(&format!("{}.", kept.join(", ").trim_end_matches('.')), Weight::Regular, style.text_quiet, 4);
        }
        let url = if evidence.url.is_empty() { source.url.as_str() } else { &evidence.url };
        setter.address(url, "", style);
        setter.address(&source.archive_url, "Archived: ", style);
    }
    setter.block.height = setter.y + AFTER_PX;
    setter.block
}

/// Date and title of an event in one line.
fn heading(store: &EventStore, record: &Event<'_>) -> String {
    let date = record.when.as_ref().map(|when| store.wording_short(when)).unwrap_or_default();
    if date.is_empty() { record.title.clone().into_owned() } else { format!("{date} · {}", record.title) }
}

/// Sets lines one under the other.
struct Setter {
    block: Block,
    indent: f32,
    width: f32,
    y: f32,
}

impl Setter {
    fn set(&mut self, text: &str, weight: Weight, color: crate::style::Rgba, most_lines: usize) -> Vec<Rect> {
        let mut boxes = Vec::new();
        for text in wrapped(text, SMALL_PX, weight, self.width - self.indent, most_lines) {
            let width = text_width(&text, SMALL_PX, weight);
            boxes.push(Rect { x: self.indent, y: self.y, w: width, h: SMALL_LINE_PX });
            let at = Point { x: self.indent, y: self.y + SMALL_LINE_PX / 2.0 };
            self.block.shapes.push(line(at, SMALL_PX, weight, color, text));
            self.y += SMALL_LINE_PX;
        }
        boxes
    }

    /// An address: a link where it leads to the web, else only its words.
    fn address(&mut self, url: &str, lead: &str, style: &Style) {
        let url = url.trim();
        if url.is_empty() {
            return;
        }
        let is_link = is_web(url);
        let color = if is_link { style.accent } else { style.text_quiet };
        let boxes = self.set(&format!("{lead}{url}"), Weight::Regular, color, URL_LINES);
        if is_link {
            self.block.links.extend(boxes.into_iter().map(|rect| Link { rect, url: url.to_owned() }));
        }
    }
}

/// The heading of the list, with how many events are in it.
pub(super) fn list_head(words: &str, width: f32, style: &Style) -> Block {
    let (from, to) = (Point { x: 0.0, y: 0.5 }, Point { x: width, y: 0.5 });
    let rule = Prim::Line { from, to, stroke: crate::scene::Stroke::solid(1.0, style.line_major) };
    let at = Point { x: super::blocks::SIDE_PX, y: 17.0 };
    Block { height: 30.0, shapes: vec![rule, line(at, SMALL_PX, Weight::SemiBold, style.text, words)], links: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked() {
        assert!(is_web("https://example.org/a") && is_web("HTTP://example.org"));
        for other in ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://a\u{7}", "", "é://x"] {
            assert!(!is_web(other), "{other}");
        }
    }
}
