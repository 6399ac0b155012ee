//! What a conversation with the assistant is made of: the user's message with its limits ([`MessageText`]), what the model may
//! cost ([`ModelBudget`]) and the one table of routes ([`ROUTES`]). The component `chat` serves by it, the OpenAPI document
//! and the end-to-end tests derive from it. Never does I/O, knows no SQL.

mod budget;
mod limits;
mod message;
mod routes;

pub use budget::{CircuitBreaker, ModelBudget, RESERVED_TOKENS, TokenPrices};
pub use limits::{CHATKIT_REQUESTS, DEFAULT_CHATKIT_PAGE, DEFAULT_CONVERSATIONS, DEFAULT_TURNS, MAX_PAGE};
pub use message::{MAX_MESSAGE, MAX_TITLE, MessageText};
pub use routes::{ChatOperation, ChatRoute, ROUTES, RouteAccess};
pub use task::TimeZone;
