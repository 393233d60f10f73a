//! `chronolane render`: the timeline as pictures, from the same scene as the window's.

use std::path::Path;
use std::sync::Arc;

use super::args::RenderArgs;
use super::{CliError, Exit, complain, exit_of, load, whole};
use crate::formats::Silent;
use crate::jobs::{LanesWanted, PictureError, PictureRequest, open_with_system, save_pictures};
use crate::render::picture::Form;
use crate::store::Query;

/// Loads the files, draws them, saves the pictures. What can be refused is refused before anything is loaded.
pub(super) fn run(args: &RenderArgs) -> Result<Exit, CliError> {
    let options = args.options()?;
    Query::parse(&options.filter).map_err(PictureError::from)?;
    if let Some(path) = args.output.iter().find(|path| Form::of_name(path).is_none()) {
        return Err(PictureError::Ending(path.clone()).into());
    }
    let loaded = load(&args.files, &args.common.options()?, options.group)?;
    let request = PictureRequest {
        store: Arc::clone(&loaded.store),
        lanes: Arc::clone(&loaded.lanes),
        wanted: LanesWanted { group: loaded.lanes.group(), ..LanesWanted::default() },
        kinds: Arc::clone(&loaded.kinds),
        files: Arc::from(loaded.stamps.as_slice()),
        options,
        shown: None,
        selected: None,
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
