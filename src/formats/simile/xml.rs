//! The XML form: `<data><event start="…" title="…">a text with HTML</event></data>`.

use super::{Tally, Times, dated, is_true};
use crate::formats::draft::Draft;
use crate::formats::xml::{self, Element};
use crate::formats::{Confidence, Context, Format, FormatError, Head, Input};

/// Events in XML.
pub struct SimileXml;

impl Format for SimileXml {
    fn name(&self) -> &'static str {
        "simile-xml"
    }

    fn label(&self) -> &'static str {
        "SIMILE Timeline (XML)"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let is_it = xml::root_name(head.text).as_deref() == Some("data") && head.text.contains("<event") && head.text.contains("start=");
        if is_it { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), FormatError> {
        let document = input.document(context)?;
        let text = std::str::from_utf8(document.bytes()).unwrap_or_default();
        let mut ends = Vec::new();
        xml::each_record(text, context, &[("event", 0)], &mut |_, mut element| {
            ends.push((element.attribute("start"), element.attribute("end")));
            Ok(())
        })?;
        context.start_over();
        let mut tally = Tally::of_ends(ends.into_iter());
        xml::each_record(text, context, &[("event", 0)], &mut |context, element| {
            event(element, &mut tally, context);
            Ok(())
        })?;
        tally.report(context);
        Ok(())
    }
}

/// One event.
fn event(mut element: Element, tally: &mut Tally, context: &mut Context<'_>) {
    let mut draft = Draft::new(element.line);
    let times = Times {
        start: element.attribute("start"),
        latest_start: element.attribute("latestStart"),
        earliest_end: element.attribute("earliestEnd"),
        end: element.attribute("end"),
        lasted: is_true(&element.attribute("isDuration")) || is_true(&element.attribute("durationEvent")),
    };
    let id = element.attribute("id");
    draft.event.id = if id.is_empty() { element.attribute("eventID") } else { id }.into();
    draft.title("title", element.attribute("title"));
    draft.html_quote("text", std::mem::take(&mut element.text));
    draft.source("link", "", element.attribute("link"));
    dated(&mut draft, &times, tally, context);
    for (name, value) in element.attributes {
        draft.keep(name, value);
    }
    draft.deliver(context);
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::read;

    const FILE: &str = r#"<data>
  <event start="Nov 14 1840 00:00:00 GMT" title="Birth" link="http://x.example/b">
    Born at home. &lt;p&gt;With &lt;a href="http://y.example"&gt;siblings&lt;/a&gt;.&lt;/p&gt;
  </event>
  <event start="Jun 01 1861 00:00:00 GMT" latestStart="Jul 01 1861 00:00:00 GMT" earliestEnd="Jun 01 1863 00:00:00 GMT" end="Jul 01 1863 00:00:00 GMT"
    isDuration="true" title="Service"/>
  <event start="May 28 2006 09:00:00 GMT" end="Jun 15 2006 09:00:00 GMT" title="At one time between"/>
  <event start="Fri Nov 22 1963 12:30:00 GMT-0600" title="An instant" icon="x.png"></event>
  <event start="1845" end="1846" isDuration="true" title="Years"/>
  <event start="1900" isDuration="true" title="No end"/>
  <event start="1900" earliestEnd="1910" isDuration="true" title="At least until 1910"/>
  <event start="?70" title="Unreadable"/>
  <event start="1900" end="soon" isDuration="true" title="End unreadable"/>
  <event title="No date"/>
</data>"#;

    #[test]
    fn four_times_bound_start_and_end() {
        let (ledger, kept) = read("x.xml", FILE);
        assert_eq!((ledger.format.as_str(), ledger.rows, ledger.plotted, ledger.undated), ("simile-xml", 10, 8, 2));
        let whens: Vec<&str> = kept.shown.iter().map(|event| event.when.as_str()).collect();
        assert_eq!(
            whens,
            [
                "1840-11-14",
                "[1861-06-01..1861-07-01]/[1863-06-01..1863-07-01]",
                "[2006-05-28T09:00:00Z..2006-06-15T09:00:00Z]",
                "1963-11-22T12:30:00-06:00",
                "1845/1846",
                "1900",
                "1900/1910..",
                "",
                "1900",
                ""
            ]
        );
        assert_eq!(kept.shown[0].when_text, "Nov 14 1840 00:00:00 GMT");
        assert!(ledger.problems.iter().any(|problem| problem.message.contains("there are 5 of them")), "{:?}", ledger.problems);
        assert!(ledger.problems.iter().any(|problem| (problem.line, problem.field.as_str(), problem.text.as_str()) == (13, "end", "soon")));
    }

    #[test]
    fn the_body_is_a_sentence_and_the_link_a_source() {
        let (_, kept) = read("x.xml", FILE);
        let birth = &kept.shown[0];
        assert_eq!(birth.evidence[0][0], "Born at home.\nWith siblings.");
        assert_eq!(birth.evidence[1][2], "http://x.example/b");
        assert!(birth.further.contains(&("links in text".to_owned(), "[\"http://y.example\"]".to_owned())));
        assert_eq!((kept.shown[3].further.clone(), birth.line, kept.shown[3].line), (vec![("icon".to_owned(), "x.png".to_owned())], 2, 8));
    }

    #[test]
    fn numbers_that_count_back_are_said() {
        let text = "<data><event isDuration='true' start='115' end='105' title='A'/><event isDuration='true' start='132' end='121' title='B'/><event start='?70' title='C'/><event isDuration='true' start='127' end='97' title='D'/></data>";
        let (ledger, _) = read("x.xml", text);
        assert_eq!((ledger.undated, ledger.plotted), (4, 0));
        assert!(ledger.problems.iter().all(|problem| problem.message.contains("count back")), "{:?}", ledger.problems);
    }
}
