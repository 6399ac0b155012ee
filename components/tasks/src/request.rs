//! What handlers get of a request. The router alone makes these, since it alone has the request. So no handler runs without
//! a verified user, reads a query parameter that its route does not declare, or a body whose media type and size were
//! not checked.

use http::HeaderMap;
use http::header::ORIGIN;
use http_api::{ApiError, IdempotencyKey, QueryParams, Request, RequestBody, User, media_type, read_json};
use serde_json::{Map, Value};
use task::{TaskActor, TaskAuthor, TimeZone, UserClock};
use task_words::ReadingContext;
use user_language::Language;

use crate::env::TasksEnv;

/// A request of a verified user whose query parameters are known.
pub(crate) struct TasksRequest<'a> {
    pub(crate) env: &'a TasksEnv<'a>,
    pub(crate) user: &'a User,
    pub(crate) query: QueryParams,
    request: &'a Request,
}

impl<'a> TasksRequest<'a> {
    /// Checks the query: 400 for a parameter that is not among `parameters`.
    pub(crate) fn read(
        request: &'a Request,
        user: &'a User,
        env: &'a TasksEnv<'a>,
        parameters: &[&str],
    ) -> Result<Self, ApiError> {
        Ok(Self { env, user, query: QueryParams::parse_repeated(request, parameters, &["tag"])?, request })
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The user's list, and who writes: a browser says from which page it sends, a program does not.
    pub(crate) fn author(&self) -> TaskAuthor<'_> {
        let headers = self.headers();
        let from_page = headers.contains_key(ORIGIN) || headers.contains_key("sec-fetch-site");
        TaskAuthor { owner: &self.user.id, actor: if from_page { &TaskActor::Page } else { &TaskActor::Api } }
    }

    /// The language that the reader prefers.
    pub(crate) fn language(&self) -> Language {
        Language::preferred(http_api::header(self.request, "accept-language").unwrap_or_default())
    }

    /// Where the user is, if the client says so (`Time-Zone`).
    pub(crate) fn time_zone(&self) -> Option<TimeZone> {
        http_api::header(self.request, "time-zone").and_then(|name| TimeZone::parse(name).ok())
    }

    /// What words of the client mean depends on.
    pub(crate) fn reading_context(&self, clock: &UserClock) -> ReadingContext {
        ReadingContext {
            today: clock.today,
            week_start: clock.week_start.into(),
            ..ReadingContext::new(clock.local, self.language())
        }
    }

    /// The key under which the client repeats the request.
    pub(crate) fn idempotency_key(&self) -> Result<Option<IdempotencyKey>, ApiError> {
        IdempotencyKey::read(self.request)
    }

    /// The path and the query as the client wrote them.
    pub(crate) fn target(&self) -> &str {
        self.request.uri().path_and_query().map_or("", |target| target.as_str())
    }

    /// The path as the client wrote it.
    pub(crate) fn path(&self) -> &str {
        self.request.uri().path()
    }
}

/// Stands among media types for any other.
pub(crate) const ANY_TYPE: &str = "*/*";

/// Which bodies a write accepts.
#[derive(Clone, Copy)]
pub(crate) struct BodyRule {
    /// Media types in lower case; without any, every type is accepted.
    pub(crate) media_types: &'static [&'static str],
    /// The longest body, in bytes.
    pub(crate) limit: usize,
    /// Whether the body may be empty; then its media type does not matter.
    pub(crate) optional: bool,
}

/// A body whose media type and size were checked.
pub(crate) struct TasksBody<'a> {
    pub(crate) media_type: String,
    bytes: &'a [u8],
    optional: bool,
}

impl<'a> TasksBody<'a> {
    /// 415 for another media type, then 413 for one that is too long.
    pub(crate) fn read(request: &'a Request, rule: BodyRule) -> Result<Self, ApiError> {
        let BodyRule { media_types, optional, .. } = rule;
        let media_type = media_type(request);
        let is_empty = matches!(request.body(), RequestBody::Complete(bytes) if bytes.is_empty());
        let accepts_all = media_types.is_empty() || media_types.contains(&ANY_TYPE);
        if !(accepts_all || media_types.contains(&media_type.as_str()) || optional && is_empty) {
            return Err(ApiError::unsupported_media_type(&media_types.join(" or ")));
        }
        Ok(Self { media_type, bytes: request.body().bytes()?, optional })
    }

    /// The members of a JSON object; none for a body that may be empty and is.
    pub(crate) fn members(&self) -> Result<Map<String, Value>, ApiError> {
        match self.bytes {
            [] if self.optional => Ok(Map::new()),
            bytes => read_json(bytes),
        }
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
}
