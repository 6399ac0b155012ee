//! Which device a request comes from, as far as its headers tell.

use std::net::IpAddr;

/// Words in a `User-Agent`, and what they mean; the first that occurs counts.
const PROGRAMS: [(&str, &str); 8] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// The kind of browser and system, in words of this server's own.
pub(super) fn device_name(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&PROGRAMS), find(&SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "a program that is no browser".to_owned(),
    }
}

/// The network of an address, wide enough that a provider seldom leaves it: the first 16 bits of IPv4, 32 of IPv6.
pub(super) fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V4(address)) => {
            let [first, second, ..] = address.octets();
            format!("{first}.{second}")
        }
        Ok(IpAddr::V6(address)) => {
            let [first, second, ..] = address.segments();
            format!("{first:x}:{second:x}")
        }
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_a_name_of_few_words_and_none_of_a_clients() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1";
        for (agent, name) in [
            (chrome, "Chrome on Linux"),
            (&format!("{chrome} Edg/140.0"), "Edge on Linux"),
            (phone, "Safari on iPhone"),
            ("curl/8.0", "a program that is no browser"),
            ("<b>buy</b>", "a program that is no browser"),
        ] {
            assert_eq!(device_name(agent), name, "{agent}");
        }
    }

    #[test]
    fn a_network_is_the_first_part_of_an_address() {
        for (address, part) in [
            ("203.0.113.7", "203.0"),
            ("2001:0db8:0001:0002:0000:0000:0000:0000", "2001:db8"),
            ("", ""),
            ("unknown", ""),
        ] {
            assert_eq!(network(address), part, "{address}");
        }
    }
}
