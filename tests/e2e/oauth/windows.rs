//! Several windows of one host share a refresh token: each goes on by itself, and a stolen token still ends what came from it.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{ALL_SCOPES, OAuthClient, TestApp, TestUser};

use crate::oauth::attacks::execute;

/// Minutes pass, for the tokens that were used.
async fn wait(app: &TestApp, minutes: u32) -> Result<()> {
    let sql = format!(
        r#"update "oauthRefreshToken" set "rotatedAt" = "rotatedAt" - interval '{minutes} minutes',
            "rotationReplayExpiresAt" = "rotationReplayExpiresAt" - interval '{minutes} minutes'
            where "rotatedAt" is not null"#
    );
    execute(app, &sql).await
}

/// The next refresh token, or none if the client is turned away.
async fn next(client: &OAuthClient<'_>, token: &Value) -> Result<Option<Value>> {
    let (status, body) = client.refresh(token, &[]).await?;
    assert!(status == 200 || body["error"] == "invalid_grant", "{body}");
    Ok((status == 200).then(|| body["refresh_token"].clone()))
}

/// When an old key of the client was used, as the settings show it.
async fn reused_at(user: &TestUser<'_>) -> Result<Value> {
    let consents: Value = user.auth("GET", "/oauth2/get-consents").send().await?.json().await?;
    Ok(consents[0].get("oldKeyUsedAt").cloned().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_window_goes_on_by_itself_for_half_an_hour() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let shared = client.connect(&ann, ALL_SCOPES).await?["refresh_token"].clone();
    let first = next(&client, &shared).await?.context("the first window")?;
    wait(&app, 29).await?;
    let second = next(&client, &shared).await?.context("the second window")?;
    assert_ne!(first, second);
    let first = next(&client, &first).await?.context("the first window goes on")?;
    let second = next(&client, &second).await?.context("the second window goes on")?;
    assert_eq!(reused_at(&ann).await?, Value::Null);
    wait(&app, 2).await?;
    assert_eq!(next(&client, &shared).await?, None, "half an hour is over");
    for window in [&first, &second] {
        assert_eq!(next(&client, window).await?, None, "both came from the token that was used again");
    }
    assert!(reused_at(&ann).await?.is_string());
    client.connect(&ann, ALL_SCOPES).await?;
    assert_eq!(reused_at(&ann).await?, Value::Null, "a new sign-in settles it");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_stolen_from_one_window_leaves_the_other() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let shared = client.connect(&ann, "tasks:read").await?["refresh_token"].clone();
    let first = next(&client, &shared).await?.context("the first window")?;
    wait(&app, 1).await?;
    let second = next(&client, &shared).await?.context("the second window")?;
    let stolen = first.clone();
    let first = next(&client, &first).await?.context("the first window goes on")?;
    wait(&app, 31).await?;
    assert_eq!(next(&client, &stolen).await?, None);
    assert_eq!(next(&client, &first).await?, None);
    let second = next(&client, &second).await?.context("the second window knows nothing of it")?;
    let revoked = client.post("revoke", &[("token", second.as_str().context("text")?)]).await?;
    assert_eq!(revoked.status(), 200);
    assert_eq!(next(&client, &second).await?, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_gives_no_other_one() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let shared = client.connect(&ann, ALL_SCOPES).await?["refresh_token"].clone();
    let first = next(&client, &shared).await?.context("the first window")?;
    let revoked = client.post("revoke", &[("token", first.as_str().context("text")?)]).await?;
    assert_eq!(revoked.status(), 200);
    for token in [&shared, &first] {
        assert_eq!(next(&client, token).await?, None);
    }
    let code = client.code(&ann, &[]).await?;
    let (_, tokens) = client.exchange(&code, &[]).await?;
    next(&client, &tokens["refresh_token"]).await?.context("the first window")?;
    wait(&app, 1).await?;
    let second = next(&client, &tokens["refresh_token"]).await?.context("the second window")?;
    client.exchange(&code, &[]).await?;
    assert_eq!(next(&client, &second).await?, None, "a code that comes twice ends every family: {}", json!(second));
    Ok(())
}
