//! What a mail tells about, as it is stored until its link is used.

use serde::{Deserialize, Serialize};

/// An act that a link undoes.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub(super) enum NoticedAct {
    /// Somebody signed in.
    SignIn { user_id: String },
    /// The password was changed.
    Password { user_id: String },
    /// The address was changed.
    Address { user_id: String, old: String, new: String },
    /// A client was let in.
    Client { user_id: String, client_id: String },
}

impl NoticedAct {
    /// Reads a stored one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Title, text and button of the page behind the link: what it undoes.
    pub(super) fn page_words(&self) -> (&'static str, &'static str, &'static str) {
        const ENDS: &str = "Press the button to end all sessions and connected apps of your Todo account, and to choose a new password. \
            The password so far is void then.";
        match self {
            Self::SignIn { .. } | Self::Password { .. } => ("Was it not you?", ENDS, "Secure the account"),
            Self::Address { .. } => (
                "Was it not you?",
                "Press the button to give your Todo account its old email address back, to end all its sessions and connected apps, \
                    and to choose a new password. The password so far is void then.",
                "Take the account back",
            ),
            Self::Client { .. } => (
                "Disconnect the app?",
                "Press the button to disconnect the app from your Todo account.",
                "Disconnect the app",
            ),
        }
    }

    /// The act as it is stored.
    pub(super) fn to_text(&self) -> String {
        serde_json::json!(self).to_string()
    }
}
