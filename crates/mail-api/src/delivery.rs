//! The settings of mail.

use http_api::ApiError;

/// How mails leave.
pub enum MailDelivery {
    /// They do not: features that need one are off.
    Off,
    /// `development_mail`: they are printed and kept for an hour.
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

impl MailDelivery {
    /// Reads the settings through `get`. The outbox is for a public address that only this machine reaches.
    pub fn load(get: impl Fn(&str) -> Result<String, ApiError>, is_local: bool) -> Result<Self, ApiError> {
        let outbox = match get("development_mail")?.trim() {
            "true" => true,
            "false" | "" => false,
            _ => return Err(ApiError::internal("variable development_mail must be true or false")),
        };
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
    pub fn is_on(&self) -> bool {
        !matches!(self, Self::Off)
    }
}

#[cfg(test)]
mod tests;
