//! Reminders that arrive: `POST /internal/tick` sends those whose time has come, as push messages and mails; `/api/{user_id}/notifications…` says
//! where they go; `/api/reminders/{token}` acts on one without opening the page. Triggers of migration 0025 keep the reminders themselves.

mod act;
mod action_token;
mod delivery;
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "http_component exports the handler")]
mod entry;
mod env;
mod message;
mod notifications;
mod outcome;
mod page;
mod reminder_action;
mod routes;
mod settings;
mod store;
mod tick;
mod trial;
mod words;

pub use env::ClockEnv;
pub use routes::{BODY_LIMIT, respond};
pub use settings::ClockSettings;
