//! Crates that stop the thread at what they do not foresee, at work on a stranger's file.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether what stops this thread is caught and told in words of our own.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Lets a crate do something; nothing where it panics, of which nothing is printed either. What it had in hand must not be used again then.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let say = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                say(panic);
            }
        }));
    });
    let outer = IS_GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    IS_GUARDED.set(outer);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_gives_nothing_and_guards_may_nest() {
        assert_eq!(guarded(|| 1), Some(1));
        let inner = guarded(|| {
            assert!(IS_GUARDED.get());
            let none: Option<()> = guarded(|| panic!("unforeseen"));
            (none, IS_GUARDED.get())
        });
        assert_eq!(inner, Some((None, true)), "the outer one still guards");
        assert!(!IS_GUARDED.get());
    }
}
