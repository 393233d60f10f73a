//! `chronolane convert`: any format that is read into any that is written, saying what was lost.

use super::args::ConvertArgs;
use super::{CliError, Exit, complain, exit_of, load};
use crate::formats::Silent;
use crate::jobs::{is_same_file, save_events};
use crate::scene::grouped;
use crate::store::{GroupBy, Query};
use crate::writers::{self, Writer};

/// Loads the files and saves their events.
pub(super) fn run(args: &ConvertArgs) -> Result<Exit, CliError> {
    let writer = writer(args)?;
    let query = Query::parse(&args.filter)?;
    let loaded = load(&args.files, &args.common.options()?, Some(GroupBy::None))?;
    if loaded.store.files().iter().any(|file| is_same_file(file, &args.output)) {
        return Err(CliError::OverInput(args.output.display().to_string()));
    }
    let matching = (!query.is_empty()).then(|| query.run(&loaded.store));
    let saved = save_events(&loaded.store, matching.as_ref(), writer, &args.output, &Silent)?;
    complain(&format!("chronolane: {} events written to {}", grouped(saved.events as usize), saved.path.display()));
    for words in saved.lost.words() {
        complain(&format!("chronolane: {words}"));
    }
    let exit = exit_of(&loaded);
    Ok(if saved.lost.left_out() > 0 { exit.max(Exit::Troubled) } else { exit })
}

/// The writer that is named, or that the output's ending asks for.
fn writer(args: &ConvertArgs) -> Result<&'static dyn Writer, CliError> {
    let known = || writers::all().iter().map(|writer| writer.name()).collect::<Vec<_>>().join(", ");
    if let Some(name) = &args.to {
        return writers::by_name(name).ok_or_else(|| CliError::UnknownWriter { name: name.clone(), known: known() });
    }
    let name = || args.output.display().to_string();
    writers::for_path(&args.output).ok_or_else(|| CliError::NoWriter { name: name(), known: known() })
}
