//! The MCP server, reached by HTTP.

use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::headers;
use crate::message::ClientMessage;
use crate::response::ServerResponse;
use crate::settings::BridgeSettings;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(120);
/// The longest response, in bytes.
const RESPONSE_LIMIT: u64 = 16 * 1024 * 1024;

/// Made with the first request, since some hosts start the program only to check that it starts.
static AGENT: LazyLock<Agent> = LazyLock::new(agent);

/// The server of the settings, and the protocol version that `initialize` agreed on.
pub(crate) struct RemoteServer {
    /// The settings, or why there are none.
    pub(crate) settings: Result<BridgeSettings, String>,
    agreed_version: Mutex<Option<String>>,
}

impl RemoteServer {
    pub(crate) fn new(settings: Result<BridgeSettings, String>) -> Self {
        Self { settings, agreed_version: Mutex::new(None) }
    }

    /// Posts a message and writes the lines of the response.
    pub(crate) fn forward(&self, message: ClientMessage, write: &mut dyn FnMut(&str)) {
        match self.post(&message) {
            Ok(response) => {
                for line in response.into_lines(&message) {
                    self.remember_version(&message, &line);
                    write(&line);
                }
            }
            Err(reason) => {
                eprintln!("todo-mcp: {reason}");
                message.error_response(&reason).iter().for_each(|line| write(line));
            }
        }
    }

    fn post(&self, message: &ClientMessage) -> Result<ServerResponse, String> {
        let settings = self.settings.as_ref().map_err(Clone::clone)?;
        let agreed = self.agreed_version.lock().expect("no holder panics").clone();
        let mut request = AGENT
            .post(&settings.url)
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream")
            .header("authorization", settings.authorization()?);
        for (name, value) in headers::for_message(&message.json, agreed.as_deref()) {
            request = request.header(name, value);
        }
        let mut response = request.send(&message.text[..]).map_err(unreachable_error)?;
        let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let body =
            response.body_mut().with_config().limit(RESPONSE_LIMIT).read_to_string().map_err(unreachable_error)?;
        Ok(ServerResponse { status: response.status().as_u16(), content_type, body })
    }

    /// Stores the version that `initialize` agreed on: later legacy messages name it.
    fn remember_version(&self, message: &ClientMessage, line: &str) {
        if message.json["method"] != "initialize" {
            return;
        }
        let response: Value = serde_json::from_str(line).unwrap_or_default();
        if let Some(version) = response["result"]["protocolVersion"].as_str() {
            *self.agreed_version.lock().expect("no holder panics") = Some(version.to_owned());
        }
    }
}

fn unreachable_error(error: ureq::Error) -> String {
    format!("The server cannot be reached: {error}.")
}

/// Follows no redirect, since the token is for one URL only. Trusts the certificates that the machine trusts.
fn agent() -> Agent {
    let found = rustls_native_certs::load_native_certs();
    found.errors.iter().for_each(|error| eprintln!("todo-mcp: {error}"));
    let roots: Vec<_> = found.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    let roots = if roots.is_empty() { RootCerts::WebPki } else { RootCerts::from(roots) };
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(CONNECT_TIMEOUT))
        .timeout_global(Some(TOTAL_TIMEOUT))
        .user_agent(concat!("todo-mcp/", env!("CARGO_PKG_VERSION")))
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .build()
        .into()
}
