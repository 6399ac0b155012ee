//! The world outside of a turn, scripted: answers of Gemini one after the other, and a small list behind MCP.

mod list;
mod script;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use crate::gemini::{Gemini, Settings};
use crate::language::Language;
use crate::mcp::{Mcp, Server};
use crate::model::ChatModel;
use crate::offline::Offline;
use crate::outside::{FetchError, Outside, Take};
use crate::rounds::{Assistant, Event, Kept, Reply, TurnError, Witness};
use crate::turn::{CallOutcome, Step, Turn};

pub(crate) use script::{Scripted, fails, finished, parts, says};

#[derive(Default)]
pub(crate) struct World {
    pub(crate) script: RefCell<VecDeque<Scripted>>,
    /// Paths and bodies that Gemini got.
    pub(crate) asked: RefCell<Vec<(String, String)>>,
    /// Tool calls that the MCP server got.
    pub(crate) called: RefCell<Vec<(String, Value)>>,
    /// The tasks behind the tools: title and whether it is completed; `None` once deleted.
    pub(crate) tasks: RefCell<Vec<Option<(String, bool)>>>,
    /// What was deleted last.
    pub(crate) deleted: RefCell<Option<(usize, String)>>,
    pub(crate) slept: RefCell<Vec<Duration>>,
    pub(crate) logged: RefCell<Vec<String>>,
    pub(crate) kept: RefCell<Vec<Step>>,
    /// Text and calls as they were watched.
    pub(crate) seen: RefCell<Vec<String>>,
    /// After how many events the watcher goes away.
    pub(crate) leaves_after: Cell<Option<usize>>,
    /// After how many things kept the turn is cut off.
    pub(crate) dies_after: Cell<Option<usize>>,
    /// Calls that were made under a key, and what they answered.
    pub(crate) keys: RefCell<HashMap<String, Value>>,
    pub(crate) live: Cell<bool>,
    /// How many turns were begun.
    pub(crate) turns: Cell<u32>,
    pub(crate) clock: Cell<u64>,
    pub(crate) mcp_is_down: Cell<bool>,
}

impl World {
    pub(crate) fn with_tasks(titles: &[&str]) -> Self {
        let tasks = titles.iter().map(|title| Some(((*title).to_owned(), false))).collect();
        Self { tasks: RefCell::new(tasks), clock: Cell::new(1_795_478_400_000), ..Self::default() }
    }

    pub(crate) fn gemini_says(self, answers: Vec<Scripted>) -> Self {
        self.script.borrow_mut().extend(answers);
        self
    }

    /// One turn with Gemini.
    pub(crate) fn chat(&self, history: &[Turn], message: &str) -> Result<Reply, TurnError<()>> {
        let settings = Settings {
            url: "http://gemini.test".into(),
            version: "v1".into(),
            key: "k".into(),
            model: "m-1".into(),
            fallback: "m-2".into(),
        };
        self.with_outside(|outside| self.run(&Gemini::new(&settings, outside), outside, history, asked(message)))
    }

    /// One turn with the offline assistant.
    pub(crate) fn chat_offline(&self, message: &str) -> Reply {
        self.kept.borrow_mut().clear();
        self.with_outside(|outside| self.run(&Offline::default(), outside, &[Turn::default()], asked(message))).unwrap()
    }

    /// The last words of a conversation with the offline assistant.
    pub(crate) fn talk(&self, messages: &[&str]) -> String {
        let mut history = vec![Turn::default()];
        let mut said = String::new();
        for message in messages {
            self.kept.borrow_mut().clear();
            said = self
                .with_outside(|outside| self.run(&Offline::default(), outside, &history, asked(message)))
                .unwrap()
                .text;
            history.push(self.turn(message));
        }
        said
    }

    /// One turn with any model.
    pub(crate) fn chat_with(&self, model: &dyn ChatModel, message: &str) -> Result<Reply, TurnError<()>> {
        self.go_on_with(model, asked(message))
    }

    /// The rest of a turn that was cut off.
    pub(crate) fn go_on_with(&self, model: &dyn ChatModel, turn: Turn) -> Result<Reply, TurnError<()>> {
        self.with_outside(|outside| self.run(model, outside, &[], turn))
    }

    /// The turn as it was kept so far.
    pub(crate) fn turn(&self, message: &str) -> Turn {
        Turn { message: message.to_owned(), steps: self.kept.borrow().clone() }
    }

    fn with_outside<T>(&self, then: impl FnOnce(Outside) -> T) -> T {
        then(Outside {
            fetch: &|request, _| self.serve_mcp(&request),
            stream: &|request, _, take| self.stream(request, take),
            recall: &|_| None,
            remember: &|_, _| (),
            now_ms: &|| self.clock.get(),
            sleep: &|time| {
                self.clock.set(self.clock.get() + u64::try_from(time.as_millis()).unwrap());
                self.slept.borrow_mut().push(time);
            },
            log: &|event| self.logged.borrow_mut().push(event.to_string()),
        })
    }

    fn run(
        &self,
        model: &dyn ChatModel,
        outside: Outside,
        history: &[Turn],
        turn: Turn,
    ) -> Result<Reply, TurnError<()>> {
        let mcp = Mcp::new(Server { url: "http://mcp.test/mcp", token: "t", allowed: &[], known_as: "ann" }, outside);
        let witness =
            Witness { keep: &|kept| self.keep(kept), watch: &|event| self.watch(event), live: self.live.get() };
        if turn.steps.is_empty() && self.kept.borrow().is_empty() {
            self.turns.set(self.turns.get() + 1);
        }
        let turn_id = format!("7-{}", self.turns.get());
        Assistant { model, mcp: &mcp, outside, today: None, language: Language::English, turn_id: &turn_id }
            .run(None, history, turn, &witness)
    }

    fn keep(&self, kept: Kept) -> Result<(), ()> {
        if let Some(left) = self.dies_after.get() {
            self.dies_after.set(Some(left.checked_sub(1).ok_or(())?));
        }
        let mut steps = self.kept.borrow_mut();
        let (step, new) = match kept {
            Kept::Answer(step, answer) => (step, Step::Model(answer.clone())),
            Kept::Calls(step, calls) => (step, Step::Tools(calls.to_vec())),
        };
        steps.truncate(step - 1);
        assert_eq!(steps.len(), step - 1, "no step is left out");
        steps.push(new);
        Ok(())
    }

    fn watch(&self, event: Event) -> ControlFlow<()> {
        let mut seen = self.seen.borrow_mut();
        seen.push(match event {
            Event::Round => "round".to_owned(),
            Event::Text(text) => format!("text {text}"),
            Event::Called { name, .. } => format!("call {name}"),
            Event::Returned(call) => match &call.outcome {
                CallOutcome::Done { .. } => "done".to_owned(),
                other => format!("{other}"),
            },
        });
        match self.leaves_after.get() {
            Some(after) if seen.len() > after => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    fn stream(&self, request: http::Request<Vec<u8>>, take: &mut Take<'_>) -> Result<StatusCode, FetchError> {
        let body = String::from_utf8(request.body().clone()).unwrap();
        assert_eq!(request.headers()["x-goog-api-key"], "k");
        assert_eq!(request.uri().query(), Some("alt=sse"));
        self.asked.borrow_mut().push((request.uri().path().to_owned(), body));
        match self.script.borrow_mut().pop_front().expect("no more answers are scripted") {
            Scripted::Http(200, body) => {
                // The whole answer as one event; an empty body as none.
                let event =
                    if body.is_empty() { String::new() } else { format!("data: {}\r\n\r\n", body.replace('\n', " ")) };
                let _taken = take(StatusCode::OK, event.as_bytes());
                Ok(StatusCode::OK)
            }
            Scripted::Http(status, body) => {
                let status = StatusCode::from_u16(status).unwrap();
                let _taken = take(status, body.as_bytes());
                Ok(status)
            }
            Scripted::Cut => Err(FetchError::Failed("connection reset".into())),
        }
    }
}

fn asked(message: &str) -> Turn {
    Turn { message: message.to_owned(), steps: Vec::new() }
}
