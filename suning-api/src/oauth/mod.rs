//! OAuth 2: how merchants grant access to an app, and how access tokens are refreshed.
//!
//! | step | with |
//! |---|---|
//! | send the merchant to the platform | [`State::random`], [`App::authorize_url`] |
//! | get the code from the callback | [`callback`] |
//! | exchange it for a token, and store the token | [`App::exchange`], [`TokenStore`] |
//! | make calls with it, refreshed in time | [`MerchantToken`] |
//!
//! # Examples
//! ```no_run
//! # #[cfg(feature = "http-client")]
//! # async fn run(session: std::collections::HashMap<String, String>, query: &str) -> Result<(), Box<dyn std::error::Error>> {
//! use std::sync::Arc;
//!
//! use suning_api::oauth::{self, App, FileStore, MerchantToken, State, TokenStore};
//! use suning_api::token::TokenSource;
//! use suning_api::Credentials;
//!
//! let app = App::builder(Credentials::from_env()?, "https://shop.example.com/suning").build()?;
//!
//! // When a merchant starts: keep the state in the merchant's session, and redirect to the URL.
//! let state = State::random()?;
//! let url = app.authorize_url("4519", &state);
//!
//! // When the merchant comes back to `https://shop.example.com/suning?code=…&state=…`:
//! let state = State::from_stored(&session["state"]);
//! let code = oauth::callback(query, &state)?;
//! let token = app.exchange(&code).await?;
//! let store = Arc::new(FileStore::new("/var/lib/shop/merchant-1.json"));
//! store.save(&token).await?;
//!
//! // From then on, and after each restart of the program:
//! let merchant = MerchantToken::new(app, store);
//! let token = merchant.token().await?;
//! # Ok(())
//! # }
//! ```

mod app;
mod callback;
mod error;
mod exchange;
mod file_store;
mod merchant;
mod renewal;
mod state;
mod store;
mod token;

pub use app::{App, AppBuilder, Parameters};
pub use callback::{Code, callback};
pub use error::{OAuthError, Refusal, UnreadableReply};
pub use file_store::FileStore;
pub use merchant::MerchantToken;
pub use state::State;
pub use store::{MemoryStore, StoreError, StoreFuture, TokenStore};
pub use token::Token;
