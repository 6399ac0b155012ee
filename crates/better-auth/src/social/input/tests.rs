use serde_json::json;

use super::*;

fn error(body: Value) -> String {
    SocialStartRequest::parse(Some(&body)).err().unwrap()
}

#[test]
fn a_start_is_read_with_all_its_members() {
    let body = json!({"provider": "google", "callbackURL": "/after", "errorCallbackURL": "", "newUserCallbackURL": "/new",
        "scopes": ["a"], "loginHint": "me@example.com", "requestSignUp": true, "disableRedirect": true,
        "additionalParams": {"hl": "de"}, "additionalData": {"ref": "abc", "errorURL": "https://evil.example"},
        "idToken": {"token": "t", "nonce": "n", "accessToken": "a", "user": {}}, "unknown": 1});
    let read = SocialStartRequest::parse(Some(&body)).unwrap();
    assert_eq!(
        (read.callback_url.as_deref(), read.error_url, read.new_user_url.as_deref()),
        (Some("/after"), None, Some("/new"))
    );
    assert_eq!((read.scopes, read.disable_redirect, read.request_sign_up), (vec!["a".to_owned()], true, Some(true)));
    assert_eq!(read.additional_params, [("hl".to_owned(), "de".to_owned())]);
    assert_eq!(Value::Object(read.additional_data), json!({"ref": "abc"}));
    let proof = read.id_token.unwrap();
    assert_eq!((proof.token.as_str(), proof.nonce.as_deref(), proof.refresh_token), ("t", Some("n"), None));
}

#[test]
fn messages_about_a_start_equal_better_auths() {
    assert_eq!(error(json!({})), "[body.provider] Invalid input");
    assert_eq!(
        error(json!({"provider": "google", "additionalParams": {"state": "x"}})),
        "[body.additionalParams] additionalParams cannot include reserved OAuth parameters: state, client_id, \
         redirect_uri, response_type, code_challenge, code_challenge_method, nonce, scope"
    );
    assert_eq!(
        error(json!({"provider": "google", "idToken": {}, "scopes": ["a", 5], "additionalData": []})),
        "[body.idToken.token] Invalid input: expected string, received undefined; \
         [body.scopes.1] Invalid input: expected string, received number; \
         [body.additionalData] Invalid input: expected record, received array"
    );
    assert_eq!(
        error(json!({"provider": "g", "scopes": "a"})),
        "[body.scopes] Invalid input: expected array, received string"
    );
    assert_eq!(
        error(json!({"provider": "g", "idToken": "a", "additionalParams": {"a": 1}})),
        "[body.idToken] Invalid input: expected object, received string; \
         [body.additionalParams.a] Invalid input: expected string, received number"
    );
}

#[test]
fn all_that_is_stored_or_put_into_a_url_is_bounded() {
    let long = "x".repeat(5000);
    for member in [
        json!({"callbackURL": long}),
        json!({"loginHint": long}),
        json!({"scopes": vec!["x".repeat(1000); 3]}),
        json!({"additionalParams": {"a": long}}),
        json!({"additionalData": {"a": long}}),
        json!({"additionalData": {"a": "\u{0}"}}),
        json!({"idToken": {"token": "t", "accessToken": long}}),
    ] {
        let mut body = json!({"provider": "google"});
        body.as_object_mut().unwrap().extend(member.as_object().unwrap().clone());
        assert!(error(body).contains("Too big"), "{member}");
    }
}

#[test]
fn an_account_is_selected_in_exactly_one_way() {
    let select = |value: Value| AccountSelector::parse(Some(&value), "body");
    assert_eq!(select(json!({"accountId": "a", "userId": "u"})), Ok(AccountSelector::Account("a".to_owned())));
    assert_eq!(select(json!({"useAccountCookie": true})), Ok(AccountSelector::Cookie));
    for bad in [
        json!({"providerId": "google"}),
        json!({"accountId": "a", "providerId": "google"}),
        json!({"accountId": "a", "useAccountCookie": true}),
        json!({"accountId": ["a"]}),
        json!({"accountId": "a", "userId": 5}),
        json!({"useAccountCookie": "true"}),
        json!([]),
    ] {
        assert_eq!(select(bad), Err("[body] Invalid input".to_owned()));
    }
    assert_eq!(AccountSelector::parse(None, "query"), Err("[query] Invalid input".to_owned()));
}

#[test]
fn a_posted_callback_becomes_the_parameters_of_a_get() {
    let query = json!({"state": "from the query"});
    let body = json!({"state": "s", "code": "c", "unknown": "x"});
    let merged = CallbackParams::merge(Some(&body), query.as_object().unwrap()).unwrap();
    assert_eq!(merged, [("code", "c".to_owned()), ("state", "from the query".to_owned())]);
    let error = CallbackParams::merge(Some(&json!({"code": 5})), &Map::new()).unwrap_err();
    assert_eq!(error, "[body.code] Invalid input: expected string, received number");
    let repeated = CallbackParams::parse(json!({"state": ["a", "b"]}).as_object().unwrap()).err().unwrap();
    assert_eq!(repeated, "[query.state] Invalid input: expected string, received array");
}
