//! The content coding of a response (RFC 9110 §12.5.3).

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// A content coding that responses have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentCoding {
    /// Brotli (RFC 7932).
    Brotli,
    /// gzip (RFC 1952).
    Gzip,
    /// None.
    Identity,
}

/// The best coding first, for a client that weights several equally.
const PREFERENCE: [ContentCoding; 3] = [ContentCoding::Brotli, ContentCoding::Gzip, ContentCoding::Identity];

/// A weight in thousandths.
type Weight = u16;

/// The weight of identity if it is not named: acceptable, but less than any coding that is named.
const UNNAMED_IDENTITY: Weight = 1;

impl ContentCoding {
    /// The coding that the client weights highest of those `available`; `None` if it accepts none of them.
    pub fn negotiate(headers: &HeaderMap, available: impl Fn(Self) -> bool) -> Option<Self> {
        let accepted = accepted(headers);
        let mut best: Option<(Self, Weight)> = None;
        for coding in PREFERENCE.into_iter().filter(|coding| available(*coding)) {
            let quality = quality(&accepted, coding);
            if quality > best.map_or(0, |(_, q)| q) {
                best = Some((coding, quality));
            }
        }
        best.map(|(coding, _)| coding)
    }

    /// The name in `Content-Encoding`; identity has none.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    fn is_named(self, token: &str) -> bool {
        match self {
            Self::Brotli => token.eq_ignore_ascii_case("br"),
            Self::Gzip => token.eq_ignore_ascii_case("gzip") || token.eq_ignore_ascii_case("x-gzip"),
            Self::Identity => token.eq_ignore_ascii_case("identity"),
        }
    }
}

/// The members of every `Accept-Encoding` line. A member that cannot be read is left out.
fn accepted(headers: &HeaderMap) -> Vec<(&str, Weight)> {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).filter_map(member).collect()
}

fn member(text: &str) -> Option<(&str, Weight)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    match parts.next() {
        None => Some((name, 1000)),
        Some(weight) => Some((name, thousandths(weight.strip_prefix("q=").or(weight.strip_prefix("Q="))?)?)),
    }
}

/// `0`, `0.5`, `1.000`: one digit and up to three more.
fn thousandths(text: &str) -> Option<Weight> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = rest.bytes().all(|b| b.is_ascii_digit()) && rest.len() <= 3;
    let fraction = format!("{rest:0<3}").parse::<Weight>().ok().filter(|_| digits)?;
    match whole {
        "0" => Some(fraction),
        "1" => (fraction == 0).then_some(1000),
        _ => None,
    }
}

fn quality(accepted: &[(&str, Weight)], coding: ContentCoding) -> Weight {
    let weight = |matches: &dyn Fn(&str) -> bool| accepted.iter().find(|(name, _)| matches(name)).map(|(_, q)| *q);
    let unnamed = if coding == ContentCoding::Identity { UNNAMED_IDENTITY } else { 0 };
    weight(&|name| coding.is_named(name)).or(weight(&|name| name == "*")).unwrap_or(unnamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> Option<ContentCoding> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, accept.parse().unwrap());
        ContentCoding::negotiate(&headers, |_| true)
    }

    #[test]
    fn without_the_header_the_file_is_sent_as_it_is() {
        assert_eq!(ContentCoding::negotiate(&HeaderMap::new(), |_| true), Some(ContentCoding::Identity));
    }

    #[test]
    fn the_highest_weight_wins_and_brotli_wins_a_tie() {
        assert_eq!(chosen("gzip, deflate, br"), Some(ContentCoding::Brotli));
        assert_eq!(chosen("br;q=0.5, gzip;q=0.501"), Some(ContentCoding::Gzip));
        assert_eq!(chosen("gzip;q=0.2, identity;q=0.9"), Some(ContentCoding::Identity));
        assert_eq!(chosen("GZip ; q=1.000"), Some(ContentCoding::Gzip));
    }

    #[test]
    fn a_star_stands_for_what_is_not_named() {
        assert_eq!(chosen("*"), Some(ContentCoding::Brotli));
        assert_eq!(chosen("br;q=0, *"), Some(ContentCoding::Gzip));
        assert_eq!(chosen("*;q=0, gzip"), Some(ContentCoding::Gzip));
    }

    #[test]
    fn weight_zero_means_never() {
        assert_eq!(chosen("br;q=0, gzip;q=0"), Some(ContentCoding::Identity));
        assert_eq!(chosen("identity;q=0, deflate"), None);
        assert_eq!(chosen("*;q=0"), None);
    }

    #[test]
    fn what_cannot_be_read_counts_for_nothing() {
        assert_eq!(chosen("br;q=x, gzip;q=2, ;;, ,"), Some(ContentCoding::Identity));
        assert_eq!(chosen("br;q=0.1234"), Some(ContentCoding::Identity));
    }

    #[test]
    fn a_form_that_is_not_there_is_not_chosen() {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_ENCODING, "br".parse().unwrap());
        headers.append(ACCEPT_ENCODING, "gzip".parse().unwrap());
        assert_eq!(
            ContentCoding::negotiate(&headers, |coding| coding != ContentCoding::Brotli),
            Some(ContentCoding::Gzip)
        );
    }
}
