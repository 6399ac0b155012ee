//! Opening connections and running statements. Results and errors have the shape that Spin gives them; the texts of errors
//! are our own and contain no backtrace.

use anyhow::Result;
use futures_util::TryStreamExt;
use tokio_postgres::config::Host as ServerHost;
use tokio_postgres::{Column as ClientColumn, Config, Row};
use wasmtime::component::Resource;

use crate::capabilities::postgres::error::{query_error, text_error, to_text};
use crate::capabilities::postgres::{parameters, values};
use crate::capabilities::resources::LentConnection;
use crate::runtime::bindings::postgres::{Column, Error, Host, HostConnection, ParameterValue, RowSet};
use crate::runtime::guest::GuestState;

/// Spin 4.0.0 to 4.0.2 never return from such a query (spinframework/spin#3671), so it must fail here.
const NO_ROWS: &str = "the query returned no row, and some versions of Spin never return from that";

/// The largest result that the host keeps in memory for a component, as in Spin.
const RESULT_BYTES: usize = 128 << 20;

impl Host for GuestState {}

impl HostConnection for GuestState {
    async fn open(&mut self, address: String) -> wasmtime::Result<Result<Resource<LentConnection>, Error>> {
        let config = match self.parse_address(&address) {
            Ok(config) => config,
            Err(error) => return Ok(Err(Error::ConnectionFailed(error))),
        };
        match self.context.shared.pools.get(&address, config).await {
            Ok(client) => Ok(Ok(self.table.push(LentConnection(client))?)),
            Err(error) => Ok(Err(Error::ConnectionFailed(error))),
        }
    }

    async fn query(
        &mut self,
        connection: Resource<LentConnection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<RowSet, Error>> {
        let connection = self.table.get(&connection)?;
        Ok(connection.query(&statement, &parameters).await)
    }

    async fn execute(
        &mut self,
        connection: Resource<LentConnection>,
        statement: String,
        parameters: Vec<ParameterValue>,
    ) -> wasmtime::Result<Result<u64, Error>> {
        let connection = self.table.get(&connection)?;
        Ok(connection.execute(&statement, &parameters).await)
    }

    async fn drop(&mut self, connection: Resource<LentConnection>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        Ok(())
    }
}

impl GuestState {
    /// Parses an address and checks each of its servers against `allowed_outbound_hosts`.
    fn parse_address(&self, address: &str) -> Result<Config, String> {
        let config: Config = address.parse().map_err(|error| to_text(&error))?;
        for (index, host) in config.get_hosts().iter().enumerate() {
            let ServerHost::Tcp(host) = host else {
                return Err("Unix sockets are not available to components".to_owned());
            };
            let ports = config.get_ports();
            let port = ports.get(index).or(if ports.len() == 1 { ports.first() } else { None }).copied();
            let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
            if !self.context.component.allowed_hosts.allows("postgres", &host, port) {
                let server = format!("postgres://{host}:{}", port.unwrap_or(5432));
                self.context.log_missing_permission(&server);
                return Err(format!("address {server} is not permitted"));
            }
        }
        Ok(config)
    }
}

impl LentConnection {
    async fn query(&self, statement: &str, parameters: &[ParameterValue]) -> Result<RowSet, Error> {
        let parameters = parameters::to_sql(parameters).map_err(|error| Error::BadParameter(format!("{error:#}")))?;
        let stream = self.0.query_raw(statement, parameters).await.map_err(query_error)?;
        let mut stream = std::pin::pin!(stream);
        let mut set = RowSet { columns: Vec::new(), rows: Vec::new() };
        let mut bytes = 0;
        while let Some(row) = stream.try_next().await.map_err(query_error)? {
            if set.rows.is_empty() {
                set.columns = columns(&row);
            }
            bytes += row.raw_size_bytes();
            if bytes > RESULT_BYTES {
                return Err(text_error(format!("the result exceeds {RESULT_BYTES} bytes")));
            }
            set.rows.push(values::from_row(&row).map_err(|error| text_error(format!("{error:#}")))?);
        }
        if set.rows.is_empty() { Err(text_error(NO_ROWS.to_owned())) } else { Ok(set) }
    }

    async fn execute(&self, statement: &str, parameters: &[ParameterValue]) -> Result<u64, Error> {
        let parameters =
            parameters::to_sql(parameters).map_err(|error| Error::ValueConversionFailed(format!("{error:#}")))?;
        self.0.execute_raw(statement, parameters).await.map_err(query_error)
    }
}

fn columns(row: &Row) -> Vec<Column> {
    let column = |c: &ClientColumn| Column { name: c.name().to_owned(), data_type: values::data_type(c.type_()) };
    row.columns().iter().map(column).collect()
}
