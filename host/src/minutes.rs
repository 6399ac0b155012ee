//! The clock of an app that has one: each minute a request to its `/internal/tick`, with the secret in the variable `clock_secret`.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_LENGTH};

use crate::config::HostConfig;
use crate::manifest::variables::VariableValue;
use crate::runtime::app::LoadedApp;

const PATH: &str = "/internal/tick";
const VARIABLE: &str = "clock_secret";
const IN_ENVIRONMENT: &str = "SPIN_VARIABLE_CLOCK_SECRET";
const MINUTE: u64 = 60_000;

/// Sends the request of each full minute.
pub struct MinuteTimer(VariableValue);

impl MinuteTimer {
    /// The timer of an app with this configuration; `None` if the variable is not set.
    pub fn new(config: &HostConfig) -> Option<Self> {
        let from_environment = || std::env::var(IN_ENVIRONMENT).ok().map(VariableValue::from);
        let secret = config.variables.get(VARIABLE).cloned().or_else(from_environment)?;
        (!secret.reveal().is_empty()).then_some(Self(secret))
    }

    /// Ticks at once, since the app may have been away, and then each minute, for ever. A tick that takes longer delays the next one.
    pub async fn run(self, app: Arc<LoadedApp>) {
        loop {
            if let Ok(request) = self.request() {
                // How it went is in the log of the component.
                app.request(request).await;
            }
            tokio::time::sleep(until_next_minute(SystemTime::now())).await;
        }
    }

    fn request(&self) -> http::Result<Request<Bytes>> {
        let request = Request::post(PATH).header(AUTHORIZATION, format!("Bearer {}", self.0.reveal()));
        request.header(CONTENT_LENGTH, 0).body(Bytes::new())
    }
}

fn until_next_minute(now: SystemTime) -> Duration {
    let elapsed = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let rest = MINUTE - u64::try_from(elapsed % u128::from(MINUTE)).unwrap_or_default();
    Duration::from_millis(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_comes_at_each_full_minute() {
        let at = |ms| until_next_minute(UNIX_EPOCH + Duration::from_millis(ms));
        assert_eq!([at(0), at(1), at(59_999)], [60_000, 59_999, 1].map(Duration::from_millis));
    }

    #[test]
    fn without_a_secret_there_is_no_timer() {
        let mut config = HostConfig::new("spin.toml");
        config.variables.insert(VARIABLE.to_owned(), "".into());
        assert!(MinuteTimer::new(&config).is_none());
        config.variables.insert(VARIABLE.to_owned(), "s".into());
        let request = MinuteTimer::new(&config).unwrap().request().unwrap();
        assert_eq!((request.uri().path(), &request.headers()[AUTHORIZATION]), (PATH, &"Bearer s".parse().unwrap()));
    }
}
