//! Versions of a task in headers (RFC 9110 §13). The entity tag is the quoted `updated_at`, so a client knows it from a list
//! too. Two editors then cannot overwrite each other's changes without noticing.

use std::hash::{DefaultHasher, Hash, Hasher};

use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_api::ApiError;
use task::Task;
use user_language::Language;

use crate::request::TasksRequest;

/// The value of `ETag`.
pub(crate) fn entity_tag(task: &Task) -> Result<HeaderValue, ApiError> {
    HeaderValue::try_from(format!("\"{}\"", task.updated_at)).map_err(ApiError::internal)
}

/// The versions that `If-Match` accepts; `None` for any. 428 if it is required and missing.
pub(crate) fn expected_versions(
    headers: &HeaderMap,
    required: impl FnOnce() -> Result<bool, ApiError>,
) -> Result<Option<Vec<String>>, ApiError> {
    match read(headers, &IF_MATCH)? {
        None if required()? => Err(ApiError::new(
            StatusCode::PRECONDITION_REQUIRED,
            "precondition_required",
            "Say which version you change: send the task's ETag in If-Match.",
        )),
        None | Some(EntityTags::Any) => Ok(None),
        // A weak tag matches nothing here.
        Some(EntityTags::List(tags)) => {
            Ok(Some(tags.into_iter().filter(|tag| !tag.weak).map(|tag| tag.text).collect()))
        }
    }
}

/// The value of `ETag` for a list of this version, as the request asks for it: equal in meaning, not in each byte.
pub(crate) fn list_tag(request: &TasksRequest<'_>, version: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (version, request.target(), request.language() == Language::German).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Whether the client has this version (`If-None-Match`).
pub(crate) fn is_known(headers: &HeaderMap, version: &str) -> Result<bool, ApiError> {
    Ok(match read(headers, &IF_NONE_MATCH)? {
        None => false,
        Some(EntityTags::Any) => true,
        Some(EntityTags::List(tags)) => tags.iter().any(|tag| tag.text == version),
    })
}

#[derive(Debug, PartialEq)]
enum EntityTags {
    Any,
    List(Vec<EntityTag>),
}

#[derive(Debug, PartialEq)]
struct EntityTag {
    weak: bool,
    text: String,
}

fn read(headers: &HeaderMap, name: &HeaderName) -> Result<Option<EntityTags>, ApiError> {
    let malformed = || ApiError::malformed(format!("{name} must be * or a list of quoted entity tags."));
    let lines: Result<Vec<&str>, _> = headers.get_all(name).iter().map(|line| line.to_str()).collect();
    let text = lines.map_err(|_| malformed())?.join(",");
    match text.trim() {
        "" if !headers.contains_key(name) => Ok(None),
        "*" => Ok(Some(EntityTags::Any)),
        list => tags(list).map(|tags| Some(EntityTags::List(tags))).ok_or_else(malformed),
    }
}

fn tags(list: &str) -> Option<Vec<EntityTag>> {
    let mut tags = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let (weak, opened) = rest.strip_prefix("W/").map_or((false, rest), |strong| (true, strong));
        let (text, after) = opened.strip_prefix('"')?.split_once('"')?;
        tags.push(EntityTag { weak, text: text.to_owned() });
        let after = after.trim_start();
        rest = if after.is_empty() { after } else { after.strip_prefix(',')?.trim_start() };
    }
    (!tags.is_empty()).then_some(tags)
}

#[cfg(test)]
mod tests;
