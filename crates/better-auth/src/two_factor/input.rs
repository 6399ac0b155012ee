//! The bodies of the routes under `/two-factor`. These types hold codes and passwords, so they have no `Debug`.

use serde_json::Value;

use crate::validation::{InputReader, any, display_text};

/// Most UTF-16 code units of an issuer.
const MAX_ISSUER_UNITS: usize = 100;

/// A code of an authenticator app, or a backup code.
pub struct CodeRequest {
    /// The code as it was sent.
    pub code: String,
    /// Whether this device needs no second factor for a while.
    pub trust_device: bool,
    /// Whether the code is used up without a session.
    pub disable_session: bool,
}

impl CodeRequest {
    /// Reads a body. The error is the message for the client.
    pub fn parse(body: Option<&Value>) -> Result<Self, String> {
        let mut members = InputReader::of(body, &["object"])?;
        let code = members.text("code", any).to_owned();
        let disable_session = members.optional_bool("disableSession").unwrap_or(false);
        let trust_device = members.optional_bool("trustDevice").unwrap_or(false);
        members.finish(Self { code, trust_device, disable_session })
    }
}

/// How a user wants to prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorMethod {
    /// With the codes of an authenticator app.
    Totp,
    /// With codes that come by mail or SMS.
    Otp,
}

/// A user wants a second factor.
pub struct SetUpRequest {
    /// The user's password.
    pub password: String,
    /// What is to be set up.
    pub method: SecondFactorMethod,
    /// The name that an authenticator app shows.
    pub issuer: Option<String>,
}

impl SetUpRequest {
    /// Reads a body. The error is the message for the client.
    pub fn parse(body: Option<&Value>) -> Result<Self, String> {
        let mut members = InputReader::of(body, &["object"])?;
        let password = members.text("password", any).to_owned();
        let method = match members.get("method") {
            None => SecondFactorMethod::Totp,
            Some(Value::String(text)) if text == "totp" => SecondFactorMethod::Totp,
            Some(Value::String(text)) if text == "otp" => SecondFactorMethod::Otp,
            Some(_) => {
                members.add_issue("method", r#"Invalid option: expected one of "otp"|"totp""#);
                SecondFactorMethod::Totp
            }
        };
        let issuer = members.optional_text("issuer", display_text(MAX_ISSUER_UNITS)).map(str::to_owned);
        members.finish(Self { password, method, issuer: issuer.filter(|issuer| !issuer.is_empty()) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_code_is_a_text_as_it_was_sent() {
        let read = CodeRequest::parse(Some(&json!({"code": " 1", "trustDevice": true}))).ok().unwrap();
        assert_eq!((read.code.as_str(), read.trust_device, read.disable_session), (" 1", true, false));
        let message = CodeRequest::parse(Some(&json!({"code": 1, "trustDevice": "true"}))).err().unwrap();
        let code = "[body.code] Invalid input: expected string, received number";
        assert_eq!(message, format!("{code}; [body.trustDevice] Invalid input: expected boolean, received string"));
    }

    #[test]
    fn a_method_is_one_of_two() {
        let method = |method| SetUpRequest::parse(Some(&json!({"password": "p", "method": method})));
        assert_eq!(method("otp").ok().unwrap().method, SecondFactorMethod::Otp);
        assert_eq!(method("sms").err().unwrap(), r#"[body.method] Invalid option: expected one of "otp"|"totp""#);
        let plain = SetUpRequest::parse(Some(&json!({"password": "p"}))).ok().unwrap();
        assert_eq!((plain.method, plain.issuer), (SecondFactorMethod::Totp, None));
    }
}
