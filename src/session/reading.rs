//! How the data files of a session are read, so far as it is not as the files say themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::formats::{ColumnMap, FormatError, ReadOptions, TableChoice, TableLayout};

/// What the user had said of how files are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The format, where it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Whether only EDTF is read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub strict_dates: bool,
    /// What was said of all tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<TableChoice>,
    /// What was chosen for tables with certain headers, by the key of the header.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tables: BTreeMap<String, TableChoice>,
}

impl Reading {
    /// What options say for all files.
    pub fn of(options: &ReadOptions) -> Self {
        let table = TableChoice::said(options);
        Self {
            format: options.format.clone(),
            strict_dates: !options.dialect.human,
            table: Some(table).filter(|table| *table != TableChoice::default()),
            tables: BTreeMap::new(),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The options with this where they say nothing themselves. Errors: columns, an order or an encoding that there is not.
    pub fn apply(&self, options: &ReadOptions) -> Result<ReadOptions, FormatError> {
        let mut out = options.clone();
        out.format = options.format.clone().or_else(|| self.format.clone());
        out.dialect.human &= !self.strict_dates;
        if let Some(table) = &self.table {
            let own = table.apply(&ReadOptions::default())?;
            if options.map == ColumnMap::default() {
                out.map = own.map;
            }
            out.dialect.order = options.dialect.order.or(own.dialect.order);
            out.dialect.zone = options.dialect.zone.or(own.dialect.zone);
            out.sheet = options.sheet.clone().or(own.sheet);
            if options.layout == TableLayout::default() {
                out.layout = own.layout;
            }
        }
        if !self.tables.is_empty() {
            let mut remembered = (*options.remembered).clone();
            for (key, choice) in &self.tables {
                choice.apply(&ReadOptions::default())?;
                remembered.insert(key.clone(), choice.clone());
            }
            out.remembered = Arc::new(remembered);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Field;
    use crate::time::{DateOrder, Dialect, Zone};

    #[test]
    fn what_was_said_of_files_is_said_again() {
        let given = ReadOptions {
            format: Some("csv".to_owned()),
            map: ColumnMap::parse("when=Day,actors=From+To").unwrap(),
            dialect: Dialect { order: Some(DateOrder::Dmy), zone: Some(Zone::UTC), ..Dialect::EDTF },
            sheet: Some("2".to_owned()),
            layout: TableLayout { delimiter: Some(b';'), header_line: Some(2), encoding: None },
            ..ReadOptions::default()
        };
        let reading = Reading::of(&given);
        let again: Reading = serde_json::from_str(&serde_json::to_string(&reading).unwrap()).unwrap();
        let options = again.apply(&ReadOptions::default()).unwrap();
        assert_eq!((&options.format, options.dialect, options.layout), (&given.format, given.dialect, given.layout));
        assert_eq!(options.sheet, given.sheet);
        assert_eq!(options.map.get(Field::Actors).unwrap(), ["From", "To"]);
        let own = ReadOptions { map: ColumnMap::parse("when=Date").unwrap(), ..ReadOptions::default() };
        assert_eq!(again.apply(&own).unwrap().map, own.map, "what is given now stands before what was given then");
        assert!(Reading::of(&ReadOptions::default()).is_empty());
        let bad: Reading = serde_json::from_str(r#"{"table":{"date_order":"soon"}}"#).unwrap();
        assert!(bad.apply(&ReadOptions::default()).is_err());
    }
}
