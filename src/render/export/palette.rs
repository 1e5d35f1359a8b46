//! The colours of kinds, the same in every picture.
//!
//! Kinds of one family share a hue, so a picture reads by family first: where data lie, how they
//! move, what computes, how things are written down, who guards and watches, and the rest. The hues
//! are those of Okabe and Ito (2008), which people with any colour vision tell apart; fills are tints
//! that keep black words readable.

/// Fill and outline of a kind, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colours {
    pub(crate) fill: &'static str,
    pub(crate) line: &'static str,
}

const fn colours(fill: &'static str, line: &'static str) -> Colours {
    Colours { fill, line }
}

/// The colours of a kind or of a label; those that are not known are grey.
pub(crate) fn of(kind: &str) -> Colours {
    match kind {
        "Storage" => colours("#cfe8f7", "#0072b2"),
        "Database" => colours("#b5d8f0", "#00568a"),
        "Warehouse" => colours("#dfeefb", "#3d8fc7"),
        "Ingestion" => colours("#fde0b8", "#c97a00"),
        "Messaging" => colours("#fbd196", "#a86400"),
        "Processing" => colours("#c5ebdd", "#00805c"),
        "Orchestration" => colours("#a9dfcc", "#006347"),
        "Compute" => colours("#dcf3ea", "#2f9f7b"),
        "Format" => colours("#f3d9e8", "#b0588c"),
        "Language" => colours("#ebc4da", "#94406f"),
        "Library" => colours("#f9e8f1", "#c778a6"),
        "Protocol" => colours("#e6dcf5", "#7559b3"),
        "Standard" => colours("#d7c8ee", "#5d419c"),
        "Service" => colours("#d4f0fb", "#2b93bd"),
        "Network" => colours("#bfe6f5", "#1c769b"),
        "Security" => colours("#f8cfc0", "#c04a00"),
        "Monitoring" => colours("#fce3da", "#d97745"),
        "Tool" => colours("#f6f0b4", "#8f8300"),
        "Architecture" => colours("#faf6d2", "#a89b1c"),
        "Method" => colours("#efe7a0", "#7a6f00"),
        "Role" => colours("#e9dccd", "#8a6a45"),
        "Organisation" => colours("#dcc9b4", "#6f5132"),
        "Note" => colours("#ffffff", "#555555"),
        "Section" => colours("#ffffff", "#999999"),
        "Tag" => colours("#f4f4f4", "#777777"),
        _ => colours("#ececec", "#6b6b6b"),
    }
}

/// Red, green and blue of `#rrggbb`.
pub(crate) fn rgb(colour: &str) -> (u8, u8, u8) {
    let part = |at: usize| colour.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(0);
    (part(1), part(3), part(5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Kind;

    #[test]
    fn every_kind_but_the_last_has_a_colour_of_its_own() {
        let mut fills: Vec<&str> = Kind::ALL.iter().map(|kind| of(kind.name()).fill).collect();
        fills.sort_unstable();
        fills.dedup();
        assert_eq!(fills.len(), Kind::ALL.len());
        assert_eq!(rgb("#00ff10"), (0, 255, 16));
    }
}
