//! What the offline draft says.

use domain::lang::Lang;

use crate::{
    islands::{AnywhereWords, DraftWords},
    texts::t,
};

/// What the page with the form says.
pub(super) fn words(lang: Lang) -> DraftWords {
    let own = str::to_owned;
    DraftWords {
        lang: lang.tag().to_owned(),
        keep: own(t::draft_keep(lang)),
        keep_hint: own(t::draft_keep_hint(lang)),
        kept: own(t::draft_kept(lang)),
        refused: own(t::draft_refused(lang)),
        sending: own(t::draft_sending(lang)),
        waiting: own(t::draft_waiting(lang)),
        waiting_contact: own(t::draft_waiting_contact(lang)),
        unkept: own(t::draft_unkept(lang)),
        missing: own(t::draft_missing(lang)),
        danger: own(t::draft_missing_danger(lang)),
        category: own(t::draft_missing_category(lang)),
        description: own(t::draft_missing_description(lang)),
        community: own(t::draft_missing_community(lang)),
        needs_line: own(t::draft_needs_line(lang)),
        call: own(t::draft_call(lang)),
        try_now: own(t::draft_try_now(lang)),
        edit: own(t::draft_edit(lang)),
        shelf: own(t::draft_shelf(lang)),
        when: own(t::draft_when(lang)),
        state_kept: own(t::draft_state_kept(lang)),
        go_on: own(t::draft_go_on(lang)),
        wipe: own(t::draft_wipe(lang)),
        wipe_hint: own(t::draft_wipe_hint(lang)),
        wiped: own(t::draft_wiped(lang)),
    }
}

/// What any page says of a kept draft.
pub(super) fn anywhere(lang: Lang) -> AnywhereWords {
    let own = str::to_owned;
    AnywhereWords {
        waiting: own(t::draft_state_waiting(lang)),
        filed: own(t::draft_state_filed(lang)),
        mend: own(t::draft_state_mend(lang)),
        arrived: own(t::draft_state_arrived(lang)),
        receipt: own(t::draft_receipt(lang)),
        unopened: own(t::draft_unopened(lang)),
        form: own(t::draft_form(lang)),
    }
}
