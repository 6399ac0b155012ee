//! The settings, each read where it is needed. An unusable one is an error that names the variable and never its value.

use http_api::ApiError;
use mail_api::MailDelivery;
use origin::Origin;
use web_push::{PushService, VapidKey};

/// The shortest secret of the clock, in characters.
const MIN_SECRET: usize = 32;
/// The end of the names that no server has (RFC 2606): the value of an origin that is not set.
const NO_SERVER: &str = ".invalid";
/// The contact of a server that has no public address.
const LOCAL_CONTACT: &str = "mailto:todo@localhost.invalid";

/// Reads the variables of a name.
#[derive(Clone, Copy)]
pub struct ClockSettings<'a>(pub &'a dyn Fn(&str) -> Result<String, ApiError>);

/// What the settings say of push messages.
pub(crate) struct PushSettings {
    /// The key that signs them.
    pub(crate) key: VapidKey,
    /// Where a push service reaches the operator.
    pub(crate) contact: String,
    /// Which push services are called.
    pub(crate) services: PushService,
}

impl ClockSettings<'_> {
    fn get(&self, name: &str) -> Result<String, ApiError> {
        Ok((self.0)(name)?.trim().to_owned())
    }

    /// `better_auth_url`: the public address.
    pub(crate) fn base(&self) -> Result<Origin, ApiError> {
        let no_address = || ApiError::internal("variable better_auth_url is no http or https address");
        Origin::parse(&self.get("better_auth_url")?).ok_or_else(no_address)
    }

    /// `clock_secret`; `None` if nothing is sent here.
    pub(crate) fn secret(&self) -> Result<Option<String>, ApiError> {
        let secret = self.get("clock_secret")?;
        match secret.len() {
            0 => Ok(None),
            MIN_SECRET.. => Ok(Some(secret)),
            _ => Err(ApiError::internal(format!("variable clock_secret must have at least {MIN_SECRET} characters"))),
        }
    }

    /// `vapid_private_key` and what goes with it; `None` without a key.
    pub(crate) fn push(&self) -> Result<Option<PushSettings>, ApiError> {
        let key = self.get("vapid_private_key")?;
        if key.is_empty() {
            return Ok(None);
        }
        let key =
            VapidKey::parse(&key).map_err(|why| ApiError::internal(format!("variable vapid_private_key {why}")))?;
        Ok(Some(PushSettings { key, contact: self.contact()?, services: self.services()? }))
    }

    /// `vapid_subject`, else the public address.
    fn contact(&self) -> Result<String, ApiError> {
        let (given, base) = (self.get("vapid_subject")?, self.base()?);
        match given.as_str() {
            "" if base.is_https() => Ok(base.to_string()),
            "" => Ok(LOCAL_CONTACT.to_owned()),
            text if text.starts_with("mailto:") || text.starts_with("https://") => Ok(given),
            _ => Err(ApiError::internal("variable vapid_subject must begin with mailto: or https://")),
        }
    }

    /// `push_service_origin`: one more push service, for tests. Nobody else may make the server call an address of their choice, so it is refused
    /// unless the public address is a local one.
    pub(crate) fn services(&self) -> Result<PushService, ApiError> {
        let further = Origin::parse(&self.get("push_service_origin")?);
        let further =
            further.ok_or_else(|| ApiError::internal("variable push_service_origin is no http or https address"))?;
        if further.to_string().ends_with(NO_SERVER) {
            return Ok(PushService::default());
        }
        match self.in_development()? {
            true => Ok(PushService { further: Some(further) }),
            false => Err(ApiError::internal("variable push_service_origin may be set only for a local http address")),
        }
    }

    /// How mails leave.
    pub(crate) fn mail(&self) -> Result<MailDelivery, ApiError> {
        MailDelivery::load(|name| (self.0)(name), self.in_development()?)
    }

    /// `history_days`.
    pub(crate) fn history_days(&self) -> Result<i64, ApiError> {
        self.get("history_days")?.parse().map_err(|_| ApiError::internal("variable history_days is not a number"))
    }

    /// One sentence for each setting that cannot be used, by the name that people set. `/ready` asks for them inside the app.
    pub(crate) fn faults(&self) -> Vec<String> {
        let errors = [self.secret().err(), self.push().err(), self.services().err()];
        let mut faults: Vec<String> = errors.iter().flatten().map(fault_in_words).collect();
        faults.dedup();
        faults
    }

    /// Whether the public address is a local one over plain http.
    fn in_development(&self) -> Result<bool, ApiError> {
        let base = self.base()?;
        Ok(base.is_local() && !base.is_https())
    }
}

/// "variable clock_secret must …" as "CLOCK_SECRET must …".
fn fault_in_words(error: &ApiError) -> String {
    let reason = error.reason().trim_end_matches('.');
    match reason.strip_prefix("variable ").and_then(|rest| rest.split_once(' ')) {
        Some((name, rest)) => format!("{} {rest}", name.to_ascii_uppercase()),
        None => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
