use super::*;

/// A grid of `side` by `side` nodes: a graph whose best picture everybody knows.
fn grid(side: u32) -> Vec<Pull> {
    let right = (0..side * side).filter(|at| at % side + 1 < side).map(|at| (at, at + 1, 1.0));
    let down = (0..side * (side - 1)).map(|at| (at, at + side, 1.0));
    right.chain(down).collect()
}

fn distance(places: &[Place], one: u32, other: u32) -> f64 {
    let ((x, y), (u, v)) = (places[one as usize], places[other as usize]);
    (f64::from(x - u).powi(2) + f64::from(y - v).powi(2)).sqrt()
}

#[test]
fn neighbours_stand_nearer_than_strangers() {
    let edges = grid(12);
    let places = layout(144, &edges);
    let near: f64 = edges.iter().map(|(one, other, _)| distance(&places, *one, *other)).sum::<f64>() / 264.0;
    let corners = distance(&places, 0, 143).min(distance(&places, 11, 132));
    assert!(corners > near * 7.0, "corners {corners}, neighbours {near}");
    assert!((99.0..101.0).contains(&near), "{near}");
}

#[test]
fn no_two_nodes_stand_on_one_place() {
    for edges in [grid(9), (1..81).map(|leaf| (0, leaf, 1.0)).collect(), Vec::new()] {
        let mut places = layout(81, &edges);
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), 81);
    }
}

#[test]
fn parts_do_not_overlap() {
    let mut edges = grid(6);
    edges.extend(grid(4).into_iter().map(|(one, other, pull)| (one + 36, other + 36, pull)));
    let places = layout(60, &edges);
    let middle = |range: std::ops::Range<usize>| {
        let points: Vec<Point> =
            places[range].iter().map(|(x, y)| Point { x: f64::from(*x), y: f64::from(*y) }).collect();
        (pack::middle(&points), pack::radius(&points))
    };
    let ((large, one), (small, other)) = (middle(0..36), middle(36..52));
    let apart = ((large.x - small.x).powi(2) + (large.y - small.y).powi(2)).sqrt();
    assert!(apart >= one + other, "{apart} between middles, radii {one} and {other}");
}

/// The places are part of what is stored and shown, so they may not differ between machines, nor by
/// the number of threads, nor change without notice.
#[test]
fn the_same_graph_has_the_same_places_everywhere() {
    let edges = grid(5);
    let all = layout(27, &edges);
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(one_thread.install(|| layout(27, &edges)), all);
    assert_eq!([all[0], all[1], all[12], all[26]], [(267, 1), (225, 64), (-1, 0), (79, 338)]);
}

#[test]
fn odd_input_is_laid_out_too() {
    assert_eq!(layout(0, &[]), []);
    assert_eq!(layout(1, &[(0, 0, 1.0), (0, 7, 1.0), (9, 9, 1.0)]), [(0, 0)]);
    let odd = layout(3, &[(0, 1, f32::NAN), (1, 2, f32::INFINITY), (0, 2, -3.0), (0, 1, 0.0)]);
    assert_eq!(odd.len(), 3);
    assert!(odd[0] != odd[1] && odd[1] != odd[2]);
}

/// Run with `cargo test --release --lib graph::layout -- --ignored --nocapture`.
#[test]
#[ignore = "takes a while without optimisation; tells the time for 10,000 nodes and 40,000 edges"]
fn ten_thousand_nodes() {
    let began = std::time::Instant::now();
    assert_eq!(layout(10_000, &scattered(10_000, 40_000)).len(), 10_000);
    println!("10,000 nodes and 40,000 edges: {:.2} s", began.elapsed().as_secs_f64());
}

/// A graph as notes give: clusters, a few hubs, some strays.
fn scattered(nodes: u32, edges: u32) -> Vec<Pull> {
    let mut state = 7_u32;
    let mut next = move |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below.max(1)
    };
    let edge = |_| {
        let from = next(nodes);
        let to = match next(10) {
            0 => next(40),
            1 => next(nodes),
            _ => from / 50 * 50 + next(50),
        };
        (from, to, 1.0)
    };
    (0..edges).map(edge).collect()
}
