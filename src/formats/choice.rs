//! What a user said of a table, as one value: kept for files with the same header, and as a `.map.json` that the command line takes.

use std::collections::{BTreeMap, HashMap};

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use super::{ColumnMap, Field, FormatError, ReadOptions};
use crate::time::{DateOrder, Zone};

/// How a text table is laid out, where the user says so; what is `None` is found in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableLayout {
    /// The byte between cells.
    pub delimiter: Option<u8>,
    /// The line of the header, from 1; 0 where there is none.
    pub header_line: Option<u32>,
    /// The encoding.
    pub encoding: Option<&'static Encoding>,
}

/// What a user said of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableChoice {
    /// The version of this form.
    pub chronolane_map: u32,
    /// The columns of each field, by the field's name; none for a field that is to stay empty.
    pub columns: BTreeMap<String, Vec<String>>,
    /// The order of day and month: ymd, dmy or mdy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<String>,
    /// The character between cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The line of the header, from 1; 0 where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_line: Option<u32>,
    /// The name of the encoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The sheet of a spreadsheet, by its name or its number from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The zone whose clocks showed the times that are written without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// The choices for tables by their header's [`header_key`].
pub type Remembered = HashMap<String, TableChoice>;

fn bad(message: String) -> FormatError {
    FormatError::BadMap { message }
}

impl TableChoice {
    /// Reads a `.map.json`.
    pub fn from_json(text: &str) -> Result<Self, FormatError> {
        let choice: Self = serde_json::from_str(text).map_err(|error| bad(format!("this is not a map in JSON: {error}")))?;
        choice.apply(&ReadOptions::default())?;
        Ok(choice)
    }

    /// Writes a `.map.json`.
    pub fn to_json(&self) -> String {
        let whole = Self { chronolane_map: 1, ..self.clone() };
        // Texts and numbers always have a form in JSON.
        serde_json::to_string_pretty(&whole).unwrap_or_default()
    }

    /// What options say of tables already.
    pub fn said(options: &ReadOptions) -> Self {
        let layout = options.layout;
        Self {
            chronolane_map: 0,
            columns: options.map.entries().map(|(field, columns)| (field.name().to_owned(), columns.to_vec())).collect(),
            date_order: options.dialect.order.map(|order| order.name().to_owned()),
            delimiter: layout.delimiter.map(char::from),
            header_line: layout.header_line,
            encoding: layout.encoding.map(|encoding| encoding.name().to_owned()),
            sheet: options.sheet.clone(),
            zone: options.dialect.zone.map(|zone| zone.choice().to_owned()),
        }
    }

    /// The choice that is remembered for a table of these columns, unless the user says something of tables now, or chose nothing then.
    pub(super) fn remembered<'o>(options: &'o ReadOptions, columns: &[String]) -> Option<&'o Self> {
        let is_open = options.map.is_empty() && options.layout == TableLayout::default() && options.sheet.is_none();
        if !is_open || options.remembered.is_empty() {
            return None;
        }
        options.remembered.get(&header_key(columns)).filter(|choice| Self { chronolane_map: 0, ..(*choice).clone() } != Self::default())
    }

    /// The options with this choice over them. An error names what cannot be used.
    pub fn apply(&self, options: &ReadOptions) -> Result<ReadOptions, FormatError> {
        let mut options = options.clone();
        let mut entries = Vec::new();
        for (name, columns) in &self.columns {
            let field = Field::from_name(name).ok_or_else(|| {
                let known = Field::ALL.map(Field::name).join(", ");
                bad(format!("{name:?} is not a field. The fields are: {known}."))
            })?;
            if columns.len() > 1 && !field.takes_several() {
                return Err(bad(format!("{name} takes one column.")));
            }
            entries.push((field, columns.clone()));
        }
        options.map = ColumnMap::of(entries);
        if let Some(order) = &self.date_order {
            let order = DateOrder::from_name(order).ok_or_else(|| bad(format!("{order:?} is not an order of dates: ymd, dmy or mdy.")))?;
            options.dialect.order = Some(order);
        }
        if let Some(delimiter) = self.delimiter {
            let byte = u8::try_from(delimiter).ok().filter(u8::is_ascii);
            options.layout.delimiter = Some(byte.ok_or_else(|| bad(format!("{delimiter:?} cannot stand between cells.")))?);
        }
        options.layout.header_line = self.header_line.or(options.layout.header_line);
        if let Some(name) = &self.encoding {
            let encoding =
                Encoding::for_label(name.as_bytes()).ok_or_else(|| bad(format!("{name:?} is not an encoding that is known.")))?;
            options.layout.encoding = Some(encoding);
        }
        if let Some(sheet) = &self.sheet {
            options.sheet = Some(sheet.clone());
        }
        if let Some(zone) = &self.zone {
            options.dialect.zone = Some(Zone::parse(zone).map_err(|error| bad(error.to_string()))?);
        }
        Ok(options)
    }
}

/// A short text that is the same for tables with the same header and differs for others.
pub fn header_key(columns: &[String]) -> String {
    // FNV-1a, 64 bits: it must not change from one version of the program to the next.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in columns.iter().flat_map(|name| name.bytes().chain([0x1f])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}-{}", columns.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_written_and_read_again_and_what_is_wrong_is_said() {
        let choice = TableChoice {
            columns: BTreeMap::from([("when".to_owned(), vec!["Day".to_owned()]), ("place".to_owned(), Vec::new())]),
            date_order: Some("dmy".to_owned()),
            delimiter: Some(';'),
            header_line: Some(3),
            encoding: Some("windows-1252".to_owned()),
            sheet: Some("Events".to_owned()),
            zone: Some("Europe/Berlin".to_owned()),
            ..TableChoice::default()
        };
        let read = TableChoice::from_json(&choice.to_json()).unwrap();
        assert_eq!(read, TableChoice { chronolane_map: 1, ..choice });
        let options = read.apply(&ReadOptions::default()).unwrap();
        assert_eq!(TableChoice { chronolane_map: 1, ..TableChoice::said(&options) }, read);
        assert_eq!(options.map.get(Field::When).unwrap(), ["Day"]);
        assert_eq!(options.map.get(Field::Place).unwrap().len(), 0);
        assert_eq!((options.layout.delimiter, options.layout.header_line), (Some(b';'), Some(3)));
        for (text, word) in [
            ("{", "not a map"),
            (r#"{"columns":{"day":["x"]}}"#, "not a field"),
            (r#"{"columns":{"when":["x","y"]}}"#, "takes one column"),
            (r#"{"date_order":"dym"}"#, "order of dates"),
            (r#"{"encoding":"klingon"}"#, "not an encoding"),
            (r#"{"delimiter":"é"}"#, "cannot stand"),
            (r#"{"zone":"Europe/Berlim"}"#, "no zone is called"),
        ] {
            let message = TableChoice::from_json(text).unwrap_err().to_string();
            assert!(message.contains(word), "{text}: {message}");
        }
    }

    #[test]
    fn headers_have_keys_of_their_own() {
        let key = |names: &[&str]| header_key(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(key(&["a", "b"]), key(&["a", "b"]));
        assert_ne!(key(&["a", "b"]), key(&["ab"]));
        assert_ne!(key(&["a", "b"]), key(&["b", "a"]));
    }
}
