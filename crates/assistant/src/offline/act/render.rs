//! The offline assistant's replies in the user's language.

use crate::language::Language;
use crate::offline::act::reply::OfflineReply;
use crate::offline::act::{english, german};

/// The reply in a language.
pub(crate) fn render(reply: &OfflineReply, language: Language) -> String {
    match language {
        Language::English => english::render(reply),
        Language::German => german::render(reply),
    }
}
