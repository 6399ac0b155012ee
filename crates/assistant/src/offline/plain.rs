//! Whether a whole message is in the user's own words and orders something now: nothing quoted or pasted, no negation, no
//! condition, and a question only if it is a polite order.

/// A longer message, in characters, is taken as pasted.
const MAX_ORDER: usize = 300;
/// A quote of more words is taken as pasted; a shorter one may be a title.
const MAX_QUOTED_TITLE: usize = 6;
/// Words that deny or limit what is around them.
const NEGATIONS: [&str; 40] = [
    "not",
    "no",
    "don't",
    "dont",
    "never",
    "nothing",
    "nobody",
    "none",
    "neither",
    "nor",
    "without",
    "except",
    "unless",
    "stop",
    "avoid",
    "refuse",
    "instead",
    "rather",
    "cannot",
    "can't",
    "won't",
    "wouldn't",
    "shouldn't",
    "mustn't",
    "isn't",
    "nicht",
    "nichts",
    "nie",
    "niemals",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keines",
    "keinem",
    "keinesfalls",
    "ohne",
    "außer",
    "statt",
    "lieber",
];
/// Words that make an order depend on something, or tell what somebody said or may do.
const CONDITIONS: [&str; 26] = [
    "if",
    "when",
    "whenever",
    "once",
    "until",
    "before",
    "after",
    "while",
    "because",
    "maybe",
    "perhaps",
    "only",
    "said",
    "says",
    "told",
    "asked",
    "wenn",
    "falls",
    "sobald",
    "bevor",
    "nachdem",
    "bis",
    "vielleicht",
    "sagte",
    "sagt",
    "nur",
];
/// What begins a question that is an order.
const POLITE_QUESTIONS: [&str; 16] = [
    "can you",
    "could you",
    "would you",
    "will you",
    "can we",
    "could we",
    "please",
    "pls",
    "would it be possible to",
    "kannst du",
    "könntest du",
    "würdest du",
    "magst du",
    "bitte",
    "thanks",
    "thx",
];
/// What begins a question whether something may be done.
const PERMISSIONS: [&str; 14] = [
    "can i ",
    "could i ",
    "may i ",
    "should i ",
    "shall i ",
    "kann ich ",
    "darf ich ",
    "soll ich ",
    "do i ",
    "is it ok ",
    "is it okay ",
    "am i allowed ",
    "sollte ich ",
    "ist es ok ",
];
/// Words that forbid something.
const FORBIDDING: [&str; 12] = [
    "don't",
    "dont",
    "do not",
    "never",
    "nothing",
    "nicht",
    "niemals",
    "nie",
    "nichts",
    "keinesfalls",
    "must not",
    "mustn't",
];
/// Those that order something all the same.
const REMINDING: [&str; 28] = [
    "no wait",
    "no, undo",
    "no undo",
    "don't remind me",
    "dont remind me",
    "do not remind me",
    "never remind me",
    "erinnere mich nicht",
    "erinner mich nicht",
    "nicht mehr erinnern",
    "must not forget",
    "mustn't forget",
    "can't forget",
    "cannot forget",
    "should not forget",
    "shouldn't forget",
    "not forget to",
    "darf nicht vergessen",
    "don't forget",
    "dont forget",
    "do not forget",
    "don't let me forget",
    "never forget",
    "nicht vergessen",
    "vergiss nicht",
    "not to forget",
    "why don't you",
    "why not",
];
const QUOTES: [char; 17] = ['"', '“', '”', '„', '«', '»', '‹', '›', '`', '「', '」', '『', '』', '‚', '‘', '＂', '‟'];

/// Whether the whole message is an order in the user's own words.
pub(crate) fn is_plain_order(message: &str) -> bool {
    let text = message.trim();
    let lower = text.to_lowercase().replace('’', "'");
    let begins_plain = text.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '#');
    begins_plain
        && text.lines().count() == 1
        && text.chars().count() <= MAX_ORDER
        && !has_word(&without_reminders(&lower), &NEGATIONS)
        && !has_word(&lower, &CONDITIONS)
        && !without_reminders(&lower).contains("n't")
        && !asks_whether(&lower)
        && quotes_are_titles(text)
}

/// Whether a message asks something, or asks whether something may be done: it orders nothing.
pub(crate) fn asks_whether(lower: &str) -> bool {
    let asks = lower.trim_end_matches(['!', ' ']).ends_with('?') || lower.contains("? ");
    let spaced = format!(" {} ", lower.replace([',', '!', '?', '.'], " "));
    let is_polite = POLITE_QUESTIONS.iter().any(|words| spaced.contains(&format!(" {words} ")));
    may_i(lower) || (asks && !is_polite)
}

/// Whether a message asks whether something may be done.
pub(crate) fn may_i(lower: &str) -> bool {
    PERMISSIONS.iter().any(|words| lower.starts_with(words))
}

/// Whether a message says what not to do.
pub(crate) fn forbids_something(message: &str) -> bool {
    let lower = without_reminders(&message.to_lowercase().replace('’', "'"));
    let is_denied = lower.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with(" not");
    is_denied
        || has_word(&lower, &FORBIDDING)
        || FORBIDDING.iter().any(|words| words.contains(' ') && lower.contains(words))
}

/// A text without the negations that remind of something.
fn without_reminders(lower: &str) -> String {
    let end = lower.trim_end_matches(['.', '!', ' ']);
    let lower = end.strip_suffix(" nicht").filter(|text| text.starts_with("vergiss ")).unwrap_or(lower);
    REMINDING.iter().fold(lower.to_owned(), |text, reminding| text.replace(reminding, " "))
}

fn has_word(lower: &str, words: &[&str]) -> bool {
    lower.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| words.contains(&word))
}

/// Whether each quote is short enough for a title.
fn quotes_are_titles(text: &str) -> bool {
    let marks = text.chars().filter(|c| QUOTES.contains(c)).count();
    let inside: Vec<&str> = text.split(QUOTES).skip(1).step_by(2).collect();
    let quoted_order = |quote: &&str| quote.split_whitespace().count() > MAX_QUOTED_TITLE || quote.contains('\n');
    marks <= 2 && !inside.iter().any(quoted_order)
}
