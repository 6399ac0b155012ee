//! Consents: the table `oauthConsent`.

use db::{DbError, Row};
use serde_json::{Value, json};

use crate::oauth::user::SignedInUser;
use crate::store::database::Store;
use crate::store::oauth::rows::{list, texts};
use crate::store::rows::text;

const ADD_CONSENT: &str = include_str!("../../../sql/oauth/add_consent.sql");
const CONSENTS: &str = include_str!("../../../sql/oauth/consents.sql");
const DELETE_CONSENT: &str = include_str!("../../../sql/oauth/delete_consent.sql");

impl Store<'_> {
    /// Stores that a user lets a client do this, in this session.
    pub(crate) fn add_consent(
        &self,
        client_id: &str,
        user: &SignedInUser,
        scopes: &[String],
        resources: &[String],
    ) -> Result<(), DbError> {
        let params = [text(client_id), text(&user.user_id), list(scopes), list(resources), text(&user.session_id)];
        self.db()?.execute(ADD_CONSENT, &params).map(|_| ())
    }

    /// The consents of a user, oldest first, as Better Auth shows them.
    pub(crate) fn consents(&self, user_id: &str) -> Result<Vec<Value>, DbError> {
        self.db()?.query(CONSENTS, &[text(user_id)])?.iter().map(consent).collect()
    }

    /// Takes a consent back, and with it every token of that client for this user. Whether there was one.
    pub(crate) fn delete_consent(&self, id: &str, user_id: &str) -> Result<bool, DbError> {
        self.decide(DELETE_CONSENT, &[text(id), text(user_id)], "deleted")
    }
}

fn consent(row: &Row) -> Result<Value, DbError> {
    let mut consent = json!({
        "id": row.text("id")?,
        "clientId": row.text("client_id")?,
        "userId": row.text("user_id")?,
        "referenceId": row.opt_text("reference_id")?,
        "resources": texts(row, "resources")?,
        "requestedUserInfoClaims": texts(row, "claims")?,
        "scopes": texts(row, "scopes")?,
        "createdAt": row.time("created_at")?,
        "updatedAt": row.time("updated_at")?,
    });
    // Better Auth knows no such member, so it is there only where it says something.
    if let Some(reused) = row.opt_time("reused_at")? {
        consent["oldKeyUsedAt"] = reused.into();
    }
    Ok(consent)
}
