//! What goes through a mail: forgotten passwords, proofs and changes of an address, deletion.

use anyhow::{Context, Result};
use form_urlencoded::Serializer;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use tests::{PASSWORD, TestApp, TestUser};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const NEW: &str = "another good password";
const OUTBOX: [(&str, &str); 1] = [("development_mail", "true")];

/// The last mail of a type.
pub(crate) async fn mail(app: &TestApp, kind: &str) -> Result<Value> {
    let mails: Value = app.get("/api/auth/outbox").send().await?.json().await?;
    let last = mails.as_array().context("no outbox")?.iter().rfind(|mail| mail["type"] == kind);
    last.cloned().with_context(|| format!("no mail {kind} in {mails}"))
}

/// Follows the link of a mail, with a session's cookie or without.
async fn follow(app: &TestApp, mail: &Value, user: Option<&TestUser<'_>>) -> Result<Response> {
    let url = mail["url"].as_str().context("url")?;
    let request = app.get(url.strip_prefix(&app.base).context("the link leads elsewhere")?);
    let request = user.into_iter().fold(request, |request, user| request.header("cookie", &user.cookie));
    Ok(request.send().await?)
}

/// Presses the button of the page behind a link, with a session's cookie or without.
pub(crate) fn button(app: &TestApp, mail: &Value) -> Result<RequestBuilder> {
    let url = reqwest::Url::parse(mail["url"].as_str().context("url")?)?;
    let form: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let body = Serializer::new(String::new()).extend_pairs(form).finish();
    let request = app.request("POST", url.path()).header("content-type", "application/x-www-form-urlencoded");
    Ok(request.header("origin", &app.base).body(body))
}

async fn press(app: &TestApp, mail: &Value, user: Option<&TestUser<'_>>) -> Result<Response> {
    let request = button(app, mail)?;
    let request = user.into_iter().fold(request, |request, user| request.header("cookie", &user.cookie));
    Ok(request.send().await?)
}

/// Checks that a link shows its page and does nothing else; the page.
async fn shows_a_page(app: &TestApp, mail: &Value, user: Option<&TestUser<'_>>) -> Result<String> {
    let page = follow(app, mail, user).await?;
    assert_eq!(page.status(), 200);
    let headers = page.headers();
    assert!(!headers.contains_key("set-cookie"));
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert!(headers["content-security-policy"].to_str()?.contains("frame-ancestors 'none'"));
    let html = page.text().await?;
    assert_eq!((html.matches("<form method=\"post\"").count(), html.matches("<button").count()), (1, 1), "{html}");
    Ok(html)
}

fn location(response: &Response) -> &str {
    response.headers()["location"].to_str().unwrap()
}

async fn email_of(user: &TestUser<'_>) -> Result<(String, bool)> {
    let session: Value = user.auth("GET", "/get-session").send().await?.json().await?;
    let user = &session["user"];
    Ok((user["email"].as_str().context("email")?.to_owned(), user["emailVerified"] == true))
}

async fn reset(app: &TestApp, token: &Value, password: &str) -> Result<(u16, Value)> {
    let response =
        app.post("/api/auth/reset-password", &json!({"newPassword": password, "token": token})).send().await?;
    Ok((response.status().as_u16(), response.json().await?))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_once_by_the_link_in_a_mail() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let ann = app.sign_up("Ann").await?;
    let ask = |email: &str| {
        app.post("/api/auth/request-password-reset", &json!({"email": email, "redirectTo": "/reset"})).send()
    };
    let known = ask("ANN@example.com").await?.text().await?;
    assert_eq!(ask("nobody@example.com").await?.text().await?, known, "nobody learns who has an account");

    let mail = mail(&app, "reset-password").await?;
    assert_eq!(mail["to"], ann.email);
    let page = follow(&app, &mail, None).await?;
    assert_eq!(page.status(), 302);
    assert_eq!(location(&page), format!("{}/reset?token={}", app.base, mail["token"].as_str().unwrap()));
    let bad = app.get("/api/auth/reset-password/nope?callbackURL=/reset?a=b").send().await?;
    assert_eq!(location(&bad), format!("{}/reset?a=b&error=INVALID_TOKEN", app.base));

    assert_eq!(reset(&app, &mail["token"], "short").await?.1["code"], "PASSWORD_TOO_SHORT");
    assert_eq!(reset(&app, &mail["token"], NEW).await?, (200, json!({"status": true})));
    assert_eq!(reset(&app, &mail["token"], PASSWORD).await?.1["code"], "INVALID_TOKEN", "a token is good once");
    assert!(ann.sign_in().await.is_err());
    let sign_in = app.post("/api/auth/sign-in/email", &json!({"email": ann.email, "password": NEW})).send().await?;
    assert_eq!(sign_in.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_uses_of_one_token_at_once_one_counts() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let ann = app.sign_up("Ann").await?;
    app.post("/api/auth/request-password-reset", &json!({"email": ann.email})).send().await?;
    let token = &mail(&app, "reset-password").await?["token"];
    let (a, b, c) = tokio::join!(
        reset(&app, token, "password a"),
        reset(&app, token, "password b"),
        reset(&app, token, "password c")
    );
    let mut statuses = [a?.0, b?.0, c?.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_proved_and_changed_by_links() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let send = json!({"email": ann.email, "callbackURL": "/verified"});
    ann.auth("POST", "/send-verification-email").json(&send).send().await?;
    let proof = mail(&app, "verify-email").await?;
    assert!(shows_a_page(&app, &proof, None).await?.contains(&ann.email));
    shows_a_page(&app, &proof, Some(&bob)).await?;
    assert_eq!(email_of(&ann).await?, (ann.email.clone(), false), "a GET by anybody proves nothing");
    let pressed = press(&app, &proof, None).await?;
    assert_eq!((pressed.status().as_u16(), location(&pressed)), (303, "/verified"));
    assert!(!pressed.headers().contains_key("set-cookie"), "it signs nobody in");
    assert_eq!(email_of(&ann).await?, (ann.email.clone(), true));

    let change = json!({"newEmail": "Ann2@example.com", "callbackURL": "/changed"});
    ann.auth("POST", "/change-email").json(&change).send().await?;
    let confirm = mail(&app, "change-email-confirm").await?;
    assert_eq!((&confirm["to"], &confirm["newEmail"]), (&json!(ann.email), &json!("ann2@example.com")));
    let html = shows_a_page(&app, &confirm, Some(&ann)).await?;
    assert!(html.contains(&ann.email) && html.contains("ann2@example.com"), "{html}");
    assert!(mail(&app, "change-email-verify").await.is_err(), "no mail before the button");
    assert_eq!(press(&app, &confirm, None).await?.status(), 303, "the first step needs no session");
    let second = mail(&app, "change-email-verify").await?;
    assert_eq!(second["to"], "ann2@example.com");
    for user in [None, Some(&bob)] {
        assert!(shows_a_page(&app, &second, user).await?.contains("Sign in"));
        let pressed = press(&app, &second, user).await?;
        assert_eq!(pressed.status(), 401);
        assert!(pressed.text().await?.contains("Sign in"));
    }
    shows_a_page(&app, &second, Some(&ann)).await?;
    assert_eq!(email_of(&ann).await?.0, ann.email, "not before the new address is proved");
    press(&app, &second, Some(&ann)).await?;
    assert_eq!(email_of(&ann).await?, ("ann2@example.com".to_owned(), true));
    let again = press(&app, &second, Some(&ann)).await?;
    assert_eq!(location(&again), "/changed?error=INVALID_TOKEN", "a link is good once");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_is_not_told_and_not_taken_over() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let change = |email: &str| ann.auth("POST", "/change-email").json(&json!({"newEmail": email})).send();
    assert_eq!(change(&bob.email).await?.json::<Value>().await?, json!({"status": true}));
    assert_eq!(app.get("/api/auth/outbox").send().await?.json::<Value>().await?, json!([]));
    change("free@example.com").await?;
    let link = mail(&app, "change-email-verify").await?;
    let body = json!({"name": "Eve", "email": "free@example.com", "password": PASSWORD});
    app.post("/api/auth/sign-up/email", &body).send().await?;
    let late = press(&app, &link, Some(&ann)).await?;
    assert_eq!(location(&late), "/?error=USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL");
    assert_eq!(email_of(&ann).await?.0, ann.email);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_an_address_must_be_proved_nobody_signs_in_before() -> Result<()> {
    let app = TestApp::with(&[OUTBOX[0], ("require_email_verification", "true")]).await?;
    let account = json!({"name": "Ann", "email": "ann@example.com", "password": PASSWORD});
    let sign_up = || app.post("/api/auth/sign-up/email", &account).send();
    let (first, again): (Value, Value) = (sign_up().await?.json().await?, sign_up().await?.json().await?);
    assert!(first["token"].is_null() && again["token"].is_null());
    let keys = |body: &Value| body["user"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&first), keys(&again), "nobody learns that the address is taken");
    assert_ne!(first["user"]["id"], again["user"]["id"]);

    let sign_in = || app.post("/api/auth/sign-in/email", &account).send();
    let early = sign_in().await?;
    assert_eq!(
        (early.status().as_u16(), early.json::<Value>().await?["code"].clone()),
        (403, json!("EMAIL_NOT_VERIFIED"))
    );
    shows_a_page(&app, &mail(&app, "verify-email").await?, None).await?;
    assert_eq!(sign_in().await?.status(), 403);
    let pressed = press(&app, &mail(&app, "verify-email").await?, None).await?;
    assert!(pressed.headers()["set-cookie"].to_str()?.contains("session_token="), "the button signs in");
    assert_eq!(sign_in().await?.status(), 200);
    let twice = press(&app, &mail(&app, "verify-email").await?, None).await?;
    assert!(!twice.headers().contains_key("set-cookie"), "a link signs in once");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_can_ask_for_a_mail_before_it_is_deleted() -> Result<()> {
    let app = TestApp::with(&[OUTBOX[0], ("delete_user", "confirm")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let asked = ann.auth("POST", "/delete-user").json(&json!({"callbackURL": "/bye"})).send().await?;
    assert_eq!(asked.json::<Value>().await?["message"], "Verification email sent");
    let link = mail(&app, "delete-account").await?;
    assert_eq!(follow(&app, &link, None).await?.status(), 404, "nobody is signed in there");
    assert_eq!(follow(&app, &link, Some(&bob)).await?.status(), 404, "the link is not Bob's");
    let gone = follow(&app, &link, Some(&ann)).await?;
    assert_eq!((gone.status().as_u16(), location(&gone)), (302, "/bye"));
    assert!(ann.sign_in().await.is_err() && bob.sign_in().await.is_ok());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_mails_the_features_are_off_and_there_is_no_outbox() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (path, body, code) in [
        ("/request-password-reset", json!({"email": ann.email}), "RESET_PASSWORD_DISABLED"),
        ("/send-verification-email", json!({"email": ann.email}), "VERIFICATION_EMAIL_NOT_ENABLED"),
        ("/change-email", json!({"newEmail": "b@example.com"}), "CHANGE_EMAIL_DISABLED"),
    ] {
        let response = ann.auth("POST", path).json(&body).send().await?;
        assert_eq!((response.status().as_u16(), response.json::<Value>().await?["code"].clone()), (400, json!(code)));
    }
    for (method, path) in [("POST", "/delete-user"), ("GET", "/delete-user/callback?token=x"), ("GET", "/outbox")] {
        let request = ann.auth(method, path);
        let request = if method == "POST" { request.json(&json!({})) } else { request };
        assert_eq!(request.send().await?.status(), 404, "{path}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_outbox_is_open_under_names_of_this_machine_alone() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let read = |host: &str| {
        app.get("/api/auth/outbox").header("host", host).header("x-forwarded-host", "localhost:3000").send()
    };
    for (host, status) in [("localhost:3000", 200), ("[::1]:3000", 200), ("rebind.evil.example:3000", 404)] {
        assert_eq!(read(host).await?.status(), status, "{host}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_go_through_an_api_and_its_failure_changes_no_answer() -> Result<()> {
    let api = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/emails"))
        .and(header("authorization", "Bearer mail-key"))
        .respond_with(ResponseTemplate::new(200))
        .up_to_n_times(1)
        .mount(&api)
        .await;
    Mock::given(path("/emails")).respond_with(ResponseTemplate::new(500)).with_priority(9).mount(&api).await;
    let app = TestApp::with(&[
        ("mail_api_origin", api.uri().as_str()),
        ("mail_api_key", "mail-key"),
        ("mail_from", "Todo <todo@example.com>"),
    ])
    .await?;
    let ann = app.sign_up("Ann").await?;
    for _ in 0..2 {
        let asked = app.post("/api/auth/request-password-reset", &json!({"email": ann.email})).send().await?;
        assert_eq!(asked.status(), 200);
    }
    let requests = loop {
        let requests = api.received_requests().await.context("recorded")?;
        if requests.len() == 2 {
            break requests;
        }
        tokio::task::yield_now().await;
    };
    let sent: Value = requests[0].body_json()?;
    assert_eq!((&sent["from"], &sent["to"]), (&json!("Todo <todo@example.com>"), &json!([ann.email])));
    let text = sent["text"].as_str().context("text")?;
    assert!(text.contains(&format!("{}/api/auth/reset-password/", app.base)), "{text}");
    assert!(!text.contains("Ann"), "what a user wrote is never sent to others");
    Ok(())
}
