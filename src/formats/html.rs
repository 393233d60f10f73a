//! HTML in texts of other programs: what a reader would see of it, and where its links lead.
//!
//! Only elements that HTML has are taken for tags, so that `<unknown>` and `a < b` stay. Nothing is fetched, run or laid out; what comes out is plain text and is
//! never read as HTML again.

use std::borrow::Cow;

use crate::model::{Further, Value};

/// Where a line ends whatever stands around it, until the text is tidied: the sign that Unicode has for this.
const BREAK: char = '\u{2028}';

/// A text without its tags.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    /// What a reader would see: paragraphs and breaks as line ends, single ends of lines within a paragraph as blanks.
    pub text: String,
    /// The addresses that it links to, each once, in their order.
    pub links: Vec<String>,
}

/// Elements that are taken off, in the order of the alphabet.
const ELEMENTS: [&str; 71] = [
    "a",
    "abbr",
    "article",
    "audio",
    "b",
    "big",
    "blockquote",
    "br",
    "button",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "mark",
    "nobr",
    "object",
    "ol",
    "p",
    "param",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
    "wbr",
];
/// Those at which a line ends.
const BLOCKS: [&str; 27] = [
    "article",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];
/// Names of signs that are put in.
const SIGNS: [(&str, &str); 37] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("copy", "©"),
    ("reg", "®"),
    ("deg", "°"),
    ("middot", "·"),
    ("bull", "•"),
    ("times", "×"),
    ("euro", "€"),
    ("pound", "£"),
    ("sect", "§"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("ntilde", "ñ"),
    ("oacute", "ó"),
];
/// Bytes within which a sign's semicolon must stand.
const LONGEST_SIGN: usize = 12;
/// Tags without an end after which no more are looked for, so that a text made of them costs no more than any other.
const UNENDED_MOST: usize = 32;
/// Links that are listed; all of them stand in the text as written.
const LINKS_MOST: usize = 500;

/// Takes the tags off a text; nothing where it has neither tags nor named signs.
pub(crate) fn plain(text: &str) -> Option<Plain> {
    memchr::memchr2(b'<', b'&', text.as_bytes())?;
    plain_of(text, false)
}

/// The same of a text that may be known to be HTML, in which ends of lines mean nothing; nothing where nothing is to be changed.
fn plain_of(text: &str, is_html: bool) -> Option<Plain> {
    let mut out = Plain { text: String::with_capacity(text.len()), links: Vec::new() };
    let (mut rest, mut changed, mut unended) = (text, false, 0);
    // Where only signs are put in, the text may not be HTML, and its lines stay.
    let (mut has_tags, mut in_pre) = (false, 0_usize);
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        push(before, in_pre > 0, &mut out.text);
        if let Some(tag) = if unended < UNENDED_MOST { Tag::at(from, &mut unended) } else { None } {
            (changed, has_tags) = (true, true);
            if tag.name == "pre" {
                in_pre = if tag.closes { in_pre.saturating_sub(1) } else { in_pre + 1 };
            }
            rest = tag.take(from, &mut out);
        } else if let Some((sign, length)) = sign_at(from) {
            changed = true;
            out.text.push_str(&sign);
            rest = &from[length..];
        } else {
            out.text.push_str(&from[..1]);
            rest = &from[1..];
        }
    }
    if !changed && !is_html {
        return None;
    }
    push(rest, in_pre > 0, &mut out.text);
    out.text = tidy(&out.text, has_tags || is_html);
    (changed || out.text != text).then_some(out)
}

/// Adds text as it stands; all ends of lines of text that is laid out stay.
fn push(text: &str, is_laid_out: bool, out: &mut String) {
    if is_laid_out {
        out.extend(text.chars().map(|letter| if letter == '\n' { BREAK } else { letter }));
    } else {
        out.push_str(text);
    }
}

/// The plain text of a field that may hold HTML, on one line where `on_one_line`. Where tags were taken off, the field as it was written and its links go to `further`.
pub(crate) fn field<'a>(name: &str, text: Cow<'a, str>, on_one_line: bool, further: &mut Vec<Further<'a>>) -> Cow<'a, str> {
    match plain(&text) {
        Some(plain) => kept(name, text, plain, on_one_line, further),
        None => text,
    }
}

/// The plain text of a field that is HTML by its format: its lines flow even where it has no tags.
pub(crate) fn flowing<'a>(name: &str, text: Cow<'a, str>, further: &mut Vec<Further<'a>>) -> Cow<'a, str> {
    match plain_of(&text, true) {
        Some(plain) => kept(name, text, plain, false, further),
        None => text,
    }
}

/// Keeps a field as it was written, and its links; gives its plain text.
fn kept<'a>(name: &str, text: Cow<'a, str>, plain: Plain, on_one_line: bool, further: &mut Vec<Further<'a>>) -> Cow<'a, str> {
    if !plain.links.is_empty() {
        let json = serde_json::to_string(&plain.links).unwrap_or_default();
        further.push(Further { name: Cow::Owned(format!("links in {name}")), value: Value::Json(Cow::Owned(json)) });
    }
    further.push(Further { name: Cow::Owned(format!("{name} as written")), value: Value::Text(text) });
    Cow::Owned(if on_one_line { plain.text.split_whitespace().collect::<Vec<_>>().join(" ") } else { plain.text })
}

/// A tag or a comment at the beginning of a text.
struct Tag<'t> {
    name: String,
    closes: bool,
    /// What stands behind the name, up to the closing bracket.
    attributes: &'t str,
    length: usize,
}

impl<'t> Tag<'t> {
    /// The tag; counts in `unended` where it has no end.
    fn at(text: &'t str, unended: &mut usize) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        if let Some(comment) = inner.strip_prefix("!--") {
            let length = comment.find("-->").map_or(text.len(), |end| 4 + end + 3);
            return Some(Self { name: String::new(), closes: false, attributes: "", length });
        }
        let closes = inner.starts_with('/');
        let inner = &inner[usize::from(closes)..];
        let name_len = inner.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = inner[..name_len].to_ascii_lowercase();
        ELEMENTS.binary_search(&name.as_str()).ok()?;
        let behind = &inner[name_len..];
        if !behind.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace()) {
            return None;
        }
        let Some(end) = end_of_tag(behind.as_bytes()) else {
            *unended += 1;
            return None;
        };
        Some(Self { name, closes, attributes: &behind[..end], length: 1 + usize::from(closes) + name_len + end + 1 })
    }

    /// Takes the tag's effect into account; gives what follows it in `from`.
    fn take<'r>(&self, from: &'r str, out: &mut Plain) -> &'r str {
        let rest = &from[self.length..];
        if BLOCKS.binary_search(&self.name.as_str()).is_ok() {
            out.text.push(BREAK);
        } else if self.name == "td" || self.name == "th" {
            out.text.push(' ');
        }
        for attribute in ["href", "src", "data"] {
            if out.links.len() < LINKS_MOST
                && let Some(address) = self.attribute(attribute).filter(|address| is_address(address))
                && !out.links.contains(&address)
            {
                out.links.push(address);
            }
        }
        if !self.closes && (self.name == "script" || self.name == "style") {
            // What is in them is no text for readers.
            let closing = if self.name == "script" { "</script" } else { "</style" };
            let end = (0..rest.len())
                .find(|&at| rest.as_bytes().get(at..at + closing.len()).is_some_and(|part| part.eq_ignore_ascii_case(closing.as_bytes())));
            return end.map_or("", |end| &rest[end..]);
        }
        rest
    }

    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some(at) = rest.find('=') {
            let key = rest[..at].trim_end().rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            let value = rest[at + 1..].trim_start();
            let (value, after) = match value.chars().next() {
                Some(mark @ ('"' | '\'')) => value[1..].split_once(mark).unwrap_or((&value[1..], "")),
                _ => value.split_once(|c: char| c.is_whitespace()).unwrap_or((value, "")),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(signs_put_in(value.trim()));
            }
            rest = after;
        }
        None
    }
}

/// Where the bracket stands that closes a tag; brackets in quotation marks do not count.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut mark = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match (mark, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if at > 0 && bytes[..at].trim_ascii_end().ends_with(b"=") => mark = Some(byte),
            (Some(open), byte) if open == byte => mark = None,
            _ => {}
        }
    }
    None
}

/// Whether a link leads to a page that could be looked up.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "//", "ftp://", "mailto:"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// The sign that `&name;` or `&#number;` stands for, with the length of what was written.
fn sign_at(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(LONGEST_SIGN).position(|byte| byte == b';')?;
    let name = &inner[..end];
    let sign = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        Cow::Owned(char::from_u32(code).filter(|letter| !letter.is_control() || *letter == '\n')?.to_string())
    } else {
        Cow::Borrowed(SIGNS.iter().find(|(known, _)| *known == name)?.1)
    };
    Some((sign, end + 2))
}

/// A text with the signs put in for their names.
fn signs_put_in(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let from = &rest[at..];
        let (sign, length) = sign_at(from).unwrap_or((Cow::Borrowed("&"), 1));
        out.push_str(&sign);
        rest = &from[length..];
    }
    out.push_str(rest);
    out
}

/// Blanks as a reader would see them: one between words, none around lines, no empty lines. In text that flows an end of line is a blank too, unless an empty line follows.
fn tidy(text: &str, flows: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(BREAK) {
        let mut is_first_line = true;
        for line in part.split('\n') {
            let is_empty = line.trim().is_empty();
            let mut begins = is_first_line || !flows || is_empty;
            is_first_line = is_empty || !flows;
            for word in line.split_whitespace() {
                if !out.is_empty() {
                    out.push(if begins { '\n' } else { ' ' });
                }
                begins = false;
                out.push_str(word);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        plain(text).map_or_else(|| text.to_owned(), |plain| plain.text)
    }

    #[test]
    fn the_lists_are_in_order() {
        assert!(ELEMENTS.is_sorted() && BLOCKS.is_sorted());
    }

    #[test]
    fn tags_go_and_what_only_looks_like_them_stays() {
        assert_eq!(shown("<p class=\"a > b\">One <b>two</b>&nbsp;three.</p><p>Four<br/>five</p>"), "One two three.\nFour\nfive");
        assert_eq!(shown("AT&amp;T &#8211; &#x41; &lt;b&gt; &unknown; &"), "AT&T – A <b> &unknown; &");
        assert_eq!(shown("x<script>alert('<p>')</SCRIPT>y<style>p{}</style>z<!-- no -->"), "xyz");
        for text in ["Die <zweite> Szene", "a < b and c > d", "<", "<a", "1 <2", "& so on", "<p", "5 &lt 6", "<äöü>"] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("<td>a</td><td>b</td> <img src=x>"), "a b");
        assert_eq!(shown("don't <i title='it&#39;s'>x</i>"), "don't x");
    }

    #[test]
    fn lines_flow_within_a_paragraph_of_html() {
        assert_eq!(
            shown("One\nline\n of <b>many</b>\n\nA new\nparagraph<br>\nand\na line"),
            "One line of many\nA new paragraph\nand a line"
        );
        assert_eq!(shown("<ul>\n <li>one\n item\n <li>two</ul>end"), "one item\ntwo\nend");
        assert_eq!(shown("a\nb <pre>c\n d\n</pre>e\nf"), "a b\nc\nd\ne f");
        assert_eq!(shown("Smith &amp; Sons\n12 High Street"), "Smith & Sons\n12 High Street", "not HTML for a sign alone");
    }

    #[test]
    fn a_field_of_html_flows_without_tags() {
        let mut further = Vec::new();
        assert_eq!(flowing("text", "One\n  line,\n\nanother".into(), &mut further), "One line,\nanother");
        assert_eq!(
            (further.len(), further[0].name.as_ref(), further[0].value.as_text()),
            (1, "text as written", "One\n  line,\n\nanother")
        );
        assert_eq!(flowing("text", "a &amp;\nb<br>c".into(), &mut further), "a & b\nc");
        assert_eq!((further.len(), further[1].value.as_text()), (2, "a &amp;\nb<br>c"));
        assert!(flowing("text", "short".into(), &mut further) == "short" && further.len() == 2);
    }

    #[test]
    fn links_are_listed_once() {
        let found = plain("<a href='https://a.example/?x=1&amp;y=2' target=_blank>A</a> <A HREF=//b.example>B</A><a href=\"#top\">C</a><img src=\"javascript:x\"><a href='//b.example'>").unwrap();
        assert_eq!(found.links, ["https://a.example/?x=1&y=2", "//b.example"]);
    }

    #[test]
    fn the_field_as_written_is_kept() {
        let mut further = Vec::new();
        assert_eq!(field("text", "plain".into(), true, &mut further), "plain");
        assert!(further.is_empty());
        assert_eq!(field("text", "<p>a</p><p><a href='http://x.example'>b</a></p>".into(), true, &mut further), "a b");
        let names: Vec<&str> = further.iter().map(|field| field.name.as_ref()).collect();
        assert_eq!(names, ["links in text", "text as written"]);
        assert_eq!(further[0].value.as_text(), "[\"http://x.example\"]");
    }

    #[test]
    fn a_text_of_nothing_but_beginnings_takes_no_longer_than_another() {
        for part in ["<a ", "<!--", "<script>", "&", "<a href='"] {
            let text = part.repeat(300_000);
            let _ = plain(&text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(text in "[<>a-z/&;#x\"'= !\\-\n\u{e9}]{0,80}") {
            if let Some(plain) = plain(&text) {
                proptest::prop_assert!(plain.text.len() <= text.len() * 2);
            }
        }
    }
}
