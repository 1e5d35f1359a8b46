//! The name that the address of a product's own site says: `https://kafka.apache.org/documentation` says Kafka.
//!
//! In: an address. Out: the names it may mean, the most telling first, and where they stand. Only hosts where names are those of
//! products count: projects of a foundation, a project's own domain, services of a cloud, repositories. A company's `.com` is where
//! articles lie.

use crate::text::Span;

/// Names that an address may mean, the most telling first.
pub(super) struct Site {
    /// Where the name stands in the address.
    pub(super) span: Span,
    /// With the maker in front, where the host tells it.
    pub(super) names: Vec<String>,
    /// Whether the host belongs to a maker, so that also an ordinary word there (`spark.apache.org`) is a name.
    pub(super) made: bool,
}

/// Clouds whose pages have the service first in their path.
const CLOUDS: &[(&str, &[&str])] = &[
    ("aws.amazon.com", &["amazon", "aws"]),
    ("cloud.google.com", &["google", "google cloud"]),
    ("docs.aws.amazon.com", &["amazon", "aws"]),
];

/// Endings of domains that projects have.
const OWN: &[&str] = &["dev", "io", "org"];

/// What an address says, if it is that of a product's own site.
pub(super) fn site(address: &str) -> Option<Site> {
    let start = address.find("://")? + 3;
    // What ends the sentence or closes a bracket around it is no part of it.
    let is_host = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.';
    let end = address[start..].find(|letter| !is_host(letter)).map_or(address.len(), |at| start + at);
    let end = start + address[start..end].trim_end_matches('.').len();
    let host = address.get(start..end)?.to_ascii_lowercase();
    let rest = &address[end..];
    // The first parts of the path, each with its place.
    let part = |number: usize| {
        let mut from = end;
        let mut parts = rest.split(['/', '?', '#']).map(|part| {
            let place = Span::new(from, from + part.len());
            from += part.len() + 1;
            place
        });
        parts.nth(number + 1).filter(|place| !place.is_empty())
    };
    let said = |span: Span, makers: &[&str], made: bool| {
        let name = span.of(address).replace(['-', '_'], " ");
        let named = makers.iter().map(|maker| format!("{maker} {name}"));
        let names = named.chain(std::iter::once(name.clone())).collect();
        Some(Site { span, names, made })
    };
    if let Some((_, makers)) = CLOUDS.iter().find(|(known, _)| *known == host) {
        return said(part(0)?, makers, true);
    }
    if host == "github.com" || host == "gitlab.com" {
        return said(part(1)?, &[], false);
    }
    let bare = ["www.", "docs."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(&host);
    let from = end - bare.len();
    let labels: Vec<&str> = bare.split('.').collect();
    match labels[..] {
        [name, "apache", "org"] => said(Span::new(from, from + name.len()), &["apache"], true),
        [name, ending] if OWN.contains(&ending) => said(Span::new(from, from + name.len()), &[], false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(address: &str) -> Option<(&str, String)> {
        site(address).map(|site| (site.span.of(address), site.names[0].clone()))
    }

    #[test]
    fn own_sites_say_a_name_where_it_stands() {
        let said = |at, name: &str| Some((at, name.to_owned()));
        assert_eq!(says("https://kafka.apache.org/documentation/#api"), said("kafka", "apache kafka"));
        assert_eq!(says("http://www.Redis.io"), said("Redis", "Redis"));
        assert_eq!(says("https://docs.python.org/3/"), said("python", "python"));
        assert_eq!(says("(https://github.com/apache/flink?tab=x)"), said("flink", "flink"));
        assert_eq!(says("https://docs.aws.amazon.com/redshift/latest/dg"), said("redshift", "amazon redshift"));
        assert_eq!(says("https://cloud.google.com/bigquery"), said("bigquery", "google bigquery"));
        assert_eq!(says("(https://kafka.apache.org)."), said("kafka", "apache kafka"));
        assert_eq!(says("<https://redis.io>,"), said("redis", "redis"));
        assert_eq!(says("see:https://flink.apache.org."), said("flink", "apache flink"));
    }

    #[test]
    fn other_addresses_say_none() {
        for address in [
            "https://www.databricks.com/blog/kafka",
            "https://github.com/apache",
            "https://aws.amazon.com/",
            "a://",
            "s3://x",
        ] {
            assert_eq!(says(address), None, "{address}");
        }
    }
}
