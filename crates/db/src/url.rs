//! Converts `DATABASE_URL` as other drivers write it to what the runtime's driver reads.

/// The parameters that the runtime's driver knows, beside `sslmode`.
const KNOWN: [&str; 4] = ["channel_binding", "application_name", "connect_timeout", "options"];

/// The URL for the runtime's driver: without another driver's name in the scheme (`postgresql+asyncpg`), with the strictest
/// `sslmode` that the runtime knows where a stricter one is given, and without parameters that the driver would reject.
pub(crate) fn to_runtime_url(url: &str) -> String {
    let url = match url.split_once("://") {
        Some((scheme, rest)) if scheme.starts_with("postgres") => {
            format!("{}://{rest}", scheme.split('+').next().unwrap_or(scheme))
        }
        _ => return url.to_owned(),
    };
    let Some((base, _)) = url.split_once('?') else { return url };
    let kept: Vec<String> = parameters(&url).filter_map(|parameter| parameter.kept).collect();
    if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) }
}

/// One sentence for each parameter of the URL that the runtime does not support. Of an unknown parameter it has the name only.
pub fn url_warnings(url: &str) -> Vec<String> {
    parameters(url).filter_map(|parameter| parameter.warning).map(|text| format!("DATABASE_URL: {text}")).collect()
}

/// What becomes of one parameter.
struct UrlParameter {
    kept: Option<String>,
    warning: Option<String>,
}

fn parameters(url: &str) -> impl Iterator<Item = UrlParameter> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter(|text| !text.is_empty()).map(UrlParameter::parse)
}

impl UrlParameter {
    fn parse(text: &str) -> Self {
        let keep = |text: &str| Self { kept: Some(text.to_owned()), warning: None };
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        match (name, value) {
            ("sslmode", "verify-full" | "verify-ca") => Self {
                kept: Some("sslmode=require".to_owned()),
                warning: Some(format!("{text} becomes sslmode=require, the strictest that the runtime knows.")),
            },
            ("ssl", "true" | "require") => keep("sslmode=require"),
            ("ssl", "false" | "disable") => keep("sslmode=disable"),
            ("sslmode", "allow") => keep("sslmode=prefer"),
            ("sslmode", _) => keep(text),
            _ if KNOWN.contains(&name) => keep(text),
            _ => Self { kept: None, warning: Some(format!("the runtime has no parameter {name}; it is left out.")) },
        }
    }
}

#[cfg(test)]
mod tests;
