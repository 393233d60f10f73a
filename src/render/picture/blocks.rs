//! What stands above and below the lanes: heading, legend, sources, footer.

use std::collections::BTreeSet;

use super::sheet::Block;
use super::{Material, PictureOptions, words};
use crate::scene::{Align, LegendRow, Point, Prim, Scene, Stroke, SymbolLook, Text, Weight, moved, symbol, text_width, wrapped};
use crate::store::NameId;
use crate::style::{HEADING_PX, Rgba, SMALL_PX, SYMBOL_RADIUS_PX, Style, TEXT_PX};

/// Empty pixels between what stands at the sheet's sides and the sides, where the sheet has no margin of its own.
pub(super) const SIDE_PX: f32 = 14.0;
/// The height of a line of small text.
pub(super) const SMALL_LINE_PX: f32 = 15.0;
const LINE_PX: f32 = 18.0;
const HEADING_LINE_PX: f32 = 24.0;
const GAP_PX: f32 = 8.0;

/// A line of text from the left.
pub(super) fn line(at: Point, size_px: f32, weight: Weight, color: Rgba, text: impl Into<String>) -> Prim {
    Prim::Text(Text { at, align: Align::Start, size_px, weight, color, text: text.into() })
}

/// A line across at the top of a block.
fn rule(width: f32, style: &Style) -> Prim {
    let (from, to) = (Point { x: 0.0, y: 0.5 }, Point { x: width, y: 0.5 });
    Prim::Line { from, to, stroke: Stroke::solid(1.0, style.line_major) }
}

/// Heading and subtitle; nothing where there is neither. `page` is the number of a page after the first.
pub(super) fn head(material: &Material, options: &PictureOptions, width: f32, page: Option<&str>, style: &Style) -> Block {
    let mut out = Block::default();
    let room = width - 2.0 * SIDE_PX;
    let title = words::title(&options.furniture, material).or_else(|| page.map(|_| words::name(material, &options.furniture)));
    let title = match (title, page) {
        (Some(title), Some(page)) => Some(format!("{title} — {page}")),
        (title, _) => title,
    };
    let subtitle = words::subtitle(&options.furniture, material).filter(|_| page.is_none());
    if title.is_none() && subtitle.is_none() {
        return out;
    }
    let mut y = GAP_PX;
    let mut put = |texts: Vec<String>, size_px: f32, line_px: f32, weight, color| {
        for text in texts {
            y += line_px / 2.0;
            out.shapes.push(line(Point { x: SIDE_PX, y }, size_px, weight, color, text));
            y += line_px / 2.0;
        }
    };
    if let Some(title) = title {
        let lines = if page.is_some() { 1 } else { 2 };
        let (size_px, line_px) = if page.is_some() { (TEXT_PX, LINE_PX) } else { (HEADING_PX, HEADING_LINE_PX) };
        put(wrapped(&title, size_px, Weight::SemiBold, room, lines), size_px, line_px, Weight::SemiBold, style.text);
    }
    if let Some(subtitle) = subtitle {
        put(wrapped(&subtitle, TEXT_PX, Weight::Regular, room.min(1100.0), 2), TEXT_PX, LINE_PX, Weight::Regular, style.text_quiet);
    }
    out.height = y + GAP_PX;
    out
}

/// The kinds that are drawn in these scenes, each with its symbol, and the signs that occur; nothing where there is neither.
pub(super) fn legend(material: &Material, scenes: &[&Scene], width: f32, style: &Style) -> Block {
    let mut out = Block { shapes: vec![rule(width, style)], ..Block::default() };
    let mut y = GAP_PX;
    let kinds = kind_items(material, scenes);
    if !kinds.is_empty() {
        let mut x = SIDE_PX;
        y += SMALL_LINE_PX / 2.0 + 2.0;
        for kind in kinds {
            let label = material.store.kind_label(kind);
            let label = crate::scene::elided(label, SMALL_PX, Weight::Regular, 220.0);
            let label_px = text_width(&label, SMALL_PX, Weight::Regular);
            let item_px = 2.0 * SYMBOL_RADIUS_PX + 6.0 + label_px;
            if x + item_px > width - SIDE_PX && x > SIDE_PX {
                x = SIDE_PX;
                y += LINE_PX;
            }
            let look = material.kinds.look(Some(kind));
            let drawn = SymbolLook { color: look.color(style), solid: true, dashed: false, ground: style.panel };
            out.shapes.push(symbol(look.symbol, Point { x: x + SYMBOL_RADIUS_PX, y }, 0.9, drawn));
            let at = Point { x: x + 2.0 * SYMBOL_RADIUS_PX + 5.0, y };
            out.shapes.push(line(at, SMALL_PX, Weight::Regular, style.text, label));
            x += item_px + 18.0;
        }
        y += SMALL_LINE_PX / 2.0 + GAP_PX;
    }
    let mut rows: Vec<LegendRow> = Vec::new();
    for scene in scenes {
        for row in crate::scene::legend_of(scene, &material.store, style, style.panel) {
            if !rows.iter().any(|other| other.words == row.words) {
                rows.push(row);
            }
        }
    }
    let shift = GAP_PX - SIDE_PX;
    let beside = LegendRow::WIDTH_PX + GAP_PX;
    let widest = rows.iter().map(|row| text_width(row.words, SMALL_PX, Weight::Regular)).fold(0.0, f32::max);
    let column_px = beside + widest + 2.0 * SIDE_PX;
    let columns = (((width - SIDE_PX) / column_px).floor() as usize).clamp(1, 4);
    let lines = rows.len().div_ceil(columns);
    for (at, row) in rows.into_iter().enumerate() {
        let left = SIDE_PX + shift.max(-SIDE_PX) + (at / lines) as f32 * column_px;
        let top = y + (at % lines) as f32 * LegendRow::HEIGHT_PX;
        out.shapes.extend(row.sign.into_iter().map(|prim| moved(prim, left, top)));
        let room = width - left - beside - SIDE_PX;
        let words = crate::scene::elided(row.words, SMALL_PX, Weight::Regular, room);
        let at = Point { x: left + beside, y: top + LegendRow::HEIGHT_PX / 2.0 };
        out.shapes.push(line(at, SMALL_PX, Weight::Regular, style.text, words));
    }
    out.height = y + lines as f32 * LegendRow::HEIGHT_PX + GAP_PX / 2.0;
    if out.shapes.len() == 1 { Block::default() } else { out }
}

/// The kinds of the events that are drawn one by one, in the order in which kinds have their looks.
fn kind_items(material: &Material, scenes: &[&Scene]) -> Vec<NameId> {
    let marks = scenes.iter().flat_map(|scene| &scene.lanes).flat_map(|lane| &lane.marks);
    let kinds: BTreeSet<NameId> = marks.filter_map(|mark| material.store.kind(mark.event)).collect();
    let mut kinds: Vec<NameId> = kinds.into_iter().collect();
    kinds.sort_by_key(|kind| (material.kinds.look(Some(*kind)).place(), *kind));
    kinds.truncate(40);
    kinds
}

/// Where the events are from.
pub(super) fn sources(material: &Material, options: &PictureOptions, width: f32, style: &Style) -> Block {
    let Some(words) = words::sources(&options.furniture, material) else { return Block::default() };
    paragraph(&words, width, 3, style.text_quiet, Some(style))
}

/// The footer: what was drawn from what. `page` says which page it is where there are several.
pub(super) fn footer(material: &Material, options: &PictureOptions, width: f32, page: Option<&str>, style: &Style) -> Block {
    if !options.furniture.footer && page.is_none() {
        return Block::default();
    }
    let mut words = String::new();
    if options.furniture.footer {
        words = format!("{} {}", words::counts(material, &options.filter), words::origin(material));
    }
    if let Some(page) = page {
        words = if words.is_empty() { page.to_owned() } else { format!("{page} · {words}") };
    }
    paragraph(&words, width, 4, style.text_quiet, Some(style))
}

/// Lines of small text, with a line above where there is a style for it.
fn paragraph(words: &str, width: f32, most_lines: usize, color: Rgba, ruled: Option<&Style>) -> Block {
    let lines = wrapped(words, SMALL_PX, Weight::Regular, width - 2.0 * SIDE_PX, most_lines);
    let mut out = Block { shapes: ruled.map(|style| rule(width, style)).into_iter().collect(), ..Block::default() };
    let mut y = GAP_PX - 2.0;
    for text in lines {
        y += SMALL_LINE_PX / 2.0;
        out.shapes.push(line(Point { x: SIDE_PX, y }, SMALL_PX, Weight::Regular, color, text));
        y += SMALL_LINE_PX / 2.0;
    }
    out.height = y + GAP_PX - 2.0;
    out
}
