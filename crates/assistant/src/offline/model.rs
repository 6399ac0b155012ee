//! The offline assistant as a model.

use chrono::{NaiveDate, NaiveDateTime, Weekday};
use futures::FutureExt;
use futures::future::{LocalBoxFuture, ready};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use task::UserClock;
use task_words::ReadingContext;

use crate::day_words::DayWords;
use crate::language::Language;
use crate::model::{ChatModel, FinishReason, HearText, ModelError, ModelPrompt, ModelResponse, ToolRequest};
use crate::offline::act::action::NextAction;
use crate::offline::act::english::NOTICE;
use crate::offline::act::german::NOTICE as GERMAN_NOTICE;
use crate::offline::act::next_action;
use crate::offline::act::reminder_reply::ReminderReply;
use crate::offline::act::render::render;
use crate::offline::act::reply::OfflineReply;
use crate::offline::act::sentence::FixedReply;
use crate::offline::command::TaskCommand;
use crate::offline::context::resolve;
use crate::offline::dates::DateReader;
use crate::offline::missing::{MissingFeature, lacks_when_added, names_time};
use crate::offline::parse::condition::acts;
use crate::offline::parse::{is_german, parse, read};
use crate::offline::reminder::{ReminderLead, split_lead, wants_reminder, without_reminders};
use crate::tool_names::LIST_TASKS;
use crate::turn::{CallOutcome, ToolCall, Turn};

const NAME: &str = "offline";
/// Responses in one turn: a long list is read page by page, which costs nothing.
const MAX_ROUNDS: usize = 15;

/// The offline assistant. It replies in the language of a message that is German, else in this one.
#[derive(Debug, Clone, Copy)]
pub struct OfflineModel {
    language: Language,
    /// The user's date and time.
    now: NaiveDateTime,
    /// The day that it belongs to.
    today: NaiveDate,
    /// With which day the user's weeks begin.
    week_start: Weekday,
}

impl OfflineModel {
    /// The offline assistant when the user's clock shows this.
    pub fn new(language: Language, clock: &UserClock) -> Self {
        Self { language, now: clock.local, today: clock.today, week_start: clock.week_start.into() }
    }
}

impl ChatModel for OfflineModel {
    fn max_rounds(&self) -> usize {
        MAX_ROUNDS
    }

    fn respond<'a>(
        &'a self,
        prompt: &'a ModelPrompt<'a>,
        hear: &'a HearText<'a>,
    ) -> LocalBoxFuture<'a, Result<ModelResponse, ModelError>> {
        ready(Ok(self.next_step(prompt, hear))).boxed_local()
    }
}

impl OfflineModel {
    fn next_step(&self, prompt: &ModelPrompt, hear: &HearText) -> ModelResponse {
        let calls: Vec<&ToolCall> = prompt.turn.calls().collect();
        let message = message_to_go_on_with(prompt).unwrap_or(&prompt.turn.message);
        let message = read(message).0;
        let message = message.as_ref();
        let language = if is_german(message) { Language::German } else { self.language };
        let dates = DateReader::new(
            prompt.tools,
            ReadingContext {
                today: self.today,
                week_start: self.week_start,
                ..ReadingContext::new(self.now, language)
            },
        );
        let has_reminders = dates.as_ref().is_some_and(|dates| dates.has_reminders);
        let (said, lead) = said_and_lead(message);
        let command = dates.iter().fold(parse(said), |command, dates| dates.read(command, said));
        let command = if has_reminders { command } else { without_reminders(command) };
        let command = if dates.is_some() { command } else { without_dates(command) };
        let command =
            if dates.as_ref().is_some_and(|dates| dates.has_lists) { command } else { without_lists(command) };
        let command = resolve(command, said, prompt.history);
        let command = dates.iter().fold(command, |command, dates| dates.read_added(command, said, lead));
        let action = match next_action(&command, &calls) {
            NextAction::Call(_) if !prompt.may_call => NextAction::Say(OfflineReply::Fixed(FixedReply::AskLess)),
            action => action,
        };
        let (text, calls) = match action {
            NextAction::Call(calls) => (String::new(), calls),
            NextAction::Say(reply) => {
                let text = text_of(reply, message, language, dates.as_ref(), prompt.history);
                (text, Vec::new())
            }
        };
        if !text.is_empty() {
            let _gone = hear(&text); // all is said
        }
        response(text, calls)
    }
}

/// The message of a turn before whose act on many tasks the current one wants to go on.
fn message_to_go_on_with<'a>(prompt: &ModelPrompt<'a>) -> Option<&'a str> {
    if parse(&prompt.turn.message) != TaskCommand::GoOn {
        return None;
    }
    let messages = prompt.history.iter().rev().map(|turn| turn.message.as_str());
    let is_answer = |message: &&str| matches!(parse(message), TaskCommand::GoOn | TaskCommand::Decision(_));
    messages.filter(|message| !is_answer(message)).take(1).find(|message| acts(&parse(message)))
}

/// The command, where the tools know no dates.
fn without_dates(command: TaskCommand) -> TaskCommand {
    match command {
        TaskCommand::Schedule(..) | TaskCommand::SetDate(_) | TaskCommand::CorrectDate(_) => {
            TaskCommand::Missing(MissingFeature::Dates)
        }
        TaskCommand::ListSome(filter) | TaskCommand::CountSome(filter) if filter.due.is_some() => {
            TaskCommand::Missing(MissingFeature::DatedList)
        }
        TaskCommand::Several(commands) => TaskCommand::Several(commands.into_iter().map(without_dates).collect()),
        command => command,
    }
}

/// The command, where the tools know no lists and tags.
fn without_lists(command: TaskCommand) -> TaskCommand {
    match command {
        TaskCommand::Tag(..) => TaskCommand::Missing(MissingFeature::Lists),
        TaskCommand::ListSome(filter) | TaskCommand::CountSome(filter)
            if filter.list.is_some() || !filter.tags.is_empty() =>
        {
            TaskCommand::Missing(MissingFeature::Lists)
        }
        TaskCommand::Add(mut tasks) => {
            tasks.iter_mut().for_each(|task| drop(task.members.remove("list")));
            TaskCommand::Add(tasks)
        }
        TaskCommand::Schedule(_, change) if change.members.contains_key("list") => {
            TaskCommand::Missing(MissingFeature::Lists)
        }
        command => command,
    }
}

/// The message without a reminder at its end, where the rest of it adds or dates a task.
fn said_and_lead(message: &str) -> (&str, Option<ReminderLead>) {
    match split_lead(message) {
        Some((rest, lead)) if takes_lead(&parse(rest)) => (rest, Some(lead)),
        _ => (message, None),
    }
}

fn takes_lead(command: &TaskCommand) -> bool {
    match command {
        TaskCommand::Add(tasks) => !tasks.is_empty(),
        TaskCommand::SetDate(_) => true,
        _ => false,
    }
}

/// The reply as a text, with what the list does not have of what the message names. The first text of a conversation says once
/// what this assistant is.
fn text_of(
    mut reply: OfflineReply,
    message: &str,
    language: Language,
    dates: Option<&DateReader>,
    history: &[Turn],
) -> String {
    let has_reminders = dates.is_some_and(|dates| dates.has_reminders);
    // With dates there may be no reminders.
    let lacks = lacks_when_added(message)
        .filter(|feature| reply.has_added() && (dates.is_none() || matches!(feature, MissingFeature::Reminders)))
        .filter(|feature| !has_reminders || *feature != MissingFeature::Reminders)
        .map(OfflineReply::Missing);
    if let OfflineReply::List(list) = &mut reply {
        list.names_time = dates.is_none() && !list.tasks.is_empty() && names_time(message);
    }
    let (is_over, reminds) = dates.map_or((false, false), |dates| reply.drop_past_reminders(&dates.now()));
    let asks_when = has_reminders && wants_reminder(message) && reply.has_added() && !is_over && !reminds;
    let further = [
        lacks,
        is_over.then_some(OfflineReply::Reminder(ReminderReply::IsOver)),
        asks_when.then_some(OfflineReply::Reminder(ReminderReply::AskTime)),
        (reminds && !history.iter().any(has_reminded)).then_some(OfflineReply::Reminder(ReminderReply::WhereTheyCome)),
    ];
    let days = DayWords { language, today: dates.map(DateReader::today) };
    let mut texts = vec![render(&reply, &days)];
    texts.extend(further.iter().flatten().map(|reply| render(reply, &days)));
    let text = texts.join("\n").trim().to_owned();
    match language {
        _ if !history.is_empty() => text,
        Language::English => format!("{text}\n\n{NOTICE}").trim().to_owned(),
        Language::German => format!("{text}\n\n{GERMAN_NOTICE}").trim().to_owned(),
    }
}

/// Whether a turn has set a reminder.
fn has_reminded(turn: &Turn) -> bool {
    turn.calls().any(|call| match &call.outcome {
        CallOutcome::Done { result } => call.name != LIST_TASKS && result["task"]["remind_at"].is_array(),
        _ => false,
    })
}

/// A response in the shape of Gemini's, so that a conversation can go on with another model.
pub(super) fn response(text: String, calls: Vec<ToolRequest>) -> ModelResponse {
    let mut parts: Vec<Value> = Vec::new();
    if !text.is_empty() {
        parts.push(json!({ "text": text }));
    }
    parts.extend(calls.iter().map(|call| json!({"functionCall": {"name": call.name, "args": call.arguments}})));
    let content = to_raw_value(&json!({"role": "model", "parts": parts})).expect("a JSON value is JSON");
    let model = NAME.to_owned();
    ModelResponse { content, text, calls, finish: FinishReason::Complete, model_version: None, model }
}
