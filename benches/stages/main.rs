//! Measures each stage by itself, over growing inputs from the generator: `cargo bench`, or `cargo bench -- parse/csv`.
//!
//! | group | what is measured |
//! |---|---|
//! | `dates` | reading dates form by form, beside chrono with one fixed form |
//! | `million dates` | a million in mixed common forms, beside a million by chrono |
//! | `parse` | each format, from bytes in memory to events, which are dropped |
//! | `build` | a store from its events, and lanes from a store |
//! | `density` | exact counts in buckets of a lane |
//! | `scene` | the picture as plain data, dense and detailed |
//! | `paint` | shapes from a scene, and triangles from shapes |
//! | `svg` | the text of a picture |
//! | `search` | words with and without the index, and filters by field |

mod dates;
mod density;
mod input;
#[path = "../support/made.rs"]
mod made;
#[cfg(feature = "gui")]
mod paint;
mod parse;
mod picture;
mod search;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

fn short() -> Criterion {
    Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2))
}

criterion_group!(name = reading; config = short(); targets = dates::dates, dates::million, parse::parse, parse::build);
criterion_group!(name = drawing; config = short(); targets = density::density, picture::scene, picture::svg);
criterion_group!(name = finding; config = short(); targets = search::search);
#[cfg(feature = "gui")]
criterion_group!(name = painting; config = short(); targets = paint::paint);
#[cfg(feature = "gui")]
criterion_main!(reading, drawing, painting, finding);
#[cfg(not(feature = "gui"))]
criterion_main!(reading, drawing, finding);
