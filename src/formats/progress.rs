//! How a reader tells how far it is, and learns that it is to stop.

/// Watches a file being read. Called from the reading thread, at least every 64 KiB or so.
pub trait Progress: Sync {
    /// Tells how far the reader is; `bytes_total` is 0 where it is not known.
    fn at(&self, bytes_done: u64, bytes_total: u64, events: u64);
    /// Whether the user wants it to stop.
    fn cancelled(&self) -> bool;
}

/// Watches nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn at(&self, _bytes_done: u64, _bytes_total: u64, _events: u64) {}

    fn cancelled(&self) -> bool {
        false
    }
}
