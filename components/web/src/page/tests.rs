use http::HeaderValue;

use super::*;

const PAGE: &[u8] = b"<meta property=\"og:image\" content=\"/social.png\" />";

fn page(host: &str, proto: Option<&str>) -> Option<String> {
    let mut headers = HeaderMap::new();
    headers.insert(HOST, HeaderValue::from_str(host).unwrap());
    if let Some(proto) = proto {
        headers.insert("x-forwarded-proto", HeaderValue::from_str(proto).unwrap());
    }
    let (page, _) = with_absolute_picture(PAGE, &headers)?;
    Some(String::from_utf8(page).unwrap())
}

#[test]
fn the_picture_has_the_origin_that_people_use() {
    let with = |origin: &str| Some(format!("<meta property=\"og:image\" content=\"{origin}/social.png\" />"));
    assert_eq!(page("todo.example", Some("https")), with("https://todo.example"));
    assert_eq!(page("localhost:3000", None), with("http://localhost:3000"));
    assert_eq!(page("[::1]:3000", Some("http")), with("http://[::1]:3000"));
}

#[test]
fn a_host_that_is_none_is_not_written_into_the_page() {
    for host in ["", "a\"b", "a/b", "a b", "<b>"] {
        assert_eq!(page(host, None), None, "{host}");
    }
    assert_eq!(with_absolute_picture(PAGE, &HeaderMap::new()), None);
}

#[test]
fn a_page_without_a_picture_stays_as_it_is() {
    let mut headers = HeaderMap::new();
    headers.insert(HOST, HeaderValue::from_static("todo.example"));
    assert_eq!(with_absolute_picture(b"page", &headers), None);
}

#[test]
fn a_compressed_page_is_the_page() {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(gzip(PAGE).unwrap().as_slice()), &mut text)
        .unwrap();
    assert_eq!(text.as_bytes(), PAGE);
}
