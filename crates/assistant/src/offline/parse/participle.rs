//! Participles of everyday verbs.

use crate::offline::words::{PAST, TASK_VERBS};

/// Further verbs whose past is regular.
const REGULAR: [&str; 40] = [
    "cancel",
    "drop",
    "post",
    "deliver",
    "sign",
    "submit",
    "mail",
    "replace",
    "install",
    "download",
    "upload",
    "update",
    "publish",
    "review",
    "register",
    "unsubscribe",
    "subscribe",
    "confirm",
    "apply",
    "attend",
    "transfer",
    "hand",
    "assemble",
    "charge",
    "donate",
    "exercise",
    "invite",
    "move",
    "open",
    "practice",
    "polish",
    "remind",
    "remove",
    "save",
    "scan",
    "ship",
    "shop",
    "sort",
    "trim",
    "wrap",
];

/// The verb of a participle: "paid" is of "pay".
pub(super) fn infinitive(participle: &str) -> Option<String> {
    if let Some((_, verb)) = PAST.iter().find(|(past, _)| *past == participle) {
        return Some((*verb).to_owned());
    }
    let stem = participle.strip_suffix("ed").filter(|stem| stem.len() > 2)?;
    let known = |verb: &str| TASK_VERBS.contains(&verb) || REGULAR.contains(&verb);
    let doubled = || {
        let mut letters = stem.chars().rev();
        let (last, before) = (letters.next()?, letters.next()?);
        (last == before).then(|| stem[..stem.len() - last.len_utf8()].to_owned())
    };
    let forms = [
        Some(stem.to_owned()),
        Some(format!("{stem}e")),
        doubled(),
        stem.strip_suffix('i').map(|stem| format!("{stem}y")),
    ];
    forms.into_iter().flatten().find(|verb| known(verb))
}
