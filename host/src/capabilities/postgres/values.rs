//! Values of rows: the database client's values in the types of the component.

use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use postgres_range::{BoundSided, BoundType, Normalizable, Range, RangeBound};
use rust_decimal::Decimal;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use crate::capabilities::postgres::types::{DecimalBound, RangeEnd, RawBytes, SqlInterval};
use crate::runtime::bindings::postgres::{DbDataType, DbValue, Interval as WitInterval, RangeBoundKind};

/// All values of a row.
pub(crate) fn from_row(row: &Row) -> Result<Vec<DbValue>> {
    let convert = |index| value(row, index).with_context(|| format!("column {:?}", row.columns()[index].name()));
    (0..row.len()).map(convert).collect()
}

/// The type of a column, as the interface names it.
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
    let field = RowField { row, index };
    match data_type(row.columns()[index].type_()) {
        DbDataType::Boolean => field.value(DbValue::Boolean),
        DbDataType::Binary => field.value(DbValue::Binary),
        DbDataType::Floating32 => field.value(DbValue::Floating32),
        DbDataType::Floating64 => field.value(DbValue::Floating64),
        DbDataType::Int8 => field.value(DbValue::Int8),
        DbDataType::Int16 => field.value(DbValue::Int16),
        DbDataType::Int32 => field.value(DbValue::Int32),
        DbDataType::Int64 => field.value(DbValue::Int64),
        DbDataType::Str => field.value(DbValue::Str),
        // A timestamp with time zone cannot be read as this type: the query fails, as it does in Spin.
        DbDataType::Datetime | DbDataType::Timestamp => field.value(|v: NaiveDateTime| DbValue::Datetime(datetime(v))),
        DbDataType::Date => field.value(|v: NaiveDate| DbValue::Date((v.year(), v.month() as u8, v.day() as u8))),
        DbDataType::Time => field.value(|v: NaiveTime| DbValue::Time(time(v))),
        DbDataType::Uuid => field.value(|v: uuid::Uuid| DbValue::Uuid(v.to_string())),
        DbDataType::Jsonb => field.value(|v: serde_json::Value| DbValue::Jsonb(v.to_string().into_bytes())),
        DbDataType::Decimal => field.value(|v: Decimal| DbValue::Decimal(v.to_string())),
        DbDataType::RangeInt32 => field.value(|v| DbValue::RangeInt32(range(&v, |v: &i32| *v))),
        DbDataType::RangeInt64 => field.value(|v| DbValue::RangeInt64(range(&v, |v: &i64| *v))),
        DbDataType::RangeDecimal => {
            field.value(|v| DbValue::RangeDecimal(range(&v, |v: &DecimalBound| v.0.to_string())))
        }
        DbDataType::ArrayInt32 => field.value(DbValue::ArrayInt32),
        DbDataType::ArrayInt64 => field.value(DbValue::ArrayInt64),
        DbDataType::ArrayDecimal => field.value(|v: Vec<Option<Decimal>>| {
            DbValue::ArrayDecimal(v.iter().map(|item| item.map(|item| item.to_string())).collect())
        }),
        DbDataType::ArrayStr => field.value(DbValue::ArrayStr),
        DbDataType::Interval => field.value(|v: SqlInterval| {
            DbValue::Interval(WitInterval { micros: v.micros, days: v.days, months: v.months })
        }),
        DbDataType::Other(_) => field.value(|v: RawBytes| DbValue::Unsupported(v.0)),
    }
}

/// One field of a row.
struct RowField<'a> {
    row: &'a Row,
    index: usize,
}

impl<'a> RowField<'a> {
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

fn range<T, U>(range: &Range<T>, convert: impl Fn(&T) -> U) -> (RangeEnd<U>, RangeEnd<U>)
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
mod tests;
