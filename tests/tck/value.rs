//! Values as the compatibility kit writes them in tables → values of the JSON-lines protocol, and both →
//! a text in which equal values are equal.

use serde_json::{Map, Value, json};

/// Reads the text of a cell.
pub(crate) fn parse(text: &str) -> Value {
    let mut parser = Parser { rest: text, fresh: 0 };
    let value = parser.value();
    assert!(parser.rest.trim().is_empty(), "trailing {:?} in {text:?}", parser.rest);
    value
}

struct Parser<'a> {
    rest: &'a str,
    fresh: i64,
}

impl Parser<'_> {
    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn need(&mut self, token: &str) {
        assert!(self.eat(token), "expected {token:?} at {:?}", self.rest);
    }

    fn peek(&mut self) -> char {
        self.rest = self.rest.trim_start();
        self.rest.chars().next().unwrap_or(' ')
    }

    fn word(&mut self) -> String {
        if self.eat("`") {
            let end = self.rest.find('`').unwrap();
            let word = self.rest[..end].to_owned();
            self.rest = &self.rest[end + 1..];
            return word;
        }
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.to_owned()
    }

    fn value(&mut self) -> Value {
        match self.peek() {
            '\'' => Value::String(self.string()),
            '{' => json!({"$map": self.map()}),
            '(' => self.node(),
            '<' => self.path(),
            '[' if self.rest[1..].trim_start().starts_with(':') => self.relationship(),
            '[' => self.list(),
            _ => self.constant(),
        }
    }

    fn constant(&mut self) -> Value {
        let words = [
            ("null", Value::Null),
            ("true", json!(true)),
            ("false", json!(false)),
            ("NaN", json!({"$float": "NaN"})),
            ("-Inf", json!({"$float": "-Infinity"})),
            ("Inf", json!({"$float": "Infinity"})),
        ];
        for (word, value) in words {
            if self.eat(word) {
                self.eat("inity");
                return value;
            }
        }
        let number = |c: char| c.is_ascii_digit() || ".+-eE".contains(c);
        let end = self.rest.find(|c: char| !number(c)).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        if text.contains(['.', 'e', 'E']) {
            json!(text.parse::<f64>().unwrap())
        } else {
            json!(text.parse::<i64>().unwrap())
        }
    }

    fn string(&mut self) -> String {
        self.need("'");
        let (mut text, mut letters) = (String::new(), self.rest.char_indices());
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\'' => {
                    self.rest = &self.rest[at + 1..];
                    return text;
                }
                '\\' => match letters.next().unwrap().1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'b' => text.push('\u{8}'),
                    'f' => text.push('\u{c}'),
                    'u' if self.rest[at + 2..].len() >= 4
                        && u32::from_str_radix(&self.rest[at + 2..at + 6], 16).is_ok() =>
                    {
                        let code = u32::from_str_radix(&self.rest[at + 2..at + 6], 16).unwrap();
                        text.push(char::from_u32(code).unwrap());
                        letters.by_ref().take(4).for_each(drop);
                    }
                    other => text.push(other),
                },
                other => text.push(other),
            }
        }
        panic!("open string in {:?}", self.rest)
    }

    fn list(&mut self) -> Value {
        self.need("[");
        let mut items = Vec::new();
        if self.eat("]") {
            return Value::Array(items);
        }
        loop {
            items.push(self.value());
            if self.eat("]") {
                return Value::Array(items);
            }
            self.need(",");
        }
    }

    fn map(&mut self) -> Map<String, Value> {
        self.need("{");
        let mut map = Map::new();
        if self.eat("}") {
            return map;
        }
        loop {
            self.peek();
            let key = self.word();
            self.need(":");
            map.insert(key, self.value());
            if self.eat("}") {
                return map;
            }
            self.need(",");
        }
    }

    fn properties(&mut self) -> Map<String, Value> {
        if self.peek() == '{' { self.map() } else { Map::new() }
    }

    fn node(&mut self) -> Value {
        self.need("(");
        let mut labels = Vec::new();
        while self.eat(":") {
            labels.push(self.word());
        }
        let properties = self.properties();
        self.need(")");
        self.fresh -= 1;
        json!({"$node": {"id": self.fresh, "labels": labels, "properties": properties}})
    }

    fn relationship(&mut self) -> Value {
        self.need("[");
        self.need(":");
        let name = self.word();
        let properties = self.properties();
        self.need("]");
        json!({"$relationship": {"type": name, "start": null, "end": null, "properties": properties}})
    }

    fn path(&mut self) -> Value {
        self.need("<");
        let (mut nodes, mut relationships) = (vec![self.node()], Vec::new());
        while !self.eat(">") {
            let back = self.eat("<-");
            if !back {
                self.need("-");
            }
            let mut relationship = self.relationship();
            self.need(if back { "-" } else { "->" });
            let node = self.node();
            let (here, there) = (nodes[nodes.len() - 1]["$node"]["id"].clone(), node["$node"]["id"].clone());
            let (start, end) = if back { (there, here) } else { (here, there) };
            relationship["$relationship"]["start"] = start;
            relationship["$relationship"]["end"] = end;
            relationships.push(relationship);
            nodes.push(node);
        }
        json!({"$path": {"nodes": nodes, "relationships": relationships}})
    }
}

/// A text for `value` that equal values share; with `bag` the order of lists does not count.
pub(crate) fn canonical(value: &Value, bag: bool) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) if number.is_f64() => format!("{:?}", number.as_f64().unwrap() + 0.0),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("'{text}'"),
        Value::Array(items) => {
            let mut items: Vec<String> = items.iter().map(|item| canonical(item, bag)).collect();
            if bag {
                items.sort();
            }
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let (tag, inner) = fields.iter().next().unwrap();
            tagged(tag, inner, bag)
        }
    }
}

fn tagged(tag: &str, inner: &Value, bag: bool) -> String {
    match tag {
        "$float" => inner.as_str().unwrap().to_owned(),
        "$temporal" => canonical(inner, bag),
        "$map" => properties(inner, bag),
        "$node" => {
            let mut labels: Vec<&str> =
                inner["labels"].as_array().unwrap().iter().map(|label| label.as_str().unwrap()).collect();
            labels.sort_unstable();
            let labels: String = labels.iter().map(|label| format!(":{label}")).collect();
            format!("({labels} {})", properties(&inner["properties"], bag))
        }
        "$relationship" => {
            format!("[:{} {}]", inner["type"].as_str().unwrap(), properties(&inner["properties"], bag))
        }
        _ => path(inner, bag),
    }
}

fn path(inner: &Value, bag: bool) -> String {
    let nodes = inner["nodes"].as_array().unwrap();
    let mut text = canonical(&nodes[0], bag);
    for (at, relationship) in inner["relationships"].as_array().unwrap().iter().enumerate() {
        let forwards = relationship["$relationship"]["start"] == nodes[at]["$node"]["id"];
        let (left, right) = if forwards { ("-", "->") } else { ("<-", "-") };
        text += &format!("{left}{}{right}{}", canonical(relationship, bag), canonical(&nodes[at + 1], bag));
    }
    format!("<{text}>")
}

fn properties(map: &Value, bag: bool) -> String {
    let mut entries: Vec<String> =
        map.as_object().unwrap().iter().map(|(key, value)| format!("{key}: {}", canonical(value, bag))).collect();
    entries.sort();
    format!("{{{}}}", entries.join(", "))
}
