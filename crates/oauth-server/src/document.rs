//! Client-ID metadata documents (draft-ietf-oauth-client-id-metadata-document): the id of a client is the URL of a
//! document that describes it, so the client needs no registration. Any client can send any URL, so this module decides
//! which URLs may be fetched before a request is sent. It does not resolve names: a public name that leads to a private
//! address is not read because the server there has no certificate of a public authority for that name.

use origin::Origin;
use serde_json::Value;

use crate::error::OAuthError;
use crate::redirect_uri::{self, PlainHttp};
use crate::registration::ClientRegistration;

const MAX_URL: usize = 512;
/// Most bytes of a document.
const MAX_BYTES: usize = 16 * 1024;
/// Top-level names of this machine or of its local network.
const PRIVATE: [&str; 12] = [
    "local",
    "localhost",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "arpa",
    "svc",
    "onion",
];

/// Whether a client's id is the URL of a document, and not an id from a registration.
pub fn is_document_url(client_id: &str) -> bool {
    client_id.starts_with("https://") || client_id.starts_with("http://")
}

/// The hosts whose documents may be fetched.
#[derive(Debug, Clone)]
pub struct DocumentPolicy {
    /// `*`, domain names, or `*.` and a domain name.
    hosts: Vec<String>,
    /// Also those of this machine, for the development of clients.
    local: bool,
}

impl DocumentPolicy {
    /// Reads the operator's list: `*` for any public name, or names such as `claude.ai, *.example.com`; `None` if it is
    /// empty. `local` also admits this machine, without TLS. The error is the first entry that is not a name.
    pub fn parse(list: &str, local: bool) -> Result<Option<Self>, String> {
        let hosts: Vec<String> = list.split(',').map(|host| host.trim().to_ascii_lowercase()).collect();
        let hosts: Vec<String> = hosts.into_iter().filter(|host| !host.is_empty()).collect();
        let is_name = |host: &&String| *host == "*" || is_public(host.strip_prefix("*.").unwrap_or(host));
        match hosts.iter().find(|host| !is_name(host)) {
            Some(bad) => Err(bad.clone()),
            None => Ok((!hosts.is_empty()).then_some(Self { hosts, local })),
        }
    }

    /// Checks that the document at this URL may be fetched.
    pub fn admit(&self, client_id: &str) -> Result<(), OAuthError> {
        let reject = |why: &str| Err(OAuthError::invalid_client(format!("client_id {why}")));
        let Some((authority, path)) = split_url(client_id) else {
            return reject("must be an https address of plain characters with a path, and without a query");
        };
        if path.split('/').any(|segment| matches!(segment, "." | "..")) || path.contains('%') {
            return reject("must name its path as it is");
        }
        let is_local = Origin::parse(client_id).is_some_and(|origin| origin.is_local());
        match client_id.starts_with("https://") {
            _ if is_local && self.local => Ok(()),
            false => reject("must be an https address"),
            true if !is_public(authority) => reject("must be at a public domain name, on the usual port"),
            true if !self.lists(authority) => reject("is at a place that this server reads no documents from"),
            true => Ok(()),
        }
    }

    fn lists(&self, host: &str) -> bool {
        self.hosts.iter().any(|listed| match listed.strip_prefix('*') {
            Some(suffix) => host.len() > suffix.len() && host.ends_with(suffix),
            None => listed == host,
        })
    }
}

/// Authority and path of a URL that every parser reads alike.
fn split_url(url: &str) -> Option<(&str, &str)> {
    redirect_uri::scheme(url).filter(|_| url.len() <= MAX_URL && !url.contains(['?', '#', '@']))?;
    Origin::parse(url)?;
    let rest = url.split_once("://")?.1;
    let (authority, path) = rest.split_at(rest.find('/')?);
    (path.len() > 1).then_some((authority, path))
}

/// Whether a host is a lower-case name in the public DNS: no IP address, no port, no name for a search list to complete.
fn is_public(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let top = labels.last().copied().unwrap_or_default();
    let named = top.len() > 1 && top.bytes().all(|b| b.is_ascii_lowercase()) || top.starts_with("xn--");
    labels.len() > 1 && labels.iter().all(is_label) && named && !PRIVATE.contains(&top)
}

/// The client that the response from its URL describes. Until the document is known to be the client's own, the error
/// says nothing about it: the response may come from anything that this server can reach.
pub fn parse_document(url: &str, media_type: &str, body: &[u8]) -> Result<ClientRegistration, OAuthError> {
    let document: Option<Value> =
        serde_json::from_slice(body).ok().filter(|_| body.len() <= MAX_BYTES && is_json(media_type));
    let Some(Value::Object(mut members)) = document else { return Err(document_error()) };
    if members.get("client_id").is_none_or(|id| id != url) {
        return Err(document_error());
    }
    if members.contains_key("client_secret") || members.contains_key("client_secret_expires_at") {
        return Err(OAuthError::invalid_metadata("a public document must hold no secret"));
    }
    if members.entry("token_endpoint_auth_method").or_insert("none".into()) != "none" {
        return Err(OAuthError::invalid_metadata("token_endpoint_auth_method of a document must be none"));
    }
    let mut client = ClientRegistration::read_metadata(&members, PlainHttp::Loopback)?;
    url.clone_into(&mut client.client_id);
    Ok(client)
}

fn is_json(media_type: &str) -> bool {
    let essence = http_api::essence(media_type);
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The one error for a URL without a document of this client, whatever is there instead.
pub fn document_error() -> OAuthError {
    OAuthError::invalid_client("the document at client_id cannot be read, or is not about this client")
}

#[cfg(test)]
mod tests;
