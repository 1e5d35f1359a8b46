//! Laws that hold for all values.

use std::cmp::Ordering;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use proptest::prelude::*;

use super::{
    Comparison, Key, List, Types, Value, add, compare, divide, equals, modulo, multiply, negate, order, subtract,
};
use crate::limits::Limits;
use crate::query::answer::Entities;
use crate::query::json::{Encoded, decode};
use crate::query::temporal::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time, Zone, ZoneName};

fn local() -> impl Strategy<Value = LocalDateTime> {
    let last = Date::new(Date::MAX_YEAR, 12, 31).unwrap().epoch_days();
    let days = prop_oneof![-1_000_000..1_000_000_i64, -365_242_500_000..=last];
    (days, 0..86_400_000_000_000_i64, prop_oneof![Just(1_i64), Just(1_000_000_000), Just(60_000_000_000)]).prop_map(
        |(days, nanoseconds, unit)| LocalDateTime {
            date: Date::from_epoch_days(days).unwrap_or(Date::EPOCH),
            time: LocalTime::from_nanoseconds(nanoseconds / unit * unit),
        },
    )
}

fn zone() -> impl Strategy<Value = Zone> {
    let named = |name| Zone::Named(ZoneName::find(name).unwrap());
    prop_oneof![
        (-64_800..=64_800_i32).prop_map(Zone::Offset),
        Just(Zone::UTC),
        Just(named("Europe/Stockholm")),
        Just(named("Pacific/Apia")),
        Just(named("America/St_Johns")),
    ]
}

fn duration() -> impl Strategy<Value = Duration> {
    let part = || prop_oneof![-100..100_i64, any::<i64>()];
    (part(), part(), part(), 0..1_000_000_000_u32).prop_map(|(months, days, seconds, nanoseconds)| Duration {
        months,
        days,
        seconds,
        nanoseconds,
    })
}

fn temporal() -> impl Strategy<Value = Temporal> {
    prop_oneof![
        local().prop_map(|local| Temporal::Date(local.date)),
        local().prop_map(|local| Temporal::LocalTime(local.time)),
        (local(), -64_800..=64_800_i32).prop_map(|(local, offset)| Temporal::Time(Time::new(local.time, offset))),
        local().prop_map(Temporal::LocalDateTime),
        (local(), zone()).prop_filter_map("past the last day", |(local, zone)| {
            DateTime::new(local, zone).map(Temporal::DateTime)
        }),
        duration().prop_map(Temporal::Duration),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let integer = prop_oneof![-3..3_i64, any::<i64>()];
    let float =
        prop_oneof![(-3..3_i32).prop_map(f64::from), any::<f64>(), Just(f64::NAN), Just(9_007_199_254_740_993.0)];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        integer.prop_map(Value::Integer),
        float.prop_map(Value::Float),
        "[a-cé'\\\\\n]{0,3}".prop_map(Value::from),
        temporal().prop_map(Value::Temporal),
        (-3..3_i64, -3..3_i64, 1..3_i64).prop_map(|(first, last, step)| Value::List(List::range(first, last, step))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::list),
            prop::collection::vec(("[ab]", inner), 0..3).prop_map(Value::map),
        ]
    })
}

fn hash(key: &Key) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}

proptest! {
    #[test]
    fn the_order_is_total(a in value(), b in value(), c in value()) {
        prop_assert_eq!(order(&a, &a), Ordering::Equal);
        prop_assert_eq!(order(&a, &b), order(&b, &a).reverse());
        if order(&a, &b).is_le() && order(&b, &c).is_le() {
            prop_assert!(order(&a, &c).is_le());
        }
    }

    #[test]
    fn equality_equivalence_and_order_agree(a in value(), b in value()) {
        let (left, right) = (Key(a.clone()), Key(b.clone()));
        prop_assert_eq!(left == right, order(&a, &b).is_eq());
        prop_assert!(left != right || hash(&left) == hash(&right));
        prop_assert_eq!(equals(&a, &b), equals(&b, &a));
        if equals(&a, &b) == Some(true) {
            prop_assert!(left == right);
        }
        match compare(&a, &b) {
            Comparison::Ordered(ordering) if ordering.is_eq() => prop_assert_eq!(equals(&a, &b), Some(true)),
            Comparison::Ordered(ordering) => prop_assert_eq!(ordering, order(&a, &b)),
            _ => {}
        }
    }

    #[test]
    fn values_in_json_read_back_the_same(a in value()) {
        let json = serde_json::to_string(&Encoded { value: &a, entities: &Entities::default() }).unwrap();
        let read = decode(&serde_json::from_str(&json).unwrap()).unwrap();
        prop_assert_eq!(Key(read), Key(a));
    }

    #[test]
    fn temporal_text_reads_back_the_same(a in temporal()) {
        prop_assert_eq!(Temporal::parse(&a.to_string()), Some(a), "{}", a);
    }

    #[test]
    fn arithmetic_never_panics(a in value(), b in value()) {
        let plus = |left: &Value, right: &Value| add(left.clone(), right, &Limits::default());
        for operation in [plus, subtract, multiply, divide, modulo] {
            if let Ok(result) = operation(&a, &b) {
                prop_assert!(Types::ANY.contains(result.types()));
            }
        }
        drop(negate(&a));
    }

    #[test]
    fn time_between_added_to_the_first_gives_the_second(from in local(), to in local()) {
        let (from, to) = (Temporal::LocalDateTime(from), Temporal::LocalDateTime(to));
        let between = Duration::between(from, to).unwrap();
        prop_assert_eq!(from.plus(Temporal::Duration(between)).unwrap(), to);
    }

    #[test]
    fn measuring_time_never_panics(from in temporal(), to in temporal()) {
        for measure in [Duration::between, Duration::in_months, Duration::in_days, Duration::in_seconds] {
            drop(measure(from, to));
        }
        for name in ["year", "week", "offset", "timezone", "epochMillis", "quartersOfYear", "nanoseconds"] {
            drop(from.component(name));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+PTZWQYMDHS0-9:.,\\[\\]/é]{0,24}") {
        let duration = Duration::parse(&text).map(Temporal::Duration);
        let time = Time::parse(&text, 0).map(Temporal::Time);
        let instant = DateTime::parse(&text, Zone::UTC).map(Temporal::DateTime);
        for read in [Temporal::parse(&text), duration, time, instant].into_iter().flatten() {
            prop_assert_eq!(Temporal::parse(&read.to_string()), Some(read));
        }
    }
}
