//! German sentences about what is done and what is not: "Miete ist bezahlt", "ich habe Mama noch nicht angerufen".

use crate::offline::german::object::english_object;
use crate::offline::german::text::between;

/// Words that add nothing before a participle.
const LITTLE: [&str; 11] =
    ["schon", "jetzt", "gerade", "eben", "bereits", "inzwischen", "nun", "heute", "endlich", "auch", "worden"];
/// Adjectives that stand for a participle, and participles whose form does not show it.
const ADJECTIVES: [&str; 7] = ["fertig", "weg", "durch", "raus", "offen", "überwiesen", "unterschrieben"];

/// What stands around a task that is asked about, and the question in English.
const ASKED: [(&str, &str, &str); 23] = [
    ("muss ich ", "", "do I have to …"),
    ("müssen wir ", "", "do I have to …"),
    ("soll ich ", "", "do I have to …"),
    ("bis wann muss ich ", "", "when is …"),
    ("bis wann muss ", " sein", "when is …"),
    ("wann muss ich ", "", "when is …"),
    ("wann müssen wir ", "", "when is …"),
    ("wann soll ich ", "", "when is …"),
    ("wann ist ", " dran", "when is …"),
    ("wann ist ", " fällig", "when is …"),
    ("wann ist ", "", "when is …"),
    ("wann sind ", "", "when is …"),
    ("wie wichtig ist ", "", "how important is …"),
    ("wie dringend ist ", "", "how important is …"),
    ("was ist mit ", "", "what about …"),
    ("was weißt du über ", "", "what about …"),
    ("in welcher liste ist ", "", "what about …"),
    ("auf welcher liste steht ", "", "what about …"),
    ("welche priorität hat ", "", "what about …"),
    ("welche tags hat ", "", "what about …"),
    ("gibt es etwas zu ", "", "is there anything about …"),
    ("gibt es etwas zum ", "", "is there anything about …"),
    ("gibt es etwas zur ", "", "is there anything about …"),
];
/// Verbs of a German statement.
const VERBS: [&str; 8] = ["ist", "sind", "habe", "hab", "haben", "wurde", "wurden", "ich"];
/// Participles that follow the words of a task without a verb.
const PLAIN: [&str; 14] = [
    "erledigt",
    "bezahlt",
    "gekauft",
    "gemacht",
    "angerufen",
    "gebucht",
    "abgeholt",
    "geschrieben",
    "bestellt",
    "geputzt",
    "verschickt",
    "abgegeben",
    "fertig",
    "besorgt",
];

/// The English sentence for a state, a tale or a question about one.
pub(super) fn parse_state(text: &str, lower: &str) -> Option<String> {
    for (start, end) in [
        ("ich brauche ", " nicht mehr"),
        ("wir brauchen ", " nicht mehr"),
        ("", " brauche ich nicht mehr"),
        ("", " kann weg"),
    ] {
        if let Some(object) = between(text, lower, start, end) {
            return Some(format!("i no longer need {}", english_object(object)));
        }
    }
    for (start, end) in [
        ("steht ", " auf meiner liste"),
        ("steht ", " auf der liste"),
        ("ist ", " auf meiner liste"),
        ("habe ich ", " auf der liste"),
        ("habe ich ", " auf meiner liste"),
    ] {
        if let Some(object) = between(text, lower, start, end) {
            let object = ["noch", "schon"].iter().fold(object, |object, word| object.trim_end_matches(word).trim_end());
            return Some(format!("is {} on my list", english_object(object)));
        }
    }
    if let Some(object) =
        between(text, lower, "was ist ", "").map(english_object).filter(|object| object.starts_with("tasks "))
    {
        return Some(format!("show {object}"));
    }
    if let Some((object, question)) =
        ASKED.iter().find_map(|(start, end, question)| Some((between(text, lower, start, end)?, *question)))
    {
        let words: Vec<&str> =
            object.split(' ').filter(|word| !["noch", "schon", "heute", "jetzt"].contains(word)).collect();
        let words = words.join(" ");
        let object = split_participle(&words).map_or(words.as_str(), |(object, _)| object);
        return Some(question.replace('…', &english_object(object)));
    }
    parse_tale(text, lower)
}

/// The English sentence for what is done or is not, and for a question about that.
fn parse_tale(text: &str, lower: &str) -> Option<String> {
    for start in ["was muss ich noch ", "was muss ich ", "was soll ich noch "] {
        if let Some(verb) = between(text, lower, start, "").filter(|verb| !verb.contains(' ')) {
            return Some(format!("find {verb}"));
        }
    }
    for (start, end) in [("ich bin mit ", " fertig"), ("bin mit ", " fertig"), ("fertig mit ", "")] {
        if let Some(object) = between(text, lower, start, end) {
            return Some(format!("complete {}", english_object(object)));
        }
    }
    let (object, is_question) = object_of(text, lower)?;
    let pieces: Vec<_> = object.split(" und ").map(split_participle).collect();
    if pieces.len() > 1 && !is_question && pieces.iter().all(|piece| piece.is_some_and(|(_, is_done)| is_done)) {
        let done = pieces.into_iter().flatten().map(|(object, _)| format!("complete {}", english_object(object)));
        return Some(done.collect::<Vec<_>>().join(" and "));
    }
    let (object, is_done) = split_participle(object)?;
    let object = english_object(object);
    Some(match (is_question, is_done) {
        (true, _) => format!("is {object} done"),
        (false, true) => format!("complete {object}"),
        (false, false) => format!("{object} is not done"),
    })
}

/// The words between subject and verb, with the participle at their end; whether they are a question.
fn object_of<'a>(text: &'a str, lower: &str) -> Option<(&'a str, bool)> {
    for (start, is_question) in [
        ("ich habe ", false),
        ("ich hab ", false),
        ("wir haben ", false),
        ("habe ich ", true),
        ("hab ich ", true),
        ("haben wir ", true),
        ("ist ", true),
        ("sind ", true),
        ("habe ", false),
        ("hab ", false),
    ] {
        if lower.starts_with(start) {
            return Some((&text[start.len()..], is_question));
        }
    }
    let asks = ["was ", "wer ", "wann ", "wie ", "wo ", "welche ", "warum "].iter().any(|word| lower.starts_with(word));
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let is_german = PLAIN.contains(&last) || lower.split(' ').any(|word| VERBS.contains(&word));
    (!asks && is_german && is_participle(last)).then_some((text, false))
}

/// The words before a participle and the little words around it, and whether it is not denied.
fn split_participle(text: &str) -> Option<(&str, bool)> {
    let mut words: Vec<&str> = text.split(' ').collect();
    let last = words.pop()?.to_lowercase();
    if !is_participle(&last) || words.is_empty() {
        return None;
    }
    let mut is_done = last != "offen";
    while let Some(word) = words.last() {
        match word.to_lowercase().as_str() {
            "nicht" => is_done = false,
            "ist" | "sind" | "wurde" | "habe" | "hab" | "ich" | "haben" | "wir" | "doch" | "noch" | "aber" => {}
            little if LITTLE.contains(&little) => {}
            _ => break,
        }
        words.pop();
    }
    let length = words.iter().map(|word| word.len() + 1).sum::<usize>().checked_sub(1)?;
    Some((&text[..length], is_done))
}

/// Whether a word is a German participle, as far as its form shows.
fn is_participle(word: &str) -> bool {
    const PREFIXES: [&str; 15] =
        ["ab", "an", "auf", "aus", "ein", "mit", "vor", "weg", "zu", "zurück", "hin", "her", "nach", "um", "los"];
    const INSEPARABLE: [&str; 5] = ["be", "ver", "er", "ent", "zer"];
    let ends = word.ends_with('t') || word.ends_with("en");
    let stem = PREFIXES.iter().find_map(|prefix| word.strip_prefix(prefix)).unwrap_or(word);
    let regular = ends && (word.starts_with("ge") || stem.starts_with("ge")) && word.len() > 5;
    let inseparable =
        word.ends_with('t') && INSEPARABLE.iter().any(|prefix| word.starts_with(prefix)) && word.len() > 5;
    regular || inseparable || (word.ends_with("iert") && word.len() > 6) || ADJECTIVES.contains(&word)
}
