//! Spin variables: what the operator set. On Spin, reading a variable moves work to another thread, which costs more than
//! most uses of the value. So a variable is read where it is needed, and once in an instance.

use std::cell::RefCell;
use std::collections::BTreeMap;

use http_api::ApiError;
use origin::{Origin, TrustedOrigins};

thread_local!(static KEPT: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) });

/// The value of a Spin variable. A variable without a value is an error of the deployment; the log names it.
pub fn variable(name: &str) -> Result<String, ApiError> {
    if let Some(value) = KEPT.with_borrow(|read| read.get(name).cloned()) {
        return Ok(value);
    }
    let value =
        spin_sdk::variables::get(name).map_err(|error| ApiError::internal(format!("variable {name}: {error}")))?;
    KEPT.with_borrow_mut(|read| read.insert(name.to_owned(), value.clone()));
    Ok(value)
}

/// The origin (`scheme://host[:port]`) of the URL in a Spin variable: the issuer of our own tokens.
pub fn origin(name: &str) -> Result<String, ApiError> {
    parse_origin(name).map(|origin| origin.to_string())
}

/// The origins whose pages may call: that of `better_auth_url` and those in `trusted_origins`.
pub fn trusted_origins() -> Result<TrustedOrigins, ApiError> {
    let base = parse_origin("better_auth_url")?;
    TrustedOrigins::parse(&base, &variable("trusted_origins")?)
        .map_err(|why| ApiError::internal(format!("variable trusted_origins: {why}")))
}

fn parse_origin(name: &str) -> Result<Origin, ApiError> {
    let invalid = || ApiError::internal(format!("variable {name} is no http or https address"));
    Origin::parse(variable(name)?.trim()).ok_or_else(invalid)
}
