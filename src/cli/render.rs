//! `chronolane render`: the timeline as a picture, from the same scene as the window's.

use std::path::Path;

use super::args::{GroupArg, HeightArg, RenderArgs, ThemeArg, ViewArg};
use super::{CliError, Exit, exit_of, load_named, sessions, whole};
use crate::jobs::{self, Loaded};
use crate::render::{png, save_whole, svg};
use crate::scene::{self, Height, SceneRequest};
use crate::store::{LaneIndex, Query, dense_window};
use crate::style::{Style, Theme};
use crate::time::{self, Zone};
use crate::view::{Span, ThemeChoice};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Svg,
    Png,
}

fn ending(path: &Path) -> Result<Ending, CliError> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "svg" => Ok(Ending::Svg),
        "png" => Ok(Ending::Png),
        _ => Err(CliError::Ending(path.display().to_string())),
    }
}

/// Loads the files, draws them, saves the picture.
pub(super) fn run(args: &RenderArgs) -> Result<Exit, CliError> {
    let ending = ending(&args.output)?;
    let named = sessions::named(&args.files)?;
    let session = named.session.as_ref().map(|opened| &opened.session);
    let shown = session.map(|session| &session.view);
    let text = args.filter.as_deref().or(shown.map(|view| view.query.as_str())).unwrap_or_default();
    let query = match Query::parse(text) {
        Err(error) if args.filter.is_none() => return Err(CliError::SessionFilter(error)),
        parsed => parsed?,
    };
    let group = args.group.map(GroupArg::group).or(shown.map(|view| view.group));
    let options = sessions::options(&args.common.options()?, &named, args.common.zone.is_some())?;
    let from_ms = args.from.as_deref().map(|text| bound("from", text, options.zone)).transpose()?.map(|bounds| bounds.0);
    let to_ms = args.to.as_deref().map(|text| bound("to", text, options.zone)).transpose()?.map(|bounds| bounds.1);
    let loaded = load_named(&named, &options, group)?;
    let group = loaded.lanes.group();
    let arrangement = shown.and_then(|view| view.arrangements.get(&group)).cloned();
    let (lanes, rows) = if query.is_empty() && arrangement.is_none() {
        (loaded.lanes.clone(), loaded.rows.clone())
    } else {
        let wanted = jobs::LanesWanted { group, arrangement, ..jobs::LanesWanted::default() };
        let filtered = jobs::filtered(&loaded.store, &loaded.lanes, text, &query, wanted);
        (filtered.lanes, filtered.rows)
    };
    whole(&loaded)?;
    let window = window(args.view, shown.map(|view| view.window), (from_ms, to_ms), &loaded, &lanes)?;
    let theme = match (args.theme, shown.map(|view| view.theme)) {
        (Some(ThemeArg::Dark), _) | (None, Some(ThemeChoice::Dark)) => Theme::Dark,
        (Some(ThemeArg::Print), _) => Theme::Print,
        (Some(ThemeArg::Light), _) | (None, _) => Theme::Light,
    };
    let style = Style::of(theme);
    let own = session.map(|session| session.title.as_str()).filter(|title| !title.is_empty());
    let title = args.title.as_deref().or(own).or(loaded.store.title()).filter(|title| !title.is_empty());
    let request = SceneRequest {
        names: true,
        store: &loaded.store,
        lanes: &lanes,
        rows: &rows,
        kinds: &loaded.kinds,
        style: &style,
        window,
        width_px: args.width as f32,
        height: match args.height {
            HeightArg::Auto => Height::Auto,
            HeightArg::Pixels(pixels) => Height::Fixed(pixels as f32),
        },
        title,
        selected: named.session.as_ref().and_then(|opened| opened.selected_in(&loaded.store)),
    };
    let scene = scene::build(&request);
    let scene = if args.legend { scene::with_legend(scene, &style) } else { scene };
    let name = title.unwrap_or("Timeline");
    let bytes = match ending {
        Ending::Svg => svg::svg(&scene, name).into_bytes(),
        Ending::Png => png::picture(&scene, name, args.scale)?.png()?,
    };
    save_whole(&args.output, &bytes)?;
    Ok(exit_of(&loaded))
}

/// The earliest start and the latest end of a date option, an instant where it stands in the zone.
fn bound(option: &'static str, text: &str, zone: Zone) -> Result<(i64, i64), CliError> {
    let when = time::read(text, &time::Dialect::default()).map_err(|error| CliError::Date { option, error })?;
    let extent = time::placed(when.canonical(), zone).unwrap_or(when.reading).extent;
    Ok((extent.earliest_start, extent.latest_end))
}

fn window(
    view: Option<ViewArg>,
    shown: Option<Span>,
    (from_ms, to_ms): (Option<i64>, Option<i64>),
    loaded: &Loaded,
    lanes: &LaneIndex,
) -> Result<Span, CliError> {
    let (low, high) = loaded.store.span_ms().ok_or(CliError::NothingDated)?;
    let whole = Span::between(low, high).widened(0.02);
    let base = match (view, shown) {
        (None, Some(shown)) => shown,
        (None | Some(ViewArg::All), _) => whole,
        (Some(ViewArg::Dense), _) => dense_window(&loaded.store, lanes).map_or(whole, |(from_ms, to_ms)| Span::between(from_ms, to_ms)),
    };
    Ok(Span::between(from_ms.unwrap_or(base.from_ms), to_ms.unwrap_or(base.to_ms)))
}
