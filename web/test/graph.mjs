// A made-up graph of any size, the same each time.

const KINDS = ["Storage", "Database", "Messaging", "Processing", "Tool", "Method", "Format", "Service", "Term"];
const TYPES = ["FEEDS", "USES", "PART_OF", "RUNS_ON", "RELATED_TO", "STORES_IN"];

/** Facts of a graph as notes give, one a line: clusters of fifty, forty hubs, some strays. */
export function facts(concepts, relations) {
  let state = 7;
  const next = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
  const name = (at) => `Concept ${at}`;
  const rows = Array.from({ length: concepts }, (_, at) => ({ kind: "concept", name: name(at), concept_kind: KINDS[Math.floor(at / 50) % KINDS.length] }));
  const seen = new Set();
  while (seen.size < relations) {
    const from = next(concepts);
    const dice = next(10);
    const to = dice === 0 ? next(40) : dice === 1 ? next(concepts) : Math.floor(from / 50) * 50 + next(50);
    const type = TYPES[next(TYPES.length)];
    const key = `${Math.min(from, to)} ${Math.max(from, to)}`;
    if (from === to || seen.has(key)) continue;
    seen.add(key);
    const note = `f${Math.floor(from / 500)}/n${Math.floor(from / 50)}.txt`;
    rows.push({ kind: "relation", subject: name(from), predicate: type, object: name(to), confidence: 700, rule: "verb-frame", note, line: (from % 50) + 1, column: 1, quote: `${name(from)} ${type} ${name(to)}` });
  }
  return rows.map((row) => JSON.stringify(row)).join("\n");
}
