//! Personal access tokens: credentials that a user makes for a program without a browser. The database keeps a token's hash
//! and its first characters, never the token. A token permits what its scopes say, to tasks, tools and the assistant; it
//! makes no other token and opens no setting.

mod grant;
mod new_token;
mod record;
mod secret;
mod store;
mod verify;

pub use new_token::NewPersonalToken;
pub use record::PersonalTokenRecord;
pub use secret::PersonalTokenSecret;
pub use store::{DatabaseTokenStore, PersonalTokenStore};
pub use verify::verify;
