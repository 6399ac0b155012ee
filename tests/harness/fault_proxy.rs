//! A proxy in front of the MCP server that can lose a request or its response, and hold one back.

use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, ensure};
use reqwest::header::HeaderMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestFate {
    /// The client gets the response.
    Delivered,
    /// The same, but the request is held back until another one of this fate has come.
    Meeting,
    /// The request never arrives, and the client gets no response.
    Lost,
    /// The server carries the request out, and the client gets no response.
    ResponseLost,
}

/// Passes requests on to the MCP server of an app.
pub struct FaultProxy {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    target: Arc<OnceLock<ProxyTarget>>,
}

/// The server's address, and how requests name its host.
type ProxyTarget = (String, String);

impl FaultProxy {
    /// Starts to listen; `fate` judges each request by its body.
    pub async fn start(fate: impl Fn(&str) -> RequestFate + Send + Sync + 'static) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (fate, target) = (Arc::new(fate), Arc::new(OnceLock::new()));
        let (known, meeting) = (target.clone(), Arc::new(Barrier::new(2)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (fate, target, meeting) = (fate.clone(), known.clone(), meeting.clone());
                tokio::spawn(async move {
                    if let Err(error) = pass_on(stream, &*fate, &target, &meeting).await {
                        eprintln!("proxy: {error:#}");
                    }
                });
            }
        });
        Ok(Self { url, target })
    }

    /// The app whose server this is, by its base address, and the host that it takes itself for.
    pub fn leads_to(&self, base: &str, host: &str) {
        self.target.get_or_init(|| (format!("{base}/mcp"), host.to_owned()));
    }
}

async fn pass_on(
    mut stream: TcpStream,
    fate: &(dyn Fn(&str) -> RequestFate + Sync),
    target: &OnceLock<ProxyTarget>,
    meeting: &Barrier,
) -> Result<()> {
    let (head, body) = read_request(&mut stream).await?;
    let fate = fate(&body);
    if fate == RequestFate::Meeting {
        meeting.wait().await;
    }
    if fate != RequestFate::Lost {
        let mut headers = HeaderMap::new();
        for (name, value) in head.lines().skip(1).filter_map(|line| line.split_once(": ")) {
            if !["host", "content-length", "connection"].contains(&name.to_ascii_lowercase().as_str()) {
                headers.insert(reqwest::header::HeaderName::try_from(name)?, value.parse()?);
            }
        }
        let (target, host) = target.get().context("no target is set")?;
        headers.insert("host", host.parse()?);
        let response = reqwest::Client::new().post(target).headers(headers).body(body).send().await?;
        let (status, body) = (response.status(), response.text().await?);
        ensure!(status == 200, "the server responds {status} to {head}: {body}");
        if fate != RequestFate::ResponseLost {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
            let text = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
            return stream.write_all(text.as_bytes()).await.context("the app hung up");
        }
    }
    while stream.read(&mut [0; 16]).await.unwrap_or(0) > 0 {}
    Ok(())
}

/// One HTTP request with a Content-Length: its head and its body.
pub(crate) async fn read_request(stream: &mut TcpStream) -> Result<(String, String)> {
    let mut request = vec![0; 256 * 1024];
    let mut length = 0;
    loop {
        let read = stream.read(&mut request[length..]).await?;
        ensure!(read > 0, "the request ended early");
        length += read;
        let text = String::from_utf8_lossy(&request[..length]);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lower = head.to_ascii_lowercase();
            let wanted = lower.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            if wanted.and_then(|wanted| wanted.parse().ok()).is_some_and(|wanted: usize| body.len() >= wanted) {
                return Ok((head.to_owned(), body.to_owned()));
            }
        }
    }
}
