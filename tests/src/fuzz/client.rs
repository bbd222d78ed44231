//! Target: whole calls, with any answer of the server.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use suning_api::error::{Error, ErrorCode};

use super::{Outcome, block_on, reply};
use crate::script::{Answer, Script};

/// Statuses of answers.
const STATUSES: [u16; 8] = [200, 200, 200, 204, 302, 429, 500, 503];

/// Calls methods that get this answer. A first line gives the status by its first byte, and the rest of it is the value of headers.
#[must_use]
pub fn call(input: &[u8]) -> Outcome {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or_default();
    let (line, body) = (&input[..end], input[end..].strip_prefix(b"\n").unwrap_or(&input[end..]));
    let (choice, value) = line.split_first().map_or((0, line), |(choice, value)| (*choice, value));
    let answer = || {
        let mut answer = http::Response::new(Bytes::copy_from_slice(body));
        *answer.status_mut() = StatusCode::from_u16(STATUSES[usize::from(choice % 8)]).expect("a status");
        if let Ok(value) = HeaderValue::from_bytes(value) {
            for name in [CONTENT_TYPE, DATE, RETRY_AFTER] {
                answer.headers_mut().insert(name, value.clone());
            }
        }
        Answer::Reply(answer)
    };
    let script = Script::new((0..3).map(|_| answer()));
    let client =
        script.builder().on_undocumented(|found| drop(format!("{found} {found:?}"))).build().expect("a client");
    block_on(async {
        match choice / 8 % 3 {
            0 => outcome(&client.custom().virtual_get().order_item_code("1").send().await.map(drop)),
            1 => {
                let mut rows = client.raw("suning.custom.batchrejected.query", "batchQueryRejected").rows();
                let mut count = 0_u32;
                let end = loop {
                    match rows.try_next().await {
                        Ok(Some(_)) => count += 1,
                        Ok(None) => break Outcome::of(count.min(8)),
                        Err(error) => break outcome(&Err::<(), _>(error)),
                    }
                };
                assert!(script.sent().len() <= 9, "the server cannot cause more calls than it answers");
                end
            }
            _ => {
                let card = suning_api::methods::selfmarket::leaguerstatus_add::Card::default();
                let call = client.selfmarket().leaguerstatus_add();
                let status = suning_api::methods::selfmarket::leaguerstatus_add::IqStatus::SmsSent;
                let call = call
                    .iq_status(status)
                    .order_id("1")
                    .order_item_id("1")
                    .card_list([card.card_code("1").card_sec("1")]);
                outcome(&call.send().await.map(drop))
            }
        }
    })
}

fn outcome<C: ErrorCode>(result: &Result<(), Error<C>>) -> Outcome {
    match result {
        Ok(()) => Outcome::of(()),
        Err(error) => {
            let _ = format!("{error:?}");
            assert!(!matches!(error, Error::Request(_)), "the request is valid: {error}");
            Outcome::message(&error.to_string())
        }
    }
}

/// Replies in both formats, after a line with headers.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let lines: [&[u8]; 3] =
        [b"\0application/json; charset=UTF-8\n", b"\x08Fri, 02 Jan 2026 03:04:05 GMT\n", b"\x15 7\n"];
    let replies = reply::json_seeds().into_iter().chain(reply::xml_seeds());
    replies.zip(lines.iter().cycle()).map(|(reply, line)| [*line, &reply[1..]].concat()).collect()
}
