//! REST: `/api/{user_id}/tasks` and their history.

mod bulk;
mod calendar;
mod due;
mod history;
mod history_of_many;
mod import;
mod lists_history;
mod members;
mod order;
mod parallel;
mod polling;
mod quick;
mod rest;
mod routes;
mod single;
mod transfer;
