//! HTTP requests of components. Those to `NAME.spin.internal` and to the app itself stay in the process. Others go out,
//! each on its own connection, if `allowed_outbound_hosts` permits them.

use std::time::Duration;

use http::header::HOST;
use http::{Request, Response};
use http_body_util::BodyExt;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks, default_send_request};

use crate::http::headers::REQUEST_ID;
use crate::manifest::allowed_hosts::CHAIN_SUFFIX;
use crate::runtime::shared::{DispatchTarget, RequestContext};

/// The app's own name in a URL.
const SELF: &str = "self.alt";
/// How long connecting, and then the first byte of the response, may take if the component sets no limit.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(600);

/// Sends the requests of one component instance.
#[derive(Clone)]
pub(crate) struct OutgoingHttp {
    pub(crate) context: RequestContext,
}

type OutgoingResponse = (Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>);

impl WasiHttpHooks for OutgoingHttp {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        _consumed: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Result<OutgoingResponse, Error>> + Send> {
        let outgoing = self.clone();
        Box::new(async move { outgoing.send(request, options).await })
    }
}

impl OutgoingHttp {
    async fn send(
        self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
    ) -> Result<OutgoingResponse, Error> {
        let uri = request.uri();
        let host = uri.host().ok_or(Error::HttpRequestUriInvalid)?.to_ascii_lowercase();
        let scheme = uri.scheme_str().unwrap_or("https");
        let to_self = host == SELF;
        let allowed_hosts = &self.context.component.allowed_hosts;
        let allowed = match to_self {
            true => allowed_hosts.allows_self(),
            false => allowed_hosts.allows(scheme, &host, uri.port_u16()),
        };
        if !allowed {
            let port = uri.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
            self.context.log_missing_permission(&format!("{scheme}://{}{port}", if to_self { "self" } else { &host }));
            return Err(Error::HttpRequestDenied);
        }
        let target = match host.strip_suffix(CHAIN_SUFFIX) {
            Some(id) => DispatchTarget::Component(id.to_owned()),
            None if to_self => DispatchTarget::Router,
            None => return send_outside(request, options).await,
        };
        match self.send_inside(target, request, options).await? {
            Some(response) => Ok((response, Box::new(async { Ok(()) }))),
            None => {
                self.context
                    .log_error(&format!("called {host}, but the app has no such component, or it was not chosen"));
                Err(Error::DestinationNotFound)
            }
        }
    }

    /// Sends the request to the same app; `None` if it has no such component.
    async fn send_inside(
        &self,
        target: DispatchTarget,
        mut request: Request<WasiBody>,
        options: Option<RequestOptions>,
    ) -> Result<Option<Response<WasiBody>>, Error> {
        let headers = request.headers_mut();
        headers.remove(HOST);
        if !headers.contains_key(REQUEST_ID)
            && !self.context.request_id.is_empty()
            && let Ok(value) = self.context.request_id.parse()
        {
            headers.insert(REQUEST_ID, value);
        }
        let Some(dispatch) = self.context.shared.dispatch.get() else { return Ok(None) };
        let response = dispatch(target, request);
        match options.and_then(|options| options.first_byte_timeout) {
            Some(limit) => tokio::time::timeout(limit, response).await.map_err(|_| Error::ConnectionReadTimeout),
            None => Ok(response.await),
        }
    }
}

async fn send_outside(request: Request<WasiBody>, options: Option<RequestOptions>) -> Result<OutgoingResponse, Error> {
    let connect = options.and_then(|options| options.connect_timeout).unwrap_or(DEFAULT_TIMEOUT);
    let first_byte = options.and_then(|options| options.first_byte_timeout).unwrap_or(DEFAULT_TIMEOUT);
    let (response, rest) = tokio::time::timeout(connect + first_byte, default_send_request(request, options))
        .await
        .map_err(|_| Error::ConnectionTimeout)??;
    Ok((response.map(BodyExt::boxed_unsync), Box::new(rest)))
}
