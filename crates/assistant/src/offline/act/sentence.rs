//! Replies of the offline assistant that are the same each time, in both languages.

use crate::language::Language;

/// The question for the title of a new task.
pub(crate) const ASK_TITLE: [&str; 2] = ["What should the task be called?", "Wie soll die Aufgabe heißen?"];
/// The question for the new title of a task.
pub(crate) const ASK_NEW_TITLE: [&str; 2] = ["What should the new title be?", "Wie soll der neue Titel lauten?"];

/// A reply that is the same each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FixedReply {
    Help,
    Greeting,
    NotUnderstood,
    Welcome,
    NothingToConfirm,
    LeftAsIs,
    /// What the user takes exception to is done; it can be undone.
    DoneAlready,
    NothingToUndo,
    NothingToRedo,
    /// Asks what to do with a task that was named alone.
    AskWhatToDo,
    /// Says how deleted tasks are restored.
    RestoreHow,
    AskTitle,
    AskNewTitle,
    /// Asks for the day of a task.
    AskWhen,
    /// The message needs more steps than one turn has.
    AskLess,
}

impl FixedReply {
    /// The reply in a language.
    pub(super) fn text(self, language: Language) -> String {
        match language {
            Language::English => self.english(),
            Language::German => self.german(),
        }
    }

    fn english(self) -> String {
        let text = match self {
            Self::Help => {
                "I understand simple sentences about your tasks, in English and German. For example:\n- Add a task to buy \
                 groceries\n- Show my tasks / What's left? / Find milk\n- Mark task #1 as complete / Complete groceries\n- Reopen \
                 task 1\n- Rename task 2 to Buy bread\n- Set task 2 to high priority\n- Move task 2 to Friday\n- Remind me to call \
                 mum tomorrow at 5pm / Remind me of task 2 on Friday\n- Delete task 3 / Delete the groceries task / Clear completed \
                 tasks\n- Undo that\nSeveral in one sentence are fine: Add milk and delete task 3."
            }
            Self::Greeting => "Hello! I keep your tasks. Say \"what's left?\", \"add buy milk\" or \"help\".",
            Self::NotUnderstood => "I did not understand that. Say \"what's left?\", \"add buy milk\" or \"help\".",
            Self::Welcome => "You are welcome.",
            Self::NothingToConfirm => "There is nothing to confirm.",
            Self::LeftAsIs => "All right, I leave everything as it is.",
            Self::DoneAlready => "That is done already. Say \"undo\" to take it back.",
            Self::NothingToUndo => "Nothing is left to undo in this conversation.",
            Self::NothingToRedo => "There is nothing to redo: nothing is undone in this conversation.",
            Self::AskWhatToDo => "What should I do with it? Say for example \"complete task 3\".",
            Self::RestoreHow => {
                "I bring back a deleted task by its number (\"restore task 3\"), or what was deleted last (\"undo\")."
            }
            Self::AskTitle => return format!("{} For example: \"Add a task to buy groceries\".", ASK_TITLE[0]),
            Self::AskNewTitle => {
                return format!("{} Say for example \"rename task 2 to Buy bread\".", ASK_NEW_TITLE[0]);
            }
            Self::AskWhen => "To which day? Say for example \"move task 3 to tomorrow\".",
            Self::AskLess => "I stopped here: please ask for less at once.",
        };
        text.to_owned()
    }

    fn german(self) -> String {
        let text = match self {
            Self::Help => {
                "Ich verstehe einfache Sätze über deine Aufgaben, deutsch und englisch. Zum Beispiel:\n- Füge Milch hinzu\n- Zeig \
                 mir meine Aufgaben / Was ist noch offen? / Suche Milch\n- Erledige Aufgabe 1 / Markiere Milch als erledigt\n- Öffne \
                 Aufgabe 1 wieder\n- Benenne Aufgabe 2 in Brot kaufen um\n- Setze Aufgabe 2 auf hohe Priorität\n- Verschiebe Aufgabe \
                 2 auf Freitag\n- Erinnere mich morgen um 17 Uhr daran, Mama anzurufen / Erinnere mich am Freitag an Aufgabe 2\n- \
                 Lösche Aufgabe 3\n- Rückgängig\nMehreres in einem Satz geht auch: Füge Milch hinzu und lösche Aufgabe 3."
            }
            Self::Greeting => {
                "Hallo! Ich führe deine Aufgaben. Sag „was ist noch offen?“, „füge Milch hinzu“ oder „Hilfe“."
            }
            Self::NotUnderstood => {
                "Das habe ich nicht verstanden. Sag „was ist noch offen?“, „füge Milch hinzu“ oder „Hilfe“."
            }
            Self::Welcome => "Gern geschehen.",
            Self::NothingToConfirm => "Es gibt nichts zu bestätigen.",
            Self::LeftAsIs => "Gut, ich lasse alles, wie es ist.",
            Self::DoneAlready => "Das ist schon geschehen. Sag „rückgängig“, um es zurückzunehmen.",
            Self::NothingToUndo => "In diesem Gespräch ist nichts mehr rückgängig zu machen.",
            Self::NothingToRedo => {
                "Es gibt nichts zu wiederholen: In diesem Gespräch ist gerade nichts rückgängig gemacht."
            }
            Self::AskWhatToDo => "Was soll ich damit tun? Sag zum Beispiel „erledige Aufgabe 3“.",
            Self::RestoreHow => "Sag „stelle Aufgabe 3 wieder her“, oder „rückgängig“ für die letzte Änderung.",
            Self::AskTitle => return format!("{} Zum Beispiel: „Füge Milch kaufen hinzu“.", ASK_TITLE[1]),
            Self::AskNewTitle => {
                return format!("{} Sag zum Beispiel „benenne Aufgabe 2 in Brot kaufen um“.", ASK_NEW_TITLE[1]);
            }
            Self::AskWhen => "Auf welchen Tag? Sag zum Beispiel „verschiebe Aufgabe 3 auf morgen“.",
            Self::AskLess => "Ich höre hier auf: Bitte verlange weniger auf einmal.",
        };
        text.to_owned()
    }
}
