//! REST: `/api/{user_id}/tasks`.

mod members;
mod parallel;
mod rest;
mod routes;
mod single;
mod transfer;
