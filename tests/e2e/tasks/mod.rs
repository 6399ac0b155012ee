//! REST: `/api/{user_id}/tasks` and their history.

mod calendar;
mod due;
mod history;
mod history_of_many;
mod import;
mod members;
mod order;
mod parallel;
mod quick;
mod rest;
mod routes;
mod single;
mod transfer;
