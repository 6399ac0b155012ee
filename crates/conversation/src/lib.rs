//! What a conversation with the assistant is made of: the user's message with its limits ([`MessageText`]), what the model may
//! cost ([`ModelBudget`]), what a search looks for ([`ConversationSearch`]) and the one table of routes ([`ROUTES`]). The
//! component `chat` serves by it, the OpenAPI document and the end-to-end tests derive from it. Never does I/O, knows no SQL.

mod budget;
mod limits;
mod message;
mod routes;
mod search;

pub use budget::{CircuitBreaker, ModelBudget, RESERVED_TOKENS, TokenPrices};
pub use limits::{
    CHATKIT_REQUESTS, DEFAULT_CHATKIT_PAGE, DEFAULT_CONVERSATIONS, DEFAULT_TURNS, MAX_PAGE, SEARCHED_CONVERSATIONS,
    SEARCHED_TURNS,
};
pub use message::{MAX_MESSAGE, MAX_TITLE, MessageText};
pub use routes::{ChatOperation, ChatRoute, ROUTES, RouteAccess};
pub use search::ConversationSearch;
pub use task::TimeZone;
