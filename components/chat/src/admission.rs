//! Who may call which route: by the table [`ROUTES`], a request is let in here or nowhere.

use conversation::{ChatOperation, ChatRoute, ROUTES, RouteAccess};
use http::Method;
use http::header::ORIGIN;
use http_api::{ApiError, QueryParams, Request, User, Verifier};

use crate::env::ChatEnv;

/// A request whose route is known, with its verified user, its query and the bytes of its body.
pub(crate) struct AdmittedRequest<'a> {
    pub(crate) request: &'a Request,
    pub(crate) user: User,
    pub(crate) query: QueryParams,
    pub(crate) body: &'a [u8],
    route: &'static ChatRoute,
    path: Vec<String>,
}

impl<'a> AdmittedRequest<'a> {
    /// Checks a request against the table, in this order: the user, who must be the one of the path (401, 403), or the page's
    /// origin (403); the path (404) and the method (405); the query (400); the media type of the body (415) and its size (413).
    pub(crate) fn admit(request: &'a Request, verifier: &Verifier, env: &ChatEnv) -> Result<Self, ApiError> {
        let path = http_api::segments(request)?;
        let segments: Vec<&str> = path.iter().map(String::as_str).collect();
        let routes = || ROUTES.iter().filter(|route| route.matches(&segments));
        let user = match (segments.as_slice(), routes().next()) {
            (["api", owner, ..], _) => Some(http_api::require_owner(request, verifier, owner)?),
            (_, Some(_)) => None,
            (_, None) => return Err(ApiError::no_route()),
        };
        let first = routes().next().ok_or_else(ApiError::no_route)?;
        if first.access == RouteAccess::TrustedPages {
            require_trusted_page(request, env)?;
        }
        let route = routes().find(|route| is_of_method(route, request.method())).ok_or_else(|| {
            let methods: Vec<&str> = routes().map(allowed_method).collect();
            ApiError::method_not_allowed(methods.join(", "))
        })?;
        let user = user.map_or_else(|| http_api::require_user(request, verifier), Ok)?;
        // The assistant does what it is told to: it reads and it changes.
        user.require_tasks(false)?;
        user.require_tasks(true)?;
        let query = QueryParams::parse(request, route.query)?;
        let body = match route.media_types {
            [] => &[],
            media_types => http_api::read_body(request, media_types)?,
        };
        Ok(Self { request, user, query, body, route, path })
    }

    pub(crate) fn operation(&self) -> ChatOperation {
        self.route.operation
    }

    /// The segment of the path that stands for `{name}`; empty if the route has none.
    pub(crate) fn path_param(&self, name: &str) -> &str {
        let mut names = self.route.path.trim_start_matches('/').split('/');
        let at = names.position(|segment| segment.trim_matches(['{', '}']) == name && segment.starts_with('{'));
        at.and_then(|at| self.path.get(at)).map(String::as_str).unwrap_or_default()
    }
}

fn is_of_method(route: &ChatRoute, method: &Method) -> bool {
    route.method == method.as_str() || (route.method == "GET" && method == Method::HEAD)
}

/// The methods of a route in `Allow`.
fn allowed_method(route: &ChatRoute) -> &'static str {
    match route.method {
        "GET" => "GET, HEAD",
        other => other,
    }
}

/// The allow-list of pages that may use a route. A client that is no browser page sends no `Origin`.
fn require_trusted_page(request: &Request, env: &ChatEnv) -> Result<(), ApiError> {
    if !request.headers().contains_key(ORIGIN) {
        return Ok(());
    }
    let trusted = (env.trusted_origins)()?;
    match http_api::header(request, ORIGIN.as_str()).is_some_and(|origin| trusted.trusts(origin)) {
        true => Ok(()),
        false => {
            Err(ApiError::forbidden("Pages of this origin may not use the assistant: its operator has to list it."))
        }
    }
}
