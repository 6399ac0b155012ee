//! The scopes that a client may request.

/// Signs the user in at the client: an id token.
pub const OPENID: &str = "openid";
/// Keeps the client connected: a refresh token.
pub const OFFLINE_ACCESS: &str = "offline_access";
/// All scopes.
pub const SCOPES: [&str; 6] = [OPENID, "profile", "email", OFFLINE_ACCESS, "tasks:read", "tasks:write"];

/// The scopes of a space-separated list, without duplicates.
pub fn split_scopes(text: &str) -> Vec<String> {
    let mut scopes = Vec::<String>::new();
    for scope in text.split(' ').filter(|scope| !scope.is_empty()) {
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    scopes
}

/// Those of the requested scopes that are allowed: unknown ones are ignored (RFC 6749 §3.3). If none is, the allowed ones of
/// the tasks.
pub(crate) fn permitted_scopes(requested: Vec<String>, allowed: &[String]) -> Vec<String> {
    let known: Vec<String> = requested.into_iter().filter(|scope| allowed.contains(scope)).collect();
    match known.is_empty() {
        true => allowed.iter().filter(|scope| scope.starts_with("tasks:")).cloned().collect(),
        false => known,
    }
}

/// Whether `granted` holds every scope of `requested`.
pub fn covers_scopes(granted: &[String], requested: &[String]) -> bool {
    requested.iter().all(|scope| granted.contains(scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_split_at_blanks_and_each_scope_kept_once() {
        assert_eq!(split_scopes(" openid  email openid "), ["openid", "email"]);
        assert!(split_scopes("").is_empty());
        assert!(
            covers_scopes(&split_scopes("a b"), &split_scopes("b"))
                && !covers_scopes(&split_scopes("a b"), &split_scopes("b c"))
        );
    }
}
