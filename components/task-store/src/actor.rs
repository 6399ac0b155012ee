//! Who changes tasks, as the function `acting` of migration 0017 takes it.

use db::Param;
use serde_json::json;

use crate::bindings::exports::todo::tasks::store::{Actor, Author, ChatTurn};

/// The owner and the actor as parameters. `kind` is what the change does, where it cannot be seen by its rows.
pub(crate) fn parameters(author: Author, kind: Option<&str>) -> (Param, Param) {
    let mut actor = match author.actor {
        Actor::Page => json!({ "actor": "page" }),
        Actor::Api => json!({ "actor": "api" }),
        Actor::Chat(ChatTurn { conversation, turn }) => {
            json!({ "actor": "chat", "conversation_id": conversation, "turn": turn })
        }
        Actor::Mcp(None) => json!({ "actor": "mcp" }),
        Actor::Mcp(Some(client)) => json!({ "actor": "mcp", "app": client }),
    };
    if let Some(kind) = kind {
        actor["kind"] = kind.into();
    }
    (author.owner.into(), actor.to_string().into())
}
