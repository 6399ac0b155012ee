//! Protection against cross-site requests: whether a request may change something, judged by the headers in which
//! browsers name the page that sent it.

use origin::{Origin, TrustedOrigins};

/// The headers of a request that name its source. Empty values count as absent.
#[derive(Debug, Clone, Default)]
pub struct RequestSource<'a> {
    /// Whether there is a `Cookie` header.
    pub has_cookies: bool,
    /// `Origin`.
    pub origin: Option<&'a str>,
    /// `Referer`.
    pub referer: Option<&'a str>,
    /// `Sec-Fetch-Site`.
    pub fetch_site: Option<&'a str>,
    /// `Sec-Fetch-Mode`.
    pub fetch_mode: Option<&'a str>,
    /// `Sec-Fetch-Dest`.
    pub fetch_dest: Option<&'a str>,
    /// The origin to which the request was sent.
    pub own: Option<Origin>,
}

/// Why a request is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsrfError {
    /// The request does not name its source.
    MissingOrigin,
    /// The page that sent it is not trusted.
    UntrustedOrigin,
    /// Another site navigates the browser to a sign-in.
    CrossSiteNavigation,
}

impl RequestSource<'_> {
    /// The rule for all methods except GET, HEAD and OPTIONS: a request with cookies must come from a trusted origin.
    pub fn check(&self, trusted: &TrustedOrigins) -> Result<(), CsrfError> {
        if self.has_cookies { self.check_origin(trusted) } else { Ok(()) }
    }

    /// The stricter rule for sign-in and sign-up, which a page could misuse even without a cookie. A request without any
    /// header of a browser (curl) passes.
    pub fn check_sign_in(&self, trusted: &TrustedOrigins) -> Result<(), CsrfError> {
        let fetch = [self.fetch_site, self.fetch_mode, self.fetch_dest];
        let from_browser = fetch.iter().flatten().any(|value| !value.trim().is_empty());
        if !self.has_cookies && self.fetch_site == Some("cross-site") && self.fetch_mode == Some("navigate") {
            return Err(CsrfError::CrossSiteNavigation);
        }
        let checked = self.has_cookies || from_browser || self.source().is_some();
        if checked { self.check_origin(trusted) } else { Ok(()) }
    }

    /// Whether a script of our own page or of a trusted one sends this. `Sec-Fetch-Mode` alone says nothing: any program
    /// can run scripts.
    pub fn is_trusted_script(&self, trusted: &TrustedOrigins) -> bool {
        let is_own = self.fetch_site == Some("same-origin") && self.fetch_mode != Some("navigate");
        is_own || self.origin.is_some_and(|origin| trusted.trusts(origin))
    }

    fn check_origin(&self, trusted: &TrustedOrigins) -> Result<(), CsrfError> {
        let opaque = self.origin == Some("null") && self.fetch_site == Some("same-origin");
        let own = self.own.as_ref().filter(|_| opaque).map(Origin::to_string);
        match own.as_deref().or(self.source()) {
            None | Some("null") => Err(CsrfError::MissingOrigin),
            Some(source) if trusted.trusts(source) => Ok(()),
            Some(_) => Err(CsrfError::UntrustedOrigin),
        }
    }

    fn source(&self) -> Option<&str> {
        self.origin.filter(|text| !text.is_empty()).or(self.referer.filter(|text| !text.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "http://localhost:3000";
    const BAD: &str = "https://evil.example";

    fn base() -> Origin {
        Origin::parse(GOOD).unwrap()
    }

    fn trusted() -> TrustedOrigins {
        TrustedOrigins::parse(&base(), "").unwrap()
    }

    fn with_cookies(origin: Option<&str>, referer: Option<&str>) -> Result<(), CsrfError> {
        RequestSource { has_cookies: true, origin, referer, ..RequestSource::default() }.check(&trusted())
    }

    #[test]
    fn without_cookies_the_origin_does_not_matter() {
        assert_eq!(RequestSource { origin: Some(BAD), ..RequestSource::default() }.check(&trusted()), Ok(()));
    }

    #[test]
    fn with_cookies_the_origin_must_be_trusted() {
        assert_eq!(with_cookies(Some(GOOD), Some(BAD)), Ok(()));
        assert_eq!(with_cookies(Some(BAD), Some(GOOD)), Err(CsrfError::UntrustedOrigin));
        assert_eq!(with_cookies(None, Some("http://localhost:3000/page")), Ok(()));
        assert_eq!(with_cookies(Some(""), Some("https://evil.example/page")), Err(CsrfError::UntrustedOrigin));
        for origin in [None, Some(""), Some("null")] {
            assert_eq!(with_cookies(origin, None), Err(CsrfError::MissingOrigin), "{origin:?}");
        }
    }

    #[test]
    fn an_opaque_origin_of_the_same_site_is_judged_by_the_host() {
        let source = |own: &str| RequestSource {
            has_cookies: true,
            origin: Some("null"),
            fetch_site: Some("same-origin"),
            own: base().with_host(own),
            ..RequestSource::default()
        };
        assert_eq!(source("localhost:3000").check(&trusted()), Ok(()));
        assert_eq!(source("evil.example").check(&trusted()), Err(CsrfError::UntrustedOrigin));
        assert_eq!(source("not a host").check(&trusted()), Err(CsrfError::MissingOrigin));
    }

    #[test]
    fn a_script_shows_whose_page_it_is_on() {
        let is_script = |fetch_site, fetch_mode, origin| {
            RequestSource { fetch_site, fetch_mode, origin, ..RequestSource::default() }.is_trusted_script(&trusted())
        };
        assert!(is_script(Some("same-origin"), Some("cors"), None));
        assert!(is_script(Some("cross-site"), Some("cors"), Some(GOOD)));
        for (site, mode, origin) in [
            (None, None, None),
            (None, Some("cors"), None),
            (Some("same-origin"), Some("navigate"), None),
            (Some("none"), Some("navigate"), None),
            (Some("cross-site"), Some("cors"), Some(BAD)),
            (None, Some("cors"), Some("null")),
        ] {
            assert!(!is_script(site, mode, origin), "{site:?} {mode:?} {origin:?}");
        }
    }

    #[test]
    fn a_sign_in_without_cookies_is_checked_if_it_comes_from_a_browser() {
        let check = |source: RequestSource<'_>| source.check_sign_in(&trusted());
        assert_eq!(check(RequestSource::default()), Ok(()));
        assert_eq!(check(RequestSource { origin: Some(GOOD), ..RequestSource::default() }), Ok(()));
        assert_eq!(
            check(RequestSource { origin: Some(BAD), ..RequestSource::default() }),
            Err(CsrfError::UntrustedOrigin)
        );
        assert_eq!(
            check(RequestSource { referer: Some(BAD), ..RequestSource::default() }),
            Err(CsrfError::UntrustedOrigin)
        );
        let fetched = RequestSource { fetch_dest: Some("empty"), ..RequestSource::default() };
        assert_eq!(check(fetched), Err(CsrfError::MissingOrigin));
        let navigated = RequestSource {
            origin: Some(GOOD),
            fetch_site: Some("cross-site"),
            fetch_mode: Some("navigate"),
            ..RequestSource::default()
        };
        assert_eq!(check(navigated.clone()), Err(CsrfError::CrossSiteNavigation));
        assert_eq!(check(RequestSource { has_cookies: true, ..navigated }), Ok(()));
    }
}
