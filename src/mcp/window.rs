//! How much of an answer is told at once: a window on its results, and a budget of tokens.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::tidy::{shrink, tidy, tokens};

/// Results where nobody says how many.
const LIMIT: u32 = 20;

/// Results at most.
const MOST: u32 = 200;

/// Tokens where nobody says how many.
const TOKENS: u32 = 4_000;

/// Tokens of a note that is read as a resource.
const RESOURCE: u32 = 25_000;

/// Which part of the results is wanted, and how long the answer may be.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
pub(super) struct Window {
    /// How many results to give at most, 20 when left out.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
    /// How many results to pass over: `next_offset` of the page before.
    offset: Option<u32>,
    /// How long the answer may be, in tokens (about four letters each), 4000 when left out.
    #[schemars(range(min = 200, max = 50000))]
    max_tokens: Option<u32>,
}

/// Where the results given stand among all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Page {
    /// How many results were passed over.
    pub(super) offset: usize,
    /// How many are given.
    pub(super) shown: usize,
    /// How many there are.
    pub(super) total: usize,
    /// The `offset` that gives the next ones; null when these are the last.
    pub(super) next_offset: Option<usize>,
    /// Why not all that was asked for is given; null when it is.
    pub(super) cut: Option<&'static str>,
}

/// An answer: what stands over all results, some of the results, and where they stand.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Paged<Head, Result> {
    #[serde(flatten)]
    head: Head,
    /// The results, the best first.
    results: Vec<Result>,
    /// Where they stand among all.
    page: Page,
}

impl Window {
    /// The same window with `limit` results where nobody says how many.
    pub(super) fn usually(self, limit: u32) -> Self {
        Self { limit: Some(self.limit.unwrap_or(limit)), ..self }
    }

    pub(super) fn offset(self) -> usize {
        self.offset.unwrap_or(0) as usize
    }

    pub(super) fn limit(self) -> usize {
        self.limit.unwrap_or(LIMIT).clamp(1, MOST) as usize
    }

    /// The end of the window among all results.
    pub(super) fn end(self) -> usize {
        self.offset().saturating_add(self.limit())
    }

    /// The same window with at most `lines` lines of a note.
    pub(super) fn lines(self, lines: usize) -> Self {
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        Self { limit: Some(self.limit.map_or(lines, |limit| limit.min(lines))), ..self }
    }

    /// A window on the lines of a note that is read as a resource.
    pub(super) fn resource(lines: usize) -> Self {
        Self { max_tokens: Some(RESOURCE), ..Self::default() }.lines(lines)
    }

    /// How many lines of a note are wanted: as many as fit where nobody says how many.
    pub(super) fn line_limit(self) -> usize {
        self.limit.map_or(usize::MAX, |limit| limit.max(1) as usize)
    }

    pub(super) fn max_tokens(self) -> usize {
        self.max_tokens.unwrap_or(TOKENS).clamp(200, 50_000) as usize
    }

    /// The answer: what stands over all results, the results in the window as far as the budget goes,
    /// and where they stand. `results` are all of them, `total` is how many.
    pub(super) fn answer<T: Serialize>(
        self,
        head: impl Serialize,
        total: usize,
        results: impl IntoIterator<Item = T>,
    ) -> Value {
        self.page(head, total, results.into_iter().skip(self.offset()))
    }

    /// As [`answer`](Self::answer), where `results` begin at the window.
    pub(super) fn page<T: Serialize>(
        self,
        head: impl Serialize,
        total: usize,
        results: impl IntoIterator<Item = T>,
    ) -> Value {
        let mut head = object(&head);
        // The head takes half at most, so that there is always room for results.
        let mut left = self.max_tokens();
        let mut for_head = left / 2;
        let mut cut = shrink_all(&mut head, &mut for_head).then_some("max_tokens");
        left -= left / 2 - for_head;
        let mut shown = Vec::new();
        for result in results.into_iter().take(self.limit()) {
            let mut result = tidy(value(&result));
            let cost = tokens(&result.to_string()) + 1;
            if cost > left {
                cut = Some("max_tokens");
                if !shown.is_empty() {
                    break;
                }
                shrink(&mut result, &mut left);
                left = 0;
            }
            left = left.saturating_sub(cost);
            shown.push(result);
        }
        let page = self.place(shown.len(), total, cut);
        value(&Paged { head, results: shown, page })
    }

    /// Where `shown` results from the start of the window on stand among `total`.
    pub(super) fn place(self, shown: usize, total: usize, cut: Option<&'static str>) -> Page {
        let next = self.offset().saturating_add(shown);
        let next_offset = (shown > 0 && next < total).then_some(next);
        Page { offset: self.offset(), shown, total, next_offset, cut }
    }
}

/// `head` made fit to be shown, as the fields of an object.
fn object(head: &impl Serialize) -> Map<String, Value> {
    match tidy(value(head)) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn shrink_all(fields: &mut Map<String, Value>, left: &mut usize) -> bool {
    let mut shrunk = false;
    for field in fields.values_mut() {
        shrunk |= shrink(field, left);
    }
    shrunk
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("answers have text for keys")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn window(limit: u32, offset: u32, max_tokens: u32) -> Window {
        Window { limit: Some(limit), offset: Some(offset), max_tokens: Some(max_tokens) }
    }

    #[test]
    fn a_window_tells_where_it_stands() {
        let answer = window(2, 1, 1_000).answer(json!({"name": "x"}), 5, 0..5);
        let page = json!({"offset": 1, "shown": 2, "total": 5, "next_offset": 3, "cut": null});
        assert_eq!(answer, json!({"name": "x", "results": [1, 2], "page": page}));
        let last = window(2, 4, 1_000).answer(json!({}), 5, 0..5);
        assert_eq!(last["page"], json!({"offset": 4, "shown": 1, "total": 5, "next_offset": null, "cut": null}));
    }

    #[test]
    fn a_long_answer_ends_at_its_budget_and_says_where_to_go_on() {
        let answer = window(100, 0, 200).answer(json!({}), 100, vec!["words ".repeat(20); 100]);
        assert!(tokens(&answer.to_string()) <= 250, "{answer}");
        assert_eq!(answer["page"]["cut"], "max_tokens");
        assert_eq!(answer["page"]["next_offset"], answer["page"]["shown"]);
    }

    #[test]
    fn one_result_that_is_too_long_is_shortened_so_that_paging_goes_on() {
        let long = json!({"names": vec!["a name"; 10_000], "kind": "k"});
        let answer = window(5, 0, 200).answer(json!({}), 2, [long.clone(), long]);
        assert!(tokens(&answer.to_string()) <= 300, "{answer}");
        assert_eq!(answer["page"]["next_offset"], 1);
        assert!(answer["results"][0]["kind"].is_string());
    }

    #[test]
    fn a_long_head_leaves_room_for_results() {
        let head = json!({"aliases": vec!["an alias of it"; 1_000]});
        let answer = window(5, 0, 400).answer(head, 2, ["one", "two"]);
        assert!(tokens(&answer.to_string()) <= 500);
        assert_eq!(answer["results"], json!(["one", "two"]));
        assert_eq!(answer["page"]["cut"], "max_tokens");
    }
}
