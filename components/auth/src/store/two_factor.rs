//! Second factors: Better Auth's table `twoFactor`, sign-ins that wait for a code, and trusted devices (`verification`).

use better_auth::UserRecord;
use db::{DbError, Param, Row};

use crate::store::database::Store;
use crate::store::rows::{opt_text, seconds, text, user};
use crate::store::sessions::NewSession;

const TRUST: &str = include_str!("../../sql/two_factor/trust.sql");
const CHALLENGE: &str = include_str!("../../sql/two_factor/challenge.sql");
const PENDING: &str = include_str!("../../sql/two_factor/pending.sql");
const MAIL_CODE: &str = include_str!("../../sql/two_factor/mail_code.sql");
const FACTOR: &str = include_str!("../../sql/two_factor/factor.sql");
const PROVE: &str = include_str!("../../sql/two_factor/prove.sql");
const SPEND_BACKUP_CODE: &str = include_str!("../../sql/two_factor/spend_backup_code.sql");
const SET_UP: &str = include_str!("../../sql/two_factor/set_up.sql");
const CONFIRM: &str = include_str!("../../sql/two_factor/confirm.sql");
const SWITCH_OFF: &str = include_str!("../../sql/two_factor/switch_off.sql");
const REPLACE_BACKUP_CODES: &str = include_str!("../../sql/two_factor/replace_backup_codes.sql");

/// A row of `verification` to be added: its id and its identifier.
pub(crate) struct NewMarker {
    pub(crate) id: String,
    pub(crate) identifier: String,
}

/// A second factor as it is stored; never printed.
pub(crate) struct SecondFactor {
    pub(crate) sealed_secret: String,
    pub(crate) sealed_codes: String,
    /// Whether an authenticator app was confirmed.
    pub(crate) is_verified: bool,
    /// Whether wrong codes locked it for a while.
    pub(crate) is_locked: bool,
}

/// A sign-in that waits for the second factor.
pub(crate) struct PendingChallenge {
    pub(crate) identifier: String,
    pub(crate) user: UserRecord,
    pub(crate) factor: Option<SecondFactor>,
}

/// The proof that a code gives.
pub(crate) enum CodeProof {
    /// A code of an authenticator app, of this step of time.
    Step(u64),
    /// A backup code; the codes as they are stored, and those that are left.
    BackupCode { codes: String, left: String },
    /// The signature of a code that came by mail, if it is the right one.
    Mailed(String),
    /// The code is wrong.
    None,
}

/// The result of trying a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeOutcome {
    Passed,
    Wrong,
    /// Another request used a backup code at the same moment.
    Lost,
    /// No code that was sent by mail waits.
    Expired,
    Locked,
    Exhausted,
    Gone,
}

impl Store<'_> {
    /// Renews the trust in a device that has cookies with these identifiers; false if none of them is good.
    pub(crate) fn renew_trust(
        &self,
        user_id: &str,
        identifiers: &[&str],
        next: &NewMarker,
        lifetime: u32,
    ) -> Result<bool, DbError> {
        let list = text(&identifiers.join(" "));
        let params = [text(user_id), list, text(&next.id), text(&next.identifier), seconds(lifetime)];
        self.decide(TRUST, &params, "is_trusted")
    }

    /// Adds a challenge and its counter. None if this server knows no second factor of the user, and `sends_mail` none either;
    /// else whether an authenticator app is set up.
    pub(crate) fn add_challenge(
        &self,
        user_id: &str,
        challenge: &NewMarker,
        attempts: &NewMarker,
        lifetime: u32,
        sends_mail: bool,
    ) -> Result<Option<bool>, DbError> {
        let params = [
            text(user_id),
            text(&challenge.identifier),
            text(&challenge.id),
            text(&attempts.identifier),
            text(&attempts.id),
            seconds(lifetime),
            Param::Boolean(sends_mail),
        ];
        self.db()?.query_one(CHALLENGE, &params)?.map(|row| row.bool("has_app")).transpose()
    }

    /// The first of these challenges that waits.
    pub(crate) fn pending_challenge(&self, challenges: &[&str]) -> Result<Option<PendingChallenge>, DbError> {
        let row = self.db()?.query_one(PENDING, &[text(&challenges.join(" "))])?;
        let pending = |row: Row| {
            let factor = row.opt_text("sealed_secret")?.is_some().then(|| second_factor(&row)).transpose()?;
            Ok(PendingChallenge { identifier: row.text("challenge")?, user: user(&row)?, factor })
        };
        row.map(pending).transpose()
    }

    /// Stores what a code that goes by mail is compared with; it takes the place of an earlier one.
    pub(crate) fn add_mailed_code(&self, marker: &NewMarker, signature: &str, lifetime: u32) -> Result<(), DbError> {
        let params = [text(&marker.id), text(&marker.identifier), text(signature), seconds(lifetime)];
        self.decide(MAIL_CODE, &params, "done").map(|_| ())
    }

    /// The second factor of a user.
    pub(crate) fn second_factor(&self, user_id: &str) -> Result<Option<SecondFactor>, DbError> {
        self.db()?.query_one(FACTOR, &[text(user_id)])?.map(|row| second_factor(&row)).transpose()
    }

    /// Tries a code for a challenge. If it passes, `session` begins, and the device is trusted if `trusted` is given.
    pub(crate) fn prove_second_factor(
        &self,
        challenge: &PendingChallenge,
        proof: &CodeProof,
        session: Option<&NewSession>,
        trusted: Option<&NewMarker>,
        trust_seconds: u32,
    ) -> Result<CodeOutcome, DbError> {
        let (step, codes, left, mailed) = match proof {
            CodeProof::Step(step) => (i64::try_from(*step).ok(), None, None, None),
            CodeProof::BackupCode { codes, left } => (None, Some(codes.as_str()), Some(left.as_str()), None),
            CodeProof::Mailed(signature) => (None, None, None, Some(signature.as_str())),
            CodeProof::None => (None, None, None, None),
        };
        let of = |part: fn(&NewSession) -> &str| opt_text(session.map(part));
        let params = [
            text(&challenge.identifier),
            text(&challenge.user.id),
            step.map_or(Param::DbNull, Param::Int64),
            opt_text(codes),
            opt_text(left),
            Param::Boolean(session.is_some()),
            opt_text(trusted.map(|marker| marker.id.as_str())),
            opt_text(trusted.map(|marker| marker.identifier.as_str())),
            seconds(trust_seconds),
            of(|session| &session.id),
            of(|session| &session.token),
            seconds(session.map_or(0, |session| session.seconds)),
            of(|session| &session.client.address),
            of(|session| &session.client.user_agent),
            opt_text(mailed),
        ];
        match self.db()?.query_row(PROVE, &params)?.text("outcome")?.as_str() {
            "passed" => Ok(CodeOutcome::Passed),
            "wrong" => Ok(CodeOutcome::Wrong),
            "lost" => Ok(CodeOutcome::Lost),
            "expired" => Ok(CodeOutcome::Expired),
            "locked" => Ok(CodeOutcome::Locked),
            "exhausted" => Ok(CodeOutcome::Exhausted),
            _ => Ok(CodeOutcome::Gone),
        }
    }

    /// Uses a backup code of a user up, who is signed in; false if another request was faster.
    pub(crate) fn spend_backup_code(&self, user_id: &str, codes: &str, left: &str) -> Result<bool, DbError> {
        self.decide(SPEND_BACKUP_CODE, &[text(user_id), text(codes), text(left)], "spent")
    }

    /// Stores a second factor that is to be confirmed by a code.
    pub(crate) fn set_up_second_factor(
        &self,
        user_id: &str,
        id: &str,
        sealed_secret: &str,
        sealed_codes: &str,
    ) -> Result<(), DbError> {
        self.decide(SET_UP, &[text(user_id), text(id), text(sealed_secret), text(sealed_codes)], "done").map(|_| ())
    }

    /// Confirms a second factor. If the user had none until now, which is returned, `session` takes the place of the
    /// asking one.
    pub(crate) fn confirm_second_factor(
        &self,
        user_id: &str,
        asking: &str,
        session: &NewSession,
    ) -> Result<bool, DbError> {
        self.decide(CONFIRM, &replacing(user_id, asking, session), "is_new")
    }

    /// Switches the second factor of a user off; `session` takes the place of the asking one.
    pub(crate) fn switch_off_second_factor(
        &self,
        user_id: &str,
        asking: &str,
        session: &NewSession,
    ) -> Result<(), DbError> {
        self.decide(SWITCH_OFF, &replacing(user_id, asking, session), "done").map(|_| ())
    }

    /// Replaces the backup codes of a user; false if there is no second factor.
    pub(crate) fn replace_backup_codes(&self, user_id: &str, sealed_codes: &str) -> Result<bool, DbError> {
        self.decide(REPLACE_BACKUP_CODES, &[text(user_id), text(sealed_codes)], "done")
    }
}

/// The parameters of a statement in which a session takes the place of the asking one.
fn replacing(user_id: &str, asking: &str, session: &NewSession) -> Vec<Param> {
    [text(user_id), text(asking)].into_iter().chain(session.params()).collect()
}

fn second_factor(row: &Row) -> Result<SecondFactor, DbError> {
    Ok(SecondFactor {
        sealed_secret: row.text("sealed_secret")?,
        sealed_codes: row.text("sealed_codes")?,
        is_verified: row.bool("is_verified")?,
        is_locked: row.bool("is_locked")?,
    })
}
