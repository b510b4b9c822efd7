//! The people of a demonstration: one for every appointment, with logins that say who they are, one
//! password, and authenticators whose codes the demonstration itself shows.

use std::{fmt::Write as _, sync::Arc};

use domain::{
    access::{Appointment, GridRole, Role},
    clock::Owner,
    lang::Lang,
};
use futures::FutureExt as _;
use sha2::{Digest as _, Sha256};
use store::Person;

use crate::{Desk, Error, Result, authenticator, staffing::Staffing};

/// The password of everybody in a demonstration. It exists nowhere else.
pub const DEMO_PASSWORD: &str = "demo-of-huiyin";

/// Writes the staff of a demo city into the store. Whoever can sign in already is left alone.
///
/// # Errors
/// The store's.
pub async fn seed(desk: &Desk, staffing: Staffing) -> Result<usize> {
    let count = staffing.all().len();
    let secret = desk.passwords.hash(desk, DEMO_PASSWORD).await?;
    let people: Vec<(Person, Appointment)> = staffing
        .all()
        .iter()
        .map(|appointment| {
            let login = login_of(desk, appointment, staffing.all());
            let person = Person {
                id: format!("demo-{}", appointment.no),
                name: name_of(desk, appointment, Lang::ZhHans),
                login,
                secret: Some(secret.clone()),
                active: true,
                first_until: None,
            };
            (person, appointment.clone())
        })
        .collect();
    let work = Arc::new(people);
    desk.store
        .write::<_, (), Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                for (person, appointment) in &*work {
                    let before = tx.person(&person.id).await?;
                    if before
                        .as_ref()
                        .is_some_and(|before| before.secret.is_some())
                    {
                        continue;
                    }
                    tx.put_person(person).await?;
                    if before.is_none() {
                        // In a demonstration that was kept, somebody may have got the number meanwhile.
                        let taken = tx.appointment(appointment.no).await?.is_some();
                        let no = if taken {
                            tx.next_appointment().await?
                        } else {
                            appointment.no
                        };
                        let given = Appointment {
                            no,
                            ..appointment.clone()
                        };
                        tx.appoint(&person.id, &given).await?;
                    }
                    let secret = demo_secret(&person.login);
                    tx.put_second_factor(&person.id, &secret, 0).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await?;
    Ok(count)
}

/// Everybody may know it: it is computed from the login alone.
fn demo_secret(login: &str) -> [u8; authenticator::SECRET] {
    let digest = Sha256::digest(format!("huiyin demo second factor {login}"));
    let mut secret = [0; authenticator::SECRET];
    secret.copy_from_slice(&digest[..authenticator::SECRET]);
    secret
}

/// The code that a person of the demonstration would read off their authenticator now; none for
/// whoever enrolled one of their own.
///
/// # Errors
/// The store's.
pub async fn demo_code(desk: &Desk, person: &str) -> Result<Option<String>> {
    let mut reading = desk.store.read().await?;
    let Some(known) = reading.person(person).await? else {
        return Ok(None);
    };
    let secret = demo_secret(&known.login);
    let own = reading.second_factor(person).await?;
    Ok(own
        .filter(|own| own.as_slice() == secret)
        .and_then(|own| authenticator::code(&own, desk.now())))
}

/// Somebody to sign in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSignIn {
    /// The login.
    pub login: String,
    /// Their role.
    pub role: Role,
    /// Their office.
    pub office: String,
    /// One of the few to begin with; the others are the remaining modules.
    pub is_first: bool,
}

/// With whom the three stories of the articles can be played (K1 to K3), and whoever looks after
/// the city; an office by its code, the city's own by none.
const FIRST: [(Role, &str); 15] = [
    (Role::Secretary, "330383198023"),
    (Role::GridOfficer, "330383198023"),
    (Role::Dispatcher, "unit-06"),
    (Role::Officer, "enforcement-appearance"),
    (Role::Officer, "enforcement-sanitation"),
    (Role::Officer, "resources-land"),
    (Role::Officer, "resources-planning"),
    (Role::Officer, "resources-green"),
    (Role::Secretary, "330383198094"),
    (Role::Supervisor, ""),
    (Role::Commission, ""),
    (Role::Editor, ""),
    (Role::SystemAdmin, ""),
    (Role::SecurityAdmin, ""),
    (Role::Auditor, ""),
];

/// Whom one can sign in as in a demonstration: a handful to begin with, then an officer of each
/// other module, since a community may call any of them.
#[must_use]
pub fn demo_sign_ins(desk: &Desk, lang: Lang) -> Vec<DemoSignIn> {
    let staffing = Staffing::of(&desk.cities.base, desk.now());
    let all = staffing.all();
    let first: Vec<&Appointment> = FIRST
        .iter()
        .filter_map(|(role, home)| {
            all.iter().find(|held| {
                held.role == *role && (home.is_empty() || home_code(&held.home) == *home)
            })
        })
        .collect();
    let others = all.iter().filter(|held| held.role == Role::Officer);
    let others = others.filter(|held| first.iter().all(|known| known.no != held.no));
    let sign_in = |held: &Appointment, is_first| DemoSignIn {
        login: login_of(desk, held, all),
        role: held.role,
        office: desk.office_name(&held.home, lang),
        is_first,
    };
    first
        .iter()
        .map(|held| sign_in(held, true))
        .chain(others.map(|held| sign_in(held, false)))
        .collect()
}

fn home_code(home: &Owner) -> &str {
    match home {
        Owner::Community(code) | Owner::Station(code) => code.as_str(),
        Owner::Unit(code) => code.as_str(),
        Owner::City => "city",
    }
}

/// A login that says who it is: `secretary-xianggang`, `officer-enforcement-appearance`.
fn login_of(desk: &Desk, appointment: &Appointment, all: &[Appointment]) -> String {
    let role = match appointment.role {
        Role::GridOfficer => "grid",
        Role::SecurityAdmin => "security",
        Role::SystemAdmin => "system",
        Role::Dispatcher => "station",
        other => other.as_str(),
    };
    let place = match &appointment.home {
        Owner::Community(code) => {
            let areas = &desk.cities.base.areas;
            let area = areas.at(code, desk.now());
            let pinyin = area.map(|area| area.pinyin.replace(' ', ""));
            let name = pinyin.filter(|pinyin| !pinyin.is_empty());
            let same = |other: &str| {
                // Most areas are grids, and have none.
                let sound = areas.rows().iter().filter(|area| !area.pinyin.is_empty());
                sound
                    .filter(|area| area.pinyin.replace(' ', "") == other)
                    .count()
                    > 1
            };
            // Two communities may sound alike; then the last digits of their codes tell them apart.
            match name {
                Some(name) if same(&name) => format!("{name}-{}", &code.as_str()[9..]),
                Some(name) => name,
                None => code.to_string(),
            }
        }
        Owner::Station(code) => code.to_string(),
        Owner::Unit(code) => code.to_string(),
        Owner::City => String::new(),
    };
    let before = all
        .iter()
        .take_while(|other| other.no != appointment.no)
        .filter(|other| other.role == appointment.role && other.home == appointment.home)
        .count();
    let mut login = role.to_owned();
    if !place.is_empty() {
        login.push('-');
        login.push_str(&place);
    }
    if before > 0 {
        // Writing to a String cannot fail.
        let _ = write!(login, "-{}", before + 1);
    }
    login
}

/// What stands where a name would: nobody of the real city is named.
fn name_of(desk: &Desk, appointment: &Appointment, lang: Lang) -> String {
    let role = match appointment.role {
        Role::Secretary => "书记",
        Role::GridOfficer => match appointment.terms.grid_role {
            None | Some(GridRole::Officer) => "网格员",
            Some(GridRole::Head) => "网格长",
            Some(GridRole::Inspector) => "网格督查员",
            Some(GridRole::Informant) => "网格信息员",
            Some(GridRole::Liaison) => "网格联络员",
            Some(GridRole::Patroller) => "网格巡查员",
        },
        Role::Dispatcher => "调度员",
        Role::Officer => "经办人",
        Role::Commission => "治理委员会",
        Role::Supervisor => "督查员",
        Role::Contractor => "承接方",
        Role::Editor => "编辑",
        Role::Auditor => "审计员",
        Role::SecurityAdmin => "安全管理员",
        Role::SystemAdmin => "系统管理员",
    };
    let office = desk.office_name(&appointment.home, lang);
    format!("{office}{role} {}（演示）", appointment.no)
}
