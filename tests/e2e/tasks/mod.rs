//! REST: `/api/{user_id}/tasks`.

mod parallel;
mod rest;
mod single;
mod transfer;
