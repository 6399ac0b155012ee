//! The settings of the parts that serve pages: whether they can be used.

/// Why the public address cannot be used, if it cannot. `is_origin` says whether it begins with the origin of a page.
pub fn address_fault(url: &str, is_origin: bool) -> Option<String> {
    let url = url.trim();
    let Some((_, rest)) = url.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme)) else {
        return Some("BETTER_AUTH_URL must begin with http:// or https://".to_owned());
    };
    let is_bare = !rest.trim_end_matches('/').contains(['/', '?', '#']);
    let text = "BETTER_AUTH_URL must be an address without a path, such as https://todo.example.com";
    (!is_origin || !is_bare).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
