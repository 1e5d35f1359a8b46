//! Prints a note's blocks for tests, one a line: depth, kind, words, line.

use std::fmt::Write;

use super::{Block, BlockKind, Note};

/// `line  kind  words`, indented by two blanks for each parent; marks in `{}` behind.
pub(super) fn outline(note: &Note) -> String {
    let mut out = String::new();
    for block in &note.blocks {
        let depth = std::iter::successors(block.parent, |id| note.blocks[*id].parent).count();
        let line = note.position(block, 0).line;
        let quote = if block.quoted { "> " } else { "" };
        let text = block.text.replace('\n', "⏎");
        writeln!(out, "{line} {:depth$}{quote}{} {text}{}", "", kind(note, block), marks(block), depth = depth * 2)
            .unwrap();
    }
    out
}

fn kind(note: &Note, block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading => "#".repeat(note.sections[block.section].level.into()),
        BlockKind::Paragraph => "P".to_owned(),
        BlockKind::Item { number, task } => {
            let number = number.map_or("-".to_owned(), |number| format!("{number}."));
            number + task.map_or("", |done| if done { " [x]" } else { " [ ]" })
        }
        BlockKind::Row { table, header, cells } => {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.of(&block.text)).collect();
            format!("{}{table}{cells:?}", if *header { "H" } else { "R" })
        }
        BlockKind::Code { language } => format!("`{}`", language.as_deref().unwrap_or("")),
    }
}

fn marks(block: &Block) -> String {
    let marks = block.inlines.iter().map(|inline| format!(" {{{:?} {}}}", inline.kind, inline.span.of(&block.text)));
    marks.collect()
}
