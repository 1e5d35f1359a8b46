//! Claims as they are kept: every name once, and numbers for it after that.
//!
//! A note names few concepts many times. Packed claims are smaller, and unpacking makes one shared
//! string for each name instead of one for each place.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::extract::{AliasClaim, Claims, Definition, Mention, RelationClaim, RelationType};
use crate::text::{Name, Position};

/// Claims with their names in one table.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct PackedClaims {
    names: Vec<Name>,
    mentions: Vec<(u32, u32, Position)>,
    definitions: Vec<(u32, String, Position)>,
    aliases: Vec<(u32, u32, u32, Position)>,
    relations: Vec<PackedRelation>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PackedRelation {
    subject: u32,
    predicate: u32,
    object: u32,
    confidence: u16,
    rule: u32,
    position: Position,
    quote: String,
    subject_text: u32,
    object_text: u32,
}

impl PackedClaims {
    pub(super) fn pack(claims: &Claims) -> Self {
        let mut table = Table::default();
        let mention = |table: &mut Table, mention: &Mention| {
            (table.number(&mention.concept), table.number(&mention.text), mention.position)
        };
        let mentions = claims.mentions.iter().map(|claim| mention(&mut table, claim)).collect();
        let definition = |table: &mut Table, definition: &Definition| {
            (table.number(&definition.concept), definition.text.clone(), definition.position)
        };
        let definitions = claims.definitions.iter().map(|claim| definition(&mut table, claim)).collect();
        let alias = |table: &mut Table, alias: &AliasClaim| {
            (table.number(&alias.subject), table.number(&alias.object), table.number(&alias.rule), alias.position)
        };
        let aliases = claims.aliases.iter().map(|claim| alias(&mut table, claim)).collect();
        let relations = claims.relations.iter().map(|claim| PackedRelation::pack(&mut table, claim)).collect();
        Self { names: table.names, mentions, definitions, aliases, relations }
    }

    /// The claims; none where a number stands for no name, as in damaged bytes.
    pub(super) fn unpack(self) -> Option<Claims> {
        let name = |number: u32| self.names.get(number as usize).cloned();
        let mention = |(concept, text, position): (u32, u32, Position)| {
            Some(Mention { concept: name(concept)?, text: name(text)?, position })
        };
        let definition = |(concept, text, position): (u32, String, Position)| {
            Some(Definition { concept: name(concept)?, text, position })
        };
        let alias = |(subject, object, rule, position): (u32, u32, u32, Position)| {
            Some(AliasClaim { subject: name(subject)?, object: name(object)?, rule: name(rule)?, position })
        };
        Some(Claims {
            mentions: self.mentions.into_iter().map(mention).collect::<Option<_>>()?,
            definitions: self.definitions.into_iter().map(definition).collect::<Option<_>>()?,
            aliases: self.aliases.into_iter().map(alias).collect::<Option<_>>()?,
            relations: self.relations.into_iter().map(|relation| relation.unpack(name)).collect::<Option<_>>()?,
        })
    }
}

impl PackedRelation {
    fn pack(table: &mut Table, claim: &RelationClaim) -> Self {
        Self {
            subject: table.number(&claim.subject),
            predicate: table.number(&claim.predicate.name().into()),
            object: table.number(&claim.object),
            confidence: claim.confidence,
            rule: table.number(&claim.rule),
            position: claim.position,
            quote: claim.quote.clone(),
            subject_text: table.number(&claim.subject_text),
            object_text: table.number(&claim.object_text),
        }
    }

    fn unpack(self, name: impl Fn(u32) -> Option<Name>) -> Option<RelationClaim> {
        Some(RelationClaim {
            subject: name(self.subject)?,
            predicate: RelationType::named(&name(self.predicate)?),
            object: name(self.object)?,
            confidence: self.confidence,
            rule: name(self.rule)?,
            position: self.position,
            quote: self.quote,
            subject_text: name(self.subject_text)?,
            object_text: name(self.object_text)?,
        })
    }
}

/// Names and their numbers, in the order of first use.
#[derive(Default)]
struct Table {
    names: Vec<Name>,
    numbers: FxHashMap<Name, u32>,
}

impl Table {
    fn number(&mut self, name: &Name) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).expect("a note holds fewer names than bytes");
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Overrides;
    use crate::extract::Extractor;
    use crate::read::read;

    #[test]
    fn claims_come_back_as_they_were_and_wrong_numbers_give_nothing() {
        let (note, _) =
            read("a.txt", b"Kafka\n---\nKafka feeds HDFS and Hive.\nHDFS: Hadoop distributed file system\n");
        let extractor = Extractor::new(&Overrides::default());
        let discovery = extractor.discover(&note);
        let claims = extractor.resolve([&discovery]).linker().link(&note, &discovery);
        assert!(!claims.mentions.is_empty() && !claims.relations.is_empty() && !claims.aliases.is_empty());
        assert_eq!(PackedClaims::pack(&claims).unpack(), Some(claims.clone()));
        let cut = PackedClaims { names: Vec::new(), ..PackedClaims::pack(&claims) };
        assert_eq!(cut.unpack(), None);
    }
}
