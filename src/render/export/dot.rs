//! Graphviz DOT, styled to be read: clusters and colours by kind, relation types on the arrows,
//! quotes as tooltips, a legend.
//!
//! Names appear in labels only; ids are `n1`, `n2`, …, always quoted. Graphviz then draws exactly
//! the name: backslashes are doubled (else `\N` becomes the id), `&` is spelled out (else `&lt;`
//! becomes `<`), HTML and record labels are never used. The graph is never `strict`, which would
//! drop all but one relation between two concepts.

use std::io::{self, Write};

use super::palette;
use super::sheet::{Sheet, SheetEdge, SheetNode};
use crate::render::escape;

/// How nodes are boxed together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cluster {
    /// By kind while the picture stays small, else not at all: boxes pull arrows apart.
    #[default]
    Auto,
    /// Not at all.
    None,
    /// Concepts of one kind in one box.
    Kind,
}

/// [`Cluster::Auto`] boxes graphs of at least and at most so many nodes.
const SMALL: std::ops::RangeInclusive<usize> = 12..=40;

/// Graphs with more edges are laid out by springs, since layers would take minutes and square metres.
const CROWDED: usize = 300;

/// Choices for a DOT picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DotOptions {
    /// How nodes are boxed together.
    pub cluster: Cluster,
    /// Whether kinds and their colours are listed.
    pub legend: bool,
    /// A comment for the first line, such as the command; may be empty.
    pub comment: String,
}

impl Default for DotOptions {
    fn default() -> Self {
        Self { cluster: Cluster::Auto, legend: true, comment: String::new() }
    }
}

/// Words in a label wrap at about this many letters.
const LABEL_WIDTH: usize = 22;

/// Writes a sheet as DOT.
///
/// # Errors
///
/// Those of `out`.
pub fn dot(sheet: &Sheet, options: &DotOptions, out: &mut dyn Write) -> io::Result<()> {
    if !options.comment.is_empty() {
        writeln!(out, "// {}", escape::shown(&options.comment))?;
    }
    writeln!(out, "digraph \"quipu\" {{")?;
    let crowded = sheet.edges.len() > CROWDED;
    writeln!(out, "  graph [{}, {GRAPH}];\n{}", if crowded { SPRINGS } else { LAYERS }, ELEMENTS.trim_end())?;
    nodes(sheet, options, out)?;
    for edge in &sheet.edges {
        write_edge(edge, palette::of(&sheet.nodes[edge.source].kind).line, crowded, out)?;
    }
    if options.legend && !sheet.nodes.is_empty() {
        legend(sheet, out)?;
    }
    writeln!(out, "}}")
}

const LAYERS: &str = "rankdir=LR, splines=true, nodesep=0.22, ranksep=0.75, newrank=true";

const SPRINGS: &str = "layout=sfdp, overlap=false, K=1.1, splines=line";

const GRAPH: &str =
    r##"bgcolor="white", charset="UTF-8", outputorder=edgesfirst, fontname="Helvetica,Arial,sans-serif", fontsize=12"##;

const ELEMENTS: &str = r##"  node [shape=box, style="rounded,filled", fontname="Helvetica,Arial,sans-serif", fontsize=12, fontcolor="#1a1a1a", margin="0.12,0.06", height=0.32];
  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, color="#7a7a7a", fontcolor="#4a4a4a", arrowsize=0.7, penwidth=1.1];
"##;

fn nodes(sheet: &Sheet, options: &DotOptions, out: &mut dyn Write) -> io::Result<()> {
    let boxed = match options.cluster {
        Cluster::None => false,
        Cluster::Kind => true,
        Cluster::Auto => SMALL.contains(&sheet.nodes.len()),
    };
    for (number, (kind, members)) in sheet.kinds().into_iter().enumerate() {
        if !boxed || (members.len() == 1 && options.cluster == Cluster::Auto) {
            members.into_iter().try_for_each(|at| write_node(at, &sheet.nodes[at], "  ", out))?;
            continue;
        }
        let colours = palette::of(kind);
        writeln!(out, "  subgraph \"cluster_{number}\" {{")?;
        writeln!(
            out,
            "    graph [label=\"{}\", labeljust=l, style=\"rounded\", color=\"{}\", fontcolor=\"{}\", margin=10];",
            label(kind),
            colours.fill,
            colours.line
        )?;
        for at in members {
            write_node(at, &sheet.nodes[at], "    ", out)?;
        }
        writeln!(out, "  }}")?;
    }
    Ok(())
}

fn write_node(at: usize, node: &SheetNode, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let colours = palette::of(&node.kind);
    let tooltip = node.definition().unwrap_or_else(|| node.kind.clone());
    let shape = match node.kind.as_str() {
        "Note" => ", shape=note, style=\"filled\"",
        "Section" | "Tag" => ", style=\"rounded,dashed\"",
        _ => "",
    };
    writeln!(
        out,
        "{indent}\"n{}\" [label=\"{}\", tooltip=\"{}\", fillcolor=\"{}\", color=\"{}\"{shape}];",
        at + 1,
        wrapped(&node.name),
        tooltip_text(&tooltip),
        colours.fill,
        colours.line
    )
}

fn write_edge(edge: &SheetEdge, colour: &str, crowded: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "  \"n{}\" -> \"n{}\" [", edge.source + 1, edge.target + 1)?;
    if !(crowded && edge.is_weak()) {
        write!(out, "label=\"{}\", ", label(&edge.relation_type))?;
    }
    if let Some(cited) = edge.cited() {
        let tooltip = tooltip_text(&cited);
        write!(out, "tooltip=\"{tooltip}\", labeltooltip=\"{tooltip}\", ")?;
    }
    if let Some(best) = edge.evidence.first() {
        write!(out, "URL=\"{}#L{}\", ", super::url::path(&best.path), best.line)?;
    }
    if edge.symmetric {
        write!(out, "dir=none, ")?;
    }
    if edge.is_weak() {
        let colour = if crowded { "#d9d9d9" } else { "#b4b4b4" };
        write!(out, "style=dashed, color=\"{colour}\", fontcolor=\"#8c8c8c\", weight=1")?;
    } else {
        write!(out, "color=\"{colour}b0\", penwidth={}, weight=2", pen_width(edge.support))?;
    }
    writeln!(out, "];")
}

/// Wider for what more places say: 1.1, 1.6, 1.9, at most 3.
fn pen_width(support: usize) -> String {
    let doublings = support.max(1).ilog2().min(4);
    format!("{:.1}", 1.1 + 0.45 * f64::from(doublings))
}

/// One node that lists the kinds in three columns. It is the only HTML label; names of notes are
/// never in it, and labels of answers are quoted for it.
fn legend(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let kinds: Vec<&str> = sheet.kinds().into_keys().collect();
    write!(
        out,
        "  subgraph \"cluster_legend\" {{\n    graph [label=\"\", style=\"invis\"];\n    \"legend\" [shape=plain, "
    )?;
    write!(
        out,
        "style=\"\", tooltip=\"kinds\", label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"4\" cellpadding=\"3\">"
    )?;
    for row in kinds.chunks(3) {
        write!(out, "<tr>")?;
        for kind in row {
            let colours = palette::of(kind);
            write!(
                out,
                "<td bgcolor=\"{}\" color=\"{}\" style=\"rounded\"><font point-size=\"9\">{}</font></td>",
                colours.fill,
                colours.line,
                html(kind)
            )?;
        }
        write!(out, "</tr>")?;
    }
    writeln!(out, "</table>>];\n  }}")
}

/// Words inside an HTML label, where nothing would be no cell.
fn html(words: &str) -> String {
    let shown = escape::shown(words);
    if shown.trim().is_empty() { "&#160;".into() } else { super::xml::quoted(&shown) }
}

/// The words of a label, broken into lines where they are long.
fn wrapped(name: &str) -> String {
    let shown: Vec<String> = name.lines().map(|line| escape::shown(line).into_owned()).collect();
    let mut lines = Vec::new();
    for line in &shown {
        let longest = line.split(' ').map(escape::width).max().unwrap_or(0);
        lines.extend(
            escape::wrap(line, LABEL_WIDTH.max(longest.min(2 * LABEL_WIDTH)))
                .into_iter()
                .map(|range| quoted(&line[range])),
        );
    }
    lines.join("\\n")
}

/// Words on one line, for use between quotes.
fn label(words: &str) -> String {
    quoted(&escape::shown(words))
}

/// The one quoting function: what stands between quotes so that Graphviz draws just `words`.
fn quoted(words: &str) -> String {
    words.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}

/// Tooltips are unescaped twice by Graphviz.
fn tooltip_text(words: &str) -> String {
    quoted(&escape::fit(&escape::shown(words), 300).replace('\\', "\\\\"))
}
