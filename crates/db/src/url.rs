//! Converts `DATABASE_URL` as other drivers write it to what the runtime's driver reads.

/// The parameters that the runtime's driver knows, beside `sslmode`.
const KNOWN: [&str; 4] = ["channel_binding", "application_name", "connect_timeout", "options"];

/// The same database, without the name of a driver in the scheme (`postgresql+asyncpg`), with the strictest `sslmode` that the
/// runtime knows in place of a stricter one, and without parameters that the runtime would reject.
pub(crate) fn to_runtime_url(url: &str) -> String {
    let url = match url.split_once("://") {
        Some((scheme, rest)) if scheme.starts_with("postgres") => {
            format!("{}://{rest}", scheme.split('+').next().unwrap_or(scheme))
        }
        _ => return url.to_owned(),
    };
    let Some((base, query)) = url.split_once('?') else { return url };
    let kept: Vec<String> = query.split('&').filter_map(parameter).collect();
    if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) }
}

fn parameter(text: &str) -> Option<String> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    match (name, value) {
        ("sslmode", "verify-full" | "verify-ca") | ("ssl", "true" | "require") => Some("sslmode=require".to_owned()),
        ("sslmode", "allow") => Some("sslmode=prefer".to_owned()),
        ("ssl", "false" | "disable") => Some("sslmode=disable".to_owned()),
        ("sslmode", _) => Some(text.to_owned()),
        _ if KNOWN.contains(&name) => Some(text.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
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
}
