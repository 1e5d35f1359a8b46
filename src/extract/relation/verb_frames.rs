//! The verbs that `verb` knows, and what each says with a direct object or behind a preposition.
//!
//! Data, not code: forms of a verb share frames, a frame is voice, preposition and meaning. Verbs outside the core
//! relation types give a type of their own.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::extract::RelationType;

/// What a verb says of the names around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Subject → object.
    Forward(Core),
    /// Object → subject.
    Backward(Core),
    /// Subject → object: what is released, made or offered for it runs on it.
    Released,
    /// Subject → object, with the verb itself as type.
    Own,
}

/// The core types that verbs give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Core {
    Uses,
    Feeds,
    StoresIn,
    Queries,
    RunsOn,
    Manages,
    Supports,
    IntegratesWith,
    Triggers,
    MadeBy,
    Replaces,
    WrittenIn,
    PartOf,
    AlternativeTo,
    SimilarTo,
}

impl Core {
    pub(super) const fn relation_type(self) -> RelationType {
        match self {
            Self::Uses => RelationType::Uses,
            Self::Feeds => RelationType::Feeds,
            Self::StoresIn => RelationType::StoresIn,
            Self::Queries => RelationType::Queries,
            Self::RunsOn => RelationType::RunsOn,
            Self::Manages => RelationType::Manages,
            Self::Supports => RelationType::Supports,
            Self::IntegratesWith => RelationType::IntegratesWith,
            Self::Triggers => RelationType::Triggers,
            Self::MadeBy => RelationType::MadeBy,
            Self::Replaces => RelationType::Replaces,
            Self::WrittenIn => RelationType::WrittenIn,
            Self::PartOf => RelationType::PartOf,
            Self::AlternativeTo => RelationType::AlternativeTo,
            Self::SimilarTo => RelationType::SimilarTo,
        }
    }
}

/// Who acts: `uses` or `is used by`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    Active,
    Passive,
}

/// The object stands right behind the verb.
pub(super) const DIRECT: &str = "";

/// A frame: the voice, the prepositions (or [`DIRECT`]) before the object, and what it says.
pub(super) type Frame = (Voice, &'static [&'static str], Meaning);

/// A verb: its name in relation types, its forms (base, -s, past, participle, -ing), its frames.
pub(super) struct Verb {
    pub name: &'static str,
    /// Past participles, which may be passive.
    pub participles: &'static [&'static str],
    /// All other forms.
    pub forms: &'static [&'static str],
    pub frames: &'static [Frame],
}

use Core as C;
use Meaning::{Backward, Forward, Own, Released};
use Voice::{Active, Passive};

const TO: &[&str] = &["to", "into", "onto"];
const FROM: &[&str] = &["from"];
const WITH: &[&str] = &["with", "to", "into", "against"];
const ON: &[&str] = &["on", "over", "atop", "inside", "within", "in", "upon", "to"];
const HERE: &[&str] = &[DIRECT];
const BY: &[&str] = &["by"];

/// Data move: from what stands behind `from` to the subject, from it to what stands behind `to`.
const MOVE: &[Frame] = &[
    (Active, FROM, Backward(C::Feeds)),
    (Active, TO, Forward(C::Feeds)),
    (Passive, FROM, Backward(C::Feeds)),
    (Passive, TO, Forward(C::Feeds)),
];
/// Like [`MOVE`], and what is taken in directly feeds the subject.
const TAKE: &[Frame] = &[
    (Active, FROM, Backward(C::Feeds)),
    (Active, TO, Forward(C::Feeds)),
    (Passive, FROM, Backward(C::Feeds)),
    (Passive, TO, Forward(C::Feeds)),
    (Passive, BY, Forward(C::Feeds)),
];
const KEEP: &[Frame] = &[
    (Active, &["in", "on", "to", "into", "inside", "within"], Forward(C::StoresIn)),
    (Passive, &["in", "on", "to", "into", "inside", "within", "as"], Forward(C::StoresIn)),
    (Passive, BY, Forward(C::StoresIn)),
];
const USE: &[Frame] = &[
    (Active, HERE, Forward(C::Uses)),
    (Passive, BY, Backward(C::Uses)),
    (Passive, &["with"], Forward(C::IntegratesWith)),
];
const LEAN: &[Frame] = &[(Active, &["on", "upon"], Forward(C::Uses))];
const REST: &[Frame] = &[
    (Passive, &["on", "upon", "over", "atop", "around", "with", "using"], Forward(C::Uses)),
    (Active, &["on", "upon"], Forward(C::Uses)),
];
const RUN: &[Frame] = &[
    (Active, &["on", "over", "atop", "inside", "within", "in", "under"], Forward(C::RunsOn)),
    (Active, HERE, Backward(C::RunsOn)),
    (Passive, ON, Forward(C::RunsOn)),
];
const ASK: &[Frame] = &[
    (Active, HERE, Forward(C::Queries)),
    (Active, &["in", "into", "from", "on", "across"], Forward(C::Queries)),
    (Passive, BY, Backward(C::Queries)),
];
const RULE: &[Frame] = &[(Active, HERE, Forward(C::Manages)), (Passive, BY, Backward(C::Manages))];
const JOIN: &[Frame] = &[(Active, WITH, Forward(C::IntegratesWith)), (Passive, WITH, Forward(C::IntegratesWith))];
const START: &[Frame] = &[(Active, HERE, Forward(C::Triggers)), (Passive, BY, Backward(C::Triggers))];
const MAKE: &[Frame] =
    &[(Passive, BY, Forward(C::MadeBy)), (Passive, &["at"], Forward(C::MadeBy)), (Active, HERE, Backward(C::MadeBy))];
/// Like [`MAKE`], and what a thing is released for is what it runs on.
const SHIP: &[Frame] = &[
    (Passive, BY, Forward(C::MadeBy)),
    (Passive, &["at"], Forward(C::MadeBy)),
    (Active, HERE, Backward(C::MadeBy)),
    (Passive, &["for", "on"], Released),
];
const HOLD: &[Frame] = &[
    (Active, HERE, Backward(C::PartOf)),
    (Active, &["of"], Backward(C::PartOf)),
    (Passive, &["of"], Backward(C::PartOf)),
    (Passive, &["in", "with"], Forward(C::PartOf)),
];
const OWN: &[Frame] = &[(Active, HERE, Own), (Passive, BY, Own)];

macro_rules! verbs {
    ($($name:literal [$($form:literal)*] [$($participle:literal)*] $frames:expr;)+) => {
        &[$(Verb { name: $name, forms: &[$($form),*], participles: &[$($participle),*], frames: $frames }),+]
    };
}

/// Every verb.
pub(super) static VERBS: &[Verb] = verbs! {
    "USES" ["use" "uses" "using"] ["used"] USE;
    "USES" ["utilize" "utilizes" "utilizing" "utilise" "utilises" "utilising"] ["utilized" "utilised"] USE;
    "USES" ["leverage" "leverages" "leveraging"] ["leveraged"] USE;
    "USES" ["employ" "employs" "employing"] ["employed"] USE;
    "USES" ["rely" "relies" "relying" "depend" "depends" "build" "builds"] [] LEAN;
    "USES" ["require" "requires" "requiring"] ["required"] USE;
    "USES" ["need" "needs"] [] &[(Active, HERE, Forward(C::Uses))];
    "USES" [] ["based" "layered" "modelled" "modeled"] REST;
    "USES" ["power" "powers"] ["powered" "backed"] &[(Passive, BY, Forward(C::Uses)), (Active, HERE, Backward(C::Uses))];
    "RUNS_ON" ["run" "runs" "running" "ran"] ["run"] RUN;
    "RUNS_ON" ["execute" "executes" "executing"] ["executed"] RUN;
    "RUNS_ON" ["deploy" "deploys"] ["deployed" "hosted" "installed"] &[(Passive, ON, Forward(C::RunsOn))];
    "RUNS_ON" ["sit" "sits" "sitting"] [] &[(Active, &["on", "atop", "upon"], Forward(C::RunsOn))];
    "STORES_IN" ["store" "stores" "storing"] ["stored"] KEEP;
    "STORES_IN" ["save" "saves" "saving"] ["saved"] KEEP;
    "STORES_IN" ["persist" "persists" "persisting"] ["persisted"] KEEP;
    "STORES_IN" ["keep" "keeps" "keeping"] ["kept"] &[
        (Active, &["in", "on", "inside", "within"], Forward(C::StoresIn)), (Passive, &["in", "on", "inside", "within"], Forward(C::StoresIn)),
    ];
    "STORES_IN" ["archive" "archives" "archiving"] ["archived"] KEEP;
    "FEEDS" ["feed" "feeds" "feeding"] ["fed"] &[
        (Active, HERE, Forward(C::Feeds)), (Active, TO, Forward(C::Feeds)), (Active, FROM, Backward(C::Feeds)),
        (Passive, TO, Forward(C::Feeds)), (Passive, BY, Backward(C::Feeds)), (Passive, FROM, Backward(C::Feeds)),
    ];
    "FEEDS" ["send" "sends" "sending"] ["sent"] MOVE;
    "FEEDS" ["write" "writes" "writing"] [] MOVE;
    "WRITTEN_IN" [] ["written" "implemented" "coded" "programmed"] &[
        (Passive, &["in"], Forward(C::WrittenIn)), (Passive, BY, Forward(C::MadeBy)), (Passive, TO, Forward(C::Feeds)),
        (Passive, &["for"], Released),
    ];
    "FEEDS" ["read" "reads" "reading"] ["read"] MOVE;
    "FEEDS" ["load" "loads" "loading"] ["loaded"] MOVE;
    "FEEDS" ["unload" "unloads" "unloading"] ["unloaded"] MOVE;
    "FEEDS" ["copy" "copies" "copying"] ["copied"] MOVE;
    "FEEDS" ["move" "moves" "moving"] ["moved"] MOVE;
    "FEEDS" ["transfer" "transfers" "transferring"] ["transferred"] MOVE;
    "FEEDS" ["transport" "transports" "transporting"] ["transported"] MOVE;
    "FEEDS" ["migrate" "migrates" "migrating"] ["migrated"] MOVE;
    "FEEDS" ["replicate" "replicates" "replicating"] ["replicated"] MOVE;
    "FEEDS" ["importing" "imports"] ["imported"] MOVE;
    "USES" ["import"] [] &[(Active, HERE, Forward(C::Uses)), (Active, FROM, Backward(C::Feeds)), (Active, TO, Forward(C::Feeds))];
    "FEEDS" ["export" "exports" "exporting"] ["exported"] MOVE;
    "FEEDS" ["extract" "extracts" "extracting"] ["extracted"] MOVE;
    "FEEDS" ["ingest" "ingests" "ingesting"] ["ingested"] TAKE;
    "FEEDS" ["collect" "collects" "collecting"] ["collected"] TAKE;
    "FEEDS" ["consume" "consumes" "consuming"] ["consumed"] TAKE;
    "FEEDS" ["receive" "receives" "receiving"] ["received"] MOVE;
    "FEEDS" ["fetch" "fetches" "fetching"] ["fetched"] MOVE;
    "FEEDS" ["pull" "pulls" "pulling"] ["pulled"] MOVE;
    "FEEDS" ["push" "pushes" "pushing"] ["pushed"] MOVE;
    "FEEDS" ["publish" "publishes" "publishing"] ["published"] &[
        (Active, FROM, Backward(C::Feeds)), (Active, TO, Forward(C::Feeds)), (Passive, FROM, Backward(C::Feeds)),
        (Passive, TO, Forward(C::Feeds)), (Passive, BY, Forward(C::MadeBy)), (Passive, &["for"], Released),
    ];
    "FEEDS" ["stream" "streams" "streaming"] ["streamed"] MOVE;
    "FEEDS" ["deliver" "delivers" "delivering"] ["delivered"] MOVE;
    "FEEDS" ["forward" "forwards" "forwarding"] ["forwarded"] MOVE;
    "FEEDS" ["ship" "ships" "shipping"] ["shipped"] MOVE;
    "FEEDS" ["dump" "dumps" "dumping"] ["dumped"] MOVE;
    "FEEDS" ["land" "lands" "landing"] ["landed"] &[(Active, &["in", "into", "on"], Forward(C::Feeds)), (Active, FROM, Backward(C::Feeds)), (Passive, &["in", "into", "on"], Forward(C::Feeds))];
    "FEEDS" ["flow" "flows" "flowing"] [] MOVE;
    "QUERIES" ["query" "queries" "querying"] ["queried"] ASK;
    "MANAGES" ["manage" "manages" "managing"] ["managed"] RULE;
    "MANAGES" ["orchestrate" "orchestrates" "orchestrating"] ["orchestrated"] RULE;
    "MANAGES" ["coordinate" "coordinates" "coordinating"] ["coordinated"] RULE;
    "MANAGES" ["schedule" "schedules" "scheduling"] ["scheduled"] RULE;
    "MANAGES" ["govern" "governs" "governing"] ["governed"] RULE;
    "MANAGES" ["provision" "provisions" "provisioning"] ["provisioned"] RULE;
    "SUPPORTS" ["support" "supports" "supporting"] ["supported"] &[(Active, HERE, Forward(C::Supports)), (Passive, BY, Backward(C::Supports)), (Passive, &["in"], Backward(C::Supports))];
    "SUPPORTS" ["compatible" "compliant"] [] &[(Active, &["with"], Forward(C::Supports))];
    "INTEGRATES_WITH" ["integrate" "integrates" "integrating"] ["integrated"] JOIN;
    "INTEGRATES_WITH" ["connect" "connects" "connecting"] ["connected"] JOIN;
    "INTEGRATES_WITH" ["interoperate" "interoperates" "interact" "interacts" "communicate" "communicates" "interface" "interfaces"] [] &[(Active, &["with"], Forward(C::IntegratesWith))];
    "INTEGRATES_WITH" ["work" "works" "talk" "talks"] [] &[(Active, &["with"], Forward(C::IntegratesWith))];
    "TRIGGERS" ["trigger" "triggers" "triggering"] ["triggered"] START;
    "TRIGGERS" ["invoke" "invokes" "invoking"] ["invoked"] START;
    "TRIGGERS" ["launch" "launches"] [] &[(Active, HERE, Forward(C::Triggers))];
    "MADE_BY" ["develop" "develops"] ["developed"] SHIP;
    "MADE_BY" ["create" "creates"] ["created"] SHIP;
    "MADE_BY" [] ["launched" "initiated" "proposed" "conceived" "introduced" "started" "engineered"] &[
        (Passive, BY, Forward(C::MadeBy)), (Passive, &["for", "on"], Released),
    ];
    "MADE_BY" ["make" "makes"] ["made"] MAKE;
    "MADE_BY" ["design" "designs"] ["designed"] SHIP;
    "MADE_BY" ["maintain" "maintains"] ["maintained"] MAKE;
    "MADE_BY" ["release" "releases"] ["released"] SHIP;
    "RUNS_ON" ["available"] ["ported" "converted" "supplied"] &[
        (Active, &["for", "on", "in", "to"], Released), (Passive, &["for", "on", "to", "with"], Released),
    ];
    "MADE_BY" [] ["produced" "manufactured"] SHIP;
    "MADE_BY" ["invent" "invents"] ["invented" "authored" "founded" "offered" "provided"] &[(Passive, BY, Forward(C::MadeBy))];
    "MADE_BY" [] ["built"] &[(Passive, BY, Forward(C::MadeBy)), (Passive, &["on", "upon", "atop", "over", "with", "using"], Forward(C::Uses)), (Passive, &["into"], Forward(C::PartOf)), (Passive, &["in"], Forward(C::WrittenIn))];
    "REPLACES" ["replace" "replaces" "replacing" "supersede" "supersedes"] ["replaced" "superseded" "succeeded"] &[(Active, HERE, Forward(C::Replaces)), (Passive, BY, Backward(C::Replaces))];
    "REPLACES" ["replacement" "successor"] [] &[(Active, &["for", "to", "of"], Forward(C::Replaces))];
    "PART_OF" ["part" "component" "module" "subproject" "subset" "member" "feature"] [] &[(Active, &["of"], Forward(C::PartOf))];
    "PART_OF" ["belong" "belongs"] [] &[(Active, &["to"], Forward(C::PartOf))];
    "PART_OF" ["contain" "contains" "containing"] ["contained"] HOLD;
    "PART_OF" ["include" "includes"] ["included"] HOLD;
    "PART_OF" ["comprise" "comprises" "comprising" "consist" "consists" "consisting"] ["comprised" "composed"] HOLD;
    "PART_OF" ["bundle" "bundles"] ["bundled"] HOLD;
    "ALTERNATIVE_TO" ["alternative" "competitor"] [] &[(Active, &["to", "of", "for"], Forward(C::AlternativeTo))];
    "SIMILAR_TO" ["similar" "equivalent" "comparable" "analogous"] [] &[(Active, &["to"], Forward(C::SimilarTo))];
    "ENCRYPTS" ["encrypt" "encrypts" "encrypting"] ["encrypted"] OWN;
    "COMPRESSES" ["compress" "compresses" "compressing"] ["compressed"] OWN;
    "MONITORS" ["monitor" "monitors" "monitoring"] ["monitored"] OWN;
    "MASKS" ["mask" "masks" "masking"] ["masked"] OWN;
    "CACHES" ["cache" "caches" "caching"] ["cached"] OWN;
    "INDEXES" ["index" "indexes" "indexing"] ["indexed"] OWN;
    "TRANSFORMS" ["transform" "transforms" "transforming"] ["transformed"] OWN;
    "VALIDATES" ["validate" "validates" "validating"] ["validated"] OWN;
    "EXTENDS" ["extend" "extends" "extending"] ["extended"] OWN;
    "IMPLEMENTS" ["implement" "implements" "implementing"] [] OWN;
    "AUTHENTICATES" ["authenticate" "authenticates" "authenticating"] ["authenticated"] OWN;
    "SECURES" ["secure" "secures" "securing"] ["secured"] OWN;
    "PROCESSES" ["process" "processes" "processing"] ["processed"] OWN;
    "REPLICATES" ["mirror" "mirrors" "mirroring"] ["mirrored"] OWN;
};

/// Form → position in [`VERBS`] and whether it is a participle.
static FORMS: LazyLock<FxHashMap<&'static str, (usize, bool)>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for (index, verb) in VERBS.iter().enumerate() {
        forms.extend(verb.participles.iter().map(|form| (*form, (index, true))));
    }
    for (index, verb) in VERBS.iter().enumerate() {
        for form in verb.forms {
            forms.entry(*form).or_insert((index, false));
        }
    }
    forms
});

/// All forms of verbs.
pub(super) fn forms() -> impl Iterator<Item = &'static str> {
    FORMS.keys().copied()
}

/// The verb of a folded word, and whether the form is a past participle.
pub(super) fn verb(folded: &str) -> Option<(&'static Verb, bool)> {
    FORMS.get(folded).map(|(index, participle)| (&VERBS[*index], *participle))
}
