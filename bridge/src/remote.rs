//! The server at the other end.

use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::answer::Answer;
use crate::headers;
use crate::message::Message;
use crate::settings::Settings;

const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(120);
/// The longest answer, in bytes.
const ANSWER_LIMIT: u64 = 16 * 1024 * 1024;

/// Made with the first request, since some hosts start the program only to see whether it starts.
static AGENT: LazyLock<Agent> = LazyLock::new(agent);

/// The server, as the settings name it, and what was agreed with it.
pub(crate) struct Remote {
    /// Or why there is no server to ask.
    pub(crate) settings: Result<Settings, String>,
    agreed: Mutex<Option<String>>,
}

impl Remote {
    pub(crate) fn new(settings: Result<Settings, String>) -> Self {
        Self { settings, agreed: Mutex::new(None) }
    }

    /// Posts a message and writes what comes back.
    pub(crate) fn forward(&self, message: Message, write: &mut dyn FnMut(&str)) {
        match self.post(&message) {
            Ok(answer) => {
                for line in answer.lines(&message) {
                    self.remember(&message, &line);
                    write(&line);
                }
            }
            Err(reason) => {
                eprintln!("todo-mcp: {reason}");
                message.refused(&reason).iter().for_each(|line| write(line));
            }
        }
    }

    fn post(&self, message: &Message) -> Result<Answer, String> {
        let settings = self.settings.as_ref().map_err(Clone::clone)?;
        let agreed = self.agreed.lock().expect("no holder panics").clone();
        let mut request = AGENT
            .post(&settings.url)
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream")
            .header("authorization", settings.authorization()?);
        for (name, value) in headers::of(&message.json, agreed.as_deref()) {
            request = request.header(name, value);
        }
        let mut response = request.send(&message.text[..]).map_err(unreachable)?;
        let media_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let media_type = media_type.unwrap_or_default().to_owned();
        let body = response.body_mut().with_config().limit(ANSWER_LIMIT).read_to_string().map_err(unreachable)?;
        Ok(Answer { status: response.status().as_u16(), media_type, body })
    }

    /// Later legacy messages name the version that `initialize` agreed on.
    fn remember(&self, message: &Message, line: &str) {
        if message.json["method"] != "initialize" {
            return;
        }
        let answer: Value = serde_json::from_str(line).unwrap_or_default();
        if let Some(version) = answer["result"]["protocolVersion"].as_str() {
            *self.agreed.lock().expect("no holder panics") = Some(version.to_owned());
        }
    }
}

fn unreachable(error: ureq::Error) -> String {
    format!("The server cannot be reached: {error}.")
}

/// Redirects are not followed: the token is for this URL alone. Trusts what the machine trusts.
fn agent() -> Agent {
    let found = rustls_native_certs::load_native_certs();
    found.errors.iter().for_each(|error| eprintln!("todo-mcp: {error}"));
    let roots: Vec<_> = found.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    let roots = if roots.is_empty() { RootCerts::WebPki } else { RootCerts::from(roots) };
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(WHOLE))
        .user_agent(concat!("todo-mcp/", env!("CARGO_PKG_VERSION")))
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .build()
        .into()
}
