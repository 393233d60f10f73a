//! Times that a user has marked: spans to look into, and bookmarks to come back to.

use serde::{Deserialize, Serialize};

use super::{Action, Span, ViewState};
use crate::time;

/// A place to come back to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    /// Its name.
    pub name: String,
    /// The part of the axis.
    pub window: Span,
    /// How far the lanes are scrolled down, in pixels.
    pub scroll_px: f32,
    /// The playhead.
    pub playhead_ms: Option<i64>,
    /// The filter as typed.
    pub query: String,
}

/// A change of bookmarks.
#[derive(Clone, Debug, PartialEq)]
pub enum BookmarkAction {
    /// Keeps the place in view, named by its time.
    Add,
    /// Gives the bookmark at this place in the list another name.
    Rename(usize, String),
    /// Drops it.
    Remove(usize),
    /// Goes back to it.
    Visit(usize),
}

/// So many bookmarks are kept; the oldest give way.
const MOST: usize = 200;

/// Applies a change of bookmarks.
pub(super) fn bookmark(view: &mut ViewState, action: &BookmarkAction) {
    match action {
        BookmarkAction::Add => {
            let name = time::span_text(view.window.from_ms, view.window.to_ms);
            let name = if view.query.is_empty() { name } else { format!("{name}, {}", view.query) };
            if view.bookmarks.len() == MOST {
                view.bookmarks.remove(0);
            }
            view.bookmarks.push(Bookmark {
                name,
                window: view.window,
                scroll_px: view.scroll_px,
                playhead_ms: view.playhead_ms,
                query: view.query.clone(),
            });
        }
        BookmarkAction::Rename(at, name) => {
            if let Some(bookmark) = view.bookmarks.get_mut(*at) {
                bookmark.name.clone_from(name);
            }
        }
        BookmarkAction::Remove(at) => {
            if *at < view.bookmarks.len() {
                view.bookmarks.remove(*at);
            }
        }
        BookmarkAction::Visit(at) => {
            if let Some(bookmark) = view.bookmarks.get(*at).cloned() {
                view.window = bookmark.window;
                view.scroll_px = bookmark.scroll_px;
                view.playhead_ms = bookmark.playhead_ms;
                view.query = bookmark.query;
            }
        }
    }
}

/// Applies a change of the marked spans, or one that is made by them; leaves the view as it is on any other.
pub(super) fn mark(view: &mut ViewState, action: &Action) {
    match action {
        Action::Mark { span, also } => {
            let first = view.marked.first().copied().filter(|_| *also);
            view.marked = first.into_iter().chain([span.to_days()]).collect();
        }
        Action::ChooseMarked(at) if *at < view.marked.len() => {
            let chosen = view.marked.remove(*at);
            view.marked.push(chosen);
        }
        Action::CompareBefore => {
            if let Some(span) = view.marked.last() {
                view.marked = vec![*span, span.moved(-span.length_ms())];
            }
        }
        Action::ClearMarked => view.marked.clear(),
        Action::ZoomToMarked => {
            let ends = view.marked.iter().map(|span| (span.from_ms, span.to_ms));
            if let Some((from_ms, to_ms)) = ends.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))) {
                view.window = Span::between(from_ms, to_ms);
            }
        }
        Action::FilterToMarked => {
            if let Some(span) = view.marked.last() {
                let asked = span_filter(*span);
                let kept = view.query.trim();
                let simple = !kept.contains(" or ") && !kept.contains('|');
                view.query = match kept {
                    "" => asked,
                    kept if simple => format!("{kept} {asked}"),
                    kept => format!("({kept}) {asked}"),
                };
            }
        }
        _ => {}
    }
}

/// The words of a filter that lets through what meets a span: whole days where it is longer than two, else instants.
fn span_filter(span: Span) -> String {
    let [first, last] = span_ends(span);
    format!("on:{first}/{last}")
}

/// The first and the last time of a span as written, the last included: whole days where it is longer than two, else instants.
pub fn span_ends(span: Span) -> [String; 2] {
    let text = if span.length_ms() >= 2 * time::DAY_MS { edtf_day } else { edtf_instant };
    [text(span.from_ms), text(span.to_ms - 1)]
}

/// A day as EDTF; far from our era, its year.
fn edtf_day(at_ms: i64) -> String {
    let (year, month, day) = time::calendar::civil_from_ms(at_ms);
    match year {
        0..=9_999 => format!("{year:04}-{month:02}-{day:02}"),
        -9_999..0 => format!("-{:04}-{month:02}-{day:02}", -year),
        _ => format!("Y{year}"),
    }
}

fn edtf_instant(at_ms: i64) -> String {
    let second = at_ms.div_euclid(1_000).rem_euclid(86_400);
    let day = edtf_day(at_ms);
    if day.starts_with('Y') { day } else { format!("{day}T{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60) }
}
