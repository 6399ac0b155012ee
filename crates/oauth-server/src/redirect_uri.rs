//! Redirect URIs: which ones a client may register, and which requested ones match a registered one. They match character
//! by character; only the port of a loopback address may differ, since a program on the user's machine takes any free port.

use std::net::{Ipv4Addr, Ipv6Addr};

use origin::{LOOPBACK_NAMES, Origin};

/// Longest redirect URI that is stored.
const MAX_CHARS: usize = 2048;
/// Schemes that the browser itself handles. Any other scheme starts the program that the user's machine has for it.
const RESERVED_SCHEMES: [&str; 15] = [
    "about",
    "blob",
    "chrome",
    "data",
    "file",
    "filesystem",
    "ftp",
    "javascript",
    "mailto",
    "sms",
    "tel",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// Endings of the names that a local network gives, beside those without a dot.
const PRIVATE_ENDINGS: [&str; 4] = [".local", ".lan", ".internal", ".home.arpa"];

/// Where a redirect may go without TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    /// To this machine alone.
    Loopback,
    /// Also into the local network: the server itself is used without TLS.
    PrivateNetwork,
}

impl PlainHttp {
    /// What a server at this URL admits.
    pub(crate) fn at(server: &str) -> Self {
        if server.starts_with("http://") { Self::PrivateNetwork } else { Self::Loopback }
    }

    fn admits(self, host: &str) -> bool {
        LOOPBACK_NAMES.contains(&host) || (self == Self::PrivateNetwork && is_private(host))
    }
}

/// Checks that a client may register the address; the error says why not.
pub(crate) fn check(uri: &str, plain: PlainHttp) -> Result<(), String> {
    let Some(scheme) = scheme(uri) else { return Err("Invalid URL".to_owned()) };
    if uri.len() > MAX_CHARS {
        return Err(format!("Redirect URI must not be longer than {MAX_CHARS} characters"));
    }
    if uri.contains('#') {
        return Err("Redirect URI must not contain a fragment component".to_owned());
    }
    match scheme.as_str() {
        "https" | "http" => {
            let Some(origin) = Origin::parse(uri) else {
                return Err("Invalid URL".to_owned());
            };
            match origin.is_https() || plain.admits(host(uri)) {
                true => Ok(()),
                false => Err("Redirect URI may use http only on localhost, 127.0.0.1 or [::1]".to_owned()),
            }
        }
        reserved if RESERVED_SCHEMES.contains(&reserved) => {
            Err(format!("Redirect URI must not use the scheme {reserved}"))
        }
        _ => Ok(()),
    }
}

/// Whether `requested` is one of the registered addresses.
pub(crate) fn is_registered(registered: &[String], requested: &str, plain: PlainHttp) -> bool {
    let safe = !requested.contains('#') && check(requested, plain).is_ok();
    let portless = without_loopback_port(requested);
    let same = |known: &String| known == requested || (portless.is_some() && without_loopback_port(known) == portless);
    safe && registered.iter().any(same)
}

/// `uri?name=value…`, in the query or the fragment.
pub(crate) fn append(uri: &str, parameters: &str, fragment: bool) -> String {
    let separator = match (fragment, uri.contains('?')) {
        (true, _) => '#',
        (false, true) => '&',
        (false, false) => '?',
    };
    format!("{uri}{separator}{parameters}")
}

/// The scheme in lower case, of a URI that every parser reads alike: visible ASCII without quoting characters.
pub(crate) fn scheme(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    let plain = uri.bytes().all(|b| b.is_ascii_graphic() && !b"\\\"<>^`{|}".contains(&b));
    let well_formed = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    (plain && well_formed && !rest.is_empty()).then(|| scheme.to_ascii_lowercase())
}

/// Whether the host is one of a local network: an address that no router forwards (RFC 1918, RFC 4193), or a name that the
/// public DNS does not have.
fn is_private(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        let address = inner.strip_suffix(']').and_then(|inner| inner.parse::<Ipv6Addr>().ok());
        return address.is_some_and(|address| address.is_unique_local());
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return address.is_private();
    }
    let is_label = |label: &str| {
        label.starts_with(|c: char| c.is_ascii_lowercase())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
    };
    let name = PRIVATE_ENDINGS.iter().find_map(|ending| host.strip_suffix(ending)).unwrap_or(host);
    is_label(name) || (name.len() < host.len() && name.split('.').all(|label| !label.is_empty()))
}

/// The URI without its port, if it is http on a loopback host.
fn without_loopback_port(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("http://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let host = host(uri);
    let port = rest[..end].strip_prefix(host)?;
    let numeric = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (LOOPBACK_NAMES.contains(&host) && numeric).then(|| format!("http://{host}{}", &rest[end..]))
}

/// The host as it is written; empty if there is none.
fn host(uri: &str) -> &str {
    let authority = uri.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
    match authority.strip_prefix('[') {
        Some(inner) => inner.find(']').map_or("", |end| &authority[..end + 2]),
        None => authority.split(':').next().unwrap_or(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secure_loopback_and_private_addresses_can_be_registered() {
        for uri in [
            "https://client.example/cb?x=1",
            "http://localhost:8912/cb",
            "http://127.0.0.1/cb",
            "http://[::1]:7/",
            "cursor://anysphere.cursor-retrieval/oauth/cb",
            "com.example.app:/cb",
            "wslapp://cb",
            "vscode://vscode.github-authentication/did-authenticate",
        ] {
            assert_eq!(check(uri, PlainHttp::Loopback), Ok(()), "{uri}");
        }
    }

    #[test]
    fn addresses_that_could_lead_elsewhere_cannot_be_registered() {
        for uri in [
            "nope",
            "",
            ":x",
            "http://evil.example/cb",
            "http://localhost.evil.example/cb",
            "http://localhost@evil.example/",
            "http://127.0.0.1.evil.example/",
            "https://user@client.example/",
            "https://client.example\\@evil.example/",
            "https://client.example/cb#x",
            "https://client.example/ cb",
            "https://clïent.example/",
            "https:///x",
            "javascript:alert(1)",
            "JavaScript://localhost/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "wss://client.example/",
            "https://client.example/\r\nSet-Cookie:x",
            &format!("https://c.example/{}", "x".repeat(2048)),
        ] {
            for plain in [PlainHttp::Loopback, PlainHttp::PrivateNetwork] {
                assert!(check(uri, plain).is_err(), "{uri}");
            }
        }
    }

    #[test]
    fn a_server_without_tls_admits_the_local_network_without_tls() {
        let (http, https) = (PlainHttp::at("http://todo.local/mcp"), PlainHttp::at("https://todo.example/mcp"));
        for uri in [
            "http://192.168.1.20:3080/api/mcp/todo/oauth/callback",
            "http://10.0.0.7/cb",
            "http://172.31.255.1/cb",
            "http://[fd12:3456::1]:8080/cb",
            "http://n8n:5678/rest/oauth2-credential/callback",
            "http://n8n.local:5678/cb",
            "http://a.b.lan/cb",
            "http://svc.internal/cb",
            "http://nas.home.arpa/cb",
        ] {
            assert_eq!((check(uri, http), check(uri, https).is_err()), (Ok(()), true), "{uri}");
            let registered = [uri.to_owned()];
            assert!(is_registered(&registered, uri, http) && !is_registered(&registered, uri, https), "{uri}");
        }
        for uri in [
            "http://evil.example/cb",
            "http://evil.local.example/cb",
            "http://8.8.8.8/cb",
            "http://172.32.0.1/cb",
            "http://169.254.169.254/cb",
            "http://192.168.1.20.evil.example/cb",
            "http://0xc0a80101/cb",
            "http://3232235777/cb",
            "http://192.168.257/cb",
            "http://[2001:db8::1]/cb",
            "http://[::ffff:8.8.8.8]/cb",
            "http://evil.example%2elocal/cb",
            "http://evil.example@n8n.local/cb",
            "http://.local/cb",
            "http://evil.example./cb",
        ] {
            assert!(check(uri, http).is_err(), "{uri}");
        }
    }

    #[test]
    fn a_request_must_name_a_registered_address_exactly() {
        let registered = ["https://client.example/cb".to_owned(), "http://127.0.0.1:8912/cb".to_owned()];
        for (uri, good) in [
            ("https://client.example/cb", true),
            ("http://127.0.0.1:8912/cb", true),
            ("http://127.0.0.1:5555/cb", true),
            ("http://127.0.0.1/cb", true),
            ("https://client.example/cb/", false),
            ("https://client.example/cb?x=1", false),
            ("https://client.example:8443/cb", false),
            ("https://CLIENT.example/cb", false),
            ("http://client.example/cb", false),
            ("http://127.0.0.1:8912/other", false),
            ("http://127.0.0.1:8912/cb?x=1", false),
            ("http://127.0.0.1:8912@evil.example/cb", false),
            ("http://127.0.0.1:99999/cb", false),
            ("http://127.0.0.1:+80/cb", false),
            ("http://127.0.0.1:80:80/cb", false),
            ("http://127.1:8912/cb", false),
            ("http://2130706433:8912/cb", false),
            ("http://[::ffff:127.0.0.1]:8912/cb", false),
            ("http://127.0.0.1:8912/cb/../x", false),
            ("http://127.0.0.1:8912/%63b", false),
            ("HTTP://127.0.0.1:8912/cb", false),
            ("https://127.0.0.1:8912/cb", false),
            (" http://127.0.0.1:8912/cb", false),
            ("http://127.0.0.1:8912/cb#", false),
            ("http://localhost:8912/cb", false),
            ("", false),
        ] {
            assert_eq!(is_registered(&registered, uri, PlainHttp::Loopback), good, "{uri}");
        }
    }

    #[test]
    fn parameters_are_appended_to_those_of_the_uri() {
        assert_eq!(append("https://c.example/cb", "a=1", false), "https://c.example/cb?a=1");
        assert_eq!(append("https://c.example/cb?x=1", "a=1", false), "https://c.example/cb?x=1&a=1");
        assert_eq!(append("https://c.example/cb", "a=1", true), "https://c.example/cb#a=1");
    }
}
