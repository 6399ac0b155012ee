use http_api::{Request, RequestBody};

use super::*;

fn query(text: &str) -> Result<HistoryQuery, ApiError> {
    let request: Request =
        http::Request::builder().uri(format!("/x?{text}")).body(RequestBody::Complete(Vec::new())).unwrap();
    history_query(&QueryParams::parse(&request, PARAMETERS).unwrap())
}

#[test]
fn each_wrong_parameter_is_named() {
    let usual = query("").unwrap();
    assert_eq!((usual.limit, usual.before, usual.task), (USUAL_LIMIT, None, None));
    let all = query("limit=100&before=7&task=3&actor=mcp&kind=delete").unwrap();
    assert_eq!((all.limit, all.before, all.task), (100, Some(7), TaskId::new(3)));
    assert_eq!((all.actor.as_deref(), all.kind.as_deref()), (Some("mcp"), Some("delete")));
    let error = query("limit=101&before=0&task=x&actor=me&kind=all").unwrap_err();
    let fields: Vec<&str> = error.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!((error.status.as_u16(), fields), (422, vec!["limit", "before", "task", "actor", "kind"]));
}
