//! Numbered steps: `1. Ingestion: ...`, `2. Cleaning: ...` under a heading that says they come in this order.
//!
//! Each step `PRECEDES` the next, so that a procedure keeps its order in the graph. Only numbers without a gap count, in a
//! list of steps, stages or phases, and only steps that are headed by a concept.

use super::{End, Found, Page, Sink};
use crate::extract::RelationType;
use crate::extract::word::Words;
use crate::read::BlockKind;

pub(super) fn read(page: &Page<'_>, sink: &mut Sink) {
    steps(page, page.around.title, &page.outermost, sink);
    for (line, children) in page.lines.iter().zip(&page.children) {
        steps(page, &line.block.text, children, sink);
    }
}

/// Joins the numbered ones of `lines`, which stand right under `caption`.
fn steps(page: &Page<'_>, caption: &str, lines: &[usize], sink: &mut Sink) {
    if lines.len() < 2 {
        return;
    }
    let mut caption = caption;
    let mut before: Option<(u32, Option<&Found>)> = None;
    for index in lines.iter().copied() {
        let line = &page.lines[index];
        let BlockKind::Item { number: Some(number), .. } = line.block.kind else {
            // `The steps are:` above the list counts as its heading does.
            if line.block.kind == BlockKind::Paragraph && line.block.text.trim_end().ends_with(':') {
                caption = &line.block.text;
            }
            before = None;
            continue;
        };
        let step = line.head.as_ref().filter(|head| page.is_solid(head.concept));
        if let (Some((last, Some(from))), Some(to)) = (before, step)
            && last + 1 == number
            && tells_steps(caption)
        {
            let from = End { concept: from.concept, span: None };
            sink.add((page, index), from, RelationType::named("PRECEDES"), to, ("numbered-steps", 800), line.whole());
        }
        before = Some((number, step));
    }
}

/// Whether a caption says that what it lists comes in order.
fn tells_steps(caption: &str) -> bool {
    const ORDERED: &[&str] = &["flow", "lifecycle", "phase", "procedure", "process", "stage", "step", "workflow"];
    let words = Words::new(caption);
    words.all().iter().any(|word| ORDERED.binary_search(&words.singular(word)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::tells_steps;

    #[test]
    fn captions_say_whether_order_counts() {
        assert!(tells_steps("Pipeline stages"));
        assert!(tells_steps("The steps are:"));
        assert!(!tells_steps("Popular databases"));
    }
}
