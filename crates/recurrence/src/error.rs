//! What is wrong with a rule.

/// Why a text is no rule that is understood. The message follows the name of the member.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be a rule such as FREQ=WEEKLY;BYDAY=MO (RFC 5545): {0}.")]
pub struct RuleError(pub(crate) String);
