//! HTTP requests of components. To `NAME.spin.internal` and to the app itself they stay in the process; to anything else
//! they go out, if `allowed_outbound_hosts` says so, each on a connection of its own.

use std::sync::Arc;
use std::time::Duration;

use http::header::HOST;
use http::{Request, Response};
use http_body_util::BodyExt;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks, default_send_request};

use crate::app::{App, CHAINED_CLIENT};
use crate::guest::Component;
use crate::headers::REQUEST_ID;
use crate::outbound::CHAIN_SUFFIX;

/// What the app itself is called in a URL.
const SELF: &str = "self.alt";

/// Sends what one component instance wants to send.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) app: Arc<App>,
    pub(crate) component: Arc<Component>,
    pub(crate) request_id: String,
}

type Sent = (Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>);

impl WasiHttpHooks for Outgoing {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        _consumed: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Result<Sent, Error>> + Send> {
        let outgoing = self.clone();
        Box::new(async move { outgoing.send(request, options).await })
    }
}

impl Outgoing {
    async fn send(self, request: Request<WasiBody>, options: Option<RequestOptions>) -> Result<Sent, Error> {
        let uri = request.uri();
        let host = uri.host().ok_or(Error::HttpRequestUriInvalid)?.to_ascii_lowercase();
        let scheme = uri.scheme_str().unwrap_or("https");
        let to_self = host == SELF;
        let allowed = match to_self {
            true => self.component.allowed_hosts.allows_self(),
            false => self.component.allowed_hosts.allows(scheme, &host, uri.port_u16()),
        };
        if !allowed {
            let port = uri.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
            self.refused(&format!("{scheme}://{}{port}", if to_self { "self" } else { &host }));
            return Err(Error::HttpRequestDenied);
        }
        match host.strip_suffix(CHAIN_SUFFIX) {
            Some(id) => self.chain(Some(id), request, options).await,
            None if to_self => self.chain(None, request, options).await,
            None => send_out(request, options).await,
        }
    }

    /// Hands the request to a component of the same app, or to the router.
    async fn chain(
        &self,
        id: Option<&str>,
        mut request: Request<WasiBody>,
        options: Option<RequestOptions>,
    ) -> Result<Sent, Error> {
        let headers = request.headers_mut();
        headers.remove(HOST);
        if !headers.contains_key(REQUEST_ID)
            && let Ok(value) = self.request_id.parse()
        {
            headers.insert(REQUEST_ID, value);
        }
        let answer = async {
            match id {
                Some(id) => self.app.call_component(id, request).await.ok_or_else(|| self.missing(id)),
                None => Ok(self.app.route(request, CHAINED_CLIENT).await),
            }
        };
        let response = match options.and_then(|options| options.first_byte_timeout) {
            Some(limit) => tokio::time::timeout(limit, answer).await.map_err(|_| Error::ConnectionReadTimeout)?,
            None => answer.await,
        };
        Ok((response?, Box::new(async { Ok(()) })))
    }

    /// Tells the operator which component is missing.
    fn missing(&self, id: &str) -> Error {
        let message = format!("called {id}{CHAIN_SUFFIX}, but there is no component {id:?}, or it was not chosen");
        self.app.log.message("error", &self.component.id, &self.request_id, &message);
        Error::DestinationNotFound
    }

    /// Tells the operator which permission is missing.
    pub(crate) fn refused(&self, server: &str) {
        let message = format!(
            "refused to call {server}: add it to allowed_outbound_hosts of component {:?} if it should be possible",
            self.component.id
        );
        self.app.log.message("error", &self.component.id, &self.request_id, &message);
    }
}

async fn send_out(request: Request<WasiBody>, options: Option<RequestOptions>) -> Result<Sent, Error> {
    let patience = |limit: Option<Duration>| limit.unwrap_or(Duration::from_secs(600));
    let whole =
        patience(options.and_then(|o| o.connect_timeout)) + patience(options.and_then(|o| o.first_byte_timeout));
    let (response, rest) = tokio::time::timeout(whole, default_send_request(request, options))
        .await
        .map_err(|_| Error::ConnectionTimeout)??;
    Ok((response.map(BodyExt::boxed_unsync), Box::new(rest)))
}
