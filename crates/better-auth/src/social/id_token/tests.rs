use serde_json::Value;

use super::*;

const NOW: u64 = 1_800_000_000;
const EXPECTED: ExpectedClaims<'_> = ExpectedClaims { audience: "client", now: NOW, nonce: Some("n") };

/// Tokens that another implementation signed, by what is right or wrong with them.
fn tokens() -> Value {
    serde_json::from_str(include_str!("id_tokens.json")).unwrap()
}

fn judge(token: &str, expected: &ExpectedClaims<'_>) -> Result<Map<String, Value>, IdTokenError> {
    verify(token, &tokens()["keys"].to_string(), expected)
}

#[test]
fn a_signed_token_for_us_is_accepted() {
    for (what, token) in tokens()["good"].as_object().unwrap() {
        let claims = judge(token.as_str().unwrap(), &EXPECTED);
        assert_eq!(claims.unwrap_or_else(|_| panic!("{what}"))["sub"], "1");
    }
}

#[test]
fn a_wrong_token_is_rejected_for_each_reason() {
    for (what, token) in tokens()["bad"].as_object().unwrap() {
        let verdict = judge(token.as_str().unwrap(), &EXPECTED);
        let unusable = ["small_key", "encryption_key"].contains(&what.as_str());
        let expected = if unusable { IdTokenError::UnknownKey } else { IdTokenError::Invalid };
        assert_eq!(verdict.unwrap_err(), expected, "{what}");
    }
    let all = tokens();
    assert_eq!(judge(all["unknown_key"].as_str().unwrap(), &EXPECTED).unwrap_err(), IdTokenError::UnknownKey);
}

#[test]
fn a_changed_token_is_rejected() {
    let all = tokens();
    let good = all["good"]["plain"].as_str().unwrap();
    let parts: Vec<&str> = good.split('.').collect();
    let other = all["good"]["short_issuer"].as_str().unwrap().split('.').nth(1).unwrap();
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"k1"}"#);
    let long = "x".repeat(MAX_TOKEN);
    for changed in [
        format!("{}.{other}.{}", parts[0], parts[2]),
        format!("{none}.{}.", parts[1]),
        format!("{none}.{}.{}", parts[1], parts[2]),
        good[..good.len() - 4].to_owned(),
        format!("{good}.x"),
        parts[..2].join("."),
        format!("{}.{long}.{}", parts[0], parts[2]),
        String::new(),
    ] {
        assert_eq!(judge(&changed, &EXPECTED).unwrap_err(), IdTokenError::Invalid, "{changed}");
    }
}

#[test]
fn a_nonce_must_be_the_expected_one() {
    let all = tokens();
    let good = all["good"]["plain"].as_str().unwrap();
    assert!(judge(good, &ExpectedClaims { nonce: None, ..EXPECTED }).is_ok());
    assert_eq!(judge(good, &ExpectedClaims { nonce: Some("m"), ..EXPECTED }).unwrap_err(), IdTokenError::Invalid);
}

#[test]
fn a_text_that_is_no_key_set_has_no_keys() {
    let all = tokens();
    let good = all["good"]["plain"].as_str().unwrap();
    for set in ["", "{}", r#"{"keys":[5,{"kty":"RSA","kid":"k1"},{"kty":"RSA","kid":"k1","n":"AQAB","e":"AQAB"}]}"#] {
        assert_eq!(verify(good, set, &EXPECTED).unwrap_err(), IdTokenError::UnknownKey, "{set}");
    }
}

#[test]
fn a_token_from_the_token_endpoint_needs_no_signature_but_must_be_for_us() {
    let all = tokens();
    let foreign = all["bad"]["foreign_key"].as_str().unwrap();
    assert!(claims_from_exchange(foreign, &EXPECTED).is_some());
    for what in ["other_audience", "other_issuer", "expired", "not_yet"] {
        assert!(claims_from_exchange(all["bad"][what].as_str().unwrap(), &EXPECTED).is_none(), "{what}");
    }
}
