//! What the host gives the component.

use calendar_feed::CalendarFeedStore;
use http_api::{Allowance, ApiError, Request, Verifier};
use personal_token::PersonalTokenStore;
use task::{ListStore, SettingsStore, TaskStore};

/// The host, as the router and the handlers see it.
pub struct TasksEnv<'a> {
    /// Verifies access tokens.
    pub verifier: &'a Verifier<'a>,
    /// The tasks of all users; each call names the owner.
    pub store: &'a dyn TaskStore,
    /// The personal access tokens of all users; each call names the owner.
    pub tokens: &'a dyn PersonalTokenStore,
    /// The calendar feeds of all users.
    pub calendars: &'a dyn CalendarFeedStore,
    /// The lists of all users, and the order of their tasks.
    pub lists: &'a dyn ListStore,
    /// The settings of all users.
    pub settings: &'a dyn SettingsStore,
    /// Whether a change of a task must name the version it changes (`If-Match`).
    pub requires_version: &'a dyn Fn() -> Result<bool, ApiError>,
    /// Counts a request of this user: what is left of the rate limit, or 429.
    pub take_allowance: &'a dyn Fn(&str) -> Result<Allowance, ApiError>,
    /// By what a client is counted that has no user.
    pub client_subject: &'a dyn Fn(&Request) -> Result<String, ApiError>,
}
