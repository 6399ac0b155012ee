//! How often a user may do something: a bucket of tokens that fills steadily, in the table `rate_limit`, taken from and read
//! by one statement, so that replicas and parallel requests share it. [`take`] counts every call. [`admit`] is for requests that
//! are too quick to be worth a statement each. A larger statement can take tokens too, by the database's function `take_tokens`.

mod address;
mod admit;
mod bucket;
mod rate;
mod take;

pub use address::address_subject;
pub use admit::{admit, cached_allowance, take_and_cache};
pub use rate::Rate;
pub use take::{params, read_allowance, take};
