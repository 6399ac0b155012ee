//! A turn as it happens, as ChatKit's thread stream: server-sent events without names. The stream ends with the response.

use std::cell::RefCell;
use std::ops::ControlFlow;

use assistant::tool_names::LIST_TASKS;
use assistant::{CallOutcome, ToolCall, TurnEvent, TurnObserver, TurnReply};
use chrono::{DateTime, SecondsFormat};
use http::StatusCode;
use http_api::ApiError;
use serde_json::{Value, json};

use super::page::ItemPage;
use super::position::ItemPosition;
use super::views::{
    assistant_message, escape, loading_task, output_text, question, task, thread, user_message, workflow,
};
use crate::env::{ChatEnv, SendBytes};
use crate::sse;
use crate::store::rows::ConversationSummary;

/// Writes what happens in one turn of a thread.
pub(crate) struct ThreadStream<'a> {
    send: &'a SendBytes<'a>,
    now_ms: &'a dyn Fn() -> u64,
    thread: i64,
    turn: i64,
    open: RefCell<OpenItems>,
}

/// The items that are open, and where they stand.
#[derive(Default)]
struct OpenItems {
    /// The step of the model's current response.
    step: i64,
    /// The last step that started.
    last: i64,
    /// The text so far, if a message is open.
    text: Option<String>,
    /// The calls so far, if a workflow is open, and their ids.
    tasks: Vec<Value>,
    calls: Vec<String>,
    /// The questions that those calls ask.
    questions: Vec<(ItemPosition, String)>,
}

impl<'a> ThreadStream<'a> {
    /// The stream of one turn; turn 0 for an error before there is one.
    pub(crate) fn new(env: &ChatEnv<'a>, thread: i64, turn: i64) -> Self {
        Self { send: env.send, now_ms: env.turn.now_ms, thread, turn, open: RefCell::default() }
    }

    /// Shows a new thread.
    pub(crate) fn thread_created(&self, title: String) {
        let (created_at, updated_at) = (self.now(), self.now());
        let summary = ConversationSummary { id: self.thread, title, created_at, updated_at };
        self.send(&json!({"type": "thread.created", "thread": thread(&summary, &ItemPage::default())}));
    }

    /// Shows the user's message, with which a turn starts.
    pub(crate) fn user_message(&self, text: &str) {
        self.item_done(&user_message(self.thread, self.position(0), text, &self.now()));
        self.options();
    }

    /// Says what the client may do meanwhile.
    pub(crate) fn options(&self) {
        self.send(&json!({"type": "stream_options", "stream_options": {"allow_cancel": true}}));
    }

    /// Ends the turn with the reply as it is stored.
    pub(crate) fn finish(&self, reply: &TurnReply) {
        self.end_items(Some(&reply.text));
    }

    /// Says why there is no reply, or no more of it.
    pub(crate) fn fail(&self, error: &ApiError) {
        self.end_items(None);
        self.send(&match error.status {
            StatusCode::TOO_MANY_REQUESTS => json!({"type": "notice", "level": "warning", "message": error.detail}),
            _ => json!({"type": "error", "code": "custom", "message": error.detail,
                // The message is stored, and its turn can go on.
                "allow_retry": self.turn > 0 && error.status.is_server_error()}),
        });
    }

    /// Replaces an item by another one.
    pub(crate) fn replace(&self, item: &Value) {
        self.send(&json!({"type": "thread.item.replaced", "item": item}));
    }

    /// Shows the outcome of a question.
    pub(crate) fn decided(&self, position: ItemPosition, text: &str) {
        self.replace(&question(self.thread, position, text, None, &self.now()));
    }

    /// Tells the embedding page to reload its list of tasks, if the call changed one.
    pub(crate) fn tasks_changed(&self, call: &ToolCall) {
        if matches!(call.outcome, CallOutcome::Done { .. }) && call.name != LIST_TASKS {
            self.send(&json!({"type": "client_effect", "name": "tasks_changed", "data": {}}));
        }
    }

    fn text(&self, text: &str) -> ControlFlow<()> {
        let text = escape(text);
        if self.open.borrow().text.is_none() {
            self.end_workflow();
            let position = self.position(self.open.borrow().step);
            let item = assistant_message(self.thread, position, &[], &self.now());
            self.send(&json!({"type": "thread.item.added", "item": item}));
            let added =
                json!({"type": "assistant_message.content_part.added", "content_index": 0, "content": output_text("")});
            self.send(&self.update(position, &added));
        }
        let mut open = self.open.borrow_mut();
        open.text.get_or_insert_default().push_str(&text);
        let position = self.position(open.step);
        drop(open);
        let delta = json!({"type": "assistant_message.content_part.text_delta", "content_index": 0, "delta": text});
        self.try_send(&self.update(position, &delta))
    }

    fn call_started(&self, id: &str, task: Value) -> ControlFlow<()> {
        self.end_text(None);
        let at = self.open.borrow().tasks.len();
        if at == 0 {
            self.open.borrow_mut().last += 1;
            let position = self.position(self.open.borrow().last);
            self.send(&json!({"type": "thread.item.added", "item": workflow(self.thread, position, &[], &self.now())}));
        }
        let mut open = self.open.borrow_mut();
        open.tasks.push(task.clone());
        open.calls.push(id.to_owned());
        drop(open);
        let position = self.position(self.open.borrow().last);
        self.try_send(&self.update(position, &json!({"type": "workflow.task.added", "task_index": at, "task": task})))
    }

    fn call_ended(&self, call: &ToolCall) -> ControlFlow<()> {
        let task = task(call);
        let mut open = self.open.borrow_mut();
        let Some(at) = open.calls.iter().position(|id| *id == call.id) else { return ControlFlow::Continue(()) };
        open.tasks[at].clone_from(&task);
        if let CallOutcome::ConfirmationRequired { action_id, summary } = &call.outcome
            && let Ok(position) = ItemPosition::parse(action_id, self.thread)
        {
            open.questions.push((position, summary.clone()));
        }
        let position = self.position(open.last);
        drop(open);
        self.tasks_changed(call);
        self.try_send(&self.update(position, &json!({"type": "workflow.task.updated", "task_index": at, "task": task})))
    }

    /// Closes the open items; a message with its stored text, if that is another than what was sent.
    fn end_items(&self, stored: Option<&str>) {
        self.end_text(stored);
        self.end_workflow();
    }

    fn end_text(&self, stored: Option<&str>) {
        let Some(sent) = self.open.borrow_mut().text.take() else { return };
        let text = stored.map_or(sent, escape);
        let position = self.position(self.open.borrow().step);
        let done =
            json!({"type": "assistant_message.content_part.done", "content_index": 0, "content": output_text(&text)});
        self.send(&self.update(position, &done));
        self.item_done(&assistant_message(self.thread, position, &[&text], &self.now()));
    }

    fn end_workflow(&self) {
        let mut open = self.open.borrow_mut();
        let (tasks, questions) = (std::mem::take(&mut open.tasks), std::mem::take(&mut open.questions));
        open.calls.clear();
        let position = self.position(open.last);
        drop(open);
        if !tasks.is_empty() {
            self.item_done(&workflow(self.thread, position, &tasks, &self.now()));
        }
        for (position, summary) in questions {
            self.item_done(&question(self.thread, position, &summary, Some(&position.to_id(self.thread)), &self.now()));
        }
    }

    fn position(&self, step: i64) -> ItemPosition {
        ItemPosition { turn: self.turn, step, question: None }
    }

    fn now(&self) -> String {
        let now = i64::try_from((self.now_ms)()).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default();
        now.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    fn item_done(&self, item: &Value) {
        self.send(&json!({"type": "thread.item.done", "item": item}));
    }

    fn update(&self, position: ItemPosition, update: &Value) -> Value {
        json!({"type": "thread.item.updated", "item_id": position.to_id(self.thread), "update": update})
    }

    /// Sends an event after which there is nothing to stop.
    fn send(&self, event: &Value) {
        let _gone = self.try_send(event);
    }

    fn try_send(&self, event: &Value) -> ControlFlow<()> {
        sse::send_event(self.send, event)
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
                self.try_send(&json!({"type": "progress_update", "text": "Thinking…"}))
            }
            TurnEvent::Text(text) => self.text(text),
            TurnEvent::CallStarted { id, name, arguments } => self.call_started(id, loading_task(name, arguments)),
            TurnEvent::CallEnded(call) => self.call_ended(call),
        }
    }
}

#[cfg(test)]
mod tests;
