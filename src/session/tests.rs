//! What a session keeps, and what it says of files that are none.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::store::GroupBy;
use crate::view::{Arrangement, LaneSort, Span, ThemeChoice};

fn names() -> impl Strategy<Value = Vec<Arc<str>>> {
    proptest::collection::vec("[ -~äжк\\n\"]{0,12}".prop_map(Arc::from), 0..4)
}

fn arrangement() -> impl Strategy<Value = Arc<Arrangement>> {
    (names(), names(), names(), names(), 0_usize..5, Arrangement::LEAST_PX..=Arrangement::MOST_PX).prop_map(
        |(by_hand, pinned, hidden, folded, sort, px)| {
            Arc::new(Arrangement {
                sort: LaneSort::ALL[sort],
                heights_px: by_hand.iter().map(|name| (Arc::clone(name), px)).collect(),
                by_hand,
                pinned,
                solo: folded.iter().cloned().collect(),
                hidden: hidden.into_iter().collect(),
                folded: folded.into_iter().collect(),
            })
        },
    )
}

fn view() -> impl Strategy<Value = ViewState> {
    let zones = [Zone::UTC, Zone::parse("Asia/Tokyo").unwrap_or_default(), Zone::local().unwrap_or_default()];
    let arrangements = proptest::collection::btree_map((0_usize..7).prop_map(|at| GroupBy::ALL[at]), arrangement(), 0..3);
    let open = (any::<bool>(), any::<bool>(), any::<bool>());
    (any::<(i64, i64)>(), any::<Option<i32>>(), 0_f32..1e6, 0_usize..7, arrangements, "\\PC{0,20}", 0_usize..3, 0_usize..3, open).prop_map(
        move |((from_ms, to_ms), playhead, scroll_px, group, arrangements, query, theme, zone, (detail_open, problems_open, tray_open))| {
            ViewState {
                window: Span::between(from_ms, to_ms),
                scroll_px,
                group: GroupBy::ALL[group],
                arrangements,
                query,
                playhead_ms: playhead.map(i64::from),
                theme: [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark][theme],
                zone: zones[zone],
                detail_open,
                problems_open,
                tray_open,
                ..ViewState::default()
            }
        },
    )
}

fn one_file() -> Vec<SessionFile> {
    vec![SessionFile { path: "../data/a.csv".to_owned(), bytes: Some(7), sha256: Some("ab".repeat(32)), modified_ms: None }]
}

proptest! {
    #[test]
    fn what_is_saved_is_what_is_opened(view in view(), (title, description) in ("\\PC{0,20}", "\\PC{0,20}"), view_file in proptest::option::of("\\PC{0,9}"), id in "\\PC{0,9}", lane in proptest::option::of("\\PC{0,9}")) {
        let selected = Some(SavedEvent { file: 0, id, title: title.clone(), when: "2023-08".to_owned() });
        let view = ViewState { title, description, ..view };
        let session = Session { view_file, files: one_file(), reading: Reading::default(), view, selected, lane };
        let parsed = Session::from_json(&session.to_json(), "x").unwrap();
        prop_assert_eq!(parsed.notes, Vec::<String>::new());
        prop_assert_eq!(parsed.session, session);
    }

    #[test]
    fn no_text_is_more_than_an_error(text in "\\PC{0,60}", cut in 0_usize..400) {
        let _ = Session::from_json(&text, "x");
        let whole = Session { files: one_file(), ..Session::default() }.to_json();
        let cut = (0..=cut.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        prop_assert!(Session::from_json(&whole[..cut], "x").is_err() || cut + 1 >= whole.len());
    }
}

#[test]
fn a_file_that_is_no_session_is_told_why() {
    for (text, words) in [
        ("", "damaged, line 1"),
        ("{\"chronoview\": 1, \"files\": [", "damaged, line 1"),
        ("[1]", "no JSON object"),
        ("{}", "has no \"chronoview\""),
        ("{\"chronoview\": \"one\"}", "no version"),
        ("{\"chronoview\": 0}", "no version"),
        ("{\"chronoview\": 2, \"files\": []}", "version 2"),
        ("{\"chronoview\": 1}", "no data files"),
        ("{\"chronoview\": 1, \"files\": {}}", "no data files"),
        ("{\"chronoview\": 1, \"files\": [{\"path\": \"a\"}, 5]}", "file 2"),
        ("{\"chronoview\": 1, \"files\": [{\"path\": \"\"}]}", "no path"),
        ("{\"chronoview\": 1, \"files\": [{\"path\": \"//host/share/a.csv\"}]}", "another computer"),
        ("{\"chronoview\": 1, \"files\": [{\"path\": \"\\\\\\\\host\\\\a.csv\"}]}", "another computer"),
        ("[".repeat(100_000).as_str(), "damaged"),
    ] {
        let error = Session::from_json(text, "story.chronoview").unwrap_err().to_string();
        assert!(error.starts_with("story.chronoview: ") && error.contains(words), "{error}");
    }
}

#[test]
fn a_setting_that_cannot_be_used_is_as_usual_and_the_others_stand() {
    let text = r#"{"chronoview": 1, "files": [{"path": "a.csv", "sha256": "zz"}], "colour": "red", "lane": 7, "zone": "Moon/Tycho",
        "reading": {"table": {"date_order": "soon"}},
        "view": {"query": "visit", "group": "Planet", "window": {"from_ms": 9223372036854775807, "to_ms": -5}, "scroll_px": -4,
            "arrangements": {"Actor": {"heights_px": {"A": 0, "B": 65000}}}, "weather": true, "playhead_ms": "noon"}}"#;
    let Parsed { session, notes } = Session::from_json(text, "x").unwrap();
    let view = session.view;
    assert_eq!((view.query.as_str(), view.group, view.scroll_px.to_bits(), view.playhead_ms), ("visit", GroupBy::Actor, 0, None));
    assert_eq!(view.window, Span::between(i64::MAX, -5));
    let heights = &view.arrangements[&GroupBy::Actor].heights_px;
    assert_eq!(heights.values().copied().collect::<Vec<_>>(), [Arrangement::LEAST_PX, Arrangement::MOST_PX]);
    assert_eq!((session.lane, session.reading, &session.files[0].sha256), (None, Reading::default(), &None));
    for word in ["colour", "lane", "Moon/Tycho", "reading", "group", "weather", "playhead_ms"] {
        assert!(notes.iter().any(|note| note.contains(word)), "{word}: {notes:#?}");
    }
    assert_eq!(notes.len(), 7, "{notes:#?}");
}

#[test]
fn a_local_zone_is_that_of_the_computer_where_the_view_was_saved() {
    let view = ViewState { zone: Zone::parse("Asia/Tokyo").unwrap(), ..ViewState::default() };
    let session = Session { files: one_file(), view, ..Session::default() };
    let text = session.to_json().replace("\"zone\": \"Asia/Tokyo\",\n    ", "\"zone\": \"local\",\n    ");
    let opened = Session::from_json(&text, "x").unwrap().session.view.zone;
    assert!(opened.stands_as(session.view.zone));
}
