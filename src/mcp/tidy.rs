//! Words of notes made fit for an assistant: secrets hidden, invisible characters spelled out, length bounded.

use serde_json::Value;

use crate::render::shown;
use crate::text::secret;

/// Characters of one text at most; names of notes and concepts are far shorter.
const LONGEST: usize = 600;

/// Every text in `value` with its secrets hidden, spelled out and cut.
pub(super) fn tidy(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(cut(&safe(&text), LONGEST)),
        Value::Array(items) => Value::Array(items.into_iter().map(tidy).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, field)| (cut(&safe(&key), LONGEST), tidy(field))).collect())
        }
        other => other,
    }
}

/// `text` without secrets, and without characters that only a machine would see.
pub(super) fn safe(text: &str) -> String {
    let masked = secret::mask(text);
    let pieces = masked.split_inclusive(['\n', '\t']).map(|piece| {
        let words = piece.trim_end_matches(['\n', '\t']);
        format!("{}{}", shown(words.trim_end_matches('\r')), &piece[words.len()..])
    });
    pieces.collect()
}

/// The first `most` characters of `text`, with a mark where it was cut.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// About how many tokens a model reads `text` as: four letters of English, or one of any other script.
pub(super) fn tokens(text: &str) -> usize {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    ascii.div_ceil(4) + text.chars().count() - ascii
}

/// Cuts texts and lists in `value` so that it takes no more than `left` tokens, which it counts down;
/// objects keep all their fields. Whether anything was cut.
pub(super) fn shrink(value: &mut Value, left: &mut usize) -> bool {
    let cost = tokens(&value.to_string());
    if cost <= *left {
        *left -= cost;
        return false;
    }
    match value {
        Value::String(text) => {
            *text = cut(text, fitting(text, *left));
            *left = 0;
        }
        Value::Array(items) => {
            let mut kept = 0;
            while kept < items.len() && *left > 8 {
                shrink(&mut items[kept], left);
                kept += 1;
            }
            items.truncate(kept);
        }
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                *left = left.saturating_sub(tokens(key) + 1);
                shrink(field, left);
            }
        }
        _ => *left = 0,
    }
    true
}

/// How many characters of `text` fit into `budget` tokens of JSON, with quotes around and a mark behind.
fn fitting(text: &str, budget: usize) -> usize {
    let mut quarters = (budget * 4).saturating_sub(8);
    let cost = |letter: char| match letter {
        '"' | '\\' | '\n' | '\t' | '\r' => 2,
        letter if letter.is_ascii_control() => 6,
        letter if letter.is_ascii() => 1,
        _ => 4,
    };
    let fits = |letter: &char| {
        let left = quarters.checked_sub(cost(*letter));
        quarters = left.unwrap_or(0);
        left.is_some()
    };
    text.chars().take_while(fits).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_and_invisible_letters_do_not_pass() {
        let told = tidy(json!({"quote": ["key AKIAIOSFODNN7EXAMPLE", "a\u{202e}b\u{e0041}\n\tc\r\n"]}));
        assert_eq!(told, json!({"quote": ["key AKIA…", "a\\u{202e}b\\u{e0041}\n\tc\n"]}));
        assert_eq!(cut("ééé", 2), "éé…");
    }

    proptest! {
        #[test]
        fn what_was_shrunk_fits(texts in prop::collection::vec("\\PC{0,40}", 0..40), budget in 40_usize..400) {
            let mut value = json!({"a": texts, "b": {"c": texts.concat()}});
            let mut left = budget;
            shrink(&mut value, &mut left);
            prop_assert!(tokens(&value.to_string()) <= budget + 120, "{value}");
            prop_assert!(value["b"]["c"].is_string());
        }
    }
}
