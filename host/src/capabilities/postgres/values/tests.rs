use super::*;

#[test]
fn times_keep_their_fraction() {
    let at = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_micro_opt(23, 59, 58, 123_456).unwrap();
    assert_eq!(datetime(at), (2026, 11, 24, 23, 59, 58, 123_456_000));
}

#[test]
fn ranges_keep_their_ends() {
    let closed_open = Range::new(
        Some(RangeBound::new(DecimalBound(Decimal::new(15, 1)), BoundType::Inclusive)),
        Some(RangeBound::new(DecimalBound(Decimal::new(2, 0)), BoundType::Exclusive)),
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
