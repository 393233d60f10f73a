//! A source as it is cited: in plain words, in Markdown, for BibTeX. What is not known is left out, nothing is made up; dates stand as written.

use super::{Evidence, Source};

/// How a citation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationForm {
    /// Words.
    Plain,
    /// Markdown, with the title as a link.
    Markdown,
    /// An entry for BibTeX or biblatex.
    BibTex,
}

impl CitationForm {
    /// Every form with its name.
    pub const ALL: [(Self, &'static str); 3] = [(Self::Plain, "plain text"), (Self::Markdown, "Markdown"), (Self::BibTex, "BibTeX")];
}

/// What is known of the source of an evidence, the evidence's own words first.
struct Known<'s> {
    author: &'s str,
    title: &'s str,
    publisher: &'s str,
    published: &'s str,
    locator: &'s str,
    url: &'s str,
    archive_url: &'s str,
    retrieved: &'s str,
}

/// The citation of an evidence's source; empty where nothing is known of it.
pub fn citation(form: CitationForm, source: &Source, evidence: &Evidence<'_>) -> String {
    let own = |own: &'_ str, other: &'_ str| if own.is_empty() { other.to_owned() } else { own.to_owned() };
    let (published, url) = (own(&evidence.published, &source.published), own(&evidence.url, &source.url));
    let known = Known {
        author: &source.author,
        title: if source.title.is_empty() { &source.id } else { &source.title },
        publisher: &source.publisher,
        published: &published,
        locator: &evidence.locator,
        url: &url,
        archive_url: &source.archive_url,
        retrieved: &source.retrieved,
    };
    match form {
        CitationForm::Plain => plain(&known),
        CitationForm::Markdown => markdown(&known),
        CitationForm::BibTex => bibtex(&known, &source.id),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts that are known, each ended by a full stop.
fn sentence(parts: &[String]) -> String {
    let ended = |part: &String| if part.ends_with(['.', '?', '!']) || part.ends_with(".”") { part.clone() } else { format!("{part}.") };
    parts.iter().filter(|part| !part.is_empty()).map(ended).collect::<Vec<_>>().join(" ")
}

fn plain(known: &Known<'_>) -> String {
    let title = if known.title.is_empty() { String::new() } else { format!("“{}”", one_line(known.title)) };
    sentence(&[one_line(known.author), title, standing(known), one_line(known.url), archived(known.archive_url), accessed(known.retrieved)])
}

fn markdown(known: &Known<'_>) -> String {
    let escaped = |text: &str| {
        one_line(text).chars().fold(String::new(), |mut out, letter| {
            if matches!(letter, '\\' | '[' | ']' | '*' | '_' | '`' | '<' | '>' | '#') {
                out.push('\\');
            }
            out.push(letter);
            out
        })
    };
    let link = |words: String, url: &str| {
        let url: String = url
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .flat_map(|letter| match letter {
                '(' => "%28".chars().collect::<Vec<_>>(),
                ')' => "%29".chars().collect(),
                other => vec![other],
            })
            .collect();
        if url.is_empty() { words } else { format!("[{words}]({url})") }
    };
    let title = if known.title.is_empty() { String::new() } else { link(escaped(known.title), known.url) };
    let archived = if known.archive_url.is_empty() { String::new() } else { link("Archived copy".to_owned(), known.archive_url) };
    sentence(&[escaped(known.author), title, escaped(&standing(known)), archived, escaped(&accessed(known.retrieved))])
}

/// Publisher, date and place within, parted by commas.
fn standing(known: &Known<'_>) -> String {
    let parts = [known.publisher, known.published, known.locator].map(one_line);
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn archived(url: &str) -> String {
    if url.is_empty() { String::new() } else { format!("Archived at {}", one_line(url)) }
}

fn accessed(retrieved: &str) -> String {
    if retrieved.is_empty() { String::new() } else { format!("Read on {}", one_line(retrieved)) }
}

fn bibtex(known: &Known<'_>, id: &str) -> String {
    let key: String =
        id.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' }).take(40).collect();
    let key = key.trim_matches('-');
    let key = if key.is_empty() { "source" } else { key };
    let escaped = |text: &str| {
        one_line(text).chars().fold(String::new(), |mut out, letter| {
            match letter {
                '\\' => out.push_str("\\textbackslash{}"),
                '~' => out.push_str("\\textasciitilde{}"),
                '^' => out.push_str("\\textasciicircum{}"),
                '{' | '}' | '%' | '&' | '#' | '$' | '_' => out.extend(['\\', letter]),
                other => out.push(other),
            }
            out
        })
    };
    // An address is taken to the letter but for the braces that would end its field.
    let address = |text: &str| one_line(text).replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C");
    // An author who is an organisation is kept whole by braces of its own.
    let author = if known.author.is_empty() { String::new() } else { format!("{{{}}}", escaped(known.author)) };
    // What BibTeX calls a date it reads as one; others stand as a note.
    let is_iso = !known.published.is_empty() && known.published.chars().all(|letter| letter.is_ascii_digit() || letter == '-');
    let (date, said) = if is_iso { (known.published.to_owned(), String::new()) } else { (String::new(), escaped(known.published)) };
    let notes = [said, escaped(known.locator), escaped(&archived(known.archive_url))];
    let note = notes.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let fields = [
        ("author", author),
        ("title", escaped(known.title)),
        ("publisher", escaped(known.publisher)),
        ("date", date),
        ("url", address(known.url)),
        ("urldate", escaped(known.retrieved)),
        ("note", note),
    ];
    let lines: Vec<String> =
        fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
    format!("@misc{{{key},\n{}}}\n", lines.concat())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn source() -> Source {
        Source {
            id: "gate-log".into(),
            title: "Gates & [logs]: a report".into(),
            publisher: "Port Authority".into(),
            author: "J. Doe".into(),
            url: "https://example.org/a_(b)".into(),
            published: "2021-06-01".into(),
            retrieved: "2021-06-03".into(),
            ..Source::default()
        }
    }

    #[test]
    fn a_source_is_cited_in_three_forms() {
        let evidence = Evidence { locator: Cow::Borrowed("p. 3"), ..Evidence::default() };
        let cited = |form| citation(form, &source(), &evidence);
        assert_eq!(
            cited(CitationForm::Plain),
            "J. Doe. “Gates & [logs]: a report”. Port Authority, 2021-06-01, p. 3. https://example.org/a_(b). Read on 2021-06-03."
        );
        assert_eq!(
            cited(CitationForm::Markdown),
            "J. Doe. [Gates & \\[logs\\]: a report](https://example.org/a_%28b%29). Port Authority, 2021-06-01, p. 3. Read on 2021-06-03."
        );
        assert_eq!(
            cited(CitationForm::BibTex),
            "@misc{gate-log,\n  author = {{J. Doe}},\n  title = {Gates \\& [logs]: a report},\n  publisher = {Port Authority},\n  date = {2021-06-01},\n  url = {https://example.org/a_(b)},\n  urldate = {2021-06-03},\n  note = {p. 3},\n}\n"
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let source = Source { id: "The Wire".into(), title: "The Wire".into(), ..Source::default() };
        let evidence = Evidence { published: Cow::Borrowed("spring 2021"), ..Evidence::default() };
        assert_eq!(citation(CitationForm::Plain, &source, &evidence), "“The Wire”. spring 2021.");
        assert_eq!(
            citation(CitationForm::BibTex, &source, &evidence),
            "@misc{the-wire,\n  title = {The Wire},\n  note = {spring 2021},\n}\n"
        );
    }
}
