//! Clients: the tables `oauthClient`, `oauthResource` and our `oauth_registration`.

use db::DbError;
use oauth_server::{ClientRegistration, RegisteredClient};

use crate::store::database::Store;
use crate::store::oauth::rows::client;
use crate::store::rows::text;

const CLIENT: &str = include_str!("../../../sql/oauth/client.sql");
const RECENT_CLIENT: &str = include_str!("../../../sql/oauth/recent_client.sql");
const ADD_CLIENT: &str = include_str!("../../../sql/oauth/add_client.sql");

impl Store<'_> {
    /// A client by its id.
    pub(crate) fn oauth_client(&self, client_id: &str) -> Result<Option<RegisteredClient>, DbError> {
        client(&self.db()?.query_row(CLIENT, &[text(client_id)])?)
    }

    /// A client by its id, if its description is no older than an hour.
    pub(crate) fn recent_oauth_client(&self, client_id: &str) -> Result<Option<RegisteredClient>, DbError> {
        client(&self.db()?.query_row(RECENT_CLIENT, &[text(client_id)])?)
    }

    /// Adds a client, or its new description. Clients that were never used are deleted after a day.
    pub(crate) fn add_oauth_client(
        &self,
        new: &ClientRegistration,
        ids: [&str; 3],
        resource: &str,
    ) -> Result<(), DbError> {
        let [id, resource_id, link_id] = ids;
        let params = [text(id), text(&new.to_row().to_string()), text(resource), text(resource_id), text(link_id)];
        self.db()?.execute(ADD_CLIENT, &params).map(|_| ())
    }
}
