//! The assistant: turns, streams, limits, ChatKit, and what it must not do.

mod ai_sdk;
mod chatkit;
mod chatkit_turns;
mod confirm;
mod gemini;
mod hidden_text;
mod injection;
mod json;
mod killed;
mod limits;
mod offline;
mod routes;
mod stream;
mod turns;
