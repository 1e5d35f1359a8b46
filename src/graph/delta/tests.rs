use super::*;

impl Indexed for i64 {
    fn index_hash(&self) -> Option<u64> {
        Some(self.unsigned_abs())
    }
}

fn name(text: &str) -> Name {
    text.into()
}

#[test]
fn a_rollback_leaves_the_graph_as_it_was() {
    let mut graph = Delta::<i64>::default();
    let (a, b) = (graph.create_node(), graph.create_node());
    graph.add_label(a, "A");
    graph.set_node_property(a, &name("x"), Some(1));
    let r = graph.create_relationship("R", a, b);
    graph.commit();
    assert_eq!(graph.lookup(&name("x"), &1), Some(vec![a]));

    let c = graph.create_node();
    graph.add_label(c, "A");
    graph.create_relationship("R", c, a);
    graph.set_node_property(a, &name("x"), Some(2));
    graph.delete_relationship(r);
    graph.delete_node(b);
    assert_eq!(graph.dangling(), None);
    assert_eq!(graph.lookup(&name("x"), &1), Some(vec![]));
    graph.rollback();

    let label = graph.labels().get("A").unwrap();
    assert_eq!(graph.nodes().collect::<Vec<_>>(), vec![a, b]);
    assert_eq!(graph.nodes_with_label(label).collect::<Vec<_>>(), vec![a]);
    assert_eq!(graph.lookup(&name("x"), &1), Some(vec![a]));
    assert_eq!(graph.outgoing(a).count(), 1);
    assert_eq!(graph.incoming(a).count(), 0);
    assert_eq!((graph.node_count(), graph.type_count(graph.types().get("R").unwrap())), (2, 1));
}

#[test]
fn deleted_nodes_leave_tombstones_and_dangling_relationships_show() {
    let mut graph = Delta::<i64>::default();
    let (a, b) = (graph.create_node(), graph.create_node());
    graph.create_relationship("R", a, b);
    graph.commit();
    assert!(graph.delete_node(a));
    assert!(!graph.delete_node(a));
    assert_eq!(graph.dangling(), Some(a));
    assert_eq!(graph.nodes().collect::<Vec<_>>(), vec![b]);
    assert_eq!(graph.create_node(), NodeId(2));
}
