//! What stands behind the `?` of an address, taken strictly: unknown names are refused, so that a slip is noticed.

use std::collections::BTreeMap;

use super::refusal::Refusal;

/// Names with their values, which may be several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters(BTreeMap<String, Vec<String>>);

impl Parameters {
    /// Reads a query string that may hold `known` names; `token` is known everywhere.
    pub(super) fn parse(query: Option<&str>, known: &[&str]) -> Result<Self, Refusal> {
        let mut found = Self::default();
        for (name, value) in pairs(query) {
            if name != "token" && !known.contains(&name.as_str()) {
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                return Err(Refusal::malformed(format!("no parameter is called `{name}`"))
                    .with_hint(format!("the parameters are: {known}")));
            }
            found.0.entry(name).or_default().push(value);
        }
        Ok(found)
    }

    /// The value of a parameter that may stand once.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.all(name) {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            _ => Err(Refusal::malformed(format!("`{name}` stands twice"))),
        }
    }

    /// The value of a parameter that has to be there.
    pub(super) fn required(&self, name: &str) -> Result<String, Refusal> {
        let value = self.text(name)?.ok_or_else(|| Refusal::malformed(format!("`{name}` is missing")))?;
        Ok(value.to_owned())
    }

    /// A number within bounds.
    pub(super) fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Refusal> {
        let Some(text) = self.text(name)? else { return Ok(usual) };
        let number = text.parse::<usize>().ok().filter(|number| *number <= most);
        number.ok_or_else(|| Refusal::malformed(format!("`{name}` is a number from 0 to {most}")))
    }

    /// All values of a parameter.
    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// All values of a parameter, those between commas apart.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let words = self.all(name).iter().flat_map(|value| value.split(','));
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }
}

/// The first value of one name, whatever else stands there.
pub(super) fn first(query: Option<&str>, wanted: &str) -> Option<String> {
    pairs(query).find(|(name, _)| name == wanted).map(|(_, value)| value)
}

fn pairs(query: Option<&str>) -> impl Iterator<Item = (String, String)> {
    let parts = query.unwrap_or("").split('&').filter(|part| !part.is_empty());
    parts.map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decoded(name), decoded(value))
    })
}

/// Text without percent signs and with spaces for `+`; bytes that are no UTF-8 are replaced.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let escaped = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = escaped.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match (first, byte.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (b'+', _) => bytes.push(b' '),
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded() {
        assert_eq!(decoded("data+lake%20%C3%A9%2"), "data lake é%2");
        assert_eq!(decoded("%ff%+1"), "\u{fffd}% 1");
        assert_eq!(first(Some("a=1&token=x%26y&token=z"), "token").as_deref(), Some("x&y"));
    }

    #[test]
    fn slips_are_refused() {
        let parsed = |query| Parameters::parse(Some(query), &["q", "limit"]);
        assert_eq!(parsed("nme=x").unwrap_err().message, "no parameter is called `nme`");
        assert_eq!(parsed("q=1&q=2").unwrap().text("q").unwrap_err().message, "`q` stands twice");
        assert_eq!(parsed("limit=9").unwrap().number("limit", 1, 5).unwrap_err().status, 400);
        assert_eq!(parsed("q=a,b&q=c").unwrap().list("q"), ["a", "b", "c"]);
        assert_eq!(parsed("").unwrap().required("q").unwrap_err().message, "`q` is missing");
    }
}
