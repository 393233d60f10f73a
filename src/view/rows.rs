//! The lanes as rows: which are shown, in which order, how deep and how high, made from the lanes and their [`Arrangement`].
//!
//! Rows know their height only as a share of the room or as a number of pixels; where they stand follows from the height of a share, by two sums kept for each row, so that
//! ten thousand lanes are found as quickly as ten.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Arrangement, LaneSort};
use crate::store::{EventId, Lane, LaneId, LaneIndex, fold_text};

/// One lane as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneRow {
    /// Which lane.
    pub lane: LaneId,
    /// How deep it stands under the lanes shown above it.
    pub depth: u8,
    /// Whether it stands for all lanes under it.
    pub folded: bool,
    /// Whether lanes stand under it.
    pub has_members: bool,
    /// Its height in pixels where it has one of its own; else it has a share of the room.
    pub height_px: Option<u16>,
    /// Whether it stays at the top.
    pub pinned: bool,
}

/// The lanes that are shown, in order; pinned ones first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaneRows {
    rows: Vec<LaneRow>,
    pinned: usize,
    hidden: usize,
    /// Pixels of the rows before each that have a height of their own, and shares before it.
    before: Vec<(f64, u32)>,
    /// The row of each lane; `u32::MAX` for one that has none.
    row_of: Vec<u32>,
    kept: Arc<[Arc<str>]>,
}

/// The height of a lane without events of its own, over those that stand under it.
const HEADING_ROW_PX: u16 = 28;

impl LaneRows {
    /// Every lane in the order of the file.
    pub fn plain(index: &LaneIndex) -> Self {
        Self::of(index, &Arrangement::default(), &Arc::default())
    }

    /// The rows of an arrangement. Lanes named in `kept` keep that order before all others where the order is the file's: a file that grows does not throw them about.
    /// Takes time linear in the lanes, and sorts them.
    pub fn of(index: &LaneIndex, arrangement: &Arrangement, kept: &Arc<[Arc<str>]>) -> Self {
        let tree = Tree::of(index, arrangement, kept);
        let lanes = index.lanes();
        let is =
            |names: &std::collections::BTreeSet<Arc<str>>, lane: LaneId| !names.is_empty() && names.contains(lanes[lane.0 as usize].name());
        let mut taking =
            Taking { index, arrangement, tree: &tree, rows: Vec::with_capacity(lanes.len()), placed: vec![false; lanes.len()] };
        let by_name = |name: &Arc<str>| index.find(name);
        let solo: Vec<LaneId> = arrangement.solo.iter().filter_map(by_name).collect();
        let mut pinned: Vec<LaneId> = arrangement.pinned.iter().filter_map(by_name).collect();
        // A pinned lane whose parents are hidden or left out is so too.
        let within = |lane: LaneId, names: &std::collections::BTreeSet<Arc<str>>| {
            std::iter::successors(Some(lane), |lane| lanes[lane.0 as usize].parent()).any(|lane| is(names, lane))
        };
        pinned.retain(|lane| !within(*lane, &arrangement.hidden) && (solo.is_empty() || within(*lane, &arrangement.solo)));
        for lane in &pinned {
            taking.take(*lane, true);
        }
        let pinned = taking.rows.len();
        if solo.is_empty() {
            for lane in &tree.tops {
                taking.take(*lane, false);
            }
        } else {
            let mut tops: Vec<LaneId> = tree.order().into_iter().filter(|lane| is(&arrangement.solo, *lane)).collect();
            tops.retain(|lane| lanes[lane.0 as usize].parent().is_none_or(|above| !within(above, &arrangement.solo)));
            for lane in tops {
                taking.take(lane, false);
            }
        }
        let placed = taking.placed.iter().filter(|placed| **placed).count();
        Self::from_rows(taking.rows, pinned, lanes.len() - placed, lanes.len(), kept)
    }

    fn from_rows(rows: Vec<LaneRow>, pinned: usize, hidden: usize, lanes: usize, kept: &Arc<[Arc<str>]>) -> Self {
        let mut before = Vec::with_capacity(rows.len() + 1);
        let (mut fixed_px, mut shares) = (0.0, 0);
        let mut row_of = vec![u32::MAX; lanes];
        for (at, row) in rows.iter().enumerate() {
            before.push((fixed_px, shares));
            row_of[row.lane.0 as usize] = at as u32;
            match row.height_px {
                Some(px) => fixed_px += f64::from(px),
                None => shares += 1,
            }
        }
        before.push((fixed_px, shares));
        Self { rows, pinned, hidden, before, row_of, kept: Arc::clone(kept) }
    }

    /// The same rows with these heights in pixels, one a row.
    #[must_use]
    pub fn with_heights(&self, heights_px: &[u16]) -> Self {
        let rows = self.rows.iter().zip(heights_px).map(|(row, px)| LaneRow { height_px: Some(*px), ..*row }).collect();
        Self::from_rows(rows, self.pinned, self.hidden, self.row_of.len(), &self.kept)
    }

    /// Some of the rows by themselves, for a page; none of them is pinned.
    #[must_use]
    pub fn part(&self, part: std::ops::Range<usize>) -> Self {
        let rows = self.rows.get(part).unwrap_or_default().iter().map(|row| LaneRow { pinned: false, ..*row }).collect();
        Self::from_rows(rows, 0, self.hidden, self.row_of.len(), &self.kept)
    }

    /// Rows of these lanes alone, in this order: each with its own events, or with all under it where it is folded or has none of its own.
    #[must_use]
    pub fn chosen(&self, index: &LaneIndex, chosen: &[LaneId]) -> Self {
        let row = |lane: &LaneId| {
            let folded = self.row_of(*lane).is_some_and(|row| self.rows[row].folded) || index.lanes()[lane.0 as usize].is_heading();
            LaneRow { lane: *lane, depth: 0, folded, has_members: false, height_px: None, pinned: false }
        };
        let rows: Vec<LaneRow> = chosen.iter().map(row).collect();
        let hidden = self.row_of.len().saturating_sub(rows.len());
        Self::from_rows(rows, 0, hidden, self.row_of.len(), &self.kept)
    }

    /// All lanes in the order of an arrangement, shown or not.
    pub fn order(index: &LaneIndex, arrangement: &Arrangement, kept: &[Arc<str>]) -> Vec<LaneId> {
        Tree::of(index, arrangement, kept).order()
    }

    /// The rows, from the top.
    pub fn rows(&self) -> &[LaneRow] {
        &self.rows
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no lane is shown.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows at the top are pinned.
    pub fn pinned(&self) -> usize {
        self.pinned
    }

    /// How many lanes are left out: hidden, or not among the few that were chosen. Those folded into another are not.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The order that lanes had while their file grew.
    pub fn kept_order(&self) -> &Arc<[Arc<str>]> {
        &self.kept
    }

    /// The height of a share where the rows have so much room, within limits.
    pub fn share_px(&self, room_px: f32, least_px: f32, most_px: f32) -> f32 {
        let (fixed_px, shares) = self.before.last().copied().unwrap_or_default();
        ((f64::from(room_px) - fixed_px) / f64::from(shares.max(1))).floor().clamp(f64::from(least_px), f64::from(most_px)) as f32
    }

    /// Where a row begins below the first, in pixels; for the number of rows, the height of all.
    pub fn top_px(&self, row: usize, share_px: f32) -> f64 {
        let (fixed_px, shares) = self.before.get(row.min(self.rows.len())).copied().unwrap_or_default();
        fixed_px + f64::from(shares) * f64::from(share_px)
    }

    /// The height of a row in pixels.
    pub fn height_px(&self, row: usize, share_px: f32) -> f32 {
        self.rows.get(row).map_or(0.0, |row| row.height_px.map_or(share_px, f32::from))
    }

    /// The row at a height below the top of the first; the number of rows below them all.
    pub fn row_at(&self, y_px: f64, share_px: f32) -> usize {
        let (mut low, mut high) = (0, self.rows.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.top_px(middle + 1, share_px) <= y_px {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The row of a lane, if it is shown by itself.
    pub fn row_of(&self, lane: LaneId) -> Option<usize> {
        self.row_of.get(lane.0 as usize).filter(|row| **row != u32::MAX).map(|row| *row as usize)
    }

    /// The row in which a lane's events are seen: its own, or that of the lane it is folded into.
    pub fn row_showing(&self, lane: LaneId, index: &LaneIndex) -> Option<usize> {
        std::iter::successors(Some(lane), |lane| index.lanes()[lane.0 as usize].parent()).find_map(|lane| self.row_of(lane))
    }

    /// The lane of a row as it is shown.
    pub fn lane<'i>(&self, row: usize, index: &'i LaneIndex) -> Option<&'i Lane> {
        self.rows.get(row).map(|row| index.shown(row.lane, row.folded))
    }

    /// The next lane up or down that stands under the same one.
    pub fn neighbour(&self, lane: LaneId, up: bool, index: &LaneIndex) -> Option<LaneId> {
        let at = self.row_of(lane)?;
        let parent = |lane: LaneId| index.lanes()[lane.0 as usize].parent();
        let (pinned, depth) = (self.rows[at].pinned, self.rows[at].depth);
        let is_near = |row: &&LaneRow| row.pinned == pinned && (parent(row.lane) == parent(lane) || pinned && row.depth == 0 && depth == 0);
        let found = if up { self.rows[..at].iter().rev().find(is_near) } else { self.rows[at + 1..].iter().find(is_near) };
        found.map(|row| row.lane)
    }
}

/// The lanes in order, with what stands under each.
struct Tree {
    tops: Vec<LaneId>,
    under: BTreeMap<LaneId, Vec<LaneId>>,
    count: usize,
}

impl Tree {
    fn of(index: &LaneIndex, arrangement: &Arrangement, kept: &[Arc<str>]) -> Self {
        let lanes = index.lanes();
        let mut tops = Vec::new();
        let mut under: BTreeMap<LaneId, Vec<LaneId>> = BTreeMap::new();
        for lane in (0..lanes.len() as u32).map(LaneId) {
            match lanes[lane.0 as usize].parent() {
                Some(above) => under.entry(above).or_default().push(lane),
                None => tops.push(lane),
            }
        }
        let mut tree = Self { tops, under, count: lanes.len() };
        let family = |lane: LaneId| index.shown(lane, true);
        let is_rest = |lane: LaneId| lanes[lane.0 as usize].is_rest();
        match arrangement.sort {
            LaneSort::File if kept.is_empty() => {}
            LaneSort::File => tree.sort_by_rank(index, kept),
            LaneSort::ByHand => tree.sort_by_rank(index, &arrangement.by_hand),
            LaneSort::FirstEvent => {
                tree.sort(|lane| (is_rest(lane), family(lane).by_start().first().copied().unwrap_or(EventId(u32::MAX)), lane));
            }
            LaneSort::Number => tree.sort(|lane| (is_rest(lane), std::cmp::Reverse(family(lane).len()), lane)),
            LaneSort::Name => tree.sort(|lane| (is_rest(lane), fold_text(lanes[lane.0 as usize].name()).into_owned(), lane)),
        }
        tree
    }

    fn sort<K: Ord>(&mut self, key: impl Fn(LaneId) -> K) {
        self.tops.sort_by_cached_key(|lane| key(*lane));
        for members in self.under.values_mut() {
            members.sort_by_cached_key(|lane| key(*lane));
        }
    }

    /// Lanes in the order of a list of names; those that it does not name after them, as they were.
    fn sort_by_rank(&mut self, index: &LaneIndex, names: &[Arc<str>]) {
        let rank: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (&**name, at)).collect();
        self.sort(|lane| (rank.get(&**index.lanes()[lane.0 as usize].name()).copied().unwrap_or(usize::MAX), lane));
    }

    fn order(&self) -> Vec<LaneId> {
        let mut out = Vec::with_capacity(self.count);
        let mut waiting: Vec<LaneId> = self.tops.iter().rev().copied().collect();
        while let Some(lane) = waiting.pop() {
            out.push(lane);
            waiting.extend(self.under.get(&lane).into_iter().flatten().rev().copied());
        }
        out
    }
}

/// Rows being taken from the tree.
struct Taking<'a> {
    index: &'a LaneIndex,
    arrangement: &'a Arrangement,
    tree: &'a Tree,
    rows: Vec<LaneRow>,
    /// Lanes that have a row, or are folded into one that has.
    placed: Vec<bool>,
}

impl Taking<'_> {
    /// Takes a lane with all under it that is neither hidden nor taken before.
    fn take(&mut self, top: LaneId, pinned: bool) {
        let mut waiting = vec![(top, 0_u8)];
        while let Some((lane, depth)) = waiting.pop() {
            let own = &self.index.lanes()[lane.0 as usize];
            if self.placed[lane.0 as usize] || self.arrangement.hidden.contains(own.name()) {
                continue;
            }
            self.placed[lane.0 as usize] = true;
            let under = self.tree.under.get(&lane);
            let folded = under.is_some() && self.arrangement.folded.contains(own.name());
            let heading = (own.is_heading() && !folded).then_some(HEADING_ROW_PX);
            let height_px = self.arrangement.heights_px.get(own.name()).copied().or(heading);
            self.rows.push(LaneRow { lane, depth, folded, has_members: under.is_some(), height_px, pinned });
            if folded {
                self.fold(lane);
            } else {
                waiting.extend(under.into_iter().flatten().rev().map(|member| (*member, depth + 1)));
            }
        }
    }

    /// Counts all under a lane as placed: they are seen in it.
    fn fold(&mut self, lane: LaneId) {
        let mut waiting: Vec<LaneId> = self.tree.under.get(&lane).cloned().unwrap_or_default();
        while let Some(lane) = waiting.pop() {
            self.placed[lane.0 as usize] = true;
            waiting.extend(self.tree.under.get(&lane).into_iter().flatten().copied());
        }
    }
}
