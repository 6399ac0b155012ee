use super::*;

const KEY: &str = "RS0WdYWWo1HajXg3NZR1olzCf31i-ZBGDkFyCs7j1jw";

fn variables(
    base: &'static str,
    given: &'static [(&'static str, &'static str)],
) -> impl Fn(&str) -> Result<String, ApiError> {
    move |name| {
        let first = [("better_auth_url", base), ("push_service_origin", "https://push-service.invalid")];
        let found = given.iter().chain(&first).find(|(other, _)| *other == name);
        Ok(found.map(|(_, value)| (*value).to_owned()).unwrap_or_default())
    }
}

fn cause<T>(result: Result<T, ApiError>) -> String {
    result.map(|_| ()).unwrap_err().reason().to_owned()
}

#[test]
fn without_a_secret_or_a_key_there_is_no_clock_and_no_push() {
    let read = variables("https://todo.example", &[]);
    let settings = ClockSettings(&read);
    assert!(settings.secret().unwrap().is_none() && settings.push().unwrap().is_none());
    let read = variables("https://todo.example", &[("clock_secret", "short"), ("vapid_private_key", "short")]);
    let settings = ClockSettings(&read);
    assert!(cause(settings.secret()).contains("clock_secret"));
    assert!(cause(settings.push()).contains("vapid_private_key"));
}

#[test]
fn settings_that_cannot_be_used_are_named_as_they_are_set() {
    let faults = |given| ClockSettings(&variables("https://todo.example", given)).faults();
    assert!(faults(&[]).is_empty());
    assert_eq!(
        faults(&[("clock_secret", "short"), ("vapid_private_key", "shorter")]),
        [
            "CLOCK_SECRET must have at least 32 characters",
            "VAPID_PRIVATE_KEY must be a private key of P-256: 32 bytes in base64url"
        ]
    );
    assert_eq!(faults(&[("push_service_origin", "nowhere")]), ["PUSH_SERVICE_ORIGIN is no http or https address"]);
}

#[test]
fn the_contact_is_the_public_address_unless_another_one_is_given() {
    for (base, given, expected) in [
        ("https://todo.example", "", "https://todo.example"),
        ("https://todo.example", "mailto:ann@example.com", "mailto:ann@example.com"),
        ("http://localhost:3000", "", LOCAL_CONTACT),
    ] {
        let read = |name: &str| {
            let value = [("better_auth_url", base), ("vapid_private_key", KEY), ("vapid_subject", given)];
            let found = value
                .iter()
                .find(|(other, _)| *other == name)
                .map_or("https://push-service.invalid", |(_, value)| value);
            Ok(found.to_owned())
        };
        assert_eq!(ClockSettings(&read).push().unwrap().unwrap().contact, expected);
    }
    let read = variables("https://todo.example", &[("vapid_private_key", KEY), ("vapid_subject", "ann@example.com")]);
    assert!(cause(ClockSettings(&read).push()).contains("vapid_subject"));
}

#[test]
fn a_further_push_service_is_for_a_local_address_alone() {
    let further: &[(&str, &str)] = &[("push_service_origin", "http://127.0.0.1:9000")];
    let read = variables("http://127.0.0.1:3000", further);
    assert!(ClockSettings(&read).services().unwrap().further.is_some());
    for base in ["https://todo.example", "http://todo.example", "https://localhost"] {
        let read = variables(base, further);
        assert!(cause(ClockSettings(&read).services()).contains("push_service_origin"), "{base}");
    }
    let read = variables("https://todo.example", &[]);
    assert_eq!(ClockSettings(&read).services().unwrap(), PushService::default());
}
