use chrono::NaiveDate;

use super::*;

fn change(at: &str, before: i32, after: i32) -> ZoneChange {
    ZoneChange { at: NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M").unwrap(), before, after }
}

fn written(changes: &[ZoneChange], offset: i32) -> String {
    let mut writer = CalendarWriter::default();
    write(&mut writer, "There", changes, offset);
    writer.into_text().replace("\r\n", "\n")
}

fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let mut days = NaiveDate::from_ymd_opt(year, month, 31).unwrap().iter_days().rev();
    days.find(|day| day.weekday() == Weekday::Sun).unwrap()
}

#[test]
fn a_zone_with_a_rule_goes_on_for_ever() {
    let at = |day: NaiveDate| day.and_hms_opt(1, 0, 0).unwrap();
    let changes: Vec<ZoneChange> = (2025..2037)
        .flat_map(|year| {
            [
                ZoneChange { at: at(last_sunday(year, 3)), before: 3600, after: 7200 },
                ZoneChange { at: at(last_sunday(year, 10)), before: 7200, after: 3600 },
            ]
        })
        .collect();
    let text = written(&changes, 0);
    assert!(text.contains(
        "BEGIN:DAYLIGHT\nDTSTART:20250330T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"
    ), "{text}");
    assert!(text.contains(
        "BEGIN:STANDARD\nDTSTART:20251026T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
    ), "{text}");
}

#[test]
fn a_zone_without_a_rule_names_each_change() {
    let changes = [
        change("2025-02-23 02:00", 3600, 0),
        change("2025-04-06 02:00", 0, 3600),
        change("2026-02-15 02:00", 3600, 0),
        change("2026-03-22 02:00", 0, 3600),
    ];
    let text = written(&changes, 0);
    assert!(text.contains("DTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"), "{text}");
    assert!(
        text.contains("DTSTART:20250406T020000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRDATE:20260322T020000\n"),
        "{text}"
    );
    assert!(!text.contains("RRULE"));
    let fixed = written(&[], 19_800);
    assert!(fixed.contains("TZOFFSETFROM:+0530\nTZOFFSETTO:+0530\n") && !fixed.contains("DAYLIGHT"));
}
