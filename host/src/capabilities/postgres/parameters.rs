//! Parameters of statements: the component's values in the types of the database client.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use postgres_range::{BoundSided, BoundType, Normalizable, Range, RangeBound};
use rust_decimal::Decimal;
use tokio_postgres::types::ToSql;

use crate::capabilities::postgres::types::{DecimalBound, RangeEnd, SqlInterval, SqlNull};
use crate::runtime::bindings::postgres::{ParameterValue, RangeBoundKind};

pub(crate) type SqlParameter = Box<dyn ToSql + Send + Sync>;

/// Converts all parameters of a statement.
pub(crate) fn to_sql(parameters: &[ParameterValue]) -> Result<Vec<SqlParameter>> {
    let convert = |(index, value)| parameter(value).with_context(|| format!("parameter ${}", index + 1));
    parameters.iter().enumerate().map(convert).collect()
}

fn parameter(value: &ParameterValue) -> Result<SqlParameter> {
    Ok(match value {
        ParameterValue::Boolean(v) => Box::new(*v),
        ParameterValue::Int8(v) => Box::new(*v),
        ParameterValue::Int16(v) => Box::new(*v),
        ParameterValue::Int32(v) => Box::new(*v),
        ParameterValue::Int64(v) => Box::new(*v),
        ParameterValue::Floating32(v) => Box::new(*v),
        ParameterValue::Floating64(v) => Box::new(*v),
        ParameterValue::Str(v) => Box::new(v.clone()),
        ParameterValue::Binary(v) => Box::new(v.clone()),
        ParameterValue::Date((year, month, day)) => Box::new(date(*year, *month, *day)?),
        ParameterValue::Time((hour, minute, second, nano)) => Box::new(time(*hour, *minute, *second, *nano)?),
        ParameterValue::Datetime((year, month, day, hour, minute, second, nano)) => {
            Box::new(NaiveDateTime::new(date(*year, *month, *day)?, time(*hour, *minute, *second, *nano)?))
        }
        ParameterValue::Timestamp(v) => Box::new(DateTime::from_timestamp(*v, 0).context("no such timestamp")?),
        ParameterValue::Uuid(v) => Box::new(uuid::Uuid::parse_str(v).context("not a UUID")?),
        ParameterValue::Jsonb(v) => Box::new(serde_json::from_slice::<serde_json::Value>(v).context("not JSON")?),
        ParameterValue::Decimal(v) => Box::new(decimal(v)?),
        ParameterValue::RangeInt32((low, high)) => Box::new(range(*low, *high)),
        ParameterValue::RangeInt64((low, high)) => Box::new(range(*low, *high)),
        ParameterValue::RangeDecimal((low, high)) => Box::new(range(decimal_end(low)?, decimal_end(high)?)),
        ParameterValue::ArrayInt32(v) => Box::new(v.clone()),
        ParameterValue::ArrayInt64(v) => Box::new(v.clone()),
        ParameterValue::ArrayDecimal(v) => {
            let items = v.iter().map(|item| item.as_deref().map(decimal).transpose());
            Box::new(items.collect::<Result<Vec<_>>>()?)
        }
        ParameterValue::ArrayStr(v) => Box::new(v.clone()),
        ParameterValue::Interval(v) => Box::new(SqlInterval { micros: v.micros, days: v.days, months: v.months }),
        ParameterValue::DbNull => Box::new(SqlNull),
    })
}

fn date(year: i32, month: u8, day: u8) -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.into(), day.into()).context("no such date")
}

fn time(hour: u8, minute: u8, second: u8, nano: u32) -> Result<NaiveTime> {
    NaiveTime::from_hms_nano_opt(hour.into(), minute.into(), second.into(), nano).context("no such time")
}

fn decimal(text: &str) -> Result<Decimal> {
    Decimal::from_str_exact(text).context("not a decimal number")
}

fn decimal_end(end: &RangeEnd<String>) -> Result<RangeEnd<DecimalBound>> {
    end.as_ref().map(|(text, kind)| Ok((DecimalBound(decimal(text)?), *kind))).transpose()
}

fn range<T: Normalizable + PartialOrd>(low: RangeEnd<T>, high: RangeEnd<T>) -> Range<T> {
    Range::new(low.map(bound), high.map(bound))
}

fn bound<S: BoundSided, T: Normalizable + PartialOrd>((value, kind): (T, RangeBoundKind)) -> RangeBound<S, T> {
    let kind = match kind {
        RangeBoundKind::Inclusive => BoundType::Inclusive,
        RangeBoundKind::Exclusive => BoundType::Exclusive,
    };
    RangeBound::new(value, kind)
}

#[cfg(test)]
mod tests;
