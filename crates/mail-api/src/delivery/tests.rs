use super::*;

/// The delivery by these variables, or why they cannot be used.
fn load(variables: &[(&str, &str)], is_local: bool) -> Result<MailDelivery, String> {
    let get = |name: &str| {
        let given = variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        Ok(given.unwrap_or_default())
    };
    MailDelivery::load(get, is_local).map_err(|error| error.cause.unwrap_or_default().into())
}

#[test]
fn the_outbox_is_for_a_local_address_alone() {
    let on = [("development_mail", "true"), ("mail_api_key", "k")];
    assert!(matches!(load(&on, true), Ok(MailDelivery::Outbox)));
    assert!(load(&on, false).is_err_and(|cause| cause.contains("development_mail")));
    assert!(load(&[("development_mail", "yes")], true).is_err());
}

#[test]
fn an_api_needs_a_key_a_sender_and_an_address() {
    assert!(matches!(load(&[], false), Ok(MailDelivery::Off)));
    let all = [("mail_api_key", "k"), ("mail_from", "a@b.co"), ("mail_api_url", "https://mail.example/emails")];
    assert!(matches!(load(&all, false), Ok(MailDelivery::Api { .. })));
    assert!(load(&all[..1], false).is_err_and(|cause| cause.contains("mail_from")));
    assert!(load(&all[..2], false).is_err_and(|cause| cause.contains("mail_api_url")));
}
