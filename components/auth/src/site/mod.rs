//! Routes for the pages of the site.

pub(crate) mod error_page;
pub(crate) mod features;
pub(crate) mod settings_check;
