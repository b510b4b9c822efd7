//! What has ended is read back through for words: in one's own scope, and so far at a time.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::access::{Line, Reach, Scope, scope};
use domain::case::Kind;
use domain::event::{Actor, Event, Fact};
use domain::ids::{AreaCode, CaseId, PartyNo, UnitCode};
use domain::time::{Millis, Timestamp};
use domain::visibility::Visibility;
use store::FiledIn;
use store::testing::{Filing, Fresh, add, each_engine, file};

use crate::reading::staff;

const NEAR: &str = "330383198023";
const FAR: &str = "330383198001";
const WORDS: &str = "路灯";

fn reach(codes: &[&str]) -> Reach {
    let codes = codes.iter().map(|code| AreaCode::new(*code).unwrap());
    Reach::Communities(codes.collect())
}

/// Files a case, ends it, and lets an hour go by.
async fn ended(fresh: &Fresh, filing: &Filing) -> (CaseId, Timestamp) {
    let case = file(&fresh.store, filing).await.unwrap().case;
    let gone = Event::new(Actor::Party(PartyNo(1)), Fact::Withdrawn {});
    add(&fresh.store, case.id, gone).await.unwrap();
    fresh.clock.advance(Millis::hours(1));
    (case.id, case.filed_at)
}

async fn back(
    fresh: &Fresh,
    scope: &Scope,
    before: Option<Timestamp>,
    rows: u32,
) -> Option<Timestamp> {
    let mut reading = fresh.store.read().await.unwrap();
    reading.ended_back(scope, before, rows).await.unwrap()
}

async fn found(fresh: &Fresh, scope: &Scope, wanted: &str, filed: FiledIn) -> Vec<CaseId> {
    let mut reading = fresh.store.read().await.unwrap();
    let found = reading.ended_cases_holding(scope, wanted, filed).await;
    found.unwrap().into_iter().map(|hit| hit.id).collect()
}

#[tokio::test]
async fn what_has_ended_is_found_in_ones_own_scope_the_newest_first() {
    each_engine(|fresh: Fresh| async move {
        let filing = |community: &str, text: String| Filing {
            visibility: Visibility::Private,
            community: community.to_owned(),
            text,
            ..Filing::default()
        };
        let mut all = Vec::new();
        for n in 0..8 {
            let community = if n % 2 == 0 { NEAR } else { FAR };
            let text = format!("第{n}号门口的路灯 \"ABC_\" 不亮");
            all.push(ended(&fresh, &filing(community, text)).await);
        }
        let ids = |of: &[usize]| -> Vec<CaseId> { of.iter().map(|n| all[*n].0).collect() };
        let at = |n: usize| Some(all[n].1);
        // What is open is none of it, and a sealed report is of its own line alone.
        let open = filing(NEAR, "还开着的路灯".to_owned());
        file(&fresh.store, &open).await.unwrap();
        let sealed = Filing {
            kind: Kind::Tip,
            ..filing(NEAR, "路灯队收了两条烟".to_owned())
        };
        let sealed = ended(&fresh, &sealed).await;

        let enforcement = || Line::Units(vec![UnitCode::new("enforcement").unwrap()]);
        let housing = || Line::Units(vec![UnitCode::new("housing").unwrap()]);
        let near = scope(&staff(Line::All, reach(&[NEAR])));
        let far = scope(&staff(Line::All, reach(&[FAR])));
        let both = scope(&staff(Line::All, reach(&[NEAR, FAR])));
        let city = scope(&staff(Line::All, Reach::City));
        let own = scope(&staff(enforcement(), Reach::City));
        let any = FiledIn::default();
        for (name, scope, of) in [
            ("near", &near, &[6, 4, 2, 0][..]),
            ("far", &far, &[7, 5, 3, 1]),
            ("both", &both, &[7, 6, 5, 4, 3, 2, 1, 0]),
            ("city", &city, &[7, 6, 5, 4, 3, 2, 1, 0]),
        ] {
            assert_eq!(found(&fresh, scope, WORDS, any).await, ids(of), "{name}");
            assert!(
                found(&fresh, scope, "两条烟", any).await.is_empty(),
                "{name}"
            );
        }
        assert_eq!(found(&fresh, &own, "两条烟", any).await, [sealed.0]);
        assert_eq!(found(&fresh, &own, WORDS, any).await.len(), 9);
        let none = [
            scope(&staff(housing(), Reach::City)),
            scope(&staff(Line::All, reach(&[]))),
            scope(&domain::access::Viewer::Anonymous),
            Scope::public(),
        ];
        for none in &none {
            assert!(found(&fresh, none, WORDS, any).await.is_empty(), "{none:?}");
        }
        // Words are no pattern; each of them has to be there, in either kind of characters.
        for wanted in ["abc_", "\"abc", "路燈", "不亮 路灯", "第6号 不亮"] {
            let first = found(&fresh, &near, wanted, any).await.first().copied();
            assert_eq!(first, Some(all[6].0), "{wanted}");
        }
        for wanted in ["abc%", "路灯 井盖", "第7号", "灯", "  "] {
            assert!(
                found(&fresh, &near, wanted, any).await.is_empty(),
                "{wanted}"
            );
        }
        // Of a time: its beginning is in it, its end is not.
        let filed = FiledIn {
            from: at(2),
            before: at(6),
        };
        assert_eq!(found(&fresh, &near, WORDS, filed).await, ids(&[4, 2]));
        assert_eq!(found(&fresh, &both, WORDS, filed).await, ids(&[5, 4, 3, 2]));

        // How far back a look reaches is counted in cases that the viewer may count.
        assert_eq!(back(&fresh, &near, None, 2).await, at(4));
        assert_eq!(back(&fresh, &near, None, 4).await, at(0));
        assert_eq!(back(&fresh, &near, None, 5).await, None);
        assert_eq!(back(&fresh, &near, at(4), 1).await, at(2));
        assert_eq!(back(&fresh, &both, None, 3).await, at(5));
        assert_eq!(back(&fresh, &city, None, 3).await, at(5));
        assert_eq!(back(&fresh, &city, None, 1).await, at(7), "no sealed one");
        assert_eq!(back(&fresh, &own, None, 1).await, Some(sealed.1));
        assert_eq!(back(&fresh, &Scope::public(), None, 1).await, None);

        // Erased words are found no more.
        assert!(fresh.store.erase_words(all[4].0, 1).await.unwrap());
        assert_eq!(found(&fresh, &near, WORDS, any).await, ids(&[6, 2, 0]));
    })
    .await;
}
