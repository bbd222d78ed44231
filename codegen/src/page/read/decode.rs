//! Bytes to text, in the encodings pages are saved in.

use encoding_rs::{Encoding, GBK, UTF_8};

/// Decodes UTF-8, with or without a byte order mark, UTF-16 with one, or GBK. `None` if the bytes are not text.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let encoding = Encoding::for_bom(bytes).map_or(UTF_8, |(encoding, _)| encoding);
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    let text = if malformed {
        // A page that is cut off inside a character is still UTF-8.
        let whole = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        if bytes.len() - whole < 4 && whole > 0 {
            UTF_8.decode_with_bom_removal(&bytes[..whole]).0
        } else {
            GBK.decode_without_bom_handling_and_without_replacement(bytes)
                .or_else(|| GBK.decode_without_bom_handling_and_without_replacement(&bytes[..bytes.len() - 1]))?
        }
    } else {
        text
    };
    let is_text = text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'));
    is_text.then(|| text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "请求参数\n名称";
        let with_mark = ["\u{feff}".as_bytes(), text.as_bytes()].concat();
        let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), &with_mark, &wide, &GBK.encode(text).0, text.replace('\n', "\r\n").as_bytes()] {
            assert_eq!(decode(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn bytes_that_are_not_text_are_refused() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
        assert_eq!(decode(&[0xff, 0xfe, 0xff]), None);
    }

    #[test]
    fn text_cut_inside_a_character_keeps_the_rest() {
        let bytes = "名称".as_bytes();
        assert_eq!(decode(&bytes[..5]).as_deref(), Some("名"));
        let bytes = GBK.encode("名称").0.into_owned();
        assert_eq!(decode(&bytes[..3]).as_deref(), Some("名"));
    }
}
