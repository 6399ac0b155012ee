//! What a user may still do, as responses say it (draft-ietf-httpapi-ratelimit-headers-11).

use http::StatusCode;
use http::header::{HeaderName, HeaderValue, RETRY_AFTER};

use crate::error::ApiError;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// A limit and what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// What is limited, in one word.
    pub name: &'static str,
    /// How many calls a window allows; 0 for any number.
    pub limit: u32,
    /// The window in seconds.
    pub window: u32,
    /// How many calls are left.
    pub remaining: u32,
    /// In how many seconds all calls are available again; or some of them, if nothing remains.
    pub resets_in: u32,
}

impl Allowance {
    fn headers(&self) -> [(HeaderName, String); 2] {
        let Self { name, limit, window, remaining, resets_in } = self;
        [
            (POLICY, format!("\"{name}\";q={limit};w={window}")),
            (LIMIT, format!("\"{name}\";r={remaining};t={resets_in}")),
        ]
    }

    /// Adds the RateLimit headers to a response.
    pub fn show<T>(&self, response: &mut http::Response<T>) {
        for (name, value) in self.headers().into_iter().filter(|_| self.limit > 0) {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
    }
}

impl ApiError {
    /// 429: nothing is left of the allowance.
    pub fn rate_limited(allowance: &Allowance) -> Self {
        let Allowance { limit, window, resets_in, .. } = allowance;
        let seconds = |n: &u32| if *n == 1 { "1 second".to_owned() } else { format!("{n} seconds") };
        let allowed = if *limit == 1 { "1 is".to_owned() } else { format!("{limit} are") };
        let (window, later) = (seconds(window), seconds(resets_in));
        let detail = format!("Too many requests: {allowed} allowed in {window}. Try again in {later}.");
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail);
        let error = allowance.headers().into_iter().fold(error, |error, (name, value)| error.with(name, value));
        error.with(RETRY_AFTER, resets_in.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::Response;

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let used_up = Allowance { name: "chat", limit: 20, window: 300, remaining: 0, resets_in: 30 };
        let response = ApiError::rate_limited(&used_up).into_response();
        let header = |name: &str| response.headers()[name].to_str().unwrap();
        assert_eq!((response.status().as_u16(), header("retry-after")), (429, "30"));
        assert_eq!(header("ratelimit-policy"), "\"chat\";q=20;w=300");
        assert_eq!(header("ratelimit"), "\"chat\";r=0;t=30");
    }

    #[test]
    fn one_is_not_many() {
        let allowance = |limit, window, resets_in| Allowance { name: "chat", limit, window, remaining: 0, resets_in };
        let said = |allowance| ApiError::rate_limited(&allowance).detail;
        assert_eq!(
            said(allowance(20, 300, 1)),
            "Too many requests: 20 are allowed in 300 seconds. Try again in 1 second."
        );
        assert_eq!(said(allowance(1, 1, 30)), "Too many requests: 1 is allowed in 1 second. Try again in 30 seconds.");
    }

    #[test]
    fn without_a_limit_nothing_is_told() {
        let mut response = Response::default();
        Allowance { name: "chat", limit: 0, window: 300, remaining: 0, resets_in: 0 }.show(&mut response);
        assert!(response.headers().is_empty());
    }
}
