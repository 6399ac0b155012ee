use super::*;

const PUBLIC: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

fn body() -> Value {
    json!({
        "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
        "expirationTime": null,
        "keys": {"p256dh": PUBLIC, "auth": AUTH},
        "device": " Chrome on Linux ",
        "replaces": null
    })
}

fn wrong(body: &Value) -> Vec<String> {
    let read = subscription(body.as_object().unwrap(), &PushService::default());
    read.map(|_| ()).unwrap_err().fields.into_iter().map(|field| field.field).collect()
}

#[test]
fn a_browser_sends_its_subscription_as_it_is() {
    let read = subscription(body().as_object().unwrap(), &PushService::default()).unwrap();
    assert_eq!((read.p256dh.as_str(), read.device.as_deref()), (PUBLIC, Some("Chrome on Linux")));
}

#[test]
fn each_wrong_member_is_named() {
    for (pointer, value, name) in [
        ("/endpoint", json!("https://example.com/x"), "endpoint"),
        ("/endpoint", json!("https://169.254.169.254/latest"), "endpoint"),
        ("/endpoint", Value::Null, "endpoint"),
        ("/keys", Value::Null, "keys.p256dh"),
        ("/keys/p256dh", json!("x"), "keys.p256dh"),
        ("/keys/auth", json!(""), "keys.auth"),
        ("/device", json!("x".repeat(81)), "device"),
        ("/device", json!("a\nb"), "device"),
        ("/device", json!(7), "device"),
        ("/replaces", json!("x".repeat(2001)), "replaces"),
        ("/replaces", json!(7), "replaces"),
    ] {
        let mut body = body();
        *body.pointer_mut(pointer).unwrap() = value.clone();
        assert_eq!(wrong(&body), [name], "{pointer} {value}");
    }
    let mut body = body();
    body["colour"] = json!("red");
    assert_eq!(wrong(&body), ["colour"]);
}
