//! Imports the page of a topic of pushed messages, and compares it with the spec.

use super::change::{self, PageChange, PageChangeKind};
use super::fingerprint::Fingerprint;
use super::report::Report;
use super::since::Since;
use super::{decision, table};
use crate::diagnostic::Diagnostics;
use crate::files::SpecFile;
use crate::page::read::text::is_same;
use crate::page::read::{Finding, Message, Refusal, TopicPage, file_stem, read_topic};
use crate::page::reconcile::{Table, layout, reconcile};
use crate::spec::{Day, Evidence, Field, Fields, QuirkKind, Spec, Topic, TopicName};
use crate::yaml::to_canonical;

/// A topic imported from a page.
#[derive(Debug)]
pub struct TopicImport {
    /// The topic to write to the spec.
    pub topic: Topic,
    /// How the page compares with the spec.
    pub report: Report,
}

/// Imports a page as a new topic, or as an update of the topic in the spec. `given` is a name that takes precedence.
///
/// # Errors
/// The reason why this is not the page of exactly one topic.
pub fn import_topic(
    bytes: &[u8],
    file: &str,
    given: Option<&TopicName>,
    spec: &Spec,
    day: Day,
) -> Result<TopicImport, Refusal> {
    let page = read_topic(bytes)?;
    let name = decide(&page, given, file)?;
    let before = spec.topics.get(&name);
    let unknown = || Topic {
        topic: name.clone(),
        name: None,
        title: None,
        evidence: Evidence::Page,
        sources: Vec::new(),
        verified: None,
        fields: Fields::new(),
        example: None,
        fingerprint: None,
    };
    let old = before.cloned().unwrap_or_else(unknown);
    let mut findings = page.findings.clone();
    let mut topic = update(&old, &page, &mut findings);
    decision::hide(&mut topic.fields, &old.fields, &spec.platform);
    let changes = before.map(|old| changes(old, &topic)).unwrap_or_default();
    topic.verified = Some(day);
    findings.sort();
    Ok(TopicImport { topic, report: Report::of_topic(file, &name, before, changes, findings) })
}

/// The problems of an imported topic, checked together with the platform file.
#[must_use]
pub fn topic_problems(topic: &Topic, files: &[SpecFile]) -> Diagnostics {
    super::import::problems_of(topic.topic.spec_path(), to_canonical(topic), files)
}

fn decide(page: &TopicPage, given: Option<&TopicName>, file: &str) -> Result<TopicName, Refusal> {
    let of_file = || TopicName::try_from(file_stem(file).to_owned()).ok();
    match (given, page.names.as_slice()) {
        (Some(given), _) => Ok(given.clone()),
        (None, [(_, only)]) => Ok(only.clone()),
        (None, several) => of_file()
            .filter(|file| several.is_empty() || several.iter().any(|(_, name)| name == file))
            .ok_or_else(|| {
                let message = "the page does not name exactly one topic; name the file after the topic, or import it \
                               with `--topic suning_…`";
                Refusal::new(several.get(1).map_or(1, |(line, _)| *line), message)
            }),
    }
}

fn update(old: &Topic, page: &TopicPage, findings: &mut Vec<Finding>) -> Topic {
    let mut node = page.node.clone();
    node.add_known(&old.fields);
    let rows = page.rows.as_deref().unwrap_or_default();
    let found = reconcile(&Table { name: "fields", rows, node: &node, prose: &page.prose });
    findings.extend(found.findings);
    let mut fields = found.fields;
    // What only the example shows is a field like the others.
    for quirk in found.quirks.iter().filter(|quirk| quirk.kind == QuirkKind::Unlisted) {
        let path = quirk.field.trim_start_matches("fields.");
        if let (false, Some(shape)) = (path.contains('.'), node.shape.children.get(path)) {
            let example = shape.values.first().cloned();
            fields.insert(path.to_owned(), Field { example, ..Field::default() });
        }
    }
    let before = Fingerprint::of_topic(old);
    let now = Fingerprint::of_table("fields", rows, page.is_open, &before);
    let since = Since::new(before, now, &found.rows);
    let title = page.title.clone().filter(|title| old.title.as_ref().is_none_or(|old| !is_same(old, title)));
    Topic {
        title: title.or_else(|| old.title.clone()),
        evidence: Evidence::Page,
        fields: table::update("fields", &old.fields, Some(&fields), old.evidence, &since),
        example: page.example.as_ref().and_then(|example| content(example, findings)).or_else(|| old.example.clone()),
        fingerprint: since.record().or_else(|| old.fingerprint.clone()),
        ..old.clone()
    }
}

/// The text of the example, if it is complete and valid.
fn content(example: &Message, findings: &mut Vec<Finding>) -> Option<String> {
    let problem = match &example.content {
        Ok(_) if !example.is_cut => return Some(layout::json(&example.text)),
        Ok(_) => "the example is cut off; used what is there".to_owned(),
        Err(reason) => format!("ignored an invalid example: {reason}"),
    };
    findings.push(Finding::new(example.line, problem));
    None
}

fn changes(old: &Topic, new: &Topic) -> Vec<PageChange> {
    let mut found = Vec::new();
    if old.title != new.title {
        let [spec, page] = [old, new].map(|topic| topic.title.as_deref());
        found.push(PageChange::new(PageChangeKind::Text, "title", spec, page));
    }
    change::table("fields", [&old.fields, &new.fields], [old.evidence, new.evidence], &mut found);
    change::json("example", [old.example.as_deref(), new.example.as_deref()], &mut found);
    found
}
