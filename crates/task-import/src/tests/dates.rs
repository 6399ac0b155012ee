//! Days, times and rules as people and programs write them.

use super::{file, lost, notes};
use crate::TaskFile;
use crate::date::Moment;

fn due(text: &str) -> Option<String> {
    file(text).tasks[0].due.as_ref().map(Moment::text)
}

#[test]
fn the_whole_column_says_which_part_of_a_date_is_the_day() {
    let dues = |text: &str| file(text).tasks.iter().map(|task| task.due.as_ref().unwrap().text()).collect::<Vec<_>>();
    assert_eq!(dues("title,due\na,1/2/2026\nb,3/25/2026"), ["2026-01-02", "2026-03-25"]);
    assert_eq!(dues("title,due\na,1/2/2026\nb,25/3/2026"), ["2026-02-01", "2026-03-25"]);
    assert_eq!(dues("title,due\na,1/2/2026"), ["2026-01-02"]);
    assert_eq!(dues("title;due\na;1/2/2026"), ["2026-02-01"]);
    assert_eq!(dues("title,due,time\na,1/2/2026,5:30 PM"), ["2026-01-02T17:30"]);
}

#[test]
fn every_written_form_of_a_date_is_read() {
    for (written, read) in [
        ("2026-12-24", "2026-12-24"),
        ("2026-12-24 17:00", "2026-12-24T17:00"),
        ("2026-12-24T17:00:00+01:00", "2026-12-24T16:00:00.000Z"),
        ("2026-12-24T17:00:00+0100", "2026-12-24T16:00:00.000Z"),
        ("2026-12-24T17:00:00.250Z", "2026-12-24T17:00:00.250Z"),
        ("24.12.2026", "2026-12-24"),
        ("24.12.26", "2026-12-24"),
        ("24.12.2026 08:30", "2026-12-24T08:30"),
        ("12/24/2026", "2026-12-24"),
        ("12/24/2026 5:00 PM", "2026-12-24T17:00"),
        ("12/24/2026 12:05 AM", "2026-12-24T00:05"),
        ("24 Dec 2026", "2026-12-24"),
        ("Dec 24 2026", "2026-12-24"),
        ("December 24, 2026", "2026-12-24"),
        ("24. Dez. 2026 17:00", "2026-12-24T17:00"),
        ("24. Dezember 2026", "2026-12-24"),
        ("Do 24.12.2026", "2026-12-24"),
        ("20261224T170000Z", "2026-12-24T17:00:00.000Z"),
        ("1798131600", "2026-12-24T17:00:00.000Z"),
        ("1798131600000", "2026-12-24T17:00:00.000Z"),
        ("tomorrow", "2026-11-29"),
        ("morgen um 17:00", "2026-11-29T17:00"),
    ] {
        assert_eq!(due(&format!("title;due\na;\"{written}\"\n")).as_deref(), Some(read), "{written}");
    }
    for none in ["0001-01-01T00:00:00Z", "0", ""] {
        let file = file(&format!("title;due\na;{none}\n"));
        assert_eq!((&file.tasks[0].due, file.changed.len()), (&None, 0), "{none}");
    }
    for unread in ["someday", "2026-02-30", "1969-12-31", "2201-01-01", "31.31.2026", "2026", "12"] {
        let file = file(&format!("title;due\na;{unread}\n"));
        assert_eq!(
            (&file.tasks[0].due, file.changed[0].what, file.changed[0].value.as_deref()),
            (&None, "due_unread", Some(unread))
        );
    }
}

#[test]
fn words_become_rules_and_their_first_days() {
    for (words, rule, first) in [
        ("every monday", "FREQ=WEEKLY;BYDAY=MO", "2026-11-30"),
        ("jeden Montag", "FREQ=WEEKLY;BYDAY=MO", "2026-11-30"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "2026-11-28"),
        ("alle 3 Tage", "FREQ=DAILY;INTERVAL=3", "2026-11-28"),
        ("every mon, wed and fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-30"),
        ("every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15"),
        ("every last day", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
        ("monatlich", "FREQ=MONTHLY", "2026-11-28"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-30"),
    ] {
        let task = &file(&format!("title;repeat\na;\"{words}\"\n")).tasks[0];
        assert_eq!(
            (task.repeat.as_deref(), task.due.as_ref().map(Moment::text).as_deref()),
            (Some(rule), Some(first)),
            "{words}"
        );
    }
    let unread = file("title;repeat\na;every blue moon\n");
    assert_eq!((&unread.tasks[0].repeat, notes(&unread.changed)), (&None, vec![(2, "repeat_unread")]));
}

#[test]
fn names_of_zones_are_those_of_the_iana() {
    for (name, iana) in [
        ("W. Europe Standard Time", Some("Europe/Berlin")),
        ("Europe/Vienna", Some("Europe/Vienna")),
        ("/example.org/20260101/America/Argentina/Ushuaia", Some("America/Argentina/Ushuaia")),
        ("GMT Standard Time", Some("Europe/London")),
        ("GMT", Some("UTC")),
        ("My zone", None),
        ("Europe/'; drop", None),
    ] {
        assert_eq!(crate::zone::zone_name(name).as_deref(), iana, "{name}");
    }
}

#[test]
fn a_todo_that_repeats_without_a_due_day_is_due_when_it_begins() {
    let calendar =
        |lines: &str| file(&format!("BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:a\n{lines}\nEND:VTODO\nEND:VCALENDAR\n"));
    let due = |file: &TaskFile| file.tasks[0].due.as_ref().map(Moment::text);
    let repeating = calendar("DTSTART;VALUE=DATE:20270104\nRRULE:FREQ=WEEKLY");
    assert_eq!((due(&repeating).as_deref(), lost(&repeating)), (Some("2027-01-04"), vec![]));
    let both = calendar("DTSTART:20270104T090000\nDUE:20270105T170000\nRRULE:FREQ=WEEKLY");
    assert_eq!((due(&both).as_deref(), lost(&both)), (Some("2027-01-05T17:00"), vec![("start_date", 1)]));
    let once = calendar("DTSTART;VALUE=DATE:20270104");
    assert_eq!((due(&once), lost(&once)), (None, vec![("start_date", 1)]));
}

#[test]
fn a_yearly_todo_may_name_the_day_on_which_it_is_due() {
    for (rule, repeat) in [
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", Some("FREQ=YEARLY")),
        ("FREQ=YEARLY;BYMONTHDAY=24;INTERVAL=2;BYMONTH=12", Some("FREQ=YEARLY;INTERVAL=2")),
        ("FREQ=YEARLY;BYMONTH=12", Some("FREQ=YEARLY")),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24", None),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=2", None),
        ("FREQ=MONTHLY;BYMONTH=12", None),
    ] {
        let todo = format!("BEGIN:VTODO\nSUMMARY:a\nRRULE:{rule}\nDUE;VALUE=DATE:20261224\nEND:VTODO");
        let read = file(&format!("BEGIN:VCALENDAR\n{todo}\nEND:VCALENDAR\n"));
        assert_eq!(read.tasks[0].repeat.as_deref(), repeat, "{rule}");
    }
}

#[test]
fn single_days_that_a_calendar_leaves_out_of_a_repeat_are_named_as_lost() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:a\nDUE;VALUE=DATE:20270104\nRRULE:FREQ=WEEKLY;BYDAY=MO\n\
                EXDATE;VALUE=DATE:20270111\nEND:VTODO\nEND:VCALENDAR\n";
    assert_eq!(lost(&file(text)), [("repeat_exception", 1)]);
}
