//! Who changes tasks, as the function `acting` of migration 0017 takes it.

use db::Param;
use serde_json::{Value, json};

use crate::bindings::exports::todo::tasks::store::{Actor, Author, ChatTurn, ImportFile};

/// The owner and the actor as parameters. `kind` is what the change does, where it cannot be seen by its rows.
pub(crate) fn parameters(author: Author, kind: Option<&str>) -> (Param, Param) {
    let mut actor = members(author.actor);
    if let Some(kind) = kind {
        actor["kind"] = kind.into();
    }
    (author.owner.into(), actor.to_string().into())
}

/// The owner and the actor of an import, with the file as migration 0021 notes it.
pub(crate) fn import_parameters(author: Author, file: Option<&ImportFile>) -> (Param, Param) {
    let mut actor = members(author.actor);
    actor["kind"] = "import".into();
    if let Some(ImportFile { digest, again }) = file {
        actor["file"] = digest.as_str().into();
        actor["again"] = (*again).into();
    }
    (author.owner.into(), actor.to_string().into())
}

fn members(actor: Actor) -> Value {
    match actor {
        Actor::Page => json!({ "actor": "page" }),
        Actor::Api => json!({ "actor": "api" }),
        Actor::Chat(ChatTurn { conversation, turn }) => {
            json!({ "actor": "chat", "conversation_id": conversation, "turn": turn })
        }
        Actor::Mcp(None) => json!({ "actor": "mcp" }),
        Actor::Mcp(Some(client)) => json!({ "actor": "mcp", "app": client }),
    }
}
