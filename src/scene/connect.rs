//! Lines between the marks of one event in several lanes.

use super::clear::Taken;
use super::{Connector, KindLooks, Point, Prim, Rect, Scene, SceneLane, SceneRequest, Stroke};
use crate::store::{EventId, EventStore};
use crate::style::{SYMBOL_RADIUS_PX, Style};

/// Up to so many joined events all are joined; beyond it only the selected one is.
const MOST_JOINED: usize = 60;

/// Which way a role points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    From,
    To,
    Neither,
}

/// The direction that a role gives: away from those who act, towards those to whom it is done.
fn direction(role: &str) -> Direction {
    const FROM: [&str; 18] = [
        "sender",
        "source",
        "visitor",
        "guest",
        "speaker",
        "accuser",
        "attacker",
        "author",
        "actor",
        "launcher",
        "sanctioner",
        "issuer",
        "initiator",
        "buyer",
        "from",
        "claimant",
        "caller",
        "subject",
    ];
    const TO: [&str; 15] = [
        "recipient",
        "receiver",
        "target",
        "host",
        "addressee",
        "accused",
        "victim",
        "sanctioned",
        "to",
        "object",
        "defendant",
        "callee",
        "seller",
        "audience",
        "attacked",
    ];
    let role = role.trim().to_lowercase();
    if FROM.contains(&role.as_str()) {
        Direction::From
    } else if TO.contains(&role.as_str()) {
        Direction::To
    } else {
        Direction::Neither
    }
}

/// A mark of an event in one lane.
#[derive(Clone, Copy)]
struct End<'a> {
    lane_name: &'a str,
    handle: Point,
}

/// Joins the marks of every event that has marks in several of these lanes, or only of the selected one where there are many.
pub(super) fn connectors(request: &SceneRequest<'_>, lanes: &[SceneLane], plot: Rect) -> Vec<Connector> {
    let mut ends: Vec<(EventId, End<'_>)> = ends_in(lanes).collect();
    // Of one event they stay in the order of their lanes.
    ends.sort_by_key(|(event, _)| *event);
    let several = || ends.chunk_by(|(one, _), (other, _)| one == other).filter(|ends| ends.len() > 1);
    let all = several().nth(MOST_JOINED).is_none();
    let joined: Vec<&[(EventId, End<'_>)]> = several().filter(|ends| all || request.selected == Some(ends[0].0)).collect();
    if joined.is_empty() {
        return Vec::new();
    }
    let taken = Taken::by_words(lanes);
    joined
        .into_iter()
        .filter_map(|ends| {
            let (event, ends): (Vec<EventId>, Vec<End<'_>>) = ends.iter().copied().unzip();
            let mut connector = join(request.store, request.kinds, request.style, *event.first()?, &ends, plot, &taken)?;
            if let Some(hits) = &request.hits {
                hits.show_connector(&mut connector);
            }
            Some(connector)
        })
        .collect()
}

/// Every mark whose place can be seen.
fn ends_in(lanes: &[SceneLane]) -> impl Iterator<Item = (EventId, End<'_>)> {
    lanes.iter().flat_map(|lane| {
        let seen = lane.marks.iter().filter(|mark| mark.handle.y >= lane.seen.y && mark.handle.y < lane.seen.bottom());
        seen.map(|mark| (mark.event, End { lane_name: &lane.name, handle: mark.handle }))
    })
}

/// Joins the marks of a scene anew for a request that differs from its own in the selection alone; nothing else of it depends on that.
pub fn rejoin(scene: &mut Scene, request: &SceneRequest<'_>) {
    scene.connectors = connectors(request, &scene.lanes, scene.plot);
}

/// The line that joins the marks of one event, where the picture has none for it: what the pointer is on is joined however many events are in view.
pub fn connector_of(scene: &Scene, store: &EventStore, looks: &KindLooks, style: &Style, event: EventId) -> Option<Connector> {
    if scene.connectors.iter().any(|connector| connector.event == event) {
        return None;
    }
    let ends: Vec<End<'_>> = ends_in(&scene.lanes).filter(|(of, _)| *of == event).map(|(_, end)| end).collect();
    join(store, looks, style, event, &ends, scene.plot, &Taken::by_words(&scene.lanes))
}

fn join(
    store: &EventStore,
    looks: &KindLooks,
    style: &Style,
    event: EventId,
    ends: &[End<'_>],
    plot: Rect,
    taken: &Taken,
) -> Option<Connector> {
    let of_end = |end: &End<'_>| {
        let found = store.participants(event).find(|(name, _)| *store.shown_actor(*name) == *end.lane_name);
        found.map_or(Direction::Neither, |(_, role)| direction(role))
    };
    let color = looks.look(store.kind(event)).color(style).faded(0.75);
    let stroke = Stroke::solid(1.1, color);
    let x = ends.first()?.handle.x;
    if x <= plot.x + 0.5 || x >= plot.right() {
        // It began, or has its middle, outside the window: there is no place to join.
        return None;
    }
    let mut shapes = Vec::new();
    let reach = SYMBOL_RADIUS_PX + 2.0;
    let from = ends.iter().find(|end| of_end(end) == Direction::From);
    let targets: Vec<&End<'_>> = ends.iter().filter(|end| of_end(end) == Direction::To).collect();
    let mut line = |a: &End<'_>, b: &End<'_>, arrow: bool| {
        let down = if b.handle.y > a.handle.y { 1.0 } else { -1.0 };
        let (begin, tip) = (a.handle.y + down * reach, b.handle.y - down * (reach + 1.0));
        if (tip - begin) * down <= 2.0 {
            return;
        }
        let pieces = taken.pieces(x, begin.min(tip), begin.max(tip));
        shapes.extend(pieces.into_iter().map(|(from, to)| Prim::Line { from: Point { x, y: from }, to: Point { x, y: to }, stroke }));
        if arrow {
            let wing = |side: f32| Prim::Line {
                from: Point { x: x + side * 4.0, y: tip - down * 6.0 },
                to: Point { x, y: tip },
                stroke: Stroke { width: 1.3, ..stroke },
            };
            shapes.extend([wing(-1.0), wing(1.0)]);
        }
    };
    match from {
        Some(from) if !targets.is_empty() => targets.iter().for_each(|target| line(from, target, true)),
        _ => ends.windows(2).for_each(|pair| line(&pair[0], &pair[1], false)),
    }
    (!shapes.is_empty()).then_some(Connector { event, shapes })
}
