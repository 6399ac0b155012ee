use super::*;

#[test]
fn a_redirect_has_a_location_without_blanks_and_controls() {
    let response = redirect("/a?b=c d\r\nset-cookie: x=y");
    assert_eq!((response.status().as_u16(), response.body().len(), response.headers().len()), (302, 0, 2));
    assert_eq!(response.headers()["location"], "/a?b=c%20d%0D%0Aset-cookie:%20x=y");
}
