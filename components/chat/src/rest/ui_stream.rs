//! A turn as it happens, in AI SDK's "UI message stream v1": server-sent events, each a JSON object, `[DONE]` at last.

use std::cell::Cell;
use std::ops::ControlFlow;

use assistant::{CallOutcome, ToolCall, Turn, TurnEvent, TurnObserver, TurnOutcome};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use http_api::Request;
use serde_json::{Value, json};

use crate::store::Claim;

/// Sends bytes to the client; breaks when it has gone.
pub type Send<'a> = dyn Fn(&[u8]) -> ControlFlow<()> + 'a;

/// Whether a client wants its answer as a stream.
pub(crate) fn wanted(request: &Request) -> bool {
    http_api::accepts(request.headers(), "text/event-stream")
}

/// The head of a streamed response: nothing between here and the client may keep it back.
pub(crate) fn head() -> http::Response<()> {
    let mut head = http::Response::new(());
    let headers = head.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store, no-transform"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    head
}

/// The header by which clients know the format of this module.
pub(crate) const FORMAT: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-vercel-ai-ui-message-stream"), HeaderValue::from_static("v1"));

/// Writes one message.
pub(crate) struct UiStream<'a> {
    send: &'a Send<'a>,
    /// The text part that is open, and how many there were.
    texts: Cell<(bool, u32)>,
    in_step: Cell<bool>,
}

impl<'a> UiStream<'a> {
    /// Begins the answer to a claimed turn.
    pub(crate) fn begin(send: &'a Send<'a>, claim: &Claim) -> Self {
        let stream = Self { send, texts: Cell::new((false, 0)), in_step: Cell::new(false) };
        let Claim { conversation, turn, .. } = claim;
        let metadata = json!({"conversation_id": conversation, "turn": turn});
        stream.note(
            json!({"type": "start", "messageId": format!("msg_{conversation}_{turn}"), "messageMetadata": metadata}),
        );
        stream
    }

    /// Ends a message as it should end.
    pub(crate) fn finish(&self, outcome: TurnOutcome) {
        self.end(match outcome {
            TurnOutcome::Complete => "stop",
            TurnOutcome::Truncated => "length",
            TurnOutcome::Refused => "content-filter",
            TurnOutcome::Partial => "other",
        });
    }

    /// Ends a message with an error.
    pub(crate) fn fail(&self, text: &str) {
        self.end_text();
        self.note(json!({"type": "error", "errorText": text}));
        self.end("error");
    }

    fn end(&self, reason: &str) {
        self.end_step();
        self.note(json!({"type": "finish", "finishReason": reason}));
        let _gone = (self.send)(b"data: [DONE]\n\n");
    }

    fn text(&self, text: &str) -> ControlFlow<()> {
        let (open, count) = self.texts.get();
        let count = if open { count } else { count + 1 };
        if !open {
            self.texts.set((true, count));
            self.note(json!({"type": "text-start", "id": format!("t{count}")}));
        }
        self.tell(json!({"type": "text-delta", "id": format!("t{count}"), "delta": text}))
    }

    fn end_text(&self) {
        if let (true, count) = self.texts.get() {
            self.texts.set((false, count));
            self.note(json!({"type": "text-end", "id": format!("t{count}")}));
        }
    }

    fn end_step(&self) {
        self.end_text();
        if self.in_step.replace(false) {
            self.note(json!({"type": "finish-step"}));
        }
    }

    fn note(&self, event: Value) {
        let _gone = self.tell(event); // asked when there is something to stop
    }

    fn tell(&self, event: Value) -> ControlFlow<()> {
        (self.send)(format!("data: {event}\n\n").as_bytes())
    }
}

impl TurnObserver for UiStream<'_> {
    fn is_live(&self) -> bool {
        true
    }

    fn observe(&self, event: TurnEvent) -> ControlFlow<()> {
        match event {
            TurnEvent::RoundStarted => {
                self.end_step();
                self.in_step.set(true);
                self.tell(json!({"type": "start-step"}))
            }
            TurnEvent::Text(text) => self.text(text),
            TurnEvent::CallStarted { id, name, arguments } => {
                self.end_text();
                let (kind, dynamic) = ("tool-input-available", true);
                self.tell(
                    json!({"type": kind, "toolCallId": id, "toolName": name, "dynamic": dynamic, "input": arguments}),
                )
            }
            TurnEvent::CallEnded(call) => self.tell(returned(call)),
        }
    }
}

/// Tells a turn that is over as if it happened now.
pub(crate) fn replay(turn: &Turn, observer: &dyn TurnObserver) {
    for step in &turn.steps {
        match step {
            assistant::Step::Model(step) => {
                let _gone = observer.observe(TurnEvent::RoundStarted);
                if !step.text.is_empty() {
                    let _gone = observer.observe(TurnEvent::Text(&step.text));
                }
            }
            assistant::Step::Tools(calls) => {
                for call in calls {
                    let ToolCall { id, name, arguments, .. } = call;
                    let _gone = observer.observe(TurnEvent::CallStarted { id, name, arguments });
                    let _gone = observer.observe(TurnEvent::CallEnded(call));
                }
            }
        }
    }
}

fn returned(call: &ToolCall) -> Value {
    let id = &call.id;
    match &call.outcome {
        CallOutcome::Done { result } => {
            json!({"type": "tool-output-available", "toolCallId": id, "dynamic": true, "output": result})
        }
        CallOutcome::Failed { error } | CallOutcome::NotRun { error } => {
            json!({"type": "tool-output-error", "toolCallId": id, "dynamic": true, "errorText": error})
        }
        CallOutcome::ConfirmationRequired { action_id, .. } => {
            json!({"type": "tool-approval-request", "approvalId": action_id, "toolCallId": id})
        }
        CallOutcome::Denied { .. } => json!({"type": "tool-output-denied", "toolCallId": id}),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use serde_json::Map;

    use super::*;

    fn told(write: impl FnOnce(&UiStream)) -> Vec<Value> {
        let sent = RefCell::new(Vec::new());
        let send = |bytes: &[u8]| {
            let frame = String::from_utf8(bytes.to_vec()).unwrap();
            let data = frame.strip_prefix("data: ").unwrap().strip_suffix("\n\n").unwrap().to_owned();
            sent.borrow_mut().push(serde_json::from_str(&data).unwrap_or(Value::String(data)));
            ControlFlow::Continue(())
        };
        let claim = Claim { conversation: 42, turn: 3, ..Claim::default() };
        write(&UiStream::begin(&send, &claim));
        sent.into_inner()
    }

    fn types(told: &[Value]) -> Vec<&str> {
        told.iter().map(|event| event["type"].as_str().or(event.as_str()).unwrap()).collect()
    }

    #[test]
    fn parts_and_steps_are_closed_in_order() {
        let arguments = Map::new();
        let call = |outcome| ToolCall { id: "a".into(), name: "x".into(), arguments: Map::new(), outcome };
        let told = told(|stream| {
            let _ = stream.observe(TurnEvent::RoundStarted);
            let _ = stream.observe(TurnEvent::Text("let me "));
            let _ = stream.observe(TurnEvent::Text("see"));
            let _ = stream.observe(TurnEvent::CallStarted { id: "a", name: "x", arguments: &arguments });
            let _ = stream.observe(TurnEvent::CallEnded(&call(CallOutcome::Done { result: Value::Null })));
            let _ = stream.observe(TurnEvent::RoundStarted);
            let _ = stream.observe(TurnEvent::Text("Done."));
            stream.finish(TurnOutcome::Complete);
        });
        let expected = "start start-step text-start text-delta text-delta text-end tool-input-available \
                        tool-output-available finish-step start-step text-start text-delta text-end finish-step finish [DONE]";
        assert_eq!(types(&told).join(" "), expected);
        assert_eq!(told[0]["messageMetadata"], json!({"conversation_id": 42, "turn": 3}));
        assert_ne!(told[2]["id"], told[10]["id"]);
    }

    #[test]
    fn a_failure_is_told_and_the_message_ended() {
        let told = told(|stream| {
            let _ = stream.observe(TurnEvent::RoundStarted);
            let _ = stream.observe(TurnEvent::Text("half"));
            stream.fail("Not available.");
        });
        let expected = "start start-step text-start text-delta text-end error finish-step finish [DONE]";
        assert_eq!(types(&told).join(" "), expected);
        assert_eq!(told[7]["finishReason"], "error");
    }

    #[test]
    fn a_call_that_waits_asks_for_approval() {
        let outcome = CallOutcome::ConfirmationRequired { action_id: "ap".into(), summary: "delete #1".into() };
        let call = ToolCall { id: "a".into(), name: "delete_task".into(), arguments: Map::new(), outcome };
        assert_eq!(returned(&call), json!({"type": "tool-approval-request", "approvalId": "ap", "toolCallId": "a"}));
    }
}
