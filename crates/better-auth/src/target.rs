//! Redirect targets. The crate `origin` decides which ones are allowed; this module builds their URLs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use origin::Origin;

/// What JavaScript's `URLSearchParams` encodes in a query.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// The target with parameters appended to its query, before its fragment.
pub fn with_parameters(target: &str, parameters: &[(&str, &str)]) -> String {
    let (address, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
    let separator = match address.find('?') {
        None => "?",
        Some(at) if at + 1 == address.len() || address.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{address}{separator}{}{fragment}", query(parameters))
}

/// Parameters as a query string.
pub fn query(parameters: &[(&str, &str)]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, FORM).to_string().replace("%20", "+");
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

/// A text as one component of a URL, like JavaScript's `encodeURIComponent`.
pub fn component(text: &str) -> String {
    utf8_percent_encode(text, crate::cookie::ENCODED).to_string()
}

/// The target with scheme and host, if it is a path.
pub fn absolute(base: &Origin, target: &str) -> String {
    if target.starts_with('/') { format!("{base}{target}") } else { target.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_go_between_the_query_and_the_fragment() {
        let added = |target| with_parameters(target, &[("error", "no way"), ("x", "a&b<")]);
        assert_eq!(added("/a"), "/a?error=no+way&x=a%26b%3C");
        assert_eq!(added("/a?b=c"), "/a?b=c&error=no+way&x=a%26b%3C");
        assert_eq!(added("/a?#top"), "/a?error=no+way&x=a%26b%3C#top");
        assert_eq!(added("https://a.b/c?d#e?f"), "https://a.b/c?d&error=no+way&x=a%26b%3C#e?f");
    }

    #[test]
    fn a_path_becomes_absolute_and_a_url_stays() {
        let base = Origin::parse("http://localhost:3000").unwrap();
        assert_eq!(absolute(&base, "/reset"), "http://localhost:3000/reset");
        assert_eq!(absolute(&base, "https://a.b/c"), "https://a.b/c");
    }

    #[test]
    fn a_component_encodes_the_characters_of_url_syntax() {
        assert_eq!(component("/reset?x=1 ü"), "%2Freset%3Fx%3D1%20%C3%BC");
    }
}
