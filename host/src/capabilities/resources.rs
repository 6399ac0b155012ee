//! What stands behind the resources that components hold: the generated bindings name these types.

use std::sync::Arc;

use redb::Database;

/// An open key-value store.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct OpenStore(pub(crate) Arc<Database>);

/// A pooled connection, lent to one component instance.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct LentConnection(pub(crate) deadpool_postgres::Object);
