use super::*;

#[test]
fn a_yes_or_no_is_the_whole_message() {
    for (message, decision) in [
        ("Yes", Some(true)),
        ("yes, please!", Some(true)),
        ("OK.", Some(true)),
        ("Yes, delete them", Some(true)),
        ("please do", Some(true)),
        ("Да", Some(true)),
        ("Ja, bitte!", Some(true)),
        ("yes do that", Some(true)),
        ("yeah do it", Some(true)),
        ("ok do it", Some(true)),
        ("go for it", Some(true)),
        ("👍", Some(true)),
        ("👍🏽", Some(true)),
        ("Ja, bitte löschen", Some(true)),
        ("jo", Some(true)),
        ("mach das", Some(true)),
        ("ja klar", Some(true)),
        ("passt", Some(true)),
        ("okay, ja", Some(true)),
        ("ja genau", Some(true)),
        ("entferne es", Some(true)),
        ("all of them", Some(true)),
        ("yes please add it", Some(true)),
        ("delete it", Some(true)),
        ("nein danke", Some(false)),
        ("No", Some(false)),
        ("no thanks", Some(false)),
        ("Don’t", Some(false)),
        ("never mind", Some(false)),
        ("no, keep it", Some(false)),
        ("no way", Some(false)),
        ("nö", Some(false)),
        ("nein, behalten", Some(false)),
        ("nicht löschen", Some(false)),
        ("lass das", Some(false)),
        ("no, don't delete it", Some(false)),
        ("please don't delete them", Some(false)),
        ("yes but not the milk", None),
        ("yes but only the first", None),
        ("no, delete the other one", None),
        ("yes if it is done", None),
        ("yes, delete task 3", None),
        ("yes and no", None),
        ("delete", None),
        ("yes?", None),
        ("yesterday", None),
        ("what's left?", None),
        ("add yes", None),
        ("is that a yes or a no", None),
        ("", None),
        ("please", None),
    ] {
        assert_eq!(parse_yes_or_no(message).map(|decision| decision.approve), decision, "{message}");
    }
}

#[test]
fn people_say_it_in_many_ways() {
    let yes = "sure thing; absolutely; do it now; please go ahead; ok cool; fine; yes delete them all; klar doch; na los; mach mal; ja mach; \
               ja, weg damit; weg damit; gerne doch; ja bitte; unbedingt; 👍👍; 👍 thanks; 👍🏿; yup do that; yesss; jaaa; let's do it; do it!; \
               ja, bitte entfernen; jep, passt; yes remove it please; alright then; yeah sure; of course!; einverstanden; stimmt";
    for message in yes.split("; ") {
        assert_eq!(parse_yes_or_no(message).map(|decision| decision.approve), Some(true), "{message}");
    }
    let no = "no don't; nope, keep them; no thank you; not really; leave it; auf keinen fall; lieber nicht; bloß nicht; nee lass mal; \
              nein, nicht löschen; keep both; stop; hold on; abbrechen; no no no; hell no; nah leave it; I'd rather not; nicht jetzt; not yet; \
              👎; nooo; nein nein; nein, lass es; no, leave everything";
    for message in no.split("; ") {
        assert_eq!(parse_yes_or_no(message).map(|decision| decision.approve), Some(false), "{message}");
    }
    let neither = "yes, but not the second; no problem at all, do the other; not sure; yes and delete task 5; ok what; nein, die andere; ja, aber \
                   nur die erste; yes to the first; yes, once it is paid; ja, wenn sie bezahlt ist; the first one; maybe; vielleicht; yes, no; \
                   okay, then rename it instead of deleting it; yes, tomorrow; nothing";
    for message in neither.split("; ") {
        assert_eq!(parse_yes_or_no(message), None, "{message}");
    }
}

#[test]
fn a_yes_that_names_an_act_is_about_that_act_alone() {
    let delete = parse_yes_or_no("yes, delete it").unwrap();
    assert!(delete.is_about("delete_task") && !delete.is_about("complete_task"));
    assert!(parse_yes_or_no("ja, abhaken").unwrap().is_about("complete_task"));
    assert!(parse_yes_or_no("yes").unwrap().is_about("anything"));
    assert_eq!(parse_yes_or_no("delete it and complete it"), None);
    assert!(parse_yes_or_no("nicht löschen").unwrap().is_about("complete_task"), "a no closes every question");
}
