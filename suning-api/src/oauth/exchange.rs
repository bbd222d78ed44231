//! Requests to the token endpoint.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method, Uri};

use super::app::Settings;
use super::{App, Code, OAuthError, Parameters, Refusal, Token, UnreadableReply};
use crate::value::Value;
use crate::wire::json;

impl App {
    /// Exchanges the code of a callback for a token. A code works once.
    ///
    /// # Errors
    /// The platform refuses, does not reply, or replies with something other than a token.
    pub async fn exchange(&self, code: &Code) -> Result<Token, OAuthError> {
        self.request_token("authorization_code", ("code", code.expose())).await
    }

    /// Exchanges the refresh token for a new token. Keeps what the reply lacks, such as the refresh token.
    ///
    /// The old token may stop working, so store the new one. [`MerchantToken`](super::MerchantToken) does both.
    ///
    /// # Errors
    /// There is no refresh token, or the platform refuses, does not reply, or replies with something other than a token.
    pub async fn refresh(&self, token: &Token) -> Result<Token, OAuthError> {
        let secret = token.refresh_token.as_deref().ok_or(OAuthError::NoRefreshToken)?;
        Ok(self.request_token("refresh_token", ("refresh_token", secret)).await?.succeeding(token))
    }

    async fn request_token(&self, grant_type: &str, grant: (&str, &str)) -> Result<Token, OAuthError> {
        let Settings { credentials, redirect_uri, transport, timeout, timer, .. } = &*self.0;
        let parameters = Serializer::new(String::new())
            .append_pair("grant_type", grant_type)
            .append_pair("client_id", credentials.app_key())
            .append_pair("client_secret", credentials.app_secret())
            .append_pair("redirect_uri", redirect_uri)
            .append_pair(grant.0, grant.1)
            .finish();
        // Read the clock before sending, so that the lifetime of the token is never overestimated.
        let now = self.now();
        let reply = timer.within(*timeout, transport.send(self.request(parameters)?)).await;
        let reply = reply.and_then(|reply| reply).map_err(OAuthError::Transport)?;
        let secrets = [credentials.app_secret(), grant.1];
        let status = reply.status();
        let unreadable =
            |reason: String, raw: &Bytes| OAuthError::Reply(UnreadableReply { status, reason, raw: raw.clone() });
        let fields = parse(reply.body()).map_err(|reason| unreadable(reason, reply.body()))?;
        if let Some(token) = Token::from_reply(&fields, now).filter(|_| status.is_success()) {
            return Ok(token);
        }
        let text = |name| fields.get(name).and_then(Value::as_text).filter(|text| !text.is_empty());
        let Some(error) = text("error") else {
            return Err(unreadable("neither `access_token` nor `error`".to_owned(), reply.body()));
        };
        Err(OAuthError::Refused(Refusal {
            error: redact(error, secrets),
            description: text("error_description").map(|text| redact(text, secrets)),
            status: Some(status),
        }))
    }

    fn request(&self, parameters: String) -> Result<http::Request<Bytes>, OAuthError> {
        let Settings { token, parameters: by, .. } = &*self.0;
        let mut request = http::Request::new(Bytes::new());
        match by {
            Parameters::Form => {
                *request.method_mut() = Method::POST;
                *request.uri_mut() = token.clone();
                let form = HeaderValue::from_static("application/x-www-form-urlencoded");
                request.headers_mut().insert(CONTENT_TYPE, form);
                *request.body_mut() = parameters.into();
            }
            Parameters::Query => {
                let address = format!("{token}?{parameters}").parse::<Uri>();
                *request.uri_mut() = address.map_err(|_| OAuthError::TooLong)?;
            }
        }
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        Ok(request)
    }
}

fn parse(body: &Bytes) -> Result<Value, String> {
    let text = str::from_utf8(body).map_err(|_| "not UTF-8".to_owned())?;
    json::parse(text).map_err(|error| format!("invalid JSON: {}", error.reason))
}

/// Hides secrets: servers often repeat the refresh token or code that they refuse.
fn redact(text: &str, secrets: [&str; 2]) -> String {
    secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .fold(text.to_owned(), |text, secret| text.replace(secret, "[hidden]"))
}
