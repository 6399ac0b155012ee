//! The IP address of a client, as sessions store it and rate limits count it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The client's address. `hops` is the number of proxies in front of this server; each appends the address of its peer to
/// `X-Forwarded-For`. With `n` proxies the client is the `n`-th entry from the end: a client can forge every entry before
/// it. An entry may have a port and brackets. Without a proxy the client is the connection's peer, and the header is ignored. IPv6 is masked to its /64 and
/// written in full; an IPv4-mapped IPv6 address is written as IPv4.
pub fn client_address(hops: u8, forwarded_for: Option<&str>, connection: Option<&str>) -> Option<String> {
    let address = match hops {
        0 => parse(connection?)?,
        _ => {
            let mut entries = forwarded_for?.rsplit(',').map(str::trim).filter(|entry| !entry.is_empty());
            parse(entries.nth(usize::from(hops) - 1)?)?
        }
    };
    Some(match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or_else(|| masked(address), |v4| v4.to_string()),
    })
}

/// An IPv4 or IPv6 address with or without a port, IPv6 with or without brackets. What could be an address without a port
/// is one.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = || text.parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    let before_port = || {
        let (address, port) = text.rsplit_once(':')?;
        port.parse::<u16>().ok().and_then(|_| address.parse::<Ipv6Addr>().ok()).map(IpAddr::V6)
    };
    bare().or_else(with_port).or_else(in_brackets).or_else(before_port)
}

fn masked(address: Ipv6Addr) -> String {
    let [a, b, c, d, ..] = address.segments();
    format!("{a:04x}:{b:04x}:{c:04x}:{d:04x}:0000:0000:0000:0000")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(hops: u8, forwarded_for: &str) -> Option<String> {
        client_address(hops, Some(forwarded_for), Some("10.0.0.9:4711"))
    }

    #[test]
    fn entries_of_proxies_count_and_those_of_the_client_do_not() {
        assert_eq!(behind(1, " 203.0.113.7 ,").as_deref(), Some("203.0.113.7"));
        assert_eq!(behind(1, "198.51.100.1, 203.0.113.7").as_deref(), Some("203.0.113.7"), "the first one is forged");
        assert_eq!(behind(2, "198.51.100.1, 203.0.113.7, 10.0.0.1").as_deref(), Some("203.0.113.7"));
        for unknown in ["", ",", "unknown", "203.0.113.7:", "203.0.113.7:70000", "[203.0.113.7]", "[::1", "1.2.3"] {
            assert_eq!(behind(1, unknown), None, "{unknown}");
        }
        assert_eq!(behind(2, "203.0.113.7"), None, "the request went around the first proxy");
        assert_eq!(client_address(1, None, Some("10.0.0.9:4711")), None);
    }

    #[test]
    fn a_port_and_brackets_do_not_count() {
        for entry in ["203.0.113.7:80", "203.0.113.7:5123", "::ffff:203.0.113.7", "[::ffff:203.0.113.7]:80"] {
            assert_eq!(behind(1, entry).as_deref(), Some("203.0.113.7"), "{entry}");
        }
        let full = "2001:db8:1:2:3:4:5:6";
        let masked = masked(full.parse().unwrap());
        for entry in [full.to_owned(), format!("[{full}]"), format!("[{full}]:443"), format!("{full}:443")] {
            assert_eq!(behind(1, &entry).as_ref(), Some(&masked), "{entry}");
        }
        assert_eq!(behind(1, "[2001:db8::1]"), behind(1, "2001:db8::1"));
    }

    #[test]
    fn without_a_proxy_the_header_is_ignored() {
        assert_eq!(behind(0, "203.0.113.7").as_deref(), Some("10.0.0.9"));
        assert_eq!(
            client_address(0, None, Some("[2001:db8::1]:80")).as_deref(),
            Some(&*masked("2001:db8::".parse().unwrap()))
        );
        assert_eq!(client_address(0, None, Some("10.0.0.9")).as_deref(), Some("10.0.0.9"));
        assert_eq!(client_address(0, Some("203.0.113.7"), None), None);
    }

    #[test]
    fn ipv6_is_written_in_full_and_masked() {
        let masked = "2001:0db8:0001:0002:0000:0000:0000:0000";
        assert_eq!(behind(1, "2001:DB8:1:2:3:4:5:6").as_deref(), Some(masked));
        assert_eq!(behind(1, "::ffff:192.0.2.1").as_deref(), Some("192.0.2.1"));
        assert_eq!(behind(1, "::ffff:c000:0201").as_deref(), Some("192.0.2.1"));
    }
}
