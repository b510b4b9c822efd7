//! How long an answer takes tells nothing either (abuse case A3).

use std::time::{Duration, Instant};

use serde_json::json;

use crate::portal::Portal;

const KEY: &str = "a-key-of-the-timing-tests";
/// Pairs of questions whose middle is compared.
const TRIES: usize = 200;
/// By how much the middles may differ, beside a fifth of the shorter.
const NOISE: Duration = Duration::from_micros(300);
/// A busy machine may spoil one comparison, not four in a row.
const ROUNDS: usize = 4;

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_number_is_answered_as_fast_as_nobodys() {
    let portal = Portal::open().await;
    let hidden = portal.file(KEY, json!({ "visibility": "private" })).await;
    let day = portal.desk.city.time.civil(portal.desk.now()).date;
    let nobody = domain::reference::CaseNumber::new(day, 424_242).to_string();
    assert_ne!(nobody, hidden.number);

    let took = async |address: &str| {
        let began = Instant::now();
        assert_eq!(portal.get(address).await.status, 404, "{address}");
        began.elapsed()
    };
    for path in ["/cases/", "/api/v1/cases/"] {
        let mut seen = Vec::new();
        for round in 0..ROUNDS {
            let (mut of_hidden, mut of_nobody) = (Vec::new(), Vec::new());
            for one in 0..TRIES {
                // Every address is a new one: what is measured is no answer kept from before. One
                // after the other, now this first and now that, so that both meet the same weather.
                let theirs = format!("{path}{}?try={round}-{one}", hidden.number);
                let none = format!("{path}{nobody}?try={round}-{one}");
                if one % 2 == 0 {
                    of_hidden.push(took(&theirs).await);
                    of_nobody.push(took(&none).await);
                } else {
                    of_nobody.push(took(&none).await);
                    of_hidden.push(took(&theirs).await);
                }
            }
            let (of_hidden, of_nobody) = (middle(of_hidden), middle(of_nobody));
            let apart = of_hidden.abs_diff(of_nobody);
            if apart <= NOISE + of_hidden.min(of_nobody) / 5 {
                seen.clear();
                break;
            }
            seen.push((of_hidden, of_nobody));
        }
        assert_eq!(seen, [], "{path}: private and nobody's differ");
    }
}
