//! The real binary through its command line: exit codes, what is said, what is written.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn chronolane(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chronolane")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const SAMPLE: &str = "sample_data/dprk_russia_2023.json";

#[test]
fn check_accounts_for_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.jsonl");
    let rows = ["{\"when\":\"2023-08-30\",\"title\":\"whole\",\"actors\":[\"A\"]}", "{\"when\":\"2023", "{\"title\":\"no date\"}"];
    fs::write(&path, rows.join("\n")).unwrap();
    let output = chronolane(&["check", "--json", path.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!([&report["rows"], &report["plotted"], &report["undated"], &report["rejected"]], [3, 1, 1, 1]);
    assert_eq!(report["files"][0]["problems"][0]["line"], 2);
    assert_eq!(code(&chronolane(&["check", SAMPLE])), 0);
}

#[test]
fn list_is_in_order_and_says_bounds() {
    let output = chronolane(&["list", "--json", "--filter", "kind:letters", SAMPLE]);
    assert_eq!(code(&output), 0);
    let row: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!([&row["earliest"], &row["latest"], &row["shape"]], ["2023-07-28", "2023-08-30", "moment"]);
    assert_eq!(row["actors"][0]["name"], "Vladimir Putin");
    let csv = chronolane(&["list", "--csv", SAMPLE]);
    assert_eq!(String::from_utf8_lossy(&csv.stdout).lines().count(), 32);
}

#[test]
fn render_draws_svg_and_png() {
    let folder = tempfile::tempdir().unwrap();
    let svg = folder.path().join("a.svg");
    assert_eq!(code(&chronolane(&["render", SAMPLE, "-o", svg.to_str().unwrap(), "--view", "dense"])), 0);
    let text = fs::read_to_string(&svg).unwrap();
    assert!(text.contains("data-lane=\"Sergei Shoigu\"") && text.contains("<title>"));
    let png = folder.path().join("a.png");
    let arguments = ["render", SAMPLE, "-o", png.to_str().unwrap(), "--width", "900", "--height", "600", "--scale", "2", "--theme", "dark"];
    assert_eq!(code(&chronolane(&arguments)), 0);
    let bytes = fs::read(&png).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    assert_eq!(bytes[16..24], [0, 0, 7, 8, 0, 0, 4, 176]);
}

#[test]
fn an_added_actor_is_not_hidden_by_the_filter_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let svg = folder.path().join("a.svg");
    chronolane(&["render", SAMPLE, "-o", svg.to_str().unwrap(), "--filter", "kind:letters"]);
    let text = fs::read_to_string(&svg).unwrap();
    assert_eq!(text.matches("data-event=").count(), 2, "one event, a mark in each of its two lanes");
    assert!(text.contains("data-lane=\"John Kirby\" data-total=\"0\""));
}

#[test]
fn what_cannot_be_done_is_said_and_has_its_code() {
    let missing = chronolane(&["check", "not-there.json"]);
    assert_eq!(code(&missing), 3);
    assert!(said(&missing).contains("not-there.json"));
    let blocked = Path::new("no").join("such").join("folder").join("x.svg");
    let output = chronolane(&["render", SAMPLE, "-o", blocked.to_str().unwrap()]);
    assert_eq!(code(&output), 3);
    assert!(said(&output).contains("folder"));
    assert_eq!(code(&chronolane(&["render", SAMPLE, "-o", "x.docx"])), 2);
    let query = chronolane(&["list", SAMPLE, "--filter", "colour:red"]);
    assert_eq!(code(&query), 2);
    assert!(said(&query).contains("character 1"));
    assert_eq!(code(&chronolane(&["render"])), 2);
    assert_eq!(code(&chronolane(&["check", SAMPLE, "--format", "nonsense"])), 2);
}

#[test]
fn formats_are_listed() {
    let text = String::from_utf8_lossy(&chronolane(&["formats"]).stdout).into_owned();
    assert!(["chronolane", "jsonl", "json", "csv"].iter().all(|name| text.contains(name)));
}

#[test]
fn help_has_examples_and_version_a_number() {
    assert!(String::from_utf8_lossy(&chronolane(&["--help"]).stdout).contains("Examples:"));
    assert!(String::from_utf8_lossy(&chronolane(&["--version"]).stdout).contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_folder_is_one_timeline() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "when,title,actors\n2023-01-01,one,A\n").unwrap();
    fs::write(folder.path().join("b.csv"), "when,title,actors\n2022-01-01,two,B\n").unwrap();
    let output = chronolane(&["list", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), 0);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.find("two").unwrap() < text.find("one").unwrap());
}

#[test]
fn a_date_is_explained_and_a_phrase_needs_its_day() {
    let output = chronolane(&["date", "--json", "earlier this month", "--on", "2023-08-30"]);
    assert_eq!(code(&output), 0);
    let reading: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!([&reading["edtf"], &reading["earliest"], &reading["latest"]], ["[2023-08-01..2023-08-30]", "2023-08-01", "2023-08-30"]);
    assert_eq!(reading["reasoning"], "'earlier this month', said on 30 August 2023: 1 to 30 August 2023");
    let output = chronolane(&["date", "04/05/2021"]);
    assert_eq!(code(&output), 1);
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(words.contains("2021-05-04") && words.contains("2021-04-05"), "{words}");
    assert_eq!(code(&chronolane(&["date", "-0043"])), 0);
    assert_eq!(code(&chronolane(&["date", "soon"])), 3);
    assert_eq!(code(&chronolane(&["date", "yesterday", "--on", "soon"])), 2);
    assert_eq!(code(&chronolane(&["date", "1936-39", "--dates", "edtf"])), 0);
}

#[test]
fn two_events_are_put_in_order_as_far_as_their_dates_tell() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.csv");
    fs::write(&path, "id,when,title\na,August 2023,x\nb,30 Aug 2023,y\nc,2024,z\nd,,w\n").unwrap();
    let path = path.to_str().unwrap();
    let order =
        |a, b| serde_json::from_slice::<serde_json::Value>(&chronolane(&["order", "--json", a, b, path]).stdout).unwrap()["order"].clone();
    assert_eq!(order("a", "b"), "possibly-before");
    assert_eq!(order("a", "c"), "definitely-before");
    assert_eq!(order("c", "b"), "definitely-after");
    assert_eq!(code(&chronolane(&["order", "a", "nobody", path])), 2);
    assert_eq!(code(&chronolane(&["order", "a", "d", path])), 3);
}

#[test]
fn check_puts_like_problems_together() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.csv");
    let rows: Vec<String> = (0..25).map(|row| format!("someday {row},x,A")).collect();
    fs::write(&path, format!("when,title,actors\n{}\n2023-02-30,y,B\n", rows.join("\n"))).unwrap();
    let output = chronolane(&["check", path.to_str().unwrap()]);
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(words.contains("25 x dates that could not be read") && words.contains("and 15 more"), "{words}");
    assert!(words.contains("1 x dates that no calendar has"), "{words}");
    let report: serde_json::Value = serde_json::from_slice(&chronolane(&["check", "--json", path.to_str().unwrap()]).stdout).unwrap();
    assert_eq!(
        report["files"][0]["groups"][0],
        serde_json::json!({"kind": "unread-date", "label": "Dates that could not be read", "count": 25})
    );
    assert_eq!(report["files"][0]["problems"][0]["kind"], "unread-date");
}
