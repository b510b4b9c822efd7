//! The list of what was put down, as it is read.

use casework::city::{self, ChangedField, When};
use domain::{
    city::change::{Change, Dated},
    ids::{AppointmentNo, AreaCode, CategoryCode, DutyCode, UnitCode},
    lang::{Lang, Names},
    time::Millis,
};
use store::testing::each_engine;

use crate::{
    posts::staff,
    town::{HUAZHONG, Town, XIANGGANG},
};

/// Puts changes down as they are, without trying them: the list is of what stands there.
async fn put(town: &Town, changes: Vec<Dated>) {
    town.desk
        .store
        .write::<_, (), casework::Error>(move |tx| {
            let changes = changes.clone();
            Box::pin(async move {
                for dated in &changes {
                    tx.put_city_change(dated, AppointmentNo(1), "会议纪要")
                        .await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

fn moved(town: &Town, number: u32, days: i64) -> Dated {
    Dated {
        number,
        from: town.desk.now().plus(Millis::days(days)),
        change: Change::MoveArea {
            area: AreaCode::new(XIANGGANG).unwrap(),
            to: AreaCode::new("unit-01").unwrap(),
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_read_page_by_page_and_nothing_stands_on_two() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        // Sixty that hold, two and two from one day, and two that are coming.
        let mut all: Vec<Dated> = (1..=60)
            .map(|no| moved(&town, no, i64::from(no / 2) - 100))
            .collect();
        all.extend([moved(&town, 61, 9), moved(&town, 62, 5)]);
        put(&town, all).await;
        let (desk, who) = (&town.desk, staff("commission"));
        let mut after: Option<String> = None;
        let mut pages: Vec<Vec<u32>> = Vec::new();
        loop {
            let page = city::changes_page(desk, &who, after.as_deref(), Lang::ZhHans).await;
            let (lines, next) = page.unwrap();
            let coming = lines.iter().filter(|line| line.when == When::Coming);
            assert_eq!(coming.count(), if pages.is_empty() { 2 } else { 0 });
            pages.push(lines.iter().map(|line| line.number).collect());
            let Some(next) = next else { break };
            after = Some(next);
        }
        let lengths: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!(lengths, [27, 25, 10]);
        // What comes next stands first, then the latest that began.
        let wanted: Vec<u32> = [62, 61].into_iter().chain((1..=60).rev()).collect();
        assert_eq!(pages.concat(), wanted);
        // What is no place in it begins at the beginning.
        let odd = city::changes_page(desk, &who, Some("x.y"), Lang::ZhHans).await;
        assert_eq!(odd.unwrap().0.len(), 27);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_a_name_is_read_by_it() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let names = |text: &str| Names::plain(text);
        let duty = Change::SetDuty {
            duty: DutyCode::new("street-vending-9").unwrap(),
            replaces: Some(DutyCode::new("street-vending-1").unwrap()),
            category: CategoryCode::new("street-vending").unwrap(),
            situation: names("夜市"),
            lead: UnitCode::new("enforcement-appearance").unwrap(),
            supports: vec![UnitCode::new("resources-land").unwrap()],
            basis: "龙政发〔2026〕12号".to_owned(),
            areas: vec![
                AreaCode::new(HUAZHONG).unwrap(),
                AreaCode::new("nowhere").unwrap(),
            ],
        };
        let dated = Dated {
            number: 1,
            from: town.desk.now().plus(Millis::days(3)),
            change: duty,
        };
        put(&town, vec![dated]).await;
        let (desk, who) = (&town.desk, staff("commission"));
        let lines = city::changes(desk, &who, Lang::ZhHans).await.unwrap();
        let fields = &lines[0].fields;
        let named = |field: &str, value: &str| {
            let mut of = fields.iter();
            let found = of.find(|it| it.field == field && it.value == value);
            let found: &ChangedField = found.unwrap_or_else(|| panic!("{field} {value}"));
            found.name.clone()
        };
        for (field, code, name) in [
            ("category", "street-vending", "占道经营"),
            (
                "lead",
                "enforcement-appearance",
                "综合行政执法局 · 市容模块",
            ),
            ("support", "resources-land", "市资源规划局 · 土地模块"),
            ("area", HUAZHONG, "华中社区"),
        ] {
            assert_eq!(named(field, code).as_deref(), Some(name), "{field}");
        }
        assert!(named("replaces", "street-vending-1").is_some());
        // A code of nothing, and a code that begins with the change, stay as they are.
        assert_eq!(named("area", "nowhere"), None);
        assert_eq!(named("duty", "street-vending-9"), None);
        assert_eq!(named("basis", "龙政发〔2026〕12号"), None);
    })
    .await;
}
