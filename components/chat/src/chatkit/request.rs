//! What ChatKit asks. Members that are not known here are ignored, as the official server does: its client is newer than us.

use conversation::{CHATKIT_REQUESTS, DEFAULT_CHATKIT_PAGE, MAX_PAGE, MessageText};
use http_api::{ApiError, FieldError, Request, json_body};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// The action of the buttons under a question.
pub(crate) const DECIDE: &str = "todo.decide";
/// The code of an error about the user's own words.
pub(crate) const NOT_SAYABLE: &str = "not_sayable";
/// A request, with the id of its thread.
#[derive(Debug)]
pub(crate) enum Call {
    Create(Spoken),
    AddUserMessage(String, Spoken),
    RetryAfterItem(String, String),
    CustomAction(String, Action),
    GetThread(String),
    ListThreads(Listing),
    ListItems(String, Listing),
    UpdateThread(String, String),
    DeleteThread(String),
}

#[derive(Deserialize)]
struct Envelope {
    r#type: String,
    #[serde(default)]
    params: Value,
}

#[derive(Deserialize)]
struct InThread<T> {
    thread_id: String,
    #[serde(flatten)]
    rest: T,
}

#[derive(Deserialize)]
struct Nothing {}

#[derive(Deserialize)]
struct Input {
    input: Spoken,
}

#[derive(Deserialize)]
struct Item {
    item_id: String,
}

#[derive(Deserialize)]
struct Titled {
    title: String,
}

#[derive(Deserialize)]
struct Acted {
    action: Action,
}

/// A message as the composer sends it.
#[derive(Debug, Deserialize)]
pub(crate) struct Spoken {
    content: Vec<Part>,
    #[serde(default)]
    attachments: Vec<IgnoredAny>,
    #[serde(default)]
    quoted_text: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Part {
    text: String,
}

/// What a button sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Action {
    r#type: String,
    #[serde(default)]
    payload: Value,
}

/// Which part of a list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Listing {
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    order: Order,
    #[serde(default)]
    pub(crate) after: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Asc,
    #[default]
    Desc,
}

impl Call {
    /// Reads the body: 400 for a type that is not served.
    pub(crate) fn read(request: &Request) -> Result<Self, ApiError> {
        let Envelope { r#type, params } = json_body(request)?;
        Ok(match r#type.as_str() {
            "threads.create" => Self::Create(read::<Input>(params)?.input),
            "threads.add_user_message" => {
                let InThread { thread_id, rest: Input { input } } = read(params)?;
                Self::AddUserMessage(thread_id, input)
            }
            "threads.retry_after_item" => {
                let InThread { thread_id, rest: Item { item_id } } = read(params)?;
                Self::RetryAfterItem(thread_id, item_id)
            }
            "threads.custom_action" => {
                let InThread { thread_id, rest: Acted { action } } = read(params)?;
                Self::CustomAction(thread_id, action)
            }
            "threads.get_by_id" => Self::GetThread(read::<InThread<Nothing>>(params)?.thread_id),
            "threads.list" => Self::ListThreads(read(params)?),
            "items.list" => {
                let InThread { thread_id, rest } = read(params)?;
                Self::ListItems(thread_id, rest)
            }
            "threads.update" => {
                let InThread { thread_id, rest: Titled { title } } = read(params)?;
                Self::UpdateThread(thread_id, title)
            }
            "threads.delete" => Self::DeleteThread(read::<InThread<Nothing>>(params)?.thread_id),
            _ => {
                let served = CHATKIT_REQUESTS.join(", ");
                return Err(ApiError::malformed(format!("This type is not served here. Those that are: {served}.")));
            }
        })
    }
}

impl Spoken {
    /// The words; what they quote comes after them, as data.
    pub(crate) fn message(&self) -> Result<MessageText, ApiError> {
        let not_sayable = |text: String| ApiError { code: NOT_SAYABLE, ..invalid("params.input", text) };
        if !self.attachments.is_empty() {
            return Err(not_sayable("must have no attachments: the assistant reads none.".to_owned()));
        }
        let mut text: String = self.content.iter().map(|part| part.text.as_str()).collect();
        if let Some(quoted) = &self.quoted_text {
            text.push_str("\n\n> ");
            text.push_str(&quoted.replace('\n', "\n> "));
        }
        MessageText::parse(&text).map_err(|fault| not_sayable(fault.0))
    }
}

impl Action {
    /// Which question it answers, and whether by yes.
    pub(crate) fn decision(&self) -> Result<(String, bool), ApiError> {
        #[derive(Deserialize)]
        struct Decision {
            action_id: String,
            approve: bool,
        }
        if self.r#type != DECIDE {
            return Err(ApiError::malformed(format!("There is no such action; the one there is: {DECIDE}.")));
        }
        let Decision { action_id, approve } = read(self.payload.clone())?;
        Ok((action_id, approve))
    }
}

impl Listing {
    /// As a thread is shown when it is opened.
    pub(crate) fn from_the_start() -> Self {
        Self { order: Order::Asc, ..Self::default() }
    }

    /// Whether the oldest come first.
    pub(crate) fn ascending(&self) -> bool {
        self.order == Order::Asc
    }

    /// How many at most.
    pub(crate) fn limit(&self) -> usize {
        match self.limit {
            None | Some(0) => DEFAULT_CHATKIT_PAGE,
            Some(limit) => limit.min(MAX_PAGE),
        }
    }
}

/// 422 that names one member.
pub(crate) fn invalid(member: &str, fault: impl Into<String>) -> ApiError {
    ApiError::invalid(vec![FieldError::new(member, fault)])
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, ApiError> {
    serde_json::from_value(params).map_err(|error| invalid("params", format!("{error}.")))
}

#[cfg(test)]
mod tests {
    use http_api::RequestBody;
    use serde_json::json;

    use super::*;

    fn call(r#type: &str, params: Value) -> Result<Call, ApiError> {
        let body = json!({"type": r#type, "params": params, "metadata": {}}).to_string();
        let builder = http::Request::post("/chatkit").header("content-type", "application/json");
        Call::read(&builder.body(RequestBody::Complete(body.into_bytes())).unwrap())
    }

    fn said(input: Value) -> Result<MessageText, ApiError> {
        match call("threads.create", json!({ "input": input })).unwrap() {
            Call::Create(spoken) => spoken.message(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_tags_and_quotes_are_one_message() {
        let content = json!([{"type": "input_text", "text": "complete "}, {"type": "input_tag", "id": "1", "text": "#1", "data": {}}]);
        let input =
            json!({"content": content, "attachments": [], "quoted_text": "#1 milk\n#2 eggs", "inference_options": {}});
        assert_eq!(said(input).unwrap().as_str(), "complete #1\n\n> #1 milk\n> #2 eggs");
    }

    #[test]
    fn what_cannot_be_said_is_told_apart_from_what_cannot_be_read() {
        for input in [
            json!({"content": [], "attachments": []}),
            json!({"content": [{"text": " "}]}),
            json!({"content": [{"text": "a".repeat(2001)}]}),
            json!({"content": [{"text": "look"}], "attachments": ["file_1"]}),
        ] {
            assert_eq!(said(input.clone()).unwrap_err().code, NOT_SAYABLE, "{input}");
        }
        for (kind, params, status) in [
            ("threads.create", json!({"input": {}}), 422),
            ("threads.create", json!({"input": {"content": "hi"}}), 422),
            ("threads.create", json!(null), 422),
            ("threads.get_by_id", json!({}), 422),
            ("threads.get_by_id", json!({"thread_id": 7}), 422),
            ("threads.list", json!({"order": "up"}), 422),
            ("items.list", json!({"thread_id": "7", "limit": -1}), 422),
            ("threads.update", json!({"thread_id": "7"}), 422),
            ("threads.custom_action", json!({"thread_id": "7", "action": {"payload": {}}}), 422),
            ("threads.retry_after_item", json!({"thread_id": "7"}), 422),
            ("attachments.create", json!({}), 400),
            ("", json!({}), 400),
        ] {
            assert_eq!(call(kind, params.clone()).unwrap_err().status, status, "{kind} {params}");
        }
    }

    #[test]
    fn a_page_has_a_bound_and_unknown_members_are_ignored() {
        let params = json!({"thread_id": "7", "limit": 5000, "order": "asc", "after": null, "new": {"a": 1}});
        let Call::ListItems(id, listing) = call("items.list", params).unwrap() else { panic!() };
        assert_eq!((id.as_str(), listing.limit(), listing.ascending()), ("7", MAX_PAGE, true));
        assert_eq!((Listing::default().limit(), Listing::default().ascending()), (DEFAULT_CHATKIT_PAGE, false));
    }

    #[test]
    fn a_button_names_its_question() {
        let action = |kind: &str, payload| Action { r#type: kind.to_owned(), payload };
        let good = action(DECIDE, json!({"action_id": "7-1-2-0", "approve": true}));
        assert_eq!(good.decision().unwrap(), ("7-1-2-0".to_owned(), true));
        assert_eq!(action("buy", json!({})).decision().unwrap_err().status, 400);
        for bad in [json!(null), json!({"approve": true}), json!({"action_id": "7-1-2-0", "approve": "yes"})] {
            assert_eq!(action(DECIDE, bad.clone()).decision().unwrap_err().status, 422, "{bad}");
        }
    }
}
