use super::*;

#[test]
fn a_code_stands_where_a_link_does() {
    let settings = crate::settings::tests::settings(&[]).unwrap();
    let text = LinkMail::with_code(MailKind::SignInCode, "a@b.co", "123456").text(&settings);
    assert!(text.contains("\n\n123456\n\n") && !text.contains("http"), "{text}");
}

#[test]
fn a_mail_says_what_it_is_for_and_nothing_of_a_users() {
    let settings = crate::settings::tests::settings(&[]).unwrap();
    let link = "/verify-email?token=t&callbackURL=%2F";
    let mail = LinkMail::new(MailKind::ConfirmChange, "a@b.co", link, "t").with_new_email("c@d.eu");
    let text = mail.text(&settings);
    assert!(text.contains("\nhttp://localhost:3000/api/auth/verify-email?token=t&callbackURL=%2F\n"), "{text}");
    assert!(text.contains("New address: c@d.eu"));
    let request = mail.to_request(&settings, &"https://mail.example/emails".parse().unwrap(), "k", "Todo <t@b.co>");
    let request = request.unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer k");
    let body: Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!((&body["to"], &body["from"]), (&json!(["a@b.co"]), &json!("Todo <t@b.co>")));
    assert_eq!(body["tags"], json!([{"name": "type", "value": "change-email-confirm"}]));
}
