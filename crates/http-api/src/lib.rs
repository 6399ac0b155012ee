//! The HTTP edge that all components share: who asks ([`require_user`]), what they sent
//! ([`json_body`], [`Query`]) and how an error looks (RFC 9457 problem documents, one [`respond`]).
//! Plain `http` types; the only crate that names status codes. It never calls the host: the clock
//! and the source of the signing keys are arguments.

mod access;
mod cross_origin;
mod error;
mod input;
mod rate;
mod request;
mod token;

pub use access::{Access, pseudonym};
pub use cross_origin::{CrossOrigin, List, cross_origin};
pub use error::{ApiError, FieldError};
pub use input::{Query, json_body, merge_patch_body, read_json};
pub use rate::Allowance;
pub use request::{
    Body, REQUEST_ID, Request, Response, SMALL_BODY, empty, header, is_request_id, json, log_fault, request_id,
    respond, segments, warn,
};
pub use token::{
    Claims, Fingerprint, Keys, KeysWanted, Memory, Rejection, Resource, User, Verifier, bearer, require_owner,
    require_user,
};
