//! Laying out the columns of a store in the order of time.
//!
//! Rows lie as the file has them, and to take them one by one in another order is to wait for memory at each. So they are dealt into buckets by time first, each small enough to
//! stay near a core while it is sorted and written out:
//!
//! ```text
//! rows       ▕ chunk ▏ chunk ▏ chunk ▏      in the order of the file
//!               │ dealt by start, all cores
//! buckets    ▕ … 1913 ▏ … 1956 ▏ … 2022 ▏ undated ▏
//!               │ sorted and written, all cores
//! columns    ▕ starts ▏ ends ▏ kinds ▏ …
//! ```

use rayon::prelude::*;

use super::NameId;
use super::build::Stop;

/// The fixed part of an event while the store is being built.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub start_ms: i64,
    pub end_ms: i64,
    pub text_at: u64,
    /// Where its actors begin; they end where the next row's begin.
    pub actors_from: u32,
    pub kind: u32,
    pub sub_ms: u32,
    pub qualities: u16,
    /// As the store keeps it, with [`DATED`] and [`ID_GIVEN`].
    pub precision: u8,
    pub status: u8,
}

/// Set with the precision of a row whose event stands on the axis.
pub(super) const DATED: u8 = 0x40;
/// Set with the precision of a row whose id was given, not made of the event's place.
pub(super) const ID_GIVEN: u8 = 0x80;

/// The columns of a store, and for each event the row that it was.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Of dated events only, as `ends_ms`.
    pub starts_ms: Vec<i64>,
    pub ends_ms: Vec<i64>,
    pub kinds: Vec<u32>,
    pub qualities: Vec<u16>,
    pub precisions: Vec<u8>,
    pub statuses: Vec<u8>,
    pub text_at: Vec<u64>,
    pub actor_offsets: Vec<u32>,
    pub actor_ids: Vec<NameId>,
    pub rows: Vec<u32>,
}

/// Rows that are dealt at once.
const CHUNK: usize = 128 * 1024;
/// Rows of a bucket, about.
const BUCKET: usize = 4096;
/// Rows that are looked at for each bucket, to tell where it ends.
const SAMPLES: usize = 16;

/// A row with what its place says.
#[derive(Clone, Copy)]
struct Dealt {
    row: Row,
    at: u32,
    actors: u32,
}

/// The rows of a chunk, bucket by bucket, each in the order of the file.
struct Chunk {
    dealt: Vec<Dealt>,
    /// Where each bucket ends.
    ends: Vec<usize>,
}

/// Which rows go into which bucket.
struct Deal {
    /// The starts at which a bucket ends and the next begins.
    bounds_ms: Vec<i64>,
}

impl Deal {
    fn of(rows: &[Row]) -> Self {
        let buckets = (rows.len() / BUCKET).max(1);
        let step = (rows.len() / (buckets * SAMPLES)).max(1);
        let mut sample: Vec<i64> = rows.iter().step_by(step).filter(|row| row.precision & DATED != 0).map(|row| row.start_ms).collect();
        sample.sort_unstable();
        let mut bounds_ms: Vec<i64> = sample.into_iter().skip(SAMPLES).step_by(SAMPLES).collect();
        bounds_ms.dedup();
        Self { bounds_ms }
    }

    /// How many there are; the last is that of undated rows.
    fn buckets(&self) -> usize {
        self.bounds_ms.len() + 2
    }

    fn bucket(&self, row: &Row) -> usize {
        if row.precision & DATED == 0 {
            return self.buckets() - 1;
        }
        self.bounds_ms.partition_point(|bound| *bound <= row.start_ms)
    }

    /// Deals the rows from `first` on, of which there are at most [`CHUNK`].
    fn chunk(&self, rows: &[Row], first: usize, actors: usize) -> Chunk {
        let own = &rows[first..rows.len().min(first + CHUNK)];
        let buckets: Vec<u32> = own.iter().map(|row| self.bucket(row) as u32).collect();
        let mut next = vec![0; self.buckets()];
        for &bucket in &buckets {
            next[bucket as usize] += 1;
        }
        let mut sum = 0;
        for count in &mut next {
            (*count, sum) = (sum, sum + *count);
        }
        let Some(filler) = own.first() else { return Chunk { dealt: Vec::new(), ends: next } };
        let mut dealt = vec![Dealt { row: *filler, at: 0, actors: 0 }; own.len()];
        for (within, (row, &bucket)) in own.iter().zip(&buckets).enumerate() {
            let at = first + within;
            let actors_to = rows.get(at + 1).map_or(actors as u32, |after| after.actors_from);
            let place = &mut next[bucket as usize];
            dealt[*place] = Dealt { row: *row, at: at as u32, actors: actors_to - row.actors_from };
            *place += 1;
        }
        Chunk { dealt, ends: next }
    }
}

impl Chunk {
    fn bucket(&self, bucket: usize) -> &[Dealt] {
        let from = bucket.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.dealt[from..self.ends[bucket]]
    }
}

/// The part of the columns that one bucket fills.
struct Slot<'c> {
    starts_ms: &'c mut [i64],
    ends_ms: &'c mut [i64],
    kinds: &'c mut [u32],
    qualities: &'c mut [u16],
    precisions: &'c mut [u8],
    statuses: &'c mut [u8],
    text_at: &'c mut [u64],
    actors: &'c mut [u32],
    rows: &'c mut [u32],
}

impl Slot<'_> {
    /// Sorts the rows of a bucket and writes them; gives their actors.
    fn fill(self, dealt: &[Dealt], actor_ids: &[NameId]) -> Vec<NameId> {
        // Start, digits below the millisecond and place in one number, which is compared at once. Undated rows stay as the file has them.
        let is_dated = !self.starts_ms.is_empty();
        let key = |(within, one): (usize, &Dealt)| {
            let time = if is_dated { (one.row.start_ms as u64 ^ 1 << 63, one.row.sub_ms) } else { (0, 0) };
            u128::from(time.0) << 64 | u128::from(time.1) << 32 | within as u128
        };
        let mut keys: Vec<u128> = dealt.iter().enumerate().map(key).collect();
        keys.sort_unstable();
        let mut actors = Vec::with_capacity(dealt.iter().map(|one| one.actors as usize).sum());
        for (at, key) in keys.into_iter().enumerate() {
            let Dealt { row, at: in_file, actors: count } = &dealt[key as u32 as usize];
            if is_dated {
                (self.starts_ms[at], self.ends_ms[at]) = (row.start_ms, row.end_ms);
            }
            self.kinds[at] = row.kind;
            self.qualities[at] = row.qualities;
            self.precisions[at] = row.precision & !(DATED | ID_GIVEN);
            self.statuses[at] = row.status;
            self.text_at[at] = row.text_at;
            self.actors[at] = *count;
            self.rows[at] = *in_file;
            actors.extend_from_slice(&actor_ids[row.actors_from as usize..(row.actors_from + count) as usize]);
        }
        actors
    }
}

/// Lays out rows in the order of time, undated ones last, and those that begin at once in the order of the file; on all cores. `None` where it was stopped.
pub(super) fn lay_out(rows: &[Row], actor_ids: &[NameId], stop: Stop<'_>) -> Option<Columns> {
    let deal = Deal::of(rows);
    let chunks: Option<Vec<Chunk>> = (0..rows.len().div_ceil(CHUNK))
        .into_par_iter()
        .map(|at| (!stop()).then(|| deal.chunk(rows, at * CHUNK, actor_ids.len())))
        .collect();
    let chunks = chunks?;
    let size = |bucket: usize| chunks.iter().map(|chunk| chunk.bucket(bucket).len()).sum::<usize>();
    let undated_bucket = deal.buckets() - 1;
    let (count, dated) = (rows.len(), rows.len() - size(undated_bucket));
    let mut columns = Columns {
        starts_ms: vec![0; dated],
        ends_ms: vec![0; dated],
        kinds: vec![0; count],
        qualities: vec![0; count],
        precisions: vec![0; count],
        statuses: vec![0; count],
        text_at: vec![0; count],
        actor_offsets: vec![0; count + 1],
        rows: vec![0; count],
        actor_ids: Vec::new(),
    };
    let mut rest = Slot {
        starts_ms: &mut columns.starts_ms,
        ends_ms: &mut columns.ends_ms,
        kinds: &mut columns.kinds,
        qualities: &mut columns.qualities,
        precisions: &mut columns.precisions,
        statuses: &mut columns.statuses,
        text_at: &mut columns.text_at,
        actors: &mut columns.actor_offsets[1..],
        rows: &mut columns.rows,
    };
    let mut slot = |bucket: usize| {
        let count = size(bucket);
        let dated = if bucket == undated_bucket { 0 } else { count };
        Slot {
            starts_ms: rest.starts_ms.split_off_mut(..dated).unwrap_or_default(),
            ends_ms: rest.ends_ms.split_off_mut(..dated).unwrap_or_default(),
            kinds: rest.kinds.split_off_mut(..count).unwrap_or_default(),
            qualities: rest.qualities.split_off_mut(..count).unwrap_or_default(),
            precisions: rest.precisions.split_off_mut(..count).unwrap_or_default(),
            statuses: rest.statuses.split_off_mut(..count).unwrap_or_default(),
            text_at: rest.text_at.split_off_mut(..count).unwrap_or_default(),
            actors: rest.actors.split_off_mut(..count).unwrap_or_default(),
            rows: rest.rows.split_off_mut(..count).unwrap_or_default(),
        }
    };
    let slots: Vec<(usize, Slot<'_>)> = (0..deal.buckets()).map(|bucket| (bucket, slot(bucket))).collect();
    let fill = |(bucket, slot): (usize, Slot<'_>)| {
        if stop() {
            return None;
        }
        let dealt: Vec<Dealt> = chunks.iter().flat_map(|chunk| chunk.bucket(bucket)).copied().collect();
        Some(slot.fill(&dealt, actor_ids))
    };
    let parts: Option<Vec<Vec<NameId>>> = slots.into_par_iter().map(fill).collect();
    columns.actor_ids = parts?.concat();
    let mut sum = 0;
    for actors in &mut columns.actor_offsets {
        sum += *actors;
        *actors = sum;
    }
    Some(columns)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(start_ms: i64, sub_ms: u32, is_dated: bool, actors_from: u32) -> Row {
        Row {
            start_ms,
            end_ms: start_ms.saturating_add(1),
            text_at: u64::from(actors_from) * 7,
            actors_from,
            kind: actors_from % 5,
            sub_ms,
            qualities: (actors_from % 9) as u16,
            precision: if is_dated { DATED | 3 } else { ID_GIVEN | 4 },
            status: (actors_from % 3) as u8,
        }
    }

    proptest! {
        /// Columns are what sorting the rows by time, as they come, gives.
        #[test]
        fn columns_are_the_rows_in_the_order_of_time(
            made in proptest::collection::vec((prop_oneof![Just(i64::MIN), Just(7), -50..50_i64, any::<i64>()], 0..3_u32, prop::bool::weighted(0.9), 0..4_u32), 0..300),
            times in prop_oneof![Just(1_usize), Just(80)],
        ) {
            let (mut rows, mut actors) = (Vec::new(), Vec::new());
            // Enough of them to fill several buckets.
            for (at, (start_ms, sub_ms, is_dated, count)) in made.iter().cycle().take(made.len() * times).enumerate() {
                rows.push(row(start_ms.wrapping_add(at as i64 % 3), *sub_ms, *is_dated, actors.len() as u32));
                actors.extend((0..*count).map(|actor| NameId(at as u32 ^ actor)));
            }
            let columns = lay_out(&rows, &actors, &|| false).expect("not stopped");
            let mut wanted: Vec<u32> = (0..rows.len() as u32).collect();
            wanted.sort_by_key(|&at| {
                let row = &rows[at as usize];
                let is_dated = row.precision & DATED != 0;
                (!is_dated, if is_dated { (row.start_ms, row.sub_ms) } else { (0, 0) })
            });
            prop_assert_eq!(&columns.rows, &wanted);
            prop_assert_eq!(columns.starts_ms.len(), rows.iter().filter(|row| row.precision & DATED != 0).count());
            for (event, &at) in wanted.iter().enumerate() {
                let row = &rows[at as usize];
                if event < columns.starts_ms.len() {
                    prop_assert_eq!((columns.starts_ms[event], columns.ends_ms[event]), (row.start_ms, row.end_ms));
                }
                prop_assert_eq!((columns.kinds[event], columns.qualities[event], columns.statuses[event]), (row.kind, row.qualities, row.status));
                prop_assert_eq!((columns.precisions[event], columns.text_at[event]), (row.precision & 0x3f, row.text_at));
                let to = rows.get(at as usize + 1).map_or(actors.len(), |next| next.actors_from as usize);
                let own = columns.actor_offsets[event] as usize..columns.actor_offsets[event + 1] as usize;
                prop_assert_eq!(&columns.actor_ids[own], &actors[row.actors_from as usize..to]);
            }
        }
    }
}
