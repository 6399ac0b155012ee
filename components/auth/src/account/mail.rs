//! Mails with a link, by an HTTP API of Resend's shape. They are sent after the answer, so that nobody can tell by
//! the time whether one was. In development they are printed and kept for an hour instead, at `GET /outbox`.

use better_auth::random_id;
use better_auth::validation::{InputReader, any};
use http::StatusCode;
use http_api::{ApiError, Response};
use serde_json::{Value, json};

use crate::context::Call;
use crate::guard::origin;
use crate::http::response::{Failure, Refusal, json as answer};
use crate::routes::PREFIX;
use crate::settings::Settings;

/// Where the outbox is kept: rows of `verification` under this identifier.
const OUTBOX: &str = "development-outbox";
const OUTBOX_SECONDS: u32 = 3600;

/// How mails leave.
pub(crate) enum Mailer {
    /// They do not: features that need one are off.
    Off,
    /// `development_mail`: they are printed and kept.
    Outbox,
    /// Through an HTTP API.
    Api {
        /// `mail_api_url`.
        url: http::Uri,
        /// `mail_api_key`.
        key: String,
        /// `mail_from`.
        from: String,
    },
}

impl Mailer {
    /// Reads the settings through `get`.
    pub(crate) fn load(get: impl Fn(&str) -> Result<String, ApiError>, is_local: bool) -> Result<Self, ApiError> {
        let outbox = flag("development_mail", &get("development_mail")?)?;
        if outbox && !is_local {
            return Err(ApiError::internal("variable development_mail may be on only for a local http address"));
        }
        let (key, from) = (get("mail_api_key")?.trim().to_owned(), get("mail_from")?.trim().to_owned());
        match (outbox, key.is_empty(), from.is_empty()) {
            (true, ..) => Ok(Self::Outbox),
            (false, true, _) => Ok(Self::Off),
            (false, false, true) => Err(ApiError::internal("variable mail_from must be set where mail_api_key is")),
            (false, false, false) => {
                let url = get("mail_api_url")?.trim().parse::<http::Uri>().ok().filter(|url| url.host().is_some());
                let url = url.ok_or_else(|| ApiError::internal("variable mail_api_url must be an http address"))?;
                Ok(Self::Api { url, key, from })
            }
        }
    }

    /// Whether mails can be sent.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self, Self::Off)
    }
}

/// Reads a variable that is `true` or `false`.
pub(crate) fn flag(name: &str, value: &str) -> Result<bool, ApiError> {
    match value.trim() {
        "true" => Ok(true),
        "false" | "" => Ok(false),
        _ => Err(ApiError::internal(format!("variable {name} must be true or false"))),
    }
}

/// What a mail is about.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// The password was forgotten.
    ResetPassword,
    /// An address is to be proved.
    VerifyEmail,
    /// The owner of the old address is asked about the new one.
    ConfirmChange,
    /// An account is to be deleted.
    DeleteAccount,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset-password",
            Self::VerifyEmail => "verify-email",
            Self::ConfirmChange => "change-email-confirm",
            Self::DeleteAccount => "delete-account",
        }
    }

    fn subject(self) -> &'static str {
        match self {
            Self::ResetPassword => "Reset your password",
            Self::VerifyEmail => "Confirm your email address",
            Self::ConfirmChange => "Confirm your new email address",
            Self::DeleteAccount => "Confirm that your account is to be deleted",
        }
    }

    /// Nothing in it comes from a user: otherwise a sign-up could make this server send anyone anything.
    fn sentence(self) -> &'static str {
        match self {
            Self::ResetPassword => {
                "Somebody asked for a new password for your Todo account. To choose one, open this link within an hour:"
            }
            Self::VerifyEmail => "To confirm this email address for your Todo account, open this link within an hour:",
            Self::ConfirmChange => {
                "Somebody asked to change the email address of your Todo account. If it was you, open this link within an hour:"
            }
            Self::DeleteAccount => {
                "Somebody asked to delete your Todo account and everything in it. If it was you, open this link within a day, in the browser where you are signed in:"
            }
        }
    }
}

/// A mail with a link.
pub(crate) struct Mail {
    kind: Kind,
    to: String,
    link: String,
    token: String,
    new_email: Option<String>,
}

impl Mail {
    /// `link` is the path behind `/api/auth`, with its query.
    pub(crate) fn new(kind: Kind, to: &str, link: &str, token: &str) -> Self {
        Self { kind, to: to.to_owned(), link: link.to_owned(), token: token.to_owned(), new_email: None }
    }

    /// The mail, about this new address.
    pub(crate) fn about(mut self, new_email: &str) -> Self {
        self.new_email = Some(new_email.to_owned());
        self
    }

    fn url(&self, settings: &Settings) -> String {
        format!("{}{PREFIX}{}", settings.base, self.link)
    }

    fn text(&self, settings: &Settings) -> String {
        let new = self.new_email.as_ref().map(|email| format!("New address: {email}\n\n")).unwrap_or_default();
        let end = "If it was not you, ignore this mail: nothing happens without the link.";
        format!("{}\n\n{}\n\n{new}{end}\n", self.kind.sentence(), self.url(settings))
    }

    fn kept(&self, settings: &Settings) -> Value {
        let mut kept = json!({"type": self.kind.name(), "to": self.to, "url": self.url(settings), "token": self.token});
        if let Some(email) = &self.new_email {
            kept["newEmail"] = email.as_str().into();
        }
        kept
    }

    fn request(&self, settings: &Settings, url: &http::Uri, key: &str, from: &str) -> Option<http::Request<Vec<u8>>> {
        let tags = json!([{"name": "type", "value": self.kind.name()}]);
        let body = json!({"from": from, "to": [self.to], "subject": self.kind.subject(), "text": self.text(settings), "tags": tags});
        http::Request::post(url.clone())
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json")
            .body(body.to_string().into_bytes())
            .ok()
    }
}

impl Call<'_> {
    /// Sends a mail, after the answer.
    pub(crate) fn post(&self, mail: Mail) -> Result<(), Failure> {
        match self.settings.mail()? {
            Mailer::Off => {}
            Mailer::Outbox => {
                let kept = mail.kept(self.settings).to_string();
                http_api::log(&json!({"level": "info", "event": "mail", "mail": mail.kept(self.settings)}));
                self.store.add_verification(&random_id(self.random), OUTBOX, &kept, OUTBOX_SECONDS)?;
            }
            Mailer::Api { url, key, from } => {
                let request = mail.request(self.settings, &url, &key, &from);
                let request = request.ok_or_else(|| ApiError::internal("variable mail_api_key is no header value"))?;
                (self.around.later)(request);
            }
        }
        Ok(())
    }
}

/// What a followed link of a mail holds: its token, and the `callbackURL` to go on to, which is allowed.
pub(crate) fn followed(call: &Call<'_>) -> Result<(String, Option<String>), Failure> {
    let parameters = call.parameters();
    let mut members = InputReader::of_query(&parameters);
    let token = members.text("token", any);
    let target = members.optional_text("callbackURL", any).filter(|target| !target.is_empty());
    members.finish(()).map_err(Refusal::invalid)?;
    origin::check_callback(call, target)?;
    Ok((token.to_owned(), target.map(str::to_owned)))
}

/// `GET /outbox`: the mails of the last hour, oldest first; it exists in development alone.
pub(crate) fn outbox(call: &Call<'_>) -> Result<Response, Failure> {
    if !matches!(call.settings.mail()?, Mailer::Outbox) {
        return Ok(http_api::empty(StatusCode::NOT_FOUND));
    }
    let mails = call.store.verifications(OUTBOX)?;
    let mails: Vec<Value> = mails.iter().filter_map(|mail| serde_json::from_str(mail).ok()).collect();
    Ok(answer(StatusCode::OK, &mails))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mailer of these variables, or the cause of its refusal.
    fn load(variables: &[(&str, &str)], is_local: bool) -> Result<Mailer, String> {
        let get = |name: &str| {
            let given = variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
            Ok(given.unwrap_or_default())
        };
        Mailer::load(get, is_local).map_err(|error| error.cause.unwrap_or_default())
    }

    #[test]
    fn the_outbox_is_for_a_local_address_alone() {
        let on = [("development_mail", "true"), ("mail_api_key", "k")];
        assert!(matches!(load(&on, true), Ok(Mailer::Outbox)));
        assert!(load(&on, false).is_err_and(|cause| cause.contains("development_mail")));
        assert!(load(&[("development_mail", "yes")], true).is_err());
    }

    #[test]
    fn an_api_needs_a_key_a_sender_and_an_address() {
        assert!(matches!(load(&[], false), Ok(Mailer::Off)));
        let all = [("mail_api_key", "k"), ("mail_from", "a@b.co"), ("mail_api_url", "https://mail.example/emails")];
        assert!(matches!(load(&all, false), Ok(Mailer::Api { .. })));
        assert!(load(&all[..1], false).is_err_and(|cause| cause.contains("mail_from")));
        assert!(load(&all[..2], false).is_err_and(|cause| cause.contains("mail_api_url")));
    }

    #[test]
    fn a_mail_says_what_it_is_for_and_nothing_of_a_users() {
        let settings = crate::settings::tests::settings(&[]).unwrap();
        let mail =
            Mail::new(Kind::ConfirmChange, "a@b.co", "/verify-email?token=t&callbackURL=%2F", "t").about("c@d.eu");
        let text = mail.text(&settings);
        assert!(text.contains("\nhttp://localhost:3000/api/auth/verify-email?token=t&callbackURL=%2F\n"), "{text}");
        assert!(text.contains("New address: c@d.eu"));
        let request = mail.request(&settings, &"https://mail.example/emails".parse().unwrap(), "k", "Todo <t@b.co>");
        let request = request.unwrap();
        assert_eq!(request.headers()["authorization"], "Bearer k");
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        assert_eq!((&body["to"], &body["from"]), (&json!(["a@b.co"]), &json!("Todo <t@b.co>")));
        assert_eq!(body["tags"], json!([{"name": "type", "value": "change-email-confirm"}]));
    }
}
