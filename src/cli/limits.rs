//! Options that bound what a statement may use: one for each [`Rule`](crate::limits::Rule).

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, error::Error};

use crate::limits::{Limit, Limits, RULES, Unit};

/// What was asked of the limits, in their order.
#[derive(Clone, Debug, Default)]
pub struct LimitOptions(Vec<(Limit, u64)>);

impl LimitOptions {
    /// The limits, as asked or as they are.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.over(Limits::default())
    }

    /// `limits` where nothing was asked.
    #[must_use]
    pub fn over(&self, mut limits: Limits) -> Limits {
        self.0.iter().for_each(|(limit, value)| limits.set(*limit, *value));
        limits
    }

    /// Whether nothing was asked.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Args for LimitOptions {
    fn augment_args(command: Command) -> Command {
        RULES.iter().fold(command, |command, rule| {
            let unit = match rule.unit {
                Unit::Bytes => "SIZE",
                Unit::Seconds => "SECONDS",
                Unit::Count => "N",
            };
            let default = rule.shown(rule.default).replace(" s", "");
            let option = Arg::new(rule.option).long(rule.option).value_name(unit);
            let option = option.value_parser(|text: &str| rule.parse(text)).help_heading("Limits");
            command.arg(option.help(format!("{} [default: {default}]", rule.help)))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LimitOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = RULES.iter().filter_map(|rule| Some((rule.limit, *matches.get_one::<u64>(rule.option)?)));
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
