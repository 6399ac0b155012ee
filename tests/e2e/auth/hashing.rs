//! Only so many passwords are hashed at once.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{PASSWORD, TestApp};

const SIGN_IN: &str = "/api/auth/sign-in/email";

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_no_slot_is_sent_away_and_a_lost_slot_comes_back() -> Result<()> {
    let app = TestApp::with(&[("password_hashes_at_once", "1")]).await?;
    let ann = app.sign_up("Ann").await?;
    let database = tests::connect(&app.database_url).await?;
    let slots = async || -> Result<i64> {
        let sql = r#"select count(*) from "verification" where "identifier" like 'password-slot-%'"#;
        Ok(database.query_one(sql, &[]).await?.get(0))
    };
    assert_eq!(slots().await?, 0, "the sign-up gave its slot back");

    let lost = r#"insert into "verification" ("id", "identifier", "value", "expiresAt") values ('password-slot-1', 'password-slot-1', 'x', now() + interval '1 hour')"#;
    database.execute(lost, &[]).await?;
    for email in [ann.email.as_str(), "nobody@example.com"] {
        let response = app.post(SIGN_IN, &json!({"email": email, "password": PASSWORD})).send().await?;
        assert_eq!(response.status(), 503, "{email}");
        assert_eq!(response.headers()["retry-after"], "2");
        assert!(response.headers().get("set-cookie").is_none());
        assert_eq!(response.json::<Value>().await?["code"], "SERVICE_UNAVAILABLE");
    }
    let new = json!({"name": "Bob", "email": "bob@example.com", "password": PASSWORD});
    assert_eq!(app.post("/api/auth/sign-up/email", &new).send().await?.status(), 503);

    database.execute(r#"update "verification" set "expiresAt" = now()"#, &[]).await?;
    assert_eq!(app.post(SIGN_IN, &json!({"email": ann.email, "password": PASSWORD})).send().await?.status(), 200);
    assert_eq!(slots().await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_sign_ins_is_answered_one_way_or_the_other() -> Result<()> {
    let app = TestApp::with(&[("password_hashes_at_once", "2")]).await?;
    let ann = app.sign_up("Ann").await?;
    let flood = (0..24).map(async |number| {
        let email = if number % 2 == 0 { ann.email.clone() } else { format!("nobody{number}@example.com") };
        let response = app.post(SIGN_IN, &json!({"email": email, "password": PASSWORD})).send().await?;
        anyhow::Ok((number % 2 == 0, response.status().as_u16()))
    });
    let responses = futures::future::try_join_all(flood).await?;
    for (known, status) in &responses {
        assert!([if *known { 200 } else { 401 }, 503].contains(status), "{responses:?}");
    }
    assert!(responses.iter().any(|(_, status)| *status != 503), "{responses:?}");
    assert_eq!(app.post(SIGN_IN, &json!({"email": ann.email, "password": PASSWORD})).send().await?.status(), 200);
    Ok(())
}
