//! Everybody who asks.

/// How somebody shows who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Not at all.
    Nothing,
    /// With the receipt code of this case.
    Code(usize),
    /// By signing in under this login of the demo city.
    Login(&'static str),
}

/// Nobody of the city's staff.
pub const ANYBODY: &str = "anybody";
/// Told the private case.
pub const REPORTER: &str = "reporter";
/// Told a case of another community.
pub const OTHER_REPORTER: &str = "reporter elsewhere";
/// Of the community of most cases.
pub const SECRETARY: &str = "secretary";
/// Their grid officer.
pub const GRID: &str = "grid officer";
/// The station above.
pub const STATION: &str = "station";
/// Of another community.
pub const ELSEWHERE: &str = "secretary elsewhere";
/// Of the unit that is called.
pub const CALLED: &str = "called officer";
/// Of a unit that is not.
pub const UNCALLED: &str = "officer not called";
/// Of the unit to which the sealed tip goes.
pub const TIP_OFFICER: &str = "officer of tips";
/// Works for the called unit under contract.
pub const CONTRACTOR: &str = "contractor";
/// Works for another.
pub const OTHER_CONTRACTOR: &str = "contractor of another";
pub const SUPERVISOR: &str = "supervisor";
pub const COMMISSION: &str = "commission";
pub const EDITOR: &str = "editor";
pub const AUDITOR: &str = "auditor";
pub const SECURITY: &str = "security admin";
pub const SYSTEM: &str = "system admin";
/// Was a secretary here until a moment ago, and is still signed in.
pub const LEFT: &str = "whose office ended";
/// Is a secretary here who was shut out a moment ago.
pub const SHUT_OUT: &str = "shut out";

/// All of them.
pub const PEOPLE: [(&str, Shows); 20] = [
    (ANYBODY, Shows::Nothing),
    (REPORTER, Shows::Code(super::cases::PRIVATE)),
    (OTHER_REPORTER, Shows::Code(super::cases::ELSEWHERE)),
    (SECRETARY, Shows::Login("secretary-xianggang")),
    (GRID, Shows::Login("grid-xianggang")),
    (STATION, Shows::Login("station-unit-06")),
    (ELSEWHERE, Shows::Login("secretary-huazhong")),
    (CALLED, Shows::Login("officer-enforcement-appearance")),
    (UNCALLED, Shows::Login("officer-resources-land")),
    (TIP_OFFICER, Shows::Login("officer-enforcement-environment")),
    (CONTRACTOR, Shows::Login("officer-safety-fire")),
    (OTHER_CONTRACTOR, Shows::Login("officer-safety-production")),
    (SUPERVISOR, Shows::Login("supervisor")),
    (COMMISSION, Shows::Login("commission")),
    (EDITOR, Shows::Login("editor")),
    (AUDITOR, Shows::Login("auditor")),
    (SECURITY, Shows::Login("security")),
    (SYSTEM, Shows::Login("system")),
    (LEFT, Shows::Login("secretary-xianggang-2")),
    (SHUT_OUT, Shows::Login("secretary-huazhong-2")),
];

/// Who is signed in on the desk.
pub fn is_signed_in(name: &str) -> bool {
    ![ANYBODY, REPORTER, OTHER_REPORTER, SHUT_OUT].contains(&name)
}

/// Who looks after people or their log, and begins there.
pub fn is_apart(name: &str) -> bool {
    [AUDITOR, SECURITY, SYSTEM].contains(&name)
}
