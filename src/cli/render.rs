//! `chronolane render`: the timeline as pictures, from the same scene as the window's.

use std::path::Path;
use std::sync::Arc;

use super::args::RenderArgs;
use super::{CliError, Exit, complain, exit_of, load_named, sessions, whole};
use crate::formats::Silent;
use crate::jobs::{LanesWanted, PictureError, PictureRequest, open_with_system, save_pictures};
use crate::render::picture::Form;
use crate::store::Query;

/// Loads the files, draws them, saves the pictures. What can be refused is refused before anything is loaded.
pub(super) fn run(args: &RenderArgs) -> Result<Exit, CliError> {
    let named = sessions::named(&args.files)?;
    let shown = named.session.as_ref().map(|opened| &opened.session.view);
    let options = sessions::drawn_as(args.options()?, args, &named)?;
    Query::parse(&options.filter).map_err(PictureError::from)?;
    if let Some(path) = args.output.iter().find(|path| Form::of_name(path).is_none()) {
        return Err(PictureError::Ending(path.clone()).into());
    }
    let reading = sessions::options(&args.common.options()?, &named, args.common.zone.is_some())?;
    let loaded = load_named(&named, &reading, options.group)?;
    let group = loaded.lanes.group();
    let arrangement = shown.and_then(|view| view.arrangements.get(&group)).cloned();
    let names = shown.map(|view| Arc::clone(&view.actor_names)).unwrap_or_default();
    let request = PictureRequest {
        store: Arc::clone(&loaded.store),
        lanes: Arc::clone(&loaded.lanes),
        wanted: LanesWanted { group, arrangement, names, ..LanesWanted::default() },
        kinds: Arc::clone(&loaded.kinds),
        files: Arc::from(loaded.stamps.as_slice()),
        options,
        shown: shown.map(|view| view.window),
        selected: named.session.as_ref().and_then(|opened| opened.selected_in(&loaded.store)),
    };
    let saved = save_pictures(&request, &args.output, &Silent)?;
    whole(&loaded)?;
    for picture in &saved {
        let name = picture.path.file_name().map_or_else(|| picture.path.display().to_string(), |name| name.to_string_lossy().into_owned());
        for note in &picture.notes {
            complain(&format!("chronolane: {name}: note: {note}"));
        }
        if args.open {
            open(&picture.path);
        }
    }
    Ok(exit_of(&loaded))
}

fn open(path: &Path) {
    if let Err(error) = open_with_system(path) {
        complain(&format!("chronolane: {} was written but could not be opened ({error})", path.display()));
    }
}
