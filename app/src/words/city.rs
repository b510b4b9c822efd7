//! What is said of the city and its changes.

use casework::city::{ChangeLine, CityFault};
use domain::{
    city::{
        Fault, Finding,
        change::{ChangeFault, Topic, Wrong},
    },
    clock::{LimitUnit, ServiceHours, Stage},
    lang::Lang,
    text::TextError,
};

use crate::{explain, format, texts::t, words};

/// What can be done, as a link says it.
pub fn topic(lang: Lang, topic: Topic) -> &'static str {
    match topic {
        Topic::RenameArea => t::topic_rename_area(lang),
        Topic::MoveArea => t::topic_move_area(lang),
        Topic::SplitArea => t::topic_split_area(lang),
        Topic::MergeAreas => t::topic_merge_areas(lang),
        Topic::AddArea => t::topic_add_area(lang),
        Topic::SetOffice => t::topic_set_office(lang),
        Topic::SetHours => t::topic_set_hours(lang),
        Topic::SetClocks => t::topic_set_clocks(lang),
        Topic::SetCategory => t::topic_set_category(lang),
        Topic::AddCategory => t::topic_add_category(lang),
        Topic::OpenCategory => t::topic_open_category(lang),
        Topic::SetDuty => t::topic_set_duty(lang),
        Topic::EndDuty => t::topic_end_duty(lang),
        Topic::SetLineGrids => t::topic_set_line_grids(lang),
        Topic::TakeBack => t::topic_take_back(lang),
    }
}

/// A change in a sentence.
pub fn change(lang: Lang, line: &ChangeLine) -> String {
    sentence(lang, line.topic, (&line.subject, &line.object))
}

/// The same, before it is one.
pub fn sentence(lang: Lang, topic: Topic, (subject, object): (&str, &str)) -> String {
    match topic {
        Topic::RenameArea => t::change_rename_area(lang, object, subject),
        Topic::MoveArea => t::change_move_area(lang, object, subject),
        Topic::SplitArea => t::change_split_area(lang, object, subject),
        Topic::MergeAreas => t::change_merge_areas(lang, object, subject),
        Topic::AddArea => t::change_add_area(lang, object, subject),
        Topic::SetOffice => t::change_set_office(lang, subject),
        Topic::SetHours => t::change_set_hours(lang, subject),
        Topic::SetClocks => t::change_set_clocks(lang, subject),
        Topic::SetCategory => t::change_set_category(lang, object, subject),
        Topic::AddCategory => t::change_add_category(lang, object, subject),
        Topic::OpenCategory => t::change_open_category(lang, subject),
        Topic::SetDuty => t::change_set_duty(lang, object, subject),
        Topic::EndDuty => t::change_end_duty(lang, subject),
        Topic::SetLineGrids => t::change_set_line_grids(lang, object, subject),
        Topic::TakeBack => t::change_take_back(lang, subject),
    }
}

/// What a field of a form is called.
pub fn field(lang: Lang, name: &str) -> String {
    let stage = name.strip_suffix("-unit").unwrap_or(name).parse::<Stage>();
    if let Ok(stage) = stage {
        let stage = words::stage(lang, stage);
        return if name.ends_with("-unit") {
            t::cf_limit_unit(lang, stage)
        } else {
            t::cf_limit(lang, stage)
        };
    }
    let plain = match name {
        "from" => t::cf_from(lang),
        "reason" => t::cf_reason(lang),
        "name-zh-hans" => t::cf_name_hans(lang),
        "name-zh-hant" => t::cf_name_hant(lang),
        "name-en" => t::cf_name_en(lang),
        "pinyin" => t::cf_pinyin(lang),
        "plain-zh-hans" => t::cf_plain_hans(lang),
        "plain-zh-hant" => t::cf_plain_hant(lang),
        "plain-en" => t::cf_plain_en(lang),
        "address-zh-hans" => t::cf_address_hans(lang),
        "address-zh-hant" => t::cf_address_hant(lang),
        "address-en" => t::cf_address_en(lang),
        "note-zh-hans" => t::cf_note_hans(lang),
        "note-zh-hant" => t::cf_note_hant(lang),
        "note-en" => t::cf_note_en(lang),
        "phone" => t::cf_phone(lang),
        "code" | "policy-code" => t::cf_code(lang),
        "to" => t::cf_to(lang),
        "into" => t::cf_into(lang),
        "takes" => t::cf_takes(lang),
        "as-above" => t::cf_as_above(lang),
        "working-days-only" => t::cf_working_days_only(lang),
        "staffed-only" => t::cf_staffed_only(lang),
        "basis" => t::cf_basis(lang),
        "synonyms" => t::cf_synonyms(lang),
        "visibility" => t::cf_visibility(lang),
        "policy" => t::cf_policy(lang),
        "lead" => t::cf_lead(lang),
        "support" => t::cf_support(lang),
        "on-scene" => t::cf_on_scene(lang),
        "evidence" => t::cf_evidence(lang),
        "within" => t::cf_within(lang),
        "category" => t::cf_category(lang),
        "duty" => t::cf_duty(lang),
        "replaces" => t::city_replace_duty(lang),
        "open" => t::cf_open(lang),
        "area" => t::cf_area(lang),
        "grids" => t::cf_grids(lang),
        "unit" => t::cf_unit(lang),
        "day-1" => weekday(lang, 0),
        "day-2" => weekday(lang, 1),
        "day-3" => weekday(lang, 2),
        "day-4" => weekday(lang, 3),
        "day-5" => weekday(lang, 4),
        "day-6" => weekday(lang, 5),
        "day-7" => weekday(lang, 6),
        other => return other.to_owned(),
    };
    plain.to_owned()
}

/// What is wrong with a field.
pub fn wrong(lang: Lang, wrong: Wrong) -> String {
    let n = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    match wrong {
        Wrong::Missing => t::cw_missing(lang).to_owned(),
        Wrong::TooLong(most) => t::cw_too_long(lang, n(most)),
        Wrong::Control => t::cw_control(lang).to_owned(),
        Wrong::NotACode => t::cw_not_a_code(lang).to_owned(),
        Wrong::Unknown => t::cw_unknown(lang).to_owned(),
        Wrong::NotADate => t::cw_not_a_date(lang).to_owned(),
        Wrong::Past => t::cw_past(lang).to_owned(),
        Wrong::TooFar => t::cw_too_far(lang).to_owned(),
        Wrong::NotANumber => t::cw_not_a_number(lang).to_owned(),
        Wrong::NotHours => t::cw_not_hours(lang).to_owned(),
        Wrong::NeverOpen => t::cw_never_open(lang).to_owned(),
        Wrong::Lines(bad) => {
            let lines: Vec<String> = bad.told().iter().map(ToString::to_string).collect();
            let lines = words::list(lang, &lines);
            match bad.more() {
                0 => t::cw_lines(lang, lines),
                more => t::cw_lines_more(lang, lines, n(more)),
            }
        }
        Wrong::TooMany(most) => t::cw_too_many(lang, n(most)),
    }
}

/// Why a change cannot be made.
pub fn unmade(lang: Lang, fault: &ChangeFault) -> String {
    match fault {
        ChangeFault::NotThere(code) => t::cw_not_there(lang, code),
        ChangeFault::Taken(code) => t::cw_taken(lang, code),
        ChangeFault::NotOfficial(_) => t::cw_not_official(lang).to_owned(),
        ChangeFault::NoChange(_) => t::cw_no_change(lang).to_owned(),
        ChangeFault::OtherSize(_) => t::cw_other_size(lang).to_owned(),
        ChangeFault::NotInside(code) => t::cw_not_inside(lang, code.as_str()),
        ChangeFault::NothingLeft(_) => t::cw_nothing_left(lang).to_owned(),
        ChangeFault::IsAGroup(_) => t::cw_is_a_group(lang).to_owned(),
        ChangeFault::HasBegun(number) => t::cw_has_begun(lang, u64::from(*number)),
        ChangeFault::SameDay(number) => t::cw_same_day(lang, u64::from(*number)),
        ChangeFault::Areas(_) => t::cw_rows(lang).to_owned(),
    }
}

/// The field at which to mend what cannot be made.
fn field_of(topic: Topic, fault: &ChangeFault, typed: &[(String, String)]) -> &'static str {
    match (topic, fault) {
        (Topic::AddCategory, ChangeFault::Taken(code))
            if typed
                .iter()
                .any(|(field, typed)| field == "category" && typed == code) =>
        {
            "category"
        }
        (Topic::SplitArea, ChangeFault::NotInside(_) | ChangeFault::NothingLeft(_)) => "takes",
        (
            Topic::SplitArea | Topic::AddArea,
            ChangeFault::Taken(_) | ChangeFault::NotOfficial(_),
        ) => "code",
        (Topic::MoveArea, ChangeFault::NoChange(_) | ChangeFault::OtherSize(_)) => "to",
        (Topic::MergeAreas, ChangeFault::NoChange(_) | ChangeFault::OtherSize(_)) => "into",
        (Topic::RenameArea, ChangeFault::NoChange(_)) => "name-zh-hans",
        (Topic::SetDuty | Topic::AddCategory, ChangeFault::Taken(_)) => "duty",
        (Topic::SetLineGrids, ChangeFault::NotThere(_)) => "grids",
        _ => "from",
    }
}

/// What is wrong, by the fields at which to mend it.
pub fn mistakes(
    lang: Lang,
    of: Topic,
    fault: &CityFault,
    typed: &[(String, String)],
) -> Vec<(&'static str, String)> {
    match fault {
        CityFault::Fields(fields, reason) => {
            let reason = reason.map(|error| match error {
                TextError::Empty | TextError::TooShort { .. } => Wrong::Missing,
                TextError::TooLong { max, .. } => Wrong::TooLong(max),
                TextError::Control => Wrong::Control,
            });
            let fields = fields.iter().map(|mistake| (mistake.field, mistake.what));
            fields
                .chain(reason.map(|what| ("reason", what)))
                .map(|(field, what)| (field, wrong(lang, what)))
                .collect()
        }
        CityFault::Unmade(why) => vec![(field_of(of, why, typed), unmade(lang, why))],
        CityFault::Blocks(number, why) => {
            let text = t::cw_blocks(lang, u64::from(*number), unmade(lang, why));
            vec![("from", text)]
        }
        CityFault::Findings(found) => {
            let n = u64::try_from(found.len()).unwrap_or(u64::MAX);
            vec![("from", t::city_unsound(lang, n))]
        }
        CityFault::Moved => vec![("from", t::cw_moved(lang).to_owned())],
    }
}

/// What the linter found; `called` says what a code is called.
pub fn finding(lang: Lang, finding: &Finding, called: &dyn Fn(&str) -> String) -> String {
    let day = |date| format::date(lang, date);
    let what = match &finding.fault {
        Fault::Dangling { code, .. } => t::fault_dangling(lang, code),
        Fault::Twice => t::fault_twice(lang).to_owned(),
        Fault::Cycle => t::fault_cycle(lang).to_owned(),
        Fault::NoPolicy => t::fault_no_policy(lang).to_owned(),
        Fault::TwoLimits {
            stage,
            limit,
            other,
        } => t::fault_two_limits(
            lang,
            explain::limit(lang, *limit),
            explain::limit(lang, *other),
            words::stage(lang, *stage),
        ),
        Fault::Outlasts {
            stage,
            limit,
            of,
            whole,
        } => t::fault_outlasts(
            lang,
            explain::limit(lang, *limit),
            words::stage(lang, *of),
            words::stage(lang, *stage),
            explain::limit(lang, *whole),
        ),
        Fault::NoDuty => t::fault_no_duty(lang).to_owned(),
        Fault::DutyGap { from, area } => t::fault_duty_gap(lang, called(area), day(*from)),
        Fault::Shadowed { by } => t::fault_shadowed(lang, by),
        Fault::Overlaps { with } => t::fault_overlaps(lang, with),
        Fault::MissingName { .. } => t::fault_missing_name(lang).to_owned(),
        Fault::NotPrivate => t::fault_not_private(lang).to_owned(),
        Fault::NoHelpLines => t::fault_no_help_lines(lang).to_owned(),
        Fault::DutyOfAGroup => t::fault_group_duty(lang).to_owned(),
        Fault::NotAModule { code, .. } => t::fault_not_a_module(lang, code),
        Fault::EndsBeforeItBegins => t::fault_backwards(lang).to_owned(),
        Fault::NoWay => t::fault_no_way(lang).to_owned(),
        Fault::CalendarEnds { until } => t::fault_calendar(lang, day(*until)),
        Fault::Orphan { from, parent } => t::fault_orphan(lang, called(parent), day(*from)),
        Fault::AreaEnds { area, from } => t::fault_area_ends(lang, called(area), day(*from)),
    };
    t::finding(lang, called(&finding.code), what)
}

/// What a limit counts, as it is chosen.
pub fn unit(lang: Lang, unit: LimitUnit) -> (&'static str, &'static str) {
    match unit {
        LimitUnit::Minutes => ("minutes", t::unit_minutes(lang)),
        LimitUnit::Hours => ("hours", t::unit_hours(lang)),
        LimitUnit::Days => ("days", t::unit_days(lang)),
        LimitUnit::ServiceMinutes => ("service-minutes", t::unit_service_minutes(lang)),
        LimitUnit::CalendarDays => ("calendar-days", t::unit_calendar_days(lang)),
        LimitUnit::WorkingDays => ("working-days", t::unit_working_days(lang)),
        LimitUnit::CalendarDaysToClose => {
            ("calendar-days-close", t::unit_calendar_days_close(lang))
        }
        LimitUnit::WorkingDaysToClose => ("working-days-close", t::unit_working_days_close(lang)),
        LimitUnit::Date => ("date", t::unit_date(lang)),
    }
}

/// All of them, in the order of a list.
pub const UNITS: [LimitUnit; 9] = [
    LimitUnit::Minutes,
    LimitUnit::Hours,
    LimitUnit::Days,
    LimitUnit::ServiceMinutes,
    LimitUnit::WorkingDays,
    LimitUnit::WorkingDaysToClose,
    LimitUnit::CalendarDays,
    LimitUnit::CalendarDaysToClose,
    LimitUnit::Date,
];

/// The hours of each day of the week, days alike together: `周一至周五 08:30-12:00 …`.
pub fn hours(lang: Lang, hours: &ServiceHours) -> Vec<String> {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let of_day = |spans: &[(u16, u16)]| {
        if spans.is_empty() {
            return t::city_shut(lang).to_owned();
        }
        let spans = spans.iter();
        let spans = spans.map(|(a, b)| format!("{}–{}", clock(*a), clock(*b)));
        spans.collect::<Vec<_>>().join(" ")
    };
    let mut lines = Vec::new();
    let mut first = 0;
    while first < 7 {
        let alike = hours.weekly[first..].iter();
        let last = first
            + alike
                .take_while(|day| **day == hours.weekly[first])
                .count()
                .saturating_sub(1);
        let (from, to) = (weekday(lang, first), weekday(lang, last));
        let days = if first == last {
            from.to_owned()
        } else {
            t::weekdays(lang, from, to)
        };
        lines.push(format!("{days} {}", of_day(&hours.weekly[first])));
        first = last + 1;
    }
    if hours.working_days_only {
        lines.push(t::city_working_days(lang).to_owned());
    }
    lines
}

/// A day of the week, counted from Monday.
pub fn weekday(lang: Lang, day: usize) -> &'static str {
    match day {
        0 => t::weekday_1(lang),
        1 => t::weekday_2(lang),
        2 => t::weekday_3(lang),
        3 => t::weekday_4(lang),
        4 => t::weekday_5(lang),
        5 => t::weekday_6(lang),
        _ => t::weekday_7(lang),
    }
}
