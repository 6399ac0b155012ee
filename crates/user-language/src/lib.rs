//! The languages that the server itself writes, and which of them a reader prefers.

/// The language of a user interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// The default.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// The tag of the language (BCP 47), which [`Language::preferred`] reads.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language that an `Accept-Language` header prefers.
    pub fn preferred(accepted: &str) -> Self {
        let mut best = (Self::default(), 0.0);
        for range in accepted.split(',') {
            let (tag, quality) = range.split_once(';').unwrap_or((range, "q=1"));
            let quality: f32 = quality.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0);
            let language = match tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "en" | "*" => Self::English,
                "de" => Self::German,
                _ => continue,
            };
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests;
