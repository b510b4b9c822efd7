//! What is told: the filings that stories begin with, and what is read of them afterwards.

use casework::{
    Error,
    act::{self, Which},
    file::{FiledCase, StaffFiling, Whistle, file_whistle},
    lists::{self, Asked},
    look,
    views::CaseStory,
};
use domain::{
    access::Viewer,
    case::{Case, Channel, Consent, EnforcementOutcome, Filer},
    clock::{RunningClock, Stage},
    decide::{Act, Command},
    draft::Draft,
    event::{Fact, Words},
    ids::{AreaCode, CaseId, CategoryCode, PhotoId},
    lang::Lang,
    reference::CaseNumber,
    visibility::Visibility,
};
use store::PhotoSize;

use crate::town::{CITY, Town, XIANGGANG};

/// A whistle on the demo city that holds as it is.
pub fn draft() -> Draft {
    Draft {
        danger: "no".to_owned(),
        category: "street-vending".to_owned(),
        community: XIANGGANG.to_owned(),
        description: "人民路口的摊位占住了盲道，轮椅过不去".to_owned(),
        place: "人民路与城南路口东南角".to_owned(),
        visibility: "public".to_owned(),
        ..Draft::default()
    }
}

/// The same, for fewer eyes.
pub fn draft_for(visibility: Visibility) -> Draft {
    Draft {
        visibility: visibility.as_str().to_owned(),
        ..draft()
    }
}

/// The same in a category that asks for neither a photo nor somebody on the spot.
pub fn plain_draft() -> Draft {
    Draft {
        category: "published-error".to_owned(),
        ..draft()
    }
}

/// What staff tell: seen by themselves, or told to them by a resident who agreed.
pub fn by_staff(filer: Filer, community: &str) -> StaffFiling {
    StaffFiling {
        filer,
        channel: Channel::Staff,
        category: CategoryCode::new("street-vending").unwrap(),
        community: AreaCode::new(community).unwrap(),
        grid: None,
        visibility: None,
        words: Words::text("巡查发现占道"),
        fixed: None,
        external: None,
        consent: (filer == Filer::Proxy).then_some(Consent::InPerson),
        contact: store::Contact::default(),
    }
}

/// Whoever filed it, without asking for their code.
pub fn who_filed(filed: &FiledCase) -> Viewer {
    Viewer::Party {
        case: filed.case,
        party: filed.party,
    }
}

/// A command that says something and shows a photo of it.
pub fn with_photo(act: Act, text: &str, photo: PhotoId) -> Command {
    Command {
        act,
        words: Some(Words {
            photos: vec![photo],
            ..Words::text(text)
        }),
    }
}

/// Whether exactly this text stands somewhere in what was said after the filing.
pub fn says(shown: &CaseStory, text: &str) -> bool {
    let mut texts = shown.timeline.iter().map(|entry| entry.text.as_deref());
    texts.any(|said| said == Some(text))
}

/// What enforcement did, as far as it is told.
pub fn enforcement_in(shown: &CaseStory) -> Vec<EnforcementOutcome> {
    let facts = shown.timeline.iter().map(|entry| &entry.fact);
    facts
        .filter_map(|fact| match fact {
            Fact::Resolved { enforcement, .. } => *enforcement,
            _ => None,
        })
        .collect()
}

/// The one clock of a stage, of a called part or of the case itself.
pub fn the_clock(case: &Case, stage: Stage, part: Option<u32>) -> &RunningClock {
    let mut of = case
        .clocks
        .iter()
        .filter(|clock| clock.stage == stage && clock.part == part);
    let clock = of
        .next()
        .unwrap_or_else(|| panic!("no clock {stage} of part {part:?}"));
    assert!(of.next().is_none(), "one clock {stage} of part {part:?}");
    clock
}

impl Town {
    /// The draft as it goes through the door of the form, without photos.
    pub fn whistle(&self, draft: &Draft) -> Whistle {
        Whistle {
            checked: draft.check(&CITY, self.desk.now()).unwrap(),
            photos: Vec::new(),
            channel: Channel::Web,
            recurrence_of: None,
        }
    }

    /// Files the draft under a key of its own.
    pub async fn files(&self, draft: &Draft) -> FiledCase {
        file_whistle(&self.desk, &self.key(), self.whistle(draft))
            .await
            .unwrap()
    }

    /// Files the draft with a photo of this shade.
    pub async fn files_with_photo(&self, draft: &Draft, shade: u8) -> FiledCase {
        let key = self.key();
        let whistle = Whistle {
            photos: vec![self.photo(&key, shade).await],
            ..self.whistle(draft)
        };
        file_whistle(&self.desk, &key, whistle).await.unwrap()
    }

    /// Says of a case that the same happens to them, and opens it with the code they get.
    pub async fn joins(&self, number: CaseNumber) -> Viewer {
        let joined = act::join(&self.desk, &self.key(), number, "").await;
        self.holder(&joined.unwrap().1).await
    }

    /// Does something that must succeed, with a photo of this shade.
    pub async fn shows(&self, who: &Viewer, case: CaseId, act: Act, text: &str, shade: u8) -> Case {
        let key = self.key();
        let command = with_photo(act, text, self.photo(&key, shade).await);
        act::act_with_photos(&self.desk, who, &key, case, None, command)
            .await
            .unwrap()
    }

    /// What a viewer is answered who asks for a case.
    pub async fn story(&self, who: &Viewer, which: impl Into<Which>) -> Result<CaseStory, Error> {
        look::story(&self.desk, who, which, Lang::ZhHans).await
    }

    /// The case as a viewer sees it who may.
    pub async fn sees(&self, who: &Viewer, which: impl Into<Which>) -> CaseStory {
        self.story(who, which).await.unwrap()
    }

    /// The numbers of the photos in a viewer's story. Of the first `of` of the case, those open and
    /// no others.
    pub async fn sees_photos(&self, who: &Viewer, number: CaseNumber, of: u32) -> Vec<u32> {
        let story = self.sees(who, number).await;
        let later = story.timeline.iter().flat_map(|entry| &entry.photos);
        let shown: Vec<u32> = story
            .photos
            .iter()
            .chain(later)
            .map(|photo| photo.number)
            .collect();
        for no in 1..=of {
            match look::photo(&self.desk, who, number, no, PhotoSize::Full).await {
                Ok(_) => assert!(shown.contains(&no), "{no} opens and is not in the story"),
                Err(Error::NotFound) => assert!(!shown.contains(&no), "{no} is shown and shut"),
                Err(other) => panic!("{other}"),
            }
        }
        shown
    }

    /// The numbers in everybody's list that these words find; no words find all.
    pub async fn listed(&self, words: &str) -> Vec<String> {
        let asked = Asked {
            words: words.to_owned(),
            ..Asked::default()
        };
        let list = lists::cases(&self.desk, &asked, Lang::ZhHans)
            .await
            .unwrap();
        list.items.into_iter().map(|card| card.number).collect()
    }
}
