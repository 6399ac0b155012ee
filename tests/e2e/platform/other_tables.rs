//! Tables of Better Auth that another server made: served as they are, or named at `/ready`.

use anyhow::Result;
use reqwest::Response;
use serde_json::{Value, json};
use tests::{PASSWORD, TestApp, connect, create_database, execute};

use crate::problem::problem;

const OLD_TABLES: &str = include_str!("../../fixtures/better-auth-1.2.sql");

/// An app on a database on which these statements ran.
async fn app_on(statements: &str) -> Result<TestApp> {
    let url = create_database().await?;
    execute(&url, statements).await?;
    TestApp::on(&url, &[]).await
}

/// What `/ready` says that cannot be used.
async fn faults(app: &TestApp) -> Result<String> {
    let problem = problem(app.get("/ready").send().await?, 503, "unavailable").await?;
    let detail = problem["detail"].as_str().unwrap().to_owned();
    assert!(app.log().contains(detail.split('"').nth(1).unwrap()), "the log has it too: {}", app.log());
    Ok(detail)
}

async fn sign_up(app: &TestApp) -> Result<Response> {
    let body = json!({"name": "Ann", "email": "ann@example.com", "password": PASSWORD});
    Ok(app.post("/api/auth/sign-up/email", &body).send().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_nobody_fills_is_named_until_it_is_cured() -> Result<()> {
    let app = TestApp::start().await?;
    app.database(
        r#"alter table "user" add "extra" text not null default 1; alter table "user" alter "extra" drop default"#,
    )
    .await?;
    let detail = faults(&app).await?;
    let cure = r#"alter table "user" alter "extra" drop not null"#;
    assert!(detail.contains(r#""user"."extra""#) && detail.contains(cure), "{detail}");
    app.database(cure).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    assert_eq!(sign_up(&app).await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_in_another_schema_are_named_and_served_when_the_url_names_it() -> Result<()> {
    let url = create_database().await?;
    execute(&url, &format!("create schema auth; set search_path to auth; {OLD_TABLES}")).await?;
    let detail = faults(&TestApp::on(&url, &[]).await?).await?;
    assert!(detail.contains("options=-c%20search_path%3Dauth"), "{detail}");
    let app = TestApp::on(&format!("{url}?options=-c%20search_path%3Dauth"), &[]).await?;
    let ready = app.get("/ready").send().await?;
    assert_eq!(ready.status(), 200, "{}\n{}", ready.text().await?, app.log());
    let ann = app.sign_up("Ann").await?;
    assert_eq!(ann.add("in the schema todo").await?, 1);
    let users = connect(&url).await?.query_one(r#"select count(*) from auth."user""#, &[]).await?;
    assert_eq!(users.get::<_, i64>(0), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn times_without_a_zone_are_utc_whatever_the_zone_of_the_database() -> Result<()> {
    for zone in ["Asia/Karachi", "America/New_York"] {
        let url = create_database().await?;
        let name = url.rsplit_once('/').unwrap().1.to_owned();
        execute(&url, &format!("alter database {name} set timezone to '{zone}'; {OLD_TABLES}")).await?;
        let app = TestApp::on(&url, &[]).await?;
        let ready = app.get("/ready").send().await?;
        assert_eq!(ready.status(), 200, "{}\n{}", ready.text().await?, app.log());
        let ann = app.sign_up("Ann").await?;
        let link = |token: &str, from_now: &str| {
            format!(
                r#"insert into "verification" values ('{token}', 'reset-password:{token}', '{}',
                  (now() at time zone 'utc') + interval '{from_now}', now() at time zone 'utc', now() at time zone 'utc')"#,
                ann.id
            )
        };
        app.database(&link("good", "1 hour")).await?;
        app.database(&link("over", "-1 minute")).await?;
        let session: Value = ann.auth("GET", "/get-session").send().await?.json().await?;
        let age = "select abs(extract(epoch from $1::text::timestamptz - now()))::float8 < 300";
        let created = session["session"]["createdAt"].as_str().unwrap();
        assert!(connect(&url).await?.query_one(age, &[&created]).await?.get::<_, bool>(0), "{zone}: {session}");
        for (token, status) in [("over", 400), ("good", 200)] {
            let body = json!({"newPassword": "another good password", "token": token});
            let response = app.post("/api/auth/reset-password", &body).send().await?;
            assert_eq!(response.status(), status, "{zone} {token}: {}", response.text().await?);
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_server_s_tables_get_what_they_lack_and_an_account_goes_without_cascades() -> Result<()> {
    let app = app_on(OLD_TABLES).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200, "{}", app.log());
    let deleting = TestApp::on(&app.database_url, &[("delete_user", "on")]).await?;
    let ann = deleting.sign_up("Ann").await?;
    ann.add("goes with me").await?;
    let deleted = ann.auth("POST", "/delete-user").json(&json!({"password": PASSWORD})).send().await?;
    assert_eq!(deleted.status(), 200, "{}\n{}", deleted.text().await?, deleting.log());
    let left = r#"select (select count(*) from "user") + (select count(*) from "session") + (select count(*) from "account")
        + (select count(*) from todo.task)"#;
    assert_eq!(connect(&app.database_url).await?.query_one(left, &[]).await?.get::<_, i64>(0), 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_the_older_plugin_for_oauth_are_named_until_they_have_other_names() -> Result<()> {
    let older = r#"create table "oauthAccessToken" ("id" text primary key, "accessToken" text unique, "refreshToken" text unique, "clientId" text, "userId" text);
        create table "oauthConsent" ("id" text primary key, "clientId" text, "userId" text, "scopes" text, "consentGiven" boolean)"#;
    let app = app_on(&format!("{OLD_TABLES}; {older}")).await?;
    let detail = faults(&app).await?;
    for table in ["oauthAccessToken", "oauthConsent"] {
        let cure = format!(r#"alter table "{table}" rename to "older_{table}""#);
        assert!(detail.contains(&cure) && !detail.contains("is missing"), "{detail}");
        app.database(&cure).await?;
    }
    assert_eq!(app.get("/ready").send().await?.status(), 200, "{}", app.log());
    assert_eq!(sign_up(&app).await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_two_versions_demand_may_be_empty() -> Result<()> {
    let app = app_on(&format!(r#"{OLD_TABLES}; alter table "account" add "issuer" text not null"#)).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200, "{}", app.log());
    assert_eq!(sign_up(&app).await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_of_an_old_server_gets_the_columns_of_new_ones() -> Result<()> {
    let older = r#"create table "twoFactor" ("id" text primary key, "secret" text not null, "backupCodes" text not null, "userId" text not null)"#;
    let app = app_on(&format!("{OLD_TABLES}; {older}")).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200, "{}", app.log());
    let columns =
        r#"select count("verified") + count("failedVerificationCount") + count("lockedUntil") from "twoFactor""#;
    assert_eq!(connect(&app.database_url).await?.query_one(columns, &[]).await?.get::<_, i64>(0), 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_with_which_requests_would_fail_are_named() -> Result<()> {
    let url = create_database().await?;
    for (name, value, part) in [
        ("better_auth_url", "localhost:3000", "BETTER_AUTH_URL must begin with http:// or https://"),
        ("better_auth_url", "https://todo.example.com/app", "BETTER_AUTH_URL must be an address without a path"),
        ("trusted_origins", "http://localhost:5173,javascript://x", "javascript://x"),
        ("better_auth_secret", "short", "BETTER_AUTH_SECRET"),
        ("rate_limit", "sometimes", "RATE_LIMIT must be on, off or empty"),
        ("delete_user", "confirm", "needs MAIL_API_KEY and MAIL_FROM"),
        ("chat_rate_limit", "20", "CHAT_RATE_LIMIT must be 2 numbers"),
        ("require_if_match", "yes", "REQUIRE_IF_MATCH must be true or false"),
        ("clock_secret", "short", "CLOCK_SECRET must have at least 32 characters"),
        ("vapid_private_key", "AAAA", "VAPID_PRIVATE_KEY must be a private key of P-256"),
    ] {
        let app = TestApp::on(&url, &[(name, value)]).await?;
        let problem = problem(app.get("/ready").send().await?, 503, "unavailable").await?;
        assert!(problem["detail"].as_str().unwrap().contains(part), "{problem}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scheme_of_an_app_is_a_trusted_origin() -> Result<()> {
    let variables = [("trusted_origins", "http://localhost:5173,myapp://"), ("development_mail", "true")];
    let app = TestApp::with(&variables).await?;
    for (target, status) in [("myapp://home", 200), ("other://home", 403)] {
        let body = json!({"email": "ann@example.com", "redirectTo": target});
        let request = app.post("/api/auth/request-password-reset", &body).header("origin", "myapp://");
        assert_eq!(request.send().await?.status(), status, "{target}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_tells_what_a_start_will_do_and_does_nothing() -> Result<()> {
    let url = create_database().await?;
    let theirs = include_str!("../../fixtures/predecessor/serial.sql");
    let ann = r#"insert into "user" values ('ANN', 'Ann', 'ann@example.com', true, null, now(), now())"#;
    execute(&url, &format!("{OLD_TABLES}; {ann}; {theirs}")).await?;
    let app = TestApp::on(&url, &[("check_database", "true")]).await?;
    let checked: Value = app.get("/ready").send().await?.json().await?;
    assert_eq!(checked["status"], "checked");
    let notes = checked["notes"].to_string();
    let task = "The table task has 4 rows, tasks of 1 user: they are copied, without 2 rows whose user is not known.";
    assert!(notes.contains("0001_initial") && notes.contains(task), "{notes}");
    let made = "select to_regnamespace('todo') is not null or exists (select from pg_attribute where attrelid = '\"jwks\"'::regclass and attname = 'alg')";
    assert!(!connect(&url).await?.query_one(made, &[]).await?.get::<_, bool>(0));
    Ok(())
}
