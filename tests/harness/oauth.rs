//! An OAuth client as AI tools are: registers itself, sends the user's browser out and exchanges what comes back.

use anyhow::{Context, Result, ensure};
use form_urlencoded::Serializer;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::user::TestUser;

/// The verifier of every code, and its challenge (RFC 7636, appendix B).
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// All scopes of a client that stays connected.
pub const ALL_SCOPES: &str = "openid profile email offline_access tasks:read tasks:write";

/// A registered public client.
pub struct OAuthClient<'a> {
    /// The app.
    pub app: &'a TestApp,
    /// Its id.
    pub id: String,
    /// Where it waits for the browser.
    pub redirect_uri: &'static str,
}

impl<'a> OAuthClient<'a> {
    /// Registers as a program on the user's machine.
    pub async fn register(app: &'a TestApp) -> Result<Self> {
        let redirect_uri = "http://127.0.0.1:8912/cb";
        let body = json!({"client_name": "CLI", "redirect_uris": [redirect_uri], "token_endpoint_auth_method": "none",
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"]});
        let response = app.post("/api/auth/oauth2/register", &body).send().await?;
        ensure!(response.status() == 201, "register: {}", response.text().await?);
        let id = response.json::<Value>().await?["client_id"].as_str().context("client_id")?.to_owned();
        Ok(Self { app, id, redirect_uri })
    }

    /// The query of an authorization request with some parameters replaced; an empty value leaves one out.
    pub fn query(&self, replaced: &[(&str, &str)]) -> String {
        let resource = format!("{}/mcp", self.app.base);
        let good = [
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", self.redirect_uri),
            ("scope", ALL_SCOPES),
            ("state", "st 1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("resource", &resource),
        ];
        let kept = good.into_iter().filter(|(name, _)| !replaced.iter().any(|(other, _)| other == name));
        let all = kept.chain(replaced.iter().copied()).filter(|(_, value)| !value.is_empty());
        Serializer::new(String::new()).extend_pairs(all).finish()
    }

    /// Where the browser (of this user) is sent.
    pub async fn authorize(&self, user: Option<&TestUser<'_>>, replaced: &[(&str, &str)]) -> Result<String> {
        let mut request = self.app.get(&format!("/api/auth/oauth2/authorize?{}", self.query(replaced)));
        if let Some(user) = user {
            request = request.header("cookie", &user.cookie);
        }
        let response = request.header("accept", "text/html").send().await?;
        ensure!(response.status() == 302, "authorize: {} {}", response.status(), response.text().await?);
        Ok(response.headers()["location"].to_str()?.to_owned())
    }

    /// What the consent page sends for this signed query.
    pub async fn decide(&self, user: &TestUser<'_>, page: &str, decision: Value) -> Result<Response> {
        let mut body = decision;
        body["oauth_query"] = page.split_once('?').map_or("", |(_, query)| query).into();
        let request = self.app.post("/api/auth/oauth2/consent", &body);
        Ok(request.header("cookie", &user.cookie).header("origin", &self.app.base).send().await?)
    }

    /// A code, with the user's consent where it is asked for.
    pub async fn code(&self, user: &TestUser<'_>, replaced: &[(&str, &str)]) -> Result<String> {
        let mut location = self.authorize(Some(user), replaced).await?;
        if location.starts_with("/consent?") {
            let response = self.decide(user, &location, json!({"accept": true})).await?;
            ensure!(response.status() == 200, "consent: {}", response.text().await?);
            location = response.json::<Value>().await?["url"].as_str().context("url")?.to_owned();
        }
        parameter(&location, "code").with_context(|| location)
    }

    /// A request to the token endpoint.
    pub async fn token(&self, form: &[(&str, &str)]) -> Result<(StatusCode, Value)> {
        let response = self.post("token", form).await?;
        ensure!(response.headers()["cache-control"] == "no-store", "token responses are not for caches");
        Ok((response.status(), response.json().await?))
    }

    /// A form to one of the OAuth endpoints.
    pub async fn post(&self, endpoint: &str, form: &[(&str, &str)]) -> Result<Response> {
        let request = self.app.request("POST", &format!("/api/auth/oauth2/{endpoint}"));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let named = form.iter().any(|(name, _)| *name == "client_id");
        let own = [("client_id", self.id.as_str())].into_iter().filter(|_| !named);
        let all = form.iter().copied().chain(own).filter(|(_, value)| !value.is_empty());
        Ok(request.body(Serializer::new(String::new()).extend_pairs(all).finish()).send().await?)
    }

    /// Exchanges a code, with some members of the form replaced.
    pub async fn exchange(&self, code: &str, replaced: &[(&str, &str)]) -> Result<(StatusCode, Value)> {
        let good = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        let kept = good.into_iter().filter(|(name, _)| !replaced.iter().any(|(other, _)| other == name));
        self.token(&kept.chain(replaced.iter().copied()).collect::<Vec<_>>()).await
    }

    /// Uses a refresh token.
    pub async fn refresh(&self, token: &Value, more: &[(&str, &str)]) -> Result<(StatusCode, Value)> {
        let token = token.as_str().context("refresh_token")?;
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
        self.token(&form.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()).await
    }

    /// The tokens of a user who lets this client do all of `scope`.
    pub async fn connect(&self, user: &TestUser<'_>, scope: &str) -> Result<Value> {
        let code = self.code(user, &[("scope", scope)]).await?;
        let (status, tokens) = self.exchange(&code, &[]).await?;
        ensure!(status == 200, "token: {tokens}");
        Ok(tokens)
    }
}

/// The decoded value of a query parameter.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    form_urlencoded::parse(query.as_bytes()).find(|(other, _)| other == name).map(|(_, value)| value.into_owned())
}
