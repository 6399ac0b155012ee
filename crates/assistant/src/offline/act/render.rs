//! The offline assistant's replies in the user's language.

use crate::day_words::DayWords;
use crate::language::Language;
use crate::offline::act::reply::OfflineReply;
use crate::offline::act::{english, german};

/// The reply in the language of `days`.
pub(crate) fn render(reply: &OfflineReply, days: &DayWords) -> String {
    match days.language {
        Language::English => english::render(reply, days),
        Language::German => german::render(reply, days),
    }
}
