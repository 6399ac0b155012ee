//! What the tests share: tokens signed by a key of their own, a request builder and a store in memory.

use std::cell::RefCell;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use ed25519_dalek::{Signer, SigningKey};
use http_api::{KeySetCopy, OAuthResource, RequestBody, Verifier};
use origin::{Origin, TrustedOrigins};
use serde_json::{Value, json};
use task::{
    AddResult, Description, Draft, ExpectedVersions, ImportResult, NewTask, Position, StatusFilter, StoreError, Task,
    TaskChanges, TaskId, TaskPage, TaskQuery, TaskStore, Title,
};

use crate::{Settings, Tools};

pub(crate) const ORIGIN: &str = "https://todo.example";
const NOW: u64 = 1_800_000_000;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// A token of `sub` for the first party, with some claims replaced.
pub(crate) fn token(sub: &str, replaced: Value) -> String {
    let mut claims = json!({ "sub": sub, "iss": ORIGIN, "aud": ORIGIN, "iat": NOW, "exp": NOW + 900 });
    for (name, value) in replaced.as_object().unwrap() {
        claims[name] = value.clone();
    }
    sign(json!({ "alg": "EdDSA", "kid": "k" }), claims)
}

/// An OAuth access token of `sub` for this resource, with some claims replaced.
pub(crate) fn access_token(sub: &str, replaced: Value) -> String {
    let issuer = format!("{ORIGIN}/api/auth");
    let mut claims = json!({ "sub": sub, "iss": issuer, "aud": format!("{ORIGIN}/mcp"), "iat": NOW, "exp": NOW + 900 });
    for (name, value) in replaced.as_object().unwrap() {
        claims[name] = value.clone();
    }
    sign(json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": "k" }), claims)
}

fn sign(header: Value, claims: Value) -> String {
    let part = |value: Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(key().sign(signed.as_bytes()).to_bytes());
    format!("{signed}.{signature}")
}

/// A request to be sent; Alice's POST of JSON to `/mcp` unless told otherwise.
pub(crate) struct Call {
    method: &'static str,
    path: &'static str,
    headers: Vec<(&'static str, String)>,
    body: RequestBody,
    keys: Result<String, String>,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Call {
    pub(crate) fn new(method: &'static str, path: &'static str) -> Self {
        let x = BASE64_URL_SAFE_NO_PAD.encode(key().verifying_key().as_bytes());
        let keys = json!({ "keys": [{ "kid": "k", "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": x }] });
        let headers = vec![
            ("host", "todo.example".to_owned()),
            ("content-type", "application/json".to_owned()),
            ("authorization", format!("Bearer {}", token("alice", json!({})))),
        ];
        Self { method, path, headers, body: RequestBody::Complete(Vec::new()), keys: Ok(keys.to_string()) }
    }

    pub(crate) fn post(body: impl ToString) -> Self {
        let mut call = Self::new("POST", "/mcp");
        call.body = RequestBody::Complete(body.to_string().into_bytes());
        call
    }

    /// A legacy call of a tool.
    pub(crate) fn tool(name: &str, arguments: Value) -> Self {
        let params = json!({ "name": name, "arguments": arguments });
        Self::post(json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }))
    }

    /// A modern request with headers that agree with it.
    pub(crate) fn modern(method: &'static str, mut params: Value) -> Self {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let name = params["name"].as_str().map(str::to_owned);
        let call = Self::post(json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }))
            .with("mcp-protocol-version", "2026-07-28")
            .with("mcp-method", method);
        name.into_iter().fold(call, |call, name| call.with("mcp-name", &name))
    }

    /// With a header of this value instead of what it had.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn body(mut self, body: RequestBody) -> Self {
        self.body = body;
        self
    }

    pub(crate) fn without_keys(mut self) -> Self {
        self.keys = Err("connection refused by 10.0.0.1".to_owned());
        self
    }

    pub(crate) fn send(self, store: &dyn TaskStore) -> Reply {
        self.send_with(&Tools { store, admit: &|_| Ok(()) })
    }

    pub(crate) fn send_with(self, tools: &Tools) -> Reply {
        let mut request = http::Request::builder().method(self.method).uri(self.path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let variable = |name: &str| {
            let value = match name {
                "mcp_allowed_hosts" => "mcp.spin.internal",
                "mcp_body_limit" => "1048576",
                _ => "",
            };
            Ok(value.to_owned())
        };
        let own = Origin::parse(ORIGIN).unwrap();
        let trusted = || Ok(TrustedOrigins::own(&own));
        let settings = Settings::new(ORIGIN.to_owned(), &variable, &trusted).unwrap();
        let keys = |_| self.keys.clone().map(|json| KeySetCopy { json, until: NOW });
        let issuer = settings.authorization_server();
        let oauth = Some(OAuthResource { issuer: &issuer, audience: &settings.resource });
        let verifier = Verifier { issuer: &settings.origin, oauth, now: NOW, keys: &keys, cache: None };
        let response = crate::handle(&request.body(self.body).unwrap(), &settings, &verifier, tools);
        let (parts, body) = response.into_parts();
        Reply { status: parts.status.as_u16(), headers: parts.headers, text: String::from_utf8(body).unwrap() }
    }
}

/// Tasks in memory, each with its owner; a broken store answers every call with its error.
#[derive(Default)]
pub(crate) struct Store {
    tasks: RefCell<Vec<(String, Task)>>,
    deleted: RefCell<Vec<(String, Task)>>,
    broken: Option<StoreError>,
}

impl Store {
    pub(crate) fn broken(error: StoreError) -> Self {
        Self { broken: Some(error), ..Self::default() }
    }

    fn works(&self) -> Result<(), StoreError> {
        self.broken.clone().map_or(Ok(()), Err)
    }

    fn position(&self, owner: &str, id: TaskId) -> Result<usize, StoreError> {
        self.works()?;
        let tasks = self.tasks.borrow();
        tasks.iter().position(|(of, task)| of == owner && task.id == id.get()).ok_or(StoreError::NotFound)
    }
}

impl TaskStore for Store {
    fn list(&self, owner: &str, query: &TaskQuery) -> Result<TaskPage, StoreError> {
        self.works()?;
        let limit = query.limit;
        let wanted = |task: &Task| match query.status {
            StatusFilter::All => true,
            StatusFilter::Pending => !task.completed,
            StatusFilter::Completed => task.completed,
        };
        let after = query.after.as_ref().map_or(0, |after| after.id.get());
        let tasks = self.tasks.borrow();
        let all = tasks.iter().filter(|(of, task)| of == owner && task.id > after && wanted(task));
        let mut page: Vec<Task> = all.map(|(_, task)| task.clone()).take(limit as usize + 1).collect();
        let more = page.len() > limit as usize;
        page.truncate(limit as usize);
        let next = page.last().filter(|_| more).and_then(|task| TaskId::new(task.id)).map(Position::after);
        Ok(TaskPage { tasks: page, next })
    }

    fn get(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        let position = self.position(owner, id)?;
        Ok(self.tasks.borrow()[position].1.clone())
    }

    fn add(&self, owner: &str, new: NewTask, _key: Option<&str>) -> Result<AddResult, StoreError> {
        self.works()?;
        let mut tasks = self.tasks.borrow_mut();
        let last = tasks
            .iter()
            .chain(self.deleted.borrow().iter())
            .filter(|(of, _)| of == owner)
            .map(|(_, task)| task.id)
            .max();
        let at = "2026-11-24T00:00:00.000Z".to_owned();
        let task = Task {
            id: last.unwrap_or(0) + 1,
            title: new.title.into_string(),
            description: new.description.map(Description::into_string),
            completed: false,
            created_at: at.clone(),
            updated_at: at,
        };
        tasks.push((owner.to_owned(), task.clone()));
        Ok(AddResult { task, replayed: false })
    }

    fn update(&self, owner: &str, id: TaskId, changes: TaskChanges, _: ExpectedVersions) -> Result<Task, StoreError> {
        let position = self.position(owner, id)?;
        let task = &mut self.tasks.borrow_mut()[position].1;
        if let Some(title) = changes.title.map(Title::into_string) {
            task.title = title;
        }
        if let Some(description) = changes.description {
            task.description = description.map(Description::into_string);
        }
        task.completed = changes.completed.unwrap_or(task.completed);
        Ok(task.clone())
    }

    fn delete(&self, owner: &str, id: TaskId, _: ExpectedVersions) -> Result<Task, StoreError> {
        let position = self.position(owner, id)?;
        let gone = self.tasks.borrow_mut().remove(position);
        self.deleted.borrow_mut().push(gone.clone());
        Ok(gone.1)
    }

    fn restore(&self, owner: &str, id: TaskId) -> Result<Task, StoreError> {
        self.works()?;
        let mut deleted = self.deleted.borrow_mut();
        let position = deleted.iter().rposition(|(of, task)| of == owner && task.id == id.get());
        let back = deleted.remove(position.ok_or(StoreError::NotFound)?);
        self.tasks.borrow_mut().push(back.clone());
        Ok(back.1)
    }

    fn undo(&self, owner: &str) -> Result<Vec<Task>, StoreError> {
        self.works()?;
        let last = self.deleted.borrow().iter().rev().find(|(of, _)| of == owner).map(|(_, task)| task.id);
        let id = last.and_then(TaskId::new).ok_or(StoreError::NotFound)?;
        self.restore(owner, id).map(|task| vec![task])
    }

    fn complete_all(&self, _: &str, _: &[TaskId], _: bool) -> Result<Vec<Task>, StoreError> {
        unreachable!("no tool completes many")
    }

    fn delete_all(&self, _: &str, _: &[TaskId]) -> Result<Vec<Task>, StoreError> {
        unreachable!("no tool deletes many")
    }

    fn import(&self, _: &str, _: Vec<Draft>, _: Option<&str>) -> Result<ImportResult, StoreError> {
        unreachable!("no tool imports")
    }
}
