use super::*;

fn page(token: &EmailToken, target: &str, is_own: bool) -> Response {
    let link = EmailLink { token: "a.b-c".to_owned(), target: Some(target.to_owned()) };
    LinkPage::new(&link, token, is_own).into_response(StatusCode::OK)
}

fn token(update_to: Option<&str>) -> EmailToken {
    EmailToken {
        email: "\"<i>'&\"@old.example".to_owned(),
        update_to: update_to.map(str::to_owned),
        request_type: None,
        user_id: None,
        account: None,
        change: None,
    }
}

fn text(response: &Response) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

#[test]
fn a_page_has_one_form_with_the_token_and_escapes_what_others_wrote() {
    let response = page(&token(None), "/done?x={token}&y=\"><script>", true);
    let html = text(&response);
    assert_eq!((html.matches("<form method=\"post\"").count(), html.matches("<button").count()), (1, 1));
    assert!(html.contains("name=\"token\" value=\"a.b-c\""), "{html}");
    assert!(html.contains("value=\"/done?x={token}&amp;y=&quot;&gt;&lt;script&gt;\""), "{html}");
    assert!(html.contains("&quot;&lt;i&gt;&#39;&amp;&quot;@old.example"), "{html}");
    assert!(!html.contains("<script") && !html.contains("{title}"));
}

#[test]
fn a_change_names_both_addresses_and_asks_others_to_sign_in() {
    let change = token(Some("new@example.com"));
    for (is_own, asked) in [(true, false), (false, true)] {
        let response = page(&change, "/", is_own);
        let html = text(&response);
        assert!(html.contains("@old.example") && html.contains("new@example.com") && html.contains("existing"));
        assert_eq!(html.contains("Sign in"), asked);
    }
}

#[test]
fn a_page_is_kept_by_nobody_and_its_form_may_lead_to_its_target_alone() {
    let response = page(&token(None), "/", true);
    let headers = response.headers();
    assert_eq!(
        (headers["cache-control"].to_str().unwrap(), headers["referrer-policy"].to_str().unwrap()),
        ("no-store", "no-referrer")
    );
    for (target, sources) in [
        ("/done", "form-action 'self';"),
        ("https://app.example:8443/done", "form-action 'self' https://app.example:8443;"),
        ("myapp://home", "form-action 'self' myapp:;"),
    ] {
        let policy = policy(target);
        assert!(policy.contains(sources) && policy.contains("frame-ancestors 'none'"), "{policy}");
    }
}
