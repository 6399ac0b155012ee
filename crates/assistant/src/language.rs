//! The languages of what the assistant says by itself: what it asks before it acts, and what it says where no model does. What
//! a model says is in the user's language anyway; the offline assistant understands English alone.

/// A language, by the reader's wish.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// English, also for readers of any other.
    #[default]
    English,
    /// Deutsch.
    German,
}

/// The sentences.
#[derive(Debug)]
pub struct Words {
    /// Ends what was stopped.
    pub stopped: &'static str,
    /// Ends what was cut off.
    pub cut_off: &'static str,
    /// In place of what a model declined.
    pub refused: &'static str,
    /// Where a model wants to go on but may not.
    pub too_many_steps: &'static str,
    /// Where a model failed after its calls ran.
    pub no_last_word: &'static str,
    /// In place of an answer that never came.
    pub interrupted: &'static str,
    /// The tools cannot be reached.
    pub tools_away: &'static str,
    /// The model cannot be reached.
    pub model_away: &'static str,
    /// The model refuses us.
    pub out_of_order: &'static str,
    /// The model gave no usable answer.
    pub no_answer: &'static str,
    /// Nobody waited for the answer.
    pub given_up: &'static str,
    /// The user's tokens of the day are used up.
    pub used_up: &'static str,
    /// Everybody's money of the day is used up.
    pub over_budget: &'static str,
    /// The model is left alone for a while.
    pub resting: &'static str,
    /// Another turn runs.
    pub still_running: &'static str,
    /// An action could not be tried.
    pub not_tried: &'static str,
    /// A question is too old.
    pub expired: &'static str,
    /// A question has another answer already.
    pub answered_before: &'static str,
    /// An action is being done.
    pub being_done: &'static str,
}

impl Language {
    /// The one that a reader likes best, by their `Accept-Language`.
    pub fn of(accepted: &str) -> Self {
        let mut best = (Self::default(), 0.0);
        for range in accepted.split(',') {
            let (tag, quality) = range.split_once(';').unwrap_or((range, "q=1"));
            let quality: f32 = quality.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0);
            let language = match tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "en" | "*" => Self::English,
                "de" => Self::German,
                _ => continue,
            };
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
    }

    /// Its sentences.
    pub fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}

static ENGLISH: Words = Words {
    stopped: "(Stopped.)",
    cut_off: "(The answer was cut off here.)",
    refused: "I cannot help with that. I can keep your task list.",
    too_many_steps: "I stopped here: this needs more steps than one message may take.",
    no_last_word: "The steps above ran, but the assistant stopped answering before it could sum them up. \
        Please look at them before you ask again.",
    interrupted: "(This was interrupted.)",
    tools_away: "The assistant cannot reach your tasks at the moment. Your message is kept. Try again shortly.",
    model_away: "The assistant is not available at the moment. Your message is kept. Try again later.",
    out_of_order: "The assistant is out of order until its operator has looked after it. Your message is kept.",
    no_answer: "The assistant found no usable answer. Your message is kept. Try again, or put it in other words.",
    given_up: "Stopped. Your message is kept.",
    used_up: "You have used up the assistant for today. It is there again tomorrow; your tasks are as always.",
    over_budget: "The assistant rests until tomorrow: it has used up its budget. Your tasks are as always.",
    resting: "The assistant is not available at the moment. Try again shortly.",
    still_running: "The assistant is still answering in this conversation.",
    not_tried: "Your tasks cannot be reached at the moment. Nothing was done; try again shortly.",
    expired: "This question is too old to be answered. Ask for it again.",
    answered_before: "This question was answered before, in another way.",
    being_done: "This is being done right now.",
};

static GERMAN: Words = Words {
    stopped: "(Angehalten.)",
    cut_off: "(Hier bricht die Antwort ab.)",
    refused: "Dabei kann ich nicht helfen. Ich kann deine Aufgabenliste führen.",
    too_many_steps: "Ich höre hier auf: Das braucht mehr Schritte, als eine Nachricht haben darf.",
    no_last_word: "Die Schritte oben sind getan, aber der Assistent ist verstummt, bevor er sie zusammenfassen konnte. \
        Bitte sieh sie dir an, bevor du noch einmal fragst.",
    interrupted: "(Das wurde unterbrochen.)",
    tools_away: "Der Assistent erreicht deine Aufgaben gerade nicht. Deine Nachricht ist aufgehoben. Versuche es gleich noch einmal.",
    model_away: "Der Assistent ist gerade nicht da. Deine Nachricht ist aufgehoben. Versuche es später noch einmal.",
    out_of_order: "Der Assistent ist außer Betrieb, bis sein Betreiber nach ihm gesehen hat. Deine Nachricht ist aufgehoben.",
    no_answer: "Der Assistent hat keine brauchbare Antwort gefunden. Deine Nachricht ist aufgehoben. Versuche es noch einmal, oder \
        sag es mit anderen Worten.",
    given_up: "Angehalten. Deine Nachricht ist aufgehoben.",
    used_up: "Für heute hast du den Assistenten aufgebraucht. Morgen ist er wieder da; deine Aufgaben sind wie immer.",
    over_budget: "Der Assistent ruht bis morgen: Sein Budget ist aufgebraucht. Deine Aufgaben sind wie immer.",
    resting: "Der Assistent ist gerade nicht da. Versuche es gleich noch einmal.",
    still_running: "Der Assistent antwortet in diesem Gespräch noch.",
    not_tried: "Deine Aufgaben sind gerade nicht zu erreichen. Nichts ist geschehen; versuche es gleich noch einmal.",
    expired: "Diese Frage ist zu alt, um sie zu beantworten. Bitte noch einmal darum.",
    answered_before: "Diese Frage wurde schon beantwortet, und anders.",
    being_done: "Das geschieht gerade.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_chooses_among_the_languages_that_there_are() {
        for (accepted, language) in [
            ("", Language::English),
            ("de", Language::German),
            ("de-AT,de;q=0.9,en;q=0.8", Language::German),
            ("en-GB,de;q=0.9", Language::English),
            ("fr, de;q=0.5, en;q=0.4", Language::German),
            ("fr", Language::English),
            ("de;q=0, *", Language::English),
            ("de;q=x", Language::English),
        ] {
            assert_eq!(Language::of(accepted), language, "{accepted}");
        }
    }
}
