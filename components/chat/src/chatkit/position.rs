//! Where an item stands in its thread.

use http_api::ApiError;

use super::request::invalid;

/// A step of a turn, or a question that the step asks. Positions are in the order of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ItemPosition {
    pub(crate) turn: i64,
    pub(crate) step: i64,
    /// The number of the call that waits for the user's decision.
    pub(crate) question: Option<i64>,
}

impl ItemPosition {
    /// Reads an item's id, `THREAD-TURN-STEP[-QUESTION]`. The id of a question is that of its action.
    pub(crate) fn parse(id: &str, thread: i64) -> Result<Self, ApiError> {
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let numbers: Option<Vec<i64>> = id.split('-').map(|part| part.parse().ok().filter(|_| plain(part))).collect();
        match numbers.as_deref() {
            Some(&[of, turn, step]) if of == thread => Ok(Self { turn, step, question: None }),
            Some(&[of, turn, step, question]) if of == thread => Ok(Self { turn, step, question: Some(question) }),
            _ => Err(invalid("params", "names no item of this thread.")),
        }
    }

    pub(crate) fn to_id(self, thread: i64) -> String {
        let Self { turn, step, question } = self;
        let step = format!("{thread}-{turn}-{step}");
        question.map_or(step.clone(), |question| format!("{step}-{question}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_an_items_of_its_thread_or_nothing() {
        for id in ["7-1-0", "7-1-2-3"] {
            assert_eq!(ItemPosition::parse(id, 7).unwrap().to_id(7), id);
        }
        for bad in ["", "7", "7-1", "8-1-0", "7-1-0-0-0", "7-1--0", "7-+1-0", "7-1-x", "7-1-99999999999999999999"] {
            assert!(ItemPosition::parse(bad, 7).is_err(), "{bad}");
        }
    }
}
