//! `spin:postgres/postgres@4.0.0`: statements on pooled connections to servers that the component may call.
//! Results and errors are shaped as Spin shapes them; the texts of errors are our own and hold no backtrace.

mod error;
mod parameters;
mod pool;
mod types;
mod values;

use anyhow::Result;
use futures_util::TryStreamExt;
use tokio_postgres::Row;
use tokio_postgres::config::Host as Server;
use wasmtime::component::Resource;

use crate::bindings::postgres::{Column, Error, Host, HostConnection, ParameterValue, RowSet};
use crate::guest::Guest;

pub(crate) use self::pool::Pools;

/// Spin 4.0.0 to 4.0.2 never return from such a query (spinframework/spin#3671): what would hang there must not pass here.
const NO_ROWS: &str = "the query answered no row, and some versions of Spin never return from that";

/// The largest result that the host holds for a component; as Spin.
const RESULT_BYTES: usize = 128 << 20;

/// A connection of the pool, lent to a component.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Connection(deadpool_postgres::Object);

impl Host for Guest {}

impl HostConnection for Guest {
    async fn open(&mut self, address: String) -> wasmtime::Result<Result<Resource<Connection>, Error>> {
        let config = match self.permitted(&address) {
            Ok(config) => config,
            Err(error) => return Ok(Err(Error::ConnectionFailed(error))),
        };
        match self.app.pools.get(&address, config).await {
            Ok(client) => Ok(Ok(self.table.push(Connection(client))?)),
            Err(error) => Ok(Err(Error::ConnectionFailed(error))),
        }
    }

    async fn query(
        &mut self,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<RowSet, Error>> {
        let connection = self.table.get(&connection)?;
        Ok(connection.query(&statement, &parameters).await)
    }

    async fn execute(
        &mut self,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<u64, Error>> {
        let connection = self.table.get(&connection)?;
        Ok(connection.execute(&statement, &parameters).await)
    }

    async fn drop(&mut self, connection: Resource<Connection>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        Ok(())
    }
}

impl Guest {
    /// Parses an address and checks each of its servers against `allowed_outbound_hosts`.
    fn permitted(&self, address: &str) -> Result<tokio_postgres::Config, String> {
        let config: tokio_postgres::Config = address.parse().map_err(|error| error::text(&error))?;
        for (index, host) in config.get_hosts().iter().enumerate() {
            let Server::Tcp(host) = host else {
                return Err("Unix sockets are not available to components".to_owned());
            };
            let ports = config.get_ports();
            let port = ports.get(index).or(if ports.len() == 1 { ports.first() } else { None }).copied();
            let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
            if !self.component.allowed_hosts.allows("postgres", &host, port) {
                let server = format!("postgres://{host}:{}", port.unwrap_or(5432));
                self.refused(&server);
                return Err(format!("address {server} is not permitted"));
            }
        }
        Ok(config)
    }
}

impl Connection {
    async fn query(&self, statement: &str, parameters: &[ParameterValue]) -> Result<RowSet, Error> {
        let parameters = parameters::to_sql(parameters).map_err(|error| Error::BadParameter(format!("{error:#}")))?;
        let stream = self.0.query_raw(statement, parameters).await.map_err(error::query_failed)?;
        let mut stream = std::pin::pin!(stream);
        let mut set = RowSet { columns: Vec::new(), rows: Vec::new() };
        let mut bytes = 0;
        while let Some(row) = stream.try_next().await.map_err(error::query_failed)? {
            if set.rows.is_empty() {
                set.columns = columns(&row);
            }
            bytes += row.raw_size_bytes();
            if bytes > RESULT_BYTES {
                return Err(error::text_failed(format!("the result exceeds {RESULT_BYTES} bytes")));
            }
            set.rows.push(values::from_row(&row).map_err(|error| error::text_failed(format!("{error:#}")))?);
        }
        if set.rows.is_empty() { Err(error::text_failed(NO_ROWS.to_owned())) } else { Ok(set) }
    }

    async fn execute(&self, statement: &str, parameters: &[ParameterValue]) -> Result<u64, Error> {
        let parameters =
            parameters::to_sql(parameters).map_err(|error| Error::ValueConversionFailed(format!("{error:#}")))?;
        self.0.execute_raw(statement, parameters).await.map_err(error::query_failed)
    }
}

fn columns(row: &Row) -> Vec<Column> {
    let column =
        |c: &tokio_postgres::Column| Column { name: c.name().to_owned(), data_type: values::data_type(c.type_()) };
    row.columns().iter().map(column).collect()
}
