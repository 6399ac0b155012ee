//! Messages whose order depends on something.

use crate::offline::command::TaskCommand;

/// Whether a message begins with what must come first, as in "if it rains, …", "later, …".
pub(super) fn depends(lower: &str) -> bool {
    const BEGINNINGS: [&str; 27] = [
        "if ",
        "when ",
        "whenever ",
        "once ",
        "unless ",
        "until ",
        "as soon as ",
        "in case ",
        "before ",
        "after ",
        "later",
        "someday",
        "sometime",
        "suppose ",
        "imagine ",
        "assuming ",
        "provided ",
        "wenn ",
        "falls ",
        "sobald ",
        "bevor ",
        "nachdem ",
        "sofern ",
        "später",
        "irgendwann",
        "angenommen",
        "solange ",
    ];
    BEGINNINGS.iter().any(|start| lower.starts_with(start))
}

/// Whether a command changes tasks that there are.
pub(crate) fn acts(command: &TaskCommand) -> bool {
    match command {
        TaskCommand::Several(commands) => commands.iter().any(acts),
        TaskCommand::Either(..) | TaskCommand::Unless(..) => true,
        TaskCommand::Complete(_) | TaskCommand::Reopen(_) | TaskCommand::Delete(_) | TaskCommand::Rename(_) => true,
        TaskCommand::Describe(..) | TaskCommand::Prioritise(..) | TaskCommand::Tag(..) => true,
        TaskCommand::Schedule(..) | TaskCommand::SetDate(_) | TaskCommand::CorrectDate(_) => true,
        _ => false,
    }
}
