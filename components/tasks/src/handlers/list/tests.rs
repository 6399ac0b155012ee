use super::*;

#[test]
fn a_position_comes_back_as_it_was_given() {
    let id = TaskId::new(7).unwrap();
    for (word, key) in [("id", ""), ("-id", ""), ("title", "two words ü"), ("-updated_at", "2026-11-24T00:00:00.000Z")]
    {
        let list = TaskQuery { sort: SortOrder::parse(word).unwrap(), ..TaskQuery::all(5) };
        let next = Position { key: key.to_owned(), id };
        let link = next_link("/x", &QueryParams::default(), &list, &next);
        let after = link.split("after=").nth(1).unwrap().split('>').next().unwrap();
        assert_eq!(position(after, list.sort).unwrap(), next, "{word}");
    }
}

#[test]
fn a_position_of_another_order_is_refused() {
    let sort = |word: &str| SortOrder::parse(word).unwrap();
    assert!(position("7", sort("title")).is_err());
    assert!(position(&URL_SAFE_NO_PAD.encode("7 milk"), sort("created_at")).is_err());
    assert!(position(&URL_SAFE_NO_PAD.encode("0 milk"), sort("title")).is_err());
    assert!(position("Ñ", sort("title")).is_err());
}
