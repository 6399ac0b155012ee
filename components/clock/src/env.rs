//! What the host gives the component.

use db::Db;
use http_api::{Allowance, ApiError, Verifier};
use task::{SettingsStore, TaskStore};

use crate::settings::ClockSettings;

/// The response of another server, or why there is none.
pub(crate) type SentResult = Result<http::Response<Vec<u8>>, String>;

/// The host, as the router and the handlers see it.
pub struct ClockEnv<'a> {
    /// What the operator set.
    pub settings: ClockSettings<'a>,
    /// Verifies access tokens.
    pub verifier: &'a Verifier<'a>,
    /// The tasks of all users; each call names the owner.
    pub tasks: &'a dyn TaskStore,
    /// The time where users are.
    pub clocks: &'a dyn SettingsStore,
    /// Opens the database.
    pub open: &'a dyn Fn() -> Result<Db, ApiError>,
    /// Sends these requests at once and returns their results in the same order.
    pub send: &'a dyn Fn(Vec<http::Request<Vec<u8>>>) -> Vec<SentResult>,
    /// Milliseconds since the epoch.
    pub now_ms: &'a dyn Fn() -> u64,
    /// Counts a request of this user: what is left of the rate limit, or 429.
    pub admit: &'a dyn Fn(&str) -> Result<Allowance, ApiError>,
    /// The same for a test message.
    pub admit_test: &'a dyn Fn(&str) -> Result<Allowance, ApiError>,
}
