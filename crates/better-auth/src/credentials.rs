//! The bodies of sign-up, sign-in and sign-out. These types hold passwords, so they have no `Debug`.

use serde_json::Value;

use crate::email::EmailAddress;
use crate::validation::{INVALID_EMAIL, InputReader, any, display_text, email, not_empty};

/// Most UTF-16 code units of a name. Better Auth has no limit, but every token contains the name.
pub const MAX_NAME_UNITS: usize = 255;
/// Most UTF-16 code units of an image's URL.
pub const MAX_IMAGE_UNITS: usize = 2048;

/// A valid sign-up. Unknown members are ignored, as in Better Auth.
pub struct SignUpRequest {
    /// The display name, which may be empty.
    pub name: String,
    /// The e-mail address for signing in.
    pub email: EmailAddress,
    /// The password, whose length is not checked yet.
    pub password: String,
    /// The URL of a picture.
    pub image: Option<String>,
    /// The target of the link in a mail.
    pub callback_url: Option<String>,
    /// Whether the session outlives the browser.
    pub remember: bool,
}

/// A sign-in with members of the right types.
pub struct SignInRequest {
    /// The e-mail address as it was sent; its syntax is not checked.
    pub email: String,
    /// The password as it was sent.
    pub password: String,
    /// The page after the sign-in. The response repeats an empty one, which leads nowhere.
    pub callback_url: Option<String>,
    /// Whether the session outlives the browser.
    pub remember: bool,
}

impl SignUpRequest {
    /// Reads a body. The error is the message for the client.
    pub fn parse(body: Option<&Value>) -> Result<Self, String> {
        let mut members = InputReader::of(body, &["object", "record"])?;
        let name = members.text("name", display_text(MAX_NAME_UNITS)).to_owned();
        let email = EmailAddress::parse(members.text("email", email));
        let password = members.text("password", not_empty).to_owned();
        let image = members.optional_text("image", display_text(MAX_IMAGE_UNITS)).map(str::to_owned);
        let callback_url = members.optional_text("callbackURL", any).map(str::to_owned);
        let remember = members.optional_bool("rememberMe").unwrap_or(true);
        let email = members.finish(email)?.ok_or(INVALID_EMAIL)?;
        Ok(Self { name, email, password, image, callback_url, remember })
    }
}

impl SignInRequest {
    /// Reads a body. The error is the message for the client.
    pub fn parse(body: Option<&Value>) -> Result<Self, String> {
        let mut members = InputReader::of(body, &["object"])?;
        let email = members.text("email", any).to_owned();
        let password = members.text("password", any).to_owned();
        let callback_url = members.optional_text("callbackURL", any).map(str::to_owned);
        let remember = members.optional_bool("rememberMe").unwrap_or(true);
        members.finish(Self { email, password, callback_url, remember })
    }
}

/// Checks the body of a sign-out, which may be missing.
pub fn check_sign_out(body: Option<&Value>) -> Result<(), String> {
    if body.is_none() {
        return Ok(());
    }
    let mut members = InputReader::of(body, &["object"])?;
    members.optional_text("callbackURL", any);
    members.optional_bool("disableRedirect");
    members.optional_text("state", any);
    members.finish(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sign_up(body: Value) -> String {
        SignUpRequest::parse(Some(&body)).err().unwrap()
    }

    #[test]
    fn a_sign_up_is_read_and_unknown_members_are_ignored() {
        let body = json!({"email": "A@b.co", "password": "p", "name": "", "image": "/x", "rememberMe": false,
            "id": "mine", "emailVerified": true, "callbackURL": ""});
        let read = SignUpRequest::parse(Some(&body)).unwrap();
        assert_eq!((read.email.as_str(), read.name.as_str(), read.remember), ("a@b.co", "", false));
        assert_eq!(read.image.as_deref(), Some("/x"));
    }

    #[test]
    fn messages_equal_better_auths_in_their_order() {
        let missing = "Invalid input: expected string, received undefined";
        assert_eq!(
            sign_up(json!({})),
            format!("[body.name] {missing}; [body.email] {missing}; [body.password] {missing}")
        );
        let both = "[body] Invalid input: expected object, received array; [body] Invalid input: expected record, received array";
        assert_eq!(sign_up(json!([])), both);
        let bad = json!({"name": "X", "email": "bad", "password": "", "image": 1, "rememberMe": "true"});
        assert_eq!(
            sign_up(bad),
            "[body.email] Invalid email address; [body.password] Too small: expected string to have >=1 characters; \
             [body.image] Invalid input: expected string, received number; \
             [body.rememberMe] Invalid input: expected boolean, received string"
        );
    }

    #[test]
    fn a_name_is_bounded_and_without_control_characters() {
        let named = |name: &str| {
            SignUpRequest::parse(Some(&json!({"name": name, "email": "a@b.co", "password": "p"}))).map(|read| read.name)
        };
        assert!(named(&"n".repeat(255)).is_ok());
        assert!(named(&"n".repeat(256)).unwrap_err().contains("<=255"));
        for name in ["a\0b", "a\nb", "a\u{9f}b"] {
            assert!(named(name).unwrap_err().contains("control characters"), "{name:?}");
        }
    }

    #[test]
    fn a_sign_in_keeps_its_members_as_sent() {
        let body = json!({"email": "bad", "password": "", "callbackURL": ""});
        let read = SignInRequest::parse(Some(&body)).unwrap();
        assert_eq!((read.email.as_str(), read.callback_url.as_deref(), read.remember), ("bad", Some(""), true));
        let message = SignInRequest::parse(None).err().unwrap();
        assert_eq!(message, "[body] Invalid input: expected object, received undefined");
        let null = json!({"email": "a@b.co", "password": "p", "rememberMe": null});
        let message = SignInRequest::parse(Some(&null)).err().unwrap();
        assert_eq!(message, "[body.rememberMe] Invalid input: expected boolean, received null");
    }

    #[test]
    fn a_sign_out_may_omit_its_body_but_not_send_a_wrong_one() {
        assert!(check_sign_out(None).is_ok());
        assert!(check_sign_out(Some(&json!({"callbackURL": "/"}))).is_ok());
        assert!(check_sign_out(Some(&json!(null))).is_err());
        assert!(check_sign_out(Some(&json!({"state": 5}))).is_err());
    }
}
