//! The functions of openCypher, each with the types it takes and gives, found by name.
//!
//! In: a name for [`lookup`], then values for [`Function::call`]. Out: a value or a [`ValueError`].
//! The checker reads the types before anything runs, the executor calls. Aggregating functions are in
//! [`aggregate`](super::aggregate).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::value::{Detail, Types, Value, ValueError};

mod context;
mod convert;
mod entity;
mod list;
mod math;
mod scalar;
mod string;
mod temporal;

#[cfg(test)]
mod tests;

pub use context::Context;

/// What a function gives.
pub type Outcome = Result<Value, ValueError>;

/// One function: how it is called, and what it does.
#[derive(Debug)]
pub struct Function {
    /// Its name as documented; calls may use any case.
    pub name: &'static str,
    /// The types taken at each place; the last one is repeated where it is variadic.
    pub parameters: &'static [Types],
    /// How many arguments there must be at least.
    pub required: usize,
    /// Whether any number of arguments may follow.
    pub variadic: bool,
    /// What it may give, besides `null`.
    pub result: Types,
    /// Whether equal arguments give equal results throughout one statement; clocks stand still in it.
    pub deterministic: bool,
    /// Whether a `null` argument alone decides that the result is `null`.
    pub strict: bool,
    body: fn(&[Value], &dyn Context) -> Outcome,
}

impl Function {
    const fn new(
        name: &'static str,
        parameters: &'static [Types],
        result: Types,
        body: fn(&[Value], &dyn Context) -> Outcome,
    ) -> Self {
        let required = parameters.len();
        Self { name, parameters, required, variadic: false, result, deterministic: true, strict: true, body }
    }

    /// The same function, which may be called with no more than `required` arguments.
    const fn required(self, required: usize) -> Self {
        Self { required, ..self }
    }

    /// The same function, of which the last parameter may be repeated.
    const fn variadic(self) -> Self {
        Self { variadic: true, ..self }
    }

    /// The same function, which sees `null` arguments.
    const fn lenient(self) -> Self {
        Self { strict: false, ..self }
    }

    /// The same function, which depends on chance.
    const fn volatile(self) -> Self {
        Self { deterministic: false, ..self }
    }

    /// Whether it may be called with `count` arguments.
    #[must_use]
    pub const fn takes(&self, count: usize) -> bool {
        count >= self.required && (self.variadic || count <= self.parameters.len())
    }

    /// The types taken at place `index`, from 0.
    #[must_use]
    pub fn parameter(&self, index: usize) -> Types {
        self.parameters.get(index).or(self.parameters.last()).copied().unwrap_or(Types::ANY)
    }

    /// How it is called, as `substring(String, Integer, [Integer])`.
    #[must_use]
    pub fn signature(&self) -> String {
        let place = |(index, types): (usize, &Types)| {
            if index < self.required { types.to_string() } else { format!("[{types}]") }
        };
        let places: Vec<_> = self.parameters.iter().enumerate().map(place).collect();
        format!("{}({}{})", self.name, places.join(", "), if self.variadic { ", ..." } else { "" })
    }

    /// Calls it.
    ///
    /// # Errors
    ///
    /// What the function itself reports, and an argument error for a wrong number of arguments.
    pub fn call(&self, arguments: &[Value], context: &dyn Context) -> Outcome {
        if !self.takes(arguments.len()) {
            let message = format!("{} was called with {} arguments", self.signature(), arguments.len());
            return Err(ValueError::argument(Detail::InvalidNumberOfArguments, message));
        }
        if self.strict && arguments.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        (self.body)(arguments, context)
    }
}

/// The function called `name`, in any case, as `toUpper` or `duration.between`.
#[must_use]
pub fn lookup(name: &str) -> Option<&'static Function> {
    table().get(name.to_lowercase().as_str()).copied()
}

/// Every function, by name.
pub fn all() -> impl Iterator<Item = &'static Function> {
    table().values().copied()
}

fn table() -> &'static BTreeMap<String, &'static Function> {
    static TABLE: OnceLock<BTreeMap<String, &'static Function>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let families = [
            convert::FUNCTIONS,
            entity::FUNCTIONS,
            list::FUNCTIONS,
            math::FUNCTIONS,
            scalar::FUNCTIONS,
            string::FUNCTIONS,
            temporal::DATE,
            temporal::LOCAL_TIME,
            temporal::TIME,
            temporal::LOCAL_DATE_TIME,
            temporal::DATE_TIME,
            temporal::FUNCTIONS,
        ];
        families.into_iter().flatten().map(|function| (function.name.to_lowercase(), function)).collect()
    })
}

/// The error of a function that was given a value of another type than it takes.
fn wrong_type(name: &str, takes: Types, given: &Value) -> ValueError {
    let message = format!("{name} takes {takes}, not {}", given.type_name());
    ValueError::type_error(Detail::InvalidArgumentValue, message)
}
