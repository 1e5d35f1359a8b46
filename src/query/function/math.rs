//! Functions of numbers: rounding, roots, logarithms, angles, chance.

use std::f64::consts;

use super::{Context, Function, Outcome, wrong_type};
use crate::query::value::{Detail, Types, Value, ValueError, as_float, overflow};

const NUMBER: &[Types] = &[Types::NUMBER];

/// A function from one float to another.
macro_rules! float {
    ($name:literal, $apply:expr) => {
        Function::new($name, NUMBER, Types::FLOAT, |of, _| {
            let apply: fn(f64) -> f64 = $apply;
            number($name, &of[0]).map(|number| Value::Float(apply(number)))
        })
    };
}

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("abs", NUMBER, Types::NUMBER, abs),
    Function::new("sign", NUMBER, Types::INTEGER, sign),
    Function::new("isNaN", NUMBER, Types::BOOLEAN, |of, _| {
        number("isNaN", &of[0]).map(|of| Value::Boolean(of.is_nan()))
    }),
    Function::new("round", &[Types::NUMBER, Types::INTEGER, Types::STRING], Types::FLOAT, round).required(1),
    Function::new("rand", &[], Types::FLOAT, |_, context| Ok(Value::Float(context.random()))).volatile(),
    Function::new("pi", &[], Types::FLOAT, |_, _| Ok(Value::Float(consts::PI))),
    Function::new("e", &[], Types::FLOAT, |_, _| Ok(Value::Float(consts::E))),
    Function::new("atan2", &[Types::NUMBER, Types::NUMBER], Types::FLOAT, |of, _| {
        Ok(Value::Float(number("atan2", &of[0])?.atan2(number("atan2", &of[1])?)))
    }),
    float!("ceil", f64::ceil),
    float!("floor", f64::floor),
    float!("sqrt", f64::sqrt),
    float!("exp", f64::exp),
    float!("log", f64::ln),
    float!("log10", f64::log10),
    float!("sin", f64::sin),
    float!("cos", f64::cos),
    float!("tan", f64::tan),
    float!("cot", |angle| angle.tan().recip()),
    float!("asin", f64::asin),
    float!("acos", f64::acos),
    float!("atan", f64::atan),
    float!("sinh", f64::sinh),
    float!("cosh", f64::cosh),
    float!("tanh", f64::tanh),
    float!("coth", |angle| angle.tanh().recip()),
    float!("degrees", f64::to_degrees),
    float!("radians", f64::to_radians),
    float!("haversin", |angle| (1.0 - angle.cos()) / 2.0),
];

fn number(name: &str, value: &Value) -> Result<f64, ValueError> {
    as_float(value).ok_or_else(|| wrong_type(name, Types::NUMBER, value))
}

fn abs(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Integer(integer) => integer.checked_abs().map(Value::Integer).ok_or_else(overflow),
        Value::Float(float) => Ok(Value::Float(float.abs())),
        other => Err(wrong_type("abs", Types::NUMBER, other)),
    }
}

fn sign(arguments: &[Value], _: &dyn Context) -> Outcome {
    let number = number("sign", &arguments[0])?;
    let sign = if number > 0.0 {
        1
    } else if number < 0.0 {
        -1
    } else {
        0
    };
    Ok(Value::Integer(sign))
}

/// `round(x)`, `round(x, digits)`, `round(x, digits, mode)`; ties go up without a mode and digits, else away from 0.
fn round(arguments: &[Value], _: &dyn Context) -> Outcome {
    let number = number("round", &arguments[0])?;
    let digits = match arguments.get(1) {
        None => return Ok(Value::Float(half_up(number))),
        Some(Value::Integer(digits)) => *digits,
        Some(other) => return Err(wrong_type("round", Types::INTEGER, other)),
    };
    let mode = match arguments.get(2) {
        None => "HALF_UP".to_owned(),
        Some(Value::String(mode)) => mode.to_uppercase(),
        Some(other) => return Err(wrong_type("round", Types::STRING, other)),
    };
    let Some(digits) = u32::try_from(digits).ok() else {
        return Err(ValueError::argument(Detail::NumberOutOfRange, "round takes a number of digits from 0"));
    };
    rounded(number, digits, &mode).map(Value::Float)
}

/// To the nearest whole number, of two the greater one.
fn half_up(number: f64) -> f64 {
    let floor = number.floor();
    if number - floor >= 0.5 { floor + 1.0 } else { floor }
}

/// Rounds the decimal digits of `number` as they are written, so that 1.005 is a tie.
fn rounded(number: f64, digits: u32, mode: &str) -> Result<f64, ValueError> {
    let scale = 10_f64.powi(i32::try_from(digits.min(400)).unwrap_or(400));
    let scaled = format!("{number}e{digits}").parse::<f64>().unwrap_or(number * scale);
    if !scaled.is_finite() || digits > 300 {
        return Ok(number);
    }
    let (size, negative) = (scaled.abs(), scaled < 0.0);
    let (floor, fraction) = (size.floor(), size.fract());
    let up = match mode {
        "UP" => fraction > 0.0,
        "DOWN" => false,
        "CEILING" => fraction > 0.0 && !negative,
        "FLOOR" => fraction > 0.0 && negative,
        "HALF_UP" => fraction >= 0.5,
        "HALF_DOWN" => fraction > 0.5,
        "HALF_EVEN" => fraction > 0.5 || fraction == 0.5 && floor % 2.0 == 1.0,
        _ => {
            let message =
                format!("`{mode}` is no way to round: UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN");
            return Err(ValueError::argument(Detail::InvalidArgumentValue, message));
        }
    };
    let size = if up { floor + 1.0 } else { floor };
    let exact = format!("{size}e-{digits}").parse::<f64>().unwrap_or(size / scale);
    Ok(exact.copysign(number))
}
