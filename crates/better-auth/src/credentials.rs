//! What a client sends to sign up, in and out. These types hold passwords and are never printed.

use serde_json::Value;

use crate::EmailAddress;
use crate::validation::{INVALID_EMAIL, InputReader, any, display_text, email, not_empty};

/// Most UTF-16 code units of a name. (Better Auth has no limit; a name travels in every token.)
pub const MAX_NAME_UNITS: usize = 255;
/// Most UTF-16 code units of an image's address.
pub const MAX_IMAGE_UNITS: usize = 2048;

/// A valid sign-up; members that are not known are ignored, as Better Auth does.
pub struct SignUpRequest {
    /// Display name; may be empty.
    pub name: String,
    /// Address to sign in with.
    pub email: EmailAddress,
    /// Not yet checked for its length.
    pub password: String,
    /// Address of a picture.
    pub image: Option<String>,
    /// Where the link in a mail is to lead.
    pub callback_url: Option<String>,
    /// Whether the session outlives the browser.
    pub remember: bool,
}

/// A readable sign-in.
pub struct SignInRequest {
    /// As it was sent; the syntax is the handler's business.
    pub email: String,
    /// As it was sent.
    pub password: String,
    /// Where the client wants to go afterwards; an empty one is repeated but means nowhere.
    pub callback_url: Option<String>,
    /// Whether the session outlives the browser.
    pub remember: bool,
}

impl SignUpRequest {
    /// Reads a body; the error is the message for the client.
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
    /// Reads a body; the error is the message for the client.
    pub fn parse(body: Option<&Value>) -> Result<Self, String> {
        let mut members = InputReader::of(body, &["object"])?;
        let email = members.text("email", any).to_owned();
        let password = members.text("password", any).to_owned();
        let callback_url = members.optional_text("callbackURL", any).map(str::to_owned);
        let remember = members.optional_bool("rememberMe").unwrap_or(true);
        members.finish(Self { email, password, callback_url, remember })
    }
}

/// Checks the body of a sign-out, which may be missing altogether.
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
    fn a_sign_up_is_read_and_the_unknown_ignored() {
        let body = json!({"email": "A@b.co", "password": "p", "name": "", "image": "/x", "rememberMe": false,
            "id": "mine", "emailVerified": true, "callbackURL": ""});
        let read = SignUpRequest::parse(Some(&body)).unwrap();
        assert_eq!((read.email.as_str(), read.name.as_str(), read.remember), ("a@b.co", "", false));
        assert_eq!(read.image.as_deref(), Some("/x"));
    }

    #[test]
    fn complaints_are_better_auths_and_in_its_order() {
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
    fn a_sign_in_keeps_the_members_as_sent() {
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
    fn a_sign_out_needs_no_body_but_no_wrong_one_either() {
        assert!(check_sign_out(None).is_ok());
        assert!(check_sign_out(Some(&json!({"callbackURL": "/"}))).is_ok());
        assert!(check_sign_out(Some(&json!(null))).is_err());
        assert!(check_sign_out(Some(&json!({"state": 5}))).is_err());
    }
}
