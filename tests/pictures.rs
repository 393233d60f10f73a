//! Pictures: what stands on every sheet, in every form, the same bytes on every run, nothing over anything else, nothing said that should not be.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use chronolane::formats::{ReadOptions, Silent};
use chronolane::jobs::{self, LanesWanted, Loaded, PictureRequest};
use chronolane::render::picture::{Composed, Form, Furniture, Length, Line, Material, PictureOptions, Preset, Range, compose, draw};
use chronolane::render::png;
use chronolane::render::svg::{Detail, sheet_svg};
use chronolane::scene::{Prim, Rect, text_width};
use chronolane::style::{FONT_REGULAR, FONT_SEMIBOLD, Theme};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

fn sample_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data").join(name)
}

fn loaded(path: &Path) -> Loaded {
    jobs::load(&[path.to_owned()], &ReadOptions::default(), None, &Silent).expect("the file loads")
}

fn material(loaded: &Loaded, options: &PictureOptions) -> Material {
    let request = PictureRequest {
        store: Arc::clone(&loaded.store),
        lanes: Arc::clone(&loaded.lanes),
        wanted: LanesWanted { group: loaded.lanes.group(), ..LanesWanted::default() },
        kinds: Arc::clone(&loaded.kinds),
        files: Arc::from(loaded.stamps.as_slice()),
        options: options.clone(),
        shown: None,
        opened: Vec::new(),
        selected: None,
    };
    jobs::material(&request, &Silent).expect("there is something to draw")
}

fn composed(loaded: &Loaded, options: &PictureOptions, pages: bool) -> Composed {
    compose(&material(loaded, options), options, pages, &Silent).expect("it can be composed")
}

fn chronolane(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chronolane")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

const SAMPLE: &str = "sample_data/dprk_russia_2023.json";

/// The options of every picture of the gallery: each preset, whole and dense, with and without citations, in every theme.
fn gallery() -> Vec<PictureOptions> {
    let mut out = Vec::new();
    for preset in Preset::ALL {
        for (range, citations, theme) in
            [(Range::Whole, false, None), (Range::Dense, true, None), (Range::Dense, false, Some(Theme::Dark)), (Range::Whole, true, None)]
        {
            let mut options = PictureOptions::default();
            preset.apply(&mut options);
            options.range = range;
            options.furniture.citations = citations;
            options.theme = theme.unwrap_or(options.theme);
            out.push(options);
        }
    }
    out.push(PictureOptions { width: Length::px(640.0), ..PictureOptions::default() });
    out.push(PictureOptions { width: Length::px(3840.0), range: Range::Dense, ..PictureOptions::default() });
    out
}

/// The box of a text as it is measured.
fn text_box(prim: &Prim) -> Option<(Rect, String)> {
    let Prim::Text(text) = prim else { return None };
    let width = text_width(&text.text, text.size_px, text.weight);
    let left = match text.align {
        chronolane::scene::Align::Start => text.at.x,
        chronolane::scene::Align::Middle => text.at.x - width / 2.0,
        chronolane::scene::Align::End => text.at.x - width,
    };
    Some((Rect { x: left, y: text.at.y - text.size_px * 0.5, w: width, h: text.size_px }, text.text.clone()))
}

#[test]
fn no_label_and_no_words_of_the_gallery_lie_on_others() {
    for name in ["dprk_russia_2023.json", "date_gallery.json"] {
        let loaded = loaded(&sample_path(name));
        for options in gallery() {
            let what = format!("{name}, {:?}, {:?}", options.preset, options.range);
            for sheet in composed(&loaded, &options, true).sheets {
                let mut boxes: Vec<(Rect, String)> = sheet.shapes.iter().filter_map(text_box).collect();
                for (rect, words) in &boxes {
                    assert!(
                        rect.x >= 0.0 && rect.right() <= sheet.width && rect.bottom() <= sheet.height + 0.5,
                        "{what}: {words} is cut off"
                    );
                }
                if let Some((scene, at)) = &sheet.scene {
                    let labels =
                        scene.lanes.iter().flat_map(|lane| &lane.marks).filter_map(|mark| Some((mark.label_box?, mark.id.clone())));
                    for (rect, id) in labels {
                        assert!(rect.x >= scene.plot.x && rect.right() <= scene.plot.right(), "{what}: the label of {id} leaves the plot");
                        boxes.push((Rect { x: rect.x + at.x, y: rect.y + at.y, ..rect }, id));
                    }
                }
                for (place, (one, words)) in boxes.iter().enumerate() {
                    for (other, others) in &boxes[place + 1..] {
                        assert!(!one.overlaps(&other.grown(-0.6)), "{what}: {words} and {others}: {one:?} {other:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_stands_around_the_lanes_says_what_was_drawn_and_what_was_not() {
    let loaded = loaded(&sample_path("dprk_russia_2023.json"));
    let mut options = PictureOptions {
        filter: "kind:letters,visit".to_owned(),
        furniture: Furniture::of_names(["all"]).unwrap(),
        ..PictureOptions::default()
    };
    options.furniture.title = Line::Own("Letters & visits".to_owned());
    options.lanes = Some(vec!["kim jong un".to_owned(), "Sergei Shoigu".to_owned()]);
    let composed = composed(&loaded, &options, false);
    let sheet = &composed.sheets[0];
    let words: Vec<&str> = sheet.texts().collect();
    let all = words.join("\n");
    assert!(all.contains("Letters & visits") && all.contains("Source"), "{all}");
    assert!(all.contains("SHA-256") && all.contains("dprk_russia_2023.json"), "{all}");
    assert!(all.contains(&format!("Chronolane {}", env!("CARGO_PKG_VERSION"))));
    let (scene, _) = sheet.scene.as_ref().unwrap();
    assert_eq!(scene.lanes.iter().map(|lane| &*lane.name).collect::<Vec<_>>(), ["Kim Jong Un", "Sergei Shoigu"]);
    // Shown and left out together are all.
    let footer = all.replace('\n', " ");
    let number_before = |words: &str| -> usize {
        let before = footer.split(words).next().unwrap();
        if footer.contains(words) { before.trim_end().rsplit([' ', ':']).next().unwrap().parse().unwrap() } else { 0 }
    };
    let shown = number_before("of 31 dated events");
    let drawn: BTreeSet<_> = scene.lanes.iter().flat_map(|lane| &lane.marks).map(|mark| mark.event).collect();
    assert_eq!(shown, drawn.len());
    let left_out = number_before("by the filter") + number_before("in lanes left out") + number_before("outside this span");
    assert_eq!(shown + left_out, 31, "{footer}");
}

#[test]
fn every_event_with_evidence_has_a_number_and_its_sentence_in_the_list() {
    let loaded = loaded(&sample_path("dprk_russia_2023.json"));
    for (height, pages) in [(None, false), (Some(Length::mm(210.0)), true)] {
        let options = PictureOptions {
            height,
            width: Length::mm(297.0),
            furniture: Furniture::of_names(["citations"]).unwrap(),
            ..PictureOptions::default()
        };
        let composed = composed(&loaded, &options, pages);
        assert!(composed.notes.is_empty(), "{:?}", composed.notes);
        let words: String =
            composed.sheets.iter().flat_map(|sheet| sheet.shapes.iter().filter_map(text_box)).map(|(_, words)| words + " ").collect();
        for number in 1..=31 {
            assert!(words.contains(&format!("[{number}] ")), "{number} is not listed");
        }
        let record = loaded.store.record(loaded.store.find_id("resolution-2270").unwrap());
        assert!(words.contains(&record.evidence[0].quote.split(' ').take(5).collect::<Vec<_>>().join(" ")));
        let links: BTreeSet<&str> = composed.sheets.iter().flat_map(|sheet| &sheet.links).map(|link| link.url.as_str()).collect();
        assert!(!links.is_empty() && links.iter().all(|url| url.starts_with("https://")));
        let numbered = |sheet: &chronolane::render::picture::Sheet| {
            let (scene, _) = sheet.scene.as_ref()?;
            let labels = scene.lanes.iter().flat_map(|lane| &lane.marks).flat_map(|mark| &mark.label).filter_map(text_box);
            Some(labels.filter(|(_, words)| words.ends_with(']')).count())
        };
        assert!(composed.sheets.iter().filter_map(numbered).sum::<usize>() >= 8, "marks carry their numbers");
    }
}

#[test]
fn lanes_that_do_not_fit_go_on_pages_each_with_its_ruler() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.csv");
    let row = |at: usize| format!("2021-{:02}-{:02},Event {at},Actor {:02}", at % 12 + 1, at % 28 + 1, at % 45);
    let rows: Vec<String> = (0..90).map(row).collect();
    fs::write(&path, format!("when,title,actors\n{}\n", rows.join("\n"))).unwrap();
    let loaded = loaded(&path);
    let mut options = PictureOptions::default();
    Preset::A4.apply(&mut options);
    let composed = composed(&loaded, &options, true);
    assert!(composed.sheets.len() > 3, "{} pages", composed.sheets.len());
    let mut lanes = Vec::new();
    for (at, sheet) in composed.sheets.iter().enumerate() {
        assert!((sheet.height - Length::mm(210.0).in_px()).abs() < 0.1);
        let Some((scene, _)) = &sheet.scene else { continue };
        assert!(scene.more_lanes.is_none() && !scene.frame.is_empty());
        assert!(scene.frame.iter().filter_map(text_box).any(|(_, words)| words == "2021"), "page {at} has its ruler");
        lanes.extend(scene.lanes.iter().map(|lane| lane.name.to_string()));
        let pages = format!("Page {} of {}", at + 1, composed.sheets.len());
        assert!(sheet.texts().any(|words| words.contains(&pages)), "{pages}");
    }
    assert_eq!(lanes.len(), 45);
    assert_eq!(lanes.iter().collect::<BTreeSet<_>>().len(), 45, "every lane once");
    let one = compose(&material(&loaded, &options), &options, false, &Silent).unwrap();
    assert_eq!(one.sheets.len(), 1);
    assert!(one.sheets[0].scene.as_ref().unwrap().0.more_lanes.is_some(), "one sheet counts what it has no room for");
}

#[test]
fn a_picture_too_small_for_its_furniture_says_what_it_left_out() {
    let loaded = loaded(&sample_path("dprk_russia_2023.json"));
    let options =
        PictureOptions { height: Some(Length::px(140.0)), furniture: Furniture::of_names(["all"]).unwrap(), ..PictureOptions::default() };
    let composed = composed(&loaded, &options, false);
    assert!(composed.notes.iter().any(|note| note.contains("left out")), "{:?}", composed.notes);
    assert!((composed.sheets[0].height - 140.0).abs() < 0.1);
}

#[test]
fn a_changed_file_has_no_checksum() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    fs::write(&path, "when,title,actors\n2021-05-04,x,A\n").unwrap();
    let loaded = loaded(&path);
    let footer = |loaded: &Loaded| composed(loaded, &PictureOptions::default(), false).sheets[0].texts().collect::<Vec<_>>().join(" ");
    // printf 'when,title,actors\n2021-05-04,x,A\n' | sha256sum
    assert!(footer(&loaded).contains("a.csv (SHA-256 "), "{}", footer(&loaded));
    assert!(!footer(&loaded).contains(&folder.path().display().to_string()), "no path is shown");
    fs::write(&path, "when,title,actors\n2021-05-04,y,A\n2021-05-05,z,B\n").unwrap();
    assert!(footer(&loaded).contains("a.csv (changed since it was read)"), "{}", footer(&loaded));
}

#[test]
fn the_same_bytes_on_every_run_and_with_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let run = |threads: &str, name: &str| {
        let out = |ending: &str| folder.path().join(format!("{name}.{ending}"));
        let outputs = ["svg", "png", "pdf"].map(out);
        let done = Command::new(env!("CARGO_BIN_EXE_chronolane"))
            .args(["render", SAMPLE, "--preset", "a4", "--dpi", "96", "--citations", "--view", "dense"])
            .args(outputs.iter().flat_map(|path| [Path::new("-o"), path]))
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        outputs.map(|path| fs::read(path).unwrap())
    };
    let first = run("1", "one");
    assert_eq!(first, run("1", "again"));
    assert_eq!(first, run("3", "three"));
    assert!(first[2].starts_with(b"%PDF") && first[1].starts_with(b"\x89PNG"));
}

/// Whether some bytes hold a text.
fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_pdf_names_the_picture_and_no_path_user_or_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("private-folder-name").join("story.json");
    fs::create_dir(path.parent().unwrap()).unwrap();
    fs::copy(sample_path("dprk_russia_2023.json"), &path).unwrap();
    let loaded = loaded(&path);
    let mut options = PictureOptions::default();
    Preset::A4.apply(&mut options);
    options.furniture.citations = true;
    options.furniture.title = Line::Own("Summer of letters".to_owned());
    let material = material(&loaded, &options);
    for form in Form::ALL {
        let bytes = draw(&material, &options, form, &Silent).unwrap().bytes;
        for secret in ["private-folder-name", "CreationDate", "ModDate", "/Author"] {
            assert!(!holds(&bytes, secret), "{form:?} has {secret}");
        }
        if form == Form::Pdf {
            assert!(holds(&bytes, "Summer of letters") && holds(&bytes, "/URI") && holds(&bytes, "https://"));
            assert!(holds(&bytes, "/FontFile3") || holds(&bytes, "/FontFile2"), "its fonts are embedded");
            assert!(holds(&bytes, "/ToUnicode"), "its text can be selected");
        }
    }
}

fn own_fonts() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT_REGULAR.to_vec());
    fonts.load_font_data(FONT_SEMIBOLD.to_vec());
    Options { fontdb: Arc::new(fonts), font_family: "Inter".to_owned(), ..Options::default() }
}

#[test]
fn pixels_and_svg_are_the_same_picture() {
    for name in ["dprk_russia_2023.json", "date_gallery.json"] {
        let loaded = loaded(&sample_path(name));
        let options =
            PictureOptions { width: Length::px(1000.0), furniture: Furniture::of_names(["all"]).unwrap(), ..PictureOptions::default() };
        let composed = composed(&loaded, &options, false);
        let sheet = &composed.sheets[0];
        let drawn = png::sheet(sheet, 1.0, &Silent).unwrap();
        let tree = Tree::from_str(&sheet_svg(sheet, "x", "y", Detail::Full), &own_fonts()).unwrap();
        let mut whole = Pixmap::new(drawn.width() as u32, drawn.height() as u32).unwrap();
        resvg::render(&tree, Transform::identity(), &mut whole.as_mut());
        let differing = drawn.rgba().iter().zip(whole.data()).filter(|(one, other)| one.abs_diff(**other) > 24).count();
        assert!(differing * 2_000 < drawn.rgba().len(), "{name}: {differing} of {}", drawn.rgba().len());
    }
}

#[test]
fn every_count_holds_on_every_sheet() {
    let loaded = loaded(&sample_path("date_gallery.json"));
    for options in gallery() {
        for sheet in composed(&loaded, &options, true).sheets {
            for lane in sheet.scene.iter().flat_map(|(scene, _)| &scene.lanes) {
                let drawn = lane.marks.len() + lane.folds.iter().map(|fold| fold.count).sum::<usize>();
                assert_eq!(drawn, lane.total, "{} in {:?}", lane.name, options.preset);
            }
        }
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("x.svg");
    let out = out.to_str().unwrap();
    let refused = |arguments: &[&str], code: i32, words: &str| {
        let done = chronolane(&[&["render", SAMPLE][..], arguments].concat());
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    };
    refused(&["-o", "x.gif"], 2, "ends in");
    refused(&["-o", out, "-o", "x.gif"], 2, "ends in");
    refused(&["-o", out, "--lane", "Nobody"], 2, "there is no lane \"Nobody\"; there are Russia");
    refused(&["-o", out, "--from", "2024", "--to", "2023"], 2, "before it begins");
    refused(&["-o", out, "--from", "soon"], 2, "first time");
    refused(&["-o", out, "--furniture", "chairs"], 2, "there is no \"chairs\"");
    refused(&["-o", out, "--filter", "colour:red"], 2, "character 1");
    refused(&["-o", out, "--width", "5 furlongs"], 2, "280mm");
    assert!(!Path::new(out).exists());
    let tall = folder.path().join("tall.pdf");
    refused(&["-o", tall.to_str().unwrap(), "--width", "60000"], 3, "19,200");
    let long = folder.path().join(format!("{}.svg", "n".repeat(300)));
    refused(&["-o", long.to_str().unwrap()], 3, "shorter name");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing half is left");
}

#[test]
fn a_failed_export_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.pdf");
    fs::write(&old, "what was there").unwrap();
    let done = chronolane(&["render", SAMPLE, "-o", old.to_str().unwrap(), "--width", "60000"]);
    assert_eq!(done.status.code(), Some(3));
    assert_eq!(fs::read_to_string(&old).unwrap(), "what was there");
}

#[test]
fn hits_that_stand_out_leave_every_event_in_the_picture() {
    let loaded = loaded(&sample_path("dprk_russia_2023.json"));
    let alone = PictureOptions { filter: "kind:statement".to_owned(), ..PictureOptions::default() };
    let among = PictureOptions { hits: chronolane::view::HitsShown::AmongAll, ..alone.clone() };
    let everything = PictureOptions::default();
    let marks = |options: &PictureOptions| {
        let composed = composed(&loaded, options, false);
        let (scene, _) = composed.sheets[0].scene.clone().unwrap();
        scene.lanes.iter().map(|lane| lane.total).sum::<usize>()
    };
    assert!(marks(&alone) < marks(&everything));
    assert_eq!(marks(&among), marks(&everything));
    let strengths = |options: &PictureOptions| {
        let composed = composed(&loaded, options, false);
        let (scene, _) = composed.sheets[0].scene.clone().unwrap();
        let symbols = scene.lanes.iter().flat_map(|lane| &lane.marks).flat_map(|mark| &mark.shapes);
        symbols.filter_map(|prim| if let Prim::Symbol { look, .. } = prim { Some(look.color.3) } else { None }).collect::<BTreeSet<u8>>()
    };
    assert!(strengths(&among).first() < strengths(&everything).first(), "what does not match is faded");
    assert_eq!(strengths(&among).last(), strengths(&everything).last(), "what matches is not");
    let lines = |options: &PictureOptions| {
        let composed = composed(&loaded, options, false);
        let (scene, _) = composed.sheets[0].scene.clone().unwrap();
        let shapes = scene.connectors.iter().flat_map(|connector| &connector.shapes);
        shapes.filter_map(|prim| if let Prim::Line { stroke, .. } = prim { Some(stroke.color.3) } else { None }).collect::<BTreeSet<u8>>()
    };
    assert!(lines(&among).first() < lines(&everything).first(), "so are the lines that join it");
    assert_eq!(lines(&among).last(), lines(&everything).last());
    let words = |options: &PictureOptions| {
        let composed = composed(&loaded, options, false);
        composed.sheets[0].texts().collect::<Vec<_>>().join(" ")
    };
    assert!(words(&among).contains("of which match kind:statement and stand out"), "{}", words(&among));
    assert!(!words(&everything).contains("stand out"));
}

#[test]
fn folding_empty_stretches_away_leaves_out_no_event() {
    let loaded = loaded(&sample_path("dprk_russia_2023.json"));
    let scene_of = |options: &PictureOptions| composed(&loaded, options, false).sheets[0].scene.clone().unwrap().0;
    let plain = scene_of(&PictureOptions::default());
    let folded = scene_of(&PictureOptions { fold_empty: true, ..PictureOptions::default() });
    assert!(plain.breaks.is_empty() && !folded.breaks.is_empty());
    let totals = |scene: &chronolane::scene::Scene| scene.lanes.iter().map(|lane| (lane.name.to_string(), lane.total)).collect::<Vec<_>>();
    assert_eq!(totals(&plain), totals(&folded));
    assert!(folded.scale.ms_per_px() < plain.scale.ms_per_px() * 0.9, "what is left has more room");
    let svg = chronolane::render::svg::svg(&folded, "folded");
    let said = folded.breaks.iter().filter(|found| svg.contains(&format!("data-break=\"{}\"", found.words))).count();
    assert_eq!(said, folded.breaks.len());
    assert!(
        folded.breaks.iter().all(|found| found.words.contains(" year") || found.words.contains(" month")),
        "{:?}",
        folded.breaks[0].words
    );
}
