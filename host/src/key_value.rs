//! The key-value store: a file in the state folder, opened when a component first asks for it. There is one store,
//! "default", and only components that are granted it can open it.

use std::path::PathBuf;
use std::sync::Arc;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use tokio::sync::OnceCell;
use wasmtime::component::Resource;

use crate::bindings::key_value::{Error, Host, HostStore};
use crate::guest::Guest;

const TABLE: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("default");
/// How many stores a component can have open at once; as Spin.
const OPEN_STORES: u32 = 256;

/// The file behind the store of an app.
pub(crate) struct KeyValue {
    path: PathBuf,
    database: OnceCell<Arc<Database>>,
}

impl KeyValue {
    pub(crate) fn new(state_dir: &std::path::Path) -> Self {
        Self { path: state_dir.join("key-value.redb"), database: OnceCell::new() }
    }

    async fn open(self: Arc<Self>) -> Result<Arc<Database>, Error> {
        let create = || async {
            let store = self.clone();
            tokio::task::spawn_blocking(move || store.create().map(Arc::new))
                .await
                .map_err(|error| error.to_string())?
                .map_err(|error| error.to_string())
        };
        let opened = self.database.get_or_try_init(create).await;
        opened.cloned().map_err(|error| Error::Other(format!("the key-value store: {error}")))
    }

    fn create(&self) -> Result<Database, redb::Error> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let database = Database::create(&self.path)?;
        let write = database.begin_write()?;
        write.open_table(TABLE)?;
        write.commit()?;
        Ok(database)
    }
}

/// An open store.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Store(Arc<Database>);

impl Store {
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, redb::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let database = self.0.clone();
        let done = tokio::task::spawn_blocking(move || work(&database)).await;
        done.map_err(|error| Error::Other(error.to_string()))?.map_err(|error| Error::Other(error.to_string()))
    }
}

impl Guest {
    fn store(&self, store: &Resource<Store>) -> wasmtime::Result<&Store> {
        Ok(self.table.get(store)?)
    }
}

impl Host for Guest {}

impl HostStore for Guest {
    async fn open(&mut self, label: String) -> wasmtime::Result<Result<Resource<Store>, Error>> {
        if !self.component.key_value_stores.contains(&label) {
            return Ok(Err(Error::AccessDenied));
        }
        if self.open_stores >= OPEN_STORES {
            return Ok(Err(Error::StoreTableFull));
        }
        let database = match self.app.key_value.clone().open().await {
            Ok(database) => database,
            Err(error) => return Ok(Err(error)),
        };
        self.open_stores += 1;
        Ok(Ok(self.table.push(Store(database))?))
    }

    async fn get(&mut self, store: Resource<Store>, key: String) -> wasmtime::Result<Result<Option<Vec<u8>>, Error>> {
        // Nearly always out of memory: faster than asking another thread.
        let read = |database: &Database| -> Result<_, redb::Error> {
            Ok(database.begin_read()?.open_table(TABLE)?.get(key.as_str())?.map(|value| value.value().to_vec()))
        };
        Ok(read(&self.store(&store)?.0).map_err(|error| Error::Other(error.to_string())))
    }

    async fn set(
        &mut self,
        store: Resource<Store>,
        key: String,
        value: Vec<u8>,
    ) -> wasmtime::Result<Result<(), Error>> {
        let work = move |database: &Database| {
            let write = database.begin_write()?;
            write.open_table(TABLE)?.insert(key.as_str(), value.as_slice())?;
            Ok(write.commit()?)
        };
        Ok(self.store(&store)?.run(work).await)
    }

    async fn delete(&mut self, store: Resource<Store>, key: String) -> wasmtime::Result<Result<(), Error>> {
        let work = move |database: &Database| {
            let write = database.begin_write()?;
            write.open_table(TABLE)?.remove(key.as_str())?;
            Ok(write.commit()?)
        };
        Ok(self.store(&store)?.run(work).await)
    }

    async fn exists(&mut self, store: Resource<Store>, key: String) -> wasmtime::Result<Result<bool, Error>> {
        Ok(self.get(store, key).await?.map(|value| value.is_some()))
    }

    async fn get_keys(&mut self, store: Resource<Store>) -> wasmtime::Result<Result<Vec<String>, Error>> {
        let work = |database: &Database| {
            let table = database.begin_read()?.open_table(TABLE)?;
            let keys = table.iter()?.map(|entry| Ok(entry?.0.value().to_owned()));
            keys.collect::<Result<_, redb::StorageError>>().map_err(redb::Error::from)
        };
        Ok(self.store(&store)?.run(work).await)
    }

    async fn drop(&mut self, store: Resource<Store>) -> wasmtime::Result<()> {
        self.table.delete(store)?;
        self.open_stores -= 1;
        Ok(())
    }
}
