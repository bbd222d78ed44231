//! The token endpoint of the platform, which issues access tokens.

use bytes::Bytes;
use chrono::NaiveDateTime;
use http::StatusCode;

use super::accounts::{Accounts, GrantType, Issued};
use super::answer::Answer;

/// Last part of the path of a token endpoint.
const PATH: &str = "/oauth/token";

/// Whether a request is for the token endpoint.
pub(super) fn is_asked(request: &http::Request<Bytes>) -> bool {
    request.uri().path().ends_with(PATH)
}

/// The parameters of a request, from its body or its URL.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn read(request: &http::Request<Bytes>) -> Self {
        let form = if request.method() == http::Method::POST {
            request.body()
        } else {
            request.uri().query().unwrap_or_default().as_bytes()
        };
        Self::parse(form)
    }

    pub(super) fn parse(form: &[u8]) -> Self {
        Self(form_urlencoded::parse(form).into_owned().collect())
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// The app that a request names.
pub(super) fn app_key(request: &http::Request<Bytes>) -> String {
    Parameters::read(request).get("client_id").to_owned()
}

/// Issues a token, or refuses to.
pub(super) fn answer(accounts: &Accounts, request: &http::Request<Bytes>, now: NaiveDateTime) -> Answer {
    let parameters = Parameters::read(request);
    let app_key = parameters.get("client_id");
    let refused = |error: &str, reason: &str| {
        let body = serde_json::json!({ "error": error, "error_description": reason });
        Answer::json(StatusCode::BAD_REQUEST, &body, reason.to_owned())
    };
    let Some(app) = accounts.app(app_key) else { return refused("invalid_client", "unknown app key") };
    if parameters.get("client_secret") != app.app_secret() {
        return refused("invalid_client", "wrong app secret");
    }
    let by = match parameters.get("grant_type") {
        "authorization_code" => (GrantType::Code, parameters.get("code")),
        "refresh_token" => (GrantType::Refresh, parameters.get("refresh_token")),
        _ => return refused("unsupported_grant_type", "neither `authorization_code` nor `refresh_token`"),
    };
    let Some(Issued { access_token, refresh_token }) = accounts.issue(app_key, by, now) else {
        return refused("invalid_grant", "the code or refresh token is unknown, or was used before");
    };
    let body = serde_json::json!({
        "access_token": access_token,
        "refresh_token": refresh_token,
        "token_type": "bearer",
        "expires_in": accounts.lifetime.num_seconds(),
    });
    Answer::json(StatusCode::OK, &body, "issued an access token".to_owned())
}
