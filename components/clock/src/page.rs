//! The small pages behind the links of a mail: a question with one button, and what came of it.

use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, StatusCode};
use http_api::Response;
use user_language::Language;

use crate::reminder_action::ReminderAction;
use crate::words;

/// The page that asks whether to act. Its form goes to the address of the page.
pub(crate) fn question(action: ReminderAction, language: Language) -> Response {
    let (question, name) = (words::action_question(action, language), words::action_name(action, language));
    let value = action.as_str();
    let form = format!(
        "<p>{question}</p>\n<form method=\"post\">\n<button type=\"submit\" name=\"action\" value=\"{value}\">{name}</button>\n</form>"
    );
    response(StatusCode::OK, &form, language)
}

/// A page that says one thing.
pub(crate) fn message(status: StatusCode, text: &str, language: Language) -> Response {
    response(status, &format!("<p>{}</p>", escape(text)), language)
}

/// The response, which no cache keeps, no other page frames, and which tells its address to nobody.
fn response(status: StatusCode, content: &str, language: Language) -> Response {
    let html = include_str!("page.html").replace("{language}", language.tag()).replace("{content}", content);
    let mut response = http_api::empty(status);
    *response.body_mut() = html.into_bytes();
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A text in HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_text_and_a_page_frames_nothing() {
        let page = message(StatusCode::OK, "Done: <script>alert(1)</script> & \"x\".", Language::English);
        let html = String::from_utf8(page.body().clone()).unwrap();
        assert!(html.contains("Done: &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;."), "{html}");
        assert!(!html.contains("<script"));
        assert_eq!(page.headers()["cache-control"], "no-store");
    }

    #[test]
    fn a_question_has_one_button_that_posts() {
        let html = String::from_utf8(question(ReminderAction::Snooze, Language::German).into_body()).unwrap();
        assert_eq!((html.matches("<form method=\"post\">").count(), html.matches("<button").count()), (1, 1));
        assert!(html.contains("value=\"snooze\">In 10 Minuten</button>") && html.contains("lang=\"de\""), "{html}");
    }
}
