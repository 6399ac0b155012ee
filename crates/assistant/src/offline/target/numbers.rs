//! Numbers of tasks in words and digits.

const FILLERS: [&str; 16] = [
    "task", "tasks", "number", "numbers", "no", "no.", "nr", "nr.", "and", "the", "my", "todo", "todos", "item",
    "items", "both",
];
/// Words before the number of a task.
const BEFORE_NUMBERS: [&str; 8] = ["task", "tasks", "number", "numbers", "no", "nr", "todo", "item"];
const NUMBER_WORDS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/// Words between the first and the last number of a range.
const UNTIL: [&str; 5] = ["to", "through", "thru", "till", "until"];
/// Tasks in a range.
const MAX_RANGE: i64 = 100;

/// Reads a text of nothing but numbers and the words around them.
pub(super) fn parse_numbers(lower: &str) -> Option<Vec<i64>> {
    let spaced = lower.replace([',', '&', '+'], " ").replace('#', " # ").replace(['–', '—'], "-");
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| *word != "#").collect();
    let mut found = Vec::new();
    let mut counts = false;
    for (at, word) in words.iter().enumerate() {
        let named =
            at > 0 && (BEFORE_NUMBERS.contains(&words[at - 1].trim_end_matches('.')) || UNTIL.contains(&words[at - 1]));
        let listed = at > 0 && !found.is_empty() && words[at - 1] == "and";
        match parse_number(word, named || listed) {
            // "2 tasks" is a count, not a number of a task.
            Some(_) if !named && words.get(at + 1).is_some_and(|next| matches!(*next, "tasks" | "items" | "todos")) => {
                counts = true
            }
            Some((first, last)) => found.extend(range(first, last)?),
            None if UNTIL.contains(word) && !found.is_empty() => {
                let (first, last) = (found.pop()?, parse_number(words.get(at + 1)?, true)?.0);
                found.extend(range(first, last)?);
                found.pop(); // comes next
            }
            None if FILLERS.contains(word) => {}
            None => return leading_number(lower),
        }
    }
    let mut unique = Vec::new();
    for number in found {
        if !unique.contains(&number) {
            unique.push(number);
        }
    }
    (!unique.is_empty() && !counts).then_some(unique)
}

fn range(first: i64, last: i64) -> Option<std::ops::RangeInclusive<i64>> {
    (first <= last && last.saturating_sub(first) < MAX_RANGE).then_some(first..=last)
}

/// Reads the first and the last number of "3", "task3", "2-4", and of "three" where a number is expected.
pub(super) fn parse_number(word: &str, expected: bool) -> Option<(i64, i64)> {
    let word = word.strip_prefix("task").filter(|rest| !rest.is_empty()).unwrap_or(word);
    if let Ok(number) = word.parse::<i64>() {
        return Some((number, number));
    }
    if let Some((first, last)) = word.split_once('-') {
        return Some((first.parse().ok()?, last.parse().ok()?));
    }
    let at = NUMBER_WORDS.iter().position(|known| *known == word).filter(|_| expected)?;
    i64::try_from(at + 1).ok().map(|number| (number, number))
}

/// Reads "task #3 from my list", "#3 please": a number first, and words that add nothing.
fn leading_number(lower: &str) -> Option<Vec<i64>> {
    const ADDS_NOTHING: [&str; 14] =
        ["from", "off", "in", "on", "my", "the", "todo", "task", "list", "please", "for", "me", "now", "too"];
    let spaced = lower.replace('#', " # ");
    let words: Vec<&str> = spaced.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (end, number) = words.iter().enumerate().find_map(|(at, word)| Some((at, word.parse::<i64>().ok()?)))?;
    let named = end > 0 && words[..end].iter().all(|word| FILLERS.contains(word) || *word == "#");
    let rest = &words[end + 1..];
    (named && rest.iter().all(|word| ADDS_NOTHING.contains(word) || *word == "instead")).then(|| vec![number])
}
