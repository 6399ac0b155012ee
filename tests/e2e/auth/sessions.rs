//! Sessions, passwords and profiles at `/api/auth`: what people do with their own.

use anyhow::Result;
use reqwest::Response;
use serde_json::{Value, json};
use tests::{PASSWORD, TestApp, TestUser, execute};

const NEW: &str = "another good password";

async fn session(user: &TestUser<'_>) -> Result<Value> {
    Ok(user.auth("GET", "/get-session").send().await?.json().await?)
}

async fn refused(response: Response, status: u16, code: &str) -> Result<()> {
    assert_eq!(response.status(), status);
    assert_eq!(response.json::<Value>().await?["code"], code);
    Ok(())
}

async fn sessions(user: &TestUser<'_>) -> Result<usize> {
    let list: Value = user.auth("GET", "/list-sessions").send().await?.json().await?;
    Ok(list.as_array().unwrap().len())
}

async fn begun_yesterday(user: &TestUser<'_>) -> Result<()> {
    execute(&user.app.database_url, r#"update "session" set "createdAt" = now() - interval '25 hours'"#).await
}

#[tokio::test(flavor = "multi_thread")]
async fn people_see_and_end_their_own_sessions_alone() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let (second, third) = (ann.sign_in().await?, ann.sign_in().await?);
    assert_eq!(sessions(&ann).await?, 3);

    let token = |of: &Value| json!({"token": of["session"]["token"]});
    let of_bob = session(&bob).await?;
    let response = ann.auth("POST", "/revoke-session").json(&token(&of_bob)).send().await?;
    assert_eq!(response.json::<Value>().await?, json!({"status": true}), "it does not tell whose the token is");
    assert!(session(&bob).await?.is_object(), "another user's session is left alone");

    let of_second = session(&second).await?;
    ann.auth("POST", "/revoke-session").json(&token(&of_second)).send().await?;
    assert!(session(&second).await?.is_null());
    ann.auth("POST", "/revoke-other-sessions").send().await?;
    assert!(session(&third).await?.is_null());
    assert_eq!(sessions(&ann).await?, 1);

    let last = ann.auth("POST", "/revoke-sessions").json(&json!({})).send().await?;
    assert_eq!(last.headers().get_all("set-cookie").iter().count(), 3, "the cookies are cleared");
    assert!(session(&ann).await?.is_null());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_yesterday_may_not_list_sessions() -> Result<()> {
    let app = TestApp::with(&[("delete_user", "on")]).await?;
    let ann = app.sign_up("Ann").await?;
    begun_yesterday(&ann).await?;
    refused(ann.auth("GET", "/list-sessions").send().await?, 403, "SESSION_NOT_FRESH").await?;
    refused(ann.auth("POST", "/delete-user").json(&json!({})).send().await?, 400, "SESSION_EXPIRED").await?;
    assert!(session(&ann).await?.is_object(), "everything else goes on");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_prolonged_once_a_day_unless_it_is_not_to_be() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let age = r#"update "session" set "expiresAt" = now() + interval '5 days'"#;
    execute(&app.database_url, age).await?;
    let kept = ann.auth("GET", "/get-session?disableRefresh=false").send().await?;
    assert!(!kept.headers().contains_key("set-cookie"), "any text means yes");
    let prolonged = ann.auth("GET", "/get-session").send().await?;
    assert!(prolonged.headers()["set-cookie"].to_str()?.contains("Max-Age=604800"));
    assert!(!ann.auth("GET", "/get-session").send().await?.headers().contains_key("set-cookie"));
    execute(&app.database_url, age).await?;
    let elsewhere = ann.auth("GET", "/list-sessions").send().await?;
    assert!(elsewhere.headers().contains_key("set-cookie"), "every route that needs the session prolongs it");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_needs_the_current_one_and_can_end_the_other_sessions() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let other = ann.sign_in().await?;
    let change = |current: &str, new: &str, revoke: bool| {
        let body = json!({"currentPassword": current, "newPassword": new, "revokeOtherSessions": revoke});
        ann.auth("POST", "/change-password").json(&body).send()
    };
    refused(change("wrong", NEW, false).await?, 400, "INVALID_PASSWORD").await?;
    refused(change(PASSWORD, "short", false).await?, 400, "PASSWORD_TOO_SHORT").await?;
    let kept = change(PASSWORD, NEW, false).await?;
    assert!(!kept.headers().contains_key("set-cookie"));
    assert!(kept.json::<Value>().await?["token"].is_null());
    assert!(session(&other).await?.is_object());

    let before = session(&ann).await?["session"]["token"].clone();
    let ended = change(NEW, PASSWORD, true).await?;
    assert!(ended.headers().contains_key("set-cookie"));
    let token = ended.json::<Value>().await?["token"].clone();
    assert!(token.is_string() && token != before, "the session is a new one");
    assert!(session(&ann).await?.is_null() && session(&other).await?.is_null());
    refused(
        app.post("/api/auth/sign-in/email", &json!({"email": ann.email, "password": NEW})).send().await?,
        401,
        "INVALID_EMAIL_OR_PASSWORD",
    )
    .await?;
    assert!(ann.sign_in().await.is_ok());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_changes_of_a_password_at_once_one_counts() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let change = |new: &str| {
        let body = json!({"currentPassword": PASSWORD, "newPassword": new});
        ann.auth("POST", "/change-password").json(&body).send()
    };
    let (one, two) = tokio::join!(change("password number one"), change("password number two"));
    let mut statuses = [one?.status().as_u16(), two?.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn name_and_image_change_and_nothing_else_does() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let update = |body: Value| ann.auth("POST", "/update-user").json(&body).send();
    let response =
        update(json!({"name": "Ann II", "image": "https://img.example/a.png", "emailVerified": true, "id": "x"}))
            .await?;
    assert!(response.headers().contains_key("set-cookie"));
    assert_eq!(response.json::<Value>().await?, json!({"status": true}));
    let user = session(&ann).await?["user"].clone();
    assert_eq!((&user["name"], &user["image"]), (&json!("Ann II"), &json!("https://img.example/a.png")));
    assert_eq!((&user["emailVerified"], &user["id"]), (&json!(false), &json!(ann.id)));
    update(json!({"image": null})).await?;
    assert!(session(&ann).await?["user"]["image"].is_null());

    refused(update(json!({"email": "x@example.com"})).await?, 400, "EMAIL_CAN_NOT_BE_UPDATED").await?;
    for body in [json!({"name": null}), json!({"name": "a\u{0}"}), json!({"name": "x".repeat(256)}), json!(["a"])] {
        refused(update(body).await?, 400, "VALIDATION_ERROR").await?;
    }
    for (path, body) in [
        ("/update-user", json!({})),
        ("/update-user", json!({"role": "admin"})),
        ("/update-session", json!({"userAgent": "x"})),
    ] {
        let response = ann.auth("POST", path).json(&body).send().await?;
        assert_eq!(response.json::<Value>().await?, json!({"message": "No fields to update"}), "{path}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_deleted_with_everything_in_it_where_that_is_allowed() -> Result<()> {
    let app = TestApp::with(&[("delete_user", "on")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    ann.add("gone with Ann").await?;
    bob.add("stays").await?;
    let delete = |body: Value| ann.auth("POST", "/delete-user").json(&body).send();
    refused(delete(json!({"password": "wrong wrong"})).await?, 400, "INVALID_PASSWORD").await?;
    refused(delete(json!({"token": "nope"})).await?, 404, "INVALID_TOKEN").await?;
    let gone = delete(json!({"password": PASSWORD})).await?;
    assert_eq!(gone.headers().get_all("set-cookie").iter().count(), 3);
    assert_eq!(gone.json::<Value>().await?, json!({"success": true, "message": "User deleted"}));
    assert!(session(&ann).await?.is_null());
    assert!(ann.sign_in().await.is_err());
    assert_eq!(bob.list().await?, ["stays"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_nothing_of_this_is_open() -> Result<()> {
    let app = TestApp::start().await?;
    for (method, path, body) in [
        ("GET", "/list-sessions", json!(null)),
        ("POST", "/revoke-session", json!({"token": "x"})),
        ("POST", "/revoke-sessions", json!({})),
        ("POST", "/revoke-other-sessions", json!({})),
        ("POST", "/update-user", json!({"name": "x"})),
        ("POST", "/update-session", json!({})),
        ("POST", "/change-password", json!({"currentPassword": PASSWORD, "newPassword": NEW})),
        ("POST", "/verify-password", json!({"password": PASSWORD})),
        ("POST", "/change-email", json!({"newEmail": "a@b.co"})),
        ("POST", "/delete-user", json!({})),
    ] {
        let request = app.request(method, &format!("/api/auth{path}"));
        let request = if method == "GET" { request } else { request.json(&body) };
        refused(request.send().await?, 401, "UNAUTHORIZED").await?;
    }
    Ok(())
}

/// The session that a `Cookie` header stands for, and whether the response clears cookies.
async fn session_of(app: &TestApp, cookies: &str) -> Result<(Value, bool)> {
    let response = app.get("/api/auth/get-session").header("cookie", cookies).send().await?;
    let cleared = response.headers().contains_key("set-cookie");
    Ok((response.json().await?, cleared))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_session_cookies_the_first_that_lives_counts() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let dead = ann.sign_in().await?;
    dead.auth("POST", "/sign-out").json(&json!({})).send().await?;
    let name = ann.cookie.split('=').next().unwrap();
    for before in [dead.cookie.clone(), format!("{name}=unsigned"), format!("{name}=; {}", dead.cookie)] {
        let (session, cleared) = session_of(&app, &format!("{before}; {}; {}", ann.cookie, bob.cookie)).await?;
        assert_eq!((&session["user"]["id"], cleared), (&json!(ann.id), false), "{before}");
    }
    let (none, cleared) = session_of(&app, &format!("{}; {name}=unsigned", dead.cookie)).await?;
    assert!(none.is_null() && cleared, "where none lives the cookies are cleared");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_of_each_cookie() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (second, third) = (ann.sign_in().await?, ann.sign_in().await?);
    let both = format!("{}; {}", ann.cookie, second.cookie);
    let out = app.post("/api/auth/sign-out", &json!({})).header("cookie", both).header("origin", &app.base);
    assert_eq!(out.send().await?.status(), 200);
    assert!(session(&ann).await?.is_null() && session(&second).await?.is_null());
    assert!(session(&third).await?.is_object());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_of_this_machine_signs_in_too_and_no_other_name_does() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let here = app.base.replace("127.0.0.1", "localhost");
    let sign_in = |origin: &str, host: &str| {
        let body = json!({"email": ann.email, "password": PASSWORD});
        app.post("/api/auth/sign-in/email", &body).header("origin", origin).header("host", host).send()
    };
    let host = here.strip_prefix("http://").unwrap();
    assert_eq!(sign_in(&here, host).await?.status(), 200);
    let evil = host.replace("localhost", "rebind.evil.example");
    refused(sign_in(&format!("http://{evil}"), &evil).await?, 403, "INVALID_ORIGIN").await?;
    refused(sign_in(&format!("http://{evil}"), host).await?, 403, "INVALID_ORIGIN").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_deletes_the_sessions_of_anybody_whose_time_is_over() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    ann.sign_in().await?;
    let lapse =
        format!(r#"update "session" set "expiresAt" = now() - interval '2 days' where "userId" = '{}'"#, ann.id);
    app.database(&lapse).await?;
    bob.sign_in().await?;
    let database = tests::connect(&app.database_url).await?;
    let left: i64 = database.query_one(r#"select count(*) from "session""#, &[]).await?.get(0);
    assert_eq!(left, 2, "both are Bob's");
    Ok(())
}
