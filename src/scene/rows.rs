//! Packing the marks of one lane into rows with their labels, so that nothing lies on anything.
//!
//! Marks come in order of time. Each takes the first row where it and its label are free, on whichever side there is room. Where no label
//! fits, the mark stands alone; where a mark has no room, labels give way; where even that is not enough, marks are
//! folded into a chip that counts them. Marks and chips together are always all that came in.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::figure::{BAR_SIGN_ROOM_PX, Figure, Form};
use super::text::{self, Cut};
use super::{Rect, Weight, text_width};
use crate::style::{SMALL_PX, SYMBOL_RADIUS_PX};

/// Size of label text, in pixels.
pub(super) const LABEL_PX: f32 = 12.0;
/// The widest label, and what it is cut to where that does not fit.
const LABEL_WIDTHS_PX: [f32; 3] = [330.0, 200.0, 110.0];
/// Empty pixels between neighbours.
const GAP_PX: f32 = 3.0;
const LABEL_GAP_PX: f32 = 6.0;
/// How much wider than a label an outlined band must be for the label to stand in it beside the symbol.
const OUTLINE_ROOM_PX: f32 = 60.0;
/// How far right of its mark a label in another row begins.
const LEADER_PX: f32 = 9.0;
/// Marks without room that lie this near to each other share a chip.
const CHIP_REACH_PX: f32 = 36.0;

/// Where a label stands beside its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Right,
    Left,
    /// On its own bar.
    Inside,
}

/// What is to be written beside a mark.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    pub text: Cow<'a, str>,
    /// The number under which its evidence is listed; stays when the text is cut, and stands alone where none of it fits.
    pub number: Option<u32>,
}

/// Words cut to a width, not yet written out.
#[derive(Clone, Copy)]
struct CutWords {
    cut: Cut,
    width_px: f32,
}

impl Words<'_> {
    /// The words cut to a width; `None` where nothing is left of the text.
    fn cut(&self, most_px: f32) -> Option<CutWords> {
        let tail_px = self.number.map_or(0.0, |number| text_width(&tail(number), LABEL_PX, Weight::Regular));
        let cut = text::cut(&self.text, LABEL_PX, Weight::Regular, most_px - tail_px)?;
        (!self.text.is_empty()).then_some(CutWords { cut, width_px: cut.width_px + tail_px })
    }

    /// Cut words, written out.
    fn written(&self, cut: CutWords) -> String {
        let mut words = cut.cut.words(&self.text);
        if let Some(number) = self.number {
            words += &tail(number);
        }
        words
    }

    /// The number alone, with its width.
    fn bare(&self) -> Option<(String, f32)> {
        let text = format!("[{}]", self.number?);
        let width = text_width(&text, LABEL_PX, Weight::Regular);
        Some((text, width))
    }
}

/// The number behind cut words.
fn tail(number: u32) -> String {
    format!(" [{number}]")
}

/// A label that has its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedLabel {
    pub text: String,
    pub left: f32,
    pub width: f32,
    pub side: Side,
    /// The row in which it stands where that is not its mark's: a line leads from the mark to it.
    pub led_to: Option<usize>,
}

/// A mark that has its row.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Which of the outlines.
    pub at: usize,
    pub row: usize,
    pub label: Option<PlacedLabel>,
}

/// Marks that found no room, counted.
#[derive(Clone, Debug)]
pub(super) struct Chip {
    pub left: f32,
    pub width: f32,
    pub row: usize,
    /// Which of the outlines it stands for.
    pub marks: Vec<usize>,
}

/// The rows of a lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub placed: Vec<Placed>,
    pub chips: Vec<Chip>,
    /// How many rows are used.
    pub used: usize,
}

/// The plot's sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    pub left: f32,
    pub right: f32,
    /// Whether bars have the symbol of their kind at their beginning.
    pub bar_signs: bool,
}

/// Up to so many marks are never drawn as counts for want of room.
const FEW: usize = 12;

/// Packs outlines, given by start, with their labels, into at most `rows` rows; `None` where more than half of many would be folded, so that counts tell more. `words` is asked only
/// for labels that may find room. With `care`, the importance of each, important ones choose their places first, and what finds
/// no room for its label beside its mark gets it in the row above or below, with a line that leads there; this takes longer than a frame may.
pub(super) fn pack<'w>(
    outlines: &[&Figure],
    words: impl Fn(usize) -> Words<'w>,
    rows: usize,
    sides: Sides,
    care: Option<&[u32]>,
) -> Option<Rows> {
    let rows = rows.max(1);
    let too_many = |folded: usize| folded * 2 > outlines.len() && outlines.len() > FEW;
    if too_many(without_room(outlines, rows)) {
        return None;
    }
    let mut packer = Packer { rows: vec![Row::default(); rows], placed: vec![None; outlines.len()], outlines, sides };
    let mut homeless = Vec::new();
    let mut order: Vec<usize> = (0..outlines.len()).collect();
    if let Some(importance) = care {
        order.sort_by_key(|&at| (std::cmp::Reverse(importance[at]), at));
    }
    for &at in &order {
        if !packer.place(at, &words) {
            homeless.push(at);
        }
    }
    let chips = packer.chips(homeless);
    if too_many(chips.iter().map(|chip| chip.marks.len()).sum()) {
        return None;
    }
    if care.is_some() {
        for &at in &order {
            packer.lead(at, &words);
        }
    }
    let placed: Vec<Placed> = packer.placed.into_iter().flatten().collect();
    let led = placed.iter().filter_map(|mark| mark.label.as_ref()?.led_to);
    let used = placed.iter().map(|mark| mark.row).chain(led).chain(chips.iter().map(|chip| chip.row)).max().map_or(0, |row| row + 1);
    Some(Rows { placed, chips, used })
}

/// How many marks find no room even without labels: a first look that costs little.
fn without_room(outlines: &[&Figure], rows: usize) -> usize {
    let mut reach = vec![f32::NEG_INFINITY; rows];
    let mut homeless = 0;
    for outline in outlines {
        let (left, right) = outline.taken();
        match reach.iter_mut().find(|reach| left >= **reach + GAP_PX) {
            Some(reach) => *reach = right,
            None => homeless += 1,
        }
    }
    homeless
}

#[derive(Clone, Debug, Default)]
struct Row {
    /// Left, right and number of each mark.
    marks: Vec<(f32, f32, usize)>,
    labels: Vec<(f32, f32, usize)>,
    chips: Vec<(f32, f32)>,
    /// No mark and no chip reaches further right, and no label further than the second.
    reach: (f32, f32),
}

fn meets(left: f32, right: f32, other: (f32, f32)) -> bool {
    left < other.1 + GAP_PX && other.0 < right + GAP_PX
}

impl Row {
    fn free_of_marks(&self, left: f32, right: f32) -> bool {
        // Marks come in order of time: what is in the way is mostly the last.
        left >= self.reach.0 + GAP_PX
            || !(self.marks.iter().rev().any(|mark| meets(left, right, (mark.0, mark.1)))
                || self.chips.iter().any(|chip| meets(left, right, *chip)))
    }

    fn free(&self, left: f32, right: f32) -> bool {
        let free_of_labels = left >= self.reach.1 + GAP_PX || !self.labels.iter().rev().any(|label| meets(left, right, (label.0, label.1)));
        free_of_labels && self.free_of_marks(left, right)
    }

    fn add_mark(&mut self, left: f32, right: f32, at: usize) {
        self.marks.push((left, right, at));
        self.reach.0 = self.reach.0.max(right);
    }

    fn add_label(&mut self, left: f32, right: f32, at: usize) {
        self.labels.push((left, right, at));
        self.reach.1 = self.reach.1.max(right);
    }

    fn add_chip(&mut self, left: f32, right: f32) {
        self.chips.push((left, right));
        self.reach.0 = self.reach.0.max(right);
    }
}

struct Packer<'a> {
    rows: Vec<Row>,
    placed: Vec<Option<Placed>>,
    outlines: &'a [&'a Figure],
    sides: Sides,
}

impl Packer<'_> {
    /// Finds a row for a mark; false where none has room.
    fn place<'w>(&mut self, at: usize, words: impl Fn(usize) -> Words<'w>) -> bool {
        let (left, right) = self.outlines[at].taken();
        if let Some(first) = (0..self.rows.len()).find(|&row| self.rows[row].free(left, right)) {
            let label = self.labelled(at, &words(at), first);
            let (row, label) = label.map_or((first, None), |(row, label)| (row, Some(label)));
            self.settle(at, row, label);
            return true;
        }
        if let Some(row) = (0..self.rows.len()).find(|&row| self.rows[row].free_of_marks(left, right)) {
            self.drop_labels(row, left, right);
            self.settle(at, row, None);
            return true;
        }
        false
    }

    /// The first row from `first` on that has room for a mark with its label, and the label: as long as it may be, cut where only less fits.
    fn labelled(&self, at: usize, words: &Words<'_>, first: usize) -> Option<(usize, PlacedLabel)> {
        let placed =
            |text: String, width: f32, (row, side, left): (usize, Side, f32)| (row, PlacedLabel { text, left, width, side, led_to: None });
        for most_px in LABEL_WIDTHS_PX {
            let Some(cut) = words.cut(most_px) else { break };
            if let Some(place) = self.place_for(at, cut.width_px, first) {
                return Some(placed(words.written(cut), cut.width_px, place));
            }
            if cut.width_px < most_px * 0.5 {
                break;
            }
        }
        let (text, width) = words.bare()?;
        self.place_for(at, width, first).map(|place| placed(text, width, place))
    }

    /// The first row from `first` on that has room for a mark with a label of this width, and where the label stands there.
    fn place_for(&self, at: usize, width: f32, first: usize) -> Option<(usize, Side, f32)> {
        let (left, right) = self.outlines[at].taken();
        (first..self.rows.len())
            .filter(|&row| self.rows[row].free(left, right))
            .find_map(|row| self.label_place(at, width, row).map(|(side, label_left)| (row, side, label_left)))
    }

    /// The first side of a mark on which a label of this width is free in a row, with its left edge.
    fn label_place(&self, at: usize, width: f32, row: usize) -> Option<(Side, f32)> {
        let outline = self.outlines[at];
        let (taken_left, taken_right) = outline.taken();
        let in_plot = |left: f32| left >= self.sides.left + 2.0 && left + width <= self.sides.right - 12.0;
        let free = |left: f32| in_plot(left) && self.rows[row].free(left, left + width);
        let firm = outline.firm();
        let before = if self.sides.bar_signs { BAR_SIGN_ROOM_PX } else { 8.0 };
        match outline.form {
            Form::Bar { .. } if firm.1 - firm.0 >= width + before + 8.0 => {
                return Some((Side::Inside, firm.0 + before));
            }
            Form::Band { .. } if !outline.outlined || outline.right - outline.left > width + OUTLINE_ROOM_PX => {
                let hidden = outline.anchor < self.sides.left || outline.anchor > self.sides.right;
                // A ghost of the event is as little to be written on as its symbol.
                let (low, high) =
                    outline.ghosts.iter().fold((outline.anchor, outline.anchor), |(low, high), x| (low.min(*x), high.max(*x)));
                let gap = SYMBOL_RADIUS_PX + if outline.ghosts.is_empty() { LABEL_GAP_PX } else { LABEL_GAP_PX + 5.0 };
                let right_of = if hidden { firm.0 + 8.0 } else { high + gap };
                let left_of = low - gap - width;
                if free(right_of) {
                    return Some((Side::Right, right_of));
                }
                return (!hidden && free(left_of)).then_some((Side::Left, left_of));
            }
            _ => {}
        }
        let right_of = taken_right + LABEL_GAP_PX;
        let left_of = taken_left - LABEL_GAP_PX - width;
        if free(right_of) { Some((Side::Right, right_of)) } else { free(left_of).then_some((Side::Left, left_of)) }
    }

    /// Puts the label of a mark that has none into the row above or below, right of a line that comes from the mark's symbol.
    fn lead<'w>(&mut self, at: usize, words: impl Fn(usize) -> Words<'w>) {
        let Some(Placed { row, label: None, .. }) = self.placed[at] else { return };
        let x = self.outlines[at].handle();
        if x < self.sides.left + 2.0 || x > self.sides.right - 2.0 {
            return;
        }
        let words = words(at);
        for most_px in LABEL_WIDTHS_PX {
            let Some(cut) = words.cut(most_px) else { return };
            let width = cut.width_px;
            let left = x + LEADER_PX;
            for beside in [row.checked_sub(1), Some(row + 1).filter(|&next| next < self.rows.len())].into_iter().flatten() {
                if left + width <= self.sides.right - 12.0 && self.rows[beside].free(x - 1.0, left + width) {
                    self.rows[beside].add_label(x - 1.0, left + width, at);
                    let label = PlacedLabel { text: words.written(cut), left, width, side: Side::Right, led_to: Some(beside) };
                    if let Some(mark) = &mut self.placed[at] {
                        mark.label = Some(label);
                    }
                    return;
                }
            }
            if width < most_px * 0.5 {
                return;
            }
        }
    }

    fn settle(&mut self, at: usize, row: usize, label: Option<PlacedLabel>) {
        let (left, right) = self.outlines[at].taken();
        self.rows[row].add_mark(left, right, at);
        if let Some(label) = &label {
            self.rows[row].add_label(label.left, label.left + label.width, at);
        }
        self.placed[at] = Some(Placed { at, row, label });
    }

    fn drop_labels(&mut self, row: usize, left: f32, right: f32) {
        let placed = &mut self.placed;
        self.rows[row].labels.retain(|&(from, to, owner)| {
            let gone = meets(left, right, (from, to));
            if gone && let Some(mark) = &mut placed[owner] {
                mark.label = None;
            }
            !gone
        });
    }

    /// Gathers marks without room into chips; where a chip has no room either, it takes in the marks that stand in its way.
    fn chips(&mut self, mut homeless: Vec<usize>) -> Vec<Chip> {
        homeless.sort_by(|a, b| self.outlines[*a].handle().total_cmp(&self.outlines[*b].handle()));
        let mut groups: Vec<(f32, Vec<usize>)> = Vec::new();
        for at in homeless {
            let x = self.outlines[at].handle().clamp(self.sides.left, self.sides.right);
            match groups.last_mut() {
                Some((first, marks)) if x - *first <= CHIP_REACH_PX => marks.push(at),
                _ => groups.push((x, vec![at])),
            }
        }
        groups.into_iter().map(|(x, marks)| self.chip(x, marks)).collect()
    }

    fn chip(&mut self, x: f32, mut marks: Vec<usize>) -> Chip {
        let width = chip_width(marks.len());
        let most_left = (self.sides.right - width - 12.0).max(self.sides.left);
        let place = |offset: f32| (x + offset).clamp(self.sides.left + 1.0, most_left.max(self.sides.left + 1.0));
        let offsets = [SYMBOL_RADIUS_PX + 4.0, 2.0 * SYMBOL_RADIUS_PX, 24.0, -width - SYMBOL_RADIUS_PX - 4.0, -width - 20.0, 40.0];
        for offset in offsets {
            let left = place(offset);
            if let Some(row) = (0..self.rows.len()).find(|&row| self.rows[row].free(left, left + width)) {
                self.rows[row].add_chip(left, left + width);
                return Chip { left, width, row, marks };
            }
        }
        // No room: the row that loses least gives way. A chip grows with what it takes in, so room is kept for two more digits.
        let width = chip_width(marks.len() * 100);
        let left = place(0.0).min((self.sides.right - width - 12.0).max(self.sides.left + 1.0));
        let right = left + width;
        let in_way = |row: &Row| row.marks.iter().filter(|mark| meets(left, right, (mark.0, mark.1))).count();
        let free_of_chips = |row: &Row| !row.chips.iter().any(|chip| meets(left, right, *chip));
        let candidates = (0..self.rows.len()).filter(|&row| free_of_chips(&self.rows[row]));
        let row = candidates.min_by_key(|&row| in_way(&self.rows[row])).unwrap_or(self.rows.len() - 1);
        self.drop_labels(row, left, right);
        let placed = &mut self.placed;
        let mut orphaned = Vec::new();
        self.rows[row].marks.retain(|&(from, to, owner)| {
            let gone = meets(left, right, (from, to));
            if gone {
                placed[owner] = None;
                marks.push(owner);
                orphaned.push(owner);
            }
            !gone
        });
        self.rows[row].labels.retain(|label| !orphaned.contains(&label.2));
        self.rows[row].add_chip(left, right);
        let width = chip_width(marks.len()).min(width);
        Chip { left, width, row, marks }
    }
}

/// The width of a chip that counts so many.
fn chip_width(count: usize) -> f32 {
    text_width(&format!("+{count}"), SMALL_PX, Weight::SemiBold) + 10.0
}

/// The box of a label whose row has its middle at `y`.
pub(super) fn label_rect(label: &PlacedLabel, y: f32) -> Rect {
    Rect { x: label.left, y: y - 7.5, w: label.width, h: 15.0 }
}
