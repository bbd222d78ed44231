//! Error codes of the gateway, and replies that cannot be read.

use suning_api::facts::Retry;
use suning_api::methods::custom::virtual_get::{VirtualGetErrorCode, VirtualGetRequest};
use suning_api::methods::selfmarket::leaguerstatus_add::{LeaguerstatusAddErrorCode, LeaguerstatusAddRequest};
use suning_api::request::Request;
use suning_api::{ApiError, CommonErrorCode, Error};

use super::{json, read, reply_error, virtual_get, xml};

fn api_error<R: Request>(body: &str) -> ApiError<R::ErrorCode> {
    match read::<R>(body) {
        Err(Error::Api(error)) => *error,
        Err(other) => panic!("expected an error of the gateway, got {other}"),
        Ok(_) => panic!("expected an error of the gateway, got a reply"),
    }
}

fn gateway_error(code: &str) -> String {
    serde_json::json!({ "sn_responseContent": { "sn_error": { "error_code": code } } }).to_string()
}

#[test]
fn an_error_may_have_no_message_and_an_empty_head() {
    let body = r#"{"sn_responseContent":{"sn_head":{},"sn_error":{"error_code":"biz.handler.data-get:no-result"}}}"#;
    let error = api_error::<VirtualGetRequest>(body);
    assert_eq!(error.code, VirtualGetErrorCode::NoResult);
    assert_eq!((error.meaning(), error.message), (Some("查询没结果"), None));
    let body = "<sn_responseContent><sn_head/><sn_error><error_code>sys.check.app-sign:error</error_code></sn_error></sn_responseContent>";
    assert_eq!(api_error::<VirtualGetRequest>(body).code, VirtualGetErrorCode::Common(CommonErrorCode::SignatureWrong));
}

#[test]
fn wildcards_are_parsed_into_their_part() {
    let error = api_error::<VirtualGetRequest>(&gateway_error("biz.custom.getvirtual.missing-parameter:orderItemCode"));
    assert_eq!(error.code, VirtualGetErrorCode::MissingParameter { parameter: "orderItemCode".into() });
    let error = api_error::<VirtualGetRequest>(&gateway_error("sys.error.network-status:502"));
    assert_eq!(error.code, VirtualGetErrorCode::Common(CommonErrorCode::NetworkStatus { status: "502".into() }));
    assert_eq!(error.retry(), Retry::Later);
}

#[test]
fn parts_and_free_text_after_a_code_are_its_detail() {
    for (code, detail) in [
        ("biz.selfmarket.addleaguerstatus.invalid-biz:113", None),
        ("biz.selfmarket.addleaguerstatus.invalid-biz:113:张三", Some("张三")),
        ("biz.selfmarket.addleaguerstatus.invalid-biz:113\tcards are missing", Some("cards are missing")),
    ] {
        let error = api_error::<LeaguerstatusAddRequest>(&gateway_error(code));
        assert_eq!(error.code, LeaguerstatusAddErrorCode::CardsMissing);
        assert_eq!((error.detail().as_deref(), error.wire_code.as_str()), (detail, code));
    }
}

#[test]
fn an_undocumented_error_code_is_kept_and_not_retryable() {
    let error = api_error::<VirtualGetRequest>(&gateway_error("isp.something.new"));
    assert_eq!(error.code, VirtualGetErrorCode::Other("isp.something.new".into()));
    assert_eq!(error.to_string(), "suning.custom.virtual.get failed with `isp.something.new`, an undocumented code");
    assert!(!Error::Api(Box::new(error)).is_retryable());
}

#[test]
fn an_error_says_method_code_meaning_and_remedy() {
    let error = api_error::<LeaguerstatusAddRequest>(&gateway_error("biz.selfmarket.addleaguerstatus.invalid-biz:100"));
    assert_eq!(
        error.to_string(),
        "suning.selfmarket.leaguerstatus.add failed with `biz.selfmarket.addleaguerstatus.invalid-biz:100`: 状态同步失败 (remedy: 请联系苏宁技术人员)"
    );
}

#[test]
fn a_code_listed_twice_shows_both_meanings() {
    let error = api_error::<VirtualGetRequest>(&gateway_error("sys.check.user-permission:inexistence"));
    let shown = error.to_string();
    assert!(shown.contains("访问令牌不存在") && shown.contains("用户key不存在"), "{shown}");
}

#[test]
fn an_error_of_a_method_becomes_the_common_error_without_loss() {
    let error: Error =
        Error::Api(Box::new(api_error::<VirtualGetRequest>(&gateway_error("isp.sys.service.unavailable.moms")))).into();
    assert!(error.is_retryable());
    match error {
        Error::Api(error) => {
            assert_eq!(error.code, CommonErrorCode::ServiceUnavailable { service: "moms".into() });
            assert_eq!(error.meaning(), Some("服务不可用"));
        }
        other => panic!("{other}"),
    }
}

#[test]
fn an_invalid_reply_is_an_error_with_path_status_and_bytes() {
    let html = "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>";
    let error = reply_error(502, html);
    assert_eq!((error.status.as_u16(), error.raw.as_ref()), (502, html.as_bytes()));
    assert_eq!(
        error.to_string(),
        "unexpected reply to suning.custom.virtual.get (HTTP 502): \
         an HTML page, probably from a server in front of the gateway"
    );
    assert_eq!(reply_error(200, "").reason, "an empty reply");
    assert_eq!(reply_error(200, "OK").reason, "neither JSON nor XML");
    assert_eq!(reply_error(200, r#"{"a":1}"#).path, "sn_responseContent");
    assert_eq!(reply_error(200, "<a/>").path, "sn_responseContent");
    assert_eq!(
        reply_error(200, r#"{"sn_responseContent":{"sn_body":{}}}"#).path,
        "sn_responseContent.sn_body.getVirtual"
    );
}

#[test]
fn a_cut_reply_is_an_error_at_the_path_where_it_ends() {
    let error = reply_error(200, r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":"1","#);
    assert_eq!(error.path, "sn_responseContent.sn_body.getVirtual");
    let error = reply_error(200, "<sn_responseContent><sn_body><getVirtual><orderCode>1</orderCode></get");
    assert_eq!(error.path, "sn_responseContent.sn_body.getVirtual");
}

#[test]
fn every_cut_of_a_reply_is_an_error_and_none_panics() {
    let (json, xml) = (
        json("getVirtual", r#"{"orderCode":"1","newField":[{"a":1.5}]}"#),
        xml("getVirtual", "<orderCode>1</orderCode><new a='1'><b/></new>"),
    );
    for whole in [json, xml] {
        for end in 0..whole.len() {
            reply_error(200, whole.as_bytes()[..end].to_vec());
        }
    }
}

#[test]
fn invalid_utf_8_is_an_error_in_both_formats() {
    let json =
        [br#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":""#.as_slice(), b"\xff\xfe\"}}}}"].concat();
    assert_eq!(reply_error(200, json).path, "sn_responseContent.sn_body.getVirtual.orderCode");
    let xml = [b"<sn_responseContent>".as_slice(), b"\xb2\xe9</sn_responseContent>"].concat();
    assert!(reply_error(200, xml).reason.contains("not UTF-8 at byte 20"));
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    let deep = 200_000;
    let value = format!(r#"{{"x":{}{}}}"#, "[".repeat(deep), "]".repeat(deep));
    let reply = virtual_get(&value);
    assert!(reply.extra.get("x").is_some());
    let body = xml("getVirtual", &format!("{}{}", "<x>".repeat(deep), "</x>".repeat(deep)));
    assert!(read::<VirtualGetRequest>(&body).is_err());
}

#[test]
fn an_entity_that_is_not_predefined_is_an_error() {
    let body = "<!DOCTYPE x [<!ENTITY a \"b\">]><sn_responseContent><sn_body><getVirtual><sum>&a;</sum></getVirtual></sn_body></sn_responseContent>";
    assert!(reply_error(200, body).reason.contains("undefined entity `&a;`"));
}

#[test]
fn errors_that_waiting_cannot_fix_are_not_retryable() {
    for (code, helps) in [
        ("sys.check.app-time:error", false),
        ("sys.oauth.check.access_token:overdue", false),
        ("sys.controller.api-frequency:limit", true),
        ("isp.sys.service.unavailable.moms", true),
    ] {
        let error = Error::Api(Box::new(api_error::<VirtualGetRequest>(&gateway_error(code))));
        assert_eq!(error.is_retryable(), helps, "{code}");
    }
}
