//! What the filing of a simulated case tells, and who tells it.

use domain::{
    access::Role,
    area::AreaKind,
    case::{Channel, Consent, Filer, Kind},
    city::{Category, CategoryKind},
    decide::Filing,
    event::{Actor, Words},
    ids::PartyNo,
    place::Place,
    reference::CaseNumber,
    text::PlaceText,
    time::Timestamp,
};

use super::{chance::Chance, life::Life, plan::Plan};
use crate::{Error, Result};

/// Streets that Longgang has, from the articles and its map; the numbers are invented.
const STREETS: [&str; 8] = [
    "龙翔路",
    "人民路",
    "城南路",
    "通港路",
    "站港路",
    "龙港大道",
    "西一街",
    "龙金大道",
];
const SPOTS: [&str; 6] = ["旁边", "路口", "门前", "后面空地", "公交站旁", "对面"];
const SINCE: [&str; 5] = [
    "有两三天了",
    "好几天了",
    "今天早上看到的",
    "一到晚上就这样",
    "下雨以后更明显",
];
const WISH: [&str; 4] = [
    "请来看看",
    "希望能处理一下",
    "走路要绕开，不方便",
    "老人孩子都从这里过",
];

/// Who tells it: residents themselves, now and then a grid officer for one of them, else staff on
/// patrol.
fn teller(plan: Plan, chance: &mut Chance) -> (Filer, Option<Consent>) {
    if plan == Plan::Withdrawn {
        return (Filer::Resident, None);
    }
    match chance.below(1_000) {
        0..500 => (Filer::Resident, None),
        500..530 => (Filer::Proxy, Some(Consent::InPerson)),
        530..545 => (Filer::Proxy, Some(Consent::Phone)),
        545..550 => (Filer::Proxy, Some(Consent::Writing)),
        _ => (Filer::Staff, None),
    }
}

impl Life<'_> {
    pub(super) fn filing(
        &self,
        at: Timestamp,
        number: CaseNumber,
        plan: Plan,
        chance: &mut Chance,
    ) -> Result<(Filing, Actor)> {
        let offered: Vec<&Category> = self
            .city
            .leaf_categories()
            .into_iter()
            .filter(|leaf| !leaf.emergency && leaf.kind == CategoryKind::Whistle)
            // What fits no category has nothing to be told by.
            .filter(|leaf| self.city.settings.other.as_ref() != Some(&leaf.code))
            .collect();
        let missing = || Error::NotFound;
        let category = *chance.pick(&offered).ok_or_else(missing)?;
        let communities = self.city.areas.of_kind(AreaKind::Community, at);
        let community = chance.pick(&communities).ok_or_else(missing)?.code.clone();
        let (filer, consent) = teller(plan, chance);
        let by_resident = filer != Filer::Staff;
        let officer = self
            .staffing
            .in_community(Role::GridOfficer, &community)
            .ok_or_else(missing)?;
        let place = format!(
            "{}{}号{}",
            chance.pick(&STREETS).unwrap_or(&STREETS[0]),
            chance.below(1_800) + 1,
            chance.pick(&SPOTS).unwrap_or(&SPOTS[0]),
        );
        let text = format!(
            "{}，{}，{}。",
            category.names.zh_hans,
            chance.pick(&SINCE).unwrap_or(&SINCE[0]),
            chance.pick(&WISH).unwrap_or(&WISH[0]),
        );
        let place = PlaceText::new(&place).ok().map(|text| Place {
            text,
            position: None,
        });
        let filing = Filing {
            kind: Kind::Whistle,
            number,
            channel: match filer {
                Filer::Resident => Channel::Web,
                Filer::Proxy if consent == Some(Consent::Phone) => Channel::Phone,
                Filer::Proxy | Filer::Staff => Channel::Staff,
            },
            filer,
            category: category.code.clone(),
            community,
            grid: None,
            visibility: None,
            may_call: by_resident && chance.hit(600),
            recurrence_of: None,
            external: None,
            consent,
            words: Words {
                place,
                ..Words::text(text)
            },
            fixed: None,
        };
        let actor = match filer {
            Filer::Resident => Actor::Party(PartyNo(1)),
            Filer::Proxy | Filer::Staff => Actor::Appointment(officer.no),
        };
        Ok((filing, actor))
    }
}
