use super::*;

#[test]
fn urls_of_other_drivers_are_understood() {
    for (given, read) in [
        ("postgresql+asyncpg://u:p@h/db?ssl=require", "postgresql://u:p@h/db?sslmode=require"),
        (
            "postgres://h/db?sslmode=verify-full&channel_binding=require",
            "postgres://h/db?sslmode=require&channel_binding=require",
        ),
        ("postgresql://h/db?pgbouncer=true&connection_limit=1", "postgresql://h/db"),
        ("postgresql://u:p%3Fx@h:6432/db", "postgresql://u:p%3Fx@h:6432/db"),
        ("postgres://h/db?sslmode=disable", "postgres://h/db?sslmode=disable"),
        ("host=h user=u", "host=h user=u"),
    ] {
        assert_eq!(to_runtime_url(given), read);
    }
}

#[test]
fn each_parameter_that_the_runtime_does_not_support_is_reported_without_its_value() {
    let url = "postgresql://u:p@h/db?sslmode=verify-full&&password=hidden&ssl=require&options=-c%20x";
    assert_eq!(
        url_warnings(url),
        [
            "DATABASE_URL: sslmode=verify-full becomes sslmode=require, the strictest that the runtime knows.",
            "DATABASE_URL: the runtime has no parameter password; it is left out.",
        ]
    );
    assert_eq!(url_warnings("postgres://h/db"), [""; 0]);
}
