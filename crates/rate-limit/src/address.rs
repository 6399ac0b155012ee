//! Who calls without saying who it is.

use better_auth::address::client_address;
use http_api::{ApiError, Request};

/// The subject by which calls of a client are counted that has no user: its address. Clients without an address share one.
pub fn address_subject(request: &Request) -> Result<String, ApiError> {
    let hops = spin_host::variable("client_address_hops")?;
    let hops = hops.trim().parse().map_err(|_| ApiError::internal("variable client_address_hops is not a number"))?;
    let header = |name: &str| http_api::header(request, name);
    let address = client_address(hops, header("x-forwarded-for"), header("spin-client-addr"));
    Ok(format!("address:{}", address.unwrap_or_default()))
}
