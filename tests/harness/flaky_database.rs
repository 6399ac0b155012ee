//! A TCP proxy in front of the database that can be shut: the database goes away and comes back.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Forwards connections while it is open. Shutting it cuts every connection and refuses new ones.
pub struct FlakyDatabase {
    /// Where it listens.
    pub address: SocketAddr,
    open: Arc<watch::Sender<bool>>,
}

impl FlakyDatabase {
    /// Starts to forward to `target` (`host:port`).
    pub async fn open(target: String) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let open = Arc::new(watch::Sender::new(true));
        let state = open.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(relay(near, target.clone(), state.subscribe()));
            }
        });
        Ok(Self { address, open })
    }

    /// Shuts (`false`) or opens it again.
    pub fn set(&self, open: bool) {
        self.open.send_replace(open);
    }
}

async fn relay(mut near: TcpStream, target: String, mut open: watch::Receiver<bool>) {
    if !*open.borrow() {
        return;
    }
    let Ok(mut far) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = open.wait_for(|open| !open) => {}
    }
}
