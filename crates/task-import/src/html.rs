//! HTML to plain text: what a reader sees, line by line.

/// Elements whose content nobody reads.
const HIDDEN: [&str; 4] = ["style", "script", "head", "title"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 18] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "section",
    "hr",
];
/// Named entities besides those of XML; others stay as they are.
const ENTITIES: [(&str, char); 38] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("aacute", 'á'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("oslash", 'ø'),
    ("aring", 'å'),
    ("euro", '€'),
    ("pound", '£'),
    ("copy", '©'),
    ("reg", '®'),
    ("deg", '°'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bull", '•'),
    ("middot", '·'),
    ("times", '×'),
];
/// The longest entity, in bytes between `&` and `;`.
const MAX_ENTITY: usize = 10;

/// The text of an HTML fragment. Blocks and `<br>` end lines, items of lists begin with `- `, marks go.
pub(crate) fn to_text(html: &str) -> String {
    let (mut lines, mut rest) = (PlainLines::default(), html);
    while let Some(at) = rest.find('<') {
        lines.push(&decoded(&rest[..at]));
        let tag = &rest[at..];
        if let Some(after) = tag.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let closing = tag[1..].starts_with('/');
        let begin = 1 + usize::from(closing);
        let name: String = tag[begin..].chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() && !tag[1..].starts_with('!') {
            // A sign and no element.
            lines.push("<");
            rest = &tag[1..];
            continue;
        }
        rest = tag.split_once('>').map_or("", |(_, behind)| behind);
        let name = name.to_ascii_lowercase();
        if HIDDEN.contains(&name.as_str()) && !closing {
            rest = behind_end(rest, &name);
        } else if BLOCKS.contains(&name.as_str()) {
            lines.element(&name, closing);
        }
    }
    lines.push(&decoded(rest));
    lines.finish()
}

/// The lines of a text as they are found.
#[derive(Default)]
struct PlainLines {
    done: String,
    line: String,
}

impl PlainLines {
    /// Adds text, in which white space is one space.
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c.is_whitespace() {
                true if self.line.is_empty() || self.line.ends_with(' ') => {}
                true => self.line.push(' '),
                false => self.line.push(c),
            }
        }
    }

    fn element(&mut self, name: &str, closing: bool) {
        match (name, closing) {
            ("br", _) => self.end(true),
            ("li", false) => {
                self.end(false);
                self.line.push_str("- ");
            }
            // A paragraph in an item of a list stands behind its mark.
            _ if self.line == "- " && !closing => {}
            _ => self.end(false),
        }
    }

    /// Ends the line; an empty one only if it is `kept`.
    fn end(&mut self, kept: bool) {
        let line = std::mem::take(&mut self.line);
        if kept || !line.trim().is_empty() {
            self.done.push_str(line.trim_end());
            self.done.push('\n');
        }
    }

    fn finish(mut self) -> String {
        self.end(false);
        self.done.trim().to_owned()
    }
}

/// What is behind the end of this element.
fn behind_end<'a>(rest: &'a str, name: &str) -> &'a str {
    let lower = rest.to_ascii_lowercase();
    let end = lower.find(&format!("</{name}"));
    end.and_then(|at| rest[at..].split_once('>')).map_or("", |(_, behind)| behind)
}

/// A text with its entities decoded.
fn decoded(text: &str) -> String {
    let (mut decoded, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].split_once(';').map(|(name, _)| name).filter(|name| name.len() <= MAX_ENTITY);
        let c = name.and_then(entity);
        decoded.push(c.unwrap_or('&'));
        rest = &rest[c.and(name).map_or(1, |name| name.len() + 2)..];
    }
    decoded + rest
}

fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).filter(|c| *c != '\0')
}
