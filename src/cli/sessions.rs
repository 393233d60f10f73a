//! Sessions on the command line: each stands for its data files, and one alone for its view too.

use std::path::PathBuf;

use super::args::RenderArgs;
use super::{CliError, complain};
use crate::formats::{ReadOptions, Silent};
use crate::jobs::{OpenedSession, open_session, verify_session};
use crate::render::picture::{PictureOptions, Range};
use crate::session::{SessionError, is_session};
use crate::store::Query;
use crate::style::Theme;
use crate::view::{HitsShown, ThemeChoice};

/// What a command names, with sessions opened out into their files.
pub(super) struct Named {
    /// The data files and folders.
    pub files: Vec<PathBuf>,
    /// The session, where one alone is named.
    pub session: Option<OpenedSession>,
    /// Whether a file of a session is missing, was changed, or a setting of it cannot be used.
    pub troubled: bool,
}

/// Opens sessions out, saying what is not as it was.
pub(super) fn named(files: &[PathBuf]) -> Result<Named, CliError> {
    let mut out = Named { files: Vec::new(), session: None, troubled: false };
    for path in files {
        if !is_session(path) {
            out.files.push(path.clone());
            continue;
        }
        let opened = open_session(path, &Silent)?;
        let changed = verify_session(&opened.pairs(), &Silent);
        let missing = opened.missing();
        if opened.paths().is_empty() {
            return Err(SessionError::NothingFound { name: path.display().to_string(), words: missing.join("\n") }.into());
        }
        out.troubled |= !changed.is_empty() || !missing.is_empty() || !opened.notes.is_empty();
        for words in missing.into_iter().map(|words| format!("left out: {words}")).chain(changed).chain(opened.notes.iter().cloned()) {
            complain(&format!("chronolane: {words}"));
        }
        out.files.extend(opened.paths());
        if files.len() == 1 {
            out.session = Some(opened);
        } else {
            complain(&format!("chronolane: {}: of several files, its data is taken and not its view", path.display()));
        }
    }
    Ok(out)
}

/// The options with how the files of a session were read, where the command line does not say.
pub(super) fn options(options: &ReadOptions, named: &Named, zone_is_given: bool) -> Result<ReadOptions, CliError> {
    let Some(opened) = &named.session else { return Ok(options.clone()) };
    let mut out = opened.session.reading.apply(options).map_err(CliError::Option)?;
    if !zone_is_given {
        out.zone = opened.session.view.zone;
    }
    Ok(out)
}

/// The options of a picture with what a session shows, where the command line does not say.
pub(super) fn drawn_as(options: PictureOptions, args: &RenderArgs, named: &Named) -> Result<PictureOptions, CliError> {
    let Some(opened) = &named.session else { return Ok(options) };
    let (mut out, view) = (options, &opened.session.view);
    if args.filter.is_none() {
        Query::parse(&view.query).map_err(CliError::SessionFilter)?;
        out.filter.clone_from(&view.query);
        out.hits = if args.highlight { HitsShown::AmongAll } else { view.hits };
    }
    out.group = out.group.or(Some(view.group));
    if args.view.is_none() {
        out.range = Range::Shown;
    }
    if args.theme.is_none() && args.preset.is_none() && view.theme == ThemeChoice::Dark {
        out.theme = Theme::Dark;
    }
    out.furniture.say_own(&view.title, &view.description);
    Ok(out)
}
