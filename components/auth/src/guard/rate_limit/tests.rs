use super::*;

#[test]
fn what_can_be_guessed_is_counted_strictly() {
    let of = |path| {
        let rule = rule(path);
        (rule.max, rule.seconds)
    };
    for path in ["/sign-in/email", "/sign-in/social", "/sign-up/email", "/change-password", "/verify-password"] {
        assert_eq!(of(path), (3, 10), "{path}");
    }
    assert_eq!(of("/request-password-reset"), (3, 60));
    assert_eq!(of("/oauth2/register"), (5, 60));
    assert_eq!(of("/ok"), (100, 10));
}

#[test]
fn guesses_share_one_counter() {
    assert_eq!(bucket("/reset-password/abc", true), bucket("/reset-password", true));
    assert_eq!(bucket("/callback/google", true), "/callback/*");
    assert_eq!(bucket("/nope/1", false), bucket("/nope/2", false));
    assert_eq!(bucket("/sign-in/email", true), "/sign-in/email");
}
