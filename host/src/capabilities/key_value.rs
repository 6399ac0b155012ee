//! `fermyon:spin/key-value@2.0.0`: one store, "default", which only the components that the manifest names can open.

use redb::{Database, ReadableDatabase, ReadableTable};
use wasmtime::component::Resource;

use crate::capabilities::resources::OpenStore;
use crate::capabilities::store_file::TABLE;
use crate::runtime::bindings::key_value::{Error, Host, HostStore};
use crate::runtime::guest::GuestState;

/// How many stores an instance can have open at once, as in Spin.
const OPEN_STORES: u32 = 256;

impl OpenStore {
    /// Works on the database in a thread that may wait for the disk.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, redb::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let database = self.0.clone();
        let result = tokio::task::spawn_blocking(move || work(&database)).await;
        result.map_err(|error| Error::Other(error.to_string()))?.map_err(|error| Error::Other(error.to_string()))
    }
}

impl GuestState {
    fn store(&self, store: &Resource<OpenStore>) -> wasmtime::Result<&OpenStore> {
        Ok(self.table.get(store)?)
    }
}

impl Host for GuestState {}

impl HostStore for GuestState {
    async fn open(&mut self, label: String) -> wasmtime::Result<Result<Resource<OpenStore>, Error>> {
        if !self.context.component.key_value_stores.contains(&label) {
            return Ok(Err(Error::AccessDenied));
        }
        if self.open_stores >= OPEN_STORES {
            return Ok(Err(Error::StoreTableFull));
        }
        let database = match self.context.shared.store_file.open().await {
            Ok(database) => database,
            Err(error) => return Ok(Err(Error::Other(error))),
        };
        self.open_stores += 1;
        Ok(Ok(self.table.push(OpenStore(database))?))
    }

    async fn get(
        &mut self,
        store: Resource<OpenStore>,
        key: String,
    ) -> wasmtime::Result<Result<Option<Vec<u8>>, Error>> {
        // The page is nearly always in memory, so reading it here is faster than moving to another thread.
        let read = |database: &Database| -> Result<_, redb::Error> {
            Ok(database.begin_read()?.open_table(TABLE)?.get(key.as_str())?.map(|value| value.value().to_vec()))
        };
        Ok(read(&self.store(&store)?.0).map_err(|error| Error::Other(error.to_string())))
    }

    async fn set(
        &mut self,
        store: Resource<OpenStore>,
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

    async fn delete(&mut self, store: Resource<OpenStore>, key: String) -> wasmtime::Result<Result<(), Error>> {
        let work = move |database: &Database| {
            let write = database.begin_write()?;
            write.open_table(TABLE)?.remove(key.as_str())?;
            Ok(write.commit()?)
        };
        Ok(self.store(&store)?.run(work).await)
    }

    async fn exists(&mut self, store: Resource<OpenStore>, key: String) -> wasmtime::Result<Result<bool, Error>> {
        Ok(self.get(store, key).await?.map(|value| value.is_some()))
    }

    async fn get_keys(&mut self, store: Resource<OpenStore>) -> wasmtime::Result<Result<Vec<String>, Error>> {
        let work = |database: &Database| {
            let table = database.begin_read()?.open_table(TABLE)?;
            let keys = table.iter()?.map(|entry| Ok(entry?.0.value().to_owned()));
            keys.collect::<Result<_, redb::StorageError>>().map_err(redb::Error::from)
        };
        Ok(self.store(&store)?.run(work).await)
    }

    async fn drop(&mut self, store: Resource<OpenStore>) -> wasmtime::Result<()> {
        self.table.delete(store)?;
        self.open_stores -= 1;
        Ok(())
    }
}
