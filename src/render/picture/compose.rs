//! Putting sheets together: how much room the lanes have beside what stands around them, and which lanes go on which page.
//!
//! ```text
//! +--------------------+   +--------------------+   +--------------------+
//! | heading            |   | heading — page 2   |   | heading — page 3   |
//! | ruler              |   | ruler              |   | [1] date, title    |
//! | lanes …            |   | … more lanes       |   |     “sentence”     |
//! |                    |   | legend, sources    |   |     source         |
//! | footer             |   | footer             |   | footer             |
//! +--------------------+   +--------------------+   +--------------------+
//! ```

use super::citations::{self, MOST_LISTED, Numbers};
use super::sheet::Block;
use super::{DrawError, HitsDrawn, Material, PictureOptions, Sheet, blocks};
use crate::formats::Progress;
use crate::scene::{self, AUTO_LANE_PX, Height, MORE_PX, Point, Scene, SceneRequest, grouped};
use crate::style::{LANE_HEIGHT_PX, RULER_HEIGHT_PX, Style};
use crate::view::LaneRows;

/// The least height of the ruler and the lanes together.
const LANES_LEAST_PX: f32 = RULER_HEIGHT_PX + 64.0;
/// The share of a picture of fixed height that a list of citations may take.
const LIST_SHARE: f32 = 0.42;
/// Most pages of lanes; the lanes after them are counted on the last.
const MOST_PAGES: usize = 400;

/// Sheets, with what should be said about them.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// One or more.
    pub sheets: Vec<Sheet>,
    /// What did not fit, in words.
    pub notes: Vec<String>,
}

/// What all sheets of a picture share.
struct Maker<'a> {
    material: &'a Material,
    options: &'a PictureOptions,
    style: Style,
    /// Empty pixels at every side.
    margin: f32,
    /// The width between the margins.
    width: f32,
    numbers: Numbers,
    notes: Vec<String>,
}

/// Composes a picture. With `pages`, lanes and citations that do not fit into a given height go on further sheets; without, there is one sheet.
pub fn compose(material: &Material, options: &PictureOptions, pages: bool, progress: &dyn Progress) -> Result<Composed, DrawError> {
    let options = options.clone().bounded();
    let margin = options.margin.in_px();
    let style = Style::of(options.theme);
    let none = Numbers::none();
    let numbers = if options.furniture.citations { citations::numbers(material) } else { none };
    let width = options.width.in_px() - 2.0 * margin;
    let mut maker = Maker { material, options: &options, style, margin, width, numbers, notes: Vec::new() };
    if maker.numbers.too_many {
        maker.notes.push(format!(
            "more than {} events of the picture have evidence, so it is not listed; choose a shorter span, fewer lanes or a filter",
            grouped(MOST_LISTED)
        ));
    }
    let sheets = match options.height {
        None => vec![maker.fitted()],
        Some(height) => maker.fixed(height.in_px(), pages && options.pages, progress)?,
    };
    Ok(Composed { sheets, notes: maker.notes })
}

impl Maker<'_> {
    fn scene(&self, rows: &LaneRows, height: Height) -> Scene {
        let request = SceneRequest {
            names: true,
            store: &self.material.store,
            lanes: &self.material.lanes,
            rows,
            kinds: &self.material.kinds,
            style: &self.style,
            window: self.material.window,
            width_px: self.width,
            height,
            paper: Some(&self.numbers.paper),
            selected: self.material.selected,
            hits: self.material.hits.as_ref().map(HitsDrawn::standing_out),
        };
        match scene::fitted(&request) {
            Some(rows) => scene::build(&SceneRequest { rows: &rows, ..request }),
            None => scene::build(&request),
        }
    }

    fn head(&self, page: Option<&str>) -> Block {
        blocks::head(self.material, self.options, self.width, page, &self.style)
    }

    fn footer(&self, page: Option<&str>) -> Block {
        blocks::footer(self.material, self.options, self.width, page, &self.style)
    }

    fn sources(&self) -> Block {
        blocks::sources(self.material, self.options, self.width, &self.style)
    }

    fn legend(&self, scenes: &[&Scene]) -> Block {
        if self.options.furniture.legend { blocks::legend(self.material, scenes, self.width, &self.style) } else { Block::default() }
    }

    fn sheet(&self, height: f32) -> Sheet {
        let width = self.width + 2.0 * self.margin;
        Sheet { width, height, ground: self.style.panel, scene: None, shapes: Vec::new(), links: Vec::new() }
    }

    /// Puts blocks one under the other from `y` on; where the next would begin.
    fn put(&self, sheet: &mut Sheet, y: f32, blocks: impl IntoIterator<Item = Block>) -> f32 {
        let mut y = y;
        for block in blocks {
            let height = block.height;
            sheet.put(block, Point { x: self.margin, y });
            y += height;
        }
        y
    }

    /// The list of citations with its heading, in at most `most_px`; empty where there are none.
    fn list(&mut self, most_px: f32) -> Vec<Block> {
        if self.numbers.paper.numbers.is_empty() {
            return Vec::new();
        }
        let head = citations::list_head("Evidence", self.width, &self.style);
        let inner = self.width - 2.0 * blocks::SIDE_PX;
        let room = most_px - head.height - 26.0;
        let (mut parts, left_out) = citations::list(self.material, &self.numbers, inner, room, 1, &self.style);
        let Some(mut list) = parts.pop() else { return Vec::new() };
        indent(&mut list, blocks::SIDE_PX);
        let mut out = vec![head, list];
        if left_out > 0 {
            let words = format!("and {} more; a picture that is as tall as it needs, or a PDF with pages, lists all", grouped(left_out));
            self.notes.push(format!("the evidence of {} events did not fit into this height and is not listed", grouped(left_out)));
            out.push(citations::list_head(&words, self.width, &self.style));
        }
        out
    }

    /// One sheet, as tall as it needs to be.
    fn fitted(&mut self) -> Sheet {
        let scene = self.scene(&self.material.rows, Height::Auto);
        let (head, legend) = (self.head(None), self.legend(&[&scene]));
        let mut below = vec![legend, self.sources()];
        below.extend(self.list(f32::INFINITY));
        below.push(self.footer(None));
        let height = 2.0 * self.margin + head.height + scene.height + below.iter().map(|block| block.height).sum::<f32>();
        let mut sheet = self.sheet(height);
        let top = self.put(&mut sheet, self.margin, [head]);
        let bottom = top + scene.height;
        sheet.scene = Some((scene, Point { x: self.margin, y: top }));
        self.put(&mut sheet, bottom, below);
        sheet
    }

    /// One sheet of a given height, or with `pages` as many as it takes.
    fn fixed(&mut self, height: f32, pages: bool, progress: &dyn Progress) -> Result<Vec<Sheet>, DrawError> {
        let room = height - 2.0 * self.margin;
        let list = if pages { Vec::new() } else { self.list(room * LIST_SHARE) };
        // Where pages of evidence follow, the first is numbered, too.
        let numbered = pages && !self.numbers.paper.numbers.is_empty();
        let sample = page_words(MOST_PAGES, Some(MOST_PAGES));
        let (head, sources) = (self.head(None), self.sources());
        let footer = self.footer(numbered.then_some(sample.as_str()));
        let mut around: Vec<(&str, Block)> = vec![("heading", head), ("source line", sources), ("footer", footer)];
        let mut legend = Block::default();
        let list_px: f32 = list.iter().map(|block| block.height).sum();
        let lanes_px = |around: &[(&str, Block)], legend: &Block| {
            room - list_px - legend.height - around.iter().map(|(_, block)| block.height).sum::<f32>()
        };
        while lanes_px(&around, &legend) < LANES_LEAST_PX {
            // The footer goes last: it says what was left out.
            let Some(at) = around.iter().position(|(_, block)| block.height > 0.0) else { break };
            around[at].1 = Block::default();
            self.notes.push(format!("the {} did not fit into this height and was left out", around[at].0));
        }
        let mut scene = self.scene(&self.material.rows, Height::Fixed(lanes_px(&around, &legend)));
        if pages && scene.more_lanes.is_some() {
            return self.paged(room, progress);
        }
        // The legend takes room from the lanes, and what is drawn in less room may need other signs.
        for _ in 0..3 {
            let next = self.legend(&[&scene]);
            if next.height <= legend.height {
                legend = Block { height: legend.height, ..next };
                break;
            }
            if lanes_px(&around, &next) < LANES_LEAST_PX {
                self.notes.push("the legend did not fit into this height and was left out".to_owned());
                break;
            }
            let with = self.scene(&self.material.rows, Height::Fixed(lanes_px(&around, &next)));
            if with.more_lanes.is_some() && pages {
                return self.paged(room, progress);
            }
            // Lanes come before their explanation.
            if with.more_lanes.is_some() && scene.more_lanes.is_none() {
                self.notes.push("the legend was left out, so that all lanes fit into this height".to_owned());
                break;
            }
            (legend, scene) = (next, with);
        }
        let [(_, head), (_, sources), (_, footer)] = <[_; 3]>::try_from(around).unwrap_or_default();
        let mut sheet = self.sheet(height);
        let top = self.put(&mut sheet, self.margin, [head]);
        let bottom = top + scene.height;
        sheet.scene = Some((scene, Point { x: self.margin, y: top }));
        let next = self.put(&mut sheet, bottom, [legend, sources]);
        self.put(&mut sheet, next, list);
        let evidence = if pages { self.evidence_pages(height, 1) } else { Vec::new() };
        let own = self.footer(Some(&page_words(1, Some(1 + evidence.len()))));
        let footer = if numbered && footer.height > 0.0 { own } else { footer };
        let foot_px = footer.height;
        self.put(&mut sheet, height - self.margin - foot_px, [footer]);
        Ok(std::iter::once(sheet).chain(evidence).collect())
    }

    /// Lanes on as many pages as they take, then the legend and the sources, then the citations.
    fn paged(&mut self, room: f32, progress: &dyn Progress) -> Result<Vec<Sheet>, DrawError> {
        let rows = &self.material.rows;
        let count = rows.len();
        // Every page has room for the longest page number.
        let sample = page_words(MOST_PAGES, Some(MOST_PAGES));
        let footer_px = self.footer(Some(&sample)).height;
        let room_of = |head: &Block| (room - head.height - footer_px - RULER_HEIGHT_PX).max(LANE_HEIGHT_PX);
        let (first_head, later_head) = (self.head(None), self.head(Some(&sample)));
        let on = |room: f32| (room / AUTO_LANE_PX).floor().max(1.0) as usize;
        let (on_first, on_later) = (on(room_of(&first_head)), on(room_of(&later_head)));
        let later_pages = count.saturating_sub(on_first).div_ceil(on_later).min(MOST_PAGES - 1);
        let lane_pages = 1 + later_pages;
        let mut scenes = Vec::with_capacity(lane_pages);
        let mut from = 0;
        for page in 0..lane_pages {
            if progress.cancelled() {
                return Err(DrawError::Cancelled);
            }
            progress.at(page as u64, lane_pages as u64 + 1, 0);
            let (head, most) = if page == 0 { (&first_head, on_first) } else { (&later_head, on_later) };
            let last = page + 1 == lane_pages;
            let to = if last { count } else { (from + most).min(count) };
            let part = rows.part(from..to);
            let lane_px = (room_of(head) / most as f32).floor();
            let needed = RULER_HEIGHT_PX + lane_px * part.len().min(most) as f32;
            let over = if part.len() > most { MORE_PX } else { 0.0 };
            scenes.push(self.scene(&part, Height::Fixed((needed + over).min(RULER_HEIGHT_PX + room_of(head)))));
            from = to;
        }
        let total = scenes.len();
        let height = room + 2.0 * self.margin;
        let legend = self.legend(&scenes.iter().collect::<Vec<_>>());
        let after = [legend, self.sources()];
        let after_px: f32 = after.iter().map(|block| block.height).sum();
        let mut after = Some(after);
        let mut sheets = Vec::with_capacity(total + 1);
        for (page, scene) in scenes.into_iter().enumerate() {
            let words = page_words(page + 1, None);
            let head = self.head((page > 0).then_some(words.as_str()));
            let mut sheet = self.sheet(height);
            let top = self.put(&mut sheet, self.margin, [head]);
            let bottom = top + scene.height;
            sheet.scene = Some((scene, Point { x: self.margin, y: top }));
            if page + 1 == total && bottom + after_px <= height - self.margin - footer_px {
                self.put(&mut sheet, bottom, after.take().into_iter().flatten());
            }
            sheets.push(sheet);
        }
        if let Some(after) = after.filter(|_| after_px > 0.0) {
            let words = page_words(sheets.len() + 1, None);
            let mut sheet = self.sheet(height);
            let top = self.put(&mut sheet, self.margin, [self.head(Some(&words))]);
            self.put(&mut sheet, top, after);
            sheets.push(sheet);
        }
        let evidence = self.evidence_pages(height, sheets.len());
        // Those pages have their footers already.
        let own = sheets.len();
        sheets.extend(evidence);
        let all = sheets.len();
        for (at, sheet) in sheets.iter_mut().enumerate().take(own) {
            let footer = self.footer(Some(&page_words(at + 1, Some(all))));
            let y = height - self.margin - footer.height;
            sheet.put(footer, Point { x: self.margin, y });
        }
        Ok(sheets)
    }

    /// Pages with nothing but citations, after so many others.
    fn evidence_pages(&self, height: f32, before: usize) -> Vec<Sheet> {
        if self.numbers.paper.numbers.is_empty() {
            return Vec::new();
        }
        let sample = page_words(MOST_PAGES, Some(MOST_PAGES));
        let (head_px, footer_px) = (self.head(Some(&sample)).height, self.footer(Some(&sample)).height);
        let inner = self.width - 2.0 * blocks::SIDE_PX;
        let list_head = || citations::list_head("Evidence", self.width, &self.style);
        let most_px = height - 2.0 * self.margin - head_px - footer_px - list_head().height;
        let (parts, _) = citations::list(self.material, &self.numbers, inner, most_px, usize::MAX, &self.style);
        let all = before + parts.len();
        let one = |(at, mut list): (usize, Block)| {
            indent(&mut list, blocks::SIDE_PX);
            let number = before + at + 1;
            let mut sheet = self.sheet(height);
            let head = self.head(Some(&page_words(number, None)));
            let footer = self.footer(Some(&page_words(number, Some(all))));
            let foot_y = height - self.margin - footer.height;
            self.put(&mut sheet, self.margin, [head, list_head(), list]);
            sheet.put(footer, Point { x: self.margin, y: foot_y });
            sheet
        };
        parts.into_iter().enumerate().map(one).collect()
    }
}

/// "page 2", "page 2 of 5".
fn page_words(page: usize, of: Option<usize>) -> String {
    of.map_or_else(|| format!("page {page}"), |of| format!("Page {page} of {of}"))
}

fn indent(block: &mut Block, by: f32) {
    let shapes = std::mem::take(&mut block.shapes);
    block.shapes = shapes.into_iter().map(|prim| scene::moved(prim, by, 0.0)).collect();
    for link in &mut block.links {
        link.rect.x += by;
    }
}
