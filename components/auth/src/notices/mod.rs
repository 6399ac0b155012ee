//! Mails about an account: a new device, a changed password or address, a connected app. Each has a link that undoes it.
//! They are sent where mail is configured, and never stand in the way of what they tell about.

mod act;
mod device;
pub(crate) mod undo;

use better_auth::{ALPHANUMERIC, random_id, random_text};
use oauth_server::sha256_base64url;

use crate::account::link_mail::{LinkMail, MailKind};
use crate::account::outbox;
use crate::context::Context;
use crate::http::error::AuthError;
use crate::notices::act::NoticedAct;
use crate::notices::device::device_name;

/// How long the link of such a mail is good: a week.
const LINK_SECONDS: u32 = 604_800;
const TOKEN_CHARS: usize = 32;

/// A sign-in: a mail tells of it if the device is a new one of a user who has others.
pub(crate) fn signed_in(context: &Context<'_>, user_id: &str, email: &str) {
    attempt(context, || {
        if !context.settings.mail()?.is_on() {
            return Ok(());
        }
        let name = device_name(&context.header("user-agent").unwrap_or_default());
        let address = context.client_address()?.unwrap_or_default();
        let device = sha256_base64url(&format!("{name}|{}", device::network(&address)));
        if context.store.note_device(user_id, &device)? {
            let act = NoticedAct::SignIn { user_id: user_id.to_owned() };
            send(context, MailKind::NewDevice, email, &act, Some(("Device", &name)))?;
        }
        Ok(())
    });
}

/// A sign-up, whose device is known from now on.
pub(crate) fn signed_up(context: &Context<'_>, user_id: &str) {
    signed_in(context, user_id, "");
}

/// The password was changed.
pub(crate) fn password_changed(context: &Context<'_>, user_id: &str, email: &str) {
    let act = NoticedAct::Password { user_id: user_id.to_owned() };
    attempt(context, || send(context, MailKind::PasswordChanged, email, &act, None));
}

/// The address was changed. The mail goes to the old one.
pub(crate) fn address_changed(context: &Context<'_>, user_id: &str, old: &str, new: &str) {
    let act = NoticedAct::Address { user_id: user_id.to_owned(), old: old.to_owned(), new: new.to_owned() };
    attempt(context, || send(context, MailKind::AddressChanged, old, &act, Some(("New address", new))));
}

/// A client was let in.
pub(crate) fn client_connected(context: &Context<'_>, user_id: &str, email: &str, client_id: &str) {
    let act = NoticedAct::Client { user_id: user_id.to_owned(), client_id: client_id.to_owned() };
    attempt(context, || send(context, MailKind::AppConnected, email, &act, None));
}

fn send(
    context: &Context<'_>,
    kind: MailKind,
    to: &str,
    act: &NoticedAct,
    detail: Option<(&'static str, &str)>,
) -> Result<(), AuthError> {
    let random = context.env.random;
    let token = random_text(random, ALPHANUMERIC, TOKEN_CHARS);
    let mut mail = LinkMail::new(kind, to, &format!("/undo?token={token}"), &token);
    if let Some((label, value)) = detail {
        mail = mail.with_detail(label, value);
    }
    let mail = outbox::prepare(context, &mail)?;
    if mail.is_some() {
        let (id, identifier) = (random_id(random), undo::identifier(&token));
        context.store.add_verification(&id, &identifier, &act.to_text(), LINK_SECONDS)?;
    }
    mail.send(context)
}

/// Does it, and logs an error.
fn attempt(context: &Context<'_>, work: impl FnOnce() -> Result<(), AuthError>) {
    if let Err(error) = work() {
        context.warn("notice_not_sent", &error.reason());
    }
}
