//! The parameters of a query string.

use crate::error::ApiError;
use crate::form::{form_pairs, is_utf8};
use crate::request::Request;

/// The parameters of a query string: known ones, each at most once unless it may be repeated.
#[derive(Debug, Default)]
pub struct QueryParams(Vec<(String, String)>);

impl QueryParams {
    /// Parses the request's query. A parameter that is unknown, repeated or not UTF-8 is a 400 that names it.
    pub fn parse(request: &Request, allowed: &[&str]) -> Result<Self, ApiError> {
        Self::parse_repeated(request, allowed, &[])
    }

    /// The same, with parameters that may be given more than once.
    pub fn parse_repeated(request: &Request, allowed: &[&str], repeatable: &[&str]) -> Result<Self, ApiError> {
        let query = request.uri().query().unwrap_or_default().as_bytes();
        if !is_utf8(query) {
            return Err(ApiError::malformed("The query string is not UTF-8 text."));
        }
        let mut seen: Vec<(String, String)> = Vec::new();
        for (name, value) in form_pairs(query) {
            if !allowed.contains(&name.as_ref()) {
                let known = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
                return Err(ApiError::malformed(format!("Unknown query parameter {name:?}; known here: {known}.")));
            }
            if !repeatable.contains(&name.as_ref()) && seen.iter().any(|(other, _)| *other == name) {
                return Err(ApiError::malformed(format!("Query parameter {name:?} is given more than once.")));
            }
            seen.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(seen))
    }

    /// The decoded value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs().find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// All names and values in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::RequestBody;

    #[test]
    fn unknown_repeated_and_broken_parameters_are_refused() {
        let parse = |query: &str| {
            let uri = format!("/x?{query}");
            let request = http::Request::builder().uri(uri).body(RequestBody::Complete(Vec::new())).unwrap();
            QueryParams::parse(&request, &["status"]).map(|q| q.get("status").map(str::to_owned))
        };
        assert_eq!(parse("status=a+b%21").unwrap().as_deref(), Some("a b!"));
        assert_eq!(parse("").unwrap(), None);
        for bad in ["colour=red", "status=a&status=b", "status=%ff"] {
            assert_eq!(parse(bad).unwrap_err().status, 400, "{bad}");
        }
        let request = http::Request::builder().uri("/x?tag=a&tag=b").body(RequestBody::Complete(Vec::new())).unwrap();
        let tags = QueryParams::parse_repeated(&request, &["tag"], &["tag"]).unwrap();
        assert_eq!(tags.pairs().collect::<Vec<_>>(), [("tag", "a"), ("tag", "b")]);
    }
}
