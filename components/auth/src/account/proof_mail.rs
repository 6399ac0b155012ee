//! The mails whose links prove or change an address.

use better_auth::email_token::{self, CHANGE_CONFIRMED, EmailToken, LIFETIME_SECONDS};
use better_auth::{EmailAddress, UserRecord, random_id};

use crate::account::email_link::verify_email_path;
use crate::account::link_mail::{LinkMail, MailKind};
use crate::account::outbox::{self, PreparedMail};
use crate::context::Context;
use crate::http::error::AuthError;

/// Sends the mail that proves the address of a user. The link belongs to the password that `account_id` holds: it is void
/// once another sign-up replaced that.
pub(super) fn send_proof_mail(
    context: &Context<'_>,
    user: &UserRecord,
    account_id: Option<&str>,
    target: Option<&str>,
) -> Result<(), AuthError> {
    prepare_proof_mail(context, &user.email, &user.id, account_id, target)?.send(context)
}

/// The same mail, ready to be sent to this address and for this user.
pub(super) fn prepare_proof_mail(
    context: &Context<'_>,
    address: &str,
    user_id: &str,
    account_id: Option<&str>,
    target: Option<&str>,
) -> Result<PreparedMail, AuthError> {
    let token = EmailToken {
        email: address.to_owned(),
        update_to: None,
        request_type: None,
        user_id: Some(user_id.to_owned()),
        account: Some(account_id.unwrap_or_default().to_owned()),
        change: None,
    };
    let token = email_token::sign(&token, context.env.now, &context.settings.secret);
    let link = verify_email_path(&token, target);
    outbox::prepare(context, &LinkMail::new(MailKind::VerifyEmail, address, &link, &token))
}

/// A change of address that waits for the links of its mails.
pub(super) struct PendingChange {
    pub(super) id: String,
    pub(super) user_id: String,
    pub(super) old: String,
    pub(super) new: EmailAddress,
    /// Where the browser goes in the end.
    pub(super) target: Option<String>,
}

impl PendingChange {
    /// Stores that a user asked for a change.
    pub(super) fn begin(
        context: &Context<'_>,
        user: &UserRecord,
        new: EmailAddress,
        target: Option<String>,
    ) -> Result<Self, AuthError> {
        let id = random_id(context.env.random);
        let seconds = u32::try_from(LIFETIME_SECONDS).expect("an hour");
        context.store.add_pending_change(&user.id, &id, seconds)?;
        Ok(Self { id, user_id: user.id.clone(), old: user.email.clone(), new, target })
    }
}

/// The mail of a step of a change of address: to the old address to agree to it, to the new one to prove it.
pub(super) fn prepare_change_mail(
    context: &Context<'_>,
    step: &str,
    change: &PendingChange,
) -> Result<PreparedMail, AuthError> {
    let token = EmailToken {
        email: change.old.clone(),
        update_to: Some(change.new.as_str().to_owned()),
        request_type: Some(step.to_owned()),
        user_id: Some(change.user_id.clone()),
        account: None,
        change: Some(change.id.clone()),
    };
    let token = email_token::sign(&token, context.env.now, &context.settings.secret);
    let link = verify_email_path(&token, change.target.as_deref());
    let (kind, to) = match step {
        CHANGE_CONFIRMED => (MailKind::ConfirmChange, change.old.as_str()),
        _ => (MailKind::ProveChange, change.new.as_str()),
    };
    outbox::prepare(context, &LinkMail::new(kind, to, &link, &token).with_new_email(change.new.as_str()))
}
