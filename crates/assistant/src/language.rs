//! The languages of the assistant's own messages: its questions before it acts, and its texts where no model responds. A model
//! writes in the user's language by itself; the offline assistant understands English alone.

pub use user_language::Language;

/// The assistant's own messages in one language.
#[derive(Debug)]
pub struct Texts {
    /// Ends a turn whose client has gone.
    pub stopped: &'static str,
    /// Ends a response that was cut off.
    pub cut_off: &'static str,
    /// Follows `cut_off` where what the response was about to do did not happen.
    pub not_begun: &'static str,
    /// In place of a response that the model refused.
    pub refused: &'static str,
    /// Where a model requests calls but may make no more.
    pub too_many_steps: &'static str,
    /// Where the model failed after its calls ran.
    pub no_summary: &'static str,
    /// In place of a response that is missing in a stored turn.
    pub interrupted: &'static str,
    /// The tools cannot be reached.
    pub tools_unreachable: &'static str,
    /// The model is unavailable.
    pub model_unavailable: &'static str,
    /// Only the operator can make the model work.
    pub model_misconfigured: &'static str,
    /// The model failed after its calls changed nothing.
    pub nothing_changed: &'static str,
    /// The model rejects what was said in this conversation.
    pub new_conversation: &'static str,
    /// The model gave no usable response.
    pub no_usable_response: &'static str,
    /// The client went before the model responded.
    pub client_gone: &'static str,
    /// The user has used up the tokens of the day.
    pub daily_limit_reached: &'static str,
    /// All users together have used up the money of the day.
    pub over_budget: &'static str,
    /// The circuit breaker is open.
    pub model_paused: &'static str,
    /// Another turn of the conversation runs.
    pub still_running: &'static str,
    /// A confirmed call could not be made.
    pub action_not_tried: &'static str,
    /// Follows as many confirmed calls as one question can hold.
    pub next_ones: &'static str,
    /// A question has expired.
    pub question_expired: &'static str,
    /// The user has decided the other way before.
    pub already_decided: &'static str,
    /// A confirmed call runs.
    pub action_running: &'static str,
}

impl Texts {
    /// The messages in a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }
}

static ENGLISH: Texts = Texts {
    stopped: "Stopped.",
    cut_off: "(The answer was cut off here.)",
    not_begun: "What it was about to do was not done.",
    refused: "I cannot help with that. I can keep your task list.",
    too_many_steps: "I stopped here: this needs more steps than one message may take.",
    no_summary: "The assistant stopped answering before it could sum up what it did. Look at this before you ask again:",
    interrupted: "(This was interrupted.)",
    tools_unreachable: "The assistant cannot reach your tasks at the moment. Your message is kept. Try again shortly.",
    model_unavailable: "The assistant is not available at the moment. Your message is kept. Try again later.",
    model_misconfigured: "The assistant is out of order until its operator has looked after it. Your message is kept.",
    nothing_changed: "The assistant stopped answering. Nothing was changed.",
    new_conversation: "The assistant cannot go on in this conversation. Your message is kept; a new conversation will work.",
    no_usable_response: "The assistant found no usable answer. Your message is kept. Try again, or put it in other words.",
    client_gone: "Stopped. Your message is kept.",
    daily_limit_reached: "You have used up the assistant for today. It is there again tomorrow; your tasks are as always.",
    over_budget: "The assistant rests until tomorrow: it has used up its budget. Your tasks are as always.",
    model_paused: "The assistant is not available at the moment. Try again shortly.",
    still_running: "The assistant is still answering in this conversation.",
    action_not_tried: "Your tasks cannot be reached at the moment. Nothing was done; try again shortly.",
    next_ones: "If there are more, say \"the next 50\".",
    question_expired: "This question is too old to be answered. Ask for it again.",
    already_decided: "This question was answered before, in another way.",
    action_running: "This is being done right now.",
};

static GERMAN: Texts = Texts {
    stopped: "Angehalten.",
    cut_off: "(Hier bricht die Antwort ab.)",
    not_begun: "Was sie gerade tun wollte, ist nicht geschehen.",
    refused: "Dabei kann ich nicht helfen. Ich kann deine Aufgabenliste führen.",
    too_many_steps: "Ich höre hier auf: Das braucht mehr Schritte, als eine Nachricht haben darf.",
    no_summary: "Der Assistent ist verstummt, bevor er zusammenfassen konnte, was er getan hat. Sieh es dir an, bevor du noch \
        einmal fragst:",
    interrupted: "(Das wurde unterbrochen.)",
    tools_unreachable: "Der Assistent erreicht deine Aufgaben gerade nicht. Deine Nachricht ist aufgehoben. Versuche es gleich noch einmal.",
    model_unavailable: "Der Assistent ist gerade nicht da. Deine Nachricht ist aufgehoben. Versuche es später noch einmal.",
    model_misconfigured: "Der Assistent ist außer Betrieb, bis sein Betreiber nach ihm gesehen hat. Deine Nachricht ist aufgehoben.",
    nothing_changed: "Der Assistent ist verstummt. Geändert wurde nichts.",
    new_conversation: "In diesem Gespräch kommt der Assistent nicht weiter. Deine Nachricht ist aufgehoben; in einem neuen Gespräch klappt es.",
    no_usable_response: "Der Assistent hat keine brauchbare Antwort gefunden. Deine Nachricht ist aufgehoben. Versuche es noch einmal, oder \
        sag es mit anderen Worten.",
    client_gone: "Angehalten. Deine Nachricht ist aufgehoben.",
    daily_limit_reached: "Für heute hast du den Assistenten aufgebraucht. Morgen ist er wieder da; deine Aufgaben sind wie immer.",
    over_budget: "Der Assistent ruht bis morgen: Sein Budget ist aufgebraucht. Deine Aufgaben sind wie immer.",
    model_paused: "Der Assistent ist gerade nicht da. Versuche es gleich noch einmal.",
    still_running: "Der Assistent antwortet in diesem Gespräch noch.",
    action_not_tried: "Deine Aufgaben sind gerade nicht zu erreichen. Nichts ist geschehen; versuche es gleich noch einmal.",
    next_ones: "Wenn es mehr sind, sag „die nächsten 50“.",
    question_expired: "Diese Frage ist zu alt, um sie zu beantworten. Bitte noch einmal darum.",
    already_decided: "Diese Frage wurde schon beantwortet, und anders.",
    action_running: "Das geschieht gerade.",
};
