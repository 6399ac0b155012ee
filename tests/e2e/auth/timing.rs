//! What the time of a response tells about an address: nothing. The mails leave after the responses.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{PASSWORD, TestApp};
use tokio::time::timeout;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// A difference is one that two samples of two show.
const SAMPLES: usize = 2;

/// How often one of two may be the slower one in so many pairs: from one of ten to nine of ten. Work that is done for one of them alone, such as a
/// password's hash or a mail, shows in nearly all pairs. The microseconds that PostgreSQL needs for a row that it finds show in three of four.
fn even(pairs: usize) -> std::ops::RangeInclusive<usize> {
    pairs / 10..=pairs - pairs / 10
}

/// A request, and whether a mail follows it.
struct Probe {
    path: &'static str,
    body: Value,
    sends: bool,
}

/// An app, and how many mails its mail API has taken.
struct Clocked {
    app: TestApp,
    mails: Arc<AtomicUsize>,
    _api: MockServer,
}

impl Clocked {
    async fn start(variables: &[(&str, &str)]) -> Result<Self> {
        let (api, mails) = (MockServer::start().await, Arc::new(AtomicUsize::new(0)));
        let counter = Arc::clone(&mails);
        let take = move |_: &Request| {
            counter.fetch_add(1, Ordering::SeqCst);
            ResponseTemplate::new(200)
        };
        Mock::given(method("POST")).respond_with(take).mount(&api).await;
        let origin = api.uri();
        let mail =
            [("mail_api_origin", origin.as_str()), ("mail_api_key", "key"), ("mail_from", "Todo <todo@example.com>")];
        let app = TestApp::with(&[&mail, variables].concat()).await?;
        Ok(Self { app, mails, _api: api })
    }

    /// How long a request takes. Its mail is waited for afterwards, so that it does not slow the next request down.
    async fn time(&self, probe: Probe) -> Result<Duration> {
        let expected = self.mails.load(Ordering::SeqCst) + usize::from(probe.sends);
        let request = self.app.post(&format!("/api/auth{}", probe.path), &probe.body);
        let began = Instant::now();
        let response = request.send().await?.error_for_status()?;
        response.bytes().await?;
        let took = began.elapsed();
        let arrives = async {
            while self.mails.load(Ordering::SeqCst) < expected {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), arrives).await.context("no mail arrives")?;
        Ok(took)
    }

    /// Checks by so many pairs that neither of two requests is slower. `probe` makes the one about a known address, or that about a
    /// new one.
    async fn take_as_long(&self, pairs: usize, probe: impl Fn(bool, usize) -> Probe) -> Result<()> {
        let mut counts = Vec::new();
        for sample in 0..SAMPLES {
            let mut slower = 0;
            for pair in 0..pairs {
                let number = sample * pairs + pair;
                let known_first = pair % 2 == 0;
                let first = self.time(probe(known_first, number)).await?;
                let second = self.time(probe(!known_first, number)).await?;
                slower += usize::from((first > second) == known_first);
            }
            counts.push(slower);
            if even(pairs).contains(&slower) {
                return Ok(());
            }
        }
        panic!("of {pairs} pairs the known address was the slower one in {counts:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_takes_as_long_for_an_unknown_address() -> Result<()> {
    let clocked = Clocked::start(&[]).await?;
    let known = clocked.app.sign_up("Ann").await?.email;
    let reset = |is_known, number| {
        let email = if is_known { known.clone() } else { format!("nobody{number}@example.com") };
        Probe {
            path: "/request-password-reset",
            body: json!({"email": email, "redirectTo": "/reset"}),
            sends: is_known,
        }
    };
    clocked.take_as_long(200, reset).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_takes_as_long_for_an_unknown_address() -> Result<()> {
    let clocked = Clocked::start(&[]).await?;
    let known = clocked.app.sign_up("Ann").await?.email;
    let proof = |is_known, number| {
        let email = if is_known { known.clone() } else { format!("nobody{number}@example.com") };
        Probe { path: "/send-verification-email", body: json!({"email": email}), sends: is_known }
    };
    clocked.take_as_long(200, proof).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_up_takes_as_long_for_a_taken_address_where_addresses_are_proved() -> Result<()> {
    let clocked = Clocked::start(&[("require_email_verification", "true")]).await?;
    let sign_up = |is_known, number| {
        let email = if is_known { "ann@example.com".to_owned() } else { format!("new{number}@example.com") };
        let body = json!({"name": "Ann", "email": email, "password": PASSWORD});
        Probe { path: "/sign-up/email", body, sends: !is_known }
    };
    clocked.time(Probe { sends: true, ..sign_up(true, 0) }).await?;
    clocked.app.database("update \"user\" set \"emailVerified\" = true").await?;
    clocked.take_as_long(60, sign_up).await // each hashes a password, which is most of its time
}
