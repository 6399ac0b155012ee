//! The app under test and a new user of it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

pub type Result<T = (), E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

pub struct App {
    pub token: String,
    base: String,
}

impl App {
    /// Signs a new user up at `BASE_URL`.
    pub async fn sign_up() -> Result<Self> {
        let base = std::env::var("BASE_URL").map_err(|_| "BASE_URL is not set: run `scripts/test.sh mcp_clients`")?;
        let client = reqwest::Client::builder().cookie_store(true).build()?;
        // Tests that begin at the same moment read the same time.
        static USERS: AtomicU32 = AtomicU32::new(0);
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
        let unique = format!("{now}-{}", USERS.fetch_add(1, Ordering::Relaxed));
        let user = json!({ "name": "Rusty", "email": format!("rusty-{unique}@example.com"), "password": "correct horse battery" });
        let signed_up = client.post(format!("{base}/api/auth/sign-up/email")).header("origin", &base).json(&user);
        signed_up.send().await?.error_for_status()?;
        let token: Value =
            client.get(format!("{base}/api/auth/token")).send().await?.error_for_status()?.json().await?;
        let token = token["token"].as_str().ok_or("no token")?.to_owned();
        Ok(Self { token, base })
    }

    pub fn endpoint(&self) -> String {
        format!("{}/mcp", self.base)
    }
}
