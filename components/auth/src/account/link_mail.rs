//! Mails with a link, and the request to a mail API of Resend's shape that sends one.

use serde_json::{Value, json};

use crate::context::PREFIX;
use crate::settings::Settings;

/// The reason for a mail.
#[derive(Clone, Copy)]
pub(super) enum MailKind {
    /// The user forgot the password.
    ResetPassword,
    /// A user has to prove an address.
    VerifyEmail,
    /// The owner of the old address is asked about the new one.
    ConfirmChange,
    /// The owner of the new address of an existing account has to prove it.
    ProveChange,
    /// A user wants to delete the account.
    DeleteAccount,
}

impl MailKind {
    fn name(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset-password",
            Self::VerifyEmail => "verify-email",
            Self::ConfirmChange => "change-email-confirm",
            Self::ProveChange => "change-email-verify",
            Self::DeleteAccount => "delete-account",
        }
    }

    fn subject(self) -> &'static str {
        match self {
            Self::ResetPassword => "Reset your password",
            Self::VerifyEmail => "Confirm your email address",
            Self::ConfirmChange => "Agree to a new email address of your account",
            Self::ProveChange => "Change of the email address of an existing account",
            Self::DeleteAccount => "Confirm that your account is to be deleted",
        }
    }

    /// Nothing in it comes from a user: otherwise a sign-up could make this server send any text to any address.
    fn sentence(self) -> &'static str {
        match self {
            Self::ResetPassword => {
                "Somebody asked for a new password for your Todo account. To choose one, open this link within an hour:"
            }
            Self::VerifyEmail => {
                "Somebody made a Todo account with this email address. If it was you, open this link within an hour to confirm the address, in the browser where you are signed in:"
            }
            Self::ConfirmChange => {
                "Somebody asked to change the email address of your Todo account. If it was you, open this link within an hour to agree:"
            }
            Self::ProveChange => {
                "The owner of an existing Todo account asked to change its email address to this one. It makes no new account. If it was you, open this link within an hour, in the browser where you are signed in to that account:"
            }
            Self::DeleteAccount => {
                "Somebody asked to delete your Todo account and everything in it. If it was you, open this link within a day, in the browser where you are signed in:"
            }
        }
    }
}

/// A mail with a link.
pub(super) struct LinkMail {
    kind: MailKind,
    to: String,
    link: String,
    token: String,
    new_email: Option<String>,
}

impl LinkMail {
    /// `link` is the path behind `/api/auth`, with its query.
    pub(super) fn new(kind: MailKind, to: &str, link: &str, token: &str) -> Self {
        Self { kind, to: to.to_owned(), link: link.to_owned(), token: token.to_owned(), new_email: None }
    }

    /// The same mail with the new address in its text.
    pub(super) fn with_new_email(mut self, new_email: &str) -> Self {
        self.new_email = Some(new_email.to_owned());
        self
    }

    /// The address that it goes to.
    pub(super) fn to(&self) -> &str {
        &self.to
    }

    /// The name of its kind.
    pub(super) fn kind_name(&self) -> &'static str {
        self.kind.name()
    }

    /// The mail as it stands in the outbox of development.
    pub(super) fn to_outbox(&self, settings: &Settings) -> Value {
        let mut entry =
            json!({"type": self.kind.name(), "to": self.to, "url": self.url(settings), "token": self.token});
        if let Some(email) = &self.new_email {
            entry["newEmail"] = email.as_str().into();
        }
        entry
    }

    /// The request that sends the mail; none if the key cannot stand in a header.
    pub(super) fn to_request(
        &self,
        settings: &Settings,
        url: &http::Uri,
        key: &str,
        from: &str,
    ) -> Option<http::Request<Vec<u8>>> {
        let tags = json!([{"name": "type", "value": self.kind.name()}]);
        let body = json!({"from": from, "to": [self.to], "subject": self.kind.subject(), "text": self.text(settings), "tags": tags});
        http::Request::post(url.clone())
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json")
            .body(body.to_string().into_bytes())
            .ok()
    }

    fn url(&self, settings: &Settings) -> String {
        format!("{}{PREFIX}{}", settings.base, self.link)
    }

    fn text(&self, settings: &Settings) -> String {
        let new = self.new_email.as_ref().map(|email| format!("New address: {email}\n\n")).unwrap_or_default();
        let end = "If it was not you, ignore this mail: nothing happens without the link.";
        format!("{}\n\n{}\n\n{new}{end}\n", self.kind.sentence(), self.url(settings))
    }
}

#[cfg(test)]
mod tests;
