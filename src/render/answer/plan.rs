//! The operators of a plan as a tree.
//!
//! ```text
//! Project: b.name
//! └─ Expand: (a)-[:FEEDS]->(b)
//!    └─ NodeScan: a, name = 'Flume'
//! ```

use std::io::{self, Write};

use crate::query::PlanTree;
use crate::render::ink::{Ink, Style, Text};

/// Writes a plan; after `PROFILE` each operator tells its rows and its time.
///
/// # Errors
///
/// Those of `out`.
pub fn plan(tree: &PlanTree, style: Style, out: &mut dyn Write) -> io::Result<()> {
    write_operator(tree, "", "", style, out)
}

fn write_operator(tree: &PlanTree, head: &str, tail: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    operator(tree, head).write(style.colour, out)?;
    writeln!(out)?;
    for (at, input) in tree.inputs.iter().enumerate() {
        let last = at + 1 == tree.inputs.len();
        let (branch, under) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        write_operator(input, &format!("{tail}{branch}"), &format!("{tail}{under}"), style, out)?;
    }
    Ok(())
}

fn operator(tree: &PlanTree, head: &str) -> Text {
    let mut text = Text::new(Ink::Dim, head).with(Ink::Heading, &tree.operator);
    if !tree.detail.is_empty() {
        text.push(Ink::Plain, &format!(": {}", tree.detail));
    }
    if let Some(rows) = tree.rows {
        text.push(Ink::Dim, &format!("  {}", crate::render::counted(rows, "row")));
        if let Some(estimate) = tree.estimated_rows {
            text.push(Ink::Dim, &format!(", about {estimate:.0} expected"));
        }
        if let Some(time) = tree.milliseconds {
            text.push(Ink::Dim, &format!(", {time:.2} ms"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::string;

    fn operator(name: &str, detail: &str, inputs: Vec<PlanTree>) -> PlanTree {
        PlanTree { operator: name.into(), detail: detail.into(), inputs, ..PlanTree::default() }
    }

    #[test]
    fn a_plan_is_a_tree() {
        let scan = operator("NodeScan", "a, name = 'Flume'", vec![]);
        let expand = operator("Expand", "(a)-[:FEEDS]->(b)", vec![scan.clone()]);
        let join = operator("Product", "", vec![expand, scan]);
        let tree = operator("Project", "b.name", vec![join]);
        assert_eq!(
            string(|out| plan(&tree, Style::PLAIN, out)),
            "Project: b.name\n\
             └─ Product\n\
             \x20  ├─ Expand: (a)-[:FEEDS]->(b)\n\
             \x20  │  └─ NodeScan: a, name = 'Flume'\n\
             \x20  └─ NodeScan: a, name = 'Flume'\n"
        );
    }

    #[test]
    fn a_profile_tells_rows_and_time() {
        let tree = PlanTree {
            rows: Some(7),
            estimated_rows: Some(10.2),
            milliseconds: Some(0.126),
            ..operator("Project", "b", vec![])
        };
        assert_eq!(string(|out| plan(&tree, Style::PLAIN, out)), "Project: b  7 rows, about 10 expected, 0.13 ms\n");
    }
}
