//! A mail.

use serde_json::json;

/// One mail in plain text, for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailMessage<'a> {
    /// The address that it goes to.
    pub to: &'a str,
    /// One line.
    pub subject: &'a str,
    /// What it says.
    pub text: &'a str,
    /// Its kind, by which the API's log tells mails apart: letters, digits, `-` and `_`.
    pub kind: &'a str,
}

impl MailMessage<'_> {
    /// The request that sends the mail; none if the key cannot stand in a header.
    pub fn to_request(&self, url: &http::Uri, key: &str, from: &str) -> Option<http::Request<Vec<u8>>> {
        let tags = json!([{"name": "type", "value": self.kind}]);
        let body = json!({"from": from, "to": [self.to], "subject": self.subject, "text": self.text, "tags": tags});
        http::Request::post(url.clone())
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json")
            .body(body.to_string().into_bytes())
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_one_request_with_the_key_in_its_header() {
        let mail = MailMessage { to: "ann@example.com", subject: "s", text: "t", kind: "reminder" };
        let url = http::Uri::from_static("https://mail.example/emails");
        let request = mail.to_request(&url, "k", "Todo <t@example.com>").unwrap();
        assert_eq!((request.uri(), &request.headers()["authorization"]), (&url, &"Bearer k".parse().unwrap()));
        let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
        assert_eq!((&body["to"], &body["tags"][0]["value"]), (&json!(["ann@example.com"]), &json!("reminder")));
        assert!(mail.to_request(&url, "k\n", "x").is_none());
    }
}
