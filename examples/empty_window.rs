//! An empty window that closes after its first frame, with the program's own renderer and options: what `benches/peers/start.py` measures the program's start against.

use eframe::{NativeOptions, egui};

/// A window with nothing in it.
struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
    }
}

fn main() -> eframe::Result {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Empty")
        .with_app_id("chronolane-empty")
        .with_inner_size([1320.0, 840.0])
        .with_min_inner_size([640.0, 400.0]);
    let native = NativeOptions { viewport, ..NativeOptions::default() };
    eframe::run_native("Chronolane empty window", native, Box::new(|_| Ok(Box::new(Empty))))
}
