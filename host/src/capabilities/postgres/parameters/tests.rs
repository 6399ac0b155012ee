use bytes::BytesMut;
use tokio_postgres::types::Type;

use super::*;
use crate::runtime::bindings::postgres::Interval as WitInterval;

fn wire(value: ParameterValue, ty: &Type) -> Vec<u8> {
    let mut out = BytesMut::new();
    parameter(&value).unwrap().to_sql_checked(ty, &mut out).unwrap();
    out.to_vec()
}

#[test]
fn values_are_encoded_as_the_server_reads_them() {
    assert_eq!(wire(ParameterValue::Int64(-2), &Type::INT8), (-2i64).to_be_bytes());
    assert_eq!(wire(ParameterValue::Str("ä".into()), &Type::TEXT), "ä".as_bytes());
    assert_eq!(wire(ParameterValue::Date((2000, 1, 2)), &Type::DATE), 1i32.to_be_bytes());
    assert_eq!(wire(ParameterValue::Timestamp(946_684_801), &Type::TIMESTAMPTZ), 1_000_000i64.to_be_bytes());
    let interval = WitInterval { micros: 1, days: 2, months: 3 };
    assert_eq!(
        wire(ParameterValue::Interval(interval), &Type::INTERVAL),
        [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]
    );
    assert!(wire(ParameterValue::DbNull, &Type::UUID).is_empty());
}

#[test]
fn impossible_values_are_named() {
    let values = [
        ParameterValue::Date((2026, 2, 30)),
        ParameterValue::Time((24, 0, 0, 0)),
        ParameterValue::Uuid("x".into()),
        ParameterValue::Jsonb(b"{".to_vec()),
        ParameterValue::Decimal("1e".into()),
        ParameterValue::ArrayDecimal(vec![Some("y".into())]),
        ParameterValue::Timestamp(i64::MAX),
    ];
    for value in values {
        let error = to_sql(&[ParameterValue::DbNull, value.clone()]).err().unwrap();
        assert!(error.to_string().contains("$2"), "{value:?}: {error}");
    }
}
