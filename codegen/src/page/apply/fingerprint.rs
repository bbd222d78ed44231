//! What a page showed when it was last imported: a line for each note, row and example, with a digest of its text.
//!
//! A digest depends neither on layout and whitespace, nor on how cells were split.

use std::fmt::{self, Write};

use md5::{Digest, Md5};

use crate::page::read::{Format, Message, Page, Part, Row};
use crate::spec::{Evidence, Fields, Method, Topic};

/// Bytes of a digest. Few are enough, because only texts of the same row are compared.
const LENGTH: usize = 4;

/// Follows the digest of a required parameter.
const REQUIRED: char = '*';

/// The lines of a page, in its order.
#[derive(Debug, Clone, Default)]
pub(super) struct Fingerprint(Vec<Line>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// Section and name, such as `request.orderCode`. The name has no path, because a table shows none.
    key: String,
    /// Empty if the spec does not record it.
    digest: String,
}

impl Fingerprint {
    /// What the spec records. Without a record, the page is taken to have shown what the spec has, in other words.
    pub(super) fn of_spec(method: &Method) -> Self {
        let Self(mut lines) = Self::of_record(method.fingerprint.as_deref());
        if lines.is_empty() {
            for (section, fields) in [("request", &method.request), ("response", &method.response)] {
                lines.extend(Self::of_fields(section, fields, method.evidence).0);
            }
            let codes = method.errors.iter().filter(|(_, entry)| entry.is_documented());
            lines.extend(codes.map(|(code, _)| Line::new(&format!("errors.{code}"), "")));
        }
        Self(lines)
    }

    /// What the spec records of the page of a topic, in the same way.
    pub(super) fn of_topic(topic: &Topic) -> Self {
        let recorded = Self::of_record(topic.fingerprint.as_deref());
        if recorded.0.is_empty() { Self::of_fields("fields", &topic.fields, topic.evidence) } else { recorded }
    }

    fn of_record(record: Option<&str>) -> Self {
        let lines = record.unwrap_or_default().lines().filter_map(|line| line.rsplit_once(' '));
        Self(lines.map(|(key, digest)| Line::new(key, digest)).collect())
    }

    /// What a table is taken to have shown, of what is known from `own`.
    fn of_fields(section: &str, fields: &Fields, own: Evidence) -> Self {
        let names = documented(fields, own);
        Self(names.iter().map(|name| Line::new(&format!("{section}.{name}"), "")).collect())
    }

    /// What a table shows, and what it showed `before` if the page ends in it.
    pub(super) fn of_table(section: &'static str, rows: &[Row], is_open: bool, before: &Self) -> Self {
        Self(before.continued(section, table(section, rows, before), is_open))
    }

    /// What a page shows, and what it showed `before` where it now shows less.
    pub(super) fn of_page(page: &Page, before: &Self) -> Self {
        let is_open = |section| page.open.is_some_and(|part| section == table_of(part));
        let sections = sections(page, before).into_iter();
        Self(sections.flat_map(|(section, shown)| before.continued(section, shown, is_open(section))).collect())
    }

    /// The lines that a section shows, and those of this fingerprint that it may have left.
    fn continued(&self, section: &'static str, shown: Vec<Line>, is_open: bool) -> Vec<Line> {
        let known: Vec<&Line> = self.0.iter().filter(|line| line.is_in(section)).collect();
        // A table can show a name several times.
        let mut keys: Vec<&str> = shown.iter().map(|line| line.key.as_str()).collect();
        let mut is_shown = |line: &&Line| {
            let at = keys.iter().position(|key| *key == line.key);
            at.map(|at| keys.swap_remove(at)).is_some()
        };
        let is_shown: Vec<bool> = known.iter().map(&mut is_shown).collect();
        let end = is_shown.iter().rposition(|is_shown| *is_shown).map_or(0, |last| last + 1);
        let unseen = match section {
            "examples" => 0,
            _ if shown.is_empty() || is_open => end,
            _ => known.len(),
        };
        let unseen = (unseen..known.len()).filter(|index| !is_shown[*index]).map(|index| known[index].clone());
        let unseen: Vec<Line> = unseen.collect();
        [shown, unseen].concat()
    }

    /// Whether there is a line with this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|line| line.key == key)
    }

    /// The digests of a key.
    pub(super) fn digests<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |line| line.key == key).map(|line| line.digest.as_str())
    }

    /// The keys of the rows with this text in a section.
    pub(super) fn with_text<'a>(&'a self, section: &'a str, digest: &'a str) -> impl Iterator<Item = &'a str> {
        self.section(section).filter(move |(_, known)| is_same_text(known, digest)).map(|(key, _)| key)
    }

    /// The keys and digests of a section.
    pub(super) fn section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter(move |line| line.is_in(section)).map(|line| (line.key.as_str(), line.digest.as_str()))
    }

    /// Whether the spec records what the page showed.
    pub(super) fn is_recorded(&self) -> bool {
        self.0.iter().any(|line| !line.digest.is_empty())
    }

    /// Whether all lines whose keys begin like this are lines of what the spec records.
    pub(super) fn is_within(&self, prefix: &str, recorded: &Self) -> bool {
        recorded.is_recorded()
            && self.0.iter().filter(|line| line.key.starts_with(prefix)).all(|line| recorded.0.contains(line))
    }
}

/// As the spec records it.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut recorded = self.0.iter().filter(|line| !line.digest.is_empty());
        recorded.try_for_each(|Line { key, digest }| writeln!(f, "{key} {digest}"))
    }
}

impl Line {
    fn new(key: &str, digest: &str) -> Self {
        Self { key: key.to_owned(), digest: digest.to_owned() }
    }

    fn is_in(&self, section: &str) -> bool {
        self.key.split('.').next() == Some(section)
    }
}

/// The digest of a row. Sample and description are one text, because the split of run-together cells may be a guess.
pub(super) fn of_row(row: &Row) -> String {
    let [sample, description] = [&row.sample, &row.description].map(|cell| cell.as_deref().unwrap_or_default());
    let mut digest = digest(&[&row.kind, sample, description].concat());
    digest.extend(row.required.then_some(REQUIRED));
    digest
}

/// Whether two digests are those of the same text.
pub(super) fn is_same_text(left: &str, right: &str) -> bool {
    left.trim_end_matches(REQUIRED) == right.trim_end_matches(REQUIRED)
}

/// The digest of a text, without its whitespace.
pub(super) fn digest(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    Md5::digest(visible).iter().take(LENGTH).fold(String::new(), |mut digest, byte| {
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

/// The lines of each section of a page.
fn sections(page: &Page, before: &Fingerprint) -> [(&'static str, Vec<Line>); 6] {
    let errors = page.errors.iter().flatten().map(|row| {
        let text = [&*row.message, row.remedy.as_deref().unwrap_or_default()].concat();
        Line::new(&format!("errors.{}", row.code), &digest(&text))
    });
    // Layouts differ in whether the XML example of an error, which is the same for all methods, has tags.
    let is_layout = |message: &Message| message.part == Part::Error && message.format == Format::Xml;
    let whole = page.messages.iter().filter(|message| !message.is_cut && !is_layout(message));
    let examples = whole.filter_map(|message| {
        let part = match message.part {
            Part::Request => "request",
            Part::Response => "response",
            Part::Error => "error",
        };
        let format = match message.format {
            Format::Json => "json",
            Format::Xml => "xml",
        };
        let content = message.content.as_ref().ok()?;
        Some(Line::new(&format!("examples.{part}.{format}"), &digest(&content.to_string())))
    });
    [
        ("title", page.title.iter().map(|title| Line::new("title", &digest(title))).collect()),
        ("notes", page.notes().map(|note| Line::new(&format!("notes.{}", note.number), &digest(&note.text))).collect()),
        ("request", table("request", page.request.as_deref().unwrap_or_default(), before)),
        ("response", table("response", page.response.as_deref().unwrap_or_default(), before)),
        ("errors", errors.collect()),
        ("examples", examples.collect()),
    ]
}

/// The lines of a table. A row that is cut off is taken for the whole one.
fn table(section: &str, rows: &[Row], before: &Fingerprint) -> Vec<Line> {
    let line = |(index, row): (usize, &Row)| {
        let key = format!("{section}.{}", row.name);
        let earlier = rows[..index].iter().filter(|other| other.name == row.name).count();
        let whole = before.digests(&key).nth(earlier).filter(|_| row.is_cut).map(str::to_owned);
        Line { digest: whole.unwrap_or_else(|| of_row(row)), key }
    };
    rows.iter().enumerate().map(line).collect()
}

/// The section of the table of a part. That of errors belongs to the method.
fn table_of(part: Part) -> &'static str {
    match part {
        Part::Request => "request",
        Part::Response => "response",
        Part::Error => "errors",
    }
}

/// The names of all fields that a page stated, each before those inside it.
fn documented(fields: &Fields, own: Evidence) -> Vec<&str> {
    let stated = fields.iter().filter(|(_, field)| !field.is_only_in_sdks(own));
    stated.flat_map(|(name, field)| [vec![name.as_str()], documented(&field.fields, own)].concat()).collect()
}
