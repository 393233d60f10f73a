//! The scene as SVG: text as text, every lane and event marked so that anyone can count them.
//!
//! A lane is `<g data-lane="NAME" data-total="N">`; lane groups never nest. An event drawn by itself is a `<g data-event="ID">` with a `<title>`; events
//! counted together are a `<g data-count="N">`. No script, no style but the letters of the font, every string escaped, the same bytes for the same scene.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::picture::Sheet;
use super::webfont::font_rules;
use crate::scene::{Align, CIRCLE, Point, Prim, Rect, Scene, SceneLane, Stroke, Text, Weight, corners, text_width};
use crate::style::{FONT_FAMILY, Rgba, Symbol};
use crate::time::span_text;

/// Distance from the middle of the capitals down to the base line, in parts of the text size.
const BASE_LINE: f32 = 0.3635;

/// How much of a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything, for those who open the file: lanes and events marked, names, addresses, the letters of the font.
    Full,
    /// The same without the font, for a page that has it.
    Inline,
    /// Only what is seen, for drawing pixels or pages from it.
    Plain,
}

/// A scene alone as the text of an SVG file without the letters of the font, `title` being its name for readers who cannot see it.
pub fn svg(scene: &Scene, title: &str) -> String {
    let ground = crate::style::Style::of(scene.theme).panel;
    sheet_svg(&Sheet::of_scene(scene.clone(), ground), title, "", Detail::Inline)
}

/// A sheet as the text of an SVG file, with its name and what it shows in words.
pub fn sheet_svg(sheet: &Sheet, title: &str, description: &str, detail: Detail) -> String {
    let mut out = Writer { text: String::with_capacity(64 * 1024), fades: 0, symbols: BTreeMap::new(), detail };
    let (w, h) = (number(sheet.width), number(sheet.height));
    out.push("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let family = escaped(FONT_FAMILY);
    out.push(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" font-family=\"{family}\">\n"
    ));
    if detail != Detail::Plain {
        out.push(&format!("<title>{}</title>\n", escaped(title)));
        if !description.is_empty() {
            out.push(&format!("<desc>{}</desc>\n", escaped(description)));
        }
    }
    if detail == Detail::Full {
        let letters = sheet.texts().flat_map(str::chars).collect();
        out.push(&format!("<style>{}</style>\n", font_rules(&letters)));
    }
    let defs_at = out.text.len();
    let whole = Rect { x: 0.0, y: 0.0, w: sheet.width, h: sheet.height };
    out.prim(&Prim::Box { rect: whole, radius: 0.0, fill: Some(sheet.ground), stroke: None });
    if let Some((scene, at)) = &sheet.scene {
        out.push(&format!("<g transform=\"translate({} {})\">\n", number(at.x), number(at.y)));
        match detail {
            Detail::Full | Detail::Inline => out.scene(scene),
            Detail::Plain => out.plain_scene(scene),
        }
        out.push("</g>\n");
    }
    if !sheet.shapes.is_empty() {
        out.group("<g>", &sheet.shapes);
    }
    if detail != Detail::Plain {
        for link in &sheet.links {
            out.push(&format!("<a href=\"{}\"><rect", escaped(&link.url)));
            out.rect(link.rect);
            out.push(" fill=\"#000\" fill-opacity=\"0\"/></a>\n");
        }
    }
    out.push("</svg>\n");
    let defs = out.symbol_defs();
    out.text.insert_str(defs_at, &defs);
    out.text
}

struct Writer {
    text: String,
    fades: usize,
    /// The outline of each symbol that is used, by its id.
    symbols: BTreeMap<String, String>,
    detail: Detail,
}

impl Writer {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn scene(&mut self, scene: &Scene) {
        self.clip(scene.plot);
        self.group("<g>", &scene.backdrop);
        for found in &scene.breaks {
            let words = escaped(&found.words);
            let times = escaped(&span_text(found.span.from_ms, found.span.to_ms));
            self.group(&format!("<g data-break=\"{words}\" clip-path=\"url(#plot)\"><title>{words}, {times}</title>"), &found.shapes);
        }
        self.push("<g clip-path=\"url(#plot)\">\n");
        scene.connectors.iter().flat_map(|connector| &connector.shapes).for_each(|prim| self.prim(prim));
        self.push("</g>\n");
        for lane in &scene.lanes {
            self.lane(lane);
        }
        if let Some(more) = &scene.more_lanes {
            self.group(&format!("<g data-more-lanes=\"{}\">", more.lanes), &more.shapes);
        }
        self.group("<g>", &scene.frame);
    }

    fn clip(&mut self, plot: Rect) {
        self.push("<clipPath id=\"plot\"><rect");
        self.rect(plot);
        self.push("/></clipPath>\n");
    }

    /// The shapes of a scene from back to front, those that reach beyond the plot clipped, boxes of one colour in one path.
    fn plain_scene(&mut self, scene: &Scene) {
        self.clip(scene.plot);
        let mut clipped = false;
        let mut run: Option<(Rgba, usize, String)> = None;
        for (prim, within) in super::layers(scene) {
            let clip = within.is_some() && !stays_within(prim, scene.plot);
            let flat = match prim {
                Prim::Box { rect, radius, fill: Some(fill), stroke: None } if *radius <= 0.0 && !clip && !clipped => Some((*rect, *fill)),
                _ => None,
            };
            if let Some((rect, fill)) = flat {
                if run.as_ref().is_some_and(|(other, count, _)| *other != fill || *count >= RUN_MOST) {
                    self.end_run(&mut run);
                }
                let (_, count, path) = run.get_or_insert_with(|| (fill, 0, String::new()));
                *count += 1;
                let (x, y, w, h) = (number(rect.x), number(rect.y), number(rect.w), number(rect.h));
                let _ = write!(path, "M{x} {y}h{w}v{h}h-{w}z");
                continue;
            }
            self.end_run(&mut run);
            if clip != clipped {
                self.push(if clip { "<g clip-path=\"url(#plot)\">\n" } else { "</g>\n" });
                clipped = clip;
            }
            self.prim(prim);
        }
        self.end_run(&mut run);
        if clipped {
            self.push("</g>\n");
        }
    }

    fn end_run(&mut self, run: &mut Option<(Rgba, usize, String)>) {
        if let Some((fill, _, path)) = run.take() {
            let _ = write!(self.text, "<path d=\"{path}\"");
            self.look(Some(fill), None);
            self.push("/>\n");
        }
    }

    fn symbol_defs(&self) -> String {
        if self.symbols.is_empty() {
            return String::new();
        }
        format!("<defs>\n{}</defs>\n", self.symbols.values().map(String::as_str).collect::<String>())
    }

    fn group(&mut self, open: &str, prims: &[Prim]) {
        self.push(open);
        self.push("\n");
        for prim in prims {
            self.prim(prim);
        }
        self.push("</g>\n");
    }

    fn lane(&mut self, lane: &SceneLane) {
        let name = escaped(&lane.name);
        self.push(&format!("<g data-lane=\"{name}\" data-total=\"{}\" role=\"group\" aria-label=\"{name}\">\n", lane.total));
        lane.header.iter().for_each(|prim| self.prim(prim));
        self.push("<g clip-path=\"url(#plot)\">\n");
        for fold in &lane.folds {
            self.push(&format!("<g data-count=\"{}\"><title>{}</title>", fold.count, escaped(&fold.name())));
            fold.shapes.iter().for_each(|prim| self.prim(prim));
            self.push("</g>\n");
        }
        for mark in &lane.marks {
            self.push(&format!("<g data-event=\"{}\"><title>{}</title>", escaped(&mark.id), escaped(&mark.name)));
            mark.shapes.iter().for_each(|prim| self.prim(prim));
            self.push("</g>\n");
        }
        lane.remarks.iter().chain(lane.marks.iter().flat_map(|mark| &mark.label)).for_each(|prim| self.prim(prim));
        self.push("</g>\n</g>\n");
    }

    fn prim(&mut self, prim: &Prim) {
        match prim {
            Prim::Box { rect, radius, fill, stroke } => {
                self.push("<rect");
                self.rect(*rect);
                if *radius > 0.0 {
                    self.push(&format!(" rx=\"{}\"", number(radius.min(rect.h / 2.0))));
                }
                self.look(*fill, *stroke);
                self.push("/>\n");
            }
            Prim::Fade { rect, color, fade_in, fade_out } => self.fade(*rect, *color, *fade_in, *fade_out),
            Prim::Line { from, to, stroke } => {
                let (x1, y1, x2, y2) = (number(from.x), number(from.y), number(to.x), number(to.y));
                self.push(&format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\""));
                self.stroke(*stroke);
                self.push("/>\n");
            }
            Prim::Symbol { shape, middle, radius, look } if self.detail != Detail::Plain => {
                let id = format!("{}-{}", shape.name(), number(*radius).replace('.', "_"));
                if !self.symbols.contains_key(&id) {
                    let outline = symbol_outline(*shape, *radius, &id);
                    self.symbols.insert(id.clone(), outline);
                }
                self.push(&format!("<use href=\"#{id}\" x=\"{}\" y=\"{}\"", number(middle.x), number(middle.y)));
                self.look(Some(look.fill()), Some(look.stroke()));
                self.push("/>\n");
            }
            Prim::Symbol { shape: Symbol::Circle, middle, radius, look } => {
                self.circle(*middle, *radius * CIRCLE, Some(look.fill()), Some(look.stroke()));
            }
            Prim::Symbol { shape, middle, radius, look } => {
                let corners = corners(*shape).iter().map(|(x, y)| Point { x: middle.x + x * radius, y: middle.y + y * radius });
                self.polygon(corners, Some(look.fill()), Some(look.stroke()));
            }
            Prim::Polygon { corners, fill, stroke } => self.polygon(corners.iter().copied(), *fill, *stroke),
            Prim::Circle { middle, radius, fill, stroke } => self.circle(*middle, *radius, *fill, *stroke),
            Prim::Text(text) => self.line_of_text(text),
        }
    }

    fn polygon(&mut self, corners: impl Iterator<Item = Point>, fill: Option<Rgba>, stroke: Option<Stroke>) {
        let points: Vec<String> = corners.map(|Point { x, y }| format!("{},{}", number(x), number(y))).collect();
        self.push(&format!("<polygon points=\"{}\"", points.join(" ")));
        self.look(fill, stroke);
        self.push(" stroke-linejoin=\"round\"/>\n");
    }

    fn circle(&mut self, middle: Point, radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>) {
        self.push(&format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(middle.x), number(middle.y), number(radius)));
        self.look(fill, stroke);
        self.push("/>\n");
    }

    fn rect(&mut self, rect: Rect) {
        let (x, y, w, h) = (number(rect.x), number(rect.y), number(rect.w), number(rect.h));
        let _ = write!(self.text, " x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
    }

    fn look(&mut self, fill: Option<Rgba>, stroke: Option<Stroke>) {
        match fill {
            Some(fill) => {
                let _ = write!(self.text, " fill=\"{}\"{}", hex(fill), opacity("fill-opacity", fill));
            }
            None => self.push(" fill=\"none\""),
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        let _ = write!(
            self.text,
            " stroke=\"{}\" stroke-width=\"{}\"{}",
            hex(stroke.color),
            number(stroke.width),
            opacity("stroke-opacity", stroke.color)
        );
        if let Some((dash, gap)) = stroke.dash {
            let _ = write!(self.text, " stroke-dasharray=\"{} {}\"", number(dash), number(gap));
        }
    }

    fn fade(&mut self, rect: Rect, color: Rgba, fade_in: f32, fade_out: f32) {
        if rect.w <= 0.0 {
            return;
        }
        self.fades += 1;
        let (id, hue) = (self.fades, hex(color));
        let full = f32::from(color.3) / 255.0;
        let (from, to) = ((fade_in / rect.w).clamp(0.0, 1.0), (1.0 - fade_out / rect.w).clamp(0.0, 1.0));
        let stop = |at: f32, opacity: f32| {
            format!("<stop offset=\"{}\" stop-color=\"{hue}\" stop-opacity=\"{}\"/>", number_fine(at), number_fine(opacity))
        };
        let ends = (if fade_in > 0.0 { 0.0 } else { full }, if fade_out > 0.0 { 0.0 } else { full });
        let stops = [stop(0.0, ends.0), stop(from.min(to), full), stop(to.max(from), full), stop(1.0, ends.1)].concat();
        self.push(&format!("<linearGradient id=\"f{id}\">{stops}</linearGradient><rect"));
        self.rect(rect);
        self.push(&format!(" rx=\"3\" fill=\"url(#f{id})\"/>\n"));
    }

    fn line_of_text(&mut self, text: &Text) {
        let anchor = match text.align {
            Align::Start => "",
            Align::Middle => " text-anchor=\"middle\"",
            Align::End => " text-anchor=\"end\"",
        };
        let weight = if text.weight == Weight::SemiBold { " font-weight=\"600\"" } else { "" };
        let y = text.at.y + text.size_px * BASE_LINE;
        self.push(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} fill=\"{}\"{}>{}</text>\n",
            number(text.at.x),
            number(y),
            number(text.size_px),
            hex(text.color),
            opacity("fill-opacity", text.color),
            escaped(&text.text)
        ));
    }
}

/// Boxes that are put into one path: what draws strips of a picture leaves out paths, not parts of them.
const RUN_MOST: usize = 1024;

/// The outline of a symbol about 0, 0, to be used with a fill and a stroke.
fn symbol_outline(shape: Symbol, radius: f32, id: &str) -> String {
    if shape == Symbol::Circle {
        return format!("<circle id=\"{id}\" r=\"{}\"/>\n", number(radius * CIRCLE));
    }
    let points: Vec<String> = corners(shape).iter().map(|(x, y)| format!("{},{}", number(x * radius), number(y * radius))).collect();
    format!("<polygon id=\"{id}\" points=\"{}\" stroke-linejoin=\"round\"/>\n", points.join(" "))
}

/// Whether nothing of a shape lies outside the plot, as far as that is easily told.
fn stays_within(prim: &Prim, plot: Rect) -> bool {
    let holds =
        |left: f32, top: f32, right: f32, bottom: f32| left >= plot.x && right <= plot.right() && top >= plot.y && bottom <= plot.bottom();
    let around = |at: Point, by: f32| holds(at.x - by, at.y - by, at.x + by, at.y + by);
    match prim {
        Prim::Box { rect, stroke, .. } => {
            let by = stroke.map_or(0.0, |stroke| stroke.width);
            let grown = rect.grown(by);
            holds(grown.x, grown.y, grown.right(), grown.bottom())
        }
        Prim::Fade { rect, .. } => holds(rect.x, rect.y, rect.right(), rect.bottom()),
        Prim::Line { from, to, stroke } => around(*from, stroke.width) && around(*to, stroke.width),
        Prim::Symbol { middle, radius, .. } | Prim::Circle { middle, radius, .. } => around(*middle, radius * 1.3 + 2.0),
        Prim::Polygon { corners, .. } => corners.iter().all(|corner| around(*corner, 2.0)),
        Prim::Text(text) => {
            let width = text_width(&text.text, text.size_px, text.weight) * 1.3;
            let (left, right) = match text.align {
                Align::Start => (text.at.x, text.at.x + width),
                Align::Middle => (text.at.x - width / 2.0, text.at.x + width / 2.0),
                Align::End => (text.at.x - width, text.at.x),
            };
            holds(left, text.at.y - text.size_px, right, text.at.y + text.size_px)
        }
    }
}

/// A number with at most two decimals and no idle zeros.
fn number(value: f32) -> String {
    trimmed(&format!("{value:.2}"))
}

fn number_fine(value: f32) -> String {
    trimmed(&format!("{value:.4}"))
}

fn trimmed(text: &str) -> String {
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short.is_empty() || short == "-0" { "0".to_owned() } else { short.to_owned() }
}

fn hex(color: Rgba) -> String {
    format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2)
}

fn opacity(name: &str, color: Rgba) -> String {
    if color.3 == 255 { String::new() } else { format!(" {name}=\"{}\"", number_fine(f32::from(color.3) / 255.0)) }
}

/// Text made safe for XML: markup escaped, characters that XML cannot hold replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(0.505), "0.5");
        assert_eq!(number(100.25), "100.25");
    }

    #[test]
    fn nothing_of_a_file_reaches_the_markup() {
        assert_eq!(escaped("<a href='x'>&\u{1}\n"), "&lt;a href=&#39;x&#39;&gt;&amp;\u{fffd} ");
    }
}
