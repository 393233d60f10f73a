//! Promise 3 at a million events: under random windows and filters, every lane of the picture counts exactly what a loop over all events counts.
//!
//! The loop knows nothing of the store: it keeps its own list of what was made and its own reading of each filter.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../benches/support/dice.rs"]
mod dice;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;

use chronolane::model::{Event, EventSink as _, Ledger, Participant, Status};
use chronolane::scene::{self, Height, KindLooks, SceneLane, SceneRequest};
use chronolane::store::{EventStore, GroupBy, LaneIndex, Query, StoreBuilder};
use chronolane::style::{Style, Theme};
use chronolane::time::{self, DAY_MS, Dialect};
use chronolane::view::{LaneRows, Span};
use dice::{Dice, Zipf};
use proptest::prelude::*;

const EVENTS: usize = 1_000_000;
const ACTORS: usize = 1_000;
const KINDS: u8 = 9;
/// Days that the chronology covers, from 2000-01-01.
const DAYS: u64 = 25 * 365;
const FIRST_MS: i64 = 10_957 * DAY_MS;
const WORDS: [&str; 7] = ["launch", "letter", "visit", "denial", "shipment", "talks", "ruling"];

/// What the loop knows of an event.
struct Truth {
    start_ms: i64,
    end_ms: i64,
    kind: u8,
    status: Option<Status>,
    word: usize,
    actors: Vec<u16>,
}

impl Truth {
    fn meets(&self, window: Span) -> bool {
        self.start_ms < window.to_ms && self.end_ms > window.from_ms
    }

    /// The lanes it stands in: those of its actors, or the one for events without.
    fn lanes(&self) -> impl Iterator<Item = usize> {
        let rest = self.actors.is_empty().then_some(ACTORS);
        self.actors.iter().map(|&actor| usize::from(actor)).chain(rest)
    }
}

fn lane_name(lane: usize) -> String {
    if lane == ACTORS { "No actor".to_owned() } else { format!("Actor {lane}") }
}

/// Days, months, years, timestamps, intervals short and long, open ends on either side, sets.
fn date_text(dice: &mut Dice, burst_day: u64, into: &mut String) {
    let day = if dice.below(3) == 0 { dice.below(DAYS) } else { (burst_day + dice.below(20)).min(DAYS - 1) };
    let (year, month, of_month) = (2000 + day / 365, 1 + day % 365 / 31, 1 + day % 28);
    into.clear();
    match dice.below(1000) {
        0..20 => write!(into, "{year}"),
        20..150 => write!(into, "{year}-{month:02}"),
        150..180 => write!(into, "{year}-{month:02}-{of_month:02}~"),
        180..230 => write!(into, "{year}-{month:02}-{of_month:02}/{}-{month:02}-{:02}", year + dice.below(2), of_month.max(28)),
        230..240 => write!(into, "{year}-{month:02}/{}", year + 1 + dice.below(12)),
        240..243 => write!(into, "{year}-{month:02}-{of_month:02}/.."),
        243..246 => write!(into, "../{year}-{month:02}"),
        246..250 => write!(into, "[{year}-{month:02}-{of_month:02}..{}]", year + 2),
        250..620 => write!(into, "{year}-{month:02}-{of_month:02}"),
        _ => write!(into, "{year}-{month:02}-{of_month:02}T{:02}:{:02}:00Z", dice.below(24), dice.below(60)),
    }
    .unwrap();
}

/// The million, made once for all cases.
struct Million {
    truths: Vec<Truth>,
    store: EventStore,
    lanes: LaneIndex,
    kinds: KindLooks,
}

fn million() -> &'static Million {
    static MADE: OnceLock<Million> = OnceLock::new();
    MADE.get_or_init(|| {
        let (mut dice, actors) = (Dice(7), Zipf::over(ACTORS));
        let mut builder = StoreBuilder::default();
        builder.begin_file(PathBuf::from("made"));
        let names: Vec<String> = (0..ACTORS).map(lane_name).collect();
        let (mut text, mut truths) = (String::new(), Vec::with_capacity(EVENTS));
        let mut burst_day = 0;
        for number in 0..EVENTS {
            if dice.below(30) == 0 {
                burst_day = dice.below(DAYS);
            }
            date_text(&mut dice, burst_day, &mut text);
            let when = time::read(&text, &Dialect::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
            let count = [0, 1, 1, 1, 1, 1, 1, 2, 2, 3][dice.below(10) as usize];
            let mut of_event: Vec<u16> = (0..count).map(|_| actors.draw(&mut dice) as u16).collect();
            of_event.sort_unstable();
            of_event.dedup();
            let truth = Truth {
                start_ms: when.reading.extent.earliest_start,
                end_ms: when.reading.extent.latest_end,
                kind: dice.below(u64::from(KINDS)) as u8,
                status: Status::from_code(dice.below(8) as u8),
                word: dice.below(WORDS.len() as u64) as usize,
                actors: of_event,
            };
            let part = |actor: &u16| Participant { name: Cow::Borrowed(&names[usize::from(*actor)]), role: Cow::Borrowed("") };
            let event = Event {
                id: Cow::Owned(format!("e{number}")),
                when: Some(when),
                title: Cow::Borrowed(WORDS[truth.word]),
                kind: Cow::Owned(format!("kind {}", truth.kind)),
                actors: truth.actors.iter().map(part).collect(),
                status: truth.status,
                ..Event::default()
            };
            builder.event(&event, number as u32 + 1);
            truths.push(truth);
        }
        let store = builder.finish(Ledger::default());
        assert_eq!(store.dated(), EVENTS);
        store.index_words(&|| false);
        assert!(store.words().is_some());
        let lanes = LaneIndex::build(&store, GroupBy::Actor, None);
        let kinds = KindLooks::of(&store);
        Million { truths, store, lanes, kinds }
    })
}

/// A filter as its words and as its meaning; each part may be missing.
#[derive(Clone, Debug, Default)]
struct Filter {
    kind: Option<(bool, u8)>,
    actor: Option<u16>,
    statuses: Option<(Status, Status)>,
    word: Option<(bool, usize)>,
    after_year: Option<i32>,
    before_year: Option<i32>,
}

fn year_ms(year: i32) -> i64 {
    time::read(&year.to_string(), &Dialect::default()).unwrap().reading.extent.earliest_start
}

/// What a case's filter means, with what is the same for every event looked up once.
struct Meaning<'a> {
    filter: &'a Filter,
    after_ms: Option<i64>,
    before_ms: Option<i64>,
    /// Of each actor, whether its name holds the words asked for.
    is_meant: Vec<bool>,
}

impl Filter {
    fn text(&self) -> String {
        let mut terms: Vec<String> = Vec::new();
        let minus = |negated| if negated { "-" } else { "" };
        terms.extend(self.kind.map(|(negated, kind)| format!("{}kind:\"kind {kind}\"", minus(negated))));
        terms.extend(self.actor.map(|actor| format!("actor:\"actor {actor}\"")));
        terms.extend(self.statuses.map(|(one, other)| format!("status:{},{}", one.name(), other.name())));
        terms.extend(self.word.map(|(negated, word)| format!("{}{}", minus(negated), WORDS[word])));
        terms.extend(self.after_year.map(|year| format!("after:{year}")));
        terms.extend(self.before_year.map(|year| format!("before:{year}")));
        terms.join(" ")
    }

    fn meaning(&self) -> Meaning<'_> {
        let wanted = self.actor.map(|actor| format!("actor {actor}"));
        let is_meant = (0..ACTORS).map(|actor| wanted.as_ref().is_none_or(|wanted| format!("actor {actor}").contains(wanted))).collect();
        Meaning { filter: self, after_ms: self.after_year.map(year_ms), before_ms: self.before_year.map(year_ms), is_meant }
    }
}

impl Meaning<'_> {
    fn holds(&self, truth: &Truth) -> bool {
        self.filter.kind.is_none_or(|(negated, kind)| (truth.kind == kind) != negated)
            && (self.filter.actor.is_none() || truth.actors.iter().any(|&actor| self.is_meant[usize::from(actor)]))
            && self.filter.statuses.is_none_or(|(one, other)| truth.status == Some(one) || truth.status == Some(other))
            && self.filter.word.is_none_or(|(negated, word)| (truth.word == word) != negated)
            && self.after_ms.is_none_or(|after_ms| truth.end_ms > after_ms)
            && self.before_ms.is_none_or(|before_ms| truth.start_ms < before_ms)
    }
}

fn maybe<T: Clone + std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::weighted(0.35, of)
}

fn filter() -> impl Strategy<Value = Filter> {
    let status = || prop::sample::select(Status::ALL.to_vec());
    let parts = (
        maybe((any::<bool>(), 0..KINDS)),
        maybe(prop_oneof![0..12_u16, 0..ACTORS as u16]),
        maybe((status(), status())),
        maybe((any::<bool>(), 0..WORDS.len())),
        maybe(2000..2026),
        maybe(2000..2026),
    );
    let some = parts.prop_map(|(kind, actor, statuses, word, after_year, before_year)| Filter {
        kind,
        actor,
        statuses,
        word,
        after_year,
        before_year,
    });
    prop_oneof![1 => Just(Filter::default()), 5 => some]
}

/// Windows from a minute to forty years about where events are, half of them between two midnights, where most events begin and end.
fn window() -> impl Strategy<Value = Span> {
    let length_ms = (4.7..12.2_f64).prop_map(|power| 10_f64.powf(power) as i64);
    (-3_000..DAYS as i64 + 3_000, 0..DAY_MS, length_ms, any::<bool>()).prop_map(|(day, of_day_ms, length_ms, is_whole_days)| {
        let from_ms = FIRST_MS + day * DAY_MS;
        if is_whole_days {
            return Span::between(from_ms, from_ms + (length_ms / DAY_MS + 1) * DAY_MS);
        }
        let middle_ms = from_ms + of_day_ms;
        Span::between(middle_ms - length_ms / 2, middle_ms + length_ms / 2)
    })
}

fn height() -> impl Strategy<Value = Height> {
    prop_oneof![
        6 => (200..1400_u16, 0..30_000_u16)
            .prop_map(|(height, scroll)| Height::Scrolled { height_px: f32::from(height), scroll_px: f32::from(scroll) }),
        2 => (200..1400_u16).prop_map(|height| Height::Fixed(f32::from(height))),
    ]
}

/// Checks what a lane draws against the events that belong in it: each alone in a mark or counted in a fold, none twice.
fn check_drawn(lane: &SceneLane, truth: usize, belongs: &dyn Fn(usize) -> bool, store: &EventStore) -> Result<(), TestCaseError> {
    let folded: usize = lane.folds.iter().map(|fold| fold.count).sum();
    prop_assert_eq!(lane.total, truth, "{}", lane.name);
    prop_assert_eq!(lane.marks.len() + folded, truth, "{}", lane.name);
    let mut alone: Vec<usize> = lane.marks.iter().map(|mark| store.id_text(mark.event)[1..].parse().unwrap()).collect();
    prop_assert!(alone.iter().all(|&number| belongs(number)), "an event stands in {} that does not belong there", lane.name);
    alone.sort_unstable();
    alone.dedup();
    prop_assert_eq!(alone.len(), lane.marks.len(), "an event stands twice in {}", lane.name);
    Ok(())
}

fn check(filter: &Filter, window: Span, height: Height, width_px: f32, names: bool) -> Result<(), TestCaseError> {
    let million = million();
    let Million { truths, store, lanes, kinds } = million;
    let query = Query::parse(&filter.text()).unwrap();
    let filtered = (!query.is_empty()).then(|| lanes.filtered(store, &query.run(store)));
    let lanes = filtered.as_ref().unwrap_or(lanes);

    let meaning = filter.meaning();
    let belongs = |truth: &Truth| truth.meets(window) && meaning.holds(truth);
    let (mut counts, mut matching) = (vec![0_usize; ACTORS + 1], vec![0_usize; ACTORS + 1]);
    let mut events_in_view = 0;
    for truth in truths.iter().filter(|truth| meaning.holds(truth)) {
        truth.lanes().for_each(|lane| matching[lane] += 1);
        if truth.meets(window) {
            events_in_view += 1;
            truth.lanes().for_each(|lane| counts[lane] += 1);
        }
    }

    let style = Style::of(Theme::Light);
    let rows = LaneRows::plain(lanes);
    let request = SceneRequest {
        names,
        store,
        lanes,
        rows: &rows,
        kinds,
        style: &style,
        window,
        width_px,
        height,
        gaps: chronolane::view::Gaps::none(),
        paper: None,
        selected: None,
        hits: None,
    };
    let scene = scene::build(&request);
    prop_assert_eq!(scene.events_in_view, events_in_view);
    let at_of: HashMap<String, usize> = (0..=ACTORS).map(|lane| (lane_name(lane), lane)).collect();
    for lane in &scene.lanes {
        let at = at_of[&*lane.name];
        let in_lane = |number: usize| belongs(&truths[number]) && truths[number].lanes().any(|lane| lane == at);
        check_drawn(lane, counts[at], &in_lane, store)?;
    }
    // The lanes that are not drawn are counted as exactly; where a picture has no room for them, together.
    prop_assert!(lanes.lanes().iter().all(|lane| lane.len() == matching[at_of[&**lane.name()]]));
    let of_lanes: Vec<usize> = lanes.lanes().iter().map(|lane| lane.count(store, window.from_ms, window.to_ms)).collect();
    let truth_of_lanes: Vec<usize> = lanes.lanes().iter().map(|lane| counts[at_of[&**lane.name()]]).collect();
    prop_assert_eq!(&of_lanes, &truth_of_lanes);
    if let Some(more) = &scene.more_lanes {
        prop_assert_eq!(more.lanes, of_lanes.len() - scene.lanes.len());
        prop_assert_eq!(more.marks, truth_of_lanes[scene.lanes.len()..].iter().sum::<usize>());
    }
    Ok(())
}

proptest! {
    // A case takes about half a second without optimisation, so few are tried, and a failing one is made only a little simpler.
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn alone_and_folded_are_all(filter in filter(), window in window(), height in height(), width in 300..1800_u16, names in any::<bool>()) {
        check(&filter, window, height, f32::from(width), names)?;
    }
}

#[test]
fn a_whole_picture_of_every_lane_counts_all() {
    let whole = Span::between(FIRST_MS - 400 * DAY_MS, FIRST_MS + 40 * 365 * DAY_MS);
    let short = Span::between(FIRST_MS + 4000 * DAY_MS, FIRST_MS + 4000 * DAY_MS + DAY_MS / 2);
    for window in [whole, short] {
        check(&Filter::default(), window, Height::Auto, 1600.0, false).unwrap();
    }
}
