//! A window that opened where no screen is, as it was last on one that is gone, is brought onto one that is there. Sizes that no screen has are cut by eframe.

use egui::{Context, Pos2, Rect, Vec2, ViewportCommand, pos2, vec2};

/// So much of a window must be seen for it to be taken hold of, in pixels of the screen.
const SEEN_LEAST_PX: f32 = 80.0;

/// Moves the window where it would not be seen.
pub(super) fn bring_on_screen(ctx: &Context, frame: &eframe::Frame) {
    let Some(window) = frame.winit_window() else { return };
    // Wayland does not tell where a window is, and puts it on a screen itself.
    let Ok(at) = window.outer_position() else { return };
    let size = window.outer_size();
    let window_px = Rect::from_min_size(pos2(at.x as f32, at.y as f32), vec2(size.width as f32, size.height as f32));
    let screens_px: Vec<Rect> = window
        .available_monitors()
        .map(|screen| {
            let (at, size) = (screen.position(), screen.size());
            Rect::from_min_size(pos2(at.x as f32, at.y as f32), vec2(size.width as f32, size.height as f32))
        })
        .collect();
    if let Some(to_px) = moved(window_px, &screens_px) {
        let points = to_px / ctx.pixels_per_point();
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(points));
    }
}

/// Where a window has to go so that its title can be seen and taken hold of; `None` where it can stay.
fn moved(window_px: Rect, screens_px: &[Rect]) -> Option<Pos2> {
    let title_px = Rect::from_min_size(window_px.min, vec2(window_px.width(), SEEN_LEAST_PX.min(window_px.height())));
    let is_seen = |screen: &Rect| {
        let seen = screen.intersect(title_px);
        seen.width() >= SEEN_LEAST_PX.min(window_px.width()) && seen.height() >= SEEN_LEAST_PX.min(window_px.height()) / 2.0
    };
    let first = screens_px.first()?;
    if screens_px.iter().any(is_seen) {
        return None;
    }
    let room = (first.size() - window_px.size()).max(Vec2::ZERO);
    Some(first.min + room / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(w, h))
    }

    #[test]
    fn a_window_on_a_screen_that_is_gone_comes_back() {
        let two = [rect(0.0, 0.0, 1920.0, 1080.0), rect(1920.0, 0.0, 1280.0, 1024.0)];
        let window = rect(2300.0, 100.0, 800.0, 600.0);
        assert_eq!(moved(window, &two), None);
        assert_eq!(moved(window, &two[..1]), Some(pos2(560.0, 240.0)));
        assert_eq!(moved(window, &[]), None, "nothing is known of screens");
    }

    #[test]
    fn a_window_partly_off_the_screen_stays_while_its_title_can_be_reached() {
        let one = [rect(0.0, 0.0, 1024.0, 640.0)];
        assert_eq!(moved(rect(-400.0, 20.0, 800.0, 500.0), &one), None);
        assert_eq!(moved(rect(-790.0, 20.0, 800.0, 500.0), &one), Some(pos2(112.0, 70.0)));
        assert_eq!(moved(rect(100.0, -300.0, 800.0, 500.0), &one), Some(pos2(112.0, 70.0)));
        assert_eq!(moved(rect(0.0, -28.0, 1024.0, 640.0), &one), None, "a frame may lie just outside");
        assert_eq!(moved(rect(3000.0, 0.0, 4000.0, 3000.0), &one), Some(pos2(0.0, 0.0)));
    }
}
