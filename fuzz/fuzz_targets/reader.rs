//! Any bytes as a file of any format, which the first byte chooses: events that are all accounted for, or an error.
//!
//! New formats are covered by being in `formats::all()`. A first byte above their number leaves the choice to the content.

#![no_main]

use chronolane::formats::{self, Input, ReadOptions, Silent};
use chronolane::model::Ledger;
use chronolane::store::{EventId, StoreBuilder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let format = formats::all().get(usize::from(*choice));
    let ending = format.and_then(|format| format.endings().first()).unwrap_or(&"txt");
    let name = format!("file.{ending}");
    let options = ReadOptions { format: format.map(|format| format.name().to_owned()), ..ReadOptions::default() };
    let mut builder = StoreBuilder::default();
    builder.begin_file(name.clone().into());
    let ledger = match formats::read_input(&Input::from_bytes(&name, bytes), &options, &mut builder, &Silent) {
        Ok(ledger) => ledger,
        Err(error) => {
            let _ = error.to_string();
            return;
        }
    };
    assert_eq!(ledger.rows, ledger.plotted + ledger.undated + ledger.rejected, "{ledger:?}");
    let (plotted, undated) = (ledger.plotted, ledger.undated);
    let store = builder.finish(Ledger { files: vec![ledger] });
    assert_eq!((store.dated() as u64, store.len() as u64), (plotted, plotted + undated));
    for event in (0..store.len() as u32).map(EventId) {
        let _ = (store.record(event), store.extent(event), store.origin(event));
    }
});
