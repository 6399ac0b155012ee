use super::*;

fn tag(weak: bool, text: &str) -> EntityTag {
    EntityTag { weak, text: text.to_owned() }
}

#[test]
fn a_list_of_tags_is_read() {
    assert_eq!(tags("\"a\""), Some(vec![tag(false, "a")]));
    assert_eq!(tags("\"a,b\" , W/\"c\",\"\""), Some(vec![tag(false, "a,b"), tag(true, "c"), tag(false, "")]));
    for bad in ["", "a", "\"a", "\"a\" \"b\"", ",\"a\"", "w/\"a\"", "*, \"a\""] {
        assert_eq!(tags(bad), None, "{bad}");
    }
}
