//! A turn as it happens, in AI SDK's "UI message stream v1": server-sent events, each a JSON object, and `[DONE]` at the end.

use std::cell::Cell;
use std::ops::ControlFlow;

use assistant::{CallOutcome, ToolCall, TurnEvent, TurnObserver, TurnOutcome};
use http::{HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::env::SendBytes;
use crate::sse;
use crate::store::TurnClaim;

/// The header by which clients recognize this format.
pub(crate) const FORMAT: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-vercel-ai-ui-message-stream"), HeaderValue::from_static("v1"));

/// Texts of a message that is gone on with are counted from here, so that none has the id of an earlier one.
const GONE_ON: u32 = 1000;

/// Writes one message.
pub(crate) struct UiStream<'a> {
    send: &'a SendBytes<'a>,
    /// Whether a text part is open, and how many there were.
    texts: Cell<(bool, u32)>,
    in_step: Cell<bool>,
    /// Whether a call waits for the user. What follows then stays in its step: clients look for it in the last one.
    asks: Cell<bool>,
}

impl<'a> UiStream<'a> {
    /// Starts the message of a claimed turn.
    pub(crate) fn start(send: &'a SendBytes<'a>, claim: &TurnClaim) -> Self {
        let stream = Self::new(send);
        let TurnClaim { conversation, turn, .. } = claim;
        let metadata = json!({"conversation_id": conversation, "turn": turn});
        let id = format!("msg_{conversation}_{turn}");
        stream.send(json!({"type": "start", "messageId": id, "messageMetadata": metadata}));
        stream
    }

    fn new(send: &'a SendBytes<'a>) -> Self {
        Self { send, texts: Cell::new((false, 0)), in_step: Cell::new(false), asks: Cell::new(false) }
    }

    /// Goes on with a message that asked something.
    pub(crate) fn go_on(send: &'a SendBytes<'a>, message: &str) -> Self {
        let stream = Self::new(send);
        stream.texts.set((false, GONE_ON));
        stream.send(json!({"type": "start", "messageId": message}));
        stream
    }

    /// Shows what became of a call that the client knows as `id`.
    pub(crate) fn decided(&self, id: &str, call: &ToolCall) {
        self.send(to_output(id, call));
    }

    /// Shows that the decision on a call was not carried out.
    pub(crate) fn not_decided(&self, id: &str, error: &str) {
        self.send(json!({"type": "tool-output-error", "toolCallId": id, "dynamic": true, "errorText": error}));
    }

    /// Ends the message of a turn that has a reply.
    pub(crate) fn finish(&self, outcome: TurnOutcome) {
        self.end(match outcome {
            TurnOutcome::Complete => "stop",
            TurnOutcome::Truncated => "length",
            TurnOutcome::Refused => "content-filter",
            TurnOutcome::Partial => "other",
        });
    }

    /// Ends the message with an error.
    pub(crate) fn fail(&self, text: &str) {
        self.end_text();
        self.send(json!({"type": "error", "errorText": text}));
        self.end("error");
    }

    fn end(&self, reason: &str) {
        self.end_step();
        self.send(json!({"type": "finish", "finishReason": reason}));
        let _gone = (self.send)(b"data: [DONE]\n\n");
    }

    fn text(&self, text: &str) -> ControlFlow<()> {
        let (open, count) = self.texts.get();
        let count = if open { count } else { count + 1 };
        if !open {
            self.texts.set((true, count));
            self.send(json!({"type": "text-start", "id": format!("t{count}")}));
        }
        self.try_send(json!({"type": "text-delta", "id": format!("t{count}"), "delta": text}))
    }

    fn end_text(&self) {
        if let (true, count) = self.texts.get() {
            self.texts.set((false, count));
            self.send(json!({"type": "text-end", "id": format!("t{count}")}));
        }
    }

    fn end_step(&self) {
        self.end_text();
        if self.in_step.replace(false) {
            self.send(json!({"type": "finish-step"}));
        }
    }

    /// Sends an event after which there is nothing to stop.
    fn send(&self, event: Value) {
        let _gone = self.try_send(event);
    }

    fn try_send(&self, event: Value) -> ControlFlow<()> {
        sse::send_event(self.send, &event)
    }
}

impl TurnObserver for UiStream<'_> {
    fn is_live(&self) -> bool {
        true
    }

    fn observe(&self, event: TurnEvent) -> ControlFlow<()> {
        match event {
            TurnEvent::RoundStarted if self.asks.get() => ControlFlow::Continue(()),
            TurnEvent::RoundStarted => {
                self.end_step();
                self.in_step.set(true);
                self.try_send(json!({"type": "start-step"}))
            }
            TurnEvent::Text(text) => self.text(text),
            TurnEvent::CallStarted { id, name, arguments } => {
                self.end_text();
                let kind = "tool-input-available";
                self.try_send(
                    json!({"type": kind, "toolCallId": id, "toolName": name, "dynamic": true, "input": arguments}),
                )
            }
            TurnEvent::CallEnded(call) => {
                let asks = matches!(call.outcome, CallOutcome::ConfirmationRequired { .. });
                self.asks.set(self.asks.get() || asks);
                self.try_send(to_output(&call.id, call))
            }
        }
    }
}

/// The event for a call that ended, or that waits for the user.
fn to_output(id: &str, call: &ToolCall) -> Value {
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

    fn sent(write: impl FnOnce(&UiStream)) -> Vec<Value> {
        let sent = RefCell::new(Vec::new());
        let send = |bytes: &[u8]| {
            let frame = String::from_utf8(bytes.to_vec()).unwrap();
            let data = frame.strip_prefix("data: ").unwrap().strip_suffix("\n\n").unwrap().to_owned();
            sent.borrow_mut().push(serde_json::from_str(&data).unwrap_or(Value::String(data)));
            ControlFlow::Continue(())
        };
        let claim = TurnClaim { conversation: 42, turn: 3, ..TurnClaim::default() };
        write(&UiStream::start(&send, &claim));
        sent.into_inner()
    }

    fn types(sent: &[Value]) -> Vec<&str> {
        sent.iter().map(|event| event["type"].as_str().or(event.as_str()).unwrap()).collect()
    }

    #[test]
    fn parts_and_steps_are_closed_in_order() {
        let arguments = Map::new();
        let call = |outcome| ToolCall { id: "a".into(), name: "x".into(), arguments: Map::new(), outcome };
        let sent = sent(|stream| {
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
        assert_eq!(types(&sent).join(" "), expected);
        assert_eq!(sent[0]["messageMetadata"], json!({"conversation_id": 42, "turn": 3}));
        assert_ne!(sent[2]["id"], sent[10]["id"]);
    }

    #[test]
    fn a_failure_is_told_and_the_message_ended() {
        let sent = sent(|stream| {
            let _ = stream.observe(TurnEvent::RoundStarted);
            let _ = stream.observe(TurnEvent::Text("half"));
            stream.fail("Not available.");
        });
        let expected = "start start-step text-start text-delta text-end error finish-step finish [DONE]";
        assert_eq!(types(&sent).join(" "), expected);
        assert_eq!(sent[7]["finishReason"], "error");
    }

    #[test]
    fn a_call_that_waits_asks_for_approval() {
        let outcome = CallOutcome::ConfirmationRequired { action_id: "ap".into(), summary: "delete #1".into() };
        let call = ToolCall { id: "a".into(), name: "delete_task".into(), arguments: Map::new(), outcome };
        assert_eq!(
            to_output("a", &call),
            json!({"type": "tool-approval-request", "approvalId": "ap", "toolCallId": "a"})
        );
    }
}
