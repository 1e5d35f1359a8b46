//! Functions of strings. Places and lengths count characters, not bytes.

use super::{Context, Function, Outcome, wrong_type};
use crate::limits::Limit;
use crate::query::value::{Detail, List, Types, Value, ValueError, check_length};

const TEXT: &[Types] = &[Types::STRING];

/// A function from one string to another.
macro_rules! text {
    ($name:literal, $apply:expr) => {
        Function::new($name, TEXT, Types::STRING, |of, _| {
            let apply: fn(&str) -> String = $apply;
            string($name, &of[0]).map(|text| Value::from(apply(text)))
        })
    };
}

pub(super) static FUNCTIONS: &[Function] = &[
    text!("toLower", str::to_lowercase),
    text!("toUpper", str::to_uppercase),
    text!("lower", str::to_lowercase),
    text!("upper", str::to_uppercase),
    Function::new("trim", &[Types::STRING, Types::STRING], Types::STRING, |of, _| trim("trim", of, true, true))
        .required(1),
    Function::new("ltrim", &[Types::STRING, Types::STRING], Types::STRING, |of, _| trim("ltrim", of, true, false))
        .required(1),
    Function::new("rtrim", &[Types::STRING, Types::STRING], Types::STRING, |of, _| trim("rtrim", of, false, true))
        .required(1),
    Function::new("btrim", &[Types::STRING, Types::STRING], Types::STRING, |of, _| trim("btrim", of, true, true))
        .required(1),
    Function::new("char_length", TEXT, Types::INTEGER, |of, _| length("char_length", of)),
    Function::new("character_length", TEXT, Types::INTEGER, |of, _| length("character_length", of)),
    Function::new("left", &[Types::STRING, Types::INTEGER], Types::STRING, left),
    Function::new("right", &[Types::STRING, Types::INTEGER], Types::STRING, right),
    Function::new("substring", &[Types::STRING, Types::INTEGER, Types::INTEGER], Types::STRING, substring).required(2),
    Function::new("replace", &[Types::STRING, Types::STRING, Types::STRING], Types::STRING, replace),
    Function::new("split", &[Types::STRING, Types::STRING.or(Types::LIST)], Types::LIST, split),
    Function::new("normalize", &[Types::STRING, Types::STRING], Types::STRING, normalize).required(1),
];

fn string<'a>(name: &str, value: &'a Value) -> Result<&'a str, ValueError> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong_type(name, Types::STRING, other)),
    }
}

/// A place or a length: an integer from 0.
fn count(name: &str, value: &Value) -> Result<usize, ValueError> {
    match value {
        Value::Integer(integer) => usize::try_from(*integer).map_err(|_| {
            ValueError::argument(
                Detail::NumberOutOfRange,
                format!("{name} takes no negative number, but {integer} was given"),
            )
        }),
        other => Err(wrong_type(name, Types::INTEGER, other)),
    }
}

fn trim(name: &str, arguments: &[Value], start: bool, end: bool) -> Outcome {
    let text = string(name, &arguments[0])?;
    let set = arguments.get(1).map(|set| string(name, set)).transpose()?;
    let drops = |letter: char| set.map_or(letter.is_whitespace(), |set| set.contains(letter));
    let text = if start { text.trim_start_matches(drops) } else { text };
    Ok(Value::from(if end { text.trim_end_matches(drops) } else { text }))
}

fn length(name: &str, arguments: &[Value]) -> Outcome {
    let length = string(name, &arguments[0])?.chars().count();
    Ok(Value::Integer(i64::try_from(length).unwrap_or(i64::MAX)))
}

fn left(arguments: &[Value], _: &dyn Context) -> Outcome {
    let kept = string("left", &arguments[0])?.chars().take(count("left", &arguments[1])?);
    Ok(Value::from(kept.collect::<String>()))
}

fn right(arguments: &[Value], _: &dyn Context) -> Outcome {
    let text = string("right", &arguments[0])?;
    let dropped = text.chars().count().saturating_sub(count("right", &arguments[1])?);
    Ok(Value::from(text.chars().skip(dropped).collect::<String>()))
}

fn substring(arguments: &[Value], _: &dyn Context) -> Outcome {
    let rest = string("substring", &arguments[0])?.chars().skip(count("substring", &arguments[1])?);
    let kept = arguments.get(2).map_or(Ok(usize::MAX), |length| count("substring", length))?;
    Ok(Value::from(rest.take(kept).collect::<String>()))
}

fn replace(arguments: &[Value], context: &dyn Context) -> Outcome {
    let text = string("replace", &arguments[0])?;
    let old = string("replace", &arguments[1])?;
    let new = string("replace", &arguments[2])?;
    if new.len() > old.len() {
        let growth = text.matches(old).count().saturating_mul(new.len() - old.len());
        check_length(growth.saturating_add(text.len()), context.limits())?;
    }
    Ok(Value::from(text.replace(old, new)))
}

/// Splits at each delimiter; at every character where the delimiter is empty.
fn split(arguments: &[Value], context: &dyn Context) -> Outcome {
    let text = string("split", &arguments[0])?;
    let delimiters: Vec<String> = match &arguments[1] {
        Value::List(list) => {
            list.iter().map(|delimiter| string("split", &delimiter).map(str::to_owned)).collect::<Result<_, _>>()?
        }
        other => vec![string("split", other)?.to_owned()],
    };
    let most = context.limits().size(Limit::List);
    let mut parts = vec![text.to_owned()];
    for delimiter in &delimiters {
        parts = parts.iter().flat_map(|part| split_once_each(part, delimiter)).take(most.saturating_add(1)).collect();
        List::check_size(parts.len(), context.limits())?;
    }
    Ok(Value::list(parts.into_iter().map(Value::from)))
}

fn split_once_each(text: &str, delimiter: &str) -> Vec<String> {
    if delimiter.is_empty() && !text.is_empty() {
        return text.chars().map(String::from).collect();
    }
    text.split(delimiter).map(str::to_owned).collect()
}

fn normalize(arguments: &[Value], _: &dyn Context) -> Outcome {
    use unicode_normalization::UnicodeNormalization;
    let text = string("normalize", &arguments[0])?;
    let form = arguments.get(1).map_or(Ok("NFC"), |form| string("normalize", form))?;
    match form.to_uppercase().as_str() {
        "NFC" => Ok(Value::from(text.nfc().collect::<String>())),
        "NFD" => Ok(Value::from(text.nfd().collect::<String>())),
        "NFKC" => Ok(Value::from(text.nfkc().collect::<String>())),
        "NFKD" => Ok(Value::from(text.nfkd().collect::<String>())),
        _ => {
            let message = format!("`{form}` is no normal form: NFC, NFD, NFKC or NFKD");
            Err(ValueError::argument(Detail::InvalidArgumentValue, message))
        }
    }
}
