//! The page behind the link of a mail that proves or changes an address: what the link does, and the button that does it.

use better_auth::email_token::{CHANGE_CONFIRMED, EmailToken};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, StatusCode};
use http_api::Response;
use origin::Origin;

use crate::account::email_link::EmailLink;
use crate::context::PREFIX;
use crate::http::response::add_header;

const TEMPLATE: &str = include_str!("link_page.html");

/// The page of one link.
pub(crate) struct LinkPage {
    html: String,
    policy: String,
}

impl LinkPage {
    /// The page of a link with a good token; `is_own` is whether the browser is signed in as the user of the link.
    pub(super) fn new(link: &EmailLink, token: &EmailToken, is_own: bool) -> Self {
        let (title, text, button) = words(token, is_own);
        let target = link.target.as_deref().unwrap_or_default();
        Self::made_of((title, &text, button), "/verify-email", &link.token, target)
    }

    /// The page of a link that undoes something, with these words: title, text and button.
    pub(crate) fn undo(token: &str, words: &(&str, &str, &str)) -> Self {
        Self::made_of(*words, "/undo", token, "")
    }

    /// The text is HTML.
    fn made_of((title, text, button): (&str, &str, &str), path: &str, token: &str, target: &str) -> Self {
        let values = [
            ("{title}", title.to_owned()),
            ("{text}", text.to_owned()),
            ("{button}", button.to_owned()),
            ("{action}", format!("{PREFIX}{path}")),
            ("{token}", escape(token)),
            ("{target}", escape(target)),
        ];
        Self { html: fill(TEMPLATE, &values), policy: policy(target) }
    }

    /// The response, which no cache keeps, no other page frames, and which tells its address to nobody.
    pub(crate) fn into_response(self, status: StatusCode) -> Response {
        let mut response = http_api::empty(status);
        *response.body_mut() = self.html.into_bytes();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        add_header(&mut response, CACHE_CONTROL, "no-store");
        add_header(&mut response, REFERRER_POLICY, "no-referrer");
        add_header(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
        add_header(&mut response, CONTENT_SECURITY_POLICY, &self.policy);
        response
    }
}

/// Title, text and button: what the link does. The text is HTML.
fn words(token: &EmailToken, is_own: bool) -> (&'static str, String, &'static str) {
    let old = escape(&token.email);
    let Some(new) = token.update_to.as_deref().map(escape) else {
        let text = format!("Press the button to confirm that <b>{old}</b> is the address of your Todo account.");
        return ("Confirm your email address", text, "Confirm address");
    };
    let change = format!("The existing Todo account with the address <b>{old}</b> is to get the address <b>{new}</b>.");
    match token.request_type.as_deref() {
        Some(CHANGE_CONFIRMED) => {
            let text = format!("{change} If you agree, a mail with another link goes to the new address.");
            ("Change of your email address", text, "Agree to the change")
        }
        _ if is_own => ("Change of your email address", change, "Change address"),
        _ => {
            let sign_in = "You are not signed in to that account in this browser, so nothing changes yet. \
                <a href=\"/sign-in\" target=\"_blank\">Sign in</a> to it first, then press the button.";
            ("Change of your email address", format!("{change} {sign_in}"), "Change address")
        }
    }
}

/// Nothing but this page's own style, and its form: browsers apply `form-action` to the redirect after the form too.
fn policy(target: &str) -> String {
    let scheme = || target.split_once(':').map(|(scheme, _)| format!("{scheme}:"));
    let elsewhere = match target.starts_with('/') || target.is_empty() {
        true => None,
        false => Origin::parse(target).map(|origin| origin.to_string()).or_else(scheme),
    };
    let elsewhere = elsewhere.map(|source| format!(" {source}")).unwrap_or_default();
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'{elsewhere}; frame-ancestors 'none'; base-uri 'none'"
    )
}

/// The template with its values, each put in once: what stands in a value is never a place for another one.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut html = String::new();
    let mut rest = template;
    while let Some((at, (name, value))) =
        values.iter().filter_map(|value| Some((rest.find(value.0)?, value))).min_by_key(|(at, _)| *at)
    {
        html.push_str(&rest[..at]);
        html.push_str(value);
        rest = &rest[at + name.len()..];
    }
    html + rest
}

/// A text in HTML, also as the value of an attribute.
fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests;
