use super::*;
use crate::settings::tests::settings;

fn faults_with(changed: &'static [(&'static str, &'static str)]) -> String {
    faults(settings(changed).as_ref()).join("; ")
}

#[test]
fn good_settings_have_no_faults() {
    assert_eq!(faults_with(&[]), "");
    assert_eq!(faults_with(&[("mail_api_key", "key without a sender")]), "");
    assert_eq!(
        faults_with(&[("rate_limit", "true"), ("client_documents", "*.example.com"), ("delete_user", "on")]),
        ""
    );
}

#[test]
fn every_setting_that_cannot_be_used_is_named_as_it_is_set() {
    for (changed, named) in [
        (("better_auth_url", "localhost"), "BETTER_AUTH_URL must be"),
        (("better_auth_secret", "short"), "BETTER_AUTH_SECRET or BETTER_AUTH_SECRETS cannot be used"),
        (("better_auth_secrets", "one:two"), "BETTER_AUTH_SECRET or BETTER_AUTH_SECRETS cannot be used"),
        (("trusted_origins", "javascript://x_y"), "BETTER_AUTH_TRUSTED_ORIGINS: \"javascript://x_y\""),
        (("google_client_id", "id"), "GOOGLE_CLIENT_SECRET is missing beside GOOGLE_CLIENT_ID"),
        (("jwks_rotation_days", "often"), "JWKS_ROTATION_DAYS must be"),
        (("password_hashes_at_once", "0"), "PASSWORD_HASHES_AT_ONCE must be"),
        (("client_address_hops", "-1"), "CLIENT_ADDRESS_HOPS must be"),
        (("rate_limit", "sometimes"), "RATE_LIMIT must be"),
        (("client_documents", "a b"), "CLIENT_DOCUMENTS: \"a b\""),
        (("delete_user", "maybe"), "DELETE_USER must be"),
        (("require_email_verification", "true"), "REQUIRE_EMAIL_VERIFICATION needs MAIL_API_KEY and MAIL_FROM"),
    ] {
        let all = faults(settings(Box::leak(Box::new([changed]))).as_ref());
        assert!(matches!(all.as_slice(), [fault] if fault.starts_with(named)), "{changed:?}: {all:?}");
    }
}

#[test]
fn several_faults_are_named_together_and_no_secret_is_told() {
    let all = faults_with(&[("rate_limit", "x"), ("delete_user", "y")]);
    assert!(all.contains("RATE_LIMIT") && all.contains("; DELETE_USER"), "{all}");
    for changed in [&[("better_auth_secret", "sesame")][..], &[("better_auth_secrets", "2:sesame,1:old")]] {
        let all = faults(settings(changed).as_ref()).join("; ");
        assert!(!all.is_empty() && !all.contains("sesame"), "{all}");
    }
}
