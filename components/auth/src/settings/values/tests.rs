use super::*;

#[test]
fn the_rate_limit_is_on_where_the_public_is() {
    assert_eq!((rate_limit("", true).ok(), rate_limit("", false).ok()), (Some(false), Some(true)));
    assert_eq!((rate_limit("on", true).ok(), rate_limit("off", false).ok()), (Some(true), Some(false)));
    assert_eq!((rate_limit("true", true).ok(), rate_limit("false", false).ok()), (Some(true), Some(false)));
    assert!(rate_limit("yes", true).is_err());
}
