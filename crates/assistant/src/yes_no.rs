//! A message that says yes or no and nothing else.

/// Messages that say yes, lower case and without punctuation.
const YES: [&str; 42] = [
    "yes",
    "y",
    "yep",
    "yeah",
    "yup",
    "ok",
    "okay",
    "sure",
    "confirm",
    "confirmed",
    "i confirm",
    "do it",
    "go ahead",
    "please do",
    "yes do it",
    "yes go ahead",
    "yes delete it",
    "yes delete them",
    "delete it",
    "delete them",
    "yes all",
    "yes all of them",
    "all of them",
    "of course",
    "certainly",
    "absolutely",
    "yes i am sure",
    "i am sure",
    "ja",
    "ja alle",
    "ja gerne",
    "ja mach das",
    "klar",
    "oui",
    "sí",
    "si",
    "sim",
    "da",
    "да",
    "はい",
    "是",
    "हाँ",
];
/// Messages that say no, lower case and without punctuation.
const NO: [&str; 29] = [
    "no",
    "n",
    "nope",
    "nah",
    "cancel",
    "stop",
    "don't",
    "dont",
    "do not",
    "don't do it",
    "no don't",
    "keep it",
    "keep them",
    "leave it",
    "leave them",
    "never mind",
    "nevermind",
    "rather not",
    "better not",
    "nein",
    "lieber nicht",
    "lass es",
    "abbrechen",
    "non",
    "não",
    "нет",
    "いいえ",
    "不",
    "नहीं",
];
/// Words of politeness, left out before the comparison.
const POLITE: [&str; 6] = ["please", "thanks", "thank", "you", "bitte", "danke"];

/// Returns the decision of a message that says yes or no and nothing else.
pub fn parse_yes_or_no(message: &str) -> Option<bool> {
    let lower = message.to_lowercase().replace('’', "'");
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '!' | ';'))
        .filter(|word| !word.is_empty() && !POLITE.contains(word))
        .collect();
    let text = words.join(" ");
    match (YES.contains(&text.as_str()) || text == "do", NO.contains(&text.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
