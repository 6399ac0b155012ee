//! A turn as it happens, as ChatKit's thread stream: server-sent events without names, and no end but the response's.

use std::cell::RefCell;
use std::ops::ControlFlow;

use assistant::tool_names::LIST_TASKS;
use assistant::{CallOutcome, ToolCall, TurnEvent, TurnObserver, TurnReply};
use chrono::{DateTime, SecondsFormat};
use http::StatusCode;
use http_api::ApiError;
use serde_json::{Value, json};

use crate::conversations::Summary;
use crate::routes::Around;
use crate::stream::Send;

use super::items::{Page, Place, assistant_message, literal, output_text, question, task, task_begun, thread};
use super::items::{user_message, workflow};

/// Writes what happens in one turn of a thread.
pub(crate) struct ThreadStream<'a> {
    send: &'a Send<'a>,
    now_ms: &'a dyn Fn() -> u64,
    thread: i64,
    turn: i64,
    open: RefCell<Open>,
}

/// The items under way.
#[derive(Default)]
struct Open {
    /// The step that the model makes, and the last one that was begun.
    step: i64,
    last: i64,
    /// The words so far, if a message is open.
    text: Option<String>,
    /// The calls so far of a workflow, if one is open, and what they ask.
    tasks: Vec<Value>,
    asked: Vec<(Place, String)>,
}

impl<'a> ThreadStream<'a> {
    /// Of this turn.
    pub(crate) fn new(around: &Around<'a>, thread: i64, turn: i64) -> Self {
        Self { send: around.send, now_ms: around.outside.now_ms, thread, turn, open: RefCell::default() }
    }

    /// A new thread.
    pub(crate) fn created(&self, title: String) {
        let (created_at, updated_at) = (self.now(), self.now());
        let summary = Summary { id: self.thread, title, created_at, updated_at };
        self.note(&json!({"type": "thread.created", "thread": thread(&summary, &Page::default())}));
    }

    /// The user's words, which begin a turn.
    pub(crate) fn said(&self, text: &str) {
        self.done(&user_message(self.thread, self.place(0), text, &self.now()));
        self.options();
    }

    /// What the client may do meanwhile.
    pub(crate) fn options(&self) {
        self.note(&json!({"type": "stream_options", "stream_options": {"allow_cancel": true}}));
    }

    /// Ends the turn with the answer as it is kept.
    pub(crate) fn finish(&self, reply: &TurnReply) {
        self.end_items(Some(&reply.text));
    }

    /// Says why there is no (further) answer.
    pub(crate) fn fail(&self, error: &ApiError) {
        self.end_items(None);
        self.note(&match error.status {
            StatusCode::TOO_MANY_REQUESTS => json!({"type": "notice", "level": "warning", "message": error.detail}),
            _ => json!({"type": "error", "code": "custom", "message": error.detail,
                // The message is kept, and its turn can go on.
                "allow_retry": self.turn > 0 && error.status.is_server_error()}),
        });
    }

    /// An item is another one from now on.
    pub(crate) fn replace(&self, item: &Value) {
        self.note(&json!({"type": "thread.item.replaced", "item": item}));
    }

    /// What became of a question.
    pub(crate) fn decided(&self, place: Place, text: &str) {
        self.replace(&question(self.thread, place, text, None, &self.now()));
    }

    /// Tells the page around that its list is old now, if it is.
    pub(crate) fn changed(&self, call: &ToolCall) {
        if matches!(call.outcome, CallOutcome::Done { .. }) && call.name != LIST_TASKS {
            self.note(&json!({"type": "client_effect", "name": "tasks_changed", "data": {}}));
        }
    }

    fn text(&self, text: &str) -> ControlFlow<()> {
        let text = literal(text);
        if self.open.borrow().text.is_none() {
            self.end_workflow();
            let place = self.place(self.open.borrow().step);
            let item = assistant_message(self.thread, place, &[], &self.now());
            self.note(&json!({"type": "thread.item.added", "item": item}));
            let added =
                json!({"type": "assistant_message.content_part.added", "content_index": 0, "content": output_text("")});
            self.note(&self.updated(place, &added));
        }
        let mut open = self.open.borrow_mut();
        open.text.get_or_insert_default().push_str(&text);
        let place = self.place(open.step);
        drop(open);
        let delta = json!({"type": "assistant_message.content_part.text_delta", "content_index": 0, "delta": text});
        self.tell(&self.updated(place, &delta))
    }

    fn called(&self, task: Value) -> ControlFlow<()> {
        self.end_text(None);
        let at = self.open.borrow().tasks.len();
        if at == 0 {
            self.open.borrow_mut().last += 1;
            let place = self.place(self.open.borrow().last);
            self.note(&json!({"type": "thread.item.added", "item": workflow(self.thread, place, &[], &self.now())}));
        }
        self.open.borrow_mut().tasks.push(task.clone());
        let place = self.place(self.open.borrow().last);
        self.tell(&self.updated(place, &json!({"type": "workflow.task.added", "task_index": at, "task": task})))
    }

    fn returned(&self, call: &ToolCall) -> ControlFlow<()> {
        let task = task(call);
        let mut open = self.open.borrow_mut();
        let Some(last) = open.tasks.last_mut() else { return ControlFlow::Continue(()) };
        last.clone_from(&task);
        let at = open.tasks.len() - 1;
        if let CallOutcome::ConfirmationRequired { action_id, summary } = &call.outcome
            && let Ok(place) = Place::parse(action_id, self.thread)
        {
            open.asked.push((place, summary.clone()));
        }
        let place = self.place(open.last);
        drop(open);
        self.changed(call);
        self.tell(&self.updated(place, &json!({"type": "workflow.task.updated", "task_index": at, "task": task})))
    }

    /// Closes what is open; a message as `kept`, where more was heard of it than that.
    fn end_items(&self, kept: Option<&str>) {
        self.end_text(kept);
        self.end_workflow();
    }

    fn end_text(&self, kept: Option<&str>) {
        let Some(heard) = self.open.borrow_mut().text.take() else { return };
        let text = kept.map_or(heard, literal);
        let place = self.place(self.open.borrow().step);
        let done =
            json!({"type": "assistant_message.content_part.done", "content_index": 0, "content": output_text(&text)});
        self.note(&self.updated(place, &done));
        self.done(&assistant_message(self.thread, place, &[&text], &self.now()));
    }

    fn end_workflow(&self) {
        let mut open = self.open.borrow_mut();
        let (tasks, asked) = (std::mem::take(&mut open.tasks), std::mem::take(&mut open.asked));
        let place = self.place(open.last);
        drop(open);
        if !tasks.is_empty() {
            self.done(&workflow(self.thread, place, &tasks, &self.now()));
        }
        for (place, summary) in asked {
            self.done(&question(self.thread, place, &summary, Some(&place.id(self.thread)), &self.now()));
        }
    }

    fn place(&self, step: i64) -> Place {
        Place { turn: self.turn, step, question: None }
    }

    fn now(&self) -> String {
        let now = i64::try_from((self.now_ms)()).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default();
        now.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    fn done(&self, item: &Value) {
        self.note(&json!({"type": "thread.item.done", "item": item}));
    }

    fn updated(&self, place: Place, update: &Value) -> Value {
        json!({"type": "thread.item.updated", "item_id": place.id(self.thread), "update": update})
    }

    fn note(&self, event: &Value) {
        let _gone = self.tell(event); // asked when there is something to stop
    }

    fn tell(&self, event: &Value) -> ControlFlow<()> {
        (self.send)(format!("data: {event}\n\n").as_bytes())
    }
}

impl TurnObserver for ThreadStream<'_> {
    fn is_live(&self) -> bool {
        true
    }

    fn observe(&self, event: TurnEvent) -> ControlFlow<()> {
        match event {
            TurnEvent::RoundStarted => {
                self.end_items(None);
                let mut open = self.open.borrow_mut();
                open.last += 1;
                open.step = open.last;
                drop(open);
                self.tell(&json!({"type": "progress_update", "text": "Thinking…"}))
            }
            TurnEvent::Text(text) => self.text(text),
            TurnEvent::CallStarted { name, arguments, .. } => self.called(task_begun(name, arguments)),
            TurnEvent::CallEnded(call) => self.returned(call),
        }
    }
}

#[cfg(test)]
#[path = "stream_tests.rs"]
mod tests;
