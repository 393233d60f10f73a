//! Every command of the window, in one table: menus, shortcuts and the list of keys are made from it.

use egui::{Key, KeyboardShortcut, Modifiers};

/// Something that a person can choose to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Opens files instead of what is open.
    Open,
    /// Opens files as well as what is open.
    OpenAlso,
    /// Opens the sample.
    OpenSample,
    /// Reads the open files again.
    Reload,
    /// Exports a picture.
    Export,
    /// Copies the picture.
    CopyPicture,
    /// Goes to the search box.
    Find,
    /// Selects the previous event that matches the search.
    PreviousHit,
    /// Selects the next event that matches the search.
    NextHit,
    /// Lets hits stand out among all events, or shows them alone.
    Highlight,
    /// Opens or closes the facets.
    Facets,
    /// Opens or closes the table.
    Table,
    /// Takes the last change back.
    Undo,
    /// Does it again.
    Redo,
    /// Comes closer.
    ZoomIn,
    /// Goes further away.
    ZoomOut,
    /// Shows earlier times.
    PanBack,
    /// Shows later times.
    PanForward,
    /// Shows everything.
    FitAll,
    /// Shows the dense part.
    FitDense,
    /// Selects the previous event.
    Previous,
    /// Selects the next event.
    Next,
    /// Selects the previous event of the lane.
    PreviousInLane,
    /// Selects the next event of the lane.
    NextInLane,
    /// Zooms to the selected event.
    ZoomToSelected,
    /// Opens or closes the detail pane.
    Detail,
    /// Opens or closes the problems list.
    Problems,
    /// Shows what the signs mean.
    Signs,
    /// Shows the keys.
    Help,
    /// Ends the program.
    Quit,
}

/// The menu that a command stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Files and pictures.
    File,
    /// What is shown.
    View,
    /// Moving through time.
    Go,
    /// Help.
    Help,
}

/// When a command can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Always.
    Nothing,
    /// With a file open.
    File,
    /// With an event selected.
    Selection,
}

/// A row of the table.
pub struct CommandRow {
    /// Which.
    pub command: Command,
    /// As menus name it.
    pub label: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Its key.
    pub shortcut: Option<KeyboardShortcut>,
    /// When it can be chosen.
    pub needs: Needs,
}

const fn row(command: Command, label: &'static str, menu: Menu, shortcut: Option<KeyboardShortcut>, needs: Needs) -> CommandRow {
    CommandRow { command, label, menu, shortcut, needs }
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

/// Every command. Where two share a key, the one with more modifiers stands first.
pub const COMMANDS: &[CommandRow] = &[
    row(Command::OpenAlso, "Open as well…", Menu::File, Some(ctrl_shift(Key::O)), Needs::Nothing),
    row(Command::Open, "Open…", Menu::File, Some(ctrl(Key::O)), Needs::Nothing),
    row(Command::OpenSample, "Open the sample", Menu::File, None, Needs::Nothing),
    row(Command::Reload, "Read again", Menu::File, Some(plain(Key::F5)), Needs::File),
    row(Command::Export, "Export picture…", Menu::File, Some(ctrl(Key::E)), Needs::File),
    row(Command::CopyPicture, "Copy picture", Menu::File, Some(ctrl_shift(Key::C)), Needs::File),
    row(Command::Quit, "Quit", Menu::File, Some(ctrl(Key::Q)), Needs::Nothing),
    row(Command::Table, "Table", Menu::View, Some(ctrl(Key::T)), Needs::File),
    row(Command::Facets, "Facets", Menu::View, Some(ctrl_shift(Key::F)), Needs::File),
    row(Command::Find, "Search", Menu::View, Some(ctrl(Key::F)), Needs::File),
    row(Command::Highlight, "Highlight hits among all events", Menu::View, Some(ctrl(Key::H)), Needs::File),
    row(Command::Redo, "Redo", Menu::View, Some(ctrl_shift(Key::Z)), Needs::File),
    row(Command::Undo, "Undo", Menu::View, Some(ctrl(Key::Z)), Needs::File),
    row(Command::ZoomIn, "Zoom in", Menu::View, Some(plain(Key::W)), Needs::File),
    row(Command::ZoomOut, "Zoom out", Menu::View, Some(plain(Key::S)), Needs::File),
    row(Command::FitAll, "Whole range", Menu::View, Some(plain(Key::Num0)), Needs::File),
    row(Command::FitDense, "Dense part", Menu::View, Some(plain(Key::Num1)), Needs::File),
    row(Command::ZoomToSelected, "Zoom to the event", Menu::View, Some(plain(Key::Enter)), Needs::Selection),
    row(Command::Detail, "Detail pane", Menu::View, Some(plain(Key::F9)), Needs::File),
    row(Command::Problems, "Problems", Menu::View, Some(plain(Key::F8)), Needs::File),
    row(Command::Signs, "What the signs mean", Menu::View, Some(plain(Key::F2)), Needs::Nothing),
    row(Command::PreviousInLane, "Previous event in the lane", Menu::Go, Some(shift(Key::ArrowLeft)), Needs::Selection),
    row(Command::NextInLane, "Next event in the lane", Menu::Go, Some(shift(Key::ArrowRight)), Needs::Selection),
    row(Command::Previous, "Previous event", Menu::Go, Some(plain(Key::ArrowLeft)), Needs::File),
    row(Command::Next, "Next event", Menu::Go, Some(plain(Key::ArrowRight)), Needs::File),
    row(Command::PreviousHit, "Previous hit", Menu::Go, Some(shift(Key::F3)), Needs::File),
    row(Command::NextHit, "Next hit", Menu::Go, Some(plain(Key::F3)), Needs::File),
    row(Command::PanBack, "Earlier", Menu::Go, Some(plain(Key::A)), Needs::File),
    row(Command::PanForward, "Later", Menu::Go, Some(plain(Key::D)), Needs::File),
    row(Command::Help, "Keys and mouse", Menu::Help, Some(plain(Key::F1)), Needs::Nothing),
];

/// What the mouse does, for the list of keys.
pub const MOUSE: &[(&str, &str)] = &[
    ("Drag on the ruler", "scrub: the nearest event is selected as you go"),
    ("Drag on the lanes", "pan through time and lanes"),
    ("Ctrl+wheel, pinch", "zoom about the pointer"),
    ("Wheel", "scroll the lanes"),
    ("Shift+wheel", "pan through time"),
    ("Shift+drag", "mark a span and zoom to it"),
    ("Click, double click", "select, zoom to the event or the count"),
    ("Drag on the overview", "move or resize the window"),
];

/// The row of a command.
pub fn row_of(command: Command) -> Option<&'static CommandRow> {
    COMMANDS.iter().find(|row| row.command == command)
}

/// The command whose key was pressed in this frame; keys without Ctrl are left to a text field that has the focus.
pub fn pressed(ctx: &egui::Context, allowed: impl Fn(Needs) -> bool) -> Option<Command> {
    let typing = ctx.text_edit_focused();
    let extra = [
        (KeyboardShortcut::new(Modifiers::NONE, Key::Plus), Command::ZoomIn),
        (KeyboardShortcut::new(Modifiers::NONE, Key::Equals), Command::ZoomIn),
        (KeyboardShortcut::new(Modifiers::NONE, Key::Minus), Command::ZoomOut),
        (KeyboardShortcut::new(Modifiers::COMMAND, Key::Y), Command::Redo),
    ];
    let rows = COMMANDS.iter().filter_map(|row| Some((row.shortcut?, row.command)));
    rows.chain(extra).find_map(|(shortcut, command)| {
        let is_function_key = shortcut.logical_key.name().starts_with('F') && shortcut.logical_key.name().len() > 1;
        if typing && !shortcut.modifiers.command && !is_function_key {
            return None;
        }
        // Undo within a text field is the field's own.
        if typing && matches!(command, Command::Undo | Command::Redo) {
            return None;
        }
        let needs = row_of(command)?.needs;
        (allowed(needs) && ctx.input_mut(|input| input.consume_shortcut(&shortcut))).then_some(command)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        for (at, one) in COMMANDS.iter().enumerate() {
            for other in &COMMANDS[at + 1..] {
                assert_ne!(one.command, other.command);
                assert!(one.shortcut.is_none() || one.shortcut != other.shortcut, "{} and {}", one.label, other.label);
            }
        }
    }

    #[test]
    fn a_shortcut_with_more_modifiers_stands_before_one_with_fewer() {
        let weight = |shortcut: KeyboardShortcut| u8::from(shortcut.modifiers.shift) + u8::from(shortcut.modifiers.command);
        for (at, one) in COMMANDS.iter().enumerate() {
            for other in &COMMANDS[at + 1..] {
                if let (Some(first), Some(second)) = (one.shortcut, other.shortcut)
                    && first.logical_key == second.logical_key
                {
                    assert!(weight(first) >= weight(second), "{} hides {}", one.label, other.label);
                }
            }
        }
    }
}
