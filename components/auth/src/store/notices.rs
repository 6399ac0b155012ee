//! What the mails about an account rest on: known devices, and what their links undo.

use db::DbError;

use crate::store::database::Store;
use crate::store::rows::{opt_text, seconds, text};
use crate::store::two_factor::NewMarker;

const NOTE_DEVICE: &str = include_str!("../../sql/notices/note_device.sql");
const TAKE_BACK: &str = include_str!("../../sql/notices/take_back.sql");
const DISCONNECT_CLIENT: &str = include_str!("../../sql/notices/disconnect_client.sql");

impl Store<'_> {
    /// Notes that a user signs in with a device; whether it is a new one of a user who has others.
    pub(crate) fn note_device(&self, user_id: &str, device: &str) -> Result<bool, DbError> {
        self.decide(NOTE_DEVICE, &[text(user_id), text(device)], "is_new")
    }

    /// Gives an account back to who reads its mails: everything that lets somebody in ends, and `reset` is stored as a token
    /// for a new password. `address` is the one that the account gets back, and the one that it has. False if that is no
    /// longer so.
    pub(crate) fn take_back(
        &self,
        user_id: &str,
        address: Option<(&str, &str)>,
        reset: &NewMarker,
        lifetime: u32,
    ) -> Result<bool, DbError> {
        let (old, new) = address.unzip();
        let params =
            [text(user_id), opt_text(old), opt_text(new), text(&reset.id), text(&reset.identifier), seconds(lifetime)];
        self.decide(TAKE_BACK, &params, "done")
    }

    /// Takes a user's consent to a client back, with its tokens.
    pub(crate) fn disconnect_client(&self, client_id: &str, user_id: &str) -> Result<bool, DbError> {
        self.decide(DISCONNECT_CLIENT, &[text(client_id), text(user_id)], "deleted")
    }
}
