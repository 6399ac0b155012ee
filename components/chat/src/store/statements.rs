//! The statements, one a file: each says at its head what it does and what its parameters are. Where a user is named, it is by the
//! first one.

pub(super) const START_TURN: &str = include_str!("../../sql/start_turn.sql");
pub(super) const FIND_TURN: &str = include_str!("../../sql/find_turn.sql");
pub(super) const RESERVE_TURN: &str = include_str!("../../sql/reserve_turn.sql");
pub(super) const READ_TURNS: &str = include_str!("../../sql/read_turns.sql");
pub(super) const RECORD_RESPONSE: &str = include_str!("../../sql/record_response.sql");
pub(super) const RECORD_CALLS: &str = include_str!("../../sql/record_calls.sql");
pub(super) const RELEASE_CLAIM: &str = include_str!("../../sql/release_claim.sql");
pub(super) const SAVE_SUMMARY: &str = include_str!("../../sql/save_summary.sql");

pub(super) const LIST_NEWEST: &str = include_str!("../../sql/list_newest.sql");
pub(super) const LIST_OLDEST: &str = include_str!("../../sql/list_oldest.sql");
pub(super) const SEARCHED_CONVERSATIONS: &str = include_str!("../../sql/searched_conversations.sql");
pub(super) const READ_STEPS: &str = include_str!("../../sql/read_steps.sql");
pub(super) const RENAME_CONVERSATION: &str = include_str!("../../sql/rename_conversation.sql");
pub(super) const DELETE_CONVERSATION: &str = include_str!("../../sql/delete_conversation.sql");

pub(super) const WAITING_ACTIONS: &str = include_str!("../../sql/waiting_actions.sql");
pub(super) const CLAIM_ACTION: &str = include_str!("../../sql/claim_action.sql");
pub(super) const FINISH_ACTION: &str = include_str!("../../sql/finish_action.sql");
pub(super) const REOPEN_ACTION: &str = include_str!("../../sql/reopen_action.sql");

pub(super) const ADD_USAGE: &str = include_str!("../../sql/add_usage.sql");
pub(super) const COUNT_FAILURES: &str = include_str!("../../sql/count_failures.sql");
