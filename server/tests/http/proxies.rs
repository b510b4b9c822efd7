//! Whose word about an address is believed (abuse case A16).

use crate::city::City;

async fn who(city: &City, headers: &str) -> String {
    city.get("/who", headers)
        .await
        .split("\r\n\r\n")
        .nth(1)
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn nobody_chooses_the_address_they_are_counted_under() {
    let city = City::start(&[]).await;
    for headers in [
        "X-Forwarded-For: 198.51.100.7\r\n",
        "X-Real-IP: 198.51.100.7\r\n",
        "Forwarded: for=198.51.100.7\r\n",
        "CF-Connecting-IP: 198.51.100.7\r\nTrue-Client-IP: 198.51.100.7\r\n",
    ] {
        assert_eq!(who(&city, headers).await, "127.0.0.1", "{headers}");
    }
}

#[tokio::test]
async fn a_proxy_of_ours_is_believed_as_far_as_it_knows() {
    let city = City::start(&[("trusted_proxies", "127.0.0.0/8,10.0.0.0/8")]).await;
    for (headers, expected) in [
        ("", "127.0.0.1"),
        ("X-Forwarded-For: 198.51.100.7\r\n", "198.51.100.7"),
        (
            "X-Forwarded-For: 192.0.2.1, 198.51.100.7, 10.1.1.1\r\n",
            "198.51.100.7",
        ),
        (
            "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 198.51.100.7\r\n",
            "198.51.100.7",
        ),
        ("X-Forwarded-For: nonsense\r\n", "127.0.0.1"),
        ("X-Real-IP: 198.51.100.7\r\n", "127.0.0.1"),
    ] {
        assert_eq!(who(&city, headers).await, expected, "{headers}");
    }
}
