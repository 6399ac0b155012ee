//! The file of the key-value store, in the state folder. It is opened when a component first asks for the store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use redb::{Database, TableDefinition};
use tokio::sync::OnceCell;

/// The table with all keys.
pub(crate) const TABLE: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("default");

/// The store's file. One process at a time can have it open.
pub(crate) struct StoreFile {
    path: PathBuf,
    database: OnceCell<Arc<Database>>,
}

impl StoreFile {
    pub(crate) fn new(state_dir: &Path) -> Self {
        Self { path: state_dir.join("key-value.redb"), database: OnceCell::new() }
    }

    /// Opens the file, or returns the database that is open already. The error is one sentence.
    pub(crate) async fn open(&self) -> Result<Arc<Database>, String> {
        let path = self.path.clone();
        let create = || async move {
            let created =
                tokio::task::spawn_blocking(move || create(&path)).await.map_err(|error| error.to_string())?;
            created.map(Arc::new).map_err(|error| error.to_string())
        };
        let opened = self.database.get_or_try_init(create).await;
        opened.cloned().map_err(|error| format!("the key-value store: {error}"))
    }
}

fn create(path: &Path) -> Result<Database, redb::Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let database = Database::create(path)?;
    let write = database.begin_write()?;
    write.open_table(TABLE)?;
    write.commit()?;
    Ok(database)
}
