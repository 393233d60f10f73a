//! The outline of a JSON text from its beginning alone, to tell formats apart.

/// The keys of the outermost object as far as the text goes; `None` where it begins with something else.
///
/// The text may be cut anywhere.
pub(crate) fn top_keys(text: &str) -> Option<Vec<&str>> {
    let text = text.trim_start();
    text.strip_prefix('{')?;
    let bytes = text.as_bytes();
    let (mut keys, mut depth, mut at, mut is_key) = (Vec::new(), 0_usize, 0, true);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let start = at + 1;
                at = end_of_string(bytes, start);
                if depth == 1 && is_key {
                    keys.push(text.get(start..at.min(text.len())).unwrap_or_default());
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            b':' if depth == 1 => is_key = false,
            b',' if depth == 1 => is_key = true,
            _ => {}
        }
        at += 1;
    }
    Some(keys)
}

/// The offset of the quotation mark that ends a string, or the text's length.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_outermost_keys_are_found_and_a_cut_does_no_harm() {
        assert_eq!(top_keys(r#" {"a":{"b":1},"c":["d",{"e":2}],"f\"g":"h","#).unwrap(), ["a", "c", "f\\\"g"]);
        assert_eq!(top_keys("[1]"), None);
        let text = r#"{"title":"é","events":[{"a":"\\"}]}"#;
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            assert!(top_keys(&text[..cut]).is_none_or(|keys| keys.len() <= 2));
        }
    }
}
