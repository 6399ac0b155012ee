//! People's accounts: signing up and in, passwords, addresses, and the end of an account.

pub(crate) mod change_email;
pub(crate) mod change_password;
pub(crate) mod delete_user;
pub(crate) mod email_link;
pub(crate) mod link_mail;
pub(crate) mod link_page;
pub(crate) mod outbox;
pub(crate) mod password;
pub(crate) mod profile;
mod proof_mail;
pub(crate) mod reset_password;
pub(crate) mod reset_token;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod verify_email;
