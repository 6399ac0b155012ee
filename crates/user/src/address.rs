//! The address of a client, as it is stored with a session.

use std::net::{IpAddr, Ipv6Addr};

/// The one address in `X-Forwarded-For`. With several, nobody knows which of them is true: none. IPv6 is
/// masked to its /64 and written in full; an IPv4 address in IPv6 clothes is IPv4.
pub fn client_address(forwarded_for: &str) -> Option<String> {
    let mut given = forwarded_for.split(',').map(str::trim).filter(|text| !text.is_empty());
    let (only, None) = (given.next()?, given.next()) else { return None };
    match only.parse().ok()? {
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(address) => Some(address.to_ipv4_mapped().map_or_else(|| network(address), |v4| v4.to_string())),
    }
}

fn network(address: Ipv6Addr) -> String {
    let [a, b, c, d, ..] = address.segments();
    format!("{a:04x}:{b:04x}:{c:04x}:{d:04x}:0000:0000:0000:0000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_address_is_believed() {
        assert_eq!(client_address(" 203.0.113.7 ,").as_deref(), Some("203.0.113.7"));
        for several in ["203.0.113.7, 10.0.0.1", "", ",", "unknown", "203.0.113.7:80", "1.2.3"] {
            assert_eq!(client_address(several), None, "{several}");
        }
    }

    #[test]
    fn ipv6_is_written_in_full_and_masked() {
        let masked = "2001:0db8:0001:0002:0000:0000:0000:0000";
        assert_eq!(client_address("2001:DB8:1:2:3:4:5:6").as_deref(), Some(masked));
        assert_eq!(client_address("::ffff:192.0.2.1").as_deref(), Some("192.0.2.1"));
        assert_eq!(client_address("::ffff:c000:0201").as_deref(), Some("192.0.2.1"));
    }
}
