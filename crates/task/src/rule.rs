//! Rules that a member breaks together with what is stored.

/// A member that is valid by itself, but not with what is stored. The text is a sentence without its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaskRuleError {
    /// No list has the name.
    #[error("must be the name of one of your lists, or null.")]
    UnknownList,
    /// No task has the number.
    #[error("must be the number of one of your tasks, or null.")]
    UnknownParent,
    /// The parent is a step.
    #[error("must be a task that is not a step itself: steps have one level.")]
    ParentIsStep,
    /// The task has steps.
    #[error("must be null: the task has steps of its own.")]
    HasSteps,
    /// A repeating task needs a day.
    #[error("needs due: say when the task is due first.")]
    RepeatWithoutDue,
    /// In the user's zone, the instant is another year's.
    #[error("must be in the years 1970 to 2200.")]
    DueOutOfRange,
    /// PostgreSQL does not know the zone.
    #[error("must be the name of a time zone, such as Europe/Berlin.")]
    UnknownZone,
}

impl TaskRuleError {
    /// The member that is wrong.
    pub fn member(self) -> &'static str {
        match self {
            Self::UnknownList => "list",
            Self::UnknownParent | Self::ParentIsStep | Self::HasSteps => "parent",
            Self::RepeatWithoutDue => "repeat",
            Self::DueOutOfRange => "due",
            Self::UnknownZone => "time_zone",
        }
    }
}
