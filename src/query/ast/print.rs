//! Trees → Cypher. What is printed reads back as the same tree.

use std::fmt::{self, Display, Formatter, Write as _};

use super::*;

/// `name` as an identifier, in backquotes where it needs them.
#[must_use]
pub fn identifier(name: &str) -> String {
    let mut letters = name.chars();
    let plain = letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
        && !is_reserved(name);
    if plain { name.to_owned() } else { format!("`{}`", name.replace('`', "``")) }
}

/// `text` as a string literal in single quotes.
#[must_use]
pub fn string_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for letter in text.chars() {
        match letter {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}

/// Words that cannot be variables; the same list as `reserved_word` of the grammar.
const RESERVED: [&str; 43] = [
    "all",
    "and",
    "as",
    "asc",
    "ascending",
    "by",
    "case",
    "contains",
    "create",
    "delete",
    "desc",
    "descending",
    "detach",
    "distinct",
    "else",
    "end",
    "ends",
    "exists",
    "false",
    "in",
    "is",
    "limit",
    "match",
    "merge",
    "not",
    "null",
    "on",
    "optional",
    "or",
    "order",
    "remove",
    "return",
    "set",
    "skip",
    "starts",
    "then",
    "true",
    "union",
    "unwind",
    "when",
    "where",
    "with",
    "xor",
];

fn is_reserved(name: &str) -> bool {
    RESERVED.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.mode {
            Mode::Run => {}
            Mode::Explain => f.write_str("EXPLAIN ")?,
            Mode::Profile => f.write_str("PROFILE ")?,
        }
        self.query.fmt(f)
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        for union in &self.unions {
            write!(f, " UNION {}{}", if union.all { "ALL " } else { "" }, union.query)?;
        }
        Ok(())
    }
}

impl Display for SingleQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        list(f, &self.clauses, " ")
    }
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ClauseKind::Match(clause) => {
                let optional = if clause.optional { "OPTIONAL " } else { "" };
                write!(f, "{optional}MATCH {}", clause.pattern)?;
                where_clause(f, clause.predicate.as_ref())
            }
            ClauseKind::Unwind { list, variable } => write!(f, "UNWIND {list} AS {variable}"),
            ClauseKind::Create(pattern) => write!(f, "CREATE {pattern}"),
            ClauseKind::Merge(merge) => merge.fmt(f),
            ClauseKind::Set(items) => {
                f.write_str("SET ")?;
                list(f, items, ", ")
            }
            ClauseKind::Remove(items) => {
                f.write_str("REMOVE ")?;
                list(f, items, ", ")
            }
            ClauseKind::Delete { detach, expressions } => {
                f.write_str(if *detach { "DETACH DELETE " } else { "DELETE " })?;
                list(f, expressions, ", ")
            }
            ClauseKind::Call(call) => call.fmt(f),
            ClauseKind::With { body, predicate } => {
                write!(f, "WITH {body}")?;
                where_clause(f, predicate.as_ref())
            }
            ClauseKind::Return(body) => write!(f, "RETURN {body}"),
        }
    }
}

fn list<T: Display>(f: &mut Formatter<'_>, items: &[T], separator: &str) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            f.write_str(separator)?;
        }
        item.fmt(f)?;
    }
    Ok(())
}

fn where_clause(f: &mut Formatter<'_>, predicate: Option<&Expression>) -> fmt::Result {
    predicate.map_or(Ok(()), |predicate| write!(f, " WHERE {predicate}"))
}

fn labels(f: &mut Formatter<'_>, labels: &[Name]) -> fmt::Result {
    labels.iter().try_for_each(|label| write!(f, ":{}", identifier(label)))
}

fn dotted(name: &str) -> String {
    name.split('.')
        .map(|part| if part.eq_ignore_ascii_case("exists") { part.to_owned() } else { identifier(part) })
        .collect::<Vec<_>>()
        .join(".")
}

impl Display for Variable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&identifier(&self.name))
    }
}

impl Display for Merge {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "MERGE {}", self.part)?;
        for (when, items) in [("CREATE", &self.on_create), ("MATCH", &self.on_match)] {
            if !items.is_empty() {
                write!(f, " ON {when} SET ")?;
                list(f, items, ", ")?;
            }
        }
        Ok(())
    }
}

impl Display for SetItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property { owner, key, value } => {
                at_least(f, owner, POSTFIX)?;
                write!(f, ".{} = {value}", identifier(key))
            }
            Self::All { variable, value } => write!(f, "{variable} = {value}"),
            Self::Add { variable, value } => write!(f, "{variable} += {value}"),
            Self::Labels { variable, labels: names } => {
                variable.fmt(f)?;
                labels(f, names)
            }
        }
    }
}

impl Display for RemoveItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property { owner, key } => {
                at_least(f, owner, POSTFIX)?;
                write!(f, ".{}", identifier(key))
            }
            Self::Labels { variable, labels: names } => {
                variable.fmt(f)?;
                labels(f, names)
            }
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "CALL {}", dotted(&self.name))?;
        if let Some(arguments) = &self.arguments {
            f.write_char('(')?;
            list(f, arguments, ", ")?;
            f.write_char(')')?;
        }
        match &self.yields {
            Yield::Absent => {}
            Yield::All(_) => f.write_str(" YIELD *")?,
            Yield::Items(items) => {
                f.write_str(" YIELD ")?;
                list(f, items, ", ")?;
            }
        }
        where_clause(f, self.predicate.as_ref())
    }
}

impl Display for YieldItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.result != self.variable.name {
            write!(f, "{} AS ", identifier(&self.result))?;
        }
        self.variable.fmt(f)
    }
}

impl Display for ProjectionBody {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.distinct {
            f.write_str("DISTINCT ")?;
        }
        if self.star {
            f.write_str(if self.items.is_empty() { "*" } else { "*, " })?;
        }
        list(f, &self.items, ", ")?;
        if !self.order.is_empty() {
            f.write_str(" ORDER BY ")?;
            list(f, &self.order, ", ")?;
        }
        if let Some(skip) = &self.skip {
            write!(f, " SKIP {skip}")?;
        }
        self.limit.as_ref().map_or(Ok(()), |limit| write!(f, " LIMIT {limit}"))
    }
}

impl Display for ProjectionItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.expression.fmt(f)?;
        self.alias.as_ref().map_or(Ok(()), |alias| write!(f, " AS {alias}"))
    }
}

impl Display for SortItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.expression, if self.descending { " DESC" } else { "" })
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        list(f, &self.parts, ", ")
    }
}

impl Display for PatternPart {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(variable) = &self.variable {
            write!(f, "{variable} = ")?;
        }
        match self.shortest {
            None => self.element.fmt(f),
            Some(ShortestKind::One) => write!(f, "shortestPath({})", self.element),
            Some(ShortestKind::All) => write!(f, "allShortestPaths({})", self.element),
        }
    }
}

impl Display for PatternElement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.start.fmt(f)?;
        self.chain.iter().try_for_each(|(relationship, node)| write!(f, "{relationship}{node}"))
    }
}

impl Display for NodePattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('(')?;
        if let Some(variable) = &self.variable {
            variable.fmt(f)?;
        }
        labels(f, &self.labels)?;
        if let Some(properties) = &self.properties {
            let space = if self.variable.is_some() || !self.labels.is_empty() { " " } else { "" };
            write!(f, "{space}{properties}")?;
        }
        f.write_char(')')
    }
}

impl Display for RelationshipPattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.direction == Direction::Left { "<-" } else { "-" })?;
        let bare =
            self.variable.is_none() && self.types.is_empty() && self.length.is_none() && self.properties.is_none();
        if !bare {
            self.detail(f)?;
        }
        f.write_str(if self.direction == Direction::Right { "->" } else { "-" })
    }
}

impl RelationshipPattern {
    fn detail(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('[')?;
        if let Some(variable) = &self.variable {
            variable.fmt(f)?;
        }
        for (at, name) in self.types.iter().enumerate() {
            write!(f, "{}{}", if at == 0 { ":" } else { "|" }, identifier(name))?;
        }
        if let Some(range) = &self.length {
            range.fmt(f)?;
        }
        if let Some(properties) = &self.properties {
            write!(f, " {properties}")?;
        }
        f.write_char(']')
    }
}

impl Display for Range {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('*')?;
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(f, "{min}"),
            (None, None) => Ok(()),
            (min, max) => {
                min.map_or(Ok(()), |min| write!(f, "{min}"))?;
                f.write_str("..")?;
                max.map_or(Ok(()), |max| write!(f, "{max}"))
            }
        }
    }
}

// Precedence, loosest first: an operand is put in brackets where its own is lower.
const OR: u8 = 0;
const XOR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARISON: u8 = 4;
const PREDICATE: u8 = 5;
const ADD: u8 = 6;
const MULTIPLY: u8 = 7;
const POWER: u8 = 8;
const UNARY: u8 = 9;
const POSTFIX: u8 = 10;
const ATOM: u8 = 11;

impl ArithmeticOperator {
    const fn precedence(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => ADD,
            Self::Multiply | Self::Divide | Self::Modulo => MULTIPLY,
            Self::Power => POWER,
        }
    }

    /// As written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Power => "^",
        }
    }
}

impl ComparisonOperator {
    /// As written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

impl StringOperator {
    /// As written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::StartsWith => "STARTS WITH",
            Self::EndsWith => "ENDS WITH",
            Self::Contains => "CONTAINS",
            Self::Matches => "=~",
        }
    }
}

impl Expression {
    fn precedence(&self) -> u8 {
        match &self.kind {
            ExpressionKind::Or(_) => OR,
            ExpressionKind::Xor(_) => XOR,
            ExpressionKind::And(_) => AND,
            ExpressionKind::Not(_) => NOT,
            ExpressionKind::Comparison(..) => COMPARISON,
            ExpressionKind::StringPredicate(..)
            | ExpressionKind::In(..)
            | ExpressionKind::IsNull(_)
            | ExpressionKind::IsNotNull(_) => PREDICATE,
            ExpressionKind::Arithmetic(_, rest) => rest.first().map_or(ATOM, |(operator, _)| operator.precedence()),
            ExpressionKind::Negate(_) | ExpressionKind::Plus(_) => UNARY,
            ExpressionKind::Literal(Literal::Integer(number)) if *number < 0 => UNARY,
            ExpressionKind::Literal(Literal::Float(number)) if number.is_sign_negative() => UNARY,
            ExpressionKind::Property(..)
            | ExpressionKind::Index(..)
            | ExpressionKind::Slice(..)
            | ExpressionKind::HasLabels(..) => POSTFIX,
            _ => ATOM,
        }
    }
}

fn at_least(f: &mut Formatter<'_>, expression: &Expression, precedence: u8) -> fmt::Result {
    if expression.precedence() < precedence { write!(f, "({expression})") } else { expression.fmt(f) }
}

fn joined(f: &mut Formatter<'_>, operands: &[Expression], word: &str, precedence: u8) -> fmt::Result {
    for (at, operand) in operands.iter().enumerate() {
        if at > 0 {
            write!(f, " {word} ")?;
        }
        at_least(f, operand, precedence)?;
    }
    Ok(())
}

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExpressionKind::Literal(literal) => literal.fmt(f),
            ExpressionKind::Parameter(name) => {
                let number = name.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty();
                if number { write!(f, "${name}") } else { write!(f, "${}", parameter_name(name)) }
            }
            ExpressionKind::Variable(name) => f.write_str(&identifier(name)),
            // `[x IN list]` would be a comprehension.
            ExpressionKind::List(items) if matches!(&items[..], [only] if starts_like_comprehension(only)) => {
                write!(f, "[({})]", items[0])
            }
            ExpressionKind::List(items) => {
                f.write_char('[')?;
                list(f, items, ", ")?;
                f.write_char(']')
            }
            ExpressionKind::Map(entries) => map(f, entries),
            ExpressionKind::Or(operands) => joined(f, operands, "OR", XOR),
            ExpressionKind::Xor(operands) => joined(f, operands, "XOR", AND),
            ExpressionKind::And(operands) => joined(f, operands, "AND", NOT),
            ExpressionKind::Not(operand) => {
                f.write_str("NOT ")?;
                at_least(f, operand, NOT)
            }
            ExpressionKind::Comparison(first, rest) => {
                at_least(f, first, PREDICATE)?;
                rest.iter().try_for_each(|(operator, operand)| {
                    write!(f, " {} ", operator.symbol())?;
                    at_least(f, operand, PREDICATE)
                })
            }
            ExpressionKind::Arithmetic(first, rest) => {
                let tighter = self.precedence() + 1;
                at_least(f, first, tighter)?;
                rest.iter().try_for_each(|(operator, operand)| {
                    write!(f, " {} ", operator.symbol())?;
                    at_least(f, operand, tighter)
                })
            }
            ExpressionKind::Negate(operand) => signed(f, '-', operand),
            ExpressionKind::Plus(operand) => signed(f, '+', operand),
            ExpressionKind::StringPredicate(operator, left, right) => {
                at_least(f, left, PREDICATE)?;
                write!(f, " {} ", operator.symbol())?;
                at_least(f, right, ADD)
            }
            ExpressionKind::In(left, right) => {
                at_least(f, left, PREDICATE)?;
                f.write_str(" IN ")?;
                at_least(f, right, ADD)
            }
            ExpressionKind::IsNull(operand) => {
                at_least(f, operand, PREDICATE)?;
                f.write_str(" IS NULL")
            }
            ExpressionKind::IsNotNull(operand) => {
                at_least(f, operand, PREDICATE)?;
                f.write_str(" IS NOT NULL")
            }
            _ => self.fmt_tight(f),
        }
    }
}

fn starts_like_comprehension(expression: &Expression) -> bool {
    matches!(&expression.kind, ExpressionKind::In(left, _) if left.variable().is_some())
}

/// A parameter may be called like a reserved word.
fn parameter_name(name: &str) -> String {
    if is_reserved(name) { name.to_owned() } else { identifier(name) }
}

fn signed(f: &mut Formatter<'_>, sign: char, operand: &Expression) -> fmt::Result {
    f.write_char(sign)?;
    // A sign before a number would become part of it.
    let number = matches!(operand.kind, ExpressionKind::Literal(Literal::Integer(_) | Literal::Float(_)));
    if number { write!(f, "({operand})") } else { at_least(f, operand, UNARY) }
}

fn map(f: &mut Formatter<'_>, entries: &[(Name, Expression)]) -> fmt::Result {
    f.write_char('{')?;
    for (at, (key, value)) in entries.iter().enumerate() {
        write!(f, "{}{}: {value}", if at > 0 { ", " } else { "" }, identifier(key))?;
    }
    f.write_char('}')
}

impl Expression {
    /// Postfix operators and atoms.
    fn fmt_tight(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExpressionKind::Property(operand, key) => {
                at_least(f, operand, POSTFIX)?;
                write!(f, ".{}", identifier(key))
            }
            ExpressionKind::Index(operand, index) => {
                at_least(f, operand, POSTFIX)?;
                write!(f, "[{index}]")
            }
            ExpressionKind::Slice(operand, from, to) => {
                at_least(f, operand, POSTFIX)?;
                f.write_char('[')?;
                from.as_ref().map_or(Ok(()), |from| from.fmt(f))?;
                f.write_str("..")?;
                to.as_ref().map_or(Ok(()), |to| to.fmt(f))?;
                f.write_char(']')
            }
            ExpressionKind::HasLabels(operand, names) => {
                at_least(f, operand, POSTFIX)?;
                labels(f, names)
            }
            ExpressionKind::Function { name, distinct, arguments, .. } => {
                write!(f, "{}({}", dotted(name), if *distinct { "DISTINCT " } else { "" })?;
                list(f, arguments, ", ")?;
                f.write_char(')')
            }
            ExpressionKind::CountAll => f.write_str("count(*)"),
            ExpressionKind::Case { operand, alternatives, default } => {
                f.write_str("CASE")?;
                operand.as_ref().map_or(Ok(()), |operand| write!(f, " {operand}"))?;
                for Alternative { condition, result } in alternatives {
                    write!(f, " WHEN {condition} THEN {result}")?;
                }
                default.as_ref().map_or(Ok(()), |default| write!(f, " ELSE {default}"))?;
                f.write_str(" END")
            }
            ExpressionKind::Exists(subquery) => write!(f, "EXISTS {{ {} }}", subquery.query),
            ExpressionKind::Count(subquery) => write!(f, "COUNT {{ {} }}", subquery.query),
            ExpressionKind::PatternPredicate(element) => element.fmt(f),
            ExpressionKind::ShortestPath(part) => part.fmt(f),
            ExpressionKind::MapProjection(variable, items) => {
                write!(f, "{variable} {{")?;
                list(f, items, ", ")?;
                f.write_char('}')
            }
            _ => self.fmt_comprehension(f),
        }
    }

    fn fmt_comprehension(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExpressionKind::ListComprehension { variable, list, predicate, projection } => {
                write!(f, "[{variable} IN {list}")?;
                where_clause(f, predicate.as_deref())?;
                projection.as_ref().map_or(Ok(()), |projection| write!(f, " | {projection}"))?;
                f.write_char(']')
            }
            ExpressionKind::PatternComprehension { variable, element, predicate, projection } => {
                f.write_char('[')?;
                variable.as_ref().map_or(Ok(()), |variable| write!(f, "{variable} = "))?;
                element.fmt(f)?;
                where_clause(f, predicate.as_deref())?;
                write!(f, " | {projection}]")
            }
            ExpressionKind::Quantifier { kind, variable, list, predicate } => {
                write!(f, "{}({variable} IN {list}", kind.word())?;
                where_clause(f, predicate.as_deref())?;
                f.write_char(')')
            }
            ExpressionKind::Reduce { accumulator, initial, variable, list, step } => {
                write!(f, "reduce({accumulator} = {initial}, {variable} IN {list} | {step})")
            }
            _ => Ok(()),
        }
    }
}

impl QuantifierKind {
    /// As written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
            Self::Single => "single",
        }
    }
}

impl Display for MapProjectionItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str(".*"),
            Self::Property(key) => write!(f, ".{}", identifier(key)),
            Self::Entry(key, value) => write!(f, "{}: {value}", identifier(key)),
            Self::Variable(variable) => variable.fmt(f),
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(number) => number.fmt(f),
            Self::Float(number) => write!(f, "{number:?}"),
            Self::String(text) => f.write_str(&string_literal(text)),
        }
    }
}
