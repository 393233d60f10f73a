//! Links as Markdown writes them: `[words](address)`.

/// Bytes of the words of a link, and of its address.
const LONGEST_PART: usize = 2000;

/// A text with its links taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Linked {
    /// The text with the words of each link in its place; lines that held nothing but links are left out.
    pub text: String,
    /// Words and address of each link, in their order.
    pub links: Vec<(String, String)>,
}

/// Takes the links out of a text.
pub(super) fn take_links(text: &str) -> Linked {
    let mut out = Linked::default();
    for line in text.lines() {
        let before = out.links.len();
        let plain = in_line(line, &mut out.links);
        let words: usize =
            out.links[before..].iter().map(|(words, _)| words.chars().filter(|letter| letter.is_alphanumeric()).count()).sum();
        let is_only_links = out.links.len() > before && plain.chars().filter(|letter| letter.is_alphanumeric()).count() == words;
        if !is_only_links {
            out.text.push_str(plain.trim_end());
            out.text.push('\n');
        }
    }
    out.text = out.text.trim().to_owned();
    out
}

/// Takes the links out of one line.
pub(super) fn in_line(line: &str, links: &mut Vec<(String, String)>) -> String {
    let (mut plain, mut rest) = (String::with_capacity(line.len()), line);
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        plain.push_str(before);
        if let Some((words, address, length)) = link_at(from) {
            // The mark of a picture.
            if plain.ends_with('!') {
                plain.pop();
            }
            plain.push_str(words);
            links.push((words.trim().to_owned(), address.trim().to_owned()));
            rest = &from[length..];
        } else {
            plain.push('[');
            rest = &from[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// The words and the address of a link at the beginning of a text, with its length; brackets in the address count when they come in pairs.
pub(super) fn link_at(text: &str) -> Option<(&str, &str, usize)> {
    let inner = text.strip_prefix('[')?;
    // No link is longer; a bracket that is never closed must not cost a look through all that follows.
    let within = |part: &str| part.floor_char_boundary(LONGEST_PART);
    let close = memchr::memchr(b']', &inner.as_bytes()[..within(inner)])?;
    let behind = inner[close + 1..].strip_prefix('(')?;
    let mut depth = 1_u32;
    let end = memchr::memchr2_iter(b'(', b')', &behind.as_bytes()[..within(behind)]).find(|at| {
        depth = if behind.as_bytes()[*at] == b'(' { depth + 1 } else { depth - 1 };
        depth == 0
    })?;
    let (words, address) = (&inner[..close], &behind[..end]);
    // A title in quotation marks may follow the address.
    let address = address.split_once(" \"").map_or(address, |(address, _)| address);
    Some((words, address, 1 + close + 1 + 1 + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_addresses_are_listed() {
        let taken = take_links(
            "See [the *page*](https://x.example/a_(b)) and ![pic](p.png \"t\").\n[W](https://w.example)\n- [V](v), [U](u)\n[not one] (x) [open",
        );
        assert_eq!(taken.text, "See the *page* and pic.\n[not one] (x) [open");
        let addresses: Vec<&str> = taken.links.iter().map(|(_, address)| address.as_str()).collect();
        assert_eq!(addresses, ["https://x.example/a_(b)", "p.png", "https://w.example", "v", "u"]);
        assert_eq!(take_links("").text, "");
    }

    #[test]
    fn brackets_alone_are_soon_passed() {
        assert_eq!(take_links(&"[".repeat(200_000)).links.len(), 0);
        assert_eq!(take_links(&"[a](".repeat(100_000)).links.len(), 0);
    }
}
