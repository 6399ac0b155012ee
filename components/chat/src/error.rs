//! Why a request fails, and the response to it.

use assistant::{Language, ModelError, Texts, TurnError};
use db::DbError;
use http::StatusCode;
use http::header::RETRY_AFTER;
use http_api::ApiError;

/// The error of every handler and of the store.
#[derive(Debug)]
pub(crate) enum ChatError {
    /// An error that has its response already: of the token, the input, the settings or the database.
    Response(ApiError),
    /// The user has no such conversation.
    ConversationNotFound,
    /// The turn may not be written any more: its conversation was deleted, or the turn went on elsewhere.
    TurnLost,
    /// Another turn runs in the conversation.
    TurnRunning,
    /// The idempotency key was used with another message.
    KeyReused,
    /// The model may not be asked for so many seconds.
    ModelBlocked(ModelBlock, i64),
    /// The user has no such action.
    ActionNotFound,
    /// The action is being carried out.
    ActionRunning,
    /// The user decided too late.
    ActionExpired,
    /// The user decided otherwise before.
    ActionDecided,
    /// The action was not tried: the tools cannot be reached. The cause is for the log.
    ActionNotTried(String),
    /// The turn has no reply: the tools cannot be reached. The cause is for the log.
    ToolsUnreachable(String),
    /// The turn has no reply: the model failed.
    ModelFailed(ModelError),
}

/// Why the model may not be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ModelBlock {
    /// The user's tokens for today are used up.
    UserTokens,
    /// What all users may cost today is used up.
    TotalCost,
    /// The circuit breaker is open.
    BreakerOpen,
}

impl From<ApiError> for ChatError {
    fn from(error: ApiError) -> Self {
        Self::Response(error)
    }
}

impl From<DbError> for ChatError {
    fn from(error: DbError) -> Self {
        Self::Response(error.into())
    }
}

impl From<TurnError<ChatError>> for ChatError {
    fn from(error: TurnError<ChatError>) -> Self {
        match error {
            TurnError::Storage(error) => error,
            TurnError::Tools(error) => Self::ToolsUnreachable(error.to_string()),
            TurnError::Model(error) => Self::ModelFailed(error),
        }
    }
}

impl ChatError {
    /// The error as a response, in the user's language where a person reads it.
    pub(crate) fn into_api_error(self, language: Language) -> ApiError {
        let texts = Texts::of(language);
        match self {
            Self::Response(error) => error,
            Self::ConversationNotFound => ApiError::not_found("You have no conversation with this number."),
            Self::TurnLost => ApiError::conflict("The conversation was deleted, or went on elsewhere, while this ran."),
            Self::TurnRunning => ApiError::conflict(texts.still_running).with(RETRY_AFTER, "5"),
            Self::KeyReused => {
                let detail = "This Idempotency-Key was used with another message. Use a new one for each message.";
                ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", detail)
            }
            Self::ModelBlocked(block, seconds) => blocked(block, seconds, texts),
            Self::ActionNotFound => ApiError::not_found("There is no question of this name to answer."),
            Self::ActionRunning => ApiError::conflict(texts.action_running).with(RETRY_AFTER, "5"),
            Self::ActionExpired => ApiError::new(StatusCode::GONE, "expired", texts.question_expired),
            Self::ActionDecided => ApiError::conflict(texts.already_decided),
            Self::ActionNotTried(cause) => ApiError::unavailable(texts.action_not_tried, 5).because(cause),
            Self::ToolsUnreachable(cause) => ApiError::unavailable(texts.tools_unreachable, 5).because(cause),
            Self::ModelFailed(error) => model_failed(&error, texts),
        }
    }
}

/// 429 for the user's own limit; 503 where the cause is not the user's.
fn blocked(block: ModelBlock, seconds: i64, texts: &Texts) -> ApiError {
    let seconds = u32::try_from(seconds.clamp(1, 86_400)).unwrap_or(3600);
    match block {
        ModelBlock::UserTokens => {
            let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "daily_limit_reached", texts.daily_limit_reached);
            error.with(RETRY_AFTER, seconds.to_string())
        }
        ModelBlock::TotalCost => ApiError::unavailable(texts.over_budget, seconds).because("daily spend limit reached"),
        ModelBlock::BreakerOpen => ApiError::unavailable(texts.model_paused, seconds).because("circuit breaker open"),
    }
}

fn model_failed(error: &ModelError, texts: &Texts) -> ApiError {
    let (detail, retry_after) = match error {
        ModelError::Unavailable { retry_after, .. } => (texts.model_unavailable, *retry_after),
        ModelError::Misconfigured { .. } => (texts.model_misconfigured, 300),
        ModelError::Rejected { .. } => (texts.new_conversation, 1),
        ModelError::Unusable { .. } => (texts.no_usable_response, 1),
        ModelError::OverBudget => (texts.daily_limit_reached, 3600),
        ModelError::Stopped => (texts.client_gone, 1),
    };
    ApiError::unavailable(detail, retry_after).because(error)
}
