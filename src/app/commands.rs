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
    /// Shows an actor under another name, or as one with another.
    NameActor,
    /// Shows the columns of a table and what they are taken for.
    Columns,
    /// Saves the records as a file.
    SaveAs,
    /// Saves the view where it was saved before, or asks where.
    SaveView,
    /// Saves the view elsewhere.
    SaveViewAs,
    /// Gives the view a title and a description of its own.
    Describe,
    /// Exports a picture.
    Export,
    /// Copies the picture.
    CopyPicture,
    /// Saves what the window shows.
    Screenshot,
    /// Finds a command, lane, kind or event by a few letters.
    Palette,
    /// Goes to a lane by its name.
    GoToLane,
    /// Goes to a date.
    GoToDate,
    /// Goes to the place before.
    Back,
    /// Goes forward again.
    Forward,
    /// Keeps the place in view.
    AddBookmark,
    /// Lists the bookmarks.
    Bookmarks,
    /// Shows what is going on at the playhead.
    Now,
    /// Folds long empty stretches away, or shows them.
    FoldEmpty,
    /// Marks the window as a span: marking without a mouse.
    MarkWindow,
    /// Zooms to the marked span.
    ZoomToSpan,
    /// Filters to the marked span.
    FilterToSpan,
    /// Copies what lies in the marked span.
    CopySpan,
    /// Compares the marked span with the time just before it.
    CompareSpan,
    /// Exports a picture of the marked span alone.
    ExportSpan,
    /// Takes the mark of the span away.
    ClearSpan,
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
    /// Chooses the lane above.
    LaneAbove,
    /// Chooses the lane below.
    LaneBelow,
    /// Moves the chosen lane up.
    MoveLaneUp,
    /// Moves the chosen lane down.
    MoveLaneDown,
    /// Folds the lanes under the chosen one into it, or shows them.
    FoldLane,
    /// Folds all lanes that have others under them.
    FoldAllLanes,
    /// Shows all lanes that are folded into others.
    UnfoldAllLanes,
    /// Keeps the chosen lane at the top, or lets it go.
    PinLane,
    /// Takes the chosen lane out of the picture.
    HideLane,
    /// Shows the chosen lane only, or all again.
    SoloLane,
    /// Brings all hidden lanes back.
    ShowAllLanes,
    /// Takes back order, pins, hidden and folded lanes, and heights.
    ResetLanes,
    /// Opens or closes the detail pane.
    Detail,
    /// Opens or closes the problems list.
    Problems,
    /// Opens or closes the tray of undated events.
    Tray,
    /// Moves the playhead back by a line of the ruler.
    PlayheadBack,
    /// Moves the playhead on by a line of the ruler.
    PlayheadForward,
    /// Goes to the next part of the window.
    NextPane,
    /// Goes to the part of the window before.
    PreviousPane,
    /// Goes to the menus.
    Menus,
    /// Makes everything in the window larger.
    Larger,
    /// Makes everything in the window smaller.
    Smaller,
    /// Gives everything in the window its usual size.
    UsualSize,
    /// Lets nothing move by itself, or lets it again.
    Still,
    /// Chooses the display zone.
    Zone,
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
    /// How lanes are arranged.
    Lanes,
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
    /// With a lane chosen.
    Lane,
    /// With a lane chosen under which others stand.
    Family,
    /// With lanes hidden.
    HiddenLanes,
    /// With a span marked.
    Span,
    /// With a place visited before.
    Behind,
    /// With a place to go forward to.
    Ahead,
    /// With something to take back.
    Undo,
    /// With something taken back.
    Redo,
}

/// What the window has at present, by which a command can be chosen or not.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// What commands may need.
    pub has: Vec<Needs>,
    /// Commands that are on: choosing them again turns them off.
    pub on: Vec<Command>,
}

impl Standing {
    /// Whether a command with these needs can be chosen.
    pub fn allows(&self, needs: Needs) -> bool {
        needs == Needs::Nothing || self.has.contains(&needs)
    }
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

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

/// Every command. Where two share a key, the one with more modifiers stands first.
pub const COMMANDS: &[CommandRow] = &[
    row(Command::OpenAlso, "Open as well…", Menu::File, Some(ctrl_shift(Key::O)), Needs::Nothing),
    row(Command::Open, "Open…", Menu::File, Some(ctrl(Key::O)), Needs::Nothing),
    row(Command::OpenSample, "Open the sample", Menu::File, None, Needs::Nothing),
    row(Command::Reload, "Read again", Menu::File, Some(plain(Key::F5)), Needs::File),
    row(Command::Columns, "Columns…", Menu::File, None, Needs::File),
    row(Command::SaveAs, "Save records as…", Menu::File, Some(ctrl_shift(Key::S)), Needs::File),
    row(Command::SaveView, "Save view", Menu::File, Some(ctrl(Key::S)), Needs::File),
    row(Command::SaveViewAs, "Save view as…", Menu::File, None, Needs::File),
    row(Command::Describe, "Title and description…", Menu::File, None, Needs::File),
    row(Command::Export, "Export picture…", Menu::File, Some(ctrl(Key::E)), Needs::File),
    row(Command::CopyPicture, "Copy picture", Menu::File, Some(ctrl_shift(Key::C)), Needs::File),
    row(Command::Screenshot, "Screenshot of the window…", Menu::File, Some(plain(Key::F12)), Needs::Nothing),
    row(Command::Quit, "Quit", Menu::File, Some(ctrl(Key::Q)), Needs::Nothing),
    row(Command::Table, "Table", Menu::View, Some(ctrl(Key::T)), Needs::File),
    row(Command::Facets, "Facets", Menu::View, Some(ctrl_shift(Key::F)), Needs::File),
    row(Command::Palette, "Do or find anything…", Menu::View, Some(ctrl(Key::K)), Needs::Nothing),
    row(Command::Find, "Search", Menu::View, Some(ctrl(Key::F)), Needs::File),
    row(Command::Highlight, "Highlight hits among all events", Menu::View, Some(ctrl(Key::H)), Needs::File),
    row(Command::Redo, "Redo", Menu::View, Some(ctrl_shift(Key::Z)), Needs::Redo),
    row(Command::Undo, "Undo", Menu::View, Some(ctrl(Key::Z)), Needs::Undo),
    row(Command::Larger, "Larger text", Menu::View, Some(ctrl(Key::Plus)), Needs::Nothing),
    row(Command::Smaller, "Smaller text", Menu::View, Some(ctrl(Key::Minus)), Needs::Nothing),
    row(Command::UsualSize, "Usual text size", Menu::View, Some(ctrl(Key::Num0)), Needs::Nothing),
    row(Command::Still, "No motion", Menu::View, None, Needs::Nothing),
    row(Command::ZoomIn, "Zoom in", Menu::View, Some(plain(Key::W)), Needs::File),
    row(Command::ZoomOut, "Zoom out", Menu::View, Some(plain(Key::S)), Needs::File),
    row(Command::FitAll, "Whole range", Menu::View, Some(plain(Key::Num0)), Needs::File),
    row(Command::FitDense, "Dense part", Menu::View, Some(plain(Key::Num1)), Needs::File),
    row(Command::FoldEmpty, "Fold empty stretches away", Menu::View, Some(plain(Key::E)), Needs::File),
    row(Command::MarkWindow, "Mark what is shown as a span", Menu::View, Some(plain(Key::M)), Needs::File),
    row(Command::ZoomToSpan, "Zoom to the span", Menu::View, Some(shift(Key::Enter)), Needs::Span),
    row(Command::ZoomToSelected, "Zoom to the event", Menu::View, Some(plain(Key::Enter)), Needs::Selection),
    row(Command::Now, "What is going on at the playhead", Menu::View, Some(plain(Key::T)), Needs::File),
    row(Command::FilterToSpan, "Filter to the span", Menu::View, None, Needs::Span),
    row(Command::CopySpan, "Copy what is in the span", Menu::View, None, Needs::Span),
    row(Command::CompareSpan, "Compare with the time before", Menu::View, None, Needs::Span),
    row(Command::ExportSpan, "Export the span as a picture…", Menu::View, None, Needs::Span),
    row(Command::ClearSpan, "Clear the span", Menu::View, Some(plain(Key::Backspace)), Needs::Span),
    row(Command::Detail, "Detail pane", Menu::View, Some(plain(Key::F9)), Needs::File),
    row(Command::Problems, "Problems", Menu::View, Some(plain(Key::F8)), Needs::File),
    row(Command::Tray, "Undated events", Menu::View, Some(plain(Key::F7)), Needs::File),
    row(Command::Zone, "Time zone…", Menu::View, None, Needs::Nothing),
    row(Command::Signs, "What the signs mean", Menu::View, Some(plain(Key::F2)), Needs::Nothing),
    row(Command::GoToLane, "Go to a lane…", Menu::Lanes, Some(plain(Key::J)), Needs::File),
    row(Command::MoveLaneUp, "Move lane up", Menu::Lanes, Some(alt(Key::ArrowUp)), Needs::Lane),
    row(Command::MoveLaneDown, "Move lane down", Menu::Lanes, Some(alt(Key::ArrowDown)), Needs::Lane),
    row(Command::LaneAbove, "Choose the lane above", Menu::Lanes, Some(plain(Key::ArrowUp)), Needs::File),
    row(Command::LaneBelow, "Choose the lane below", Menu::Lanes, Some(plain(Key::ArrowDown)), Needs::File),
    row(Command::UnfoldAllLanes, "Unfold all lanes", Menu::Lanes, Some(ctrl_shift(Key::L)), Needs::File),
    row(Command::FoldAllLanes, "Fold all lanes", Menu::Lanes, Some(shift(Key::L)), Needs::File),
    row(Command::FoldLane, "Fold lane", Menu::Lanes, Some(plain(Key::L)), Needs::Family),
    row(Command::PinLane, "Pin lane", Menu::Lanes, Some(plain(Key::P)), Needs::Lane),
    row(Command::ShowAllLanes, "Show all lanes", Menu::Lanes, Some(shift(Key::H)), Needs::HiddenLanes),
    row(Command::HideLane, "Hide lane", Menu::Lanes, Some(plain(Key::H)), Needs::Lane),
    row(Command::SoloLane, "Only this lane", Menu::Lanes, Some(plain(Key::O)), Needs::Lane),
    row(Command::NameActor, "Rename or merge…", Menu::Lanes, None, Needs::Lane),
    row(Command::ResetLanes, "Arrange anew", Menu::Lanes, None, Needs::File),
    row(Command::GoToDate, "Go to a date…", Menu::Go, Some(ctrl(Key::G)), Needs::File),
    row(Command::Back, "Back", Menu::Go, Some(alt(Key::ArrowLeft)), Needs::Behind),
    row(Command::Forward, "Forward", Menu::Go, Some(alt(Key::ArrowRight)), Needs::Ahead),
    row(Command::AddBookmark, "Bookmark this place", Menu::Go, Some(ctrl(Key::D)), Needs::File),
    row(Command::Bookmarks, "Bookmarks", Menu::Go, Some(ctrl(Key::B)), Needs::File),
    row(Command::PreviousInLane, "Previous event in the lane", Menu::Go, Some(shift(Key::ArrowLeft)), Needs::Selection),
    row(Command::NextInLane, "Next event in the lane", Menu::Go, Some(shift(Key::ArrowRight)), Needs::Selection),
    row(Command::Previous, "Previous event", Menu::Go, Some(plain(Key::ArrowLeft)), Needs::File),
    row(Command::Next, "Next event", Menu::Go, Some(plain(Key::ArrowRight)), Needs::File),
    row(Command::PreviousHit, "Previous hit", Menu::Go, Some(shift(Key::F3)), Needs::File),
    row(Command::NextHit, "Next hit", Menu::Go, Some(plain(Key::F3)), Needs::File),
    row(Command::PlayheadBack, "Playhead a line back", Menu::Go, Some(plain(Key::Comma)), Needs::File),
    row(Command::PlayheadForward, "Playhead a line on", Menu::Go, Some(plain(Key::Period)), Needs::File),
    row(Command::PreviousPane, "Previous part of the window", Menu::Go, Some(shift(Key::F6)), Needs::File),
    row(Command::NextPane, "Next part of the window", Menu::Go, Some(plain(Key::F6)), Needs::File),
    row(Command::Menus, "Menus", Menu::Go, Some(plain(Key::F10)), Needs::Nothing),
    row(Command::PanBack, "Earlier", Menu::Go, Some(plain(Key::A)), Needs::File),
    row(Command::PanForward, "Later", Menu::Go, Some(plain(Key::D)), Needs::File),
    row(Command::Help, "Keys and mouse", Menu::Help, Some(plain(Key::F1)), Needs::Nothing),
];

/// What can be done with a lane, in its context menu.
pub const LANE_MENU: &[Command] = &[
    Command::FoldLane,
    Command::PinLane,
    Command::HideLane,
    Command::SoloLane,
    Command::NameActor,
    Command::MoveLaneUp,
    Command::MoveLaneDown,
    Command::ShowAllLanes,
    Command::FoldAllLanes,
    Command::UnfoldAllLanes,
];

/// How large the text is and whether anything moves, in a menu of its own.
pub const COMFORT_MENU: &[Command] = &[Command::Larger, Command::Smaller, Command::UsualSize, Command::Still];

/// What can be done with an event, in its context menu.
pub const EVENT_MENU: &[Command] = &[
    Command::ZoomToSelected,
    Command::PreviousInLane,
    Command::NextInLane,
    Command::PinLane,
    Command::HideLane,
    Command::Now,
    Command::Detail,
];

/// What can be done with a count or a marked span.
pub const SPAN_MENU: &[Command] =
    &[Command::ZoomToSpan, Command::FilterToSpan, Command::CopySpan, Command::CompareSpan, Command::ExportSpan, Command::ClearSpan];

/// What can be done anywhere on the lanes.
pub const CANVAS_MENU: &[Command] = &[
    Command::FitAll,
    Command::FitDense,
    Command::Back,
    Command::Forward,
    Command::GoToDate,
    Command::AddBookmark,
    Command::Now,
    Command::FoldEmpty,
    Command::ClearSpan,
    Command::Palette,
    Command::Export,
];

/// What the mouse does, for the list of keys.
pub const MOUSE: &[(&str, &str)] = &[
    ("Drag on the ruler", "scrub: the nearest event is selected as you go"),
    ("Drag on the lanes", "pan through time and lanes"),
    ("Ctrl+wheel, pinch", "zoom about the pointer"),
    ("Wheel", "scroll the lanes"),
    ("Shift+wheel", "pan through time"),
    ("Shift+drag", "mark a span: its length, what is in it; zoom, filter, copy"),
    ("Ctrl+Shift+drag", "mark a second span to compare"),
    ("Right click", "what can be done with an event, a count, a lane, a marked span"),
    ("Click, double click", "select, zoom to the event or the count"),
    ("Click on a break", "show the empty stretch that is folded away there"),
    ("Click on a lane's name", "choose the lane; on its triangle, fold it"),
    ("Drag a lane's name", "put the lane elsewhere; by the lower edge, make it higher"),
    ("Right click on a lane's name", "pin, hide, fold the lane"),
    ("Drag on the overview", "move or resize the window"),
];

/// The row of a command.
pub fn row_of(command: Command) -> Option<&'static CommandRow> {
    COMMANDS.iter().find(|row| row.command == command)
}

/// Who has the keyboard, and so which keys are its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Nobody, or the lanes.
    Lanes,
    /// The name of a lane: Left and Right fold it.
    Header,
    /// The playhead: Left and Right move it.
    Playhead,
    /// A button, a list or whatever else: arrows go on to its neighbours, Enter presses it.
    Other,
    /// An open menu: all keys without Ctrl.
    Menu,
    /// A text field: all keys without Ctrl.
    Text,
}

impl Holder {
    /// Whether a key is the holder's own and no command.
    fn keeps(self, shortcut: KeyboardShortcut) -> bool {
        let (key, modifiers) = (shortcut.logical_key, shortcut.modifiers);
        let is_function_key = key.name().starts_with('F') && key.name().len() > 1;
        let is_plain = !modifiers.command && !modifiers.alt;
        match self {
            Self::Lanes => false,
            Self::Header => is_plain && matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::Enter),
            Self::Playhead => modifiers.is_none() && matches!(key, Key::ArrowLeft | Key::ArrowRight),
            Self::Other => is_plain && matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown | Key::Enter),
            Self::Menu | Self::Text => !modifiers.command && !is_function_key,
        }
    }
}

/// The command whose key was pressed in this frame; keys that are the holder's own are left to it.
pub fn pressed(ctx: &egui::Context, standing: &Standing, holder: Holder) -> Option<Command> {
    let extra = [
        (KeyboardShortcut::new(Modifiers::NONE, Key::Plus), Command::ZoomIn),
        (KeyboardShortcut::new(Modifiers::NONE, Key::Equals), Command::ZoomIn),
        (KeyboardShortcut::new(Modifiers::NONE, Key::Minus), Command::ZoomOut),
        (KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals), Command::Larger),
        (KeyboardShortcut::new(Modifiers::COMMAND, Key::Y), Command::Redo),
    ];
    let rows = COMMANDS.iter().filter_map(|row| Some((row.shortcut?, row.command)));
    rows.chain(extra).find_map(|(shortcut, command)| {
        if holder.keeps(shortcut) {
            return None;
        }
        // Undo within a text field is the field's own.
        if holder == Holder::Text && matches!(command, Command::Undo | Command::Redo) {
            return None;
        }
        let needs = row_of(command)?.needs;
        (standing.allows(needs) && ctx.input_mut(|input| input.consume_shortcut(&shortcut))).then_some(command)
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
    fn keys_are_left_to_who_has_the_keyboard() {
        let of = |holder: Holder, key| holder.keeps(plain(key));
        assert!(!of(Holder::Lanes, Key::ArrowLeft) && !of(Holder::Lanes, Key::Enter));
        assert!(of(Holder::Other, Key::Enter) && of(Holder::Other, Key::ArrowDown) && !of(Holder::Other, Key::W));
        assert!(of(Holder::Header, Key::ArrowLeft) && !of(Holder::Header, Key::ArrowDown) && !of(Holder::Header, Key::P));
        assert!(of(Holder::Text, Key::Period) && !of(Holder::Text, Key::F6) && of(Holder::Menu, Key::P));
        assert!(!Holder::Text.keeps(ctrl(Key::F)) && !Holder::Other.keeps(alt(Key::ArrowUp)));
    }

    #[test]
    fn a_shortcut_with_more_modifiers_stands_before_one_with_fewer() {
        let weight = |shortcut: KeyboardShortcut| {
            u8::from(shortcut.modifiers.shift) + u8::from(shortcut.modifiers.command) + u8::from(shortcut.modifiers.alt)
        };
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
