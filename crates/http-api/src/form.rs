//! Query strings and forms (`application/x-www-form-urlencoded`), decoded.

use form_urlencoded::Parse;
use percent_encoding::percent_decode;

/// The names and values of a query string or a form. Bytes that are not UTF-8 become U+FFFD; [`is_utf8`] finds them.
pub fn form_pairs(text: &[u8]) -> Parse<'_> {
    form_urlencoded::parse(text)
}

/// Whether all names and values decode to UTF-8. The separators are ASCII, so the text can be checked as one.
pub fn is_utf8(text: &[u8]) -> bool {
    percent_decode(text).decode_utf8().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_split_and_decoded() {
        let pairs: Vec<_> = form_pairs(b"a+b=%C3%BC%26&&c&d=1=2&a+b=").collect();
        let read: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        assert_eq!(read, [("a b", "ü&"), ("c", ""), ("d", "1=2"), ("a b", "")]);
    }

    #[test]
    fn text_that_is_not_utf8_is_found_even_where_it_spans_a_separator() {
        for good in ["a=%C3%BC", "a=%EF%BF%BD", "ü=1", "a=%", "a=%zz"] {
            assert!(is_utf8(good.as_bytes()), "{good}");
        }
        for bad in [b"a=%ff".as_slice(), b"a=%C3&b=%BC", b"a=%C3+%BC", b"a=\xff"] {
            assert!(!is_utf8(bad), "{bad:?}");
        }
    }
}
