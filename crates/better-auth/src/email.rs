//! The syntax of e-mail addresses.

use std::fmt;

/// An address as it is stored and looked up, in lower case: of valid syntax, or one that a user has already.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Longest possible address (RFC 5321: 64 + `@` + 255).
    pub const MAX_BYTES: usize = 320;
    /// Longest address of a user, in characters.
    const MAX_EXISTING: usize = 254;

    /// Better Auth's syntax: `[A-Za-z0-9_'+-]` words with single dots before the `@`, a domain of at least two
    /// labels after it, the last of letters alone. Nothing is trimmed.
    pub fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.split_once('@')?;
        let fine = text.len() <= Self::MAX_BYTES && is_local_part(local) && is_domain(domain);
        fine.then(|| Self(text.to_ascii_lowercase()))
    }

    /// An address that a user may have already, from another server or from Google: one `@` between two texts without
    /// blanks and controls, of at most 254 characters. Nothing is trimmed.
    pub fn parse_existing(text: &str) -> Option<Self> {
        let (local, domain) = text.split_once('@')?;
        let is_plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
        let is_whole = !local.is_empty() && !domain.is_empty() && !domain.contains('@');
        let fine = is_plain && is_whole && text.chars().count() <= Self::MAX_EXISTING;
        fine.then(|| Self(text.to_lowercase()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Hides the address, so that it cannot reach a log by accident.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

fn is_local_part(local: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_'+-".contains(&b));
    local.split('.').all(is_word) && !local.ends_with('\'')
}

fn is_domain(domain: &str) -> bool {
    let Some((labels, last)) = domain.rsplit_once('.') else { return false };
    let is_label = |label: &str| {
        label.starts_with(|c: char| c.is_ascii_alphanumeric())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_ascii_form = last.len() > 4 && last[..4].eq_ignore_ascii_case("xn--") && is_label(last);
    let is_top = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
    labels.split('.').all(is_label) && (is_top || is_ascii_form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_auth_accepts_these() {
        for text in [
            "a@b.co",
            "a@x-.com",
            "a+b@example.com",
            "o'brien@example.com",
            "a.b.c@d.e.fr",
            "-@a.bc",
            "_@a.bc",
            "a@b.xn--p1ai",
        ] {
            assert!(EmailAddress::parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn better_auth_rejects_these() {
        let rejected = [
            "",
            "a",
            "@",
            "a@b",
            "a@b.c",
            "a@localhost",
            "a..b@example.com",
            ".a@example.com",
            "a.@example.com",
            "a@-x.com",
            "ü@example.com",
            "a@exämple.com",
            " a@example.com",
            "a@example.com ",
            "a@1.2.3.4",
            "a@example.c0m",
            "a%b@example.com",
            "a!b@example.com",
            "a@b@example.com",
            "a'@example.com",
            "a@b..com",
            "a@.com",
            "a\0@example.com",
            "a@example.com\n",
        ];
        for text in rejected {
            assert!(EmailAddress::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn an_address_that_a_user_has_is_taken_as_it_is() {
        for text in ["first/last@exämple.com", "a@localhost", "ü@b", "a..b@c.d", &format!("{}@b.c", "a".repeat(250))]
        {
            assert_eq!(EmailAddress::parse_existing(text).unwrap().as_str(), text);
        }
        assert_eq!(EmailAddress::parse_existing("Ä@B.Co").unwrap().as_str(), "ä@b.co");
        for text in ["", "a", "@b.c", "a@", "a@b@c.d", "a b@c.d", " a@b.c", "a\u{0}@b.c", "a@b.c\n", &"a@b".repeat(90)]
        {
            assert!(EmailAddress::parse_existing(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn an_address_is_stored_in_lower_case_and_bounded() {
        assert_eq!(EmailAddress::parse("Alice@Example.COM").unwrap().as_str(), "alice@example.com");
        assert!(EmailAddress::parse(&format!("{}@b.co", "a".repeat(315))).is_some());
        assert!(EmailAddress::parse(&format!("{}@b.co", "a".repeat(316))).is_none());
    }
}
