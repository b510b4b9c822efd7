//! `huiyin bench-desk`: whole lives of cases and the worklists of the desk, for `make bench`. The use
//! cases that the doors call, the same statements and batches; no HTTP.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use casework::file::{FilingKey, Whistle, file_whistle};
use casework::staffing::Staffing;
use casework::worklist::{self, Asked, List};
use casework::{Desk, act};
use domain::access::{Role as Office, Viewer};
use domain::case::{CallClass, Channel, Level, Outcome};
use domain::decide::{Act, CallDue, Called, Command};
use domain::draft::Draft;
use domain::ids::{AreaCode, CaseId, PartyNo, UnitCode};
use domain::lang::Lang;
use futures::future::BoxFuture;
use serde_json::{Map, Value, json};
use store::Role;
use tokio::time::Instant;

use crate::settings::Settings;

const COMMUNITY: &str = "330383198001";
/// Asks neither for a photo nor for somebody on the spot, so that a life needs no pictures.
const CATEGORY: &str = "published-error";
const UNIT: &str = "office-data";
/// How often each worklist is drawn.
const DRAWN: usize = 100;

/// The people of the bench.
struct People {
    secretary: Viewer,
    station: Viewer,
    officer: Viewer,
    commission: Viewer,
}

impl People {
    fn of(desk: &Desk) -> anyhow::Result<Self> {
        let staffing = Staffing::of(&desk.city, desk.now());
        let community: AreaCode = COMMUNITY.parse()?;
        let unit: UnitCode = UNIT.parse()?;
        let viewer = |found: Option<&domain::access::Appointment>| {
            let found = found.cloned().context("the demo city has such an office")?;
            anyhow::Ok(Viewer::Staff(vec![found].into()))
        };
        let of_role = |role| staffing.all().iter().find(|held| held.role == role);
        Ok(Self {
            secretary: viewer(staffing.in_community(Office::Secretary, &community))?,
            station: viewer(staffing.in_community(Office::Dispatcher, &community))?,
            officer: viewer(staffing.officer(&unit))?,
            commission: viewer(of_role(Office::Commission))?,
        })
    }
}

/// Lives through `cases` with `writers` at once, step by step, draws the worklists, and prints one
/// line of JSON.
///
/// # Errors
/// If the store is in use or a step is refused.
pub async fn run(settings: &Settings, writers: usize, cases: usize) -> anyhow::Result<()> {
    let desk = settings.open_desk(Role::Maintain, true).await?;
    let people = Arc::new(People::of(&desk)?);
    let mut steps = Map::new();
    let began = Instant::now();
    let filed = step(
        &desk,
        &people,
        &mut steps,
        "file",
        writers,
        vec![None; cases],
        file,
    )
    .await?;
    for (name, act) in STEPS {
        step(
            &desk,
            &people,
            &mut steps,
            name,
            writers,
            filed.clone(),
            act,
        )
        .await?;
    }
    let elapsed = began.elapsed().as_secs_f64();
    let worklists = worklists(&desk, &people).await?;
    desk.store.stop().await?;
    let told = json!({
        "lives": cases, "seconds": elapsed, "lives_per_second": rate(cases, elapsed),
        "steps": steps, "worklists": worklists,
    });
    println!("{told}");
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a count of seconds' work")]
fn rate(count: usize, seconds: f64) -> f64 {
    count as f64 / seconds
}

type Doing =
    fn(Arc<Desk>, Arc<People>, Option<CaseId>, usize) -> BoxFuture<'static, anyhow::Result<CaseId>>;

/// What happens to a case after its filing, and who does it.
const STEPS: [(&str, Doing); 4] = [
    ("call", |desk, people, case, _| {
        let call = Act::Call {
            class: CallClass::HardProblem,
            units: UNIT
                .parse()
                .map(|unit| Called { unit, lead: true })
                .into_iter()
                .collect(),
            due: CallDue::Policy,
        };
        does(
            desk,
            people.secretary.clone(),
            case,
            call.saying("请来看看"),
        )
    }),
    ("report in", |desk, people, case, _| {
        does(
            desk,
            people.officer.clone(),
            case,
            Act::ReportIn { part: 1 }.into(),
        )
    }),
    ("resolve", |desk, people, case, _| {
        let resolve = Act::Resolve {
            outcome: Outcome::Solved,
            enforcement: None,
            level: Level::Unit,
        };
        does(desk, people.officer.clone(), case, resolve.saying("已改好"))
    }),
    ("rate", |desk, _, case, _| {
        let party = case.map(|case| Viewer::Party {
            case,
            party: PartyNo::REPORTER,
        });
        let party = party.unwrap_or(Viewer::Anonymous);
        does(desk, party, case, Act::Rate { stars: 5 }.into())
    }),
];

fn does(
    desk: Arc<Desk>,
    viewer: Viewer,
    case: Option<CaseId>,
    command: Command,
) -> BoxFuture<'static, anyhow::Result<CaseId>> {
    Box::pin(async move {
        let case = case.context("a case that was filed")?;
        act::act(&desk, &viewer, case, None, command).await?;
        Ok(case)
    })
}

fn file(
    desk: Arc<Desk>,
    _: Arc<People>,
    _: Option<CaseId>,
    at: usize,
) -> BoxFuture<'static, anyhow::Result<CaseId>> {
    Box::pin(async move {
        let draft = Draft {
            danger: "no".into(),
            category: CATEGORY.into(),
            community: COMMUNITY.into(),
            description: format!("公开的电话打不通。第 {at} 次。"),
            place: "人民路 100 号".into(),
            ..Draft::default()
        };
        let checked = draft
            .check(&desk.city, desk.now())
            .map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
        let whistle = Whistle {
            checked,
            photos: Vec::new(),
            channel: Channel::Api,
            recurrence_of: None,
        };
        let filed = file_whistle(&desk, &FilingKey::draw(&desk), whistle).await?;
        Ok(filed.case)
    })
}

/// One step of all cases; how many a second, and what CPU one took.
async fn step(
    desk: &Desk,
    people: &Arc<People>,
    steps: &mut Map<String, Value>,
    name: &str,
    writers: usize,
    cases: Vec<Option<CaseId>>,
    doing: Doing,
) -> anyhow::Result<Vec<Option<CaseId>>> {
    let count = cases.len();
    let shared = Arc::new(desk.clone());
    let (before, began) = (cpu()?, Instant::now());
    let mut tasks = Vec::new();
    for writer in 0..writers.max(1) {
        let own: Vec<(usize, Option<CaseId>)> = cases
            .iter()
            .copied()
            .enumerate()
            .skip(writer)
            .step_by(writers.max(1))
            .collect();
        let (desk, people) = (Arc::clone(&shared), Arc::clone(people));
        tasks.push(tokio::spawn(async move {
            let mut done = Vec::with_capacity(own.len());
            for (at, case) in own {
                let case = doing(Arc::clone(&desk), Arc::clone(&people), case, at).await?;
                done.push((at, case));
            }
            anyhow::Ok(done)
        }));
    }
    let mut done = vec![None; count];
    for task in tasks {
        for (at, case) in task.await?? {
            done[at] = Some(case);
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let spent = cpu()?.saturating_sub(before).as_secs_f64();
    let told = json!({
        "per_second": rate(count, seconds),
        "cpu_ms": spent * 1_000.0 / rate(count, 1.0),
    });
    steps.insert(name.to_owned(), told);
    Ok(done)
}

/// User and system time of this process so far, by the hundredth of a second that Linux counts.
fn cpu() -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, rest) = stat.rsplit_once(')').context("/proc/self/stat")?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let ticks: u64 = words[11].parse::<u64>()? + words[12].parse::<u64>()?;
    Ok(Duration::from_millis(ticks * 10))
}

/// How long a page of each list takes, each alone: the median and the 95th of a hundred.
async fn worklists(desk: &Desk, people: &People) -> anyhow::Result<Value> {
    let mut told = Map::new();
    for (name, viewer) in [
        ("secretary", &people.secretary),
        ("station", &people.station),
        ("officer", &people.officer),
        ("commission", &people.commission),
    ] {
        let of = |list: List| Asked {
            list,
            ..Asked::default()
        };
        // Found nowhere: all that is open is read through, and as much of what has ended as one look takes.
        let words = Asked {
            words: "找不到的一句话".to_owned(),
            ..Asked::default()
        };
        let lists = [List::Mine, List::Decisions, List::Open].map(|list| (list.as_str(), of(list)));
        for (what, asked) in lists.into_iter().chain([("search", words)]) {
            let mut took = Vec::with_capacity(DRAWN);
            for _ in 0..DRAWN {
                let asked = asked.clone();
                let began = Instant::now();
                worklist::page(desk, viewer, asked, Lang::ZhHans).await?;
                took.push(began.elapsed().as_secs_f64() * 1_000.0);
            }
            took.sort_by(f64::total_cmp);
            let line = json!({ "p50_ms": took[DRAWN / 2], "p95_ms": took[DRAWN * 95 / 100] });
            told.insert(format!("{name}, {what}"), line);
        }
    }
    Ok(Value::Object(told))
}
