//! Whether a text is one whole XML document.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Where a text stops being one whole document, and why; never repeats what the text holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Offset in bytes.
    pub(super) at: u64,
    /// What is wrong there.
    pub(super) reason: &'static str,
}

/// Finds what the parser lets pass: elements that are not closed, and text or elements beside the root.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let mut events = Reader::from_str(text);
    events.config_mut().expand_empty_elements = true;
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        let at = events.buffer_position();
        let fault = |reason| Err(Fault { at, reason });
        match events.read_event() {
            Err(_) => return Err(Fault { at: events.error_position(), reason: "the markup is broken" }),
            Ok(Event::Start(_)) if depth == 0 && roots > 0 => return fault("there is a second root element"),
            Ok(Event::Start(_)) => {
                roots += usize::from(depth == 0);
                depth += 1;
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Text(text)) if depth == 0 && !text.trim().is_empty() => {
                return fault("text stands outside of the root element");
            }
            Ok(Event::CData(_) | Event::GeneralRef(_)) if depth == 0 => {
                return fault("text stands outside of the root element");
            }
            Ok(Event::Eof) if depth > 0 => return fault("the document ends before its elements are closed"),
            Ok(Event::Eof) if roots == 0 => return fault("there is no root element"),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_declaration_comments_and_empty_elements_are_accepted() {
        assert_eq!(
            check("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- note --><a><b/>&amp;<![CDATA[<]]></a>\n"),
            Ok(())
        );
    }

    #[test]
    fn what_is_no_whole_document_is_refused() {
        for text in ["", " ", "text", "<a>", "<a><b></b>", "<a></b>", "<a/><b/>", "<a/>text", "&amp;", "<a", "</a>"] {
            assert!(check(text).is_err(), "{text} was taken for a document");
        }
    }
}
