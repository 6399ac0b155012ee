//! The stored response of a refresh. A client whose connection broke sends its used refresh token once more and gets
//! the same response again.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The response to a refresh, stored (encrypted) with the token that it used up.
#[derive(Serialize, Deserialize)]
pub struct RefreshReplay {
    /// The request.
    pub request: RefreshRequest,
    /// The body of the response.
    pub response: Value,
}

/// The parameters of a refresh. Only the same request gets the same response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefreshRequest {
    effective_scopes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    requested_resources: Option<Vec<String>>,
}

impl RefreshRequest {
    /// The request in its normal form: each list sorted and without duplicates.
    pub fn new(scopes: &[String], resources: &[String]) -> Self {
        let normalize = |values: &[String]| {
            let mut values = values.to_vec();
            values.sort_unstable();
            values.dedup();
            values
        };
        Self { effective_scopes: normalize(scopes), requested_resources: Some(normalize(resources)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_request_in_another_order_is_the_same() {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let one = RefreshRequest::new(&texts(&["b", "a"]), &texts(&["r"]));
        assert_eq!(one, RefreshRequest::new(&texts(&["a", "b", "a"]), &texts(&["r"])));
        assert_ne!(one, RefreshRequest::new(&texts(&["a"]), &texts(&["r"])));
    }
}
