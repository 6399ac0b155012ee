//! `fermyon:spin/variables@2.0.0`: the values of the component's own variables.

use crate::manifest::check_variable_name;
use crate::runtime::bindings::variables::{Error, Host};
use crate::runtime::guest::GuestState;

impl Host for GuestState {
    async fn get(&mut self, name: String) -> wasmtime::Result<Result<String, Error>> {
        let component = &self.context.component;
        Ok(match component.variables.get(&name) {
            Some(value) => Ok(value.reveal().to_owned()),
            None => Err(match check_variable_name(&name) {
                Err(error) => Error::InvalidName(error.to_string()),
                Ok(()) => Error::Undefined(format!("no variable {name:?} for component {:?}", component.id)),
            }),
        })
    }
}
