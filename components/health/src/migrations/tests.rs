use super::*;

#[test]
fn names_are_in_order_and_files_stay_inside_their_block() {
    let names: Vec<&str> = MIGRATIONS.iter().map(|migration| migration.name).collect();
    assert!(names.is_sorted());
    for Migration { name, sql } in MIGRATIONS {
        assert!(!sql.contains("$migration$"), "{name}");
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{name}");
    }
}

#[test]
fn every_file_is_listed() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../migrations";
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(files.filter(|file| file.starts_with(|c: char| c.is_ascii_digit())).count(), MIGRATIONS.len());
}
