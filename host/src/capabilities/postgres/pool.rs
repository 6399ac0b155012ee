//! Pools of connections, one for each address. A connection is checked and its session reset each time it is lent, with
//! the same statements as in Spin, so a restart of the server does no harm. TLS verifies the certificate for
//! `sslmode=prefer` and `require` alike, as Spin does.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use deadpool_postgres::{
    CreatePoolError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, TimeoutType,
};
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::capabilities::postgres::error;

/// The most connections to one address.
const CONNECTIONS: usize = 64;
/// The number of pools above which unused ones are closed.
const POOLS: usize = 16;
/// How long a request waits for a free connection.
const WAIT_TIMEOUT: Duration = Duration::from_secs(30);
/// How long connecting, or resetting a connection, may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The pools of an app.
#[derive(Default)]
pub(crate) struct ConnectionPools(Mutex<HashMap<String, Pool>>);

impl ConnectionPools {
    /// Lends a connection. The error is one sentence without the password.
    pub(crate) async fn get(&self, address: &str, config: Config) -> Result<Object, String> {
        let pool = self.pool(address, config).map_err(|error| error.to_string())?;
        pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error::to_text(&error),
            PoolError::Timeout(TimeoutType::Wait) => "no connection became free in time".to_owned(),
            PoolError::Timeout(_) => "the server did not respond in time".to_owned(),
            error => error.to_string(),
        })
    }

    fn pool(&self, address: &str, config: Config) -> Result<Pool, CreatePoolError> {
        let mut pools = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = pools.get(address) {
            return Ok(pool.clone());
        }
        if pools.len() >= POOLS {
            pools.retain(|_, pool| pool.status().size > pool.status().available);
        }
        let pool = create(config).map_err(CreatePoolError::Build)?;
        pools.insert(address.to_owned(), pool.clone());
        Ok(pool)
    }

    /// Closes all idle connections now, and the lent ones when they are returned.
    pub(crate) fn close(&self) {
        for (_, pool) in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain() {
            pool.close();
        }
    }
}

fn create(config: Config) -> Result<Pool, deadpool_postgres::BuildError> {
    let settings = ManagerConfig { recycling_method: RecyclingMethod::Clean };
    let manager = match config.get_ssl_mode() {
        SslMode::Disable => Manager::from_config(config, NoTls, settings),
        _ => Manager::from_config(config, tls(), settings),
    };
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT_TIMEOUT))
        .create_timeout(Some(CONNECT_TIMEOUT))
        .recycle_timeout(Some(CONNECT_TIMEOUT))
        .build()
}

/// Trusts the public certificate authorities and those of the machine, as Spin does.
fn tls() -> MakeRustlsConnect {
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.into() };
    // A certificate that cannot be read is not trusted; a connection that needs it fails with an error.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    MakeRustlsConnect::new(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}
