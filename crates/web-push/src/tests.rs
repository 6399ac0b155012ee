use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use http::{Request, StatusCode};
use jwt_compact::alg::Es256;
use jwt_compact::{AlgorithmExt, UntrustedToken};
use origin::Origin;
use p256::SecretKey;
use p256::ecdsa::VerifyingKey;

use super::*;

// The browser's keys of RFC 8291, appendix A.
const PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
const PUBLIC: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
const ENDPOINT: &str = "https://fcm.googleapis.com/fcm/send/abc:def";
const KEY: &str = "RS0WdYWWo1HajXg3NZR1olzCf31i-ZBGDkFyCs7j1jw";
const NOW: u64 = 1_800_000_000;

fn subscription() -> PushSubscription {
    PushSubscription::parse(ENDPOINT, PUBLIC, AUTH, &PushService::default()).unwrap()
}

fn message(payload: &[u8]) -> PushMessage<'_> {
    PushMessage { payload, ttl: 3600, topic: Some("task-7"), urgency: Urgency::High }
}

fn request(message: PushMessage) -> Option<Request<Vec<u8>>> {
    message.request(&subscription(), &signer())
}

fn signer() -> PushSigner {
    PushSigner::new(VapidKey::parse(KEY).unwrap(), "mailto:ann@example.com".to_owned(), NOW)
}

fn decrypt(body: Vec<u8>) -> Vec<u8> {
    let secret = SecretKey::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(PRIVATE).unwrap()).unwrap();
    let auth = web_push_native::Auth::clone_from_slice(&BASE64_URL_SAFE_NO_PAD.decode(AUTH).unwrap());
    web_push_native::decrypt(body, &secret, &auth).unwrap()
}

#[test]
fn only_the_browser_reads_the_payload_and_each_message_has_a_key_of_its_own() {
    let text = "Call the dentist".as_bytes();
    let [first, second] = [(); 2].map(|()| request(message(text)).unwrap().into_body());
    assert_ne!(first, second);
    assert!(!first.windows(text.len()).any(|part| part == text));
    assert_eq!(decrypt(first), text);
    assert_eq!(decrypt(second), text);
}

#[test]
fn a_request_says_how_long_and_how_soon_and_what_it_replaces() {
    let request = request(message(b"x")).unwrap();
    assert_eq!((request.method().as_str(), request.uri().to_string().as_str()), ("POST", ENDPOINT));
    let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
    assert_eq!([header("ttl"), header("urgency"), header("topic")], ["3600", "high", "task-7"]);
    assert_eq!(header("content-encoding"), "aes128gcm");
}

#[test]
fn the_signature_is_for_this_service_and_for_half_a_day() {
    let request = request(message(b"x")).unwrap();
    let value = request.headers()["authorization"].to_str().unwrap();
    let (token, key) = value.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    let public = VerifyingKey::from_sec1_bytes(&BASE64_URL_SAFE_NO_PAD.decode(key).unwrap()).unwrap();
    let token = UntrustedToken::new(token).unwrap();
    let token = Es256.validator::<serde_json::Value>(&public).validate(&token).unwrap();
    let expected =
        serde_json::json!({"aud": "https://fcm.googleapis.com", "sub": "mailto:ann@example.com", "exp": NOW + 43_200});
    assert_eq!(serde_json::to_value(token.claims()).unwrap(), expected);
    assert_eq!(key, VapidKey::parse(KEY).unwrap().public_key());
}

#[test]
fn messages_for_one_service_share_a_signature() {
    let signer = signer();
    let apple = PushSubscription::parse("https://web.push.apple.com/x", PUBLIC, AUTH, &PushService::default()).unwrap();
    let [first, second, other] = [&subscription(), &subscription(), &apple]
        .map(|to| message(b"x").request(to, &signer).unwrap().headers()["authorization"].clone());
    assert_eq!(first, second);
    assert_ne!(first, other);
}

#[test]
fn a_message_that_no_push_service_takes_is_none() {
    assert!(request(message(&vec![0; 3_993])).is_some());
    assert!(request(message(&vec![0; 3_994])).is_none());
    for topic in ["a b", "ü", "x\r\ny", &"x".repeat(33)] {
        assert!(request(PushMessage { topic: Some(topic), ..message(b"x") }).is_none(), "{topic}");
    }
}

#[test]
fn only_push_services_are_called() {
    let parse = |endpoint: &str| PushSubscription::parse(endpoint, PUBLIC, AUTH, &PushService::default()).map(|_| ());
    for endpoint in [
        ENDPOINT,
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://wns2-by3p.notify.windows.com/w/?token=x",
        "https://web.push.apple.com/x",
    ] {
        assert_eq!(parse(endpoint), Ok(()), "{endpoint}");
    }
    for endpoint in [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.example.com/x",
        "https://x.fcm.googleapis.com/x",
        "https://push.services.mozilla.com/x",
        "https://evilnotify.windows.com/x",
        "https://user@fcm.googleapis.com/x",
        "https://169.254.169.254/latest",
        "https://localhost/x",
        "ftp://fcm.googleapis.com/x",
        "https://fcm.googleapis.com/a b",
        "",
        &format!("https://fcm.googleapis.com/{}", "x".repeat(2_000)),
    ] {
        assert_eq!(parse(endpoint), Err(SubscriptionError::Endpoint), "{endpoint}");
    }
}

#[test]
fn one_further_service_is_for_tests() {
    let services = PushService { further: Origin::parse("http://127.0.0.1:9000") };
    let parse = |endpoint| PushSubscription::parse(endpoint, PUBLIC, AUTH, &services).map(|_| ());
    assert_eq!(parse("http://127.0.0.1:9000/x"), Ok(()));
    assert_eq!(parse("http://127.0.0.1:9001/x"), Err(SubscriptionError::Endpoint));
}

#[test]
fn keys_are_checked() {
    let parse =
        |key: &str, auth: &str| PushSubscription::parse(ENDPOINT, key, auth, &PushService::default()).map(|_| ());
    assert_eq!(parse(&format!("{PUBLIC}="), &format!("{AUTH}==")), Ok(()), "padding");
    for key in ["", "x", &PUBLIC[..40], &PUBLIC.replace('4', "5"), AUTH] {
        assert_eq!(parse(key, AUTH), Err(SubscriptionError::Key), "{key}");
    }
    for auth in ["", "AAAA", PUBLIC, "!"] {
        assert_eq!(parse(PUBLIC, auth), Err(SubscriptionError::Auth), "{auth}");
    }
    for key in ["", "x", AUTH, PUBLIC, &BASE64_URL_SAFE_NO_PAD.encode([0; 32])] {
        assert!(VapidKey::parse(key).is_err(), "{key}");
    }
    assert!(!format!("{:?}", VapidKey::parse(KEY).unwrap()).contains(KEY));
}

#[test]
fn a_status_says_whether_to_try_again() {
    let of = |status, after| PushOutcome::of(StatusCode::from_u16(status).unwrap(), after);
    assert_eq!(of(201, None), PushOutcome::Sent);
    assert_eq!([of(404, None), of(410, None)], [PushOutcome::Gone; 2]);
    assert_eq!(of(429, Some("30")), PushOutcome::Retry(Some(30)));
    assert_eq!(of(503, Some("Wed, 21 Oct 2026 07:28:00 GMT")), PushOutcome::Retry(None));
    assert_eq!([of(400, None), of(403, None), of(413, None)], [PushOutcome::Rejected; 3]);
}
