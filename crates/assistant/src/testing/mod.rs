//! A host for tests: scripted responses of Gemini, and a small list of tasks behind MCP.

mod list;
mod models;
mod network;
mod script;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::time::Duration;

use futures::executor::block_on;
use http::StatusCode;
use serde_json::{Map, Value};
use task::{UserClock, WeekStart};

use crate::agent::{Assistant, TurnError, TurnReply};
use crate::env::{ChunkHandler, TransportError, TurnEnv};
use crate::gemini::{GeminiModel, GeminiSettings};
use crate::language::Language;
use crate::mcp::{McpClient, McpServer};
use crate::model::ChatModel;
use crate::observer::{TurnEvent, TurnObserver};
use crate::offline::OfflineModel;
use crate::turn::{CallOutcome, ModelStep, Step, StepRecord, ToolCall, Turn, TurnOutcome};
use crate::yes_no::parse_yes_or_no;

pub(crate) use models::{Obeying, says_done};
pub(crate) use network::TestNetwork;
pub(crate) use script::{ScriptedResponse, fails, finished, parts, says};

/// The clock of the user at whose noon the tests talk.
pub(crate) fn clock() -> UserClock {
    let noon = "2026-11-28T12:00:00";
    UserClock::parse("Europe/Berlin".to_owned(), noon, "2026-11-28", noon, "monday").unwrap()
}

/// All tasks with their members.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct TaskSnapshot {
    tasks: Vec<Option<(String, bool)>>,
    members: HashMap<usize, Map<String, Value>>,
}

#[derive(Default)]
pub(crate) struct TestHost {
    pub(crate) script: RefCell<VecDeque<ScriptedResponse>>,
    /// Paths and bodies of the requests to Gemini.
    pub(crate) requests: RefCell<Vec<(String, String)>>,
    /// Tool calls at the MCP server.
    pub(crate) called: RefCell<Vec<(String, Value)>>,
    /// The tasks behind the tools: title and whether it is completed; `None` once deleted.
    pub(crate) tasks: RefCell<Vec<Option<(String, bool)>>>,
    /// Other members of the tasks, by their numbers.
    pub(crate) members: RefCell<HashMap<usize, Map<String, Value>>>,
    /// The tasks before each change, in the order of the changes' numbers from 1; and whether the change is undone.
    pub(crate) changes: RefCell<Vec<(TaskSnapshot, bool)>>,
    /// Those of them that are undos, or that do again what was undone: their numbers, and the words for undoing them.
    pub(crate) undos: RefCell<HashMap<usize, &'static str>>,
    pub(crate) slept: RefCell<Vec<Duration>>,
    pub(crate) logged: RefCell<Vec<String>>,
    pub(crate) stored: RefCell<Vec<Step>>,
    /// The events of turns.
    pub(crate) events: RefCell<Vec<String>>,
    /// The client goes after this many events.
    pub(crate) leaves_after: Cell<Option<usize>>,
    /// The turn is cut off after this many stored records.
    pub(crate) dies_after: Cell<Option<usize>>,
    /// Results of calls by their idempotency keys.
    pub(crate) keys: RefCell<HashMap<String, Value>>,
    pub(crate) live: Cell<bool>,
    /// Whether the tools take dates.
    pub(crate) has_dates: Cell<bool>,
    /// The day with which the user's weeks begin.
    pub(crate) week_start: Cell<WeekStart>,
    /// Turns that were started.
    pub(crate) turns: Cell<u32>,
    pub(crate) clock: Cell<u64>,
    pub(crate) mcp_is_down: Cell<bool>,
    /// Calls that have arrived, and how many must have arrived before the first gets its response.
    pub(crate) arrived: Cell<usize>,
    pub(crate) meeting: Cell<usize>,
}

impl TestHost {
    pub(crate) fn with_tasks(titles: &[&str]) -> Self {
        let tasks = titles.iter().map(|title| Some(((*title).to_owned(), false))).collect();
        Self { tasks: RefCell::new(tasks), clock: Cell::new(1_795_478_400_000), ..Self::default() }
    }

    pub(crate) fn gemini_says(self, responses: Vec<ScriptedResponse>) -> Self {
        self.script.borrow_mut().extend(responses);
        self
    }

    /// One turn with Gemini.
    pub(crate) fn chat(&self, history: &[Turn], message: &str) -> Result<TurnReply, TurnError<()>> {
        let settings = GeminiSettings {
            url: "http://gemini.test".into(),
            version: "v1".into(),
            key: "k".into(),
            model: "m-1".into(),
            fallback: "m-2".into(),
        };
        self.with_env(|env| {
            self.run(&GeminiModel::new(&settings, env), env, history, new_turn(message), Language::English)
        })
    }

    /// One turn with the offline assistant.
    pub(crate) fn chat_offline(&self, message: &str) -> TurnReply {
        self.stored.borrow_mut().clear();
        let model = OfflineModel::new(Language::English, &clock());
        let history = [Turn::default()];
        self.with_env(|env| self.run(&model, env, &history, new_turn(message), Language::English)).unwrap()
    }

    /// The last text of a conversation with the offline assistant.
    pub(crate) fn talk(&self, messages: &[&str]) -> String {
        let mut history = vec![Turn::default()];
        let mut text = String::new();
        for message in messages {
            text = self.go_on(&mut history, message, Language::English);
        }
        text
    }

    /// The next turn of a conversation with the offline assistant, and what it says. A yes or a no decides what the turn before
    /// asked, as the server does.
    pub(crate) fn go_on(&self, history: &mut Vec<Turn>, message: &str, language: Language) -> String {
        let waiting: Vec<ToolCall> = history.last().into_iter().flat_map(Turn::calls).cloned().collect();
        let waiting: Vec<&ToolCall> = waiting.iter().filter(|call| call.question().is_some()).collect();
        self.stored.borrow_mut().clear();
        let decision = parse_yes_or_no(message).filter(|decision| {
            !waiting.is_empty() && waiting.iter().all(|call| !decision.approve || decision.is_about(&call.name))
        });
        let Some(decision) = decision else {
            let clock = UserClock { week_start: self.week_start.get(), ..clock() };
            let model = OfflineModel::new(language, &clock);
            let text = self.with_env(|env| self.run(&model, env, history, new_turn(message), language)).unwrap().text;
            history.push(self.turn(message));
            return text;
        };
        for call in waiting.into_iter().filter(|_| decision.approve) {
            self.use_tool(&call.name, &Value::Object(call.arguments.clone())).unwrap();
        }
        let text = if decision.approve { "Done." } else { "Not done." }.to_owned();
        let step = ModelStep { text: text.clone(), outcome: Some(TurnOutcome::Complete), ..ModelStep::default() };
        history.push(Turn { message: message.to_owned(), steps: vec![Step::Model(step)] });
        text
    }

    /// One turn with any model.
    pub(crate) fn chat_with(&self, model: &dyn ChatModel, message: &str) -> Result<TurnReply, TurnError<()>> {
        self.go_on_with(model, new_turn(message))
    }

    /// The rest of a turn that was cut off.
    pub(crate) fn go_on_with(&self, model: &dyn ChatModel, turn: Turn) -> Result<TurnReply, TurnError<()>> {
        self.with_env(|env| self.run(model, env, &[], turn, Language::English))
    }

    /// The turn as it is stored so far.
    pub(crate) fn turn(&self, message: &str) -> Turn {
        Turn { message: message.to_owned(), steps: self.stored.borrow().clone() }
    }

    fn with_env<T>(&self, then: impl FnOnce(TurnEnv) -> T) -> T {
        then(TurnEnv {
            network: self,
            recall: &|_| None,
            remember: &|_, _| (),
            now_ms: &|| self.clock.get(),
            log: &|event| self.logged.borrow_mut().push(event.to_string()),
        })
    }

    fn run(
        &self,
        model: &dyn ChatModel,
        env: TurnEnv,
        history: &[Turn],
        turn: Turn,
        language: Language,
    ) -> Result<TurnReply, TurnError<()>> {
        let server = McpServer { url: "http://mcp.test/mcp", token: "t", allowed: &[], turn: "", user_id: "ann" };
        let mcp = McpClient::new(server, env);
        if turn.steps.is_empty() && self.stored.borrow().is_empty() {
            self.turns.set(self.turns.get() + 1);
        }
        let turn_id = format!("7-{}", self.turns.get());
        let assistant = Assistant { model, mcp: &mcp, env, clock: &clock(), language, turn_id: &turn_id };
        block_on(assistant.run(None, history, turn, &|step| self.store(step), self))
    }

    fn store(&self, record: StepRecord) -> Result<(), ()> {
        if let Some(left) = self.dies_after.get() {
            self.dies_after.set(Some(left.checked_sub(1).ok_or(())?));
        }
        let mut steps = self.stored.borrow_mut();
        let (step, new) = match record {
            StepRecord::Model(step, response) => (step, Step::Model(response.clone())),
            StepRecord::Calls(step, calls) => (step, Step::Tools(calls.to_vec())),
        };
        steps.truncate(step - 1);
        assert_eq!(steps.len(), step - 1, "no step is left out");
        steps.push(new);
        Ok(())
    }

    fn respond_as_scripted(
        &self,
        request: &http::Request<Vec<u8>>,
        on_chunk: &mut ChunkHandler<'_>,
    ) -> Result<StatusCode, TransportError> {
        let body = String::from_utf8(request.body().clone()).unwrap();
        assert_eq!(request.headers()["x-goog-api-key"], "k");
        assert_eq!(request.uri().query(), Some("alt=sse"));
        self.requests.borrow_mut().push((request.uri().path().to_owned(), body));
        match self.script.borrow_mut().pop_front().expect("no more responses are scripted") {
            ScriptedResponse::Http(200, body) => {
                // The whole response as one event; an empty body as none.
                let event =
                    if body.is_empty() { String::new() } else { format!("data: {}\r\n\r\n", body.replace('\n', " ")) };
                let _gone = on_chunk(StatusCode::OK, event.as_bytes());
                Ok(StatusCode::OK)
            }
            ScriptedResponse::Http(status, body) => {
                let status = StatusCode::from_u16(status).unwrap();
                let _gone = on_chunk(status, body.as_bytes());
                Ok(status)
            }
            ScriptedResponse::Broken(bytes) => {
                let (one, other) = bytes.split_at(bytes.len() / 2);
                for piece in [one, other] {
                    if on_chunk(StatusCode::OK, piece).is_break() {
                        return Err(TransportError::Stopped);
                    }
                }
                Err(TransportError::Failed("connection reset".into()))
            }
            ScriptedResponse::Cut => Err(TransportError::Failed("connection reset".into())),
        }
    }
}

impl TurnObserver for TestHost {
    fn is_live(&self) -> bool {
        self.live.get()
    }

    fn observe(&self, event: TurnEvent) -> ControlFlow<()> {
        let mut events = self.events.borrow_mut();
        events.push(match event {
            TurnEvent::RoundStarted => "round".to_owned(),
            TurnEvent::Text(text) => format!("text {text}"),
            TurnEvent::CallStarted { name, .. } => format!("call {name}"),
            TurnEvent::CallEnded(call) => match &call.outcome {
                CallOutcome::Done { .. } => "done".to_owned(),
                other => format!("{other}"),
            },
        });
        match self.leaves_after.get() {
            Some(after) if events.len() > after => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

fn new_turn(message: &str) -> Turn {
    Turn { message: message.to_owned(), steps: Vec::new() }
}
