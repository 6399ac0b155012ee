use super::*;

#[test]
fn an_address_without_a_scheme_or_with_a_path_is_named() {
    for url in ["http://localhost:3000", "https://todo.example.com/", " https://a.b "] {
        assert_eq!(address_fault(url, true), None, "{url}");
    }
    for (url, part) in
        [("localhost:3000", "begin with http"), ("ftp://a.b", "begin with http"), ("https://a.b/app", "without a path")]
    {
        assert!(address_fault(url, true).unwrap().contains(part), "{url}");
    }
    assert!(address_fault("https://a b", false).is_some());
}

const GOOD: [(&str, &str); 14] = [
    ("auto_migrate", "true"),
    ("import_predecessor", ""),
    ("check_database", "false"),
    ("require_if_match", "false"),
    ("max_tasks_per_user", "10000"),
    ("history_days", "30"),
    ("rate_limit_per_minute", "0"),
    ("mcp_body_limit", " 1048576 "),
    ("gemini_prices", "0.30/2.50"),
    ("gemini_fallback_prices", "0.75/3.75"),
    ("chat_rate_limit", "20/300"),
    ("chat_daily_tokens", "300000"),
    ("chat_daily_usd", "2.5"),
    ("chat_breaker", "5/60/30"),
];

fn faults_with(changed: &str, value: &str) -> Vec<String> {
    let variable = |name: &str| {
        let good = GOOD.iter().find(|(other, _)| *other == name).expect("a setting with a form").1;
        Ok(if name == changed { value } else { good }.to_owned())
    };
    form_faults(&variable).unwrap()
}

#[test]
fn settings_without_their_form_are_named_as_they_are_set() {
    assert!(faults_with("", "").is_empty());
    for (name, value, sentence) in [
        ("require_if_match", "yes", "REQUIRE_IF_MATCH must be true or false, not \"yes\""),
        ("history_days", "0", "HISTORY_DAYS must be a whole number from 1 to 9999, not \"0\""),
        ("mcp_body_limit", "1000", "MCP_BODY_LIMIT must be a whole number from 4096 to 16777216, not \"1000\""),
        ("max_tasks_per_user", "-1", "MAX_TASKS_PER_USER must be a whole number from 0 to 4294967295, not \"-1\""),
        ("chat_daily_usd", "five", "CHAT_DAILY_USD must be a number from 0, not \"five\""),
        ("chat_rate_limit", "20", "CHAT_RATE_LIMIT must be 2 numbers from 0 with a slash between two, not \"20\""),
        ("chat_breaker", "5/-1/3", "CHAT_BREAKER must be 3 numbers from 0 with a slash between two, not \"5/-1/3\""),
    ] {
        assert_eq!(faults_with(name, value), [sentence]);
    }
}

#[test]
fn every_setting_with_a_form_is_checked() {
    const BY_ITS_OWN_PART: [&str; 11] = [
        "better_auth_secret",
        "jwks_rotation_days",
        "rotate_keys",
        "password_hashes_at_once",
        "client_address_hops",
        "rate_limit",
        "development_mail",
        "require_email_verification",
        "delete_user",
        "clock_secret",
        "vapid_private_key",
    ];
    let settings = include_str!("../../../../scripts/settings.toml").split("[[setting]]");
    let with_form = settings.filter(|setting| setting.lines().any(|line| line.starts_with("form = ")));
    let variables = with_form.flat_map(|setting| {
        let line = setting.lines().find(|line| line.starts_with("variables = ")).expect("its variables");
        line.split('"').skip(1).step_by(2)
    });
    let mut checked: Vec<&str> = FORMS.iter().map(|(name, _)| *name).chain(BY_ITS_OWN_PART).collect();
    let mut named: Vec<&str> = variables.collect();
    checked.sort_unstable();
    named.sort_unstable();
    assert_eq!(checked, named);
}
