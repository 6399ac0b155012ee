//! The server's URL, from `--url` or `MCP_URL`, and the access token, from a file or `MCP_TOKEN`. The token cannot be an
//! argument, since every user of the machine can read the arguments of a program.

use std::env;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use clap::{Arg, Command};
use http::{HeaderValue, Uri};

/// Longest token file, in bytes.
const TOKEN_LIMIT: u64 = 16 * 1024;

/// The settings of the bridge.
#[derive(Debug)]
pub(crate) struct BridgeSettings {
    /// The MCP endpoint.
    pub(crate) url: Uri,
    token: TokenSource,
}

#[derive(Debug)]
enum TokenSource {
    File(PathBuf),
    Text(String),
}

/// Reads the arguments and the environment. The error is a sentence for the user.
pub(crate) fn read() -> Result<BridgeSettings, String> {
    let matches = command().get_matches();
    let argument = |name: &str| matches.get_one::<String>(name).cloned();
    settings(&argument, &|name| env::var(name).ok().filter(|value| !value.is_empty()))
}

fn command() -> Command {
    Command::new("todo-mcp")
        .version(env!("CARGO_PKG_VERSION"))
        .about("The to-do list's MCP server (HTTP) for programs that only speak MCP over stdio")
        .after_help("The token is read from the file, else from MCP_TOKEN. The file is read for each request, so that a new token in it counts at once.")
        .arg(Arg::new("url").long("url").value_name("URL").help("The MCP endpoint, such as https://todo.example/mcp [env: MCP_URL]"))
        .arg(Arg::new("token-file").long("token-file").value_name("FILE").help("A file with the access token [env: MCP_TOKEN_FILE]"))
}

fn settings(
    argument: &dyn Fn(&str) -> Option<String>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<BridgeSettings, String> {
    let url = argument("url").or_else(|| variable("MCP_URL"));
    let url = url.ok_or("The server's URL is missing: give --url or set MCP_URL.")?;
    let file = argument("token-file").or_else(|| variable("MCP_TOKEN_FILE")).map(|path| TokenSource::File(path.into()));
    let token = file.or_else(|| variable("MCP_TOKEN").map(TokenSource::Text));
    let token = token.ok_or("The access token is missing: give --token-file, or set MCP_TOKEN_FILE or MCP_TOKEN.")?;
    Ok(BridgeSettings { url: parse_url(&url)?, token })
}

fn parse_url(text: &str) -> Result<Uri, String> {
    let wrong = || "The server's URL must begin with http:// or https:// and name a host.".to_owned();
    let url: Uri = text.trim().parse().map_err(|_| wrong())?;
    let web = matches!(url.scheme_str(), Some("http" | "https"));
    let plain = url.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    if web && plain { Ok(url) } else { Err(wrong()) }
}

impl BridgeSettings {
    /// The `Authorization` header with the current token.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, String> {
        let text = match &self.token {
            TokenSource::Text(text) => text.clone(),
            TokenSource::File(path) => {
                let mut text = String::new();
                let file = File::open(path).map(|file| file.take(TOKEN_LIMIT));
                let read = file.and_then(|mut file| file.read_to_string(&mut text));
                read.map_err(|error| format!("The token file {} cannot be read: {error}.", path.display()))?;
                text
            }
        };
        let token = text.trim();
        let token = match token.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => token,
        };
        let header = HeaderValue::try_from(format!("Bearer {token}")).ok().filter(|_| !token.is_empty());
        let mut header = header.ok_or("The access token is empty or holds characters that no token has.")?;
        header.set_sensitive(true);
        Ok(header)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    type Pairs<'a> = &'a [(&'a str, &'a str)];

    fn read_from(arguments: Pairs, variables: Pairs) -> Result<BridgeSettings, String> {
        let find =
            |pairs: Pairs, name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        settings(&|name| find(arguments, name), &|name| find(variables, name))
    }

    #[test]
    fn arguments_win_over_the_environment() {
        let settings =
            read_from(&[("url", "https://a/mcp")], &[("MCP_URL", "https://b/mcp"), ("MCP_TOKEN", " Bearer abc\n")]);
        let settings = settings.unwrap();
        assert_eq!(settings.url, "https://a/mcp");
        assert_eq!(settings.authorization().unwrap(), "Bearer abc");
        assert!(!format!("{:?}", settings.authorization()).contains("abc"));
        for token in ["bearer tdo_x", "BEARER  tdo_x ", "tdo_x"] {
            let settings = read_from(&[("url", "https://a/mcp")], &[("MCP_TOKEN", token)]).unwrap();
            assert_eq!(settings.authorization().unwrap(), "Bearer tdo_x", "{token}");
        }
    }

    #[test]
    fn the_token_file_is_read_for_each_request() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap().to_owned();
        let settings =
            read_from(&[("token-file", &path)], &[("MCP_URL", "http://a/mcp"), ("MCP_TOKEN", "other")]).unwrap();
        assert!(settings.authorization().unwrap_err().contains("empty"));
        writeln!(file, "first").unwrap();
        assert_eq!(settings.authorization().unwrap(), "Bearer first");
        std::fs::write(&path, "second").unwrap();
        assert_eq!(settings.authorization().unwrap(), "Bearer second");
        drop(file);
        assert!(settings.authorization().unwrap_err().contains("cannot be read"));
    }

    #[test]
    fn an_error_names_the_missing_or_wrong_setting() {
        assert!(read_from(&[], &[("MCP_TOKEN", "a")]).unwrap_err().contains("MCP_URL"));
        assert!(read_from(&[("url", "http://a/mcp")], &[]).unwrap_err().contains("MCP_TOKEN"));
        for url in ["a/mcp", "ftp://a/mcp", "http://", "http://u:p@a/mcp", "http:// a"] {
            assert!(read_from(&[("url", url)], &[("MCP_TOKEN", "a")]).unwrap_err().contains("https://"), "{url}");
        }
        assert!(read_from(&[("url", "http://a")], &[("MCP_TOKEN", "a\u{7}")]).unwrap().authorization().is_err());
    }
}
