//! From the fields of a form to a change of the city.
//!
//! Here is told what is wrong with a field by itself. Whether a change can be made of the city is told
//! by making it ([`City::tried`]).

use std::str::FromStr;

use super::{CategoryRow, Change, LineGrid};
use crate::area::OfficeContact;
use crate::city::{City, EvidenceKind, build};
use crate::clock::{Limit, ServiceHours, Stage};
use crate::decide::typed::Typed;
use crate::lang::Names;
use crate::text::{Bounded, TextError};
use crate::time::{Timestamp, parse_date};
use crate::visibility::Visibility;

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Another name of an area.
    RenameArea,
    /// An area into another.
    MoveArea,
    /// Part of an area on its own.
    SplitArea,
    /// An area into another like it.
    MergeAreas,
    /// A new area.
    AddArea,
    /// How an office is reached.
    SetOffice,
    /// Opening hours.
    SetHours,
    /// A clock preset.
    SetClocks,
    /// A category.
    SetCategory,
    /// A new category.
    AddCategory,
    /// Whether a category is offered.
    OpenCategory,
    /// A row of the duty list.
    SetDuty,
    /// The end of one.
    EndDuty,
    /// The grids of a department.
    SetLineGrids,
    /// Not to be.
    TakeBack,
}

impl Topic {
    /// All, in the order of the screen.
    pub const ALL: [Self; 15] = [
        Self::RenameArea,
        Self::MoveArea,
        Self::SplitArea,
        Self::MergeAreas,
        Self::AddArea,
        Self::SetOffice,
        Self::SetHours,
        Self::SetClocks,
        Self::SetCategory,
        Self::AddCategory,
        Self::OpenCategory,
        Self::SetDuty,
        Self::EndDuty,
        Self::SetLineGrids,
        Self::TakeBack,
    ];

    /// Its word in forms and addresses, the same as that of the change in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RenameArea => "rename_area",
            Self::MoveArea => "move_area",
            Self::SplitArea => "split_area",
            Self::MergeAreas => "merge_areas",
            Self::AddArea => "add_area",
            Self::SetOffice => "set_office",
            Self::SetHours => "set_hours",
            Self::SetClocks => "set_clocks",
            Self::SetCategory => "set_category",
            Self::AddCategory => "add_category",
            Self::OpenCategory => "open_category",
            Self::SetDuty => "set_duty",
            Self::EndDuty => "end_duty",
            Self::SetLineGrids => "set_line_grids",
            Self::TakeBack => "take_back",
        }
    }
}

impl FromStr for Topic {
    type Err = crate::case::UnknownWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|topic| topic.as_str() == text)
            .ok_or(crate::case::UnknownWord)
    }
}

/// The name of a field.
pub type Field = &'static str;

/// A field to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its name.
    pub field: Field,
    /// What is wrong with it.
    pub what: Wrong,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing is chosen or written.
    Missing,
    /// Longer than this many characters.
    TooLong(usize),
    /// It holds a control character.
    Control,
    /// A code is 1 to 40 of a-z, 0-9 and hyphen.
    NotACode,
    /// It is none of what may be chosen.
    Unknown,
    /// Not a date like 2026-12-31.
    NotADate,
    /// A day that is over.
    Past,
    /// Further away than anything is planned.
    TooFar,
    /// Not a whole number of at least one.
    NotANumber,
    /// Not hours like 08:30-12:00 14:00-17:30, in order.
    NotHours,
    /// It would never be open from Monday to Friday.
    NeverOpen,
    /// These lines are not number, name and areas, or bear the number of another.
    Lines(BadLines),
    /// More lines than this.
    TooMany(usize),
}

/// Lines that cannot be read: the first of them by their numbers, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BadLines {
    first: [usize; Self::TOLD],
    all: usize,
}

impl BadLines {
    /// Most lines that are told by their numbers.
    pub const TOLD: usize = 20;

    fn add(&mut self, line: usize) {
        if let Some(free) = self.first.get_mut(self.all) {
            *free = line;
        }
        self.all += 1;
    }

    /// The first of them, counted from 1.
    #[must_use]
    pub fn told(&self) -> &[usize] {
        &self.first[..self.all.min(Self::TOLD)]
    }

    /// How many more there are.
    #[must_use]
    pub const fn more(&self) -> usize {
        self.all.saturating_sub(Self::TOLD)
    }
}

/// The furthest a change may be put off, in days.
const FARTHEST: i32 = 3 * 366;
/// The longest limit, in the days of its unit: a number typed twice is not a century.
const LONGEST: u32 = 3_650;
/// Most grids of one department.
const LINE_GRIDS: usize = 3_000;
/// Most words of a category.
const SYNONYMS: usize = 40;
/// The three fields of a name.
pub(super) const NAMES: [Field; 3] = ["name-zh-hans", "name-zh-hant", "name-en"];
pub(super) const PLAIN: [Field; 3] = ["plain-zh-hans", "plain-zh-hant", "plain-en"];
pub(super) const ADDRESS: [Field; 3] = ["address-zh-hans", "address-zh-hant", "address-en"];
pub(super) const NOTE: [Field; 3] = ["note-zh-hans", "note-zh-hant", "note-en"];
/// The days of a week from Monday.
pub(super) const DAYS: [Field; 7] = [
    "day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7",
];

/// The fields of a stage's limit: how many, and of what.
pub(super) const fn of_stage(stage: Stage) -> (Field, Field) {
    match stage {
        Stage::Respond => ("respond", "respond-unit"),
        Stage::Dispatch => ("dispatch", "dispatch-unit"),
        Stage::ReportIn => ("report_in", "report_in-unit"),
        Stage::SetOut => ("set_out", "set_out-unit"),
        Stage::Arrive => ("arrive", "arrive-unit"),
        Stage::Resolve => ("resolve", "resolve-unit"),
        Stage::Verify => ("verify", "verify-unit"),
        Stage::Release => ("release", "release-unit"),
        Stage::Return => ("return", "return-unit"),
        Stage::Answer => ("answer", "answer-unit"),
    }
}

/// Reads a change and from when it holds: from the beginning of that day, or of today from now on.
///
/// # Errors
/// Every field that is to be mended.
pub fn read(
    topic: Topic,
    typed: &(impl Typed + ?Sized),
    city: &City,
    now: Timestamp,
) -> Result<(Change, Timestamp), Vec<Mistake>> {
    let mut reader = Reader {
        typed,
        city,
        now,
        mistakes: Vec::new(),
    };
    // In the order of the form: the day comes after what changes.
    let change = reader.change(topic);
    let from = if topic == Topic::TakeBack {
        Some(now)
    } else {
        reader.from()
    };
    match (change, from) {
        (Some(change), Some(from)) if reader.mistakes.is_empty() => Ok((change, from)),
        _ => Err(reader.mistakes),
    }
}

struct Reader<'r, T: ?Sized> {
    typed: &'r T,
    city: &'r City,
    now: Timestamp,
    mistakes: Vec<Mistake>,
}

/// A mistake was told.
struct Told;

impl<T: Typed + ?Sized> Reader<'_, T> {
    fn told(&mut self, field: Field, what: Wrong) -> Told {
        self.mistakes.push(Mistake { field, what });
        Told
    }

    fn wrong<V>(&mut self, field: Field, what: Wrong) -> Option<V> {
        self.mistakes.push(Mistake { field, what });
        None
    }

    fn raw(&self, field: Field) -> Option<&str> {
        self.typed.value(field)
    }

    /// A text of one line, by default not empty.
    fn text<const MAX: usize>(&mut self, field: Field) -> Option<String> {
        let typed = self.raw(field).unwrap_or_default().to_owned();
        match Bounded::<1, MAX>::new(&typed) {
            Ok(text) => Some(text.as_str().to_owned()),
            Err(TextError::Empty | TextError::TooShort { .. }) => self.wrong(field, Wrong::Missing),
            Err(TextError::TooLong { max, .. }) => self.wrong(field, Wrong::TooLong(max)),
            Err(TextError::Control) => self.wrong(field, Wrong::Control),
        }
    }

    fn names<const MAX: usize>(&mut self, fields: [Field; 3]) -> Option<Names> {
        let [hans, hant, en] = fields.map(|field| self.text::<MAX>(field));
        Some(Names::new(hans?, hant?, en?))
    }

    /// A code that is typed or chosen.
    fn code<C: FromStr>(&mut self, field: Field) -> Option<C> {
        match self.raw(field).map(str::parse) {
            Some(Ok(code)) => Some(code),
            Some(Err(_)) => self.wrong(field, Wrong::NotACode),
            None => self.wrong(field, Wrong::Missing),
        }
    }

    fn code_if_any<C: FromStr>(&mut self, field: Field) -> Result<Option<C>, Told> {
        match self.raw(field).map(str::parse) {
            None => Ok(None),
            Some(Ok(code)) => Ok(Some(code)),
            Some(Err(_)) => Err(self.told(field, Wrong::NotACode)),
        }
    }

    fn codes<C: FromStr>(&mut self, field: Field) -> Option<Vec<C>> {
        let chosen = self.typed.values(field).map(str::trim);
        let chosen: Vec<Result<C, _>> = chosen.filter(|t| !t.is_empty()).map(str::parse).collect();
        let codes: Result<Vec<C>, _> = chosen.into_iter().collect();
        match codes {
            Ok(codes) => Some(codes),
            Err(_) => self.wrong(field, Wrong::NotACode),
        }
    }

    /// A box that is ticked or not.
    fn ticked(&self, field: Field) -> bool {
        self.raw(field) == Some("yes")
    }

    fn from(&mut self) -> Option<Timestamp> {
        let Some(text) = self.raw("from") else {
            return self.wrong("from", Wrong::Missing);
        };
        let Ok(date) = parse_date(text) else {
            return self.wrong("from", Wrong::NotADate);
        };
        let today = self.city.time.civil(self.now).date;
        if date < today {
            return self.wrong("from", Wrong::Past);
        }
        if date.to_julian_day() - today.to_julian_day() > FARTHEST {
            return self.wrong("from", Wrong::TooFar);
        }
        Some(self.city.time.start_of_day(date).max(self.now))
    }

    fn change(&mut self, topic: Topic) -> Option<Change> {
        Some(match topic {
            Topic::RenameArea => {
                let (area, names) = (self.code("area"), self.names::<40>(NAMES));
                let pinyin = self.text::<200>("pinyin");
                Change::RenameArea {
                    area: area?,
                    names: names?,
                    pinyin: pinyin?,
                }
            }
            Topic::MoveArea => {
                let (area, to) = (self.code("area"), self.code("to"));
                Change::MoveArea {
                    area: area?,
                    to: to?,
                }
            }
            Topic::SplitArea => {
                let (area, code) = (self.code("area"), self.code("code"));
                let (names, pinyin) = (self.names::<40>(NAMES), self.text::<200>("pinyin"));
                let takes = self.codes("takes");
                Change::SplitArea {
                    area: area?,
                    code: code?,
                    names: names?,
                    pinyin: pinyin?,
                    takes: takes?,
                }
            }
            Topic::MergeAreas => {
                let (area, into) = (self.code("area"), self.code("into"));
                Change::MergeAreas {
                    area: area?,
                    into: into?,
                }
            }
            Topic::AddArea => {
                let (within, code) = (self.code("within"), self.code("code"));
                let (names, pinyin) = (self.names::<40>(NAMES), self.text::<200>("pinyin"));
                Change::AddArea {
                    within: within?,
                    code: code?,
                    names: names?,
                    pinyin: pinyin?,
                }
            }
            Topic::SetOffice => {
                let (area, phone) = (self.code("area"), self.text::<40>("phone"));
                let (address, hours_note) = (self.names::<120>(ADDRESS), self.names::<120>(NOTE));
                let contact = OfficeContact {
                    phone: phone?,
                    address: address?,
                    hours_note: hours_note?,
                };
                Change::SetOffice {
                    area: area?,
                    contact,
                }
            }
            Topic::SetHours => {
                let (area, hours) = (self.code_if_any("area"), self.hours());
                Change::SetHours {
                    area: area.ok()?,
                    hours: hours.ok()?,
                }
            }
            Topic::SetClocks => self.clocks()?,
            Topic::SetCategory => {
                let (category, row) = (self.code("category"), self.category_row());
                Change::SetCategory {
                    category: category?,
                    row: row?,
                }
            }
            Topic::AddCategory => {
                let (category, within) = (self.code("category"), self.code("within"));
                let (row, duty) = (self.category_row(), self.code("duty"));
                let basis = self.text::<400>("basis");
                Change::AddCategory {
                    category: category?,
                    within: within?,
                    row: row?,
                    duty: duty?,
                    basis: basis?,
                }
            }
            Topic::OpenCategory => {
                let category = self.code("category");
                let open = match self.raw("open") {
                    Some("yes") => Some(true),
                    Some("no") => Some(false),
                    Some(_) => self.wrong("open", Wrong::Unknown),
                    None => self.wrong("open", Wrong::Missing),
                };
                Change::OpenCategory {
                    category: category?,
                    open: open?,
                }
            }
            Topic::SetDuty => self.duty()?,
            Topic::EndDuty => Change::EndDuty {
                duty: self.code("duty")?,
            },
            Topic::SetLineGrids => {
                let (unit, grids) = (self.code("unit"), self.line_grids());
                Change::SetLineGrids {
                    unit: unit?,
                    grids: grids?,
                }
            }
            Topic::TakeBack => match self.raw("number").map(str::parse) {
                Some(Ok(number)) => Change::TakeBack { number },
                _ => return self.wrong("number", Wrong::NotANumber),
            },
        })
    }

    fn hours(&mut self) -> Result<Option<ServiceHours>, Told> {
        if self.ticked("as-above") {
            return Ok(None);
        }
        let days = DAYS.map(|field| (field, self.raw(field).unwrap_or_default().to_owned()));
        let mut weekly: [Vec<(u16, u16)>; 7] = Default::default();
        let mut told = None;
        for (spans, (field, text)) in weekly.iter_mut().zip(&days) {
            match build::spans(&as_written(text)) {
                Some(read) => *spans = read,
                None => told = Some(self.told(field, Wrong::NotHours)),
            }
        }
        if let Some(told) = told {
            return Err(told);
        }
        let hours = ServiceHours {
            weekly,
            working_days_only: self.ticked("working-days-only"),
        };
        match hours.checked() {
            Ok(hours) => Ok(Some(hours)),
            Err(_) => Err(self.told(DAYS[0], Wrong::NeverOpen)),
        }
    }

    fn limit(&mut self, stage: Stage) -> Result<Option<Limit>, Told> {
        let (field, unit_field) = of_stage(stage);
        let amount = self.raw(field).map(str::to_owned);
        let unit = self.raw(unit_field).unwrap_or_default().to_owned();
        let amount = match (unit.as_str(), amount) {
            ("", None) => return Ok(None),
            ("date", _) => return Ok(Some(Limit::Date)),
            ("", Some(_)) => return Err(self.told(unit_field, Wrong::Missing)),
            (_, None) => return Err(self.told(field, Wrong::Missing)),
            (_, Some(amount)) => amount,
        };
        let text = match unit.as_str() {
            "minutes" => format!("{amount}m"),
            "hours" => format!("{amount}h"),
            "days" => format!("{amount}d"),
            "service-minutes" => format!("service {amount}m"),
            "calendar-days" => format!("calendar-days {amount}"),
            "working-days" => format!("working-days {amount}"),
            "calendar-days-close" => format!("calendar-days {amount} close"),
            "working-days-close" => format!("working-days {amount} close"),
            _ => return Err(self.told(unit_field, Wrong::Unknown)),
        };
        let Ok(limit) = text.parse::<Limit>() else {
            return Err(self.told(field, Wrong::NotANumber));
        };
        let per_day = match limit {
            Limit::Minutes(_) | Limit::ServiceMinutes(_) => 24 * 60,
            Limit::Hours(_) => 24,
            _ => 1,
        };
        if limit.amount().is_some_and(|n| n > LONGEST * per_day) {
            return Err(self.told(field, Wrong::TooFar));
        }
        Ok(Some(limit))
    }

    fn clocks(&mut self) -> Option<Change> {
        let (policy, names) = (self.code("policy"), self.names::<60>(NAMES));
        let basis = self.text::<400>("basis");
        let mut limits = Vec::new();
        for stage in Stage::ALL {
            if let Ok(Some(limit)) = self.limit(stage) {
                limits.push((stage, limit));
            }
        }
        Some(Change::SetClocks {
            policy: policy?,
            names: names?,
            limits,
            staffed_only: self.ticked("staffed-only"),
            basis: basis?,
        })
    }

    fn category_row(&mut self) -> Option<CategoryRow> {
        let (names, plain) = (self.names::<40>(NAMES), self.names::<200>(PLAIN));
        let synonyms = self.synonyms();
        let visibility = match self.raw("visibility").map(Visibility::parse) {
            Some(Some(visibility)) => Some(visibility),
            Some(None) => self.wrong("visibility", Wrong::Unknown),
            None => self.wrong("visibility", Wrong::Missing),
        };
        let (policy, lead) = (self.code("policy"), self.code("lead"));
        let on_scene = self.ticked("on-scene");
        let shown: Vec<String> = self.typed.values("evidence").map(str::to_owned).collect();
        let mut evidence = Vec::new();
        for word in shown.iter().filter(|word| !word.is_empty()) {
            match EVIDENCE.iter().find(|(known, _)| known == word) {
                Some((_, kind)) => evidence.push(*kind),
                None => return self.wrong("evidence", Wrong::Unknown),
            }
        }
        Some(CategoryRow {
            names: names?,
            plain: plain?,
            synonyms: synonyms?,
            visibility: visibility?,
            policy: policy?,
            lead: lead?,
            on_scene,
            evidence,
        })
    }

    /// Words with commas of either script or line ends between them.
    fn synonyms(&mut self) -> Option<Vec<String>> {
        let typed = self.raw("synonyms").unwrap_or_default().to_owned();
        let mut words = Vec::new();
        for word in typed.split([',', '，', '、', '\n', '\r']) {
            let word = word.trim();
            if word.is_empty() {
                continue;
            }
            match Bounded::<1, 30>::new(word) {
                Ok(word) => words.push(word.as_str().to_owned()),
                Err(TextError::Control) => return self.wrong("synonyms", Wrong::Control),
                Err(_) => return self.wrong("synonyms", Wrong::TooLong(30)),
            }
        }
        if words.len() > SYNONYMS {
            return self.wrong("synonyms", Wrong::TooMany(SYNONYMS));
        }
        Some(words)
    }

    fn duty(&mut self) -> Option<Change> {
        let (duty, replaces) = (self.code("duty"), self.code_if_any("replaces"));
        let (category, situation) = (self.code("category"), self.names::<200>(PLAIN));
        let (lead, supports) = (self.code("lead"), self.codes("support"));
        let (basis, areas) = (self.text::<400>("basis"), self.codes("area"));
        Some(Change::SetDuty {
            duty: duty?,
            replaces: replaces.ok()?,
            category: category?,
            situation: situation?,
            lead: lead?,
            supports: supports?,
            basis: basis?,
            areas: areas?,
        })
    }

    /// Lines of number, name and areas; commas or tabs between them, as a spreadsheet copies them.
    fn line_grids(&mut self) -> Option<Vec<LineGrid>> {
        let typed = self.raw("grids").unwrap_or_default().to_owned();
        let mut grids: Vec<LineGrid> = Vec::new();
        let mut bad = BadLines::default();
        for (no, line) in typed.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            if grids.len() == LINE_GRIDS {
                return self.wrong("grids", Wrong::TooMany(LINE_GRIDS));
            }
            match line_grid(line) {
                Some(grid) if grids.iter().all(|known| known.code != grid.code) => grids.push(grid),
                _ => bad.add(no + 1),
            }
        }
        if bad.told().is_empty() {
            Some(grids)
        } else {
            self.wrong("grids", Wrong::Lines(bad))
        }
    }
}

/// Hours as the files write them, from what keyboards and pages write: `８：３０–12:00、14:00 - 17:30`.
fn as_written(hours: &str) -> String {
    let plain: String = hours
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xff10 + 0x30).unwrap_or(c),
            '：' => ':',
            '–' | '—' | '－' | '~' | '～' | '至' => '-',
            ',' | '，' | '、' | ';' | '；' => ' ',
            c => c,
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words
        .join(" ")
        .replace(" - ", "-")
        .replace("- ", "-")
        .replace(" -", "-")
}

fn line_grid(line: &str) -> Option<LineGrid> {
    let mut cells = line.split([',', '\t', '，']).map(str::trim);
    let code = Bounded::<1, 20>::new(cells.next()?).ok()?;
    let name = Bounded::<1, 40>::new(cells.next()?).ok()?;
    let covers = cells
        .flat_map(|cell| cell.split([' ', ';', '|', '、', '；']))
        .filter(|cell| !cell.is_empty())
        .map(|cell| cell.parse().ok())
        .collect::<Option<Vec<_>>>()?;
    (!covers.is_empty()).then(|| LineGrid {
        code: code.as_str().to_owned(),
        name: name.as_str().to_owned(),
        covers,
    })
}

pub(super) const EVIDENCE: [(&str, EvidenceKind); 3] = [
    ("photo_before", EvidenceKind::PhotoBefore),
    ("photo_after", EvidenceKind::PhotoAfter),
    ("document", EvidenceKind::Document),
];
