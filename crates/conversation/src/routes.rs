//! The routes of the assistant, as data: the router of `chat` decides by this table who may call what.

/// One method of one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChatRoute {
    /// What it does.
    pub operation: ChatOperation,
    /// The HTTP method. A `GET` is also served as `HEAD`.
    pub method: &'static str,
    /// The path; `{name}` stands for one segment, and `{user_id}` for the user of the access token.
    pub path: &'static str,
    /// The query parameters that are known; any other is an error.
    pub query: &'static [&'static str],
    /// The media types of the body that are read; none if there is no body.
    pub media_types: &'static [&'static str],
    /// Which browser pages may call it.
    pub access: RouteAccess,
}

/// What a route does; the names are those of the OpenAPI document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatOperation {
    /// Sends a message and returns the assistant's response.
    SendMessage,
    /// Resumes a stream of the AI SDK.
    ResumeStream,
    /// Reads what the assistant can do.
    GetFeatures,
    /// Approves or denies a tool call that waits for the user.
    DecideAction,
    /// Lists the newest conversations.
    ListConversations,
    /// Reads one conversation.
    GetConversation,
    /// Gives a conversation another title.
    RenameConversation,
    /// Deletes a conversation.
    DeleteConversation,
    /// Serves a request of ChatKit's protocol.
    ChatKit,
}

/// Which pages may call a route. A token is needed either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteAccess {
    /// Any; a browser lets only pages of trusted origins read the response.
    AnyPage,
    /// Only pages of trusted origins: any other is rejected.
    TrustedPages,
}

const JSON: &[&str] = &["application/json"];
const MERGE_PATCH: &[&str] = &["application/merge-patch+json", "application/json"];

const CHAT: &str = "/api/{user_id}/chat";
const ACTION: &str = "/api/{user_id}/chat/actions/{action_id}";
const STREAM: &str = "/api/{user_id}/chat/{chat_id}/stream";
const FEATURES: &str = "/api/{user_id}/chat/features";
const CONVERSATIONS: &str = "/api/{user_id}/conversations";
const CONVERSATION: &str = "/api/{user_id}/conversations/{conversation_id}";
const CHATKIT: &str = "/chatkit";

/// All routes.
pub const ROUTES: [ChatRoute; 9] = [
    ChatRoute { media_types: JSON, ..owned(ChatOperation::SendMessage, "POST", CHAT) },
    ChatRoute { media_types: JSON, ..owned(ChatOperation::DecideAction, "POST", ACTION) },
    owned(ChatOperation::ResumeStream, "GET", STREAM),
    owned(ChatOperation::GetFeatures, "GET", FEATURES),
    ChatRoute { query: &["limit", "after", "q"], ..owned(ChatOperation::ListConversations, "GET", CONVERSATIONS) },
    ChatRoute { query: &["limit", "before"], ..owned(ChatOperation::GetConversation, "GET", CONVERSATION) },
    ChatRoute { media_types: MERGE_PATCH, ..owned(ChatOperation::RenameConversation, "PATCH", CONVERSATION) },
    owned(ChatOperation::DeleteConversation, "DELETE", CONVERSATION),
    ChatRoute {
        media_types: JSON,
        access: RouteAccess::TrustedPages,
        ..owned(ChatOperation::ChatKit, "POST", CHATKIT)
    },
];

/// A route without query parameters and without a body.
const fn owned(operation: ChatOperation, method: &'static str, path: &'static str) -> ChatRoute {
    ChatRoute { operation, method, path, query: &[], media_types: &[], access: RouteAccess::AnyPage }
}

impl ChatRoute {
    /// Whether the path of this route is the one of these segments; a slash may follow it.
    pub fn matches(&self, segments: &[&str]) -> bool {
        let segments = segments.strip_suffix(&[""]).unwrap_or(segments);
        let own = self.path.trim_start_matches('/').split('/');
        own.clone().count() == segments.len()
            && own.zip(segments).all(|(own, given)| own.starts_with('{') || own == *given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_matches_segment_by_segment() {
        let paths = |path: &str| {
            let segments: Vec<&str> = path.split('/').collect();
            ROUTES.iter().filter(|route| route.matches(&segments)).map(|route| route.method).collect::<Vec<_>>()
        };
        assert_eq!(paths("api/alice/chat"), ["POST"]);
        assert_eq!(paths("api/alice/conversations/7"), ["GET", "PATCH", "DELETE"]);
        assert_eq!(paths("chatkit"), ["POST"]);
        assert_eq!(paths("api/alice/chat/"), ["POST"]);
        for none in ["", "api/alice", "api/alice/chat//", "api/alice/chat/actions", "api/alice/conversations/1/2"] {
            assert!(paths(none).is_empty(), "{none}");
        }
    }
}
