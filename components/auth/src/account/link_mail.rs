//! Mails with a link, or a code.

use mail_api::MailMessage;
use serde_json::{Value, json};

use crate::context::PREFIX;
use crate::settings::Settings;

/// The reason for a mail.
#[derive(Clone, Copy)]
pub(crate) enum MailKind {
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
    /// A user who signs in has to prove that they read this mail.
    SignInCode,
    /// Somebody signed in with a new device.
    NewDevice,
    /// The password was changed.
    PasswordChanged,
    /// The address was changed.
    AddressChanged,
    /// A client was let in.
    AppConnected,
}

impl MailKind {
    fn name(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset-password",
            Self::VerifyEmail => "verify-email",
            Self::ConfirmChange => "change-email-confirm",
            Self::ProveChange => "change-email-verify",
            Self::DeleteAccount => "delete-account",
            Self::SignInCode => "sign-in-code",
            Self::NewDevice => "new-device",
            Self::PasswordChanged => "password-changed",
            Self::AddressChanged => "address-changed",
            Self::AppConnected => "app-connected",
        }
    }

    /// Whether the mail tells of something that was done; else its link does what somebody asked for.
    pub(super) fn is_notice(self) -> bool {
        matches!(self, Self::NewDevice | Self::PasswordChanged | Self::AddressChanged | Self::AppConnected)
    }

    fn closing(self) -> &'static str {
        match self {
            Self::SignInCode => "If it was not you, somebody knows your password: set another one.",
            _ if self.is_notice() => "If it was you, there is nothing to do.",
            _ => "If it was not you, ignore this mail: nothing happens without the link.",
        }
    }

    fn subject(self) -> &'static str {
        match self {
            Self::ResetPassword => "Reset your password",
            Self::VerifyEmail => "Confirm your email address",
            Self::ConfirmChange => "Agree to a new email address of your account",
            Self::ProveChange => "Change of the email address of an existing account",
            Self::DeleteAccount => "Confirm that your account is to be deleted",
            Self::SignInCode => "Your code to sign in",
            Self::NewDevice => "Sign-in with a new device",
            Self::PasswordChanged => "Your password was changed",
            Self::AddressChanged => "The email address of your account was changed",
            Self::AppConnected => "An app was connected to your account",
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
            Self::SignInCode => {
                "Somebody signs in to your Todo account with its password. If it is you, enter this code within three minutes:"
            }
            Self::NewDevice => {
                "Somebody signed in to your Todo account with a device that it did not know. If it was not you, open this link within a week to end all sessions and to choose a new password:"
            }
            Self::PasswordChanged => {
                "The password of your Todo account was changed. If it was not you, open this link within a week to end all sessions and to choose a new password:"
            }
            Self::AddressChanged => {
                "Your Todo account has another email address now. If it was not you, open this link within a week to give it this address back and to choose a new password:"
            }
            Self::AppConnected => {
                "An app was connected to your Todo account and may use it as you allowed. If it was not you, open this link within a week to disconnect it:"
            }
        }
    }
}

/// A mail with a link, or a code.
pub(crate) struct LinkMail {
    kind: MailKind,
    to: String,
    /// The path behind `/api/auth`, with its query; empty where the token is a code.
    link: String,
    token: String,
    new_email: Option<String>,
    detail: Option<(&'static str, String)>,
}

impl LinkMail {
    /// `link` is the path behind `/api/auth`, with its query.
    pub(crate) fn new(kind: MailKind, to: &str, link: &str, token: &str) -> Self {
        Self { kind, to: to.to_owned(), link: link.to_owned(), token: token.to_owned(), new_email: None, detail: None }
    }

    /// A mail with a code that is typed.
    pub(crate) fn with_code(kind: MailKind, to: &str, code: &str) -> Self {
        Self::new(kind, to, "", code)
    }

    /// The same mail with the new address in its text.
    pub(super) fn with_new_email(mut self, new_email: &str) -> Self {
        self.new_email = Some(new_email.to_owned());
        self
    }

    /// The same mail with one more line in its text.
    pub(crate) fn with_detail(mut self, label: &'static str, value: &str) -> Self {
        self.detail = Some((label, value.to_owned()));
        self
    }

    /// Whether it tells of something that was done.
    pub(super) fn is_notice(&self) -> bool {
        self.kind.is_notice()
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
            json!({"type": self.kind.name(), "to": self.to, "url": self.content(settings), "token": self.token});
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
        let (subject, text, kind) = (self.kind.subject(), &self.text(settings), self.kind.name());
        MailMessage { to: &self.to, subject, text, kind }.to_request(url, key, from)
    }

    /// What the mail is for: a link to be opened, or a code to be typed.
    fn content(&self, settings: &Settings) -> String {
        match self.link.as_str() {
            "" => self.token.clone(),
            link => format!("{}{PREFIX}{link}", settings.base),
        }
    }

    fn text(&self, settings: &Settings) -> String {
        let new = self.new_email.as_ref().map(|email| format!("New address: {email}\n\n")).unwrap_or_default();
        let detail = self.detail.as_ref().map(|(label, value)| format!("{label}: {value}\n\n")).unwrap_or_default();
        let (sentence, url, closing) = (self.kind.sentence(), self.content(settings), self.kind.closing());
        format!("{sentence}\n\n{url}\n\n{new}{detail}{closing}\n")
    }
}

#[cfg(test)]
mod tests;
