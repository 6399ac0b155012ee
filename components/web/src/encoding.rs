//! Which content coding a client gets (RFC 9110 §12.5.3).

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// A content coding that we have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Brotli,
    Gzip,
    Identity,
}

/// Best first, for a client that likes several equally.
pub(crate) const PREFERENCE: [Coding; 3] = [Coding::Brotli, Coding::Gzip, Coding::Identity];

/// A weight in thousandths.
type Quality = u16;

/// What identity is worth when it is not named: acceptable, but less than anything that is.
const UNNAMED_IDENTITY: Quality = 1;

impl Coding {
    /// Its name in `Content-Encoding`; identity is not named.
    pub(crate) fn name(self) -> Option<&'static str> {
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

/// The coding this client likes best of those `available`; `None` if it accepts none of them.
pub(crate) fn negotiate(headers: &HeaderMap, available: impl Fn(Coding) -> bool) -> Option<Coding> {
    let accepted = accepted(headers);
    let mut best: Option<(Coding, Quality)> = None;
    for coding in PREFERENCE.into_iter().filter(|coding| available(*coding)) {
        let quality = quality(&accepted, coding);
        if quality > best.map_or(0, |(_, q)| q) {
            best = Some((coding, quality));
        }
    }
    best.map(|(coding, _)| coding)
}

/// The members of every `Accept-Encoding` line. What cannot be read is left out.
fn accepted(headers: &HeaderMap) -> Vec<(&str, Quality)> {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).filter_map(member).collect()
}

fn member(text: &str) -> Option<(&str, Quality)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    match parts.next() {
        None => Some((name, 1000)),
        Some(weight) => Some((name, thousandths(weight.strip_prefix("q=").or(weight.strip_prefix("Q="))?)?)),
    }
}

/// `0`, `0.5`, `1.000`: one digit and up to three more.
fn thousandths(text: &str) -> Option<Quality> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = rest.bytes().all(|b| b.is_ascii_digit()) && rest.len() <= 3;
    let fraction = format!("{rest:0<3}").parse::<Quality>().ok().filter(|_| digits)?;
    match whole {
        "0" => Some(fraction),
        "1" => (fraction == 0).then_some(1000),
        _ => None,
    }
}

fn quality(accepted: &[(&str, Quality)], coding: Coding) -> Quality {
    let worth = |wanted: &dyn Fn(&str) -> bool| accepted.iter().find(|(name, _)| wanted(name)).map(|(_, q)| *q);
    let unnamed = if coding == Coding::Identity { UNNAMED_IDENTITY } else { 0 };
    worth(&|name| coding.is_named(name)).or(worth(&|name| name == "*")).unwrap_or(unnamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> Option<Coding> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, accept.parse().unwrap());
        negotiate(&headers, |_| true)
    }

    #[test]
    fn without_the_header_the_file_is_sent_as_it_is() {
        assert_eq!(negotiate(&HeaderMap::new(), |_| true), Some(Coding::Identity));
    }

    #[test]
    fn the_highest_weight_wins_and_brotli_wins_a_tie() {
        assert_eq!(chosen("gzip, deflate, br"), Some(Coding::Brotli));
        assert_eq!(chosen("br;q=0.5, gzip;q=0.501"), Some(Coding::Gzip));
        assert_eq!(chosen("gzip;q=0.2, identity;q=0.9"), Some(Coding::Identity));
        assert_eq!(chosen("GZip ; q=1.000"), Some(Coding::Gzip));
    }

    #[test]
    fn a_star_stands_for_what_is_not_named() {
        assert_eq!(chosen("*"), Some(Coding::Brotli));
        assert_eq!(chosen("br;q=0, *"), Some(Coding::Gzip));
        assert_eq!(chosen("*;q=0, gzip"), Some(Coding::Gzip));
    }

    #[test]
    fn weight_zero_means_never() {
        assert_eq!(chosen("br;q=0, gzip;q=0"), Some(Coding::Identity));
        assert_eq!(chosen("identity;q=0, deflate"), None);
        assert_eq!(chosen("*;q=0"), None);
    }

    #[test]
    fn what_cannot_be_read_counts_for_nothing() {
        assert_eq!(chosen("br;q=x, gzip;q=2, ;;, ,"), Some(Coding::Identity));
        assert_eq!(chosen("br;q=0.1234"), Some(Coding::Identity));
    }

    #[test]
    fn a_form_that_is_not_there_is_not_chosen() {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_ENCODING, "br".parse().unwrap());
        headers.append(ACCEPT_ENCODING, "gzip".parse().unwrap());
        assert_eq!(negotiate(&headers, |coding| coding != Coding::Brotli), Some(Coding::Gzip));
    }
}
