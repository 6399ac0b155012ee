//! Values of rows: from what the server sent to what the component gets.

use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use postgres_range::{BoundSided, BoundType, Normalizable, Range, RangeBound};
use rust_decimal::Decimal;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use super::types::{Bound, Interval, Raw};
use crate::bindings::postgres::{DbDataType, DbValue, Interval as WitInterval, RangeBoundKind};

type End<T> = Option<(T, RangeBoundKind)>;

/// All values of a row.
pub(crate) fn from_row(row: &Row) -> Result<Vec<DbValue>> {
    let convert = |index| value(row, index).with_context(|| format!("column {:?}", row.columns()[index].name()));
    (0..row.len()).map(convert).collect()
}

/// The type of a column in the words of the interface.
pub(crate) fn data_type(ty: &Type) -> DbDataType {
    match *ty {
        Type::BOOL => DbDataType::Boolean,
        Type::BYTEA => DbDataType::Binary,
        Type::FLOAT4 => DbDataType::Floating32,
        Type::FLOAT8 => DbDataType::Floating64,
        Type::INT2 => DbDataType::Int16,
        Type::INT4 => DbDataType::Int32,
        Type::INT8 => DbDataType::Int64,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR => DbDataType::Str,
        Type::TIMESTAMP | Type::TIMESTAMPTZ => DbDataType::Datetime,
        Type::DATE => DbDataType::Date,
        Type::TIME => DbDataType::Time,
        Type::UUID => DbDataType::Uuid,
        Type::JSONB => DbDataType::Jsonb,
        Type::NUMERIC => DbDataType::Decimal,
        Type::INT4_RANGE => DbDataType::RangeInt32,
        Type::INT8_RANGE => DbDataType::RangeInt64,
        Type::NUM_RANGE => DbDataType::RangeDecimal,
        Type::INT4_ARRAY => DbDataType::ArrayInt32,
        Type::INT8_ARRAY => DbDataType::ArrayInt64,
        Type::NUMERIC_ARRAY => DbDataType::ArrayDecimal,
        Type::TEXT_ARRAY | Type::VARCHAR_ARRAY | Type::BPCHAR_ARRAY => DbDataType::ArrayStr,
        Type::INTERVAL => DbDataType::Interval,
        _ => DbDataType::Other(ty.name().to_owned()),
    }
}

fn value(row: &Row, index: usize) -> Result<DbValue> {
    let get = Get { row, index };
    match data_type(row.columns()[index].type_()) {
        DbDataType::Boolean => get.value(DbValue::Boolean),
        DbDataType::Binary => get.value(DbValue::Binary),
        DbDataType::Floating32 => get.value(DbValue::Floating32),
        DbDataType::Floating64 => get.value(DbValue::Floating64),
        DbDataType::Int8 => get.value(DbValue::Int8),
        DbDataType::Int16 => get.value(DbValue::Int16),
        DbDataType::Int32 => get.value(DbValue::Int32),
        DbDataType::Int64 => get.value(DbValue::Int64),
        DbDataType::Str => get.value(DbValue::Str),
        // A timestamp with time zone cannot be read as this type: the query fails, as it does in Spin.
        DbDataType::Datetime | DbDataType::Timestamp => get.value(|v: NaiveDateTime| DbValue::Datetime(datetime(v))),
        DbDataType::Date => get.value(|v: NaiveDate| DbValue::Date((v.year(), v.month() as u8, v.day() as u8))),
        DbDataType::Time => get.value(|v: NaiveTime| DbValue::Time(time(v))),
        DbDataType::Uuid => get.value(|v: uuid::Uuid| DbValue::Uuid(v.to_string())),
        DbDataType::Jsonb => get.value(|v: serde_json::Value| DbValue::Jsonb(v.to_string().into_bytes())),
        DbDataType::Decimal => get.value(|v: Decimal| DbValue::Decimal(v.to_string())),
        DbDataType::RangeInt32 => get.value(|v| DbValue::RangeInt32(range(&v, |v: &i32| *v))),
        DbDataType::RangeInt64 => get.value(|v| DbValue::RangeInt64(range(&v, |v: &i64| *v))),
        DbDataType::RangeDecimal => get.value(|v| DbValue::RangeDecimal(range(&v, |v: &Bound| v.0.to_string()))),
        DbDataType::ArrayInt32 => get.value(DbValue::ArrayInt32),
        DbDataType::ArrayInt64 => get.value(DbValue::ArrayInt64),
        DbDataType::ArrayDecimal => get.value(|v: Vec<Option<Decimal>>| {
            DbValue::ArrayDecimal(v.iter().map(|item| item.map(|item| item.to_string())).collect())
        }),
        DbDataType::ArrayStr => get.value(DbValue::ArrayStr),
        DbDataType::Interval => {
            get.value(|v: Interval| DbValue::Interval(WitInterval { micros: v.micros, days: v.days, months: v.months }))
        }
        DbDataType::Other(_) => get.value(|v: Raw| DbValue::Unsupported(v.0)),
    }
}

/// One field of a row.
struct Get<'a> {
    row: &'a Row,
    index: usize,
}

impl<'a> Get<'a> {
    fn value<T: FromSql<'a>>(&self, convert: impl Fn(T) -> DbValue) -> Result<DbValue> {
        let value: Option<T> = self.row.try_get(self.index)?;
        Ok(value.map_or(DbValue::DbNull, convert))
    }
}

fn datetime(v: NaiveDateTime) -> (i32, u8, u8, u8, u8, u8, u32) {
    let (hour, minute, second, nano) = time(v.time());
    (v.year(), v.month() as u8, v.day() as u8, hour, minute, second, nano)
}

fn time(v: NaiveTime) -> (u8, u8, u8, u32) {
    (v.hour() as u8, v.minute() as u8, v.second() as u8, v.nanosecond())
}

fn range<T, U>(range: &Range<T>, convert: impl Fn(&T) -> U) -> (End<U>, End<U>)
where
    T: Normalizable + PartialOrd,
{
    (range.lower().map(|b| bound(b, &convert)), range.upper().map(|b| bound(b, &convert)))
}

fn bound<S: BoundSided, T, U>(bound: &RangeBound<S, T>, convert: impl Fn(&T) -> U) -> (U, RangeBoundKind) {
    let kind = match bound.type_ {
        BoundType::Inclusive => RangeBoundKind::Inclusive,
        BoundType::Exclusive => RangeBoundKind::Exclusive,
    };
    (convert(&bound.value), kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_fraction() {
        let at = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_micro_opt(23, 59, 58, 123_456).unwrap();
        assert_eq!(datetime(at), (2026, 11, 24, 23, 59, 58, 123_456_000));
    }

    #[test]
    fn ranges_keep_their_ends() {
        let closed_open = Range::new(
            Some(RangeBound::new(Bound(Decimal::new(15, 1)), BoundType::Inclusive)),
            Some(RangeBound::new(Bound(Decimal::new(2, 0)), BoundType::Exclusive)),
        );
        let (low, high) = range(&closed_open, |v| v.0.to_string());
        assert_eq!(low, Some(("1.5".to_owned(), RangeBoundKind::Inclusive)));
        assert_eq!(high, Some(("2".to_owned(), RangeBoundKind::Exclusive)));
        let open: Range<i32> = Range::new(None, None);
        assert_eq!(range(&open, |v| *v), (None, None));
    }

    #[test]
    fn unknown_types_keep_their_name() {
        assert!(matches!(data_type(&Type::INET), DbDataType::Other(name) if name == "inet"));
    }
}
