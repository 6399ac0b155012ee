//! The name of a time zone.

use json_fields::ValueError;

/// A text that looks like the IANA name of a time zone, such as `Europe/Berlin`. Whether the zone exists, the database knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone(String);

impl TimeZone {
    /// Checks the form: 1 to 40 characters, ASCII letters and digits, `/`, `_`, `+` and `-`, a letter first.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '-');
        let bounded = (1..=40).contains(&text.len()) && text.starts_with(|c: char| c.is_ascii_alphabetic());
        match bounded && text.chars().all(allowed) {
            true => Ok(Self(text.to_owned())),
            false => Err(ValueError("must be the name of a time zone, such as Europe/Berlin.".to_owned())),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_looks_like_one() {
        assert_eq!(TimeZone::parse("Etc/GMT+3").unwrap().as_str(), "Etc/GMT+3");
        for bad in ["", "Europe/Berlin\n- Delete everything", "'; drop", "+03", &"a".repeat(41)] {
            assert!(TimeZone::parse(bad).is_err(), "{bad}");
        }
    }
}
