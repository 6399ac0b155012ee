//! The HTTP edge that all components share: who calls ([`require_user`]), what they sent ([`json_body`],
//! [`QueryParams`], [`IdempotencyKey`]), how an error looks (RFC 9457 problem documents, one [`respond`]) and how an event
//! is logged ([`log()`]). Plain `http` types; the only crate that names status codes. It never calls the host: the clock,
//! the log's writer and the source of the signing keys are arguments.

mod access;
mod authenticate;
mod body;
mod compression;
mod content_coding;
mod cross_origin;
mod error;
mod form;
mod idempotency;
mod log;
mod path;
mod query;
mod rate;
mod request;
mod respond;
mod response;
mod token;
mod user;

pub use access::{AccessRecord, pseudonym, record_token, record_user};
pub use authenticate::{bearer, require_owner, require_user, verify_user};
pub use body::{json_body, merge_patch_body, read_body, read_json};
pub use compression::compress;
pub use content_coding::ContentCoding;
pub use cross_origin::{CrossOrigin, OriginsLoader, cross_origin};
pub use error::{ApiError, FieldError};
pub use form::{form_pairs, is_utf8};
pub use idempotency::IdempotencyKey;
pub use log::{log, log_late_error, log_warning, set_log_writer};
pub use path::segments;
pub use query::QueryParams;
pub use rate::Allowance;
pub use request::{
    REQUEST_ID, Request, RequestBody, SMALL_BODY, accepts, essence, header, is_request_id, media_type, request_id,
};
pub use respond::respond;
pub use response::{Response, empty, json};
pub use token::{
    KeyFreshness, KeySetCopy, OAuthResource, PERSONAL_TOKEN, PersonalTokenLookup, TokenCache, TokenHash, Verifier,
};
pub use user::{READ_SCOPE, Rejection, User, WRITE_SCOPE};
