//! Requests of ChatKit. Members that are not known here are ignored, as the official server does: its client is newer than us.

use conversation::{CHATKIT_REQUESTS, DEFAULT_CHATKIT_PAGE, MAX_PAGE, MessageText};
use http_api::{ApiError, FieldError, read_json};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// The action of the buttons under a question.
pub(crate) const DECIDE: &str = "todo.decide";
/// The code of an error about the user's own text.
pub(crate) const UNACCEPTABLE_TEXT: &str = "not_sayable";

/// A request, with the id of its thread.
#[derive(Debug)]
pub(crate) enum ThreadOperation {
    Create(UserInput),
    AddUserMessage(String, UserInput),
    RetryAfterItem(String, String),
    CustomAction(String, WidgetAction),
    GetThread(String),
    ListThreads(PageRequest),
    ListItems(String, PageRequest),
    UpdateThread(String, String),
    DeleteThread(String),
}

#[derive(Deserialize)]
struct RequestEnvelope {
    r#type: String,
    #[serde(default)]
    params: Value,
}

#[derive(Deserialize)]
struct ThreadParams<T> {
    thread_id: String,
    #[serde(flatten)]
    rest: T,
}

#[derive(Deserialize)]
struct NoParams {}

#[derive(Deserialize)]
struct InputParams {
    input: UserInput,
}

#[derive(Deserialize)]
struct ItemParams {
    item_id: String,
}

#[derive(Deserialize)]
struct TitleParams {
    title: String,
}

#[derive(Deserialize)]
struct ActionParams {
    action: WidgetAction,
}

/// A message as the composer sends it.
#[derive(Debug, Deserialize)]
pub(crate) struct UserInput {
    content: Vec<InputPart>,
    #[serde(default)]
    attachments: Vec<IgnoredAny>,
    #[serde(default)]
    quoted_text: Option<String>,
}

#[derive(Debug, Deserialize)]
struct InputPart {
    text: String,
}

/// What a button sends.
#[derive(Debug, Deserialize)]
pub(crate) struct WidgetAction {
    r#type: String,
    #[serde(default)]
    payload: Value,
}

/// The part of a list that a client asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct PageRequest {
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    order: ListOrder,
    #[serde(default)]
    pub(crate) after: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ListOrder {
    Asc,
    #[default]
    Desc,
}

impl ThreadOperation {
    /// Reads a body: 400 for a type that is not served.
    pub(crate) fn read(body: &[u8]) -> Result<Self, ApiError> {
        let RequestEnvelope { r#type, params } = read_json(body)?;
        Ok(match r#type.as_str() {
            "threads.create" => Self::Create(parse::<InputParams>(params)?.input),
            "threads.add_user_message" => {
                let ThreadParams { thread_id, rest: InputParams { input } } = parse(params)?;
                Self::AddUserMessage(thread_id, input)
            }
            "threads.retry_after_item" => {
                let ThreadParams { thread_id, rest: ItemParams { item_id } } = parse(params)?;
                Self::RetryAfterItem(thread_id, item_id)
            }
            "threads.custom_action" => {
                let ThreadParams { thread_id, rest: ActionParams { action } } = parse(params)?;
                Self::CustomAction(thread_id, action)
            }
            "threads.get_by_id" => Self::GetThread(parse::<ThreadParams<NoParams>>(params)?.thread_id),
            "threads.list" => Self::ListThreads(parse(params)?),
            "items.list" => {
                let ThreadParams { thread_id, rest } = parse(params)?;
                Self::ListItems(thread_id, rest)
            }
            "threads.update" => {
                let ThreadParams { thread_id, rest: TitleParams { title } } = parse(params)?;
                Self::UpdateThread(thread_id, title)
            }
            "threads.delete" => Self::DeleteThread(parse::<ThreadParams<NoParams>>(params)?.thread_id),
            _ => {
                let served = CHATKIT_REQUESTS.join(", ");
                return Err(ApiError::malformed(format!("This type is not served here. Those that are: {served}.")));
            }
        })
    }
}

impl UserInput {
    /// The text; a text that it quotes comes after it, as data.
    pub(crate) fn to_message(&self) -> Result<MessageText, ApiError> {
        let unacceptable = |text: String| ApiError { code: UNACCEPTABLE_TEXT, ..invalid("params.input", text) };
        if !self.attachments.is_empty() {
            return Err(unacceptable("must have no attachments: the assistant reads none.".to_owned()));
        }
        let mut text: String = self.content.iter().map(|part| part.text.as_str()).collect();
        if let Some(quoted) = &self.quoted_text {
            text.push_str("\n\n> ");
            text.push_str(&quoted.replace('\n', "\n> "));
        }
        MessageText::parse(&text).map_err(|error| unacceptable(error.0))
    }
}

impl WidgetAction {
    /// The id of the action, and whether the user approves it.
    pub(crate) fn decision(&self) -> Result<(String, bool), ApiError> {
        #[derive(Deserialize)]
        struct Decision {
            action_id: String,
            approve: bool,
        }
        if self.r#type != DECIDE {
            return Err(ApiError::malformed(format!("There is no such action; the one there is: {DECIDE}.")));
        }
        let Decision { action_id, approve } = parse(self.payload.clone())?;
        Ok((action_id, approve))
    }
}

impl PageRequest {
    /// The first items of a thread that is opened.
    pub(crate) fn from_the_start() -> Self {
        Self { order: ListOrder::Asc, ..Self::default() }
    }

    /// Whether the oldest come first.
    pub(crate) fn is_ascending(&self) -> bool {
        self.order == ListOrder::Asc
    }

    /// The most entries of the page.
    pub(crate) fn limit(&self) -> usize {
        match self.limit {
            None | Some(0) => DEFAULT_CHATKIT_PAGE,
            Some(limit) => limit.min(MAX_PAGE),
        }
    }
}

/// 422 that names one member.
pub(crate) fn invalid(member: &str, expected: impl Into<String>) -> ApiError {
    ApiError::invalid(vec![FieldError::new(member, expected)])
}

fn parse<T: DeserializeOwned>(params: Value) -> Result<T, ApiError> {
    serde_json::from_value(params).map_err(|error| invalid("params", format!("{error}.")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(r#type: &str, params: Value) -> Result<ThreadOperation, ApiError> {
        ThreadOperation::read(json!({"type": r#type, "params": params, "metadata": {}}).to_string().as_bytes())
    }

    fn message(input: Value) -> Result<MessageText, ApiError> {
        match read("threads.create", json!({ "input": input })).unwrap() {
            ThreadOperation::Create(input) => input.to_message(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_tags_and_quotes_are_one_message() {
        let content = json!([{"type": "input_text", "text": "complete "}, {"type": "input_tag", "id": "1", "text": "#1", "data": {}}]);
        let input =
            json!({"content": content, "attachments": [], "quoted_text": "#1 milk\n#2 eggs", "inference_options": {}});
        assert_eq!(message(input).unwrap().as_str(), "complete #1\n\n> #1 milk\n> #2 eggs");
    }

    #[test]
    fn what_cannot_be_said_is_told_apart_from_what_cannot_be_read() {
        for input in [
            json!({"content": [], "attachments": []}),
            json!({"content": [{"text": " "}]}),
            json!({"content": [{"text": "a".repeat(2001)}]}),
            json!({"content": [{"text": "look"}], "attachments": ["file_1"]}),
        ] {
            assert_eq!(message(input.clone()).unwrap_err().code, UNACCEPTABLE_TEXT, "{input}");
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
            assert_eq!(read(kind, params.clone()).unwrap_err().status, status, "{kind} {params}");
        }
    }

    #[test]
    fn every_request_of_the_list_is_served() {
        for kind in CHATKIT_REQUESTS {
            let status = read(kind, json!("nonsense")).map_or_else(|error| error.status.as_u16(), |_| 200);
            assert_eq!(status, 422, "{kind}");
        }
    }

    #[test]
    fn a_page_has_a_bound_and_unknown_members_are_ignored() {
        let params = json!({"thread_id": "7", "limit": 5000, "order": "asc", "after": null, "new": {"a": 1}});
        let ThreadOperation::ListItems(id, page) = read("items.list", params).unwrap() else { panic!() };
        assert_eq!((id.as_str(), page.limit(), page.is_ascending()), ("7", MAX_PAGE, true));
        let default = PageRequest::default();
        assert_eq!((default.limit(), default.is_ascending()), (DEFAULT_CHATKIT_PAGE, false));
    }

    #[test]
    fn a_button_names_its_question() {
        let action = |kind: &str, payload| WidgetAction { r#type: kind.to_owned(), payload };
        let good = action(DECIDE, json!({"action_id": "7-1-2-0", "approve": true}));
        assert_eq!(good.decision().unwrap(), ("7-1-2-0".to_owned(), true));
        assert_eq!(action("buy", json!({})).decision().unwrap_err().status, 400);
        for bad in [json!(null), json!({"approve": true}), json!({"action_id": "7-1-2-0", "approve": "yes"})] {
            assert_eq!(action(DECIDE, bad.clone()).decision().unwrap_err().status, 422, "{bad}");
        }
    }
}
