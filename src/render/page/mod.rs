//! A page of its own: the picture with pan and zoom, the detail of an event with its sentence, and a searchable table, in one file that asks nobody for anything.
//!
//! Every word of the data is written into the document here, escaped; the script only clones, shows and hides what stands there. The content security policy allows this
//! script and this style sheet by their hashes and nothing else. Without the script the picture and the table can still be read.

mod events;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use super::picture::{Composed, DrawError, Furniture, Length, Line, Material, PictureOptions, compose, words};
use super::svg::{Detail, escaped, sheet_svg};
use super::webfont::font_rules;
use crate::formats::Progress;
use crate::style::{Rgba, Style, Theme};

const SCRIPT: &str = include_str!("page.js");
const SHEET: &str = include_str!("page.css");

/// The document, with what should be said about it.
pub fn page(material: &Material, options: &PictureOptions, progress: &dyn Progress) -> Result<(String, Vec<String>), DrawError> {
    let Composed { sheets, mut notes } = compose(material, &for_page(options), false, progress)?;
    let name = words::name(material, &options.furniture);
    let description = words::description(material, options);
    let drawn = sheets.first().map(|sheet| sheet_svg(sheet, &name, &description, Detail::Inline)).unwrap_or_default();
    // The declaration of an XML file has no place inside a document.
    let picture = drawn.split_once("?>\n").map_or(drawn.as_str(), |(_, rest)| rest);
    if progress.cancelled() {
        return Err(DrawError::Cancelled);
    }
    let table = events::table(material);
    notes.extend(table.note);
    let letters: BTreeSet<char> = picture.chars().chain(table.html.chars()).chain(SCRIPT.chars()).collect();
    let style = format!("{}{SHEET}{}", font_rules(&letters), dark_rules(material, options.theme));
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; font-src data:; base-uri 'none'; form-action 'none'",
        source_hash(SCRIPT),
        source_hash(&style)
    );
    let subtitle = words::subtitle(&options.furniture, material).map(|words| format!("<p class=\"quiet\">{}</p>\n", escaped(&words)));
    let sources = words::sources(&Furniture { source: Line::OfFile, ..options.furniture.clone() }, material);
    let sources = sources.map(|words| format!("<p>{}</p>\n", escaped(&words))).unwrap_or_default();
    let count = table.count;
    let html = format!(
        "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"referrer\" content=\"no-referrer\">
<meta name=\"generator\" content=\"Chronolane {version}\">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
{subtitle}</header>
<main>
<section id=\"stage\" aria-label=\"Timeline\">
<div id=\"tools\" role=\"group\" aria-label=\"View\"><button type=\"button\" id=\"closer\">Zoom in</button><button type=\"button\" id=\"further\">Zoom out</button><button type=\"button\" id=\"all\">Whole picture</button>
<span class=\"quiet\">Drag to pan, Ctrl+wheel or + and − to zoom, Left and Right for the next event.</span></div>
<div id=\"picture\">
{picture}<div id=\"tip\" hidden></div>
</div>
<aside id=\"detail\" role=\"region\" aria-label=\"Event\" aria-live=\"polite\" tabindex=\"-1\" hidden><button type=\"button\" id=\"close\">Close</button><div id=\"said\"></div></aside>
</section>
<section aria-label=\"Events\">
<div id=\"find\"><label for=\"search\">Search</label><input id=\"search\" type=\"search\" autocomplete=\"off\"><span id=\"found\" class=\"quiet\" role=\"status\">{count} events</span></div>
{rows}</section>
</main>
<footer>
{sources}<p>{said}</p>
</footer>
<script>{SCRIPT}</script>
</body>
</html>
",
        version = env!("CARGO_PKG_VERSION"),
        title = escaped(&name),
        subtitle = subtitle.unwrap_or_default(),
        rows = table.html,
        said = escaped(&format!("{} {}", words::counts(material, &options.filter), words::origin(material))),
    );
    Ok((html, notes))
}

/// The options for the picture within a page: as tall as its lanes need, with nothing around it that the page says in its own words.
fn for_page(options: &PictureOptions) -> PictureOptions {
    PictureOptions {
        height: None,
        margin: Length::px(0.0),
        furniture: Furniture { legend: options.furniture.legend, ..Furniture::none() },
        ..options.clone()
    }
}

/// What a policy calls a script or a style sheet.
fn source_hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Rules that give a light picture its dark colours where the reader's system is dark: each colour of the one style is replaced by that of the other.
fn dark_rules(material: &Material, theme: Theme) -> String {
    let (light, dark) = match theme {
        Theme::Light => (Style::of(Theme::Light), Style::of(Theme::Dark)),
        // What was asked for in one set of colours stays in it.
        Theme::Dark => return format!(":root{{color-scheme:dark;{}}}", variables(&Style::of(Theme::Dark))),
        Theme::Print => return format!(":root{{color-scheme:light;{}}}", variables(&Style::of(Theme::Print))),
    };
    let mut pairs: Vec<(Rgba, Rgba)> = vec![
        (light.panel, dark.panel),
        (light.lane, dark.lane),
        (light.lane_other, dark.lane_other),
        (light.weekend, dark.weekend),
        (light.line_major, dark.line_major),
        (light.line_minor, dark.line_minor),
        (light.text, dark.text),
        (light.text_quiet, dark.text_quiet),
        (light.accent, dark.accent),
        (light.density, dark.density),
        (light.text_on(light.text), dark.text_on(dark.text)),
    ];
    pairs.extend((0..12).map(|at| (light.kind_color(at), dark.kind_color(at))));
    for (kind, _) in material.store.names().kinds.iter().take(200) {
        let look = material.kinds.look(Some(kind));
        pairs.push((look.color(&light), look.color(&dark)));
    }
    let hex = |color: Rgba| format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2);
    let mut seen = BTreeSet::new();
    let mut rules = String::from("@media screen and (prefers-color-scheme: dark){");
    for (from, to) in pairs {
        let (from, to) = (hex(from), hex(to));
        if seen.insert(from.clone()) {
            for property in ["fill", "stroke", "stop-color"] {
                let _ = write!(rules, "svg [{property}=\"{from}\"]{{{property}:{to}}}");
            }
        }
    }
    rules.push('}');
    rules
}

/// The page's own colours, to stay whatever the reader's system has.
fn variables(style: &Style) -> String {
    let hex = |color: Rgba| format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2);
    format!(
        "--ground:{} !important;--card:{} !important;--text:{} !important;--quiet:{} !important;--line:{} !important;--accent:{} !important;--mark:{} !important",
        hex(style.panel),
        hex(style.lane),
        hex(style.text),
        hex(style.text_quiet),
        hex(style.line_major),
        hex(style.accent),
        hex(style.highlight)
    )
}
