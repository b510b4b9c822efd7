# States, clocks and events of a case.
state-filed = With the community, not yet accepted
state-accepted = Accepted by the community
state-dispatched = Departments called in
state-in-progress = Being worked on
state-resolved = Said to be done, being checked
state-verified = Done and checked
state-closed = Ended
state-rejected = Not accepted
state-withdrawn = Taken back by the reporter
state-merged = Handled with another report
state-parked = Planned
state-transferred-out = Passed to another body
state-waiting-for-reporter = Waiting for the person who reported it
tag-late = Overdue

outcome-solved = Fixed
outcome-partly-solved = Partly fixed
outcome-planned = Planned
outcome-not-found = Not there on arrival
outcome-untrue = Checked; it was not so
outcome-lawfully-refused = Refused under the law
outcome-no-power = No power to decide here
outcome-other-procedure = In another procedure
outcome-duplicate = Same as another report
outcome-unreachable = Reporter could not be reached

visibility-public = Public
visibility-without-detail = Progress public, details not
visibility-private = Not public

# The step a clock waits for, after the name of who owes it.
stage-respond = accept it
stage-dispatch = pass it on
stage-report-in = report in
stage-set-out = set out
stage-arrive = be there
stage-resolve = finish
stage-verify = check it
stage-release = review and publish the details
stage-return = rule on the return
stage-answer = answer

clock-due = { $owner }: to { $step } by { $due }
clock-provisional = { $owner }: to { $step } by { $due } (provisional: the holidays are not announced yet)
clock-late = { $owner }: was to { $step } by { $due }, now overdue
clock-paused = { $owner }: the time to { $step } is paused until the reporter answers
clock-stopped = { $owner }: to { $step }, done { $at }
clock-stopped-late = { $owner }: to { $step }, done { $late } late

case-title-plain = { $category }, { $community }
case-title-place = { $category }, { $place }
case-me-too-count = { $n ->
    [one] { $n } more person has this problem
   *[other] { $n } more people have this problem
}

entry-due = due { $due }
entry-not-public = Only you and those handling it can see this
entry-filed = Reported to the community
entry-taken = The community takes it on itself
entry-accepted = Accepted by the community
entry-rejection-proposed = Somebody proposed not to accept it; a second person must agree
entry-rejected = Not accepted
entry-review-asked = The reporter asked for a review
entry-rejection-reviewed = The review is done
entry-asked = A question for the reporter
entry-answered = The reporter answered
entry-waiting-ended = The time for an answer is over; work goes on
entry-information-added = The reporter added information
entry-assessed = The community says how it should be handled
entry-called = The community called in departments
entry-signed = The department acknowledged the call
entry-reported-in = The department reported in
entry-set-out = The department set out
entry-arrived = The department arrived
entry-fed-back = The department says what it did
entry-return-asked = The department says it is not theirs
entry-return-ruled = The return was ruled on
entry-assigned = Assigned to one department; it cannot be sent back again
entry-extension-asked = More time was asked for
entry-extension-ruled = The request for more time was ruled on
entry-parked = Put on the plan
entry-transferred-out = Passed to another body
entry-noted = Internal note
entry-updated = News
entry-evidence-added = Evidence added
entry-resolved = Said to be done
entry-verified = Checked by somebody outside the handling office
entry-sent-back = The check failed; sent back to be done again
entry-called-back = Called the reporter back
entry-confirmed = The reporter says: it’s fixed
entry-disputed = The reporter says: it’s not fixed
entry-rated = The reporter rated it
entry-reopened = Opened again
entry-escalated = Passed one level up
entry-urged = The reporter pressed for it
entry-supervised = Formal demand for an answer
entry-supervision-answered = The demand was answered
entry-direct-lined = The community Party secretary wrote to the city leader
entry-reclassified = Moved to another kind of problem
entry-merged = Handled with another report from here on
entry-unmerged = Handled on its own again
entry-released = Details are public now
entry-held = Details are not public for now
entry-redacted = Part of the details was covered
entry-quarantine-proposed = Somebody proposed to take it out of public view; a second person must agree
entry-quarantined = Taken out of public view
entry-visibility-changed = Who can see it was changed
entry-handed-over = Another person handles it now
entry-withdrawn = Taken back by the reporter
entry-closed = Ended
entry-joined = Another resident has the same problem
