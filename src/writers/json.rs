//! JSON put together piece by piece, without building it as a tree first.

/// JSON text being written.
#[derive(Debug, Default)]
pub(super) struct Json {
    bytes: Vec<u8>,
    needs_comma: bool,
}

impl Json {
    /// Gives what was written and begins anew; the memory stays with it.
    pub(super) fn take(&mut self, into: &mut dyn std::io::Write) -> std::io::Result<()> {
        into.write_all(&self.bytes)?;
        self.bytes.clear();
        self.needs_comma = false;
        Ok(())
    }

    fn begin(&mut self) {
        if self.needs_comma {
            self.bytes.extend_from_slice(b", ");
        }
        self.needs_comma = true;
    }

    fn within(&mut self, marks: [u8; 2], fill: impl FnOnce(&mut Self)) {
        self.begin();
        self.bytes.push(marks[0]);
        self.needs_comma = false;
        fill(self);
        self.bytes.push(marks[1]);
        self.needs_comma = true;
    }

    /// An object.
    pub(super) fn object(&mut self, fill: impl FnOnce(&mut Self)) {
        self.within(*b"{}", fill);
    }

    /// A list.
    pub(super) fn list(&mut self, fill: impl FnOnce(&mut Self)) {
        self.within(*b"[]", fill);
    }

    /// The name of a field, whose value comes next.
    pub(super) fn key(&mut self, key: &str) {
        self.begin();
        self.quote(key);
        self.bytes.extend_from_slice(b": ");
        self.needs_comma = false;
    }

    /// A string.
    pub(super) fn text(&mut self, text: &str) {
        self.begin();
        self.quote(text);
    }

    /// A whole number.
    pub(super) fn number(&mut self, number: i64) {
        self.raw(&number.to_string());
    }

    /// JSON text as it stands, on one line; a string where it is not JSON after all.
    pub(super) fn raw(&mut self, json: &str) {
        if serde_json::from_str::<serde::de::IgnoredAny>(json).is_err() {
            self.text(json);
            return;
        }
        self.begin();
        // A line end within JSON stands between its parts, never in a string.
        self.bytes.extend(json.trim().bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { byte }));
    }

    /// A field with a string.
    pub(super) fn field(&mut self, key: &str, text: &str) {
        self.key(key);
        self.text(text);
    }

    /// A field with a string, where there is one.
    pub(super) fn field_if(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.field(key, text);
        }
    }

    fn quote(&mut self, text: &str) {
        // A string always has a form in JSON, and memory takes all that is written to it.
        let _ = serde_json::to_writer(&mut self.bytes, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_between_and_strings_are_escaped() {
        let mut json = Json::default();
        json.object(|json| {
            json.field("a", "x\"\n");
            json.field_if("none", "");
            json.key("list");
            json.list(|json| {
                json.number(-3);
                json.raw("{\"b\":\n1}");
                json.raw("{broken");
            });
        });
        let mut out = Vec::new();
        json.take(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), r#"{"a": "x\"\n", "list": [-3, {"b": 1}, "{broken"]}"#);
    }
}
